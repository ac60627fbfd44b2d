"""Tells two texts apart that stand side by side on a page, such as plan and progress.

Words above them, columns of a table and boxes of HTML decide. Plain text shows no border: then the
most likely one is proposed, from the form of the paragraphs and from the tense of their sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stavaza.page_import.boxes import EmptyBox
from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.paragraphs import boxes_of, common_depth, is_item, paragraphs

_LOOKING_AHEAD = re.compile(
    r"\b(?:we|wij) (?:gaan|willen|zullen|onderzoeken|starten|werken|maken|geven|zetten|voeren)\b|"
    r"\b(?:zal|zullen|gaat|gaan|willen|streven|nader te bepalen|nog te bepalen|wordt|worden)\b",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(
    r"\b(?:is|zijn|was|waren|heeft|hebben|werd|werden|bleek|bleken)\b(?=.*?\b(?:ge|ver|be|ont|her|"
    r"op|af|uit|aan|in|door|over|voor)\w+(?:d|t|en)\b)|"
    r"\b(?:zoals aangegeven|zoals gemeld|inmiddels|afgerond|gerealiseerd|vertraagd|vertraging|"
    r"conform planning|volgens planning|op schema|geen bijzonderheden|"
    r"nog niet|niet meer|alsnog|onlangs|wederom|afgelopen|daadwerkelijk)\b",
    re.IGNORECASE,
)
_BLANK_LINES = 3
"""Lines of the file between two paragraphs from which the white space is larger than usual."""


@dataclass
class Sides:
    """The lines of the two texts, the words above them, and whether the border is a proposal."""

    before: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    proposed: bool = False


@dataclass(frozen=True)
class Table:
    """What is known of a table around the texts: the line of the label, and words by column."""

    label: int
    columns: Mapping[int, str] = field(default_factory=dict)


def split_sides(page: Page, heads: Sequence[str], lines: Sequence[int], table: Table) -> Sides:
    """The two texts among the lines below a label."""
    words = [normal(head) for head in heads]
    return (
        _by_words(page, words, lines)
        or _by_columns(page, words, lines, table)
        or _by_empty_box(page, lines, table.label)
        or _by_boxes(page, lines)
        or _by_form(page, lines)
    )


def _by_words(page: Page, words: Sequence[str], lines: Sequence[int]) -> Sides | None:
    """Below the words that the template puts above the two; one of them may be missing."""
    found = [at for at in lines if page.lines[at].key in words]
    keys = [page.lines[at].key for at in found]
    if not found or len(set(keys)) < len(keys) or found[0] != lines[0]:
        return None
    if any(page.lines[at].row for at in found) and len(found) == 2:
        columns = {page.lines[at].column: key for at, key in zip(found, keys, strict=True)}
        rows = [at for at in lines if at not in found]
        if len(columns) == 2 and all(page.lines[at].column in columns for at in rows):
            sides = Sides(heads=found)
            for at in rows:
                first = columns[page.lines[at].column] == words[0]
                (sides.before if first else sides.after).append(at)
            return sides
    sides = Sides(heads=found)
    current = sides.before
    for at in lines:
        if at in found:
            current = sides.before if page.lines[at].key == words[0] else sides.after
        else:
            current.append(at)
    return sides


def _by_columns(
    page: Page, words: Sequence[str], lines: Sequence[int], table: Table
) -> Sides | None:
    """In two columns of a table, beside the label or below it; an empty cell counts."""
    if not lines or not all(page.lines[at].row for at in lines):
        return None
    own = page.lines[table.label]
    found = {key: column for column, key in table.columns.items()}
    columns = [found[word] for word in words if word in found]
    if len(columns) != 2:
        end = lines[-1] + 1
        while end < len(page.lines) and page.lines[end].row == page.lines[lines[-1]].row:
            end += 1
        cells = [at for at in range(table.label + 1, end) if page.lines[at].row]
        columns = sorted({page.lines[at].column for at in cells})
        if own.row and own.column in columns and len(columns) > 2:
            columns.remove(own.column)
    if len(columns) != 2 or any(page.lines[at].column not in columns for at in lines):
        return None
    sides = Sides()
    for at in lines:
        (sides.before if page.lines[at].column == columns[0] else sides.after).append(at)
    return sides


def _by_empty_box(page: Page, lines: Sequence[int], label: int) -> Sides | None:
    """All in one of two boxes of a sort, of which the other holds nothing."""
    if not lines:
        return None
    around = page.lines[lines[0]].boxes[: common_depth(page, lines)]
    found = [
        empty
        for empty in page.boxes.empty
        if label < empty.before <= lines[-1] + 1 and _is_beside(page, empty, around, label)
    ]
    if len(found) != 1:
        return None
    texts = list(lines)
    return Sides([], texts) if found[0].before <= lines[0] else Sides(texts, [])


def _is_beside(page: Page, empty: EmptyBox, around: tuple[int, ...], label: int) -> bool:
    """Whether an empty box stands beside one of those around all lines, which is of its sort."""
    place = len(empty.boxes) - 1
    if place >= len(around) or empty.boxes[:place] != around[:place]:
        return False
    inside = page.lines[label].boxes[: place + 1] == around[: place + 1]
    return not inside and page.boxes.alike(empty.boxes[place], around[place])


def _by_boxes(page: Page, lines: Sequence[int]) -> Sides | None:
    """In two boxes of HTML that hold nothing else, and that are no lists or items themselves."""
    boxes = boxes_of(page, lines)
    if len(boxes) != 2:
        return None
    depth = common_depth(page, lines)
    if all(_is_list(page.lines[box[0]], depth) for box in boxes):
        return None
    return Sides(boxes[0], boxes[1])


def _is_list(line: Line, depth: int) -> bool:
    """Whether the box at that depth is a list or one of its items."""
    around = [line.boxes.index(item) for item in line.items if item in line.boxes]
    return any(place - 1 <= depth <= place for place in around)


def _by_form(page: Page, lines: Sequence[int]) -> Sides:
    """The most likely border, which the page does not show."""
    blocks = _units(page, paragraphs(page, lines))
    if len(blocks) < 2:
        return Sides(list(lines), [], proposed=bool(lines))
    scores = [_score(page, blocks, border) for border in range(1, len(blocks))]
    border = 1 + scores.index(max(scores))
    before = [at for block in blocks[:border] for at in block]
    after = [at for block in blocks[border:] for at in block]
    return Sides(before, after, proposed=True)


def _units(page: Page, blocks: Sequence[list[int]]) -> list[list[int]]:
    """Paragraphs that belong together: the items of one list, and a line that announces a list.

    In plain text a list ends at an empty line; in HTML its items have the same boxes.
    """
    units: list[list[int]] = []
    for block in blocks:
        first = page.lines[block[0]]
        last = page.lines[units[-1][-1]] if units else None
        announced = last is not None and last.text.endswith(":")
        same_list = (
            last is not None
            and bool(first.bullet)
            and bool(first.boxes)
            and is_item(last)
            and first.boxes[:-1] == last.boxes[:-1]
        )
        if units and (announced or same_list):
            units[-1] = [*units[-1], *block]
        else:
            units.append(list(block))
    return units


def _score(page: Page, blocks: Sequence[Sequence[int]], border: int) -> float:
    """How much speaks for a border before the block at `border`."""
    before, after = blocks[border - 1], blocks[border]
    last, first = page.lines[before[-1]], page.lines[after[0]]
    score = 1.5 if border == 1 else 0.0
    if is_item(last) and is_item(first):
        score += 3
    elif is_item(last):
        score += 1
    if not first.boxes and first.number - last.number >= _BLANK_LINES:
        score += 2
    score -= sum(_tense(page, block) for block in blocks[:border]) / border
    score += sum(_tense(page, block) for block in blocks[border:]) / (len(blocks) - border)
    return score


def _tense(page: Page, block: Sequence[int]) -> float:
    """From -1, a text that looks ahead, to 1, one that looks back."""
    back = sum(_LOOKING_BACK.search(page.lines[at].text) is not None for at in block)
    ahead = sum(_LOOKING_AHEAD.search(page.lines[at].text) is not None for at in block)
    return (back - ahead) / len(block)
