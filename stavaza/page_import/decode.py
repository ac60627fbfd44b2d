"""The bytes of a page as text: its encoding, and what is no page at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stavaza.errors import StavazaError
from stavaza.i18n import N_

LARGEST_PAGE_BYTES = 16 * 1024 * 1024
_ANSI = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|\x1b[^\[\]\n]|\x1b"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|"
    r"div|header|nav|table|h[1-6]|p|ul|ol|dl)\b",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = (
    (b"PK\x03\x04", N_("it is a zip file or an Office document, not a page")),
    (b"%PDF", N_("it is a PDF, not a page")),
    (b"\xd0\xcf\x11\xe0", N_("it is an old Office document, not a page")),
    (b"{\\rtf", N_("it is a rich text document, not a page")),
    (b"\x89PNG", N_("it is a picture, not a page")),
    (b"\xff\xd8\xff", N_("it is a picture, not a page")),
    (b"GIF8", N_("it is a picture, not a page")),
    (b"\x1f\x8b", N_("it is a compressed file, not a page")),
)


class PageError(StavazaError):
    """A file cannot be read as a page; its text is the reason, a gettext msgid."""


@dataclass(frozen=True)
class Decoded:
    """The text of a page, with `\\n` line ends, and the numbers of the lines that were cleaned."""

    text: str
    cleaned: tuple[int, ...]


def decode(data: bytes | str) -> Decoded:
    """The text of a page from its bytes: UTF-8, UTF-16 with a mark, or else Windows-1252.

    Each line is decoded for itself, so that a file of mixed origin keeps all its letters. Control
    characters and terminal escapes are taken out. Raises PageError for what is no text.
    """
    text = data if isinstance(data, str) else _text(data)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = []
    for index, line in enumerate(lines):
        plain = _DIRECTION.sub("", _CONTROL.sub(" ", _ANSI.sub("", line)))
        if plain != line:
            lines[index] = plain
            cleaned.append(index + 1)
    if not any(line.strip() for line in lines):
        raise PageError(N_("it is empty"))
    return Decoded("\n".join(lines), tuple(cleaned))


def looks_like_html(text: str, name: str) -> bool:
    """Whether a page is HTML, by its beginning or its file name."""
    if _HTML.match(text[:20_000]):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and "<" in text


def _text(data: bytes) -> str:
    if len(data) > LARGEST_PAGE_BYTES:
        raise PageError(N_("it is larger than 16 MB, which no page of a report is"))
    for start, reason in _KINDS:
        if data.startswith(start):
            raise PageError(reason)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise PageError(N_("it is not text"))
    return "\n".join(_line(line) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
