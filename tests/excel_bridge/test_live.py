"""Manners with a running Excel, shown on an engine that misbehaves as Excel does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from excel_bridge.desk import CellWrite
from excel_bridge.excel_file.owner_files import owner_of
from excel_bridge.live import (
    ExcelBusyError,
    ExcelError,
    OpenElsewhereError,
    XlwingsDesk,
    patiently,
    quiet,
    tame_xlwings,
)

BUSY, EDITING, OTHER = -2147418111, -2146777998, -2147352567


class ComError(Exception):
    """What pywin32 raises for a refusal by Excel."""

    def __init__(self, hresult: int, text: str = "") -> None:
        super().__init__(hresult, text)
        self.hresult = hresult
        self.excepinfo = (0, "Microsoft Excel", text, None, 0, hresult)


@dataclass
class Cells:
    """A range of one block; setting its value may fail."""

    sheet: FakeSheet
    first: tuple[int, int]
    last: tuple[int, int]

    def options(self, **_options: object) -> Cells:
        return self

    @property
    def value(self) -> list[list[object]]:
        (top, left), (bottom, right) = self.first, self.last
        return [
            [self.sheet.cells.get((row, column)) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    @value.setter
    def value(self, rows: list[list[object]]) -> None:
        if self.sheet.refusals:
            raise self.sheet.refusals.pop(0)
        for down, line in enumerate(rows):
            for right, item in enumerate(line):
                self.sheet.cells[self.first[0] + down, self.first[1] + right] = item

    @property
    def formula(self) -> list[list[str]]:
        (top, left), (bottom, right) = self.first, self.last
        return [
            [self.sheet.formulas.get((row, column), "") for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]


@dataclass
class FakeSheet:
    """A sheet that raises `refusals`, one per attempt to write."""

    name: str = "Invoer"
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    refusals: list[Exception] = field(default_factory=list)

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Cells:
        return Cells(self, first, last)


@dataclass
class FakeApp:
    """An Excel with its books, which remembers what was done to it."""

    open_books: list[FakeBook] = field(default_factory=list)
    screen_updating: bool = True
    display_alerts: bool = True
    quits: int = 0
    engine: Any = None

    @property
    def books(self) -> FakeBooks:
        return FakeBooks(self)

    def quit(self) -> None:
        self.quits += 1


@dataclass
class FakeBooks:
    app: FakeApp

    def __iter__(self) -> Iterator[FakeBook]:
        return iter(self.app.open_books)

    def open(self, path: str, **_options: object) -> FakeBook:
        book = FakeBook(Path(path), self.app)
        self.app.open_books.append(book)
        return book


@dataclass
class FakeBook:
    path: Path
    app: FakeApp
    sheet: FakeSheet = field(default_factory=FakeSheet)
    saves: int = 0
    closes: int = 0
    lost: Exception | None = None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def fullname(self) -> str:
        if self.lost is not None:
            raise self.lost
        return str(self.path)

    @property
    def sheets(self) -> dict[str, FakeSheet]:
        return {"Invoer": self.sheet}

    def save(self) -> None:
        self.saves += 1

    def close(self) -> None:
        self.closes += 1
        self.app.open_books.remove(self)


@dataclass
class FakeApps:
    """The running Excels; `add` starts another."""

    running: list[FakeApp] = field(default_factory=list)
    started: list[FakeApp] = field(default_factory=list)

    def __iter__(self) -> Iterator[FakeApp]:
        return iter(self.running)

    def add(self, **_options: object) -> FakeApp:
        app = FakeApp(engine=FakeEngine("excel", self))
        self.started.append(app)
        return app


@dataclass
class FakeEngine:
    name: str
    apps: FakeApps = field(default_factory=FakeApps)


@dataclass
class Excel:
    """A running Excel with the workbook open, and the desk that works with it."""

    path: Path
    app: FakeApp
    book: FakeBook
    desk: XlwingsDesk
    pauses: list[float]


@pytest.fixture
def excel(tmp_path: Path) -> Excel:
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(b"")
    engine = FakeEngine("excel")
    app = FakeApp(engine=engine)
    book = FakeBook(path, app)
    app.open_books.append(book)
    engine.apps.running.append(app)
    pauses: list[float] = []
    desk = XlwingsDesk(
        engine, FakeEngine("stavaza-file"), (ComError, AttributeError), pauses.append
    )
    return Excel(path, app, book, desk, pauses)


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
    assert writes == [(5, 3), (9, 3)] * 3  # to look, to write, to read back


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
