"""Reads sheets whose lines are labels with a code in them, below headings such as `Lasten`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from excel_bridge.cells import EUROS, read_cell
from excel_bridge.draft import (
    Weight,
    column_data,
    headers_of,
    place_of_column,
    unit_hint,
    wanted_figures,
)
from excel_bridge.draft_parts import Lines
from excel_bridge.grid import SheetView, plain_text
from excel_bridge.keys import ReportRows, report_rows
from excel_bridge.link_types import Skip
from excel_bridge.match_columns import ColumnGuess, match_columns
from excel_bridge.plan import column_letters
from excel_bridge.targets import Target
from stavaza.tree import Report

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_LEAST_LINES: Final = 2


@dataclass(frozen=True)
class BlockDraft:
    """What a sheet with labels has to offer, or several sheets that are laid out alike."""

    view: SheetView
    target: Target
    sheet: str
    """The sheet's name, or a pattern over all that are alike."""
    element: str
    """The element that the sheet's name tells, '' where it tells none."""
    row_key: int
    header_row: int
    blocks: tuple[str, ...]
    """The block of each guess, '' in a sheet without blocks."""
    guesses: tuple[ColumnGuess, ...]
    lines: Lines
    ending: str
    more_evidence: int = 0

    def weight(self) -> Weight:
        """How much evidence there is, as for a sheet with plain keys."""
        evidence = sum(guess.evidence for guess in self.guesses) + self.more_evidence
        return Weight(evidence, 0, True, len(self.guesses), False, len(self.lines))

    def data(self, place: str, *, many_fields: bool) -> dict[str, Any]:
        """The link as its file says it."""
        measures = [guess.measure for guess in self.guesses]
        common = max(measures, key=measures.count)
        data: dict[str, Any] = {"werkmap": place, "blad": self.sheet}
        if many_fields:
            data["veld"] = self.target.field
        data |= {"eenheid": common.unit, "precisie": common.precision}
        if common.sign != "normaal":
            data["teken"] = common.sign
        if self.ending:
            data["gebied"] = {"tot": [self.ending]}
        key = {"letter": column_letters(self.row_key), "uit": "label"}
        data["sleutel"] = {"rij": key}
        if self.element:
            data["sleutel"]["onderdeel"] = {"uit": "blad"}
        data["kolom"] = {}
        for guess, block in zip(self.guesses, self.blocks, strict=True):
            where = place_of_column(self.view, self.header_row, guess.column)
            data["kolom"][guess.key] = column_data(guess, common, where)
            if block:
                data["kolom"][guess.key]["blok"] = block
        return data


def block_drafts(report: Report, views: Iterable[SheetView], target: Target) -> list[BlockDraft]:
    """The readings of all sheets with labels; sheets that are alike and named by code as one."""
    rows = report_rows(report, target)
    found = [
        draft
        for view in views
        if not view.table
        for draft in [_read(report, view, target, rows)]
        if draft is not None
    ]
    named = [draft for draft in found if draft.element]
    together = _together(named)
    return [*found, *([together] if together else [])]


def _together(drafts: list[BlockDraft]) -> BlockDraft | None:
    """One draft over the sheets whose names differ only by the code of their element."""
    if len(drafts) < _LEAST_LINES or len({draft.element for draft in drafts}) < len(drafts):
        return None
    best = max(drafts, key=BlockDraft.weight)
    prefixes = {draft.sheet.rstrip("0123456789.") for draft in drafts}
    prefix = prefixes.pop()
    if prefixes or not prefix:
        return None
    others = sum(draft.weight().evidence for draft in drafts) - best.weight().evidence
    return replace(best, sheet=f"{prefix}*", more_evidence=others)


def _read(report: Report, view: SheetView, target: Target, rows: ReportRows) -> BlockDraft | None:
    element = _element_of_name(view.sheet, rows)
    column, lines = _label_column(view, rows, element)
    if len(lines) < (1 if element else _LEAST_LINES):
        return None
    headings = _headings(view, column, lines)
    first = min([*headings, *lines])
    header_row = _header_row(view, column, first)
    breaks = _breaks(view, column, min(lines))
    blocks = _blocks(lines, headings, list(breaks))
    chosen: dict[str, tuple[ColumnGuess, str]] = {}
    for block, inside in blocks.items():
        headers = headers_of(view, header_row, _others(view, column))
        said = {number: f"{block} {header}" for number, header in headers.items()}
        wanted = wanted_figures(report, target, inside)
        for guess in match_columns(view.grid, wanted, said, unit_hint(view, header_row)):
            known = chosen.get(guess.key)
            if known is None or (guess.agreeing, guess.score) > (known[0].agreeing, known[0].score):
                chosen[guess.key] = guess, block
    if not chosen:
        return None
    pairs = list(chosen.values())
    last = max(row for inside in blocks.values() for row in inside)
    ends = (text for row, text in breaks.items() if row > last)
    ending = next(ends, "") if any(blocks) else ""
    return BlockDraft(
        view, target, view.sheet, element, column, header_row,
        tuple(block for _guess, block in pairs), tuple(guess for guess, _block in pairs),
        lines, ending,
    )  # fmt: skip


def _element_of_name(sheet: str, rows: ReportRows) -> str:
    """The element whose code is in a sheet's name, with or without letters before it."""
    for code in map(str, _NUMBER.findall(sheet)):
        name = rows.elements.get(code, code)
        if name in rows.groups:
            return name
    return ""


def _label_column(view: SheetView, rows: ReportRows, element: str) -> tuple[int, Lines]:
    """The column with the most labels in which a known code stands, and its lines."""
    best: tuple[int, Lines] = (view.grid.left, {})
    for column in range(view.grid.left, view.grid.right + 1):
        lines: Lines = {}
        for row in range(view.grid.top, view.grid.bottom + 1):
            value = view.grid.value(row, column)
            if not isinstance(value, str) or view.grid.formula(row, column):
                continue
            reading = rows.row_keys.code_in(value)
            places = rows.places.get(reading.text, ()) if reading.kind == "key" else ()
            near = [p for p in places if not element or p in rows.groups[element]]
            if len(near) == 1 and reading.text != plain_text(value):
                lines[row] = near[0], reading.text
        if len(lines) > len(best[1]):
            best = column, lines
    return best


def _others(view: SheetView, column: int) -> list[int]:
    return [c for c in range(view.grid.left, view.grid.right + 1) if c != column]


def _has_figures(view: SheetView, row: int, column: int) -> bool:
    values = (view.grid.value(row, other) for other in _others(view, column))
    return any(read_cell(value, EUROS).kind == "amount" for value in values)


def _headings(view: SheetView, column: int, lines: Lines) -> dict[int, str]:
    """The texts without figures that stand right above a line with a code, by row."""
    found: dict[int, str] = {}
    for row in sorted(lines):
        above = row - 1
        while above >= view.grid.top and not view.grid.text(above, column):
            above -= 1
        if above in lines or above < view.grid.top or _has_figures(view, above, column):
            continue
        found[above] = view.grid.text(above, column).rstrip(": ")
    return found


def _breaks(view: SheetView, column: int, first: int) -> dict[int, str]:
    """The labels with figures below the first line that hold no code and are no total."""
    found: dict[int, str] = {}
    for row in range(first, view.grid.bottom + 1):
        text = view.grid.text(row, column)
        plain = text and not _NUMBER.search(text) and not Skip().text_matches(text)
        if plain and _has_figures(view, row, column):
            found[row] = text
    return found


def _blocks(lines: Lines, headings: dict[int, str], breaks: list[int]) -> dict[str, Lines]:
    """The lines by heading where keys stand below more than one; else all of them as one."""
    keys = list(lines.values())
    if len(set(keys)) == len(keys):
        return {"": lines}
    found: dict[str, Lines] = {}
    for row, line in sorted(lines.items()):
        top = max((place for place in headings if place < row), default=0)
        if top and not any(top < place < row for place in breaks):
            found.setdefault(headings[top], {})[row] = line
    return found


def _header_row(view: SheetView, column: int, first: int) -> int:
    """The last row above the lines with texts over at least two other columns."""
    for row in range(first - 1, view.grid.top - 1, -1):
        if sum(bool(view.grid.text(row, other)) for other in _others(view, column)) > 1:
            return row
    return max(first - 1, view.grid.top)
