"""What day it is: asked in one place, so that tests can say."""

from __future__ import annotations

from datetime import date


def today() -> date:
    """The day at this computer."""
    return date.today()
