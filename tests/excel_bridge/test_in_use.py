"""What stands in the way of writing: a colleague, Protected View, a folder in the cloud, rights."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from excel_bridge import in_use, sync
from excel_bridge.desk import CellWrite
from excel_bridge.errors import ReadOnlyWorkbookError, WorkbookInUseError
from excel_bridge.in_use import CloudFolderError, ProtectedViewError
from excel_bridge.live import XlwingsDesk
from excel_bridge.plan import Outcome, State
from excel_bridge.roots import config_file
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.fake_excel import (
    BUSY,
    EDITING,
    OTHER,
    ComError,
    FakeApp,
    FakeApps,
    FakeBook,
    FakeBooks,
    FakeEngine,
)
from tests.excel_bridge.fakes import LASTEN, Rows, make_report

ONE = [CellWrite(5, 3, Decimal("7.5"))]


class Facts:
    """What `book.api` says; asking may fail as it does while Excel is busy."""

    def __init__(self, *, read_only: bool = False, error: Exception | None = None) -> None:
        self._read_only, self._error = read_only, error

    @property
    def ReadOnly(self) -> bool:  # noqa: N802 - Excel's own name
        if self._error is not None:
            raise self._error
        return self._read_only


@dataclass
class KnownBook(FakeBook):
    api: Facts = field(default_factory=Facts)


@dataclass
class KnownBooks(FakeBooks):
    """Books that say what `facts` says once they are open."""

    facts: Facts = field(default_factory=Facts)

    def open(self, path: str, **_options: object) -> FakeBook:
        book = KnownBook(Path(path), self.app, api=self.facts)
        self.app.open_books.append(book)
        return book


@dataclass
class KnownApp(FakeApp):
    facts: Facts = field(default_factory=Facts)

    @property
    def books(self) -> KnownBooks:
        return KnownBooks(self, self.facts)


@dataclass
class KnownApps(FakeApps):
    """Excels whose new books say what `facts` says."""

    facts: Facts = field(default_factory=Facts)

    def add(self, **_options: object) -> FakeApp:
        app = KnownApp(engine=FakeEngine("excel", self), facts=self.facts)
        self.started.append(app)
        return app


@dataclass
class Excel:
    path: Path
    app: FakeApp
    book: KnownBook
    desk: XlwingsDesk
    apps: KnownApps


@pytest.fixture
def excel(tmp_path: Path, english: None) -> Excel:
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(b"")
    apps = KnownApps()
    app = FakeApp(engine=FakeEngine("excel", apps))
    book = KnownBook(path, app)
    app.open_books.append(book)
    apps.running.append(app)
    desk = XlwingsDesk(
        FakeEngine("excel", apps), FakeEngine("stavaza-file"), (ComError,), lambda _seconds: None
    )
    return Excel(path, app, book, desk, apps)


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAVAZA_LANG", "en")


def owner_file(workbook: Path, name: str = "Sanne de Boer") -> Path:
    raw = name.encode("cp1252")
    data = bytes([len(raw)]) + raw.ljust(54, b" ")
    file = workbook.with_name("~$" + workbook.name)
    file.write_bytes(data + len(name).to_bytes(2, "little") + name.encode("utf-16-le"))
    return file


def untouched(excel: Excel) -> bool:
    """Nothing was written, saved or closed, and the screen is as it was."""
    book, app = excel.book, excel.app
    written = book.sheet.cells or book.saves or book.closes or app.quits
    return not written and app.screen_updating


def test_a_book_that_excel_opened_read_only_is_not_written(excel: Excel) -> None:
    excel.book.api = Facts(read_only=True)
    with pytest.raises(ReadOnlyWorkbookError):
        excel.desk.write(excel.path, "Invoer", ONE)
    owner_file(excel.path)
    with pytest.raises(WorkbookInUseError, match="Sanne de Boer has the workbook open"):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert untouched(excel)


def test_an_own_excel_that_got_the_book_read_only_is_quit_without_saving(excel: Excel) -> None:
    excel.app.open_books.clear()
    excel.apps.facts = Facts(read_only=True)
    with pytest.raises(ReadOnlyWorkbookError):
        excel.desk.write(excel.path, "Invoer", ONE)
    (own,) = excel.apps.started
    assert (own.quits, own.open_books) == (1, [])
    assert untouched(excel)


def test_a_book_that_cannot_say_whether_it_is_read_only_is_tried(excel: Excel) -> None:
    excel.book.api = Facts(error=ComError(OTHER))
    assert excel.desk.write(excel.path, "Invoer", ONE) == []


def test_protected_view_is_a_sentence_and_nothing_is_opened(excel: Excel) -> None:
    excel.app.open_books.clear()
    window = SimpleNamespace(SourceName="Begroting.xlsx")
    vars(excel.app)["api"] = SimpleNamespace(ProtectedViewWindows=[window])
    with pytest.raises(ProtectedViewError, match="Enable Editing"):
        excel.desk.write(excel.path, "Invoer", ONE)
    assert excel.apps.started == []
    window.SourceName = "anders.xlsx"
    assert excel.desk.write(excel.path, "Invoer", ONE) == []


@pytest.mark.parametrize("hresult", [BUSY, EDITING])
def test_a_figure_that_arrived_before_excel_got_busy_is_no_refusal(
    excel: Excel, hresult: int
) -> None:
    sheet = excel.book.sheet
    real: Callable[..., Any] = sheet.range
    cells = [CellWrite(5, 3, Decimal(1)), CellWrite(9, 3, Decimal(2))]

    def later(first: tuple[int, int], last: tuple[int, int]) -> Any:
        if first == (9, 3) and sheet.cells.get((5, 3)) == 1 and not sheet.formulas:
            sheet.formulas[99, 99] = "once"
            raise ComError(hresult)
        return real(first, last)

    vars(sheet)["range"] = later
    assert excel.desk.write(excel.path, "Invoer", cells) == []
    assert sheet.cells == {(5, 3): 1.0, (9, 3): 2.0}


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Gemeente Rivierdam", "onedrive-GemeenteRivierdam", "SharePoint"],
)
def test_a_folder_of_onedrive_is_known_by_its_name(tmp_path: Path, folder: str) -> None:
    assert in_use.in_cloud(tmp_path / folder / "P&C" / "begroting.xlsx")
    assert not in_use.in_cloud(tmp_path / f"Mijn {folder} kopie" / "begroting.xlsx")
    assert not in_use.in_cloud(tmp_path / f"{folder}.xlsx")


def test_a_synchronised_folder_is_known_to_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Rivierdam" / "Financien - Documenten" / "begroting.xlsx"
    assert not in_use.in_cloud(path)
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Rivierdam"))
    assert in_use.in_cloud(path)
    assert not in_use.in_cloud(tmp_path / "Rivierdam2" / "begroting.xlsx")


def test_the_folders_of_sharepoint_come_from_the_registry() -> None:
    folders = {"een": "C:/Gemeente/Team", "leeg": None, "twee": "D:/Site"}

    class Registry:
        HKEY_CURRENT_USER = "hkcu"

        def OpenKey(self, _parent: str, name: str) -> str:  # noqa: N802 - the name in winreg
            return name

        def EnumKey(self, _key: str, number: int) -> str:  # noqa: N802 - the name in winreg
            if number >= len(folders):
                raise OSError(259, "no more data")
            return list(folders)[number]

        def QueryValueEx(self, key: str, _name: str) -> tuple[str, int]:  # noqa: N802 - as above
            if folders[key] is None:
                raise FileNotFoundError
            return str(folders[key]), 1

    found = list(in_use.mount_points(Registry()))
    assert found == [Path("C:/Gemeente/Team"), Path("D:/Site")]

    class Without(Registry):
        def OpenKey(self, _parent: str, name: str) -> str:  # noqa: N802 - the name in winreg
            raise FileNotFoundError(name)

    assert list(in_use.mount_points(Without())) == []


ROWS: Rows = {("6.1.3", "663884"): {LASTEN: 150000}, ("6.1.4", "664120"): {LASTEN: 7000}}
FOLDER, FILE = "OneDrive - Gemeente Rivierdam", "Begroting 2026 – één & ümlaut (kopie 2).xlsx"


def lines(_book: Any, sheet: Any) -> None:
    sheet.write_row("A3", ["Act.", "Kostenplaats", "Begroting 2026"])
    sheet.write_row("C4", ["primitief", "na wijziging"])
    sheet.write_row("A5", ["6.1.3", 663884, 150])
    sheet.write_row("A6", ["6.1.4", 664120, 7])


def linked(root: Path, folder: str) -> tuple[Report, Path]:
    """A report with a changed figure, and its workbook."""
    link = workbooks.MERGED_LINK.replace("begroting.xlsx", f"{folder}/{FILE}")
    report = make_report(root, ROWS, link)
    (root / folder).mkdir()
    path = workbooks.make(root / folder / FILE, lines)
    desk = workbooks.desk()
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    report.elements["6.1.3"].set(("begroting", "663884", LASTEN), 200000)
    store.save(report, report.elements["6.1.3"])
    return report, path


def write_all(report: Report) -> Outcome:
    desk = workbooks.desk()
    return sync.apply(report, sync.plan(report, desk=desk), desk=desk)


def test_a_name_with_spaces_and_accents_is_read_and_written(tmp_path: Path) -> None:
    report, path = linked(tmp_path, "Mijn map ’25 – é")
    assert len(write_all(report).to_excel) == 1
    assert workbooks.cell(path, "C5") == 200


def test_a_file_in_onedrive_is_read_and_not_written_beside_excel(
    tmp_path: Path, english: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, path = linked(tmp_path, FOLDER)
    before = path.read_bytes()
    assert sync.plan(report, desk=workbooks.desk()).count(State.TO_EXCEL) == 1
    outcome = write_all(report)
    assert outcome.to_excel == ()
    assert "OneDrive or SharePoint" in outcome.messages[0]
    assert path.read_bytes() == before
    monkeypatch.setenv(in_use.INSIST, "schrijven")
    assert len(write_all(report).to_excel) == 1


def test_who_insists_in_the_settings_is_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path))
    path = tmp_path / "OneDrive" / "begroting.xlsx"
    with pytest.raises(CloudFolderError):
        in_use.check_folder(path)
    settings = config_file()
    settings.parent.mkdir()
    for text, written in (("= false", False), ('= "ja"', False), ("= ", False), ("= true", True)):
        settings.write_text(f"{in_use.INSIST_KEY} {text}\n", encoding="utf-8")
        assert in_use.insists() is written
    in_use.check_folder(path)


def test_a_workbook_that_a_colleague_has_open_is_read_and_its_owner_named(
    tmp_path: Path, english: None
) -> None:
    report, path = linked(tmp_path, "map")
    before = path.read_bytes()
    file = owner_file(path)
    shown = sync.plan(report, desk=workbooks.desk())
    assert shown.count(State.TO_EXCEL) == 1
    (finding,) = shown.all_findings()
    assert (finding.code, finding.severity) == ("X018", "info")
    assert "Sanne de Boer" in finding.message
    outcome = sync.apply(report, shown, desk=workbooks.desk())
    assert "Sanne de Boer has the workbook open" in outcome.messages[0]
    assert path.read_bytes() == before
    file.unlink()
    assert len(write_all(report).to_excel) == 1


@pytest.mark.skipif(os.name != "posix", reason="rights by mode are of POSIX systems")
def test_a_read_only_file_stays_as_it_was(tmp_path: Path, english: None) -> None:
    report, path = linked(tmp_path, "map")
    before = path.read_bytes()
    path.chmod(0o444)
    outcome = write_all(report)
    assert "read-only" in outcome.messages[0]
    assert (path.read_bytes(), outcome.to_excel) == (before, ())
