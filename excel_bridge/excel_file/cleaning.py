"""What xlwings does with values on their way in and out, as its Windows engine does it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

from excel_bridge.excel_file.values import ERROR_TEXTS


def prepare_xl_data_element(value: Any, _options: Any) -> Any:
    """Return a value as the engine takes it: numpy numbers as floats, what is missing as blank."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (str, bool, int, float, dt.date)):
        return value
    to_python = getattr(value, "to_pydatetime", None) or getattr(value, "item", None)
    if not callable(to_python):
        return value
    plain = to_python()
    return "" if plain is None or plain != plain else plain  # noqa: PLR0124 - NaN and NaT differ from themselves


def clean_value_data(
    data: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Return the values as `options` asks; errors become their text, or nothing.

    Error values that xlwings itself does not know (`#SPILL!` and later ones) are treated alike.
    """

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, dt.datetime):
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        if number_builder is not None and isinstance(value, float):
            return number_builder(value)
        if isinstance(value, int) and not isinstance(value, bool) and value in ERROR_TEXTS:
            return ERROR_TEXTS[value] if err_to_str else None
        return value

    return [[clean(value) for value in row] for row in data]
