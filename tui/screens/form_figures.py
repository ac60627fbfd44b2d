"""What the form does with figures: putting a reference in a text, and going to the figure."""

from __future__ import annotations

import re

from textual import work

from stavaza.figures import Figure
from stavaza.i18n import _
from stavaza.references import SYMBOL, figure_at
from stavaza.tree import Element
from tui.figure_index import FigureIndex
from tui.screens.base import SessionScreen
from tui.session import Jump, Session
from tui.widgets.form_row import FieldRow
from tui.widgets.inputs import ProseBox

_REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_EUROS = re.compile(r"€[ \u00a0]?$")


class FigureActions(SessionScreen):
    """The part of the form that knows figures."""

    element: Element

    def focused_row(self) -> FieldRow | None:
        """The row with the cursor."""
        raise NotImplementedError

    async def typed_well(self) -> bool:
        """Store what was typed; whether the person may go on."""
        raise NotImplementedError

    def _box(self) -> ProseBox | None:
        row = self.focused_row()
        if row is None or row.spec.type != "tekst":
            return None
        return row.query_one(ProseBox)

    @work(exclusive=True, group="dialog")
    async def action_figure(self) -> None:
        """Choose a figure and put a reference to it at the cursor."""
        from tui.screens.figure_picker import FigureDialog

        box = self._box()
        if box is None:
            self.notify(_("A figure goes into a text; go to one first."), timeout=3)
            return
        self.take_in()
        index = FigureIndex(self.session.report, self.element, box.text)
        at = box.chosen()[1]
        index.offers.sort(key=lambda offer: _away(offer.replaces, at))
        picked = await self.app.push_screen_wait(FigureDialog(index))
        if picked is None:
            return
        if picked.go:
            await self._go(picked.figure)
        elif picked.replaces is not None:
            there = picked.replaces
            box.splice(there.start, there.end, self._worded(there.text, picked.reference))
            box.focus()
        else:
            start, end = box.chosen()
            reference = picked.reference
            if _EUROS.search(box.text[:start]):
                reference = reference.replace(f"|{SYMBOL}", "")
            box.splice(start, end, _apart(box.text, start, end, f"[[{reference}]]"))
            box.focus()

    @staticmethod
    def _worded(amount: str, reference: str) -> str:
        """A reference with what stood around the amount: the euro sign, or the word euro."""
        front = re.match(r"(?:€|EUR)[ \u00a0]?", amount)
        behind = re.search(r"[ \u00a0](?:euro|EUR)$|[ \u00a0]?€$", amount)
        before, after = front[0] if front else "", behind[0] if behind else ""
        return f"{before}[[{reference.replace(f'|{SYMBOL}', '')}]]{after}"

    @work(exclusive=True, group="dialog")
    async def action_go_figure(self) -> None:
        """Go to the figure that the text refers to, nearest the cursor."""
        box = self._box()
        found = list(_REFERENCE.finditer(box.text)) if box is not None else []
        if box is None or not found:
            self.notify(_("This text refers to no figure."), timeout=3)
            return
        at = box.chosen()[1]
        nearest = min(found, key=lambda match: abs(match.start() - at) + abs(match.end() - at))
        figure = figure_at(self.session.report, self.element, nearest[1])
        if figure is None:
            broken = _("[[{reference}]] leads nowhere.").format(reference=nearest[1])
            self.notify(broken, severity="warning", timeout=5)
            return
        await self._go(figure)

    async def _go(self, figure: Figure) -> None:
        if await self.typed_well():
            # only once the key is dealt with: the next one is meant for the screen that opens
            self.call_after_refresh(self._leave_for, jump_to(self.session, figure))

    def _leave_for(self, jump: Jump) -> None:
        self.dismiss(jump)


def _apart(text: str, start: int, end: int, reference: str) -> str:
    """A reference with a space before and behind it where words would touch it."""
    before, after = text[start - 1 : start], text[end : end + 1]
    front = " " if before and not before.isspace() and before not in "([€“‘\"'-" else ""
    behind = " " if after.isalnum() or after == "[" else ""
    return f"{front}{reference}{behind}"


def _away(mention: object, at: int) -> int:
    """How far an amount in the text is from the cursor."""
    start, end = getattr(mention, "start", 0), getattr(mention, "end", 0)
    return 0 if start <= at <= end else min(abs(start - at), abs(end - at))


def jump_to(session: Session, figure: Figure) -> Jump:
    """Where a figure is: its cell in a table, its field, or the element whose table derives it."""
    spec = session.report.field(figure.element, figure.path[0])
    if spec is not None and spec.type == "tabel":
        return Jump(figure.element.id, figure.path, edit=True)
    path = figure.path if spec is not None or figure.path[0] == "moment" else ()
    return Jump(figure.element.id, path)
