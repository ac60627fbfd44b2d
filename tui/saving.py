"""Saving with what a person may have to decide: files changed by others, unsaved work."""

from __future__ import annotations

from textual.app import App
from textual.content import Content

from stavaza.i18n import _, ngettext
from stavaza.sentences import split
from tui.disk import Difference, describe
from tui.session import SaveProblem, Session
from tui.widgets.dialogs import Answer, ConfirmDialog, MessageDialog

_LONGEST_WHOLE = 120
"""Of texts with more signs than this only the sentences that differ are shown."""


async def save(app: App[int], session: Session, element_id: str | None = None) -> bool:
    """Save one element or all, asking where a file was changed by others; whether all is saved.

    Must run in a worker, as it waits for dialogs.
    """
    before = [e for e in session.dirty() if element_id in (None, e.id)]
    if not before:
        app.notify(_("There is nothing to save."), timeout=2)
        return True
    problems = session.save(element_id)
    while changed := [problem for problem in problems if problem.kind == "changed"]:
        problems = [problem for problem in problems if problem.kind != "changed"]
        for problem in changed:
            if await settle(app, session, problem.element_id):
                problems += session.save(problem.element_id)
            else:
                problems.append(SaveProblem(problem.element_id, "refused", problem.sentence))
    saved = sum(not element.changed for element in before)
    if saved:
        said = ngettext("{n} element saved.", "{n} elements saved.", saved)
        app.notify(said.format(n=saved), timeout=2)
    if problems:
        text = "\n\n".join(problem.sentence for problem in problems)
        await app.push_screen_wait(MessageDialog(_("Not saved"), text))
    return not problems


async def settle(app: App[int], session: Session, element_id: str) -> bool:
    """Let a person decide about a file that was changed by others; whether it is decided."""
    element = session.element(element_id)
    if element is None:
        return True
    if element.source is None:  # a new element whose file exists already: only another code helps
        return False
    answers = [
        Answer("mine", _("Keep mine")),
        Answer("theirs", _("Take theirs")),
        Answer("later", _("Decide later")),
    ]
    text = difference_text(session.disk_difference(element_id))
    title = describe(session.report, element)
    answer = await app.push_screen_wait(ConfirmDialog(title, text, answers, first="later"))
    if answer == "mine":
        findings = session.keep_mine(element_id)
    elif answer == "theirs":
        findings = session.take_theirs(element_id)
    else:
        return False
    if findings:
        text = Content("\n".join(finding.line_of_text(session.report.root) for finding in findings))
        await app.push_screen_wait(MessageDialog(_("The file cannot be read"), text))
    return not findings


def difference_text(found: list[Difference]) -> Content:
    """Differences for a person: each value here and in the file."""
    if not found:
        return Content(_("Only the layout of the file differs."))
    parts: list[Content] = []
    for difference in found:
        parts += [
            Content.assemble(Content.styled(difference.label, "bold"), "  ", _who(difference)),
            _side(_("here"), difference.mine, difference.theirs),
            _side(_("in the file"), difference.theirs, difference.mine),
            Content(""),
        ]
    return Content("\n").join(parts[:-1])


def _who(difference: Difference) -> Content:
    """Which side changed a value."""
    if difference.conflict:
        return Content.styled(_("changed on both sides"), "$text-error")
    here = difference.theirs == difference.before
    return Content.styled(_("changed here") if here else _("changed in the file"), "$text-muted")


def _side(label: str, text: str, other: str) -> Content:
    shown = " ".join(text.split())
    if len(shown) > _LONGEST_WHOLE:
        shown = _differing(shown, " ".join(other.split()))
    return Content.assemble(Content.styled(f"{label}: ", "$text-muted"), shown or "·")


def _differing(text: str, other: str) -> str:
    """The sentences that the other has not, `…` for those between; all if only order differs."""
    known = set(split(other))
    shown: list[str] = []
    for sentence in split(text):
        piece = "…" if sentence in known else sentence
        if piece != "…" or shown[-1:] != ["…"]:
            shown.append(piece)
    return text if shown == ["…"] and set(split(text)) == known else " ".join(shown)


async def leave_untaken(app: App[int], wrong: list[str]) -> bool:
    """Ask about what was typed but cannot be stored; whether to go on without it."""
    answers = [Answer("stay", _("Improve it")), Answer("leave", _("Leave it as it was"))]
    dialog = ConfirmDialog(_("This cannot be stored"), "\n".join(wrong), answers)
    return await app.push_screen_wait(dialog) == "leave"


async def may_leave(app: App[int], session: Session) -> bool:
    """Ask about unsaved work before closing; whether the app may close. Runs in a worker."""
    dirty = session.dirty()
    if not dirty:
        return True
    names = [session.report.heading(element) for element in dirty]
    listed = "\n".join(f"• {name}" for name in names[:10]) + ("\n…" if len(names) > 10 else "")
    said = ngettext(
        "{n} element has unsaved work:", "{n} elements have unsaved work:", len(dirty)
    ).format(n=len(dirty))
    answers = [
        Answer("save", _("Save and close")),
        Answer("drop", _("Close without saving")),
        Answer("stay", _("Stay")),
    ]
    dialog = ConfirmDialog(_("Unsaved work"), f"{said}\n\n{listed}", answers)
    answer = await app.push_screen_wait(dialog)
    if answer == "save":
        return await save(app, session)
    if answer == "drop":
        for element in dirty:
            session.drop_changes(element.id)
        return True
    return False
