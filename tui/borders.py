"""Goes through the borders between texts that a person settles, from the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stavaza.borders import border_at, meeting, next_proposed, settled
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.tree import Element
from tui.screens.border import BorderDialog
from tui.session import Session

if TYPE_CHECKING:
    from tui.app import StavazaApp


async def settle_borders(
    app: StavazaApp, session: Session, element: Element, path: KeyPath
) -> KeyPath | None:
    """Show the border at a text, then those of the element that are still proposals.

    Hands back the text behind the last border that was confirmed; None where none was.
    """
    report = session.report
    moment = session.current_moment.key
    found = meeting(report, element, path, moment)
    if found is None and (proposal := next_proposed(element)) is not None:
        found = meeting(report, element, proposal, moment)
    if found is None:
        said = _(
            "F5 moves the border between two texts that meet, as after an import. This text meets "
            "no other text."
        )
        app.notify(said, timeout=6)
    last: KeyPath | None = None
    while found is not None:
        border = border_at(report, found)
        heading = report.heading(element)
        chosen = await app.push_screen_wait(BorderDialog(heading, found, border))
        if chosen is None:
            break
        last = found.after[1]
        session.set_values(settled(report, found, chosen))
        proposal = next_proposed(element, last)
        if element.retired:
            app.notify(_("All text went to the one before it, so this one was retired."), timeout=5)
        found = meeting(report, element, proposal, moment) if proposal is not None else None
    return last
