"""The command palette in the reader's language, fed by the registry of the screen below it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider

from stavaza.i18n import _
from tui.actions import Action, actions
from tui.screens.base import SessionScreen
from tui.session import Session

_MOST_ELEMENTS = 20


class ActionCommands(Provider):
    """The actions of the screen below, and all elements by name."""

    @property
    def _listed(self) -> tuple[Action, ...]:
        screen = self.screen
        if not isinstance(screen, SessionScreen):
            return ()
        listed = (a for a in actions(screen.keys_of) if a.palette and a.handler)
        return tuple(action for action in listed if screen.offers(action))

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """All actions, before anything is typed."""
        for action in self._listed:
            run = partial(self.screen.run_action, action.handler)
            yield DiscoveryHit(self._title(action), run, help=action.explanation)

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """The actions, and elements to go to, that fit what is typed."""
        matcher = self.matcher(query)
        nothing = True
        for action in self._listed:
            title = self._title(action)
            score = max(matcher.match(title), matcher.match(action.explanation) * 0.6)
            if score > 0:
                nothing = False
                run = partial(self.screen.run_action, action.handler)
                yield Hit(score, matcher.highlight(title), run, help=action.explanation)
        session = getattr(self.screen, "session", None)
        if isinstance(session, Session) and hasattr(self.screen, "action_go_to"):
            for score, name, element_id in self._elements(session, query):
                nothing = False
                run = partial(self.screen.run_action, f"go_to({element_id!r})")
                yield Hit(score, matcher.highlight(name), run, help=_("Go to this element"))
        if nothing:
            yield Hit(0.01, _("Nothing found"), self._do_nothing, help=_("Try other words."))

    def _do_nothing(self) -> None:
        """What choosing nothing does."""

    def _elements(self, session: Session, query: str) -> list[tuple[float, str, str]]:
        matcher = self.matcher(query)
        found = []
        for element in session.report.elements.values():
            name = session.report.heading(element)
            score = matcher.match(name) * 0.9
            if score > 0:
                found.append((score, name, element.id))
        return sorted(found, reverse=True)[:_MOST_ELEMENTS]

    @staticmethod
    def _title(action: Action) -> str:
        return f"{action.title}  ({action.shown_keys})" if action.keys else action.title


class Palette(CommandPalette):
    """The palette with its own words, and without a picture that some terminals cannot show."""

    DEFAULT_CSS = """
    Palette SearchIcon { display: none; }
    """

    def __init__(self) -> None:
        super().__init__([ActionCommands], placeholder=_("Type a part of a command or a name…"))
