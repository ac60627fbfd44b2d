"""Offers the unsaved work that was left when Stavaza ended badly: all of it, and nothing chosen.

Where two programs were open on one report, an element can have been left more than once. What goes
together is put together; where it does not, a person sees both and chooses.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.content import Content

from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from tui.disk import label_of, shown
from tui.draft_merge import Clash, Gathered
from tui.drafts import Draft
from tui.session import Session
from tui.widgets.dialogs import Answer, ConfirmDialog


async def offer_drafts(app: App[int], session: Session) -> None:
    """Offer the unsaved work of an earlier time that ended badly. Runs in a worker."""
    left = session.left_drafts()
    placed: dict[str, list[Draft]] = {}
    for draft in left:
        if draft.has_place(session.report):
            placed.setdefault(draft.element_id, []).append(draft)
    if placed:
        await _offer(app, session, placed)
    if homeless := [draft for draft in left if not draft.has_place(session.report)]:
        await _show_homeless(app, session, homeless)


async def _offer(app: App[int], session: Session, placed: dict[str, list[Draft]]) -> None:
    said = ngettext(
        "Stavaza was closed while {n} element had unsaved work:",
        "Stavaza was closed while {n} elements had unsaved work:",
        len(placed),
    ).format(n=len(placed))
    listed = "\n".join(f"• {_named(session, found)}" for found in placed.values())
    answers = [
        Answer("take", _("Take it up again")),
        Answer("later", _("Decide later")),
        Answer("drop", _("Throw it away")),
    ]
    dialog = ConfirmDialog(_("Unsaved work found"), f"{said}\n\n{listed}", answers)
    answer = await app.push_screen_wait(dialog)
    for found in placed.values():
        if answer == "take":
            await _take_up(app, session, found)
        elif answer == "drop":
            session.drop_drafts(found)


def _named(session: Session, found: list[Draft]) -> str:
    """The element, and when its work was left where that is more than once."""
    name = _heading(session, found[0])
    if len(found) == 1:
        return name
    times = ", ".join(_time(draft) for draft in found)
    return _("{name} ({n} times: {times})").format(name=name, n=len(found), times=times)


def _heading(session: Session, draft: Draft) -> str:
    element = session.element(draft.element_id)
    return session.report.heading(element) if element else draft.element_id


def _time(draft: Draft) -> str:
    return f"{draft.time:%d-%m %H:%M:%S}"


async def _take_up(app: App[int], session: Session, found: list[Draft]) -> None:
    """Take up all drafts of one element; none of them where a person decides later."""
    gathered = Gathered(session.report, found[0])
    for draft in found:
        for clash in list(gathered.add(draft)):
            question = _question(session, gathered, clash, (found[0], draft))
            answer = await app.push_screen_wait(question)
            if answer == "both":
                gathered.values[clash.path] = clash.both
            elif answer == "older":
                gathered.values[clash.path] = clash.older
            elif answer != "newer":
                return
    session.take_up(found, gathered)


def _question(
    session: Session, gathered: Gathered, clash: Clash, drafts: tuple[Draft, Draft]
) -> ConfirmDialog:
    newest, older = drafts
    label = label_of(session.report, gathered.element, clash.path)
    sides = (
        (_("Newest, of {time}").format(time=_time(newest)), clash.newer),
        (_("Older, of {time}").format(time=_time(older)), clash.older),
    )
    parts = [Content(_("This was left twice, not the same."))]
    for head, value in sides:
        text = shown(session.report, gathered.element, clash.path, value)
        parts += [
            Content(""),
            Content.styled(head, "bold"),
            Content(text or _("(taken away)")),
        ]
    answers = [
        *([Answer("both", _("Keep both"))] if clash.both is not None else []),
        Answer("newer", _("Newest")),
        Answer("older", _("Older")),
        Answer("later", _("Decide later")),
    ]
    first = "both" if clash.both is not None else "later"
    title = f"{_heading(session, older)} ▸ {label}"
    return ConfirmDialog(title, Content("\n").join(parts), answers, first=first)


async def _show_homeless(app: App[int], session: Session, found: list[Draft]) -> None:
    """Show work on elements that the report has not (now), so that none of its words is lost."""
    parts = [
        Content(
            _(
                "The report has no such element now, or its file cannot be read, so this work "
                "cannot be put back. Copy what you need, or mend the file and open Stavaza again."
            )
        )
    ]
    for draft in found:
        parts += [
            Content(""),
            Content.styled(f"{draft.element_id} ({_time(draft)})", "bold"),
            Content(str(draft.path)),
            *_values(draft.changes),
        ]
    answers = [Answer("keep", _("Keep it")), Answer("drop", _("Throw it away"))]
    dialog = ConfirmDialog(_("Unsaved work without its element"), _lines(parts), answers)
    if await app.push_screen_wait(dialog) == "drop":
        session.drop_drafts(found)


def _values(listed: Iterable[tuple[KeyPath, object]]) -> Iterable[Content]:
    for path, value in listed:
        text = _("(taken away)") if value is None else str(value).strip()
        yield Content(f"{'.'.join(path)}: {text}")


def _lines(parts: list[Content]) -> Content:
    return Content("\n").join(parts)
