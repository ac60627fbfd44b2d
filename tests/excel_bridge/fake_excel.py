"""An Excel in memory that misbehaves as the real one does, for tests of the manners with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from excel_bridge.live import XlwingsDesk

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
class BusyApp(FakeApp):
    """An Excel that is too busy for some calls: `refusals` by what is asked, one per call."""

    refusals: dict[str, int] = field(default_factory=dict)
    kills: int = 0

    def __setattr__(self, name: str, value: object) -> None:
        if name == "screen_updating" and value:
            self.refuse("show")
        super().__setattr__(name, value)

    def refuse(self, what: str) -> None:
        left = self.__dict__.get("refusals", {})
        if left.get(what, 0):
            left[what] -= 1
            raise ComError(BUSY)

    def quit(self) -> None:
        self.refuse("quit")
        super().quit()

    def kill(self) -> None:
        self.kills += 1


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
