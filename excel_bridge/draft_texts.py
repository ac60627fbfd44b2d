"""Guesses which columns of a sheet hold a row's own texts, such as its description."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from excel_bridge.grid import Grid, plain_text, same_text
from excel_bridge.keys import as_shown
from excel_bridge.targets import Target, Values
from stavaza.tree import Report

_SURE: Final = 0.8


def shown_text(grid: Grid, row: int, column: int) -> str:
    """A cell as text, a code such as 0.10 as its format shows it."""
    value = grid.value(row, column)
    return as_shown(value, grid.formats.get((row, column), "")) or plain_text(value)


@dataclass(frozen=True)
class TextColumns:
    """The columns that may hold texts, and the lines whose rows the report has."""

    grid: Grid
    columns: Sequence[int]
    known: Sequence[tuple[int, Values]]
    """Line of the sheet and what its row holds."""
    header: Callable[[int], str]


def own_texts(report: Report, target: Target, sheet: TextColumns) -> Iterator[tuple[str, int]]:
    """The column of each text or code of a row: as known lines show, else by its header."""
    fields = {k: s for k, s in target.fields(report).items() if s.type in ("regel", "code")}
    used: set[int] = set()
    left: list[str] = []
    for key in fields:
        hits = _hits(sheet, key, used)
        best = max(hits, key=lambda column: hits[column], default=None)
        if best is not None and hits[best] >= max(1, _SURE * len(sheet.known)):
            used.add(best)
            yield key, best
        else:
            left.append(key)
    for key in left:
        label = same_text(fields[key].label)
        same = [c for c in sheet.columns if same_text(sheet.header(c)) == label and c not in used]
        if same and not _contradicted(sheet, key, same[0]):
            used.add(same[0])
            yield key, same[0]


def _hits(sheet: TextColumns, key: str, used: set[int]) -> Mapping[int, int]:
    texts = [(row, same_text(held.get(key))) for row, held in sheet.known]
    return {
        column: sum(
            bool(text) and same_text(shown_text(sheet.grid, row, column)) == text
            for row, text in texts
        )
        for column in sheet.columns
        if column not in used
    }


def _contradicted(sheet: TextColumns, key: str, column: int) -> bool:
    """Whether most known lines say something else than their rows do."""
    pairs = [
        (shown_text(sheet.grid, row, column), plain_text(held.get(key)))
        for row, held in sheet.known
    ]
    both = [(same_text(said), same_text(text)) for said, text in pairs if said and text]
    return 2 * sum(said == text for said, text in both) < len(both)
