"""What differs between two versions of a report: element by element, file by file.

A version is a commit, the folder as it is, or the open report with its unsaved work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from stavaza import history
from stavaza.code_pairs import coded_since
from stavaza.diff import Change, element_changes, table_changes
from stavaza.display import harmless
from stavaza.git_run import GitError
from stavaza.i18n import _
from stavaza.naming import natural_key
from stavaza.source import Data
from stavaza.store import is_element_path
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report
from stavaza.versions import find_version

State = Literal["new", "removed", "changed", "moved", "conflict"]


@dataclass(frozen=True)
class Reviewed:
    """One element or other file that differs.

    `element_id` is None for a file that is no element. `changes` is empty where only the place or
    the layout of the file differs, and where `note` says why nothing can be compared.
    """

    heading: str
    state: State
    file: str
    element_id: str | None = None
    changes: tuple[Change, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "element": self.element_id,
            "file": self.file,
            "state": self.state,
            "changes": [change.as_json() for change in self.changes],
        }


def unsaved(report: Report) -> list[Reviewed]:
    """What the open report holds that its files do not, in reading order."""
    found = []
    for _depth, element in report.walk():
        if not element.changed:
            continue
        old = element.source.data if element.source else None
        changes = tuple(element_changes(report, old, element.data))
        file = element.source.path.name if element.source else f"{element.id}.toml"
        state: State = "changed" if element.source else "new"
        found.append(Reviewed(report.heading(element), state, file, element.id, changes))
    return found


@dataclass(frozen=True)
class Fetched:
    """The files that differ between two versions, and what they held before and after."""

    files: tuple[history.ChangedFile, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


def fetch(root: Path, old: str | None, new: str | None) -> Fetched:
    """Ask git for two versions: commits from `history.resolve`; see `compare`. Raises GitError.

    Needs no open report, so it can run beside one that is being edited.
    """
    base = old or history.empty_tree(root)
    files = history.changed_between(root, base, new)
    paths = [file.path for file in files]
    before = history.show_all(root, base, paths) if old else {}
    after = history.show_all(root, new, paths) if new else _in_folder(root, paths)
    return Fetched(tuple(files), before, after)


def compare(report: Report, old: str | None, new: str | None) -> list[Reviewed]:
    """What differs between two commits; `new` None is the folder, `old` None before all commits.

    Labels are those of the open report. Raises GitError.
    """
    return reviewed(report, fetch(report.root, old, new))


def reviewed(report: Report, fetched: Fetched) -> list[Reviewed]:
    """What differs, in reading order, with files that are no elements below."""
    found = _elements(report, fetched.files, fetched.before, fetched.after)
    found += _others(fetched.files, fetched.before, fetched.after)
    place = {element.id: n for n, (_depth, element) in enumerate(report.walk())}
    return sorted(
        found,
        key=lambda item: (
            item.element_id is None,
            place.get(item.element_id or "", len(place)),
            natural_key(item.element_id or item.file),
        ),
    )


def uncommitted(report: Report) -> list[Reviewed]:
    """What differs between the last commit and the folder. Raises GitError."""
    return compare(report, *parse_range(report.root, None))


def parse_range(root: Path, asked: str | None, moment: str = "") -> tuple[str | None, str | None]:
    """What a person means by `REV` (up to the folder) or `REV..REV`; None is the last commit.

    A version that was named (`stavaza.versions`) may be called by its name alone, at `moment`.
    Raises GitError.
    """
    if asked is None:
        state = history.git_state(root)
        if state is None:
            raise GitError(history.absence(root) or _("Git did not answer in time."))
        return state.commit, None
    old, dots, new = asked.partition("..")
    if not dots:
        return find_version(root, old, moment), None
    return find_version(root, old or "HEAD", moment), find_version(root, new or "HEAD", moment)


def _in_folder(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        file = root.joinpath(*PurePosixPath(path).parts)
        try:
            if not file.is_symlink() and file.is_file():
                found[path] = file.read_bytes()
        except OSError:  # gone or locked in the meantime: as if it is not there
            continue
    return found


def _elements(
    report: Report,
    files: Iterable[history.ChangedFile],
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
) -> list[Reviewed]:
    """Elements are paired by their id, the stem of their file, so one that moved stays itself.

    One that got its code in between is paired too.
    """
    by_id: dict[str, list[history.ChangedFile]] = {}
    for file in files:
        if is_element_path(file.path):
            by_id.setdefault(PurePosixPath(file.path).stem, []).append(file)
    for old_id, new_id in coded_since(_only(before, after), _only(after, before)).items():
        by_id[new_id] += by_id.pop(old_id)
    found = []
    for element_id, own in by_id.items():
        old_path = next((file.path for file in own if file.path in before), None)
        new_path = next((file.path for file in own if file.path in after), None)
        shown = harmless(new_path or old_path or own[0].path)
        if any(file.state == "conflict" for file in own):
            note = _("Two versions of this file wait to be merged; choose what must stay.")
            heading = _heading(report, element_id, None)
            found.append(Reviewed(heading, "conflict", shown, element_id, (), note))
            continue
        old, old_wrong = _data(old_path, before)
        new, new_wrong = _data(new_path, after)
        heading = _heading(report, element_id, new or old)
        if old_wrong or new_wrong:
            note = old_wrong or new_wrong
            found.append(Reviewed(heading, "changed", shown, element_id, (), note))
            continue
        changes = tuple(element_changes(report, old, new))
        state, note = _state(old, new, old_path == new_path, bool(changes))
        found.append(Reviewed(heading, state, shown, element_id, changes, note))
    return found


def _only(contents: Mapping[str, bytes], other: Iterable[str]) -> dict[str, Data]:
    """What can be read of the elements, by id, that the other version does not have."""
    known = {PurePosixPath(path).stem for path in other if is_element_path(path)}
    found: dict[str, Data] = {}
    for path in contents:
        stem = PurePosixPath(path).stem
        if is_element_path(path) and stem not in known:
            data, _wrong = _data(path, contents)
            found |= {stem: data} if data is not None else {}
    return found


def _state(old: Data | None, new: Data | None, in_place: bool, differs: bool) -> tuple[State, str]:
    if old is None or new is None:
        return ("new" if old is None else "removed"), ""
    if not in_place and not differs:
        return "moved", _("The file was put in another folder; what it says is the same.")
    note = "" if differs else _("Only the layout of the file differs; what it says is the same.")
    return "changed", note


def _data(path: str | None, contents: Mapping[str, bytes]) -> tuple[Data | None, str]:
    """The data of a file and '', or None and why it cannot be read; None and '' without a file."""
    if path is None:
        return None, ""
    data, _text, findings = parse_toml(contents[path], Path(path))
    return (data, "") if data is not None else (None, findings[0].message)


def _heading(report: Report, element_id: str, data: Data | None) -> str:
    if element_id in report.elements:
        return report.heading(report.elements[element_id])
    return report.heading(Element(element_id, data)) if data else harmless(element_id)


def _others(
    files: Iterable[history.ChangedFile], before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> list[Reviewed]:
    found = []
    for file in files:
        if is_element_path(file.path):
            continue
        state: State = file.state
        changes: tuple[Change, ...] = ()
        note = ""
        if file.path.endswith(".toml") and state != "conflict":
            old, wrong_old = _data(file.path if file.path in before else None, before)
            new, wrong_new = _data(file.path if file.path in after else None, after)
            note = wrong_old or wrong_new
            changes = () if note else tuple(table_changes(old, new))
        found.append(Reviewed(file.shown, state, file.shown, None, changes, note))
    return found
