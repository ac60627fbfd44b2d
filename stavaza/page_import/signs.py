"""The structure of a page as data: its sections, and the lines that are more than text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from stavaza.page_import.overview import Overview
from stavaza.page_import.vocabulary import Heading
from stavaza.template import Block

Role = Literal["block", "group", "element", "again", "group_label", "footer"]


@dataclass(frozen=True)
class Sign:
    """What a line of structure is; `again` is a heading of an element that was there before."""

    role: Role
    block: Block | None = None
    heading: Heading | None = None


@dataclass
class Section:
    """The part of a page about one element that pages are about, such as a programme."""

    start: int
    end: int
    heading: Heading
    overview: Overview | None = None
    signs: dict[int, Sign] = field(default_factory=dict)


@dataclass
class Outline:
    """The structure of a page: where its header ends, its sections, and printed times by line."""

    header_end: int
    sections: list[Section]
    footers: dict[int, dict[str, datetime]]
