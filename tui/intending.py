"""Leaves an amount in a text as it is, as one change that undo takes back."""

from __future__ import annotations

from stavaza.check_figures import amounts_said
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.intended import KEY, with_mark, words_of
from tui.session import Session

CODES = ("F002", "F003")
"""The findings about an amount in a text that may be meant as it is."""


def can_be_left(finding: Finding | None) -> bool:
    """Whether a finding is about an amount that a person may leave as it is."""
    return finding is not None and finding.code in CODES


def ways_on(finding: Finding) -> str:
    """What a person does about a finding from the list, where that is shorter than its rule."""
    if finding.code == "F002":
        return _("Enter and F2 let the text follow the figure; z leaves it so.")
    if finding.code == "F003":
        return _("Enter, then correct it or F2 for the figure; z leaves it so.")
    return finding.action


def left_as_it_is(session: Session, finding: Finding | None) -> str:
    """Mark the amount of a finding as meant so; a sentence about what was done."""
    element = session.element(finding.element or "") if finding else None
    if finding is None or element is None or not can_be_left(finding):
        return _("Only an amount in a text that is a figure, or nearly one, can be left so.")
    report = session.report
    kind = report.kind(element)
    said = str(finding.params.get("text", ""))
    for amount in amounts_said(report, element, kind) if kind else ():
        if amount.path == finding.path and words_of(amount.mention.text) == said:
            figure = amount.figures[0][0]
            marks = with_mark(element, amount.path, said, figure.value)
            session.set_value(element.id, (KEY,), marks)
            text = _("{amount} stays as it is; when {figure} changes, you hear of it again.")
            return text.format(amount=said, figure=figure.label)
    return _("The text says something else by now.")
