"""Which element and row of the report each line of a region stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from excel_bridge.blocks import BlockTeller
from excel_bridge.cell_keys import CellKeys, element_of_sheet
from excel_bridge.grid import Grid, SheetView
from excel_bridge.keys import KeyReading, ReportRows
from excel_bridge.line_values import LineValues
from excel_bridge.link_types import Link
from excel_bridge.locate import Located, body_rows
from excel_bridge.plan import column_letters
from stavaza.finding import Finding
from stavaza.naming import mint_id


@dataclass(frozen=True)
class Line:
    """A line of the workbook that is a row of an element; `new` where the report lacks the row."""

    row: int
    element: str
    key: str
    new: bool = False
    block: str = ""
    """The block of the region that the line is in, as the link names it."""
    values: tuple[tuple[str, str], ...] = ()
    """What a new row takes from the line besides figures; of a known one the other choices."""
    differing: bool = False
    """Whether the line makes another choice than its row, such as voordeel for nadeel."""


@dataclass(frozen=True)
class FoundLines:
    """The lines of a region; `doubtful` are row keys that a line may have but not for sure."""

    lines: list[Line]
    findings: list[Finding]
    doubtful: frozenset[str]


def find_lines(
    link: Link,
    view: SheetView,
    located: Located,
    rows: ReportRows,
    workbook: Path,
    *,
    homes: Mapping[str, str] | None = None,
) -> FoundLines:
    """The lines that are surely a row of one element, and what is wrong with the others.

    `homes` says at which element a row was before that the report has no longer.
    """
    finder = _LineFinder(link, view, located, rows, workbook)
    finder.homes = homes or {}
    lines = [line for row in body_rows(link, view, located) if (line := finder.line(row))]
    return FoundLines(finder.without_duplicates(lines), finder.findings, frozenset(finder.doubtful))


class _LineFinder:
    """The lines of one region, with the findings on the way."""

    def __init__(
        self, link: Link, view: SheetView, located: Located, rows: ReportRows, workbook: Path
    ) -> None:
        self.link = link
        self.view = view
        self.grid: Grid = view.grid
        self.located = located
        self.rows = rows
        self.workbook = workbook
        self.findings: list[Finding] = []
        self.doubtful: set[str] = set()
        self.teller = BlockTeller(link, view.grid, located)
        self.reader = CellKeys(link, view.grid, located, rows)
        self.values = LineValues(link, view, located, self.reader)
        self.homes: Mapping[str, str] = {}

    def line(self, row: int) -> Line | None:
        """The line in a row; None where it is no line or not a sure one."""
        block = self.teller.block(row)
        if block is None:
            self._of_no_block(row)
            return None
        reading = self.reader.row_key(row)
        if reading.kind == "blank":
            self._without_key(row)
            return None
        if self._skipped(row, reading):
            return None
        if reading.kind == "no_key" and self.link.row_form == "label":
            self._without_key(row)
            return None
        return self._line(row, reading, block)

    def _line(self, row: int, reading: KeyReading, block: str) -> Line | None:
        if not self._sure(row, self.located.row_key, reading):
            return None
        place = self._settled(row, reading.text)
        if place is not None:
            return self._known(row, place, reading.text, block)
        element = self._element(row)
        if element is None:
            self.doubtful.add(reading.text)
            return None
        return self._placed(row, element, reading.text, block)

    def _settled(self, row: int, key: str) -> str | None:
        """The element of a line whose code could be two (0.1), where its row is at one of them."""
        column, places = self.located.element_key, self.reader.places(row, key)
        if column is None or len(places) != 1 or not self.link.by_text:
            return None
        value, groups = self.grid.value(row, column), self.rows.groups
        if not isinstance(value, float) or value.is_integer():
            return None
        codes = self.reader.texts(row, column, sure=False)
        return places[0] if any(places[0] in groups.get(code, ()) for code in codes) else None

    def _known(self, row: int, element: str, key: str, block: str) -> Line:
        """The line of a row that the report has, with the choices in which the two differ."""
        held = self.rows.values.get(element, {}).get(key, {})
        wrong = self.values.differing(row, held) if self.link.traits else []
        self.findings += wrong
        other = self.values.other_choices(row, held) if wrong else ()
        return Line(row, element, key, block=block, values=other, differing=bool(wrong))

    def _new(self, row: int, element: str, key: str, block: str) -> Line | None:
        """The line of a row that the report lacks; None for a remark without any figure."""
        if not self._has_figures(row):
            return None
        if self.link.kind:  # the same line gives the same id, whoever takes it over
            key = mint_id(self.link.kind, self.rows.ids, f"{element}/{key}")
        return Line(row, element, key, new=True, block=block, values=self.values.of_new(row))

    def _skipped(self, row: int, reading: KeyReading) -> bool:
        """Whether the link leaves a line alone, by its key or by its text."""
        skip = self.link.skip
        texts = (reading.text, self.grid.text(row, self.located.row_key))
        return skip.key_matches(reading.text) or any(skip.text_matches(text) for text in texts)

    def _of_no_block(self, row: int) -> None:
        """List a line whose column says no block of the link, though it has a known key."""
        column = self.located.block
        reading = self.reader.row_key(row) if column is not None else None
        if column is None or reading is None or reading.text not in self.rows.row_keys.keys:
            return
        text = self.grid.text(row, column)
        if not text and self._has_figures(row):
            self._add("X039", row, column, allowed=", ".join(self.link.blocks))

    def _sure(self, row: int, column: int, reading: KeyReading) -> bool:
        """Whether a key cell gives one key; else it is listed."""
        columns = (column, *self.located.more_keys) if column == self.located.row_key else (column,)
        formula = next((text for one in columns if (text := self.grid.formula(row, one))), "")
        if formula or reading.kind != "key":
            self.doubtful.update((reading.text, *reading.candidates))
        if formula:
            self._add("X023", row, column, value=formula)
        elif reading.kind == "ambiguous":
            candidates = ", ".join(reading.candidates)
            self._add("X022", row, column, value=reading.text, candidates=candidates)
        elif reading.kind == "otherwise":
            candidates = ", ".join(reading.candidates)
            self._add("X047", row, column, value=reading.text, candidates=candidates)
        elif reading.kind == "no_key":
            self._add("X025", row, column, value=reading.text)
        else:
            return True
        return False

    def _element(self, row: int) -> str | None:
        """The element that the line names, '' where the link leaves that to the row's key."""
        column = self.located.element_key
        if self.link.element_form == "blad":
            return element_of_sheet(self.link, self.view.sheet, self.rows) or None
        if column is None:
            return ""
        reading = self.reader.element_key(row, column)
        if reading.kind == "blank":  # below a merged cell, for instance
            return ""
        if not self._sure(row, column, reading):
            return None
        name = self.rows.elements.get(reading.text, reading.text)
        if name not in self.rows.groups:
            self._unknown(row, column, reading.text)
            return None
        return name

    def _placed(self, row: int, element: str, key: str, block: str) -> Line | None:
        """The line at its element: the one named, or the only one below it that has the row."""
        column = self.located.row_key
        places = self.reader.places(row, key)
        near = places
        if element:
            near = tuple(place for place in places if place in self.rows.groups[element])
            near = (element,) if element in near else near
        if len(near) == 1:
            return self._known(row, near[0], key, block)
        if near:
            self.doubtful.add(key)
            self._add("X028", row, column, value=key, candidates=", ".join(near))
            return None
        if places:
            known_at = ", ".join(places)
            self.doubtful.add(key)
            self._add("X029", row, column, value=key, found_at=element, known_at=known_at)
            return None
        home = self._home(element) or self.homes.get(key)
        if home is None:
            self._unknown(row, column, key)
            return None
        return self._new(row, home, key, block)

    def _home(self, element: str) -> str | None:
        """Where a new line that names `element` goes; None where that is not one place."""
        if not element or element in self.rows.elements.values():
            return element or None
        inside = self.rows.groups[element]
        return next(iter(inside)) if len(inside) == 1 else None

    def _unknown(self, row: int, column: int, key: str) -> None:
        """List an unknown key, unless the line is a remark: text without any figure."""
        if self._has_figures(row):
            self._add("X020", row, column, value=key)

    def _has_figures(self, row: int) -> bool:
        return any(
            isinstance(value, int | float) and not isinstance(value, bool)
            for column in self.located.columns.values()
            for value in [self.grid.value(row, column)]
        )

    def _without_key(self, row: int) -> None:
        """A line without key is blank, a remark, a subtotal, or else a mistake to list."""
        figures = [
            column
            for column in self.located.columns.values()
            if self.grid.value(row, column) is not None and not self.grid.formula(row, column)
        ]
        if not figures or not self._has_figures(row):
            return  # a line of formulas alone is a subtotal
        area = self.view.area or self.grid.area
        values = (self.grid.value(row, column) for column in range(area.left, area.right + 1))
        if not any(isinstance(text, str) and self.link.skip.text_matches(text) for text in values):
            self._add("X024", row, figures[0])

    def without_duplicates(self, lines: Iterable[Line]) -> list[Line]:
        """The lines whose key stands there once; the others are listed, none of them used."""
        by_key: dict[tuple[str, str, str], list[Line]] = {}
        for line in lines:
            by_key.setdefault((line.block, line.element, line.key), []).append(line)
        single = []
        for found in by_key.values():
            if len(found) == 1:
                single.append(found[0])
                continue
            numbers = ", ".join(str(line.row) for line in found)
            first = found[0]
            self.doubtful.add(first.key)
            self._add("X021", first.row, self.located.row_key, value=first.key, rows=numbers)
        return single

    def _add(self, code: str, row: int, column: int, **params: str) -> None:
        cell = f"{self.view.sheet}!{column_letters(column)}{row}"
        params |= {"cell": cell}
        self.findings.append(Finding(code, params, self.workbook, row))
