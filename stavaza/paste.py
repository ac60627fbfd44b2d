r"""Cleans text that is pasted from Word, Outlook or a web page, so that it arrives as typed text.

What cannot be seen goes (control characters, soft hyphens, odd spaces, marks of direction); bullets
become `- `; what can be seen stays, typographic quotes and dashes included.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ESCAPES: Final = re.compile(
    r"\x1b\[[0-?]*+[ -/]*+[@-~]"  # colours and cursor moves
    r"|\x1b\][^\x07\x1b]*+(?:\x07|\x1b\\)"  # titles of windows, links
    r"|\x1b[()*+][0-9A-B]"  # character sets
)
_BREAKS: Final = {**dict.fromkeys(map(ord, "\r\v\f\u2028"), "\n"), 0x2029: "\n\n"}
_SPACES: Final = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\ufeff\ufffc\ufff9\ufffa\ufffb\ufffe\uffff"
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2060, 0x2070)))
    + "".join(chr(code) for code in (*range(0x20), 0x7F) if code not in {9, 10})
)
_HYPHENS: Final = dict.fromkeys((0x1E, 0x2010, 0x2011), "-")
"""Hyphens that do not break; the first is how older Word writes one."""
_MISREAD: Final = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Windows text that was read as Latin-1: its quotes, dashes and euro signs came as controls."""
_LIGATURES: Final = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_OFFICE_GLYPHS: Final = {
    # Code points of the fonts Symbol and Wingdings, as Word puts them on the clipboard.
    **dict.fromkeys((0xF02D, 0xF06C, 0xF06E, 0xF071, 0xF075, 0xF076, 0xF09F, 0xF0A7), "•"),
    **dict.fromkeys((0xF0B7, 0xF0B2, 0xF0D8, 0xF0A0, 0xF06F), "•"),
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0F0: "→",
    0xF0FC: "✓",
    0xF0FB: "✗",
    0xF0FE: "☑",
    0xF0A8: "☐",
}
_TABLE: Final[dict[int, str]] = (
    dict.fromkeys(map(ord, _UNSEEN), "")
    | _BREAKS
    | dict.fromkeys(map(ord, _SPACES), " ")
    | _HYPHENS
    | _MISREAD
    | _LIGATURES
    | _OFFICE_GLYPHS
)
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LONE_JOINER: Final = re.compile(
    "(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d"
    "|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
"""The joiner of two pictures stays; elsewhere it is not seen."""

_SURE_BULLET: Final = re.compile(r"[•‣⁃◦∙▪▫■□●○◆◇►➢➤❖·](?:[ \t]+|(?=\S)|$)")
_DASH_BULLET: Final = re.compile(r"[–—‒−](?:[ \t]+|$)")
_DOUBTFUL_BULLET: Final = re.compile(r"[o§*+](?:[ ]*\t[ \t]*|[ ]{2,})(?=\S)")
"""Bullets that are ordinary signs too: only with the tab or wide space that Word puts there."""

_GAP: Final = re.compile(r"\n{3,}")
_WIDE: Final = re.compile(r"[ \t]+")


def clean(text: str) -> str:
    """Return pasted text in the form of typed text: `\\n` for newlines, `- ` for bullets.

    No visible character is lost, save bullets that become `- ` and glyphs of a private font that
    no other font shows. Cleaning twice is the same as cleaning once.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _ESCAPES.sub("", text).replace("\r\n", "\n").translate(_TABLE)
    text = _LONE_JOINER.sub("", _PRIVATE.sub("", text))
    lines = unicodedata.normalize("NFC", text).split("\n")
    last = len(lines) - 1
    cleaned = (
        _line(line, is_first=place == 0, is_last=place == last) for place, line in enumerate(lines)
    )
    return _GAP.sub("\n\n", "\n".join(cleaned))


def _line(line: str, *, is_first: bool, is_last: bool) -> str:
    """Return one line; a space at an end of what was copied may belong between two words."""
    body = line.strip(" \t")
    indent = line[: len(line) - len(line.lstrip(" \t"))].replace("\t", "  ")
    tail = " " if is_last and body and line[-1] in " \t" else ""
    if not body:
        return " " if is_first and is_last and line else ""
    for bullet in (_SURE_BULLET, _DASH_BULLET, _DOUBTFUL_BULLET):
        if match := bullet.match(body):
            rest = body[match.end() :].lstrip("\u200d\ufe0e\ufe0f \t")  # what made it a picture
            return f"{indent}- {_narrow(rest)}".rstrip(" ") + tail
    return f"{indent}{_narrow(body)}{tail}"


def _narrow(text: str) -> str:
    return _WIDE.sub(" ", text)
