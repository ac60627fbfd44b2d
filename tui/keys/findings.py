"""What a person can do on the list of findings."""

from __future__ import annotations

from tui.actions import Action

ACTIONS: tuple[Action, ...] = ()
