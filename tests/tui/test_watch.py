"""Following a workbook: the proposal is that of now, and all that the tab does can be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from excel_bridge.errors import BridgeError
from excel_bridge.follow import Follower, impatient
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link
from tests.excel_bridge import workbooks
from tests.excel_bridge.fakes import BATEN, LASTEN, FakeDesk, make_report, open_report
from tests.tui.showing import OneScreen, settled, show, text_of, until
from tests.tui.test_excel import FIRST_LINE, ROWS, agreed, value
from tui.cli import main
from tui.screens.watch import WatchScreen
from tui.session import Session

LONG = 3600.0
"""So many seconds lie between two looks: the test itself looks."""


@dataclass
class OpenDesk(FakeDesk):
    """A workbook that is open in Excel, or a file; looks are counted."""

    open_in_excel: bool = True
    reads: int = 0
    trouble: BridgeError | None = None

    def is_open(self, path: Path) -> bool:
        if self.trouble is not None:
            raise self.trouble
        return self.open_in_excel

    def read(self, path: Path, link: Link) -> list[SheetView]:
        self.reads += 1
        return super().read(path, link)


Steps = Callable[[OneScreen, Pilot[None]], Awaitable[None]]


def watched(
    tmp_path: Path, *, ours: int = 0, theirs: tuple[int, float] | None = None
) -> tuple[Session, OpenDesk, WatchScreen]:
    """A report and an open workbook that agreed, after which each side may have changed a figure.

    `ours` are the expenses in the report, `theirs` a column of the workbook and what it says.
    """
    session, plain = agreed(tmp_path)
    desk = OpenDesk(plain.cells)
    screen = WatchScreen(session, desk, LONG)  # type: ignore[arg-type]
    if ours:
        session.set_value("6.1.3", ("begroting", "663884", LASTEN), ours)
    if theirs:
        desk.cells[FIRST_LINE, theirs[0]] = theirs[1]
    return session, desk, screen


def follow(screen: WatchScreen, steps: Steps, size: tuple[int, int] = (100, 30)) -> None:
    """Show the screen and take the steps once the first proposal is there."""

    async def settled_first(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await steps(app, pilot)

    show(screen, settled_first, size)


async def looked(screen: WatchScreen, app: OneScreen, pilot: Pilot[None]) -> None:
    screen.look()
    await settled(app, pilot)


async def said_yes(app: OneScreen, pilot: Pilot[None]) -> None:
    await until(app, pilot, "Dit wordt geschreven")
    await pilot.press("enter")
    await settled(app, pilot)


def test_a_figure_that_changes_in_excel_is_shown_without_a_key(tmp_path: Path) -> None:
    _session, desk, screen = watched(tmp_path)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await looked(screen, app, pilot)
        assert "begroting.xlsx (open in Excel)" in text_of(app)
        assert "0 uit Excel" in text_of(app)
        desk.cells[FIRST_LINE, 4] = -17500.0
        await looked(screen, app, pilot)
        assert "1 uit Excel" in text_of(app)

    follow(screen, steps, (80, 24))


def test_a_figure_that_changes_in_the_report_on_disk_is_shown(tmp_path: Path) -> None:
    session, _desk, screen = watched(tmp_path)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await looked(screen, app, pilot)
        path = session.report.root / "6" / "6.1.3.toml"
        text = path.read_text(encoding="utf-8").replace("150000", "175000")
        path.write_text(text, encoding="utf-8", newline="\n")
        await looked(screen, app, pilot)
        assert "1 naar Excel" in text_of(app)

    follow(screen, steps)


def test_one_key_moves_only_what_goes_one_way(tmp_path: Path) -> None:
    session, desk, screen = watched(tmp_path, ours=175000, theirs=(4, -17500.0))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("greater_than_sign")
        await until(app, pilot, "Dit wordt geschreven")
        assert "150.000 → 175.000" in text_of(app)
        assert "17.500" not in text_of(app).partition("Dit wordt geschreven")[2]
        await said_yes(app, pilot)
        assert desk.cells[FIRST_LINE, 3] == 175
        assert value(session.report, BATEN) == 20000
        await pilot.press("less_than_sign")
        await said_yes(app, pilot)
        assert value(session.report, BATEN) == 17500

    follow(screen, steps)


def test_choosing_and_undo_work_as_on_the_tab(tmp_path: Path) -> None:
    session, _desk, screen = watched(tmp_path, ours=175000, theirs=(3, 160.0))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        await pilot.press("enter")
        await said_yes(app, pilot)
        assert value(session.report, LASTEN) == 160000
        await pilot.press("u")
        await until(app, pilot, "ongedaan maken?")
        await pilot.press("enter")
        await settled(app, pilot)
        assert value(session.report, LASTEN) == 175000

    follow(screen, steps)


def test_a_choice_survives_a_change_somewhere_else(tmp_path: Path) -> None:
    _session, desk, screen = watched(tmp_path, ours=175000, theirs=(3, 160.0))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await pilot.press("x")
        desk.cells[FIRST_LINE, 4] = -17500.0
        await looked(screen, app, pilot)
        assert "2 uit Excel" in text_of(app)

    follow(screen, steps)


def test_an_excel_that_is_busy_is_looked_at_later(tmp_path: Path) -> None:
    _session, desk, screen = watched(tmp_path)

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await looked(screen, app, pilot)
        reads = desk.reads
        desk.trouble = BridgeError("Excel is bezig.")
        await looked(screen, app, pilot)
        assert desk.reads == reads
        assert "Excel is bezig" in text_of(app)
        desk.trouble = None
        desk.cells[FIRST_LINE, 4] = -17500.0
        await looked(screen, app, pilot)
        assert "1 uit Excel" in text_of(app)

    follow(screen, steps)


def test_a_closed_workbook_is_not_read_until_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    original: Any = Path.open

    def counting(self: Path, *words: Any, **options: Any) -> Any:
        if self.suffix == ".xlsx":
            opened.append(self)
        return original(self, *words, **options)

    report = make_report(tmp_path / "rapport", ROWS)
    desk = OpenDesk(open_in_excel=False)
    follower = Follower(desk)
    assert follower.look(report)
    monkeypatch.setattr(Path, "open", counting)
    assert not follower.look(report)
    assert not follower.look(report)
    assert (desk.reads, opened) == (0, [])
    (report.root / "begroting.xlsx").write_bytes(b"saved anew")
    assert follower.look(report)
    assert opened.count(report.root / "begroting.xlsx") == 2  # one of them is the test writing it
    (report.root / "begroting.xlsx").unlink()
    assert follower.look(report)
    assert [each.open_in_excel for each in follower.followed] == [False]


def test_following_does_not_wait_for_a_busy_excel() -> None:
    waited: list[float] = []
    desk = replace(workbooks.desk(), pause=waited.append)
    quick = impatient(desk)
    quick.pause(60.0)
    assert waited == []
    assert (quick.excel, quick.files) == (desk.excel, desk.files)


def test_real_files_are_followed_too(tmp_path: Path) -> None:
    report = make_report(tmp_path / "rapport", ROWS, workbooks.MERGED_LINK)
    path = workbooks.make(report.root / "begroting.xlsx", workbooks.merged_headers)
    follower = Follower(workbooks.desk())
    assert follower.look(report)
    assert not follower.look(report)
    link = report.root / "koppelingen" / "begroting.toml"
    link.write_text(link.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert follower.look(open_report(report.root))
    path.write_bytes(path.read_bytes() + b" ")
    assert follower.look(report)


def test_without_a_terminal_following_says_what_prints_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["excel", "watch", "--report", str(tmp_path)]) == 2
    assert "stavaza excel plan" in capsys.readouterr().err
