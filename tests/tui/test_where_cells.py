"""Where a figure is used: cells of workbooks too, and no workbook is opened for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from excel_bridge import sync
from excel_bridge.live import XlwingsDesk
from stavaza.figures import find_figure
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.derived_books import book, report_of
from tests.excel_bridge.fakes import LASTEN, make_report
from tests.excel_bridge.test_derived_shares import LINK as SHARES
from tests.excel_bridge.test_derived_shares import rows_of
from tests.excel_bridge.test_derived_threshold import LINK as EFFECT
from tests.excel_bridge.test_derived_threshold import MUTATIONS
from tests.tui.running import calm, press, run_app
from tests.tui.showing import text_of
from tests.tui.test_form_figures import shown
from tui.app import StavazaApp
from tui.figure_cells import cells_of, named_cells, with_places
from tui.figure_places import places_of
from tui.screens.excel import ExcelScreen
from tui.session import Jump
from tui.widgets.dialogs import ChooseDialog

FIGURE = "6.1.3/begroting/663884/lasten_primitief_2026"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv("STAVAZA_EXCEL", "file")
    made = make_report(tmp_path, {("6.1.3", "663884"): {LASTEN: 150_000}}, workbooks.MERGED_LINK)
    workbooks.make(tmp_path / "begroting.xlsx", workbooks.merged_headers)
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the workbooks that are read."""
    names: list[str] = []
    read = XlwingsDesk.read

    def noted(self: XlwingsDesk, path: Path, link: object) -> object:
        names.append(path.name)
        return read(self, path, link)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(XlwingsDesk, "read", noted)
    return names


def lines(report: Report, address: str) -> list[str]:
    figure = find_figure(report, None, address)
    assert figure is not None
    return [place.text for place in places_of(report, figure) if place.jump is None]


def test_the_link_alone_tells_sheet_column_and_row(report: Report, opened: list[str]) -> None:
    said = "begroting.xlsx ▸ Invoer, kolom “Begroting 2026 / primitief”, regel 663884"
    assert lines(report, FIGURE) == [said]
    (report.root / "begroting.xlsx").unlink()
    assert lines(report, FIGURE) == [said]
    assert opened == []


def test_the_last_proposal_tells_the_cell(report: Report) -> None:
    plan = sync.plan(report, desk=workbooks.desk())
    figure = find_figure(report, None, FIGURE)
    assert figure is not None
    (cell,) = with_places(named_cells(report, figure), plan)
    assert cell.line() == "begroting.xlsx ▸ Invoer!C6"


def test_where_opens_only_the_workbooks_that_the_figure_is_in(
    report: Report, opened: list[str]
) -> None:
    other = workbooks.MERGED_LINK.replace("begroting.xlsx", "andere.xlsx")
    other = other.replace("lasten_", "baten_")
    (report.root / "koppelingen" / "andere.toml").write_text(other, encoding="utf-8")
    figure = find_figure(report, None, FIGURE)
    assert figure is not None
    (cell,) = cells_of(report, figure)
    assert (cell.cell, cell.sheet) == ("Invoer!C6", "Invoer")
    assert opened == ["begroting.xlsx"]


def test_a_share_is_listed_with_the_cell_that_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_EXCEL", "file")
    made = report_of(tmp_path, "programmabegroting", SHARES)
    book(tmp_path / "verdeling.xlsx", {"Verdeling": rows_of()})
    for address, cell in (
        ("6/lasten_en_baten/aandeel/lasten_primitief_2026", "Verdeling!D8"),
        ("6/begroting/totaal/lasten_primitief_2026", "Verdeling!C8"),
    ):
        figure = find_figure(made, None, address)
        assert figure is not None
        assert [each.cell for each in cells_of(made, figure)] == [cell]


def test_a_subtotal_and_a_mutation_name_their_lines(tmp_path: Path) -> None:
    made = report_of(tmp_path, "voortgang_taakvelden", EFFECT)
    (line,) = lines(made, "6.1/effect_op_saldo/rest/bedrag")
    assert line.startswith("effect.xlsx ▸ Effect, kolom “Effect”, regel ")
    made = report_of(tmp_path / "m", "voortgang_taakvelden", MUTATIONS)
    said = "effect.xlsx ▸ Mutaties, kolom “Bedrag”, regel Loonstijging peuteropvang"
    assert lines(made, "mutatie-lonenp/bedrag") == [said]
    assert said in lines(made, "6.1/effect_op_saldo/klein/bedrag")


def test_the_app_lists_cells_and_goes_to_the_excel_screen(report: Report) -> None:
    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        assert app.main is not None
        app.main.jump(Jump("6.1.3", ("begroting", "663884", LASTEN), edit=True))
        await calm(app, pilot)
        await press(app, pilot, "w")
        await shown(app, pilot, ChooseDialog)
        assert "begroting.xlsx ▸ Invoer, kolom" in text_of(app)
        await press(app, pilot, "end", "enter")
        await shown(app, pilot, ExcelScreen)

    run_app(report.root, steps)
