"""Text as the file holds it: Excel writes characters that XML cannot hold as `_xHHHH_`."""

from __future__ import annotations

import re
from typing import Final

MAX_TEXT: Final = 32_767
"""The most characters (UTF-16 units) that a cell holds."""

_CODE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_LIKE_CODE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b-\x0d\x0e-\x1f\ufffe\uffff]")


SPACE: Final = "xml:space"
_WHITE: Final = " \t\r\n"


def without_edges(text: str) -> str:
    """Return a text without the white space around it, as Excel reads one that `xml:space` does not
    preserve.
    """
    return text.strip(_WHITE) if text[:1] in _WHITE or text[-1:] in _WHITE else text


def decode_text(text: str) -> str:
    """Return the text that a cell shows for what the file holds."""
    if "_x" not in text:
        return text
    plain = _CODE.sub(lambda match: chr(int(match[1], 16)), text)
    try:  # two codes may be the halves of one character
        return plain.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return plain


def encode_text(text: str) -> str:
    """Return the file's form of a text, ready to stand between XML tags."""
    marked = _LOOKS_LIKE_CODE.sub("_x005F_", text)
    coded = _NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", marked)
    return coded.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def utf16_length(text: str) -> int:
    """Return the length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
