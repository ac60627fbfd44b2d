"""Confirms, as one change that undo takes back, that texts of last year still hold."""

from __future__ import annotations

from stavaza.finding import KeyPath
from stavaza.i18n import _, ngettext
from stavaza.revision import KEY, to_revise, without
from tui.session import Session


def confirmed(session: Session, element_id: str, path: KeyPath = ()) -> str:
    """Confirm one text of an element, or all; a sentence about what was done."""
    element = session.report.elements[element_id]
    found = [place for place in to_revise(session.report, element) if path in ((), place)]
    if not found:
        return _("Nothing here is still of last year.")
    left = None if not path else without(element, path[0])
    session.set_value(element_id, (KEY,), left)
    said = ngettext("{n} text still holds.", "{n} texts still hold.", len(found))
    return said.format(n=len(found))
