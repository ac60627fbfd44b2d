"""What a change report shows, ready for its template: plain texts in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stavaza.change_effects import BLANK, Money
from stavaza.change_report import ChangedElement, ChangedGroup, ChangeReport, RowChange, Version
from stavaza.diff import Change
from stavaza.display import harmless
from stavaza.i18n import N_, _
from stavaza.publish.texts import Names
from stavaza.review import Reviewed
from stavaza.word_diff import Piece, excerpt, parted

STATES = {
    "new": N_("new"),
    "removed": N_("removed"),
    "changed": N_("changed"),
    "moved": N_("moved"),
    "conflict": N_("two versions"),
}
"""How a state is called, as msgids."""

_LONGEST_FILES = 40
_GIT_NAME = re.compile(r"(?:HEAD|@)(?:[~^][0-9~^]*)?|[0-9a-f]{7,40}")
"""How git names a version; it says nothing to who reads a change report."""


@dataclass(frozen=True)
class MoneyView:
    """One changed amount: from, to and difference in Dutch notation; a balance says it all."""

    label: str
    old: str
    new: str
    gap: str
    balance: bool


@dataclass(frozen=True)
class TextView:
    """A changed text: its paragraphs, each in pieces of sign (` `, `-`, `+`) and words."""

    label: str
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class ValueView:
    """A changed value, from old to new; a dash for nothing."""

    label: str
    old: str
    new: str

    @property
    def only(self) -> str:
        """The one value where there was none before, or is none any more; else ''."""
        if self.old == BLANK:
            return self.new
        return self.old if self.new == BLANK else ""


@dataclass(frozen=True)
class RowView:
    """A changed row of a table with its amounts and other values."""

    table: str
    name: str
    money: tuple[MoneyView, ...]
    values: tuple[ValueView, ...]


@dataclass(frozen=True)
class ReasonView:
    """Why: who, when and the text."""

    who: str
    when: str
    text: str


@dataclass(frozen=True)
class ElementView:
    """One element; `state` is '' where it just changed."""

    anchor: str
    heading: str
    kind: str
    state: str
    note: str
    events: tuple[str, ...]
    money: tuple[MoneyView, ...]
    rows: tuple[RowView, ...]
    values: tuple[ValueView, ...]
    texts: tuple[TextView, ...]
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True)
class GroupView:
    """The elements of one page, with its changed totals."""

    anchor: str
    heading: str
    money: tuple[MoneyView, ...]
    elements: tuple[ElementView, ...]

    @property
    def brief(self) -> tuple[MoneyView, ...]:
        """Its balances; all its amounts where it has none."""
        return tuple(money for money in self.money if money.balance) or self.money


@dataclass(frozen=True)
class VersionView:
    """One of the two versions: its name and when it was recorded, '' where that says nothing."""

    name: str
    when: str


@dataclass(frozen=True)
class ChangesView:
    """The whole change report."""

    old: VersionView
    new: VersionView
    total: tuple[MoneyView, ...]
    groups: tuple[GroupView, ...]
    pages: tuple[tuple[str, str], ...]
    in_texts: tuple[ValueView, ...]
    files: tuple[tuple[str, str], ...]
    more_files: int
    count: int


def changes_view(changes: ChangeReport) -> ChangesView:
    """The change report as texts."""
    names = Names("hoofdinhoud", "inhoud", "kop-inhoud", "in-het-kort", "gevolgen", "bestanden")
    return ChangesView(
        _version(changes.old),
        _version(changes.new),
        _money(changes.total),
        tuple(_group(group, names) for group in changes.groups),
        tuple((page.heading, ", ".join(page.derived)) for page in changes.pages),
        tuple(
            ValueView(f"{each.heading} · {each.label}: “{each.sentence}”", each.old, each.new)
            for each in changes.in_texts
        ),
        tuple((item.heading, _(STATES[item.state])) for item in changes.others[:_LONGEST_FILES]),
        max(0, len(changes.others) - _LONGEST_FILES),
        sum(len(group.elements) for group in changes.groups),
    )


def _version(version: Version) -> VersionView:
    if version.when is None:
        return VersionView(harmless(version.name), "")
    name = harmless(version.name)
    if _GIT_NAME.fullmatch(version.name):
        name = _("the recording of {time}").format(time=f"{version.when:%H:%M}")
    return VersionView(name, dutch_date(version.when))


def dutch_date(when: datetime) -> str:
    """A day as people write it: `31-12-2026`."""
    return f"{when.day}-{when.month}-{when.year}"


def _group(group: ChangedGroup, names: Names) -> GroupView:
    return GroupView(
        names.give(group.heading or "overig"),
        group.heading,
        _money(group.money),
        tuple(_element(element, names) for element in group.elements),
    )


def _element(element: ChangedElement, names: Names) -> ElementView:
    item: Reviewed = element.review
    texts = [change for change in element.changes if change.form == "text"]
    values = [change for change in element.changes if change.form != "text"]
    return ElementView(
        names.give(item.element_id or element.heading),
        element.heading,
        element.kind,
        "" if item.state == "changed" else _(STATES[item.state]),
        item.note,
        element.events,
        _money(element.money),
        tuple(_row(row) for row in element.rows),
        tuple(_value(change) for change in values),
        tuple(_text(change) for change in texts),
        tuple(ReasonView(r.who, dutch_date(r.when), r.text) for r in element.reasons),
    )


def _row(row: RowChange) -> RowView:
    values = tuple(
        replace(_value(change), label=change.label.rsplit(" · ", 1)[-1])
        for change in row.others
        if change.old_text or change.new_text
    )
    return RowView(row.table, row.name, _money(row.money), values)


def _value(change: Change) -> ValueView:
    return ValueView(change.label, change.old_text or BLANK, change.new_text or BLANK)


def _text(change: Change) -> TextView:
    return TextView(change.label, tuple(_paragraphs(excerpt(change.pieces))))


def _paragraphs(pieces: Iterable[Piece]) -> list[tuple[tuple[str, str], ...]]:
    lines: list[list[tuple[str, str]]] = [[]]
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append([])
            # A mark goes around words, not around the space beside them.
            before, words, after = parted(Piece(piece.sign, part))
            runs = ((" ", before), (piece.sign, words), (" ", after))
            lines[-1] += [(sign, text) for sign, text in runs if text]
    return [tuple(line) for line in lines if line]


def _money(found: Iterable[Money]) -> tuple[MoneyView, ...]:
    views = []
    for money in found:
        old, new, gap = money.shown
        views.append(MoneyView(money.label, old, new, gap, money.balance))
    return tuple(views)
