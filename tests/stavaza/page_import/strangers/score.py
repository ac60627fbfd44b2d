"""Says of an import of a stranger's page what is right, reported, or silently wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from stavaza.page_import import ImportResult
from stavaza.prose import to_plain

Value = tuple[str, str, str, str]
"""Kind, what it stands under ('' for the page), field, and value."""
_NOTES = re.compile(r"^(?:[-•*]\s+)", re.MULTILINE)


@dataclass(frozen=True)
class Score:
    """`wrong` are values that the page does not say, `missing` those that it does."""

    usable: bool
    wrong: list[Value]
    missing: list[Value]
    rest: list[str]
    lost: list[Value]
    warnings: list[str]

    @property
    def outcome(self) -> str:
        if not self.usable:
            return "refused"
        if not self.wrong and not self.missing:
            return "right" if not self.rest else "right+rest"
        if self.wrong:
            return "wrong" if self.warnings else "SILENT"
        return "reported" if not self.lost else "LOST"


def flat(text: object) -> str:
    """A text as one line, without signs of list items."""
    return " ".join(_NOTES.sub("", to_plain(str(text))).split())


def score(
    result: ImportResult,
    found: list[Value],
    expected: list[Value],
    noise: Collection[str] = (),
    told: Collection[str] = (),
) -> Score:
    """Compare; `noise` are texts around the page that may be left over, `told` codes to pass."""
    wrong = list((Counter(found) - Counter(expected)).elements())
    missing = list((Counter(expected) - Counter(found)).elements())
    rest = [line.text for line in result.rest if not any(n in line.text for n in noise)]
    left = _squeezed(" ".join(line.text for line in result.rest))
    lost = [v for v in missing if _lost(v, left)]
    warnings = [
        f"{f.line}:{f.code} {f.message}"
        for f in result.findings
        if f.code not in told and f.severity != "info"
    ]
    return Score(result.usable, wrong, missing, rest, lost, warnings)


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _lost(value: Value, left: str) -> bool:
    text = value[3]
    words = [text] if not any(c.isalpha() for c in text) else text.split()
    figure = re.fullmatch(r"-?[0-9]+", text)
    if figure:
        return _squeezed(str(int(text) // 1000)) not in left and _squeezed(text) not in left
    return any(_squeezed(word) not in left for word in words if word != "None")
