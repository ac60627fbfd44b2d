"""The main screen: the tree, the chosen element as text, where you are and what is missing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from tui.bindings import bindings
from tui.session import Jump, Session
from tui.widgets.keyline import KeyLine


class MainScreen(Screen[None]):
    """See the module."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("main")

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """Header, tree, text, keys."""
        yield KeyLine("main")

    def jump(self, jump: Jump) -> None:
        """Go to an element, and to the field to edit where the jump says so."""
        self.session.selected = jump.element_id
