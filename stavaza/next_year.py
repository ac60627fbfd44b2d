"""Carries a report over to another budget year: what goes along, and how each element begins there.

Codes, structure, owners and texts go along; texts are marked as not yet revised. What belongs to
the old year stays behind: moments with their progress and statuses, printed figures, and figures
that are not of a year of the new report. A table's column of a year gets what the old report says
about that very year, in the same column or in one of the same measure and version (a multi-year
estimate).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from stavaza.canonical import dump, element_bytes
from stavaza.check import check_element, check_report
from stavaza.display import harmless
from stavaza.errors import StavazaError
from stavaza.fields import FIRST_YEAR, LAST_YEAR
from stavaza.figures import FIGURE_TYPES
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.intended import KEY as INTENDED
from stavaza.new_report import moments_for
from stavaza.report_file import FILE_NAME, OWN_TEMPLATES, meta_from_bytes
from stavaza.required import is_filled
from stavaza.revision import KEY as REVISE
from stavaza.revision import fingerprint
from stavaza.source import Data
from stavaza.store import unread_files
from stavaza.template import Field, Kind, YearColumn
from stavaza.tree import Element, Report

_KEPT_HEAD = ("soort", "code", "ouder", "volgorde", "vervallen")
_LEFT_BEHIND = ("moment", "gedrukt", "grens", "conflict", REVISE, INTENDED)
_NOT_CARRIED = (*FIGURE_TYPES, "status")
_DATED = ("jaar", "huidig_moment", "moment")
_CODE_GONE = "C010"
_CONFLICTS = ("G001", "G002", "G003", "G004")


class NewYearError(StavazaError):
    """The report cannot be carried over; the text says why."""


@dataclass(frozen=True)
class Carried:
    """What happened to one element: its new data, and how many texts and figures went along."""

    data: Data
    texts: int = 0
    figures: int = 0
    left: int = 0


@dataclass(frozen=True)
class YearPlan:
    """All that a new year writes: files by path inside the folder, with `/`.

    `figures` were filled from the old report, `left` stay behind in it. `findings` are codes that
    the new year does not know, `moments` the labels of the moments that it has.
    """

    year: int
    files: Mapping[str, bytes]
    elements: int
    retired: int
    texts: int
    figures: int
    left: int
    findings: tuple[Finding, ...]
    moments: tuple[str, ...] = ()

    def with_files(self, more: Mapping[str, bytes]) -> YearPlan:
        """The plan with further files, such as those of links."""
        return replace(self, files={**self.files, **more})


def plan_year(report: Report, folder: Path, year: int = 0) -> YearPlan:
    """What carrying the report over to `year` (else the next) into `folder` would write.

    Raises NewYearError where the old report has files that cannot be read or open conflicts: what
    they say would be lost.
    """
    year = year or report.meta.year + 1
    _refuse(report, year)
    meta = dump(_meta(report, year))
    files: dict[str, bytes] = {FILE_NAME: meta}
    files |= dict(_copied(report.root))
    fresh = Report(folder, _read(meta, folder), report.template, {})
    found: list[Carried] = []
    keys = [moment.key for moment in fresh.meta.moments]
    for element in report.elements.values():
        carried = carry(report, element, year)
        found.append(carried)
        fresh.elements[element.id] = Element(element.id, carried.data)
        if element.source is not None:
            path = element.source.path.relative_to(report.root).as_posix()
            files[path] = element_bytes(carried.data, report.template, keys, year)
    unknown = [
        finding
        for element in fresh.elements.values()
        for finding in check_element(fresh, element)
        if finding.code == _CODE_GONE
    ]
    return YearPlan(
        year,
        files,
        len(found),
        sum(element.retired for element in report.elements.values()),
        sum(each.texts for each in found),
        sum(each.figures for each in found),
        sum(each.left for each in found),
        tuple(unknown),
        tuple(moment.label for moment in fresh.meta.moments),
    )


def _refuse(report: Report, year: int) -> None:
    if year == report.meta.year:
        raise NewYearError(_("This report is about {year} already.").format(year=year))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NewYearError(_("Write a year of four digits, such as 2027."))
    lost = unread_files(report)
    findings = [f for f in check_report(report) if f.code in _CONFLICTS or f.file in lost]
    unsaved = [report.heading(e) for e in report.elements.values() if e.changed]
    if not findings and not lost and not unsaved:
        return
    lines = [finding.line_of_text(report.root) for finding in findings]
    lines += [str(path.relative_to(report.root)) for path in lost] if not findings else []
    head = _("Mend this first; it would not come along to the new year:")
    raise NewYearError("\n".join((head, *map(harmless, (*lines, *unsaved)))))


def _read(meta: bytes, folder: Path) -> Any:
    made = meta_from_bytes(meta, folder / FILE_NAME)
    if made is None:
        raise NewYearError(_("report.toml cannot be carried over; look at stavaza check."))
    return made


def _meta(report: Report, year: int) -> Data:
    """report.toml of the new year: people, roles and stages go along, moments are new."""
    old = report.meta.data
    moments: Data = moments_for(report.template, year)
    for moment in report.meta.moments:
        table = old["moment"][moment.key]
        shift = year - report.meta.year
        kept = {
            key: _shifted(value, report.meta.year, shift)
            for key, value in table.items()
            if key in ("label", "overzicht", "titel", "kopregels", "document")
        }
        if moment.key in moments:
            kept = {key: kept[key] for key in ("kopregels", "document") if key in kept}
            moments[moment.key] |= kept
        else:
            moments[moment.key] = {**kept, "volgorde": len(moments) + 1}
    carried = {key: value for key, value in old.items() if key not in _DATED}
    head = {key: carried.pop(key) for key in ("organisatie",) if key in carried}
    head |= {"jaar": year, "sjabloon": carried.pop("sjabloon", report.meta.template)}
    head["huidig_moment"] = next(iter(moments))
    return {**head, **carried, "moment": moments}


def _shifted(value: Any, year: int, shift: int) -> Any:
    """A text with the years from the one before to three after moved along."""
    if isinstance(value, list):
        return [_shifted(item, year, shift) for item in value]
    return shift_years(value, year, shift) if isinstance(value, str) else value


def shift_years(text: str, year: int, shift: int) -> str:
    """The years near `year` in a text moved by `shift`; other numbers stay as they are."""
    near = "|".join(str(year + offset) for offset in range(-1, 5))
    return re.sub(rf"(?<!\d)(?:{near})(?!\d)", lambda found: str(int(found[0]) + shift), text)


def _copied(root: Path) -> Iterator[tuple[str, bytes]]:
    """The files that go along as they are: git's, and the report's own templates."""
    for name in (".gitattributes", ".gitignore"):
        path = root / name
        if path.is_file():
            yield name, path.read_bytes()
    for path in sorted((root / OWN_TEMPLATES).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix(), path.read_bytes()


def carry(report: Report, element: Element, year: int) -> Carried:
    """One element as it begins in another year."""
    kind = report.kind(element)
    if kind is None:
        plain = {k: v for k, v in element.snapshot().items() if k not in _LEFT_BEHIND}
        return Carried(plain)
    return _Carry(report, element, kind, year).run()


class _Carry:
    """Carries one element over, and counts."""

    def __init__(self, report: Report, element: Element, kind: Kind, year: int) -> None:
        self.report = report
        self.element = element
        self.kind = kind
        self.year = year
        self.figures = 0
        self.left = 0

    def run(self) -> Carried:
        old, data = self.element.snapshot(), {}
        for key, value in old.items():
            spec = self.kind.fields.get(key)
            if key in _LEFT_BEHIND:
                continue
            if key in _KEPT_HEAD or spec is None:
                data[key] = value
            elif spec.type == "tabel" and isinstance(value, dict):
                data[key] = self._rows(spec, value)
            elif spec.type in _NOT_CARRIED or spec.per_moment:
                self.left += is_filled(value)
            else:
                data[key] = value
        marks = {} if self.element.retired else self._marks(data)
        if marks:
            data[REVISE] = marks
        return Carried(data, len(marks), self.figures, self.left)

    def _marks(self, data: Data) -> dict[str, str]:
        return {
            key: fingerprint(text)
            for key, spec in self.kind.fields.items()
            if spec.type == "tekst" and isinstance(text := data.get(key), str) and text.strip()
        }

    def _rows(self, spec: Field, rows: Data) -> Data:
        return {
            key: self._row(spec, row) if isinstance(row, dict) else row for key, row in rows.items()
        }

    def _row(self, spec: Field, row: Data) -> Data:
        """A row: what is no figure as it is, figures by the year that they are about."""
        old = {column.key: column for column in self.report.columns(spec)}
        known = _by_measure(old, row)
        made: Data = {}
        taken: set[str] = set()
        for key, value in row.items():
            column = old.get(key)
            if column is None or column.column.type not in _NOT_CARRIED:
                made[key] = value
        for column in spec.year_columns(self.year):
            if column.derived or column.year is None:
                continue
            source = column.key if column.key in row else known.get(_measure(column), "")
            if source:
                made[column.key] = row[source]
                taken.add(source)
        self.figures += len(taken)
        figures = (key for key in row if key in old and old[key].column.type in _NOT_CARRIED)
        self.left += sum(key not in taken for key in figures)
        return made


_Measure = tuple[str | None, str | None, int | None]


def _measure(column: YearColumn) -> _Measure:
    return column.column.measure, column.column.version, column.year


def _by_measure(columns: Mapping[str, YearColumn], row: Data) -> dict[_Measure, str]:
    """The keys of a row's figures by measure, version and year, where both are told."""
    return {
        _measure(column): key
        for key, column in columns.items()
        if key in row and column.column.measure and column.column.version
    }
