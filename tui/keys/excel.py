"""What a person can do on the Excel screen."""

from __future__ import annotations

from tui.actions import Action

ACTIONS: tuple[Action, ...] = ()
