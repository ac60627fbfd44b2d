"""Search as you type over codes, names, texts of all moments, owners, rows and amounts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from stavaza.i18n import _, ngettext
from tui.bindings import bindings
from tui.screens.work import WorkScreen
from tui.search_index import Hit, SearchIndex
from tui.session import Jump, Session
from tui.widgets.grid_source import Cell, Look
from tui.widgets.key_hints import KeyHints
from tui.widgets.line_grid import LineGrid
from tui.widgets.line_list import Line, LineSource

_PAUSE_SECONDS = 0.03
"""After this pause in typing the results follow; a key shows in about half of it."""
_STEPS = {"up": "step(-1, 0)", "down": "step(1, 0)", "pageup": "page(-1)", "pagedown": "page(1)"}


class SearchScreen(WorkScreen):
    """The results stand below their element; Enter goes to the place."""

    keys_of = "search"
    CSS = """
    SearchScreen {
        & #query { border: none; height: 1; padding: 0; margin: 0 1; background: $surface; }
        & #count { height: auto; padding: 0 1 1 1; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("search")

    def __init__(self, session: Session, query: str = "") -> None:
        super().__init__(session)
        self.first_query = query
        self._waits = False
        self.index = SearchIndex(session.report)
        self.source: LineSource[Hit] = LineSource()
        self.list = LineGrid(self.source, widest_left=10_000, id="hits")
        self.list.can_focus = False

    def compose(self) -> ComposeResult:
        """The words, how many results, the results, the keys."""
        yield Input(
            self.first_query,
            placeholder=_("Part of a code, name, text, owner or amount"),
            id="query",
        )
        yield Static(id="count", markup=False)
        yield self.list
        yield KeyHints("search")

    def on_mount(self) -> None:
        """Begin typing at once, while the index is made."""
        self.query_one(Input).focus()
        self._build()

    @work(exclusive=True, group="index")
    async def _build(self) -> None:
        await self.index.build(self.give_way)
        self._search()

    def changed(self, element_id: str | None) -> None:
        """Index again what changed."""
        self.index.refresh(element_id)
        self._build()

    def on_input_changed(self) -> None:
        """Search with each key, once what was typed is on screen."""
        self._waits = True
        self._search_soon()

    @work(exclusive=True, group="search")
    async def _search_soon(self) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        self._catch_up()

    def _catch_up(self) -> None:
        """Do the search that waits."""
        if self._waits:
            self._search()

    def _search(self) -> None:
        self._waits = False
        query = self.query_one(Input).value
        hits, total = self.index.find(query)
        self.source.lines = list(self._lines(hits))
        self.list.row = 0
        self.list.refill()
        self.list.scroll_to(0, 0, animate=False)
        self.query_one("#count", Static).update(self._count(query, len(hits), total))

    def _lines(self, hits: Iterable[Hit]) -> Iterable[Line[Hit]]:
        report = self.session.report
        last = ""
        for hit in hits:
            element = report.elements[hit.entry.element_id]
            if element.id != last:
                retired = f" ({_('Retired').lower()})" if element.retired else ""
                yield Line(Cell(f" {report.heading(element)}{retired}", "group"))
                last = element.id
            head = f"   {hit.entry.label}: "
            runs: list[tuple[int, int, Look]] = [(0, len(head), "muted")]
            runs += [(start + len(head), end + len(head), "hit") for start, end in hit.places]
            yield Line(Cell(head + hit.snippet, runs=tuple(runs)), hit)

    def _count(self, query: str, shown: int, total: int) -> str:
        if not query.strip():
            return _("Capitals and accents do not count; all words must be there.")
        if not total:
            return _("Nothing found.")
        if total > shown:
            return _("{n} places; the first {shown} are shown.").format(n=total, shown=shown)
        return ngettext("{n} place", "{n} places", total).format(n=total)

    async def on_key(self, event: events.Key) -> None:
        """Move through the results while the cursor stays in the words."""
        if event.key in _STEPS:
            self._catch_up()
            event.stop()
            event.prevent_default()
            await self.list.run_action(_STEPS[event.key])

    def on_input_submitted(self) -> None:
        """Go to the chosen place."""
        self._catch_up()
        self.action_open()

    def on_line_grid_chosen(self) -> None:
        """Go to the place that was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Go to the value under the cursor; a code or name leads to the element."""
        hit = self.source.item(self.list.row)
        if hit is not None:
            path = () if hit.entry.path == ("code",) else hit.entry.path
            self.dismiss(Jump(hit.entry.element_id, path))
