"""All open conflicts of a report, in elements and other files, ready to show and to decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stavaza.conflict_check import versions
from stavaza.conflicts import Choice, Conflict, address, conflicts_in, resolve
from stavaza.diff import Change, element_changes, label_of, table_changes
from stavaza.errors import ChangedOnDiskError
from stavaza.files import locked, write_safely
from stavaza.finding import KeyPath
from stavaza.handmade import edit_text
from stavaza.i18n import _
from stavaza.source import Source
from stavaza.stage_check import side_file_paths
from stavaza.store import LINKS_FOLDER, REST_FILE, save
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class OpenConflict:
    """One conflict: in which element (None: another file), about what, and both versions.

    The old side of `changes` is ours, the new side theirs.
    """

    element_id: str | None
    file: Path
    heading: str
    label: str
    conflict: Conflict
    changes: tuple[Change, ...]

    @property
    def path(self) -> KeyPath:
        """The address of the value."""
        return self.conflict.path

    @property
    def address(self) -> str:
        """The address as it is typed: keys with `/` between them."""
        return address(self.path)

    def text(self, *, ours: bool) -> str:
        """One of the two versions in Dutch notation; '' where that side removed it."""
        parts = [change.old_text if ours else change.new_text for change in self.changes]
        if len(parts) == 1:
            return parts[0].strip()
        names = [change.label.rsplit(" · ", 1)[-1] for change in self.changes]
        pairs = zip(names, parts, strict=True)
        return "\n".join(f"{name}: {part.strip()}" for name, part in pairs if part)


def open_conflicts_of(report: Report) -> list[OpenConflict]:
    """The open conflicts: elements in reading order, then the other files."""
    found = [each for _depth, e in report.walk() for each in conflicts_of(report, e)]
    for path in other_files(report):
        found += _in_file(report, path)
    return found


def conflicts_of(report: Report, element: Element) -> list[OpenConflict]:
    """The open conflicts of one element."""
    file = element.source.path if element.source else report.root / f"{element.id}.toml"
    heading, kind = report.heading(element), report.kind(element)
    found = []
    for conflict in conflicts_in(element.data):
        changes = tuple(element_changes(report, *versions(element.data, conflict)))
        label = label_of(report, kind, conflict.path)
        found.append(OpenConflict(element.id, file, heading, label, conflict, changes))
    return found


def other_files(report: Report) -> Iterator[Path]:
    """The files of a report that are no elements and may hold conflicts."""
    if report.meta_source is not None:
        yield report.meta_source.path
    yield report.root / REST_FILE
    yield from sorted((report.root / LINKS_FOLDER).glob("*.toml"))
    yield from side_file_paths(report)


def _in_file(report: Report, path: Path) -> Iterator[OpenConflict]:
    data = _as_element(path).data
    shown = path.relative_to(report.root).as_posix()
    for conflict in conflicts_in(data):
        changes = tuple(table_changes(*versions(data, conflict)))
        yield OpenConflict(None, path, shown, " · ".join(conflict.path), conflict, changes)


def _as_element(path: Path) -> Element:
    try:
        raw = path.read_bytes()
    except OSError:  # absent, as most reports have no rest.toml
        return Element(path.stem, {})
    data = parse_toml(raw, path)[0]
    return Element(path.stem, data or {}, Source(path, raw, data or {}))


def decide(report: Report, found: OpenConflict, choice: Choice) -> None:
    """Decide a conflict and save that.

    Raises ConflictError where it is decided already or cannot be decided so, ChangedOnDiskError and
    SaveRefusedError as saving does, OSError.
    """
    if found.element_id is not None:
        element = report.elements[found.element_id]
        resolve(element, found.path, choice)
        save(report, element)
        return
    with locked(report.root, found.file.stem):
        element = _as_element(found.file)
        source = element.source
        if source is None:
            message = _("{file} is gone.").format(file=found.file.name)
            raise ChangedOnDiskError(found.file, message)
        element.data = element.snapshot()
        resolve(element, found.path, choice)
        plain = source.raw.removeprefix(_BOM).replace(b"\r\n", b"\n").decode("utf-8")
        raw = edit_text(plain, source.data, element.data).encode("utf-8")
        if b"\r\n" in source.raw:
            raw = raw.replace(b"\n", b"\r\n")
        write_safely(found.file, _BOM + raw if source.raw.startswith(_BOM) else raw)
