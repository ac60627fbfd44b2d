"""TOML files <-> the report in memory: loading a folder, and saving one element safely."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from stavaza import intended, revision
from stavaza.canonical import element_bytes
from stavaza.errors import ChangedOnDiskError, SaveRefusedError
from stavaza.files import STATE_FOLDER, locked, write_safely
from stavaza.finding import Finding
from stavaza.handmade import edit_text
from stavaza.i18n import _
from stavaza.naming import is_safe_stem, slug
from stavaza.os_reasons import os_reason
from stavaza.report_file import FILE_NAME, OWN_TEMPLATES, find_template, read_meta
from stavaza.source import Source
from stavaza.together import finish
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report

REST_FILE = "rest.toml"
LINKS_FOLDER = "koppelingen"
_BOM = b"\xef\xbb\xbf"
REMARKS_FOLDER = "opmerkingen"
STAGES_FOLDER = "stadia"
CORRECTIONS_FOLDER = "correcties"
OTHER_FOLDERS = (
    OWN_TEMPLATES,
    LINKS_FOLDER,
    REMARKS_FOLDER,
    STAGES_FOLDER,
    CORRECTIONS_FOLDER,
)
"""Folders at the top of a report whose files are no elements."""

_CONFLICT_MARKS = (b"<<<<<<< ", b">>>>>>> ")


def find_report(start: Path) -> Path | None:
    """The folder of the report around `start`: the nearest one upward with a report.toml."""
    for folder in (start, *start.parents):
        if os.path.lexists(folder / FILE_NAME):  # also what is no file
            return folder
    return None


def open_report(root: Path) -> tuple[Report | None, list[Finding]]:
    """The report in the folder `root`, and what is wrong with its files.

    Files that cannot be read are findings; the rest of the report opens all the same. None only
    where report.toml or the template cannot be used. What a power cut broke off is finished first.
    """
    finish(root)
    meta, source, findings = read_meta(root)
    if meta is None:
        return None, findings
    template, wrong = find_template(root, meta.template)
    findings += wrong
    if template is None:
        return None, findings
    report = Report(root, meta, template, {}, findings, source)
    findings += [Finding("R033", {"name": path.name}, path) for path in _folders_as_files(root)]
    paths: dict[str, Path] = {}
    for path in element_files(root):
        element, wrong = read_element(path)
        findings += wrong
        if element is None:
            continue
        first = paths.setdefault(element.id.casefold(), path)
        if first != path:  # on Windows names that differ in capitals alone are the same
            other = str(first.relative_to(root))
            findings.append(Finding("R007", {"id": element.id, "other": other}, path, 1))
        else:
            report.elements[element.id] = element
    return report, findings


def element_files(root: Path) -> Iterator[Path]:
    """The files of all elements below `root`, in a fixed order."""
    for here, _folders, files in _visited(root):
        for name in sorted(files):
            if not name.endswith(".toml") or name.startswith("."):
                continue
            if not (here == root and name in (FILE_NAME, REST_FILE)):
                yield here / name


def _folders_as_files(root: Path) -> Iterator[Path]:
    """Folders that stand where the file of an element would be: no element goes without a word."""
    for here, folders, _files in _visited(root):
        yield from (here / name for name in folders if name.endswith(".toml"))


def _visited(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """The folders of a report in which elements stand, with the names in each."""
    for folder, names, files in os.walk(root):
        top = Path(folder) == root
        names[:] = sorted(
            name
            for name in names
            if not name.startswith(".") and not (top and name in OTHER_FOLDERS)
        )
        yield Path(folder), names, files


def unread_files(report: Report) -> list[Path]:
    """The files of elements that are not in the report, because they could not be read."""
    read = {element.source.path for element in report.elements.values() if element.source}
    return [path for path in element_files(report.root) if path not in read]


def is_element_path(path: str) -> bool:
    """Whether a path relative to the report, with `/`, is that of an element's file."""
    parts = path.split("/")
    if not path.endswith(".toml") or any(part.startswith(".") for part in parts):
        return False
    if len(parts) == 1:
        return parts[0] not in (FILE_NAME, REST_FILE)
    return parts[0] not in OTHER_FOLDERS


def read_element(path: Path) -> tuple[Element | None, list[Finding]]:
    """One file as an element; None with findings where it cannot be read."""
    if path.is_symlink():
        return None, [Finding("R026", {"reason": _("it is a link to another place")}, path)]
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Finding("R026", {"reason": os_reason(error)}, path)]
    conflict = _conflict_line(raw)
    if conflict is not None:
        return None, [Finding("R028", {}, path, conflict)]
    data, _text, findings = parse_toml(raw, path)
    if data is None:
        return None, findings
    element = Element(path.stem, data, Source(path, raw, data))
    element.data = element.snapshot()
    return element, findings


def _conflict_line(raw: bytes) -> int | None:
    if not any(mark in raw for mark in _CONFLICT_MARKS):
        return None
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.startswith(_CONFLICT_MARKS):
            return number
    return None


def path_for(report: Report, element: Element) -> Path:
    """Where a new element's file goes: the folder of the element at the top above it.

    What stands alone at the top (a paragraph) shares a folder with the others of its kind.
    """
    top = element
    above = report.parent_of(element)
    while above is not None:
        top = report.elements[above]
        above = report.parent_of(top)
    if top.source is not None and top is not element:
        folder = top.source.path.parent
        if folder != report.root:
            return folder / f"{element.id}.toml"
    kind = report.kind(top)
    if kind is not None and not kind.parents and not report.template.child_kinds(kind.key):
        return report.root / (slug(kind.plural) or kind.key) / f"{element.id}.toml"
    name = "-".join(part for part in (slug(top.code), slug(report.name(top))) if part)
    return report.root / (name or top.id) / f"{element.id}.toml"


def serialise(report: Report, element: Element) -> bytes:
    """The bytes that saving the element would write.

    A file that a person laid out keeps its comments and layout; line ends and byte order mark stay.
    Raises SaveRefusedError when that cannot be done exactly.
    """
    keys = [moment.key for moment in report.meta.moments]
    year = report.meta.year
    fresh = element_bytes(element.data, report.template, keys, year)
    source = element.source
    if source is None:
        return fresh
    plain = source.raw.removeprefix(_BOM).replace(b"\r\n", b"\n")
    if plain != element_bytes(source.data, report.template, keys, year):
        fresh = edit_text(plain.decode("utf-8"), source.data, element.data).encode("utf-8")
    if b"\r\n" in source.raw:
        fresh = fresh.replace(b"\n", b"\r\n")
    return _BOM + fresh if source.raw.startswith(_BOM) else fresh


def changed_on_disk(element: Element) -> bool:
    """Whether the element's file is no longer what was read (changed, or gone)."""
    if element.source is None:
        return False
    try:
        return element.source.path.read_bytes() != element.source.raw
    except OSError:
        return True


def save(report: Report, element: Element) -> bool:
    """Write an element's changes to its file; whether anything was written.

    Raises ChangedOnDiskError when the file is not what was read, SaveRefusedError when it cannot
    be written exactly or another program keeps it locked, OSError when the disk refuses.
    """
    revision.prune(element.data)
    intended.prune(element.data)
    if not element.changed:
        return False
    if not is_safe_stem(element.id):
        message = _("“{id}” cannot be a file name on every computer; choose another code.")
        raise SaveRefusedError(message.format(id=element.id))
    with locked(report.root, element.id):
        path = element.source.path if element.source else path_for(report, element)
        _check_unchanged(element, path)
        raw = serialise(report, element)
        if element.source is None or raw != element.source.raw:
            write_safely(path, raw)
        element.source = Source(path, raw, element.snapshot())
    return True


def remove(report: Report, element: Element) -> None:
    """Take an element and its file away.

    Raises ChangedOnDiskError when the file is not what was read, OSError when the disk refuses.
    """
    with locked(report.root, element.id):
        if element.source is not None:
            _check_unchanged(element, element.source.path)
            element.source.path.unlink()
        report.elements.pop(element.id, None)


def _check_unchanged(element: Element, path: Path) -> None:
    if element.source is None:
        if path.exists():
            message = _("{file} exists already, so nothing was written. Choose another code.")
            raise ChangedOnDiskError(path, message.format(file=path.name))
        return
    if changed_on_disk(element):
        message = _(
            "{file} was changed by another program after it was read, so nothing was written. "
            "Look at the difference and save again."
        )
        raise ChangedOnDiskError(path, message.format(file=path.name))


def reload(element: Element) -> list[Finding]:
    """Read the element's file again, dropping what was not saved; findings where it cannot be."""
    if element.source is None:
        return []
    fresh, findings = read_element(element.source.path)
    if fresh is not None:
        element.data, element.source = fresh.data, fresh.source
    return findings


def move_file(report: Report, element: Element) -> None:
    """Put the file of a saved element where a new one would go; folders are for browsing."""
    if element.source is None:
        return
    old, new = element.source.path, path_for(report, element)
    if old == new or new.exists():
        return
    new.parent.mkdir(parents=True, exist_ok=True)
    with locked(report.root, element.id):
        old.replace(new)
    element.source = Source(new, element.source.raw, element.source.data)


def state_folder(report: Report) -> Path:
    """The folder for locks, drafts and the journal; git ignores it."""
    return report.root / STATE_FOLDER
