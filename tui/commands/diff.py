"""`stavaza diff`: what differs between two versions of the report, by meaning."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_format_argument,
    add_report_argument,
    emit,
    emit_json,
    open_or_tell,
)

if TYPE_CHECKING:
    from stavaza.diff import Change
    from stavaza.review import Reviewed
    from stavaza.word_diff import Piece

NAME = "diff"
HELP = N_("show what differs between two versions of the report, field by field")

_STATES = {
    "new": N_("new"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "moved": N_("moved"),
    "conflict": N_("two versions"),
}
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}"), " ": ("", "")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "versions",
        nargs="?",
        metavar=_("REV[..REV]"),
        help=_(
            "a version to compare the folder with, or two versions with .. between them; "
            "otherwise the last commit"
        ),
    )
    add_report_argument(parser)
    add_format_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Print what differs; 1 where anything does, 2 where git cannot say."""
    from stavaza.display import harmless
    from stavaza.history import GitError
    from stavaza.review import compare, parse_range

    report = open_or_tell(args)
    if report is None:
        return COULD_NOT
    try:
        found = compare(report, *parse_range(report.root, args.versions))
    except GitError as error:
        emit(str(error), error=True)
        return COULD_NOT
    if args.format == "json":
        emit_json([item.as_json() for item in found])
    else:
        for item in found:
            for line in as_text(item):
                emit(harmless(line))
        emit(_summary(len(found)))
    return FINDINGS if found else FINE


def _summary(count: int) -> str:
    if not count:
        return _("Nothing differs.")
    return ngettext("{n} element or file differs.", "{n} elements or files differ.", count).format(
        n=count
    )


def as_text(item: Reviewed) -> Iterator[str]:
    """One element or file as lines: its name, its state, and each value from old to new."""
    state = "" if item.state == "changed" else f" [{_(_STATES[item.state])}]"
    file = f"  ({item.file})" if item.file != item.heading else ""
    yield f"{item.heading}{state}{file}"
    if item.note:
        yield f"  {item.note}"
    for change in item.changes:
        yield from _change_lines(change)
    yield ""


def _change_lines(change: Change) -> Iterator[str]:
    from stavaza.diff import gap_text
    from stavaza.word_diff import excerpt

    if change.form == "text":
        yield f"  {change.label}:"
        for line in _marked(excerpt(change.pieces)).splitlines():
            if line.strip():
                yield f"    {line}"
        return
    old, new = change.old_text or _("(empty)"), change.new_text or _("(empty)")
    gap = gap_text(change)
    yield f"  {change.label}: {old} → {new}" + (f"  ({gap})" if gap else "")


def _marked(pieces: list[Piece]) -> str:
    """The words with git's marks around what went and what came."""
    from stavaza.word_diff import parted

    parts = []
    for piece in pieces:
        before, after = _MARKS[piece.sign]
        space, words, rest = parted(piece)
        lines = words.split("\n")
        marked = "\n".join(before + line + after if line else "" for line in lines)
        parts.append(space + marked + rest)
    return "".join(parts)
