"""The engine that xlwings talks to, its apps, and its registration."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Any, Final

import xlwings as xw
from xlwings import base_classes

from excel_bridge.excel_file.books import Books
from excel_bridge.excel_file.cleaning import clean_value_data, prepare_xl_data_element
from excel_bridge.excel_file.not_served import refuse_the_rest

NAME: Final = "stavaza-file"

_registering = threading.Lock()


class FileEngine:
    """Serves xlwings over .xlsx and .xlsm files, and over .xls, .xlsb and .ods files to read."""

    name = NAME
    type = "desktop"

    prepare_xl_data_element = staticmethod(prepare_xl_data_element)
    clean_value_data = staticmethod(clean_value_data)

    def __init__(self) -> None:
        self.apps = Apps(self)


@refuse_the_rest(base_classes.Apps)
class Apps:
    """The running apps; the first is the active one."""

    def __init__(self, engine: FileEngine) -> None:
        self._engine = engine
        self._apps: list[App] = []
        self._pids = itertools.count(1)

    def keys(self) -> list[int]:
        """Return the apps' numbers."""
        return [app.pid for app in self._apps]

    def add(
        self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None
    ) -> App:
        """Start an app, with an empty workbook if `add_book` says so."""
        app = App(self._engine, self, next(self._pids))
        self._apps.insert(0, app)
        if add_book:
            app.books.add()
        return app

    def remove(self, app: App) -> None:
        """Forget an app that was quit."""
        if app in self._apps:
            self._apps.remove(app)

    def front(self, app: App) -> None:
        """Make an app the active one."""
        self.remove(app)
        self._apps.insert(0, app)

    def cleanup(self) -> None:
        """Nothing runs outside this process, so nothing is left behind."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        for app in self._apps:
            if app.pid == pid:
                return app
        raise KeyError(pid)


@refuse_the_rest(base_classes.App)
class App:
    """An app: a set of open books. Its switches are remembered and change nothing, since nothing is
    on screen.
    """

    visible = False
    screen_updating = True
    display_alerts = True
    enable_events = True
    interactive = True
    status_bar: Any = False
    calculation = "manual"
    selection = None
    version = "16.0"
    engine: FileEngine
    pid: int
    books: Books

    def __init__(self, engine: FileEngine, apps: Apps, pid: int) -> None:
        self.engine = engine
        self.pid = pid
        self._apps = apps
        self.books = Books(self)

    @property
    def api(self) -> App:
        """The app itself."""
        return self

    def activate(self, steal_focus: bool = False) -> None:
        """Make this app the active one."""
        self._apps.front(self)

    def quit(self) -> None:
        """Close all books without saving, and end."""
        for book in list(self.books):
            book.close()
        self._apps.remove(self)

    def kill(self) -> None:
        """End at once."""
        self.quit()


engine: Final = FileEngine()


def activate() -> None:
    """Register the engine in xlwings, once, and make it the active one."""
    with _registering:
        if not any(known.name == NAME for known in xw.engines):
            xw.engines.add(xw.Engine(impl=engine))
    xw.engines[NAME].activate()
