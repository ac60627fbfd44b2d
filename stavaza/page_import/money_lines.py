"""Parts a text from the budget that stands below it: an amount, one with a remark, or a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stavaza.amounts import AmountError
from stavaza.notation import PLAIN, AmountOrPhrase, Notation, read_amount_or_phrase
from stavaza.page_import.lines import MARKS, Line
from stavaza.page_import.table_lines import after_label

_LONGEST_PHRASE = 100
_CURRENCY = re.compile(r"€|\bEUR\b|\beuro\b", re.IGNORECASE)
_BARE_AMOUNT = re.compile(r"[-−–]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9-=]+)?-?")
_MEMORANDUM = re.compile(r"[-–—]? ?(?:p\.?m\.?|n\.?v\.?t\.?|n\.?n\.?b\.?) ?[-–—]?", re.IGNORECASE)
_AMOUNT_WORDS = re.compile(
    r"€|\b(?:EUR|euro|miljoen|miljard|mln\.?|mld\.?|duizend)(?!\w)", re.IGNORECASE
)
_SENTENCE_END = (".", ";", ":", "!", "?", ",")

Lines = Sequence[tuple[int, Line]]


@dataclass(frozen=True)
class Budget:
    """The line of a budget and what it says.

    `sure` is False for a phrase that may be text too; `wrong` tells what looks like an amount and
    cannot be read for certain.
    """

    index: int
    value: AmountOrPhrase | None
    sure: bool = True
    wrong: AmountError | None = None


def ends_in_amount(lines: Lines) -> bool:
    """Whether the last line is an amount and text stands above it."""
    return len(lines) > 1 and _looks_like_amount(lines[-1][1].text)


def read_budget(lines: Lines, notation: Notation = PLAIN, label: str = "") -> Budget | None:
    """The budget below the text of an element; None where its last line is text.

    A phrase stands apart, is short, is no list item, and does not end as a sentence does.
    """
    if len(lines) < 2:
        return None
    index, line = lines[-1]
    text = " ".join(line.text.split())
    behind = after_label(text, label) if label else None
    if behind or _looks_like_amount(text):
        return _read(index, behind or text, notation)
    sure = _MEMORANDUM.fullmatch(text) is not None
    if sure or (lines[-2][1].block != line.block and _is_phrase(line, text)):
        return Budget(index, AmountOrPhrase(None, text), sure=sure)
    return None


def _is_phrase(line: Line, text: str) -> bool:
    words = bool(text) and text[0].isalpha() and text[0] not in MARKS and not line.bullet
    return words and len(text) <= _LONGEST_PHRASE and not text.endswith(_SENTENCE_END)


def _read(index: int, text: str, notation: Notation) -> Budget:
    try:
        return Budget(index, read_amount_or_phrase(text, notation))
    except AmountError as error:
        return Budget(index, None, sure=False, wrong=error)


def _looks_like_amount(text: str) -> bool:
    """Whether a line is an amount, perhaps with a remark in brackets, and not a sentence."""
    plain = " ".join(text.split())
    head = plain.partition("(")[0].strip()
    if len(head) > 40 or not any(char.isdigit() for char in head):
        return False
    words = _AMOUNT_WORDS.sub("", head)
    if any(char.isalpha() for char in words):
        return bool(
            re.fullmatch(r"[A-Z] ?(?:€ ?)?[0-9][0-9.,]*|(?:€ ?)?[0-9][0-9.,]* ?[A-Z]", head)
        )
    return bool(_CURRENCY.search(head)) or _BARE_AMOUNT.fullmatch(head) is not None
