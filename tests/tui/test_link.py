"""Linking a workbook in the app: choose, correct, and only then write."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from excel_bridge.links import link_file
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.derived_books import book, report_of
from tests.excel_bridge.layouts import BATEN, LASTEN
from tests.excel_bridge.mutations import mutation_book, mutation_report
from tests.excel_bridge.test_derived_shares import LASTEN as SHARE
from tests.excel_bridge.test_derived_shares import rows_of
from tests.tui.showing import OneScreen, notices, settled, show, text_of, until
from tui.screens.excel import ExcelScreen
from tui.screens.link import LinkScreen
from tui.session import Session

DESK = workbooks.desk()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    report = layouts.programme_report(tmp_path)
    link_file(tmp_path, "programmas").unlink()
    (tmp_path / "begroting.xlsx").unlink()
    layouts.programme_sheets(tmp_path / "programmas.xlsx")
    return Session(report)


async def to_the_last_step(app: OneScreen, pilot: Pilot[None]) -> None:
    await pilot.press("enter")
    await until(app, pilot, "2/3")
    await pilot.press("enter")
    await until(app, pilot, "3/3")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_link_is_chosen_seen_and_written_after_a_yes(
    session: Session, size: tuple[int, int]
) -> None:
    file = link_file(session.report.root, "programmas")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert "rapport:programmas.xlsx" in text_of(app)
        await pilot.press("enter")
        await until(app, pilot, "2/3")
        await until(app, pilot, "P6: 3 kolommen; 8 van 8 bedragen")
        assert "P*: 3 kolommen; 10 van 10 bedragen zijn gelijk aan de rapportage" in text_of(app)
        await pilot.press("enter")
        await until(app, pilot, "3/3")
        await until(app, pilot, "Lasten primitief = D")
        await pilot.press("w")
        await until(app, pilot, "koppelingen/programmas.toml")
        assert not file.exists()
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.outcome is None

    show(LinkScreen(session, DESK), steps, size)
    assert 'blad = "P*"' in file.read_text(encoding="utf-8")


def test_unit_sign_and_column_are_corrected_and_shown_at_once(session: Session) -> None:
    screen = LinkScreen(session, DESK)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("e")
        assert "Kies eerst een werkmap" in notices(app)
        await to_the_last_step(app, pilot)
        await pilot.press("home", "e")
        await settled(app, pilot)
        assert "0 van 4 bedragen" in text_of(app)
        await pilot.press("e")
        await settled(app, pilot)
        assert "0 van 4 bedragen" not in text_of(app)
        await pilot.press("end", "t")
        await settled(app, pilot)
        assert screen.chosen is not None
        signs = {column.key: column.measure.sign for column in screen.chosen.link.columns}
        assert signs[BATEN] == "normaal"
        await pilot.press("delete")
        await settled(app, pilot)
        assert screen.chosen.link.columns[0].key == LASTEN
        assert len(screen.chosen.link.columns) == 2
        await pilot.press("home", "k")
        await until(app, pilot, "Kolom in de werkmap")
        await pilot.press(*["backspace"] * 20, "C", "enter")
        await settled(app, pilot)
        assert screen.chosen.link.columns[0].place.letter == "C"

    show(screen, steps, (120, 40))


def test_escape_goes_back_a_step_and_writes_nothing(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await to_the_last_step(app, pilot)
        for step in ("2/3", "1/3"):
            await pilot.press("escape")
            await pilot.pause()
            assert step in text_of(app)
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.outcome is None

    show(LinkScreen(session, DESK), steps)
    assert not (session.report.root / "koppelingen" / "programmas.toml").exists()


def test_a_workbook_that_fits_nowhere_says_why(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("p")
        await until(app, pilot, "Pad van de werkmap")
        await pilot.press(*"weg.xlsx", "enter")
        await until(app, pilot, "Er is niets te koppelen")
        assert "X011" in text_of(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "1/3" in text_of(app)

    show(LinkScreen(session, DESK), steps)


def test_the_excel_screen_opens_the_wizard_and_shows_the_new_link(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "stavaza excel link" in text_of(app)
        await pilot.press("k")
        await until(app, pilot, "1/3")
        await to_the_last_step(app, pilot)
        await pilot.press("w")
        await until(app, pilot, "Deze koppeling schrijven?")
        await pilot.press("enter")
        await until(app, pilot, "alle 12 bedragen zijn gelijk")

    show(ExcelScreen(session, DESK), steps)


def test_the_columns_that_recognise_a_line_are_corrected(tmp_path: Path) -> None:
    report = mutation_report(tmp_path)
    mutation_book(tmp_path / "Mutaties v3.xlsx")
    screen = LinkScreen(Session(report), DESK)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await to_the_last_step(app, pilot)
        assert "“Nr” is geen sleutel" in text_of(app)
        await pilot.press("r", *["backspace"] * 40, "A")
        await pilot.press("enter")
        await settled(app, pilot)
        await until(app, pilot, "X023")

    show(screen, steps, (120, 40))
    assert screen.chosen is not None
    assert screen.chosen.data["sleutel"]["rij"] == {"letter": "A"}


def test_a_derived_table_is_linked_as_one_that_is_only_compared(tmp_path: Path) -> None:
    report = report_of(tmp_path, "programmabegroting")
    book(tmp_path / "verdeling.xlsx", {"Verdeling": rows_of()})
    screen = LinkScreen(Session(report), DESK)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await until(app, pilot, "Lasten & baten, alleen vergelijken, 4 kolommen")
        await pilot.press("enter")
        await until(app, pilot, "Verdeling!D6")
        assert "12 afgeleide cijfers vergeleken, 0 wijken af" in text_of(app)
        assert screen.chosen is not None
        keys = [column.key for column in screen.chosen.link.columns]
        screen.query_one(OptionList).highlighted = keys.index(SHARE)
        for key in ("e", "d"):
            await pilot.press(key)
            await settled(app, pilot)
        measures = {column.key: column.measure for column in screen.chosen.link.columns}
        assert (measures[SHARE].unit, measures[SHARE].precision) == (1, 2)
        await until(app, pilot, "3 wijken af")
        await pilot.press("e")
        await settled(app, pilot)
        await until(app, pilot, "0 wijken af")
        await pilot.press("w", "enter")
        await settled(app, pilot)

    show(screen, steps, (80, 24))
    written = link_file(tmp_path, "verdeling-lasten-en-baten").read_text(encoding="utf-8")
    assert 'afleiding = "lasten_en_baten"' in written
