"""A page as numbered lines: what the readers of plain text and of HTML hand to the grammar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from stavaza.page_import.boxes import Boxes
from stavaza.page_import.runs import Run

Shape = Literal["text", "heading", "cell"]
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ITEM_SIGN = re.compile("[*·▪●○◦‣■] ")
_JOINTS = re.compile(r"[|+:\s]+")
_EDGE = r"\s*(?:-{3,}|:-+:?|-+:)\s*"
_DELIMITER = re.compile(rf"\|?{_EDGE}(?:\|{_EDGE})+\|?|\|{_EDGE}\|")
"""The line below the heads of a table in Markdown: colons say to which side its columns stand."""
_STROKES = frozenset("-–—=_~")
_LEAST_STROKE = 3
MARKS = frozenset({"-", "–", "—", "•", "·", "*", "▪", "●"})
NOTHING = frozenset({"-", "–", "—", "n.v.t.", "nvt", "n.v.t"})


def normal(text: str) -> str:
    """A text for comparing: case, kinds of space, unseen characters and a last colon aside."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(plain.split()).rstrip(":").rstrip().casefold()


def is_rule(text: str) -> bool:
    """Whether a line is drawn, not written: below a heading, or between the rows of a table."""
    if _DELIMITER.fullmatch(text.strip()):
        return True
    strokes = [stroke for stroke in _JOINTS.split(text) if stroke]
    return bool(strokes) and all(
        len(stroke) >= _LEAST_STROKE and len(set(stroke)) == 1 and stroke[0] in _STROKES
        for stroke in strokes
    )


@dataclass(frozen=True)
class Line:
    """One line of a page as a reader sees it.

    `number` counts lines of the file from 1. Lines of one paragraph share `block`; a cell of a
    table is a block of its own, has the number of its table row and a `column` from 0, and may be
    empty. `bullet` is the sign of the list item that begins here. Plain text has the `indent` of
    its lines. In HTML `boxes` are the elements around it, outermost first; `items` are those of
    them that are list items, with their `signs`, of which the last `begun` begin here; `level` is
    the rank of a heading, 1 the highest, else 0; `anchor` is the name under which links find what
    begins here; `runs` are there with markup only; `outside` lines stand in the foot of the site;
    `goes_on` tells that the line above was broken to fit.
    """

    number: int
    text: str
    block: int
    shape: Shape = "text"
    row: int = 0
    column: int = 0
    bullet: str = ""
    boxes: tuple[int, ...] = ()
    indent: int = 0
    items: tuple[int, ...] = ()
    signs: tuple[str, ...] = ()
    begun: int = 0
    level: int = 0
    anchor: str = ""
    goes_on: bool = False
    runs: tuple[Run, ...] = ()
    outside: bool = False

    @property
    def key(self) -> str:
        """Its text for comparing."""
        return normal(self.text)


@dataclass(frozen=True)
class Page:
    """A page that was read: its lines, the title in its head and its boxes (HTML).

    `cleaned` are the numbers of lines that unseen characters were taken out of; `html` says that
    its structure is its own, and not to be seen from how its lines stand. `width` is the number of
    signs to which plain text was wrapped; 0 where it was not. `own` says that we published it.
    """

    name: str
    lines: tuple[Line, ...]
    title: str = ""
    cleaned: tuple[int, ...] = ()
    boxes: Boxes = field(default_factory=Boxes)
    html: bool = False
    width: int = 0
    own: bool = False

    def alone(self, index: int) -> bool:
        """Whether the line is a paragraph, heading or cell of its own."""
        block = self.lines[index].block
        before = index > 0 and self.lines[index - 1].block == block
        after = index + 1 < len(self.lines) and self.lines[index + 1].block == block
        return not before and not after

    def begins(self, index: int) -> bool:
        """Whether the line is the first of its paragraph, or of a line of its own in one."""
        return not self.lines[index].goes_on

    def next_filled(self, index: int) -> int | None:
        """The index of the next line with text."""
        return self._following[index]

    @cached_property
    def _following(self) -> list[int | None]:
        following: list[int | None] = [None] * len(self.lines)
        last: int | None = None
        for index in range(len(self.lines) - 1, -1, -1):
            following[index] = last
            last = index if self.lines[index].text else last
        return following


def _item(lines: Sequence[Line], at: int) -> str:
    """The text of a line; a sign that another line of the text has too is that of a list.

    By itself it may be the mark of a note, and stays.
    """
    text = lines[at].text
    sign = text[:2]
    if not _ITEM_SIGN.fullmatch(sign):
        return text
    again = any(line.text.startswith(sign) for line in lines if line is not lines[at])
    return f"- {text[2:]}" if again else text


def prose_lines(lines: Sequence[Line]) -> list[str]:
    """Lines as plain text for `stavaza.prose.from_plain`: an empty line between paragraphs.

    The cells of a table row become one line, the rows of a table one paragraph; the paragraphs of
    one cell stay paragraphs.
    """
    written: list[str] = []
    previous: Line | None = None
    filled = [line for line in lines if line.text]
    for at, line in enumerate(filled):
        text = f"{line.bullet} {line.text}" if line.bullet else _item(filled, at)
        if previous is not None:
            if line.row and line.row == previous.row and line.column != previous.column:
                written[-1] += f" | {text}"
                previous = line
                continue
            next_row = bool(line.row) and line.row == previous.row + 1
            if line.block != previous.block and not next_row:
                written.append("")
            elif line.goes_on and not line.bullet:
                written[-1] += f" {text}"
                previous = line
                continue
        written.append(text)
        previous = line
    return written
