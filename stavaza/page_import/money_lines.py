"""Parts a text from the budget that stands below it: an amount, one with a remark, or a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stavaza.amounts import AmountError
from stavaza.notation import PLAIN, AmountOrPhrase, Notation, read_amount_or_phrase
from stavaza.page_import.lines import MARKS, Line, normal
from stavaza.page_import.table_lines import after_label

_GAP = re.compile(r"\s{2,}")
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
    return len(lines) > 1 and is_amount(lines[-1][1].text)


def apart(lines: Sequence[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """The lines, with an amount that two or more spaces part from a text on a line of its own."""
    if not lines:
        return []
    index, line = lines[-1]
    parts = _GAP.split(line.text)
    if len(parts) < 2 or not parts[0] or not is_amount(parts[-1]):
        return list(lines)
    text = line.text[: line.text.rindex(parts[-1])].rstrip()
    split = [replace(line, text=text, runs=()), replace(line, text=parts[-1], runs=(), bullet="")]
    return [*lines[:-1], *((index, part) for part in split)]


def read_budget(lines: Lines, notation: Notation = PLAIN, label: str = "") -> Budget | None:
    """The budget below the text of an element; None where its last line is text.

    A phrase is short, is no list item, and does not end as a sentence does. It stands apart, or has
    the word that the field is called by.
    """
    if len(lines) < 2:
        return None
    index, line = lines[-1]
    text = " ".join(line.text.split())
    behind = after_label(text, label) if label else None
    if behind or is_amount(text):
        return _read(index, behind or text, notation)
    sure = is_memorandum(text)
    apart = lines[-2][1].block != line.block
    if sure or (is_phrase(line, text) and (apart or _names(text, label))):
        return Budget(index, AmountOrPhrase(None, text), sure=sure)
    return None


def _names(text: str, label: str) -> bool:
    """Whether a phrase that begins with a capital has the label of the field among its words."""
    return bool(label) and text[0].isupper() and normal(label) in normal(text).split()


def is_memorandum(text: str) -> bool:
    """Whether a line stands for an amount that is not known yet, such as `PM`."""
    return _MEMORANDUM.fullmatch(" ".join(text.split())) is not None


def is_phrase(line: Line, text: str) -> bool:
    """Whether a line may be a phrase instead of an amount: short, no item, no sentence."""
    words = bool(text) and text[0].isalpha() and text[0] not in MARKS and not line.bullet
    return words and len(text) <= _LONGEST_PHRASE and not text.endswith(_SENTENCE_END)


def _read(index: int, text: str, notation: Notation) -> Budget:
    try:
        return Budget(index, read_amount_or_phrase(text, notation))
    except AmountError as error:
        return Budget(index, None, sure=False, wrong=error)


def is_amount(text: str) -> bool:
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
