"""Differences as lines: unsaved first, then what is not committed, each value from old to new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stavaza.diff import Change, gap_text
from stavaza.finding import KeyPath
from stavaza.i18n import N_, _
from stavaza.review import Reviewed
from stavaza.word_diff import Piece, excerpt, parted
from tui.widgets.grid_source import Cell, Look
from tui.widgets.line_list import Line, Run, cell_of, wrapped

_STATES = {
    "new": N_("new"),
    "removed": N_("removed"),
    "moved": N_("moved"),
    "conflict": N_("two versions"),
}
_MARKS: dict[str, tuple[str, str, Look]] = {
    "-": ("[-", "-]", "gone"),
    "+": ("[+", "+]", "come"),
    " ": ("", "", ""),
}
_MOST_LINES = 12
_INDENT = 4


@dataclass(frozen=True)
class Place:
    """What a line stands for: a value of an element; `number` keeps equal places apart."""

    number: int
    element_id: str | None
    path: KeyPath = ()


def section(title: str, found: Iterable[Reviewed], width: int, start: int) -> list[Line[Place]]:
    """A heading and all that differs below it; places are numbered from `start`."""
    lines: list[Line[Place]] = [Line(Cell(f" {title}", "muted"))]
    for item in found:
        for line in _item(item, width):
            number = start + len(lines)
            place = line.item
            if place is not None:
                place = Place(number, place.element_id, place.path)
            lines.append(Line(line.cell, place))
        lines.append(Line(Cell("")))
    return lines


def _item(item: Reviewed, width: int) -> Iterator[Line[Place]]:
    runs: list[Run] = [(item.heading, "group")]
    if item.state in _STATES:
        runs.append((f"  {_(_STATES[item.state])}", "blauw"))
    if item.file != item.heading:
        runs.append((f"  {item.file}", "muted"))
    own = Place(0, item.element_id)
    if item.state == "removed":  # its name says enough
        yield Line(cell_of(runs, 1), own)
        return
    yield Line(cell_of(runs, 1), None if item.changes else own)
    if item.note:
        yield from (Line(cell) for cell in wrapped([(item.note, "")], width, _INDENT))
    for change in item.changes:
        yield from _change(change, Place(0, item.element_id, change.path), width)


def _change(change: Change, stop: Place, width: int) -> Iterator[Line[Place]]:
    label: Run = (f"{change.label}: ", "muted")
    if change.form == "text":
        yield Line(cell_of([(f"{change.label}:", "muted")], _INDENT), stop)
        cells = wrapped(_marked(excerpt(change.pieces)), width, _INDENT + 2)
        shown = _MOST_LINES if len(cells) > _MOST_LINES + 1 else len(cells)
        yield from (Line(cell) for cell in cells[:shown])
        if rest := len(cells) - shown:  # never one: that line would take no more room
            yield Line(Cell(" " * (_INDENT + 2) + _("… {n} more lines").format(n=rest), "muted"))
        return
    first, *others = wrapped([label, *_old_and_new(change)], width, _INDENT) or [Cell("")]
    yield Line(first, stop)
    yield from (Line(cell) for cell in others)


def _old_and_new(change: Change) -> list[Run]:
    if change.old is None:
        runs: list[Run] = [(f"[+{change.new_text}+]", "come")]
    elif change.new is None:
        runs = [(f"[-{change.old_text}-]", "gone")]
    else:
        runs = [
            (change.old_text or _("(empty)"), "gone"),
            (" → ", "muted"),
            (change.new_text or _("(empty)"), "come"),
        ]
    gap = gap_text(change)
    return [*runs, (f"  ({gap})", "")] if gap else runs


def _marked(pieces: Iterable[Piece]) -> Iterator[Run]:
    """The words with a mark and a look for what went and what came."""
    for piece in pieces:
        before, after, look = _MARKS[piece.sign]
        space, words, rest = parted(piece)
        yield space, ""
        yield f"{before}{words}{after}", look
        yield rest, ""
