"""The status matrix: what it shows, and statuses given with one key, row after row."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from stavaza.finding import KeyPath
from tests.tui.reports import opened, small_report, write_report
from tests.tui.showing import OneScreen, notices, settled, show, text_of
from tui.screens.matrix import MatrixScreen
from tui.screens.matrix_source import MatrixSource
from tui.session import Jump, Session

VGR1: KeyPath = ("moment", "vgr1", "status")
VGR2: KeyPath = ("moment", "vgr2", "status")


def statuses(session: Session, *codes: str) -> list[object]:
    return [session.value(code, VGR2) for code in codes]


def test_one_key_gives_a_status_and_goes_to_the_next_row(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("2", "3", "1", "2")

    show(MatrixScreen(session), steps)
    given = statuses(session, "1.1.1", "1.1.2", "1.1.3", "1.2.1")
    assert given == ["niet_volgens_plan", "niet_gestart", "volgens_plan", "niet_volgens_plan"]
    assert {element.id for element in session.dirty()} == {"1.1.1", "1.1.2", "1.1.3", "1.2.1"}


def test_a_status_is_emptied_or_taken_from_the_moment_before(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("0", ".")

    show(MatrixScreen(session), steps)
    assert session.value("1.1.1", VGR2) is None
    assert session.value("1.1.2", VGR2) == session.value("1.1.2", VGR1) == "niet_volgens_plan"


def test_at_the_first_moment_there_is_nothing_to_take_over(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("left", "left", ".")
        assert "eerste moment" in notices(app)

    show(MatrixScreen(session), steps)
    assert session.dirty() == []


def test_undo_takes_the_last_status_back_and_goes_there(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("2", "left", "2", "u", "u")
        assert isinstance(app.screen, MatrixScreen)
        grid = app.screen.grid
        assert app.screen.source.rows[grid.row].element.id == "1.1.1"
        assert app.screen.source.moments[grid.column].key == "vgr2"

    show(MatrixScreen(session), steps)
    assert session.dirty() == []


def test_n_goes_to_the_next_empty_status_and_then_to_other_moments(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))
    seen: list[str] = []

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, MatrixScreen)
        for _ in range(4):
            await pilot.press("n")
            seen.append(app.screen.source.rows[app.screen.grid.row].element.id)
            await pilot.press("1")
        await pilot.press("n")
        assert "Alle statussen zijn ingevuld" in notices(app)

    show(MatrixScreen(session), steps)
    assert seen == ["1.1.3", "1.2.3", "2.1.3", "2.2.3"]
    assert statuses(session, *seen) == ["volgens_plan"] * 4


def test_enter_opens_the_status_under_the_cursor_in_the_form(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("down", "left", "enter")
        assert app.outcome == Jump("1.1.2", VGR1, edit=True)

    show(MatrixScreen(session), steps)


def test_it_opens_at_the_selected_element_and_the_current_moment(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))
    session.selected = "2.1.2"

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("3", "escape")
        assert app.outcome is None

    show(MatrixScreen(session), steps)
    assert session.value("2.1.2", VGR2) == "niet_gestart"


def test_a_click_puts_the_cursor_on_a_cell(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert isinstance(app.screen, MatrixScreen)
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "1.2.2" in line)
        x = lines[y].index("Niet volgens plan")
        await pilot.click(offset=(x, y))
        await pilot.press("1")

    show(MatrixScreen(session), steps)
    assert session.value("1.2.2", ("moment", "rek", "status")) == "volgens_plan"


def test_the_counts_follow_the_statuses_and_the_column(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        assert "8 ✓ Volgens plan" in text_of(app)
        assert "4 leeg" in text_of(app)
        await pilot.press("2")
        assert "7 ✓ Volgens plan   1 ✗ Niet volgens plan" in text_of(app)
        await pilot.press("left")
        assert "0 leeg" in text_of(app)

    show(MatrixScreen(session), steps)


def test_a_status_that_asks_for_a_proposal_is_marked_until_it_is_there(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("2", "up")
        assert "nog nodig: Voorstel raad" in text_of(app)
        session.set_value("1.1.1", ("moment", "vgr2", "voorstel_raad"), "De raad wacht.\n")
        await pilot.pause()
        assert "nog nodig" not in text_of(app)

    show(MatrixScreen(session), steps)


def test_retired_elements_are_left_out_and_an_unknown_status_is_shown_as_it_stands(
    tmp_path: Path,
) -> None:
    report = small_report(tmp_path)
    report.elements["1.1.1"].set(("vervallen",), True)
    report.elements["1.1.2"].set(VGR2, "bijna_af")
    source = MatrixSource(Session(report), "status")
    assert source.row_of("1.1.1") is None
    row = source.row_of("1.1.2")
    assert row is not None
    assert source.cell(row, 2).text == "? bijna_af"
    assert source.cell(row, 2).look == "wrong"


def test_every_size_of_terminal_shows_codes_moments_and_keys(tmp_path: Path) -> None:
    for size in ((40, 20), (80, 24), (160, 50), (200, 60)):
        session = Session(small_report(tmp_path / str(size[0])))

        async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
            shown = text_of(app)
            assert "1.1.1" in shown
            assert "2e VGR" in shown
            assert "volgende lege" in shown

        show(MatrixScreen(session), steps, size)


def test_only_rows_in_sight_are_made(tmp_path: Path) -> None:
    session = Session(opened(write_report(tmp_path / "groot", 2, 5, 30)))
    screen = MatrixScreen(session)
    asked: set[int] = set()
    cell = screen.source.cell

    def counted(row: int, column: int) -> object:
        asked.add(row)
        return cell(row, column)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        asked.clear()
        screen.source.cell = counted  # type: ignore[method-assign,assignment]  # a spy
        await pilot.press("2", "down", "ctrl+end")
        assert "2.5.30" in text_of(app)

    show(screen, steps)
    assert len(asked) < 80 < screen.source.row_count


def test_a_click_on_a_key_at_the_bottom_does_what_the_key_does(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "2 Niet volgens plan   3" in line)
        await pilot.click(offset=(lines[y].index("2 Niet volgens plan") + 3, y))

    show(MatrixScreen(session), steps)
    assert session.value("1.1.1", VGR2) == "niet_volgens_plan"


def test_the_statuses_that_were_given_are_saved_as_one_line_each(tmp_path: Path) -> None:
    session = Session(small_report(tmp_path))
    source = session.report.elements["1.1.1"].source
    assert source is not None
    before = source.raw.decode().splitlines()

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("2", "ctrl+s")
        await settled(app, pilot)

    show(MatrixScreen(session), steps)
    after = source.path.read_text(encoding="utf-8").splitlines()
    assert session.dirty() == []
    assert len(set(after) ^ set(before)) == 1
    assert len(after) == len(before)
