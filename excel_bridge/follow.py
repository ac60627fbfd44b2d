"""Notices whether linked workbooks changed: by their cells where Excel has them open, else by file.

One look costs a read of a sheet for an open workbook, and for a closed one no more than asking the
disk for its time and size, until those change.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from excel_bridge.errors import BridgeError
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link
from excel_bridge.links import read_links
from stavaza.tree import Report

if TYPE_CHECKING:
    from excel_bridge.live import XlwingsDesk

Stat = tuple[int, int]


class FollowedDesk(Protocol):
    """What following asks of the place where workbooks are."""

    def read(self, path: Path, link: Link) -> list[SheetView]:
        """The cells of a link's sheets, as `Desk.read`."""
        ...

    def is_open(self, path: Path) -> bool:
        """Whether a running Excel has the workbook open."""
        ...


@dataclass(frozen=True)
class Followed:
    """A workbook that is followed, and where it is looked at."""

    path: Path
    open_in_excel: bool
    waiting: bool = False
    """Whether it could not be looked at just now: Excel is busy, or a cell is being edited."""


def impatient(desk: XlwingsDesk) -> XlwingsDesk:
    """The same place, where a busy Excel is not waited for: the next look comes soon enough."""
    return replace(desk, pause=lambda _seconds: None)


class Follower:
    """Remembers how the workbooks of a report looked, and says when one looks different."""

    def __init__(self, desk: FollowedDesk) -> None:
        self.desk = desk
        self.followed: tuple[Followed, ...] = ()
        self._marks: dict[Path, str] = {}
        self._stats: dict[Path, tuple[Stat, str]] = {}

    def look(self, report: Report) -> bool:
        """Whether a workbook or a link is not as it was at the last look; the first time it is.

        A workbook that cannot be looked at just now counts as it was.
        """
        links, _findings = read_links(report)
        marks: dict[Path, str] = {}
        followed: dict[Path, Followed] = {}
        for link in links:
            for file in (link.file, link.baseline_file):
                marks[file] = self._file_mark(file)
            try:
                is_open = self.desk.is_open(link.path)
                mark = self._cells_mark(link) if is_open else self._file_mark(link.path)
            except (BridgeError, OSError):
                marks[self._key(link)] = self._marks.get(self._key(link), "")
                followed[link.path] = Followed(link.path, False, True)
                continue
            marks[self._key(link)] = mark
            followed[link.path] = Followed(link.path, is_open)
        changed = marks != self._marks
        self._marks, self.followed = marks, tuple(followed.values())
        return changed

    def _key(self, link: Link) -> Path:
        """Two links on one workbook may look at different sheets of it."""
        return link.file.with_suffix(".workbook")

    def _cells_mark(self, link: Link) -> str:
        digest = hashlib.sha256()
        for view in self.desk.read(link.path, link):
            digest.update(repr((view.sheet, view.grid.values, view.grid.formulas)).encode())
        return digest.hexdigest()

    def _file_mark(self, path: Path) -> str:
        """The contents as a digest, worked out anew only where time or size changed."""
        try:
            stat = path.stat()
            now = (stat.st_mtime_ns, stat.st_size)
            known = self._stats.get(path)
            if known is None or known[0] != now:
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                known = self._stats[path] = (now, digest)
        except FileNotFoundError:
            return ""
        return known[1]
