"""Reads a page in HTML into numbered lines; headings, lists and tables keep their structure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser

from stavaza.page_import.boxes import Boxes, EmptyBox, Look
from stavaza.page_import.grid_columns import GridColumns
from stavaza.page_import.lines import Line, Page, Shape, normal
from stavaza.page_import.runs import Run, collapsed

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu
    ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a list of tags reads better as words
)
_VOID = frozenset(
    """
    area base br col embed hr img input link meta param source track wbr
    """.split()  # noqa: SIM905 - a list of tags reads better as words
)
_DROPPED = frozenset(
    """
    script style nav template noscript head select legend iframe object audio video canvas svg
    """.split()  # noqa: SIM905 - a list of tags reads better as words
)
FURNITURE = "data-geen-tekst"
"""The attribute of what a published page of ours adds to the text of its report."""
GENERATOR = "Stavaza"
"""What a published page of ours says that made it."""
_NO_BOX = frozenset({"p", "pre", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "summary"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARTS = ("main", "article", "section")
_NO_FALLBACK = frozenset({"a", "button", "input", "html", "body", "abbr"})
_IMPLIED = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
}
_DEEPEST_BOX = 48
_SUMMARY_LEVEL = 7
"""What opens and closes a part of a page names it, below all headings."""
_LOOK_BACK = 60


@dataclass
class _Open:
    """An element that is open: what it says where it holds no text, and the texts before it.

    `foot` says that it is the foot of the site, not that of a part of the page.
    """

    tag: str
    box: int
    fallback: str
    texts_before: int
    dropped: bool
    level: int
    furniture: bool
    sign: str = ""
    foot: bool = False


class HtmlReader(HTMLParser):
    """Collects the lines of a page; `title` is that of its head, `own` says that we made it.

    Pictures say nothing, save in a cell or where their text is one of `pictures`, as compared.

    It goes through the page once and keeps a stack of its own, so that depth does no harm.
    """

    def __init__(self, pictures: Collection[str] = ()) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = pictures
        self.lines: list[Line] = []
        self.empty: list[EmptyBox] = []
        self.looks: dict[int, Look] = {}
        self.title = ""
        self.own = False
        self._stack: list[_Open] = []
        self._open: Counter[str] = Counter()
        self._dropped = 0
        self._furniture = 0
        self._feet = 0
        self._texts = 0
        self._boxes = 0
        self._block = 1
        self._row = 0
        self._grid = GridColumns()
        self._cell_start: int | None = None
        self._parts: list[Run] = []
        self._links: list[str] = []
        self._anchor = ""
        self._texts_before = 0
        self._number = 0
        self._bullet = ""
        self._counters: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a new block begins with one that is a block."""
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS and self._open["head"]:
            self._close("head")
        if tag in _IMPLIED:
            self._close_implied(*_IMPLIED[tag])
        elif tag in _BLOCKS:
            self._close_implied(frozenset({"p"}), _BLOCKS - {"p"})
        if tag in _BLOCKS:
            self._new_block()
        if tag == "br":
            self._flush()
        elif tag == "img":
            self._image(values)
        elif tag == "meta" and values.get("name", "").lower() == "generator":
            self.own = self.own or values.get("content", "") == GENERATOR
        if tag in _VOID:
            return
        if tag in _BLOCKS and values.get("id"):
            self._anchor = values["id"]
        self._push(tag, values)
        self._begin(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element written as `<x/>`; only in drawings does that close it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and (self._open["svg"] or tag == "svg"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open inside it."""
        if tag == "br":
            self._flush()
        elif self._open[tag]:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        """Take text up, outside what is dropped."""
        top = self._stack[-1].tag if self._stack else ""
        if top == "title":
            if self._open["svg"] and not self._furniture:
                self._add(data)
            elif not self.title:
                self.title = " ".join(data.split())
            return
        if self._dropped:
            return
        if self._open["pre"]:
            for index, line in enumerate(data.split("\n")):
                if index:
                    self._flush()
                self._add(line, index)
            return
        self._add(data)

    def finish(self) -> tuple[Line, ...]:
        """All lines, with everything closed."""
        self.close()
        while self._stack:
            self._pop()
        self._flush()
        return tuple(self.lines)

    def _push(self, tag: str, values: dict[str, str]) -> None:
        self._boxes += 1
        furniture = FURNITURE in values
        hidden = values.get("aria-hidden", "").lower() == "true" or furniture
        dropped = tag in _DROPPED or hidden
        fallback = values.get("aria-label") or values.get("title") or ""
        box = self._boxes if tag in _BLOCKS - _NO_BOX else 0
        entry = _Open(
            tag,
            box,
            "" if tag in _NO_FALLBACK or furniture else fallback,
            self._texts,
            dropped,
            _level(tag, values),
            furniture,
            foot=self._is_foot(tag, values),
        )
        if box:
            self.looks[box] = Look(tag, frozenset(values.get("class", "").split()))
        self._feet += entry.foot
        self._stack.append(entry)
        self._open[tag] += 1
        self._dropped += dropped
        self._furniture += furniture

    def _is_foot(self, tag: str, values: dict[str, str]) -> bool:
        """Whether an element is the foot of the site: not one inside a part of the page."""
        named = tag == "footer" or values.get("role", "").lower() == "contentinfo"
        return named and not any(self._open[part] for part in _PARTS)

    def _begin(self, tag: str, values: dict[str, str]) -> None:
        if tag in ("ol", "ul", "menu"):
            start = values.get("start", "1")
            number = int(start) if re.fullmatch("[0-9]{1,4}", start) else 1
            self._counters.append(number if tag == "ol" else None)
        elif tag == "li":
            counter = self._counters[-1] if self._counters else None
            self._bullet = "-" if counter is None else f"{counter}."
            self._stack[-1].sign = self._bullet
            if counter is not None:
                self._counters[-1] = counter + 1
        elif tag == "a":
            self._links.append(values.get("href", "").strip())
        elif tag == "table":
            self._row += 2
            self._grid.begin_table()
        elif tag == "tr":
            self._row += 1
            self._grid.begin_row()
        elif tag in ("td", "th"):
            self._cell_start = len(self.lines)
            self._grid.begin_cell(values)

    def _close_implied(self, tags: frozenset[str], bounds: frozenset[str]) -> None:
        for entry in self._stack[: -_LOOK_BACK - 1 : -1]:
            if entry.tag in tags:
                self._close(entry.tag)
                return
            if entry.tag in bounds:
                return

    def _close(self, tag: str) -> None:
        while self._stack and self._pop() != tag:
            continue

    def _pop(self) -> str:
        entry = self._stack[-1]
        outside = self._dropped - entry.dropped == 0
        if entry.fallback and outside and self._texts == entry.texts_before:
            self._add(entry.fallback)
        if entry.tag in _BLOCKS:
            self._new_block()
        if entry.box and outside and self._texts == entry.texts_before:
            boxes = tuple(above.box for above in self._stack[:_DEEPEST_BOX] if above.box)
            self.empty.append(EmptyBox(len(self.lines), boxes))
        self._feet -= entry.foot
        self._stack.pop()
        self._open[entry.tag] -= 1
        self._dropped -= entry.dropped
        self._furniture -= entry.furniture
        if entry.tag in ("td", "th"):
            self._end_cell()
        elif entry.tag in ("ol", "ul", "menu") and self._counters:
            self._counters.pop()
        elif entry.tag == "li":
            self._bullet = ""
        elif entry.tag == "a" and self._links:
            self._links.pop()
        return entry.tag

    def _end_cell(self) -> None:
        start = self._cell_start
        self._cell_start = None
        if start is None:
            return
        if len(self.lines) == start:
            self.lines.append(
                Line(self.getpos()[0], "", self._block, "cell", self._row, self._grid.column)
            )
            self._block += 1
        self._grid.end_cell()

    def _image(self, values: dict[str, str]) -> None:
        text = values.get("alt") or values.get("title") or ""
        told = self._cell_start is not None or normal(text) in self.pictures
        if text and told and not self._dropped:
            self._add(text)

    def _add(self, data: str, below: int = 0) -> None:
        if not data.strip():
            if self._parts and data:
                self._parts.append(self._run(" "))
            return
        if not self._parts:
            self._texts_before = self._texts
            leading = data[: len(data) - len(data.lstrip())]
            self._number = self.getpos()[0] + leading.count("\n") + below
        self._parts.append(self._run(data))
        self._texts += 1

    def _run(self, text: str) -> Run:
        strong = bool(self._open["b"] or self._open["strong"])
        emphasis = bool(self._open["i"] or self._open["em"])
        return Run(text, strong, emphasis, self._links[-1] if self._links else "")

    def _new_block(self) -> None:
        self._flush()
        self._block += 1

    def _flush(self) -> None:
        text, runs = collapsed(self._parts)
        self._parts = []
        if not text:
            return
        in_cell = self._cell_start is not None
        shape: Shape = "cell" if in_cell else "text"
        levels = [entry.level for entry in self._stack[-_LOOK_BACK:] if entry.level]
        level = min(levels, default=0) if not in_cell else 0
        if level:
            shape = "heading"
        around = [entry for entry in self._stack[:_DEEPEST_BOX] if entry.box]
        boxes = tuple(entry.box for entry in around)
        items = [entry for entry in around if entry.tag == "li"]
        row = self._row if in_cell else 0
        bullet, self._bullet = self._bullet, ""
        anchor, self._anchor = self._anchor, ""
        self.lines.append(
            Line(
                self._number,
                text,
                self._block,
                shape,
                row,
                self._grid.column if row else 0,
                bullet,
                boxes,
                items=tuple(item.box for item in items),
                signs=tuple(item.sign for item in items),
                begun=sum(item.texts_before == self._texts_before for item in items),
                level=level,
                anchor=anchor,
                runs=runs,
                outside=self._feet > 0,
            )
        )


def _level(tag: str, values: dict[str, str]) -> int:
    """The rank of an element as a heading; 0 where it is none."""
    if tag in _HEADINGS:
        return int(tag[1])
    if values.get("role", "").lower() == "heading":
        told = values.get("aria-level", "")
        return int(told) if re.fullmatch("[1-9]", told) else 2
    return _SUMMARY_LEVEL if tag == "summary" else 0


def read_html(text: str, name: str, pictures: Collection[str] = ()) -> Page:
    """The page of that name, as HTML; `pictures` as above."""
    reader = HtmlReader(pictures)
    reader.feed(_tame(text))
    lines = reader.finish()
    boxes = Boxes(tuple(reader.empty), reader.looks)
    return Page(name, lines, reader.title, (), boxes, html=True, own=reader.own)


def _tame(text: str) -> str:
    """Take out what makes the parser look for its end over and over: comments, and open tags.

    Line ends stay, so that lines keep their numbers.
    """
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start + 4)
        end = len(text) if end < 0 else end + 3
        kept += (text[place:start], "\n" * text.count("\n", start, end))
        place = end
    plain = "".join((*kept, text[place:])).replace("<![", "<! [")
    cut = plain.rfind(">") + 1
    return plain[:cut] + plain[cut:].replace("<", "&lt;")
