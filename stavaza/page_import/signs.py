"""The structure of a page as data: its sections, and the lines that are more than text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.overview import Overview
from stavaza.template import Block

Role = Literal["block", "group", "element", "again", "group_label", "footer"]


@dataclass(frozen=True)
class Sign:
    """What a line of structure is; `again` is a heading of an element that was there before."""

    role: Role
    block: Block | None = None
    heading: Heading | None = None


@dataclass(frozen=True)
class Span:
    """The lines that blocks of the layout take together: those from `start` up to `end`.

    `blocks` are the block whose heading stands at `head` (None where it has none here) and those
    without a heading that follow it in the layout.
    """

    blocks: tuple[Block, ...]
    head: int | None
    start: int
    end: int

    @property
    def block(self) -> Block:
        """The first of its blocks."""
        return self.blocks[0]

    @property
    def lines(self) -> range:
        """The lines below its heading."""
        return range(self.start, self.end)


@dataclass
class Section:
    """The part of a page about one element that pages are about, such as a programme.

    `spans` are the parts of it that a reader of their own takes, by their first line.
    """

    start: int
    end: int
    heading: Heading
    overview: Overview | None = None
    signs: dict[int, Sign] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)


@dataclass
class Outline:
    """The structure of a page: where its header ends, its sections, and printed times by line.

    `above` are the headings of elements over that of the page.
    """

    header_end: int
    sections: list[Section]
    footers: dict[int, dict[str, datetime]]
    above: dict[int, Heading] = field(default_factory=dict)
