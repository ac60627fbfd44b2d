"""Finds a workbook or a sheet again after it was moved or renamed: by its columns and its keys.

What is found is only named; a person says whether it is the same workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

import tomlkit

from excel_bridge.derived_lines import DerivedFinder, tables_of
from excel_bridge.desk import Desk, PartMissingError
from excel_bridge.errors import BridgeError
from excel_bridge.grid import SheetView
from excel_bridge.keys import ReportRows, report_rows
from excel_bridge.lines import find_lines
from excel_bridge.link_types import Link
from excel_bridge.locate import locate
from excel_bridge.paths import is_there
from excel_bridge.roots import place_of, workbooks_below
from stavaza.files import write_safely
from stavaza.finding import Finding
from stavaza.tree import Report

_NEAR: Final = 6
_FAR: Final = 60
_MOST_BYTES: Final = 50_000_000


@dataclass(frozen=True)
class Found:
    """Where a link's figures seem to be now."""

    path: Path
    sheet: str
    keys: int
    """How many of its lines have a key that the report knows."""


def refind(report: Report, link: Link, desk: Desk, *, roots: Mapping[str, Path]) -> Found | None:
    """The workbook in the folders of `roots` that has the link's columns and most of its keys.

    The folder of the link comes first; where the workbook itself is still there, only its sheets
    are looked at. None where nothing fits.
    """
    finder = _Finder(report, link, desk)
    if is_there(link.path):
        return finder.best([link.path])
    near = finder.best(_alike(link.path, workbooks_below(link.path.parent, deep=False), _NEAR))
    if near is not None:
        return near
    around = (path for folder in roots.values() for path in workbooks_below(folder))
    return finder.best(_alike(link.path, around, _FAR))


def refind_findings(report: Report, link: Link, desk: Desk) -> list[Finding]:
    """What to tell beside a workbook or sheet that is not there: the one it seems to be now."""
    finder = _Finder(report, link, desk)
    gone = not is_there(link.path)
    near = _alike(link.path, workbooks_below(link.path.parent, deep=False), _NEAR)
    found = finder.best(near if gone else [link.path])
    if found is None:
        return []
    params = {"workbook": link.path.name, "link": link.name, "count": str(found.keys)}
    if gone:
        return [Finding("X043", params | {"candidate": found.path.name}, link.file)]
    return [Finding("X044", params | {"sheet": link.sheet, "candidate": found.sheet}, link.file)]


def relink(link: Link, found: Found, roots: dict[str, Path]) -> None:
    """Make the link's file say where its workbook and sheet are now; the rest of it stays.

    Raises OSError where the file cannot be written.
    """
    raw = link.file.read_bytes()
    document = tomlkit.parse(raw.decode("utf-8-sig"))
    place = place_of(found.path, roots)
    if place is not None:
        document["werkmap"] = place
    if "blad" in document and not link.many_sheets:
        document["blad"] = found.sheet
    fresh = tomlkit.dumps(document).replace("\r\n", "\n")
    if b"\r\n" in raw:
        fresh = fresh.replace("\n", "\r\n")
    write_safely(link.file, fresh.encode("utf-8"))


class _Finder:
    """Looks at workbooks for the shape of one link."""

    def __init__(self, report: Report, link: Link, desk: Desk) -> None:
        self.link = link
        self.desk = desk
        self.rows: ReportRows = report_rows(report, link.target, link.under, by_text=link.by_text)
        self.tables = tables_of(report, link)

    def best(self, paths: list[Path]) -> Found | None:
        """The candidate with the most known keys, of equal ones the newest; None without any."""
        found = [candidate for path in paths for candidate in self._in_book(path)]
        fitting = [candidate for candidate in found if candidate.keys]
        return max(fitting, key=lambda c: (c.keys, c.path.stat().st_mtime), default=None)

    def _in_book(self, path: Path) -> Iterator[Found]:
        moved = replace(self.link, path=path)
        try:
            views = self.desk.read(path, moved)
        except PartMissingError:
            views = self._surveyed(path)
        except (BridgeError, OSError):
            return
        if self.link.many_sheets:
            keys = sum(self._keys(moved, view) for view in views)
            yield Found(path, self.link.sheet, keys)
            return
        for view in views:
            yield Found(path, view.sheet, self._keys(moved, view))

    def _surveyed(self, path: Path) -> list[SheetView]:
        if self.link.many_sheets or self.link.region.name:
            return []
        try:
            views = self.desk.survey(path)
        except (BridgeError, OSError):
            return []
        wanted = self.link.region.table.casefold()
        return [view for view in views if view.table.casefold() == wanted]

    def _keys(self, link: Link, view: SheetView) -> int:
        """How many lines of a sheet have a known key; 0 where a column of the link is missing."""
        located, _wrong = locate(link, view, link.path)
        if located is None or len(located.columns) < len(link.columns):
            return 0
        if link.derived is not None and self.tables is not None:
            return len(DerivedFinder(link, link.derived, self.tables, view, located).lines())
        found = find_lines(link, view, located, self.rows, link.path)
        return sum(not line.new for line in found.lines)


def _alike(wanted: Path, books: Iterator[Path], most: int) -> list[Path]:
    """The workbooks whose names are most like the wanted one; very large ones are left out."""
    stem = wanted.stem.casefold()
    known = [path for path in dict.fromkeys(books) if _size(path) <= _MOST_BYTES]
    known.sort(key=lambda path: SequenceMatcher(None, stem, path.stem.casefold()).ratio())
    return known[::-1][:most]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return _MOST_BYTES + 1
