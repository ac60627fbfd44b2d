"""The list of findings: what it shows, how it is narrowed, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.reports import opened, small_report, write_report
from tests.tui.showing import OneScreen, notices, settled, show, text_of
from tui.screens.findings import FindingsScreen
from tui.session import Jump, Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    report = small_report(tmp_path)
    report.elements["2.1.1"].set(("moment", "vgr2", "status"), "bijna")
    return Session(report)


def test_findings_stand_by_severity_below_the_element_they_are_about(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        lines = [line.strip() for line in text_of(app).splitlines()]
        errors = lines.index("Fouten (1)")
        warnings = lines.index("Waarschuwingen (8)")
        assert errors < warnings
        assert lines[errors + 1].startswith("2.1.1 Vernieuwen van voorziening 2.1.1 · Team")
        assert "! “Stand van zaken” is leeg." in lines[warnings:]

    show(FindingsScreen(session), steps)


def test_the_finding_under_the_cursor_says_what_to_do_and_where(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("down")
        shown = text_of(app)
        assert "Verplicht veld is leeg" in shown
        assert "Wat te doen: Vul het in." in shown
        assert "1.1.3.toml:" in shown

    show(FindingsScreen(session), steps)


def test_enter_goes_to_the_field(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("down", "down", "enter")
        assert app.outcome == Jump("1.1.3", ("moment", "vgr2", "stand_van_zaken"), edit=True)

    show(FindingsScreen(session), steps)


def test_a_mended_field_leaves_the_list_while_it_is_open(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "8 waarschuwingen" in text_of(app)
        session.set_value("1.1.3", ("moment", "vgr2", "status"), "volgens_plan")
        session.set_value("2.1.1", ("moment", "vgr2", "status"), "volgens_plan")
        await settled(app, pilot)
        assert "7 waarschuwingen" in text_of(app)
        assert "0 fouten" in text_of(app)

    show(FindingsScreen(session), steps)


def test_the_list_is_narrowed_by_severity(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("s")
        assert "Waarschuwingen" not in text_of(app)
        assert "Fouten (1)" in text_of(app)
        await pilot.press("s", "s")
        assert "Waarschuwingen (8)" in text_of(app)

    show(FindingsScreen(session), steps)


def test_the_list_is_narrowed_by_owner(session: Session) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("o", "down", "enter")
        await settled(app, pilot)
        assert "Team Zuid" not in text_of(app)
        assert "Team Noord" in text_of(app)

    show(FindingsScreen(session), steps)


def test_the_list_is_narrowed_to_an_element_and_what_is_below_it(session: Session) -> None:
    session.selected = "1.2"

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("h")
        assert "1.2.3" in text_of(app)
        assert "2.1.3" not in text_of(app)
        await pilot.press("h")
        assert "2.1.3" in text_of(app)

    show(FindingsScreen(session), steps)


def test_a_finding_about_a_file_that_cannot_be_read_names_the_file(tmp_path: Path) -> None:
    root = write_report(tmp_path / "rapport", 1, 1, 1)
    (root / "1" / "1.1.9.toml").write_text("naam = ", encoding="utf-8")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("ctrl+home", "enter")
        assert "1.1.9.toml:1" in notices(app)
        assert app.screen is app.shown

    show(FindingsScreen(Session(opened(root))), steps)


def test_a_report_without_findings_says_so(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))
    for element in session.report.elements.values():
        if element.kind == "activiteit":
            session.set_value(element.id, ("moment", "vgr2", "status"), "volgens_plan")
            session.set_value(element.id, ("moment", "vgr2", "stand_van_zaken"), "Klaar.\n")

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "Er ontbreekt hier niets" in text_of(app)

    show(FindingsScreen(session), steps, size=(80, 24))


def with_an_amount(tmp_path: Path) -> Session:
    """A report in which one finding is about an amount in a text, as are others about gaps."""
    report = small_report(tmp_path)
    element = report.elements["1.1.3"]
    element.set(("begroting", "1", f"lasten_primitief_{report.meta.year}"), 185_000)
    element.set(("moment", "vgr2", "stand_van_zaken"), "Dat kost € 185.050 dit jaar.\n")
    return Session(report)


def to_the_amount(screen: Screen[object]) -> None:
    assert isinstance(screen, FindingsScreen)
    lines = range(len(screen.source.lines))
    found = ((line, screen.source.item(line)) for line in lines)
    screen.list.move_to(next(n for n, item in found if item is not None and item.code == "F003"))


def test_an_amount_in_a_text_is_left_as_it_is_and_undo_brings_the_finding_back(
    tmp_path: Path,
) -> None:
    session = with_an_amount(tmp_path)
    element = session.report.elements["1.1.3"]

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("z")
        assert "Alleen een bedrag in een tekst" in notices(app)
        to_the_amount(app.screen)
        await pilot.press("z")
        await settled(app, pilot)
        assert "€ 185.050 blijft zo" in notices(app)
        assert "staat € 185.050" not in text_of(app)
        assert element.data["zo_bedoeld"] == {"moment/vgr2/stand_van_zaken": {"€ 185.050": 185_000}}
        await pilot.press("end", "u")
        await settled(app, pilot)
        assert "Teruggenomen: 1.1.3" in notices(app)
        assert text_of(app).count("staat € 185.050") == 2, "in the list and under the cursor"
        assert "zo_bedoeld" not in element.data
        await pilot.press("u")
        assert "Er is niets om terug te nemen" in notices(app)

    show(FindingsScreen(session), steps)


def test_leaving_an_amount_is_offered_only_where_it_does_something(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "s ernst" in text_of(app)
        assert "z zo laten" not in text_of(app)
        to_the_amount(app.screen)
        await pilot.pause()
        assert "z zo laten" in text_of(app)
        await pilot.press("home")
        await pilot.pause()
        assert "z zo laten" not in text_of(app)

    show(FindingsScreen(with_an_amount(tmp_path)), steps, (80, 24))


def test_what_to_do_about_an_amount_takes_four_lines(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        to_the_amount(app.screen)
        await pilot.pause()
        assert app.screen.query_one("#detail").size.height <= 4
        shown = text_of(app)
        for said in ("F003 1/1.1.3.toml:", "primitief is 185.000", "z laat het zo"):
            assert said in " ".join(shown.split()), said

    show(FindingsScreen(with_an_amount(tmp_path)), steps, (80, 24))
