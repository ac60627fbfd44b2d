"""Manners with a running Excel, shown on an engine that misbehaves as Excel does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from excel_bridge.desk import CellWrite
from excel_bridge.excel_file.owner_files import owner_of
from excel_bridge.live import ExcelError, OpenElsewhereError, tame_xlwings
from excel_bridge.patience import ExcelBusyError, patiently, quiet
from tests.excel_bridge.fake_excel import (
    BUSY,
    EDITING,
    OTHER,
    BusyApp,
    Cells,
    ComError,
    Excel,
    FakeApps,
    excel,
)

__all__ = ["excel"]

ONE = [CellWrite(5, 3, Decimal("7.5"))]


def test_a_book_that_is_open_is_written_where_it_is_and_neither_saved_nor_closed(
    excel: Excel,
) -> None:
    assert excel.desk.write(excel.path, "Invoer", ONE) == []
    assert excel.book.sheet.cells == {(5, 3): 7.5}
    assert (excel.book.saves, excel.book.closes, excel.app.quits) == (0, 0, 0)
    note, undo = excel.desk.notes()
    assert "begroting.xlsx" in note
    assert "Automatisch opslaan" in undo
    excel.book.sheet.cells.clear()
    excel.desk.write(excel.path, "Invoer", ONE)
    assert excel.desk.notes() == [note]


def test_a_book_that_is_not_open_is_opened_saved_closed_and_its_own_excel_quit(
    excel: Excel,
) -> None:
    excel.app.open_books.clear()
    assert excel.desk.write(excel.path, "Invoer", ONE) == []
    assert excel.desk.excel is not None
    (own,) = excel.desk.excel.apps.started
    assert (own.quits, own.open_books, own.display_alerts) == (1, [], False)
    assert excel.app.quits == 0
    assert excel.desk.notes() == []


@pytest.mark.parametrize("hresult", [BUSY, EDITING])
def test_a_busy_excel_is_asked_again_with_growing_pauses(excel: Excel, hresult: int) -> None:
    excel.book.sheet.refusals += [ComError(hresult), ComError(hresult)]
    assert excel.desk.write(excel.path, "Invoer", ONE) == []
    assert excel.book.sheet.cells == {(5, 3): 7.5}
    assert len(excel.pauses) == 2
    assert excel.pauses[0] < excel.pauses[1]


def test_an_excel_that_stays_busy_ends_in_a_sentence_and_the_screen_as_it_was(
    excel: Excel,
) -> None:
    excel.book.sheet.refusals += [ComError(EDITING)] * 100
    with pytest.raises(ExcelBusyError, match="Enter"):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert len(excel.book.sheet.refusals) > 80
    assert (excel.app.screen_updating, excel.book.closes, excel.app.quits) == (True, 0, 0)


def test_another_refusal_is_passed_on_at_once_in_excel_s_own_words(excel: Excel) -> None:
    excel.book.sheet.refusals.append(ComError(OTHER, "Het blad is beveiligd."))
    with pytest.raises(ExcelError, match="Het blad is beveiligd"):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert excel.pauses == []
    assert excel.app.screen_updating is True


def test_a_book_that_the_person_closes_halfway_is_a_sentence(excel: Excel) -> None:
    excel.book.sheet.refusals.append(AttributeError("Worksheets"))
    with pytest.raises(ExcelError, match=r"begroting\.xlsx"):
        excel.desk.write(excel.path, "Invoer", ONE)


def test_a_book_of_that_name_that_cannot_say_where_it_is_stops_the_write(excel: Excel) -> None:
    excel.book.lost = ComError(OTHER, "https://rivierdam.sharepoint.com")
    with pytest.raises(OpenElsewhereError):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert excel.book.sheet.cells == {}


def test_a_book_of_that_name_in_another_folder_is_left_alone(excel: Excel, tmp_path: Path) -> None:
    other = tmp_path / "elders" / "begroting.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"")
    excel.book.path = other
    excel.desk.write(excel.path, "Invoer", ONE)
    assert excel.book.sheet.cells == {}
    assert excel.app.open_books == [excel.book]


def test_what_did_not_arrive_in_the_cell_is_refused(excel: Excel) -> None:
    cells = excel.book.sheet.cells

    class Stubborn(dict[tuple[int, int], object]):
        def __setitem__(self, place: tuple[int, int], value: object) -> None:
            super().__setitem__(place, "nvt")

    excel.book.sheet.cells = Stubborn(cells)
    (refusal,) = excel.desk.write(excel.path, "Invoer", ONE)
    assert "Invoer!C5" in refusal.message


def test_a_formula_that_came_in_meanwhile_is_not_overwritten(excel: Excel) -> None:
    excel.book.sheet.formulas[5, 3] = "=SUM(A1:A9)"
    (refusal,) = excel.desk.write(excel.path, "Invoer", ONE)
    assert "Invoer!C5" in refusal.message
    assert excel.book.sheet.cells == {}


def test_a_figure_that_changed_meanwhile_is_not_overwritten(excel: Excel) -> None:
    excel.book.sheet.cells[5, 3] = 9.0
    cells = [CellWrite(5, 3, Decimal(7), Decimal(8)), CellWrite(6, 3, Decimal(7))]
    (refusal,) = excel.desk.write(excel.path, "Invoer", cells)
    assert refusal.row == 5
    assert excel.book.sheet.cells == {(5, 3): 9.0, (6, 3): 7.0}


def test_a_line_that_shifted_meanwhile_is_not_written_at_its_old_place(excel: Excel) -> None:
    excel.book.sheet.cells[5, 2] = 664120.0
    cells = [CellWrite(5, 3, Decimal(7), None, (2, "663884"))]
    (refusal,) = excel.desk.write(excel.path, "Invoer", cells)
    assert refusal.row == 5
    assert (5, 3) not in excel.book.sheet.cells


def test_an_owner_file_of_one_s_own_excel_does_not_count(excel: Excel) -> None:
    owner_file = excel.path.with_name("~$begroting.xlsx")
    owner_file.write_bytes(b"\x05Sanne")
    assert owner_of(excel.path) is not None
    assert excel.desk.owner(excel.path) == ""
    excel.app.open_books.clear()
    assert excel.desk.owner(excel.path) == "Sanne"


def test_cells_below_each_other_go_in_one_write(excel: Excel) -> None:
    writes: list[tuple[int, int]] = []
    real: Callable[..., Cells] = excel.book.sheet.range

    def counted(first: tuple[int, int], last: tuple[int, int]) -> Cells:
        writes.append(first)
        return real(first, last)

    vars(excel.book.sheet)["range"] = counted
    cells = [CellWrite(row, 3, Decimal(row)) for row in (7, 5, 6, 9)]
    assert excel.desk.write(excel.path, "Invoer", cells) == []
    assert writes == [(5, 3), *[(5, 3), (9, 3)], (5, 3)]  # to look, to write, to read back


def test_cells_far_apart_are_looked_at_apart(excel: Excel) -> None:
    looked: list[tuple[int, int]] = []
    real: Callable[..., Cells] = excel.book.sheet.range

    def counted(first: tuple[int, int], last: tuple[int, int]) -> Cells:
        looked.append((first[0], last[0]))
        return real(first, last)

    vars(excel.book.sheet)["range"] = counted
    cells = [CellWrite(row, 3, Decimal(row)) for row in (5, 90_000)]
    assert excel.desk.write(excel.path, "Invoer", cells) == []
    assert looked == [(5, 5), (90_000, 90_000)] * 3


def test_the_screen_is_restored_even_when_switching_it_off_fails() -> None:
    class Stuck:
        def __init__(self) -> None:
            self.tried: list[bool] = []

        @property
        def screen_updating(self) -> bool:
            return True

        @screen_updating.setter
        def screen_updating(self, value: bool) -> None:
            self.tried.append(value)
            if not value:
                raise ComError(OTHER)

    app = Stuck()
    with pytest.raises(ComError), quiet(app):
        pytest.fail("the block must not run")
    assert app.tried == [False, True]


def busy_app(excel: Excel, **refusals: int) -> BusyApp:
    """Let an Excel that refuses some calls have the book open."""
    app = BusyApp([excel.book], engine=excel.app.engine, refusals=refusals)
    excel.book.app = app
    excel.app.engine.apps.running[:] = [app]
    return app


def test_the_screen_comes_back_although_excel_is_busy_right_after_the_write(excel: Excel) -> None:
    app = busy_app(excel, show=3)
    assert excel.desk.write(excel.path, "Invoer", ONE) == []
    assert app.screen_updating is True


def test_a_screen_that_stayed_off_comes_back_with_the_next_write(excel: Excel) -> None:
    app = busy_app(excel, show=64)
    with pytest.raises(ExcelBusyError):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert app.screen_updating is False
    app.refusals.clear()
    assert excel.desk.write(excel.path, "Invoer", [CellWrite(6, 3, Decimal(1))]) == []
    assert app.screen_updating is True


@pytest.mark.parametrize(("refusals", "ends"), [(2, (1, 0)), (99, (0, 1))])
def test_an_excel_that_was_started_here_is_never_left_behind(
    excel: Excel, monkeypatch: pytest.MonkeyPatch, refusals: int, ends: tuple[int, int]
) -> None:
    excel.app.open_books.clear()
    own = BusyApp(engine=excel.app.engine, refusals={"quit": refusals})
    monkeypatch.setattr(FakeApps, "add", lambda _apps, **_options: own)
    assert excel.desk.write(excel.path, "Invoer", ONE) == []
    assert (own.quits, own.kills) == ends


def test_all_calls_run_on_one_thread_that_is_not_the_caller_s(excel: Excel) -> None:
    seen: set[int] = set()
    real: Callable[..., Cells] = excel.book.sheet.range

    def noted(first: tuple[int, int], last: tuple[int, int]) -> Cells:
        seen.add(threading.get_ident())
        return real(first, last)

    vars(excel.book.sheet)["range"] = noted
    callers = [
        threading.Thread(target=excel.desk.write, args=(excel.path, "Invoer", ONE))
        for _ in range(3)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    excel.desk.write(excel.path, "Invoer", ONE)
    assert len(seen) == 1
    assert seen.isdisjoint({threading.get_ident(), *(caller.ident for caller in callers)})


def test_attempts_are_bounded() -> None:
    attempts: list[int] = []

    def busy() -> None:
        attempts.append(1)
        raise ComError(BUSY)

    with pytest.raises(ExcelBusyError):
        patiently(busy, (ComError,), tries=3, pause=lambda _seconds: None)
    assert len(attempts) == 3


def test_xlwings_own_exit_handler_goes_and_its_attempts_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Windows:
        N_COM_ATTEMPTS = 0

        @staticmethod
        def cleanup() -> None:
            """What xlwings does at exit."""

    gone: list[object] = []
    monkeypatch.setattr("atexit.unregister", gone.append)
    tame_xlwings(Windows)
    assert gone == [Windows.cleanup]
    assert Windows.N_COM_ATTEMPTS > 0
