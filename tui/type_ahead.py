"""Gives a screen its keys one at a time, so that fast typing reaches the screen it was meant for.

A terminal hands over a burst such as `/word` at once. Textual sends each key to the widget that has
the focus at that instant, so the letters would reach the screen that `/` is about to leave, and be
shortcuts there. Here a key waits until the one before it was dealt with, by the screen it opened
included.
"""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App
from textual.message import Message
from textual.timer import Timer

_LONGEST_WAIT = 0.5
"""Seconds after which waiting keys go on, where the one before them left no trace."""


class KeySettled(Message):
    """Follows a key through the same queues, and so arrives when the key was dealt with."""


class TypeAheadApp(App[int]):
    """An app in which a key reaches the screen that the keys before it opened."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._settling = False
        self._give_up: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while the one before it is not dealt with."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._settling:
            self._typed.append(event)
            if self._give_up is None:
                self._give_up = self.set_timer(_LONGEST_WAIT, self._next_key)
        else:
            await self._send(event)

    async def _send(self, event: events.Key) -> None:
        self._settling = True
        receiver = self.focused or self.screen
        await super().on_event(event)
        if not receiver.post_message(KeySettled()):
            self.call_later(self._next_key)

    def on_key_settled(self) -> None:
        """Go on with the next key, once the screen on top is there and has its focus."""
        if not self.screen.call_later(self.call_later, self._next_key):
            self.call_later(self._next_key)

    async def _next_key(self) -> None:
        if self._give_up is not None:
            self._give_up.stop()
            self._give_up = None
        self._settling = False
        if self._typed:
            await self._send(self._typed.popleft())
            if self._typed:
                self._give_up = self.set_timer(_LONGEST_WAIT, self._next_key)
