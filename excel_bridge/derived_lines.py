"""Which line of a derived table each line of a region is: by its element and by its label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from excel_bridge.cell_keys import CellKeys, element_of_sheet
from excel_bridge.grid import Grid, SheetView, same_text
from excel_bridge.keys import KeyReading, KnownKeys, ReportRows, may_be_code
from excel_bridge.link_types import DerivedPart, Link, text_fits
from excel_bridge.locate import Located, body_rows
from excel_bridge.plan import column_letters
from stavaza.derived_rows import DerivedLine, DerivedRows
from stavaza.figures import TOTAL_ROW
from stavaza.finding import Finding
from stavaza.tree import Element, Report

_REFERENCE: Final = re.compile(r"=\+?(?:(?:'[^']+'|[\w.]+)!)?\$?[A-Z]{1,3}\$?[0-9]+", re.IGNORECASE)


@dataclass(frozen=True)
class SheetLine:
    """A line of the workbook that is a line of the derived table of an element."""

    row: int
    element: Element
    line: DerivedLine
    mirrored: bool = False


class DerivedTables:
    """The derived tables that a link may show: of the elements at or below its `onder`."""

    def __init__(self, rows: DerivedRows, under: tuple[str, ...]) -> None:
        self.rows = rows
        report = rows.report
        inside = {e.id for top in under for e in report.descendants(top)} | set(under)
        self.owners = {e.id: e for e in rows.owners if not under or e.id in inside}
        self._lines: dict[str, tuple[DerivedLine, ...]] = {}

    def lines(self, element: Element) -> tuple[DerivedLine, ...]:
        """The lines of an element's table, worked out once."""
        if element.id not in self._lines:
            self._lines[element.id] = self.rows.lines(element)
        return self._lines[element.id]

    def only(self, element: str) -> DerivedTables:
        """The same for one element."""
        return DerivedTables(self.rows, (element,))

    @cached_property
    def codes(self) -> ReportRows:
        """The elements by their code, as key cells may hold it."""
        ids = {name: e.id for e in self.owners.values() for name in (e.id, e.code) if name}
        groups = {name: frozenset({found}) for name, found in ids.items()}
        known = KnownKeys.of(ids, partial(may_be_code, self.rows.report))
        return ReportRows({}, ids, known, known, groups)

    @cached_property
    def by_name(self) -> dict[str, str]:
        """The elements by their name and heading, where only one has it."""
        report = self.rows.report
        found: dict[str, set[str]] = {}
        for element in self.owners.values():
            for text in (report.name(element), report.heading(element)):
                found.setdefault(same_text(text), set()).add(element.id)
        return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def tables_of(report: Report, link: Link) -> DerivedTables | None:
    """The tables that a link shows; None for a link whose figures are entered."""
    if link.derived is None:
        return None
    derivation = report.template.derivations[link.derived.key]
    return DerivedTables(DerivedRows(report, derivation), link.under)


class DerivedFinder:
    """Goes down a region; what is doubtful is a finding or nothing, never a guess."""

    def __init__(self, link: Link, part: DerivedPart, tables: DerivedTables, view: SheetView,
                 located: Located) -> None:  # fmt: skip
        self.link = link
        self.part = part
        self.tables = tables
        self.view = view
        self.grid: Grid = view.grid
        self.located = located
        self.keys = CellKeys(link, view.grid, located, tables.codes)
        self.findings: list[Finding] = []
        self.strange: list[tuple[int, Element]] = []
        """The lines of an element that its table does not have, by their label."""

    def lines(self) -> list[SheetLine]:
        """The lines that are surely one of the report's; a line that stands twice is none."""
        found: dict[tuple[str, str], list[SheetLine]] = {}
        for line in self._every():
            found.setdefault((line.element.id, line.line.key), []).append(line)
        for twice in (lines for lines in found.values() if len(lines) > 1):
            rows = ", ".join(str(line.row) for line in twice)
            text = self.grid.text(twice[0].row, self.located.row_key)
            self._add("X021", twice[0].row, self.located.row_key, value=text, rows=rows)
        return [lines[0] for lines in found.values() if len(lines) == 1]

    def _every(self) -> Iterator[SheetLine]:
        current = whole = self._of_whole_sheet()
        for row in body_rows(self.link, self.view, self.located):
            label = self.grid.text(row, self.located.row_key)
            if self.link.skip.text_matches(label):
                continue
            figures = self._has_figures(row)
            if whole is None:
                current = self._element(row, current, figures)
            if current is None or not figures:
                continue
            line = self._line(row, current, label)
            if line is None:
                continue
            yield line
            if whole is None and line.line.key == TOTAL_ROW:
                current = None  # what stands below a total is no longer of its element

    def _of_whole_sheet(self) -> Element | None:
        """The element of all lines, where the sheet or the link names it."""
        owners = self.tables.owners
        if self.link.element_form == "blad":
            named = element_of_sheet(self.link, self.view.sheet, self.tables.codes)
            if named not in owners:
                params = {"sheet": self.view.sheet, "workbook": self.link.path.name}
                self.findings.append(Finding("X040", params, self.link.path))
            return owners.get(named)
        if self.located.element_key is None and len(owners) == 1:
            return next(iter(owners.values()))
        return None

    def _element(self, row: int, current: Element | None, figures: bool) -> Element | None:
        """The element of a line: its own code or name, else (by label) the one above it."""
        column = self.located.element_key
        if column is None:
            return None
        heading = self.part.by_label and column == self.located.row_key
        if heading and figures:
            return current  # a label that only mentions a code begins nothing
        named = self._named(row, column)
        if named is not None:
            return named
        blank = not self.grid.text(row, column)
        return current if self.part.by_label and (blank or heading) else None

    def _named(self, row: int, column: int) -> Element | None:
        owners, codes = self.tables.owners, self.tables.codes
        formula = self.grid.formula(row, column)
        if formula and not _REFERENCE.fullmatch(formula):
            return None  # `=RIJ()-5` would be another element tomorrow
        reading = self.keys.element_key(row, column)
        if reading.kind == "key" and reading.text in codes.elements:
            return owners.get(codes.elements[reading.text])
        name = self.tables.by_name.get(same_text(self.grid.value(row, column)))
        if name is None and self._has_figures(row):
            self._unknown(row, column, reading)
        return owners.get(name) if name else None

    def _unknown(self, row: int, column: int, reading: KeyReading) -> None:
        """List what looks like a code of such an element, but is none or could be two."""
        if reading.kind == "ambiguous":
            candidates = ", ".join(reading.candidates)
            self._add("X022", row, column, value=reading.text, candidates=candidates)
            return
        report = self.tables.rows.report
        kinds = {owner.kind for owner in self.tables.owners.values()} - report.incomplete
        shaped = any(report.template.kinds[kind].fits_code(reading.text) for kind in kinds)
        elsewhere = reading.text in report.elements or self.link.under
        if reading.kind == "key" and shaped and not elsewhere:
            self._add("X020", row, column, value=reading.text)

    def _line(self, row: int, element: Element, label: str) -> SheetLine | None:
        lines = self.tables.lines(element)
        if not self.part.by_label:
            key = self.tables.rows.only
            own = next((line for line in lines if line.key == key), None)
            said = self.part.label_of(key)
            return SheetLine(row, element, own, bool(said and said.mirrored)) if own else None
        bare = same_text(self.tables.rows.bare(label))
        fitting = [line for line in lines if self._fits(line, bare)]
        if len(fitting) == 1:
            said = self.part.label_of(fitting[0].key)
            return SheetLine(row, element, fitting[0], bool(said and said.mirrored))
        if not fitting and bare:
            self.strange.append((row, element))
        if not fitting and bare and self.tables.rows.derivation.form == "drempel":
            report = self.tables.rows.report
            params = {"value": label, "table": self.tables.rows.derivation.label}
            params["element"] = report.heading(element)
            self._add("X062", row, self.located.row_key, **params)
        return None

    def _fits(self, line: DerivedLine, bare: str) -> bool:
        said = self.part.label_of(line.key)
        if said is not None:
            return text_fits(bare, said.text)
        return bare in {same_text(text) for text in line.labels}

    def _has_figures(self, row: int) -> bool:
        return any(
            isinstance(value, int | float) and not isinstance(value, bool)
            for column in self.located.columns.values()
            for value in [self.grid.value(row, column)]
        )

    def _add(self, code: str, row: int, column: int, **params: str) -> None:
        params["cell"] = f"{self.view.sheet}!{column_letters(column)}{row}"
        self.findings.append(Finding(code, params, self.link.path, row))
