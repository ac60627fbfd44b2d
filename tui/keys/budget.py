"""What a person can do on the budget table."""

from __future__ import annotations

from tui.actions import Action

ACTIONS: tuple[Action, ...] = ()
