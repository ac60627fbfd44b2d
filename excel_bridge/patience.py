"""Patience with a running Excel: calls that it refuses because it is busy are made again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from excel_bridge.errors import BridgeError
from stavaza.i18n import _

T = TypeVar("T")

_TRIES: Final = 8
_FIRST_PAUSE_SECONDS: Final = 0.1
_BUSY: Final = frozenset({-2147418111, -2147417846, -2146777998})
"""Call rejected, retry later, and the refusal while a cell is being edited (VBA_E_IGNORE)."""


class ExcelBusyError(BridgeError):
    """Excel does not answer: it calculates, shows a question, or a cell is being edited."""

    def __init__(self) -> None:
        super().__init__(
            _("Excel is busy or a cell is being edited. Leave the cell with Enter and try again.")
        )


def is_busy(error: BaseException) -> bool:
    """Whether an error means that Excel could not answer just now."""
    return getattr(error, "hresult", None) in _BUSY or type(error).__name__ == "ExcelBusyError"


def patiently(
    action: Callable[[], T],
    errors: tuple[type[BaseException], ...],
    *,
    tries: int = _TRIES,
    pause: Callable[[float], object] = time.sleep,
) -> T:
    """The result of `action`, tried again with growing pauses while Excel is busy.

    `errors` are the exceptions by which Excel speaks. Raises ExcelBusyError after `tries` attempts;
    other errors at once.
    """
    for attempt in range(tries):
        try:
            return action()
        except errors as error:
            if not is_busy(error):
                raise
            if attempt < tries - 1:
                pause(_FIRST_PAUSE_SECONDS * 2**attempt)
    raise ExcelBusyError


@contextmanager
def quiet(app: Any) -> Iterator[None]:
    """Keep the screen still while cells are written; whatever happens it is as it was before."""
    before = app.screen_updating
    try:
        app.screen_updating = False
        yield
    finally:
        app.screen_updating = before
