"""Manners with Excel: which engine serves a workbook, and how a running Excel is treated.

A book that is open in Excel is used where it is and never closed; what this module opens it
closes. Everything runs on one thread of its own, because Excel's objects belong to the thread that
made them. This is the only module that may touch private names of xlwings.
"""

from __future__ import annotations

import atexit
import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from excel_bridge.desk import CellWrite, LineWrite, Refusal
from excel_bridge.errors import BridgeError, WorkbookError
from excel_bridge.excel_file.owner_files import owner_of
from excel_bridge.grid import SheetView
from excel_bridge.in_use import check_book, check_folder, check_protected_view
from excel_bridge.link_types import Link
from excel_bridge.paths import same_file
from excel_bridge.patience import ExcelBusyError, patiently
from excel_bridge.sheet_io import read_all, read_views
from excel_bridge.sheet_write import write_cells
from excel_bridge.table_lines import add_line, remove_line
from stavaza.i18n import _

T = TypeVar("T")

FILE_ENGINE: Final = "stavaza-file"
EXCEL_ENGINE: Final = "excel"
CHOICE: Final = "STAVAZA_EXCEL"
"""Environment variable: `file` keeps Excel out of it, also where it is installed."""

_ON_WINDOWS: Final = os.name == "nt"
_OWN_ERRORS: Final = {
    "win32": ("pywintypes", "com_error"),
    "darwin": ("appscript.reference", "CommandError"),
}
"""How Excel's refusals arrive, by platform: module and exception."""
_COM_ATTEMPTS: Final = 10


class ExcelError(WorkbookError):
    """Excel refused something; the text is Excel's own."""


class OpenElsewhereError(WorkbookError):
    """A workbook of that name is open in Excel, but not for sure this one."""

    def __init__(self, path: Path) -> None:
        text = _("a workbook with this name is open in Excel. Close it there and try again.")
        super().__init__(path, text)


class NotOpenError(WorkbookError):
    """A line can only be added or taken away while the workbook is open in Excel."""

    def __init__(self, path: Path) -> None:
        text = _("lines come and go only while the workbook is open in Excel. Open it there first.")
        super().__init__(path, text)


def engine_errors() -> tuple[type[BaseException], ...]:
    """The exceptions by which an engine of xlwings says no on this platform."""
    import xlwings as xw

    found: list[type[BaseException]] = [xw.XlwingsError, KeyError, AttributeError, ValueError]
    if sys.platform in _OWN_ERRORS:
        module, name = _OWN_ERRORS[sys.platform]
        found.append(getattr(importlib.import_module(module), name))
    return tuple(found)


def tame_xlwings(windows: Any) -> None:
    """Take the sharp edges off xlwings' Windows module.

    Its exit handler kills Excel processes that it cannot see, and a call that Excel rejects would
    be tried for ever.
    """
    atexit.unregister(windows.cleanup)
    windows.N_COM_ATTEMPTS = _COM_ATTEMPTS


def excel_engine() -> Any | None:
    """The xlwings engine of an installed Excel; None where there is none, or it is kept out."""
    if os.environ.get(CHOICE, "").strip().lower() == "file":
        return None
    import xlwings as xw

    if not any(engine.name == EXCEL_ENGINE for engine in xw.engines):
        return None
    if _ON_WINDOWS:
        if not _excel_is_installed():
            return None
        from xlwings import _xlwindows

        tame_xlwings(_xlwindows)
    return xw.engines[EXCEL_ENGINE]


def _excel_is_installed() -> bool:
    """Whether Windows knows an Excel; xlwings itself loads without one."""
    winreg: Any = importlib.import_module("winreg")
    try:
        winreg.CloseKey(winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, "Excel.Application"))
    except OSError:
        return False
    return True


def file_engine() -> Any:
    """The engine for files; registering it leaves the active engine of xlwings as it was."""
    import xlwings as xw

    from excel_bridge import use_file_engine

    before: Any = xw.engines.active
    use_file_engine()
    if before is not None:
        before.activate()
    return xw.engines[FILE_ENGINE]


@dataclass
class XlwingsDesk:
    """Reads and writes workbooks through xlwings: in Excel where it is, else in the file.

    `excel` and `files` are xlwings engines; `errors` how they say no.
    """

    excel: Any | None
    files: Any
    errors: tuple[type[BaseException], ...]
    pause: Callable[[float], object] = field(default=time.sleep)
    _notes: list[str] = field(default_factory=list)
    _warned: bool = False
    """Whether the person knows what writing in an open workbook does."""
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, "excel", initializer=_join_com)
    )
    """Excel's own thread; it starts with the first call."""
    _screen_owed: bool = False
    """Whether Excel got too busy to show its screen again after a write."""
    here: bool = False
    """Whether calls run on the caller's thread instead: it made the Excel objects it works with."""

    def read(self, path: Path, link: Link) -> list[SheetView]:
        """The cells of the link's sheets, as `Desk.read`."""
        return self._run(path, lambda: self._read(path, link))

    def survey(self, path: Path) -> list[SheetView]:
        """All sheets and tables, as `Desk.survey`."""
        return self._run(path, lambda: self._survey(path))

    def write(self, path: Path, sheet: str, cells: Sequence[CellWrite]) -> list[Refusal]:
        """Write cells and save, as `Desk.write`."""
        return self._run(path, lambda: self._write(path, sheet, cells))

    def adds_lines(self, path: Path) -> bool:
        """Whether the workbook is open in Excel, as `Desk.adds_lines`."""
        try:
            return self._run(path, lambda: self._open_book(path) is not None)
        except BridgeError:  # it is not for sure this one
            return False

    def add_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Add a line to a table in the open workbook, as `Desk.add_line`."""

        def add(book: Any) -> list[Refusal]:
            refusals, notes = add_line(book.sheets[sheet], line)
            self._notes += notes
            return refusals

        return self._run(path, lambda: self._in_open_book(path, add))

    def remove_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Take a line out of a table in the open workbook, as `Desk.remove_line`."""

        def remove(book: Any) -> list[Refusal]:
            remove_line(book.sheets[sheet], line)
            return []

        return self._run(path, lambda: self._in_open_book(path, remove))

    def _in_open_book(self, path: Path, change: Callable[[Any], T]) -> T:
        """Change the book where Excel has it open; it is neither saved nor closed."""
        book = self._open_book(path)
        if book is None:
            raise NotOpenError(path)
        with self._quiet(book.app):
            check_book(book, path, self.errors)
            done = change(book)
        self._note_attached(path)
        return done

    def is_open(self, path: Path) -> bool:
        """Whether a running Excel has the workbook open."""
        return self._run(path, lambda: self._open_book(path) is not None)

    def owner(self, path: Path) -> str:
        """Who else has the workbook open; '' where it is open in this person's own Excel."""
        owner = owner_of(path)
        if owner is None or self._run(path, lambda: self._open_book(path) is not None):
            return ""
        return owner.name or _("somebody")

    def notes(self) -> list[str]:
        """What the person has to know about what was written; each sentence comes once."""
        notes, self._notes = list(dict.fromkeys(self._notes)), []
        return notes

    def _unsure_errors(self) -> tuple[type[BaseException], ...]:
        return (*self.errors, OSError)

    def _run(self, path: Path, action: Callable[[], T]) -> T:
        """Run on Excel's thread; an error of the engine becomes a sentence about the workbook."""

        def guarded() -> T:
            try:
                return patiently(action, self.errors, pause=self.pause)
            except BridgeError:
                raise
            except self.errors as error:
                raise ExcelError(path, excel_says(error)) from error

        return guarded() if self.here else self._thread.submit(guarded).result()

    def _surely(self, action: Callable[[], object]) -> None:
        """Do what must not be left out because Excel is busy just now."""
        patiently(action, self.errors, pause=self.pause)

    @contextmanager
    def _quiet(self, app: Any) -> Iterator[None]:
        """As `quiet`; a screen that Excel was too busy to show again is shown after the next
        write.
        """
        shown = self._screen_owed or bool(app.screen_updating)
        try:
            app.screen_updating = False
            yield
        finally:
            self._screen_owed = shown
            self._surely(lambda: setattr(app, "screen_updating", shown))
            self._screen_owed = False

    def _read(self, path: Path, link: Link) -> list[SheetView]:
        with self._book(path, read_only=True) as (book, _attached):
            return read_views(book, link, stale=self._serves_files(book))

    def _survey(self, path: Path) -> list[SheetView]:
        with self._book(path, read_only=True) as (book, _attached):
            return read_all(book, stale=self._serves_files(book))

    def _write(self, path: Path, sheet: str, cells: Sequence[CellWrite]) -> list[Refusal]:
        if self.excel is None:
            check_folder(path)
        else:
            check_protected_view(self.excel.apps, path, self.errors)
        with self._book(path, read_only=False) as (book, attached), self._quiet(book.app):
            if self._serves_files(book):
                book.api.allow_stale = True  # sums between the cells go stale by the write itself
            else:
                check_book(book, path, self.errors)
            refusals = write_cells(book.sheets[sheet], cells)
            if attached:
                self._note_attached(path)
            elif len(refusals) < len(cells):
                book.save()
            return refusals

    def _note_attached(self, path: Path) -> None:
        text = _("{workbook} is open in Excel and was changed there; save it in Excel.")
        self._notes.append(text.format(workbook=path.name))
        if not self._warned:
            self._warned = True
            self._notes.append(
                _(
                    "Excel cannot undo what was done before this, and with AutoSave on, colleagues "
                    "see the figures at once."
                )
            )

    def _serves_files(self, book: Any) -> bool:
        return bool(book.app.engine.name == self.files.name)

    @contextmanager
    def _book(self, path: Path, *, read_only: bool) -> Iterator[tuple[Any, bool]]:
        """The workbook, and whether it was open already; what is opened here is closed again."""
        found = self._open_book(path)
        if found is not None:
            yield found, True
            return
        app = self._new_app()
        try:
            if self.excel is not None:
                app.display_alerts = False
            book = app.books.open(
                str(path), update_links=False, read_only=read_only, add_to_mru=False
            )
            try:
                yield book, False
            finally:
                self._surely(book.close)
        finally:
            self._end(app)

    def _end(self, app: Any) -> None:
        """Quit the Excel that was started here; a hidden one that stays would keep the file."""
        try:
            self._surely(app.quit)
        except ExcelBusyError:
            app.kill()

    def _new_app(self) -> Any:
        if self.excel is None:
            return self.files.apps.add(add_book=False)
        return self.excel.apps.add(add_book=False, visible=False)

    def _open_book(self, path: Path) -> Any | None:
        """The book in a running Excel that is this file.

        Raises OpenElsewhereError where one of that name cannot tell where it is.
        """
        if self.excel is None:
            return None
        unsure = False
        for app in self.excel.apps:
            for book in app.books:
                if book.name.casefold() != path.name.casefold():
                    continue
                try:
                    if same_file(Path(book.fullname), path):
                        return book
                except self._unsure_errors():  # a book in the cloud that maps to no folder here
                    unsure = True
        if unsure:
            raise OpenElsewhereError(path)
        return None


def desk_of(book: Any) -> XlwingsDesk:
    """The desk for a book that is open and called Stavaza; all is done on this thread."""
    excel_engine()  # on Windows it takes the sharp edges off xlwings
    return XlwingsDesk(book.app.engine, file_engine(), engine_errors(), here=True)


def default_desk() -> XlwingsDesk:
    """The desk for this computer; made once, so that all calls share Excel's thread."""
    return _default_desk(os.environ.get(CHOICE, ""))


@cache
def _default_desk(_choice: str) -> XlwingsDesk:
    return XlwingsDesk(excel_engine(), file_engine(), engine_errors())


def _join_com() -> None:
    """Let this thread speak to Excel; only Windows asks for that."""
    if _ON_WINDOWS:
        importlib.import_module("pythoncom").CoInitialize()


def excel_says(error: BaseException) -> str:
    """The words of an engine's error: Excel's own description where there is one."""
    details = getattr(error, "excepinfo", None)
    if isinstance(details, tuple) and len(details) > 2 and details[2]:
        return str(details[2])
    return " ".join(str(error).split()) or type(error).__name__
