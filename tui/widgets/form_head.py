"""The top line of a form: which element, which moment, and whether it holds unsaved work."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from stavaza.i18n import _
from tui.widgets.looks import UNSAVED


class FormHead(Widget):
    """One line; a heading that does not fit is shortened, so that what follows is always seen."""

    DEFAULT_CSS = """
    FormHead { height: 1; dock: top; padding: 0 1; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.moment = ""
        self.unsaved = False

    def tell(self, heading: str, moment: str, *, unsaved: bool) -> None:
        """Show this element at this moment."""
        self.heading, self.moment, self.unsaved = heading, moment, unsaved
        self.refresh()

    def render(self) -> Content:
        """The heading in what the rest leaves of the line."""
        rest = [Content.styled(" ▸ ", "$text-muted"), Content(self.moment)]
        if self.unsaved:
            rest.append(Content.styled(f"  {UNSAVED} " + _("not saved"), "$text-warning"))
        behind = Content.assemble(*rest)
        room = max(8, self.content_size.width - behind.cell_length)
        heading = Content.styled(self.heading, "bold").truncate(room, ellipsis=True)
        return Content.assemble(heading, behind)
