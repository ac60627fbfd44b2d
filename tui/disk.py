"""What another program did to an element's file, value by value, and how to go on from there."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from stavaza import store
from stavaza.canonical import same
from stavaza.fields import show_value
from stavaza.finding import Finding, KeyPath
from stavaza.i18n import _
from stavaza.merge import is_prose
from stavaza.merge_prose import merge_prose
from stavaza.report_file import FILE_NAME as REPORT_FILE
from stavaza.report_file import read_meta
from stavaza.source import Data
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class Difference:
    """One value that differs: as it was read, as it is here, and as the file says it now."""

    path: KeyPath
    label: str
    before: str
    mine: str
    theirs: str

    @property
    def conflict(self) -> bool:
        """Whether both sides changed it, each in another way."""
        return self.before not in (self.mine, self.theirs)


def leaves(data: Data, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """All values of nested tables with their paths; an empty table is a value."""
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def changes(old: Data, new: Data) -> dict[KeyPath, Any]:
    """What must be set to make `new` of `old`; None where a value goes."""
    before, after = dict(leaves(old)), dict(leaves(new))
    found: dict[KeyPath, Any] = {path: None for path in before if path not in after}
    found |= {
        path: value
        for path, value in after.items()
        if path not in before or not same(before[path], value)
    }
    return found


def label_of(report: Report, element: Element, path: KeyPath) -> str:
    """How a person calls the value at `path`: `Status (2e VGR)`, `Begroting 663884 ▸ Lasten`."""
    if path[0] == "moment" and len(path) > 2:
        spec = report.field(element, path[2])
        moment = report.moment(path[1])
        name = spec.label if spec else path[2]
        return f"{name} ({moment.label if moment else path[1]})"
    spec = report.field(element, path[0])
    if spec is None:
        return ".".join(path)
    if len(path) < 3:
        return " ".join((spec.label, *path[1:]))
    labels = {column.key: column.label for column in report.columns(spec)}
    return f"{spec.label} {path[1]} ▸ {labels.get(path[2], path[2])}"


def shown(report: Report, element: Element, path: KeyPath, value: Any) -> str:
    """A value as a person reads it, on its own."""
    spec = report.field(element, path[2] if path[0] == "moment" and len(path) > 2 else path[0])
    if value is None or spec is None:
        return "" if value is None else str(value)
    if spec.type != "tabel":
        return show_value(spec, value, report.statuses(spec), report.meta.persons).strip()
    columns = {column.key: column.column for column in report.columns(spec)}
    column = columns.get(path[-1])
    return show_value(column, value) if column else str(value)


def differences(report: Report, element: Element) -> list[Difference]:
    """What differs between an element here and its file now; its whole content when gone."""
    source = element.source
    if source is None:
        return []
    fresh, _findings = store.read_element(source.path)
    theirs = fresh.data if fresh is not None else {}
    paths = {**changes(source.data, theirs), **changes(source.data, element.data)}
    before, mine, other = (dict(leaves(data)) for data in (source.data, element.data, theirs))
    return [
        Difference(
            path,
            label_of(report, element, path),
            *(shown(report, element, path, side.get(path)) for side in (before, mine, other)),
        )
        for path in paths
        if not same(mine.get(path), other.get(path))
    ]


def rebase(element: Element) -> list[Finding]:
    """Put the element's unsaved changes on top of its file as it is now.

    A text keeps the sentences that only the other changed; where both changed one, ours stands.
    A file that is gone is written again at the next save. Findings where it cannot be read; then
    nothing changes.
    """
    source = element.source
    if source is None:
        return []
    if not source.path.exists():
        element.source = None
        return []
    fresh, findings = store.read_element(source.path)
    if fresh is None:
        return findings
    mine = changes(source.data, element.data)
    before, theirs = dict(leaves(source.data)), dict(leaves(fresh.data))
    element.data, element.source = fresh.data, fresh.source
    for path, value in mine.items():
        element.set(path, copy.deepcopy(_on_top(before.get(path), value, theirs.get(path))))
    return []


def _on_top(before: Any, mine: Any, theirs: Any) -> Any:
    if all(is_prose(text) for text in (before, mine, theirs)):
        return merge_prose(before, mine, theirs).ours
    return mine


MetaFate = Literal["taken", "broken", "restart"]


@dataclass(frozen=True)
class Absorbed:
    """What was taken over from files that other programs changed.

    `conflicts` have unsaved work here; `meta` says what became of a changed report.toml: it was
    taken over, it cannot be read (then what it said before holds), or it is about another year or
    template, for which the app has to start again.
    """

    taken: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    meta: MetaFate | None = None

    def __bool__(self) -> bool:
        """Whether anything is different now."""
        return bool(self.taken or self.conflicts or self.meta)


def absorb(report: Report, found: Mapping[Path, bytes | None]) -> Absorbed:
    """Take over changed files into the report; see `Absorbed`."""
    at = {e.source.path: e for e in report.elements.values() if e.source is not None}
    taken: list[str] = []
    conflicts: list[str] = []
    meta: MetaFate | None = None
    for path, raw in found.items():
        element = at.get(path)
        if path == report.root / REPORT_FILE:
            if report.meta_source is not None and raw != report.meta_source.raw:
                meta = _take_meta(report, path)
        elif element is not None and element.source is not None and raw == element.source.raw:
            continue
        elif element is not None and element.changed:
            conflicts.append(element.id)
        elif _take(report, path, raw, element):
            taken.append(path.stem)
    return Absorbed(tuple(taken), tuple(conflicts), meta)


def _take_meta(report: Report, path: Path) -> MetaFate:
    meta, source, findings = read_meta(report.root)
    report.findings[:] = [finding for finding in report.findings if finding.file != path]
    report.findings += findings
    if meta is None:
        return "broken"
    if (meta.template, meta.year) != (report.meta.template, report.meta.year):
        return "restart"
    report.meta, report.meta_source = meta, source
    return "taken"


def _take(report: Report, path: Path, raw: bytes | None, element: Element | None) -> bool:
    before = [finding for finding in report.findings if finding.file == path]
    report.findings[:] = [finding for finding in report.findings if finding.file != path]
    if raw is None:
        if element is not None:
            del report.elements[element.id]
        return element is not None
    fresh, findings = store.read_element(path)
    report.findings += findings
    if fresh is None:
        return element is not None or findings != before  # else it was as broken when it was read
    if element is not None:
        element.data, element.source = fresh.data, fresh.source
        return True
    known = report.elements.get(fresh.id)
    if known is None or (known.source is not None and not known.source.path.exists()):
        report.elements[fresh.id] = fresh
        return True
    return False


class DiskWatch:
    """Notices which files of a report changed since it last looked, by time and size."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._seen: dict[Path, tuple[int, int]] = {}

    def look(self) -> dict[Path, bytes | None]:
        """The changed files with their content now, None for those that are gone.

        The first look gives all files. It reads the disk only, so a thread may do it.
        """
        now: dict[Path, tuple[int, int]] = {}
        for path in (self.root / REPORT_FILE, *store.element_files(self.root)):
            with suppress(OSError):
                stat = path.stat()
                now[path] = (stat.st_mtime_ns, stat.st_size)
        found: dict[Path, bytes | None] = {path: None for path in self._seen if path not in now}
        for path, signature in now.items():
            if self._seen.get(path) != signature:
                with suppress(OSError):
                    found[path] = path.read_bytes()
        self._seen = now
        return found


def describe(report: Report, element: Element) -> str:
    """One sentence on what happened to the element's file."""
    source = element.source
    if source is not None and not source.path.exists():
        return _("The file of {name} was taken away by another program.").format(
            name=report.heading(element)
        )
    return _("The file of {name} was changed by another program.").format(
        name=report.heading(element)
    )
