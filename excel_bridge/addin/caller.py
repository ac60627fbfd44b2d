"""Which workbook a button was pressed in, and which report and links belong to it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from excel_bridge.addin.answer import decode
from excel_bridge.addin.settings import Settings, read_settings
from excel_bridge.addin.trouble import (
    NoCallerError,
    NoReportError,
    NotAFileError,
    NotLinkedError,
    TwoReportsError,
)
from excel_bridge.links import read_links
from excel_bridge.live import XlwingsDesk, desk_of, engine_errors, excel_engine
from excel_bridge.paths import is_there, same_file
from stavaza import store
from stavaza.tree import Report


@dataclass(frozen=True)
class Linked:
    """A report with the names of its links to one workbook."""

    report: Report
    links: tuple[str, ...]


@dataclass
class Call:
    """A press of a button in `book`; `proof` comes with a yes to an earlier question."""

    book: Any
    proof: str = ""

    @cached_property
    def settings(self) -> Settings:
        """The configuration. Raises NoSettingsError."""
        return read_settings()

    @cached_property
    def desk(self) -> XlwingsDesk:
        """Where workbooks are read and written: first in the Excel that called."""
        return desk_of(self.book)

    @cached_property
    def path(self) -> Path:
        """The workbook's file. Raises NotAFileError where it is none on this computer."""
        unsure: tuple[type[BaseException], ...] = (*engine_errors(), OSError)
        try:
            path = Path(self.book.fullname)
        except unsure:  # a book in the cloud that maps to no folder here
            raise NotAFileError(self.book.name) from None
        if not is_there(path):
            raise NotAFileError(self.book.name)
        return path

    @cached_property
    def linked(self) -> Linked:
        """The report and the links of this workbook.

        Raises NotLinkedError, TwoReportsError, NoReportError.
        """
        return find_linked(self.settings, self.path)

    def first_report(self) -> Report:
        """The report that a new link goes into. Raises NoReportError."""
        return open_report(self.settings.reports[0])


def calling_book() -> Any:
    """The workbook from which Excel called. Raises NoCallerError where it is closed by now."""
    import xlwings as xw

    excel_engine()  # else xlwings ends, when Python does, each Excel that it cannot see
    sys.argv[:] = [decode(word) if word.startswith("--wb=") else word for word in sys.argv]
    name = next((word[5:] for word in sys.argv if word.startswith("--wb=")), "")
    try:
        book = _by_name(name) if "=" in name else xw.Book.caller()  # it would cut such a name
        # by name: where a book in the cloud is, may not be known
        still_open = book.name in {other.name for other in book.app.books}
    except engine_errors():
        raise NoCallerError from None
    if not still_open:
        raise NoCallerError
    return book


def _by_name(name: str) -> Any:
    """The open book with a name. Raises KeyError where there is none."""
    import xlwings as xw

    for app in xw.apps:
        for book in app.books:
            if book.name.casefold() == name.casefold():
                return book
    raise KeyError(name)


def open_report(root: Path) -> Report:
    """The report in a folder. Raises NoReportError with the first reason."""
    report, findings = store.open_report(root)
    if report is None:
        raise NoReportError(root, findings[0].message if findings else root.name)
    return report


def find_linked(settings: Settings, workbook: Path) -> Linked:
    """The report, of those in the settings, that has links to a workbook.

    Raises NotLinkedError where none has, TwoReportsError where more than one has, NoReportError
    where none has and one of them cannot be opened.
    """
    found: list[Linked] = []
    known: list[str] = []
    wrong: list[str] = []
    broken: NoReportError | None = None
    for root in settings.reports:
        try:
            report = open_report(root)
        except NoReportError as error:
            broken = broken or error
            continue
        links, findings = read_links(report)
        known += [link.path.name for link in links]
        wrong += [finding.line_of_text(root) for finding in findings]
        names = tuple(link.name for link in links if _same(link.path, workbook))
        if names:
            found.append(Linked(report, names))
    if len(found) > 1:
        raise TwoReportsError(workbook.name, [linked.report.root for linked in found])
    if found:
        return found[0]
    raise broken or NotLinkedError(workbook.name, known, wrong)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file; a path that leads nowhere is no file."""
    try:
        return same_file(one, other)
    except OSError:
        return False
