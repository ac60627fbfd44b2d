"""What a person can do on the screen of differences."""

from __future__ import annotations

from tui.actions import Action

ACTIONS: tuple[Action, ...] = ()
