"""The search index beside the pages: every heading with its text, a line per page.

An index is a script that hands its data to the page that loads it, because a page that was
opened from a folder may not fetch a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from json.encoder import encode_basestring

from stavaza.publish.json_text import quoted
from stavaza.publish.view import (
    BesideView,
    BlockView,
    ElementView,
    FactsView,
    HeadLineView,
    LinesView,
    ListView,
    PageView,
    PartView,
    PieceView,
    SingleStatusView,
    StatusTableView,
    TableView,
    TextView,
)

INDEX_SCRIPT = "zoekindex.js"
_INDEX_NAME = re.compile(r"zoekindex(?:-[1-9][0-9]{0,5})?\.js")
_BEGIN, _END = "stavazaZoekindex([\n", "]);\n"
_INLINE_TAG = re.compile(r"</?(?:strong|em|a)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
Entry = tuple[str, str, str]
"""An anchor on the page, the heading there, and the text below it as it stands in JSON."""


def page_line(page: PageView) -> str:
    """What can be found on one page, as one line of the index: file, heading, entries."""
    found = [entry for block in page.blocks for entry in _block(block)]
    entries = ",".join(map(_entry, found or [("", page.heading, "")]))
    line = f"[{quoted(page.file)},{quoted(page.heading)},[{entries}]]"
    if not line.isascii():
        for sign in ("\u2028", "\u2029"):  # ends of lines to older browsers
            line = line.replace(sign, " ")
    return line.replace("</", "<\\/") if "<" in line else line


def _entry(entry: Entry) -> str:
    anchor, heading, text = entry
    return f'[{quoted(anchor)},{quoted(heading)},"{text}"]'


def index_script(lines: Iterable[str]) -> bytes:
    """The file with the lines of all pages."""
    return (_BEGIN + "".join(f"{line},\n" for line in lines) + _END).encode("utf-8", "replace")


def index_name(number: int) -> str:
    """The name of a part of an index that has several, counted from 1; 0 is the whole."""
    return f"zoekindex-{number}.js" if number else INDEX_SCRIPT


def is_index(name: str) -> bool:
    """Whether a name is that of an index or a part of one."""
    return _INDEX_NAME.fullmatch(name) is not None


def number_of_parts(count: int) -> bytes:
    """The file that says in how many parts the lines stand."""
    return f"stavazaZoekindex({count});\n".encode("ascii")


def lines_of(script: bytes) -> dict[str, str]:
    """The lines of an index that was written before, by page; none for anything else."""
    text = script.decode("utf-8", "replace")
    if not (text.startswith(_BEGIN) and text.endswith(_END)):
        return {}
    lines = text[len(_BEGIN) : -len(_END)].removesuffix(",\n").split(",\n")
    return {line[2 : line.index('"', 2)]: line for line in lines if line.startswith('["')}


def _parted(pieces: Iterable[PieceView]) -> tuple[list[PartView], list[PieceView]]:
    """The parts that the contents lead to, and the other pieces."""
    parts: list[PartView] = []
    rest: list[PieceView] = []
    for piece in pieces:
        if isinstance(piece, PartView) and piece.anchor:
            parts.append(piece)
        else:
            rest.append(piece)
    return parts, rest


def _block(block: BlockView) -> Iterator[Entry]:
    parts, rest = _parted(block.pieces)
    if rest or (block.heading and block.relation is None):
        yield block.anchor, block.heading, _text(rest)
    for part in parts:
        yield part.anchor, part.label, _text(part.pieces)
    for group in block.groups:
        above = ": ".join(text for text in (group.heading, group.label) if text)
        if group.heading:
            yield group.anchor, group.heading, _text(group.pieces)
        for element in group.elements:
            yield _element(element, above or block.heading)
    if block.relation is not None:
        for one, many in block.relation.pairs:
            yield _element(one, block.heading)
            for element in many:
                yield _element(element, block.heading)


def _element(element: ElementView, above: str) -> Entry:
    return element.anchor, element.heading or above, _text(element.pieces)


def _text(pieces: Iterable[PieceView]) -> str:
    return " ".join(text for piece in pieces for text in _texts(piece) if text)


def _texts(piece: PieceView) -> Iterator[str]:
    """The words of a piece, as they stand in JSON.

    Overviews repeat what stands elsewhere and give none. The words of a text without markup hold no
    sign that JSON writes in another way but quotes.
    """
    if isinstance(piece, TextView):
        words = piece.words
        yield words if words and '"' not in words else _said(words or _plain(str(piece.html)))
    elif isinstance(piece, TableView):
        yield _said(_spaced(_table_texts(piece)))
    elif isinstance(piece, LinesView):
        yield _said(_spaced(piece.lines))
    elif isinstance(piece, ListView):
        yield _said(_spaced(piece.items))
    elif isinstance(piece, PartView):
        yield _said(piece.label)
        for inner in piece.pieces:
            yield from _texts(inner)
    elif isinstance(piece, BesideView):
        for head, pieces in piece.sides:
            yield _said(head)
            for inner in pieces:
                yield from _texts(inner)
    else:
        yield _said(_spaced(_short_texts(piece)))


def _said(text: str) -> str:
    """A text in JSON without its quotes."""
    return encode_basestring(text)[1:-1]


def _spaced(texts: Iterable[str]) -> str:
    """Texts with one space between all words."""
    return " ".join(" ".join(texts).split())


def _plain(html: str) -> str:
    """The words of safe HTML with one space between them."""
    return _spaced([unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html)))])


def _short_texts(piece: PieceView) -> Iterator[str]:
    if isinstance(piece, FactsView):
        for label, lines in piece.items:
            yield label
            yield from lines
    elif isinstance(piece, HeadLineView):
        yield piece.text
    elif isinstance(piece, SingleStatusView):
        yield piece.status.label
    elif isinstance(piece, StatusTableView):
        for head, cell in zip(piece.heads, piece.cells, strict=False):
            yield f"{head} {cell.label}" if cell else ""


def _table_texts(table: TableView) -> list[str]:
    found = [table.caption]
    for group in table.groups:
        found += (group.label, group.note)
        for line in group.lines:
            found.append(line.label)
            found += [cell.text for cell in line.cells]
    found.append(table.note)
    return found
