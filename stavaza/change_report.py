"""The change report: what differs between two versions, per page and element, the money first.

College and council read it, so it says what changed, what that costs, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from stavaza import history
from stavaza.change_effects import (
    FigureInText,
    Money,
    PageEffect,
    changed_pages,
    figures_in_texts,
    own_totals,
    summed_totals,
)
from stavaza.code_pairs import under_codes
from stavaza.commits import commits
from stavaza.diff import Change, amount_of
from stavaza.i18n import _
from stavaza.references import filled
from stavaza.report_at import report_at
from stavaza.review import Reviewed, fetch, reviewed
from stavaza.store import is_element_path, open_report
from stavaza.template import Kind
from stavaza.tree import Element, Report

_HEAD = ("soort", "code", "ouder", "vervallen", "volgorde")
"""What the events of an element tell already."""


@dataclass(frozen=True)
class Version:
    """One of the two versions: how the reader asked for it, its commit, and when that was made.

    `commit` is None for the folder as it is (`folder`), and for what was before all commits.
    """

    name: str
    commit: str | None
    when: datetime | None = None
    folder: bool = False


def version(root: Path, name: str | None, commit: str | None) -> Version:
    """A version from its commit; without a name it is the folder as it is. Raises GitError."""
    if name is None:
        return Version(_("the folder as it is"), None, None, folder=True)
    return Version(name, commit, history.commit_time(root, commit) if commit else None)


@dataclass(frozen=True)
class Reason:
    """Why something changed, as the one who recorded it wrote."""

    who: str
    when: datetime
    text: str


@dataclass(frozen=True)
class RowChange:
    """The changes of one row of a table; `name` is its key and description."""

    table: str
    name: str
    money: tuple[Money, ...]
    others: tuple[Change, ...]


@dataclass(frozen=True)
class ChangedElement:
    """One element that differs.

    `events` tell in sentences that it was renamed, moved, retired or restored; `money` are the
    totals of its own tables and its own amounts; `changes` what is left.
    """

    heading: str
    kind: str
    review: Reviewed
    events: tuple[str, ...]
    money: tuple[Money, ...]
    rows: tuple[RowChange, ...]
    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class ChangedGroup:
    """The elements of one page that differ, with the sums of that page; a blank heading: none."""

    heading: str
    money: tuple[Money, ...]
    elements: tuple[ChangedElement, ...]


@dataclass(frozen=True)
class ChangeReport:
    """All that differs between two versions of a report, in reading order."""

    report: Report
    old: Version
    new: Version
    groups: tuple[ChangedGroup, ...]
    others: tuple[Reviewed, ...]
    total: tuple[Money, ...]
    pages: tuple[PageEffect, ...]
    in_texts: tuple[FigureInText, ...]

    @property
    def count(self) -> int:
        """How many elements and other files differ."""
        return sum(len(group.elements) for group in self.groups) + len(self.others)

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        elements = [element for group in self.groups for element in group.elements]
        return {
            "old": self.old.commit,
            "new": self.new.commit,
            "elements": [
                {
                    **element.review.as_json(),
                    "totals": [money.as_json() for money in element.money],
                    "reasons": [
                        {"who": reason.who, "when": reason.when.isoformat(), "text": reason.text}
                        for reason in element.reasons
                    ],
                }
                for element in elements
            ],
            "files": [item.as_json() for item in self.others],
            "totals": [money.as_json() for money in self.total],
            "pages": [{"page": page.heading, "derived": list(page.derived)} for page in self.pages],
            "texts": [
                {
                    "element": each.heading,
                    "field": each.label,
                    "old": each.old,
                    "new": each.new,
                    "sentence": each.sentence,
                }
                for each in self.in_texts
            ],
        }


def change_report(report: Report, old: Version, new: Version) -> ChangeReport:
    """Compare two versions; names and labels are those of the newer one. Raises GitError."""
    fetched = fetch(report.root, old.commit, new.commit)
    after = _as_it_is(report) if new.folder else report_at(report, new.commit)
    before = under_codes(report_at(report, old.commit), after)
    found = reviewed(after, fetched)
    why = _reasons(report, old, new)
    elements: dict[str, list[ChangedElement]] = {}
    for item in found:
        if item.element_id is not None:
            group = _page_of(before, after, item.element_id)
            made = _element(before, after, item, why.get(item.element_id, ()))
            elements.setdefault(group, []).append(made)
    groups = tuple(
        ChangedGroup(_group_heading(before, after, key), _sums(before, after, key), tuple(inside))
        for key, inside in elements.items()
    )
    return ChangeReport(
        after,
        old,
        new,
        groups,
        tuple(item for item in found if item.element_id is None),
        summed_totals(before, after, None),
        changed_pages(before, after),
        figures_in_texts(before, after),
    )


def _as_it_is(report: Report) -> Report:
    fresh, _findings = open_report(report.root)
    return fresh if fresh is not None else report


def _page_of(old: Report, new: Report, element_id: str) -> str:
    """The element whose page shows it: itself, or the nearest above that has one; '' for none."""
    side = new if element_id in new.elements else old
    at: str | None = element_id
    while at is not None and at in side.elements:
        if side.template.layout_of(side.elements[at].kind) is not None:
            return at
        at = side.parent_of(side.elements[at])
    return ""


def _group_heading(old: Report, new: Report, key: str) -> str:
    for report in (new, old):
        if key in report.elements:
            return report.heading(report.elements[key])
    return ""


def _sums(old: Report, new: Report, key: str) -> tuple[Money, ...]:
    return summed_totals(old, new, key) if key else ()


def _element(old: Report, new: Report, item: Reviewed, reasons: Iterable[Reason]) -> ChangedElement:
    key = item.element_id or ""
    side = new if key in new.elements else old
    element = side.elements.get(key)
    kind = side.kind(element) if element is not None else None
    rows, single, left = _split(side, kind, item)
    events = _events(old, new, element, item) if element is not None else ()
    totals = own_totals(old, new, key) if item.state != "conflict" else ()
    return ChangedElement(
        item.heading,
        kind.label if kind else "",
        item,
        tuple(events),
        (*single, *totals),
        rows,
        tuple(_with_figures(old, new, key, change) for change in left),
        tuple(reasons),
    )


def _split(
    report: Report, kind: Kind | None, item: Reviewed
) -> tuple[tuple[RowChange, ...], tuple[Money, ...], tuple[Change, ...]]:
    """The changes by how they are read: rows of tables, single amounts, and all others."""
    rows: dict[tuple[str, str], list[Change]] = {}
    single: list[Money] = []
    left: list[Change] = []
    fields = kind.fields if kind else {}
    hidden = [*_HEAD] if item.state == "changed" else ["soort", "code"]
    if kind is not None and kind.fields[kind.name_field].type != "tekst":
        hidden.append(kind.name_field)
    for change in item.changes:
        spec = fields.get(change.path[0])
        if spec is not None and spec.type == "tabel" and len(change.path) > 1:
            rows.setdefault((change.path[0], change.path[1]), []).append(change)
        elif change.form == "amount":
            single.append(_money(change))
        elif change.path[0] not in hidden:
            left.append(change)
    return (
        tuple(_row(key, changes, report, item) for key, changes in rows.items()),
        tuple(single),
        tuple(left),
    )


def _money(change: Change) -> Money:
    return Money(change.label.rsplit(" · ", 1)[-1], amount_of(change.old), amount_of(change.new))


def _row(key: tuple[str, str], changes: list[Change], report: Report, item: Reviewed) -> RowChange:
    money = tuple(_money(change) for change in changes if change.form == "amount")
    others = tuple(change for change in changes if change.form != "amount")
    element = report.elements.get(item.element_id or "")
    row = element.rows(key[0]).get(key[1], {}) if element is not None else {}
    words = [text for text in row.values() if isinstance(text, str)]
    words = words or [change.old_text for change in others if change.old_text]
    name = f"{key[1]} {words[0]}" if words else key[1]
    return RowChange(changes[0].label.split(" · ")[0], name, money, others)


def _with_figures(old: Report, new: Report, element_id: str, change: Change) -> Change:
    """A changed text as a reader sees it: with figures in place of references to them."""
    if change.form != "text" or "[[" not in change.old_text + change.new_text:
        return change
    texts = [
        filled(report, report.elements[element_id], text) if element_id in report.elements else text
        for report, text in ((old, change.old_text), (new, change.new_text))
    ]
    return replace(change, old_text=texts[0], new_text=texts[1])


def _events(old: Report, new: Report, element: Element, item: Reviewed) -> list[str]:
    """Sentences about what happened to the element as a whole."""
    was = old.elements.get(element.id)
    found: list[str] = []
    if was is None or item.state in ("new", "removed", "conflict"):
        return found
    if new.name(element) != old.name(was) and not _named_in_text(new, element):
        found.append(_("Was called “{name}”.").format(name=old.name(was)))
    if element.parent != was.parent:
        sentence = _("Moved from “{old}” to “{new}”.")
        places = {"old": _place(old, was), "new": _place(new, element)}
        found.append(sentence.format(**places))
    if element.retired != was.retired:
        found.append(_("Retired.") if element.retired else _("Restored."))
    if element.data.get("volgorde") != was.data.get("volgorde") and element.parent == was.parent:
        found.append(_("Stands at another place in the order."))
    return found


def _named_in_text(report: Report, element: Element) -> bool:
    """Whether the name is a text of sentences, whose words are compared anyway."""
    kind = report.kind(element)
    return kind is not None and kind.fields[kind.name_field].type == "tekst"


def _place(report: Report, element: Element) -> str:
    above = element.parent
    if above is None:
        return _("the top")
    return report.heading(report.elements[above]) if above in report.elements else above


def _reasons(report: Report, old: Version, new: Version) -> Mapping[str, tuple[Reason, ...]]:
    """What people wrote about each element's changes, oldest first."""
    last = new.commit
    if new.folder:
        state = history.git_state(report.root)
        last = state.commit if state else None
    if last is None:
        return {}
    found: dict[str, list[Reason]] = {}
    for commit in reversed(commits(report.root, last, old.commit)):
        if len(commit.parents) > 1 or not commit.reason:
            continue
        reason = Reason(commit.who, commit.when, commit.reason)
        for stem in {PurePosixPath(f.path).stem for f in commit.files if is_element_path(f.path)}:
            found.setdefault(stem, []).append(reason)
    return {key: tuple(inside) for key, inside in found.items()}
