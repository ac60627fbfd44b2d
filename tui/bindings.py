"""Makes Textual's key bindings of the actions of a screen."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.actions import actions, shown_key


def bindings(screen: str) -> list[BindingType]:
    """The bindings of a screen; use it as `BINDINGS = bindings("matrix")`."""
    return [
        Binding(
            action.keys,
            action.handler,
            action.title,
            show=action.footer,
            key_display=shown_key(action.keys.split(",")[0]),
            priority=action.priority,
            tooltip=action.explanation,
        )
        for action in actions(screen)
        if action.keys and not action.passive
    ]
