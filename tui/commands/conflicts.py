"""`stavaza conflicts`: values that two people changed differently: both versions, and choosing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    FINDINGS,
    FINE,
    add_common,
    emit,
    emit_json,
    known_element,
    opened,
)

if TYPE_CHECKING:
    from stavaza.open_conflicts import OpenConflict

NAME = "conflicts"
HELP = N_("list values that you and someone else changed differently, and choose")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "choice",
        nargs="?",
        default=None,
        choices=("ours", "theirs", "both"),
        metavar="ours|theirs|both",
        help=_("keep what is here, take the other's, or keep both texts; without it a list"),
    )
    parser.add_argument(
        "element", nargs="?", default="", metavar=_("ELEMENT"), help=_("only in this element")
    )
    parser.add_argument(
        "field", nargs="?", default="", metavar=_("FIELD"), help=_("only this address, as listed")
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """List or decide; 1 while anything is left to decide."""
    from stavaza.conflicts import ConflictError
    from stavaza.open_conflicts import decide, open_conflicts_of

    report = opened(args)
    if args.choice:
        if args.element:
            known_element(report, args.element, headings=True)
        meant = [each for each in open_conflicts_of(report) if _meant(each, args)]
        for each in meant:
            try:
                decide(report, each, args.choice)
            except ConflictError as error:
                emit(f"{each.heading} · {each.label}: {error}", error=True)
    left = open_conflicts_of(report)
    if args.format == "json":
        emit_json([_plain(each) for each in left])
        return FINDINGS if left else FINE
    for each in left:
        _tell(each)
    if left:
        told = ngettext("{n} value is left to decide.", "{n} values are left to decide.", len(left))
        emit(told.format(n=len(left)))
    else:
        emit(_("Nothing is left to decide; share with: stavaza share"))
    return FINDINGS if left else FINE


def _meant(found: OpenConflict, args: argparse.Namespace) -> bool:
    return args.element in ("", found.element_id, found.heading) and args.field in (
        "",
        found.address,
    )


def _plain(found: OpenConflict) -> dict[str, object]:
    return {
        "element": found.element_id,
        "file": str(found.file),
        "field": list(found.path),
        "ours": found.text(ours=True),
        "theirs": found.text(ours=False),
    }


def _tell(found: OpenConflict) -> None:
    from stavaza.display import harmless, harmless_lines

    emit(harmless(f"{found.heading} · {found.label}"))
    for label, ours in ((_("here"), True), (_("the other"), False)):
        text = harmless_lines(found.text(ours=ours)) or _("(removed)")
        emit(f"  {label}: " + text.replace("\n", "\n    "))
    emit(harmless(f"  {found.element_id or found.heading} {found.address}"))
    emit()
