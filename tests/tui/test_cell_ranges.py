"""Cells below each other are one line; what is apart, a formula or without a place stays apart."""

from __future__ import annotations

from dataclasses import replace

from tui.cell_ranges import lines_of
from tui.figure_cells import WorkbookCell

CELL = WorkbookCell("begroting", "b.xlsx", "Invoer", "", "lasten", "Lasten", "6.1.3", (), "663884")


def shown(*cells: str, formulas: tuple[str, ...] = ()) -> list[str]:
    made = [replace(CELL, cell=f"Invoer!{each}", formula=each in formulas) for each in cells]
    return [line.removeprefix("b.xlsx ▸ Invoer!") for line in lines_of(made)]


def test_adjacent_cells_are_a_range_in_the_order_of_the_sheet() -> None:
    assert shown("C5", "C7", "C6") == ["C5:C7"]
    assert shown("C9", "C10", "C11", "C13", "D5", "D6", "AA1") == ["C9:C11", "C13", "D5:D6", "AA1"]
    assert shown("C5", "C5") == ["C5"]


def test_formulas_and_typed_figures_are_told_apart() -> None:
    assert shown("C5", "C6", "C7", "C8", formulas=("C6", "C7")) == [
        "C5",
        "C6:C7 (een formule)",
        "C8",
    ]


def test_cells_of_other_sheets_and_links_and_without_a_place_stay_apart() -> None:
    cells = [
        replace(CELL, cell="P1!C5"),
        replace(CELL, cell="P2!C6"),
        replace(CELL, row="663885"),
        replace(CELL, link="tweede", workbook="c.xlsx", cell="P2!C7"),
    ]
    assert list(lines_of(cells)) == [
        "b.xlsx ▸ P1!C5",
        "b.xlsx ▸ P2!C6",
        "b.xlsx ▸ Invoer, kolom “Lasten”, regel 663885",
        "c.xlsx ▸ P2!C7",
    ]
