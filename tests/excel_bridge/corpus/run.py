"""Checks many workbooks, lets LibreOffice read them back, and counts what came of them."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import xlwings as xw

import excel_bridge
from tests.excel_bridge.corpus.cases import Case, all_cases, resaved_by_libreoffice
from tests.excel_bridge.corpus.check import NUMBER, Result, check
from tests.excel_bridge.excel_file import libreoffice

_BATCH = 60


@dataclass
class Summary:
    """All results, and what LibreOffice saw: `read` numbers were right, `unread` tells of others.

    `not_opened` are workbooks that LibreOffice cannot open before they are written either.
    """

    results: list[Result] = field(default_factory=list)
    read: int = 0
    unread: list[str] = field(default_factory=list)
    not_opened: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, Counter[str]]:
        """By group, how many workbooks came out how."""
        found: dict[str, Counter[str]] = {}
        for result in self.results:
            group = "foreign" if result.case.foreign else result.case.name.partition("/")[0]
            found.setdefault(group, Counter())[result.outcome] += 1
        return found

    def refusals(self) -> list[tuple[str, str]]:
        """The workbooks made elsewhere that were refused, and the reason."""
        return [
            (result.case.name, result.why)
            for result in self.results
            if result.case.foreign and result.outcome == "refused"
        ]

    def wrong(self) -> list[str]:
        """What is damaged, refused without a reason, or written where it should be refused."""
        return [
            f"{result.case.name}: {result.outcome} {result.why}"
            for result in self.results
            if result.outcome == "damaged" or not as_expected(result)
        ]


def as_expected(result: Result) -> bool:
    """Whether a workbook was refused for the right reason, or written where it can be."""
    refusal = result.case.refusal
    if result.case.foreign:
        return result.outcome != "damaged"
    if refusal is None:
        return result.outcome == "written"
    return result.outcome == "refused" and result.why == refusal.__name__


def run(folder: Path, cases: Iterable[Case], *, read_back: bool) -> Summary:
    """Check the cases in `folder`; with `read_back` LibreOffice opens each written file."""
    before = xw.engines.active
    excel_bridge.use_file_engine()
    try:
        summary = Summary([check(case, folder) for case in cases])
    finally:
        xw.engines.active = before
    if read_back:
        _read_back(summary, folder)
    return summary


def everything(folder: Path) -> list[Case]:
    """The whole corpus, with what LibreOffice saved anew."""
    return [*all_cases(), *resaved_by_libreoffice(folder)]


def _read_back(summary: Summary, folder: Path) -> None:
    written = [r for r in summary.results if r.outcome == "written"]
    for start in range(0, len(written), _BATCH):
        batch = written[start : start + _BATCH]
        out = libreoffice.converted([r.path for r in batch], folder / f"lo{start}")
        for result in batch:
            _look(summary, result, out / f"{result.path.stem}.xlsx")


def _look(summary: Summary, result: Result, path: Path) -> None:
    if not path.exists():
        known = summary.unread if _must_read(result) else summary.not_opened
        known.append(f"{result.case.name}: not opened")
        return
    with zipfile.ZipFile(path) as package:
        found = _numbers(package, result)
    for address, value in found.items():
        if value == NUMBER:
            summary.read += 1
        elif _must_read(result):
            summary.unread.append(f"{result.case.name}: {address} is {value}")
        else:
            summary.not_opened.append(f"{result.case.name}: {address} is {value}")


def _must_read(result: Result) -> bool:
    return result.case.libreoffice_reads and not result.case.foreign


def _numbers(package: zipfile.ZipFile, result: Result) -> dict[str, float | None]:
    """What LibreOffice stored in the written cells of the first sheet."""
    text = package.read("xl/worksheets/sheet1.xml").decode("utf-8")
    found: dict[str, float | None] = {}
    for _sheet, address in result.cells:
        match = re.search(rf'<c r="{address}"[^>]*><v>([^<]*)</v>', text)
        found[address] = float(match[1]) if match else None
    return found


def stored_by_openpyxl(path: Path, sheet: str, address: str) -> object:
    """A stored value as openpyxl sees it."""
    book = openpyxl.load_workbook(path, data_only=True)
    try:
        return book[sheet][address].value
    finally:
        book.close()
