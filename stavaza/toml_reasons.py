"""Says in words for people why a text is no TOML; the parser itself speaks to programmers."""

from __future__ import annotations

import re

from stavaza.i18n import N_, _

_REASONS = (
    (r"(Found invalid|Illegal) character '\\n'", N_("the closing quotation mark is missing")),
    (r"(Found invalid|Illegal) character", N_("a character stands there that may not")),
    (
        r"Expected newline or end of document",
        N_("something follows the value; text stands between quotation marks, an amount is 150000"),
    ),
    (
        r"Cannot (declare|overwrite|redefine|mutate)|Duplicate inline table key",
        N_("the same name or table stands there twice"),
    ),
    (r"Expected '\]+'", N_("a square bracket is missing")),
    (r"Expected '='", N_("after the name, = is missing")),
    (r"Expected ['\"]|Unterminated string", N_("the text is not closed with quotation marks")),
    (r"Invalid statement|Invalid initial character", N_("it does not have the form name = value")),
    (r"Unclosed array", N_("the list is not closed with ]")),
    (r"Unclosed inline table", N_("the table is not closed with }")),
    (r"Unescaped|Invalid hex|Escaped character", N_("a \\ in a text is written as \\\\")),
    (r"Invalid date", N_("this date or time does not exist")),
    (r"Invalid value", N_("there is no value, or text without quotation marks")),
)


def reason_of(message: str) -> str:
    """A message of the parser in words for people, without its place; an unknown one as it is."""
    bare = message.split(" (at ", maxsplit=1)[0]
    return next((_(said) for found, said in _REASONS if re.match(found, bare)), bare)
