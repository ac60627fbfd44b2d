"""Reads small XML parts into nodes that know their byte offsets, so that a change can be spliced in
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import unescape

from excel_bridge.errors import (
    HostileWorkbookError,
    UnsupportedEncodingError,
    unreadable,
)
from stavaza.i18n import _

_DECLARED: Final = re.compile(rb"""\A<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_REFERENCE: Final = re.compile(r"&#(?:(\d{1,6})|x([0-9A-Fa-f]{1,5}));")
_ATTRIBUTE: Final = re.compile(rb"""(?<=\s)([^\s=<>/"']++)\s*+=\s*+("[^"]*+"|'[^']*+')""")
_REST_OF_TAG: Final = re.compile(rb"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")


@dataclass(slots=True)
class Node:
    """An element: local name, attributes as written, children, text, and where its bytes are.

    `start` is the `<` of the start tag, `inner` the first byte after that tag, `close` the `<` of
    the end tag, `end` the first byte after the element. A self-closing element has inner == close
    == end.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inner: int = 0
    close: int = 0
    end: int = 0
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def get(self, key: str, default: str = "") -> str:
        """Return an attribute by its name without prefix."""
        return self.attributes.get(key, default)

    def prefixed(self, key: str) -> str:
        """Return an attribute that has a prefix, whichever prefix, such as `r:id`."""
        for name, value in self.attributes.items():
            prefix, colon, local = name.partition(":")
            if colon and local == key and prefix != "xmlns":
                return value
        return ""

    def all(self, name: str) -> Iterator[Node]:
        """Yield the children of that local name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first child of that local name."""
        return next(self.all(name), None)


def check_encoding(head: bytes, path: Path, part: str) -> None:
    """Refuse a part whose first bytes say that it is not UTF-8.

    Raises:
        UnsupportedEncodingError: it is UTF-16, UTF-32 or declares another encoding.
    """
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:4]:
        raise UnsupportedEncodingError(path, part, "UTF-16")
    match = _DECLARED.match(head.removeprefix(b"\xef\xbb\xbf").lstrip())
    if match and match[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
        raise UnsupportedEncodingError(path, part, match[1].decode("ascii", "replace"))


def new_parser(path: Path, part: str, separator: str | None = None) -> Any:
    """Return an expat parser that keeps text in one piece and refuses a document type, and with it
    all entities. With a `separator` it gives names with their namespace before it.
    """
    parser = expat.ParserCreate("UTF-8", separator)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def refuse(*_details: object) -> NoReturn:
        raise HostileWorkbookError(path, _("{part} has a document type"), part=part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def parse_tree(data: bytes, path: Path, part: str) -> Node:
    """Return the root of a part.

    Raises:
        DamagedWorkbookError, HostileWorkbookError, UnsupportedEncodingError: what the name says.
    """
    check_encoding(data[:256], path, part)
    parser = new_parser(path, part)
    top = Node("", "", {}, 0)
    open_nodes = [top]
    texts: list[list[str]] = [[]]

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag.rpartition(":")[2], tag, attributes, parser.CurrentByteIndex)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
        texts.append([])

    def end(_tag: str) -> None:
        node = open_nodes.pop()
        node.text = "".join(texts.pop())
        node.inner = tag_end(data, node.start)
        at = parser.CurrentByteIndex
        if at <= node.start or data[node.inner - 2 : node.inner - 1] == b"/":
            node.close = node.end = node.inner
        else:
            node.close, node.end = at, data.index(b">", at) + 1

    def text(piece: str) -> None:
        texts[-1].append(piece)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise unreadable(path, part, error) from error
    return top.children[0]


def tag_end(data: bytes, start: int) -> int:
    """Return the offset after the `>` that closes the tag at `start`; values may hold one.

    Raises:
        ValueError: nothing closes it.
    """
    rest = _REST_OF_TAG.match(data, start)
    if rest is None:
        raise ValueError(start)
    return rest.end()


def tag_attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a start tag given as bytes."""
    return {
        match[1].decode(): _plain(match[2][1:-1].decode()) for match in _ATTRIBUTE.finditer(tag)
    }


def _plain(value: str) -> str:
    """An attribute's value with its character references resolved."""
    if "&" not in value:
        return value
    coded = _REFERENCE.sub(
        lambda match: chr(int(match[2] or match[1], 16 if match[2] else 10)), value
    )
    return unescape(coded, {"&quot;": '"', "&apos;": "'"})


def root_preserves(view: bytes) -> bool:
    """Tell whether a part's first element says `xml:space="preserve"`; comments are blanked out."""
    root = re.search(rb"<[A-Za-z_]", view)
    if root is None or view.find(b">", root.start()) < 0:
        return False
    tag = view[root.start() : tag_end(view, root.start())]
    return b"xml:space" in tag and tag_attributes(tag).get("xml:space") == "preserve"


def set_attribute(tag: bytes, key: str, value: str | None) -> bytes:
    """Return the start tag with one attribute set, or taken out with `None`; all other bytes stay.

    The value must need no escaping.
    """
    wanted = key.encode()
    for match in _ATTRIBUTE.finditer(tag):
        if match[1] == wanted:
            if value is None:
                before = tag[: match.start()].rstrip()
                return before + tag[match.end() :]
            quote = match[2][:1]
            return tag[: match.start(2)] + quote + value.encode() + quote + tag[match.end(2) :]
    if value is None:
        return tag
    stop = len(tag) - (2 if tag.endswith(b"/>") else 1)
    after = len(tag[:stop].rstrip())
    return tag[:after] + b" " + wanted + b'="' + value.encode() + b'"' + tag[after:]
