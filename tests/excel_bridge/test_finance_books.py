"""A stranger's workbook from the proposed link to undo, in layouts that finance departments use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from excel_bridge import sync
from excel_bridge.links import link_file
from excel_bridge.plan import State
from excel_bridge.propose import propose, write_link
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import finance_books, workbooks
from tests.excel_bridge.fakes import Rows, make_report, open_report
from tests.excel_bridge.finance_books import BATEN, HEADS, LASTEN, LAYOUTS, LINES, Figure, Maker

DESK = workbooks.desk()
TO_EXCEL = {("663884", BATEN): 23000, ("664120", LASTEN): 11000, ("671001", LASTEN): 518000}
FROM_EXCEL = {("663886", LASTEN): 176000, ("664121", BATEN): 3000}


def report_of(root: Path) -> Report:
    rows: Rows = {(activity, key): {**held} for activity, key, _text, held in LINES}
    report = make_report(root, rows)
    link_file(root, "begroting").unlink()
    for _activity, key, text, _held in LINES:
        element = next(e for e in report.elements.values() if key in e.rows("begroting"))
        element.set(("begroting", key, "omschrijving"), text)
        store.save(report, element)
    (root / "begroting.xlsx").unlink()
    return open_report(root)


def amounts(report: Report) -> dict[Figure, object]:
    return {
        (key, column): value
        for element in report.elements.values()
        for key, row in element.rows("begroting").items()
        for column, value in row.items()
        if column in HEADS
    }


def cells(path: Path) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path)
    found: dict[tuple[str, str], object] = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for cell in sheet._cells.values()
        if cell.value is not None
    }
    book.close()
    return found


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_workbook_is_linked_synced_both_ways_and_undone(
    tmp_path: Path, layout: Callable[[Maker], None]
) -> None:
    report = report_of(tmp_path / "rapport")
    path = report.root / "werkmap.xlsx"
    made = finance_books.make(path, layout)
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    write_link(report, proposal)
    plan = sync.plan(report, desk=DESK)
    found = {
        (cell.id.row, cell.id.column): (cell.sheet, cell.cell.rpartition("!")[2], cell.measure)
        for cell in plan.cells()
    }
    expected = {(key, column) for key, column in made.at if column in HEADS}
    assert found.keys() == expected
    for figure, (sheet, cell, unit, sign) in made.at.items():
        where = found[figure]
        assert where[:2] == (sheet, cell), figure
        assert (where[2].unit, where[2].sign) == (unit, "normaal" if sign == 1 else "omgekeerd")
    assert {cell.state for cell in plan.cells()} == {State.EQUAL}
    sync.apply(report, plan, desk=DESK)
    assert cells(path) == cells(as_made(tmp_path, layout))

    before, parts = amounts(report), workbooks.parts(path)
    set_figures(report, TO_EXCEL)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert (outcome.messages, len(outcome.to_excel)) == ((), len(TO_EXCEL))
    wanted = cells(as_made(tmp_path, layout))
    for figure, value in TO_EXCEL.items():
        sheet, cell, unit, sign = made.at[figure]
        wanted[sheet, cell] = value * sign / unit
    assert cells(path) == wanted
    after = workbooks.parts(path)
    other = {name for name in parts if parts[name] != after[name] and "sheet" not in name}
    assert other <= {"xl/workbook.xml"}
    sync.undo(report, desk=DESK)
    assert cells(path) == cells(as_made(tmp_path, layout))

    report = open_report(report.root)
    set_figures(report, {figure: before[figure] for figure in TO_EXCEL})
    finance_books.make(path, layout, FROM_EXCEL)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert amounts(open_report(report.root)) == {**before, **FROM_EXCEL}
    sync.undo(report, desk=DESK)
    assert amounts(open_report(report.root)) == before


def as_made(tmp_path: Path, layout: Callable[[Maker], None]) -> Path:
    """The workbook as it was made."""
    path = tmp_path / "eerst.xlsx"
    if not path.exists():
        finance_books.make(path, layout)
    return path


def set_figures(report: Report, figures: dict[Figure, Any]) -> None:
    for (key, column), value in figures.items():
        element = next(e for e in report.elements.values() if key in e.rows("begroting"))
        element.set(("begroting", key, column), value)
        store.save(report, element)


def list_of(path: Path, write: Callable[[Any, int, int, object], object]) -> Path:
    """A list of the lines whose amounts `write` puts into their cells."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Uitdraai")
        sheet.write_row(0, 0, ["Activiteit", "Kostenplaats", "Omschrijving", *HEADS.values()])
        for row, (activity, key, text, held) in enumerate(LINES, start=1):
            sheet.write_row(row, 0, [activity, float(key), text])
            for column, name in enumerate(HEADS, start=3):
                if name in held:
                    write(sheet, row, column, held[name])
    return path


def test_a_hidden_copy_is_not_proposed_though_it_fits_better(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    with xlsxwriter.Workbook(str(tmp_path / "map.xlsx")) as book:
        held = {(key, name): value for _a, key, _t, row in LINES for name, value in row.items()}
        for name, figures in (("Invoer (oud)", held), ("Invoer", {**held, **TO_EXCEL})):
            sheet = book.add_worksheet(name)
            Maker(book, figures).rows(sheet, 0, HEADS)
            if name == "Invoer":
                sheet.activate()
            else:
                sheet.hide()
    proposal, _findings = propose(report, tmp_path / "map.xlsx", desk=DESK)
    assert proposal is not None
    assert proposal.link.sheet == "Invoer"


@pytest.mark.parametrize("shape", ["{:,}", "{:,}-", "€ {:,}"])
def test_amounts_that_are_all_texts_are_named_as_the_reason(tmp_path: Path, shape: str) -> None:
    report = report_of(tmp_path)

    def text(sheet: Any, row: int, column: int, value: object) -> None:
        sheet.write_string(row, column, shape.format(value).replace(",", "."))

    path = list_of(tmp_path / "uitdraai.xlsx", text)
    proposal, (finding,) = propose(report, path, desk=DESK)
    assert proposal is None
    assert finding.code == "X052"
    assert finding.params["cell"] == "Uitdraai!D2"
    assert finding.params["count"] == str(sum(len(held) for *_rest, held in LINES))


def test_a_link_that_would_compare_nothing_is_not_made(tmp_path: Path) -> None:
    report = report_of(tmp_path)
    with xlsxwriter.Workbook(str(tmp_path / "dubbel.xlsx")) as book:
        sheet = book.add_worksheet("Detail")
        sheet.write_row(0, 0, ["Kostenplaats", "Soort", HEADS[LASTEN]])
        for row, (_activity, key, _text, held) in enumerate([*LINES, *LINES], start=1):
            sheet.write_row(row, 0, [float(key), "soort", held[LASTEN]])
    proposal, findings = propose(report, tmp_path / "dubbel.xlsx", desk=DESK)
    assert proposal is None
    assert [finding.code for finding in findings][:2] == ["X053", "X021"]
