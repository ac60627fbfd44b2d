"""`stavaza diff`: what differs between two versions of the report, by meaning."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_report_argument,
    emit,
    opened,
)

if TYPE_CHECKING:
    from stavaza.change_effects import Money
    from stavaza.change_report import ChangeReport, Version
    from stavaza.diff import Change
    from stavaza.review import Reviewed
    from stavaza.tree import Report
    from stavaza.word_diff import Piece

NAME = "diff"
HELP = N_("show what differs between two versions of the report, field by field")

FORMATS = ("text", "markdown", "html", "json")
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
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help=_("text for people, markdown, a page for college and council, json for machines"),
    )
    parser.add_argument(
        "--out", type=Path, default=None, metavar=_("FILE"), help=_("file to write to")
    )


def run(args: argparse.Namespace) -> int:
    """Print what differs; 1 where anything does, 2 where git cannot say."""
    from stavaza.change_report import change_report
    from stavaza.git_run import GitError

    report = opened(args)
    try:
        changes = change_report(report, *_versions(report, args.versions))
    except GitError as error:
        emit(str(error), error=True)
        return COULD_NOT
    _write(_made(changes, args.format), args.out)
    return FINDINGS if changes.count else FINE


def _versions(report: Report, asked: str | None) -> tuple[Version, Version]:
    """The two versions that a person means, with the names to call them by."""
    from stavaza.change_report import version
    from stavaza.review import parse_range

    old, new = parse_range(report.root, asked, report.current_moment.key)
    first, dots, second = (asked or "").partition("..")
    names = first or _("last recorded version"), second or _("last recorded version")
    return version(report.root, names[0], old), version(
        report.root, names[1] if dots else None, new
    )


def _made(changes: ChangeReport, form: str) -> bytes:
    if form == "html":
        from stavaza.publish.change_page import html_page

        return html_page(changes)
    if form == "markdown":
        from stavaza.publish.change_page import markdown

        return markdown(changes).encode("utf-8")
    if form == "json":
        text = json.dumps(changes.as_json(), ensure_ascii=True, indent=2, default=str)
        return f"{text}\n".encode("ascii")
    return "".join(f"{line}\n" for line in report_lines(changes)).encode("utf-8")


def _write(made: bytes, out: Path | None) -> None:
    if out is None:
        emit(made.decode("utf-8").removesuffix("\n"))
        return
    from stavaza.files import write_safely

    target = out.expanduser().absolute()
    write_safely(target, made)
    emit(_("The changes are in {file}.").format(file=target))


def report_lines(changes: ChangeReport) -> Iterator[str]:
    """The whole change report as lines that are safe to show."""
    from stavaza.display import harmless

    for group in changes.groups:
        for element in group.elements:
            for line in as_text(element.review):
                yield harmless(line)
            for reason in element.reasons:
                why = _("Why: {text} ({who})").format(text=reason.text, who=reason.who)
                yield harmless(f"  {why}")
                yield ""
    for item in changes.others:
        for line in as_text(item):
            yield harmless(line)
    for line in _effects(changes):
        yield harmless(line)
    yield _summary(changes.count)


def _effects(changes: ChangeReport) -> Iterator[str]:
    """What the changes do elsewhere: totals, and sentences that name a changed figure."""
    for group in changes.groups:
        if group.money:
            yield _("Total of {name}:").format(name=group.heading)
            yield from _money_lines(group.money)
    for text in changes.in_texts:
        sentence = _("{element} · {field} names a changed figure: {old} → {new}")
        yield sentence.format(element=text.heading, field=text.label, old=text.old, new=text.new)
        yield f"  “{text.sentence}”"
    if changes.pages:
        pages = ", ".join(page.heading for page in changes.pages)
        yield _("Pages that change: {pages}").format(pages=pages)


def _money_lines(found: tuple[Money, ...]) -> Iterator[str]:
    for money in found:
        old, new, gap = money.shown
        yield f"  {money.label}: {old} → {new}  ({gap})"


def _summary(count: int) -> str:
    if not count:
        return _("Nothing differs.")
    return ngettext("{n} element or file differs.", "{n} elements or files differ.", count).format(
        n=count
    )


def as_text(item: Reviewed) -> Iterator[str]:
    """One element or file as lines: its name, its state, and each value from old to new."""
    from stavaza.publish.change_view import STATES

    state = "" if item.state == "changed" else f" [{_(STATES[item.state])}]"
    file = f"  ({item.file})" if item.file != item.heading else ""
    yield f"{item.heading}{state}{file}"
    if item.note:
        yield f"  {item.note}"
    for change in item.changes:
        yield from change_lines(change)
    yield ""


def change_lines(change: Change) -> Iterator[str]:
    """One change as lines: from old to new, a text by word."""
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
