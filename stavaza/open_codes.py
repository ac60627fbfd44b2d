"""Gives an element whose code was left open its code; file, elements below and references follow.

An import that finds no code on a page makes an id of the name. The code that a person gives later
takes the place of that id wherever it stands: the name of the file (and of the folder that is
called after it), `ouder` of what stands below it, references in texts, remarks, stages and
corrections. A code that an element has is never changed, as it may have been published; only one
that was given on this computer and that nobody else has yet can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from stavaza import revision
from stavaza.corrections import KEY as CORRECTION
from stavaza.edit import EditError, suggest_code, usable_code
from stavaza.errors import ChangedOnDiskError
from stavaza.files import locked
from stavaza.given_codes import forget, given_codes, is_shared, remember
from stavaza.handmade import edit_text
from stavaza.i18n import _
from stavaza.references import followed
from stavaza.source import Data, Source
from stavaza.standards import standard
from stavaza.store import (
    CORRECTIONS_FOLDER,
    REMARKS_FOLDER,
    STAGES_FOLDER,
    changed_on_disk,
    path_for,
    serialise,
    unread_files,
)
from stavaza.together import replace_together
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class CodeChange:
    """What giving a code changes: the ids and files before and after, and what follows.

    `below` counts the elements directly below it, `texts` the elements whose texts refer to it.
    """

    old: str
    new: str
    old_file: Path
    new_file: Path
    below: int
    texts: int

    def reversed(self) -> CodeChange:
        """The change that undoes this one."""
        return CodeChange(self.new, self.old, self.new_file, self.old_file, self.below, self.texts)

    def as_json(self, root: Path) -> dict[str, object]:
        """Plain data for machines: never translated."""
        files = (self.old_file, self.new_file)
        old, new = (file.relative_to(root).as_posix() for file in files)
        return {
            "id": self.old,
            "code": self.new,
            "file": old,
            "new_file": new,
            "below": self.below,
            "texts": self.texts,
        }


def is_open(report: Report, element: Element) -> bool:
    """Whether the element's kind has codes and the element has none."""
    kind = report.kind(element)
    return kind is not None and kind.code_shape is not None and not element.data.get("code")


def likely_code(report: Report, element: Element) -> str:
    """A code to propose: that of its name in the official list, its file's, else the next free one.

    '' where nothing tells it: among elements at the top the next free one says nothing.
    """
    kind = report.kind(element)
    if kind is None:
        return ""
    if kind.standard:
        listed = standard(kind.standard).code_of(report.name(element), report.meta.year)
        if listed is not None and kind.fits_code(listed):
            return listed
    if kind.fits_code(element.id):
        return element.id
    parent = report.parent_of(element)
    return suggest_code(report, kind.key, parent) if parent is not None else ""


def plan_code(report: Report, element: Element, code: str) -> CodeChange:
    """What giving the element this code would change. Raises EditError where it cannot be given."""
    return _Rename(report, element, *_checked(report, element, code)).told()


def give_code(
    report: Report, element: Element, code: str, more: Mapping[Path, bytes] | None = None
) -> CodeChange:
    """Give the element this code, in its file and everywhere else, at once: all of it or nothing.

    `more` are files that change along, such as what links agreed on. Unsaved work stays unsaved.
    Raises EditError, ChangedOnDiskError, SaveRefusedError, OSError.
    """
    change = _Rename(report, element, *_checked(report, element, code)).do(more or {})
    with suppress(OSError):  # then it can be taken back in the app alone
        remember(report.root, change.new, change.old)
    return change


def take_back(
    report: Report, change: CodeChange, more: Mapping[Path, bytes] | None = None
) -> CodeChange:
    """Leave the code open again; the reverse of `give_code`, with the same errors."""
    back = _Rename(report, report.elements[change.new], change.old, "").do(more or {})
    with suppress(OSError):
        forget(report.root, change.new)
    return back


def plan_back(report: Report, element: Element) -> CodeChange:
    """The change that gave this element its code, where that may be taken back.

    Raises EditError where it was not given on this computer, or where others have it by now;
    GitError.
    """
    old = given_codes(report.root).get(element.id)
    if old is None or element.code != element.id:
        sentence = _("The code of {element} was not given on this computer, so it stays.")
        raise EditError(sentence.format(element=report.heading(element)))
    if is_shared(report.root, element.id):
        sentence = _(
            "{element} was shared under this code, or is in a version with a name. Others may use "
            "the code by now, so it stays. Is it wrong, then retire the element and make a new one."
        )
        raise EditError(sentence.format(element=report.heading(element)))
    return _Rename(report, element, old, "").told().reversed()


def _checked(report: Report, element: Element, code: str) -> tuple[str, str]:
    kind = report.kind(element)
    if kind is None or not is_open(report, element):
        sentence = _("{element} has a code or needs none; a code that is there never changes.")
        if element.id in given_codes(report.root):
            sentence += " " + _("Was it a mistake, take it back: stavaza code {code} --take-back")
        raise EditError(sentence.format(element=report.heading(element), code=element.id))
    code = code.strip()
    if not (code == element.id and kind.fits_code(code)):
        code = usable_code(report, kind, code)
    return code, code


class _Rename:
    """One element that gets another id, with what follows."""

    def __init__(self, report: Report, element: Element, new: str, code: str) -> None:
        self.report = report
        self.element = element
        self.old, self.new, self.code = element.id, new, code
        if element.source is None:
            sentence = _("{element} was never saved; save it first.")
            raise EditError(sentence.format(element=report.heading(element)))
        self.path = element.source.path
        unread = sorted(path.name for path in unread_files(report))
        if unread:
            sentence = _(
                "{files} cannot be read, so nobody can see whether it belongs to {element}; "
                "mend it first."
            )
            raise EditError(
                sentence.format(files=", ".join(unread), element=report.heading(element))
            )

    def told(self) -> CodeChange:
        """What changes, counted."""
        others = [each for each in self._changing() if each is not self.element]
        below = sum(each.data.get("ouder") == self.old for each in others)
        texts = sum(followed(each.data, self.old, self.new) != each.data for each in others)
        return CodeChange(self.old, self.new, self.path, self._new_path(), below, texts)

    def _changing(self) -> list[Element]:
        return [
            each
            for each in self.report.elements.values()
            if self._after(each, each.data) != each.data
            or (each.source is not None and self._after(each, each.source.data) != each.source.data)
        ]

    def _after(self, element: Element, data: Data) -> Data:
        """An element's data with the new id in place of the old one."""
        made: Data = followed(data, self.old, self.new)
        if made.get("ouder") == self.old:
            made["ouder"] = self.new
        for key in revision.marked(data):
            made[revision.KEY][key] = revision.fingerprint(made[key])
        if element is self.element:
            made.pop("code", None)
            if self.code:
                made["code"] = self.code
        return made

    def _new_path(self) -> Path:
        return self._new_folder() / f"{self.new}.toml"

    def _new_folder(self) -> Path:
        """Where the file goes: a folder that is called after the element follows its name."""
        here = self.path.parent
        bare = Element(self.old, self.element.data)
        if here == self.report.root or here != path_for(self.report, bare).parent:
            return here
        if self.report.parent_of(self.element) is not None:
            return here
        after = Element(self.new, self._after(self.element, self.element.data))
        return path_for(self.report, after).parent

    def _new_sources(self) -> dict[str, Source]:
        """The files after it, by id before it, of all elements whose file changes or moves."""
        changing = {each.id for each in self._changing()}
        folder, here = self._new_folder(), self.path.parent
        moving = {self.old}
        if folder != here:
            moving |= {each.id for each in self.report.descendants(self.old)}
        made = {}
        for each in self.report.elements.values():
            source = each.source
            if source is None or each.id not in changing | moving:
                continue
            path = source.path
            if each is self.element:
                path = folder / f"{self.new}.toml"
            elif each.id in moving and path.parent == here:
                path = folder / path.name
            data = self._after(each, source.data)
            raw = serialise(self.report, Element(each.id, data, source))
            made[each.id] = Source(path, raw, data)
        return made

    def do(self, more: Mapping[Path, bytes]) -> CodeChange:
        """Write it all, then let the report in memory follow."""
        change = self.told()
        sources = self._new_sources()
        with ExitStack() as locks:
            for name in sorted((*sources, self.new)):
                locks.enter_context(locked(self.report.root, name))
            self._refuse_changed(sources)
            beside = self._beside()
            old = [*self._paths(sources), *beside]
            made = {source.path: source.raw for source in sources.values()}
            for path in beside:
                made[path.with_name(f"{self.new}.toml")] = path.read_bytes()
            self._refuse_taken(made, old)
            made |= {**dict(self._corrections()), **more}
            gone: dict[Path, None] = {path: None for path in old if path not in made}
            replace_together(self.report.root, {**made, **gone})
        if change.new_file.parent != change.old_file.parent:
            with suppress(OSError):  # what else stands in the old folder stays there
                change.old_file.parent.rmdir()
        self._follow(sources)
        return change

    def _paths(self, ids: Iterable[str]) -> list[Path]:
        sources = (self.report.elements[each].source for each in ids)
        return [source.path for source in sources if source is not None]

    def _refuse_changed(self, ids: Iterable[str]) -> None:
        for each in ids:
            element = self.report.elements[each]
            if element.source is not None and changed_on_disk(element):
                sentence = _(
                    "{file} was changed by another program after it was read, so nothing was "
                    "written. Read the files again first."
                )
                path = element.source.path
                raise ChangedOnDiskError(path, sentence.format(file=path.name))

    def _refuse_taken(self, made: Iterable[Path], own: Iterable[Path]) -> None:
        mine = {*own}
        for path in made:
            if path not in mine and path.exists():
                sentence = _("{file} exists already, so nothing was written. Choose another code.")
                file = path.relative_to(self.report.root).as_posix()
                raise EditError(sentence.format(file=file))

    def _beside(self) -> list[Path]:
        """The files of the element's own in other folders: remarks and stages."""
        folders = (REMARKS_FOLDER, STAGES_FOLDER)
        paths = (self.report.root / folder / f"{self.old}.toml" for folder in folders)
        return [path for path in paths if path.is_file()]

    def _corrections(self) -> Iterator[tuple[Path, bytes]]:
        for path in sorted((self.report.root / CORRECTIONS_FOLDER).glob("*.toml")):
            data, text, _findings = parse_toml(path.read_bytes(), path)
            if data is not None and (made := self._corrected(data)) != data:
                yield path, edit_text(text, data, made).encode("utf-8")

    def _corrected(self, data: Data) -> Data:
        listed = data.get(CORRECTION)
        if not isinstance(listed, dict):
            return data
        return {
            **data,
            CORRECTION: {
                key: {**entry, "onderdeel": self.new}
                if isinstance(entry, dict) and entry.get("onderdeel") == self.old
                else entry
                for key, entry in listed.items()
            },
        }

    def _follow(self, sources: Mapping[str, Source]) -> None:
        """Let the elements in memory be as their files are, with the work that is not saved."""
        elements = self.report.elements
        for each in self._changing():
            each.data = self._after(each, each.data)
        for each in elements.values():
            if each.id in sources:
                each.source = sources[each.id]
        self.element.id = self.new
        after = {each.id: each for each in elements.values()}
        elements.clear()
        elements.update(after)
