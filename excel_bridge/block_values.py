"""The values of a block of cells in one read, with Excel's errors as their texts.

xlwings 0.37.8 does that itself, except on macOS, where it fails on more than one line; there the
texts that Excel shows are read beside the values.
"""

from __future__ import annotations

from typing import Any

from excel_bridge.cells import is_error_value


def block_values(cells: Any) -> list[list[object]]:
    """The values of a range of xlwings, line by line; an error is a text such as `#N/A`."""
    try:
        values: list[list[object]] = cells.options(ndim=2, err_to_str=True).value
    except TypeError:
        if not hasattr(cells.api, "string_value"):  # not macOS
            raise
        return _with_error_texts(cells)
    return values


def _with_error_texts(cells: Any) -> list[list[object]]:
    values = cells.options(ndim=2).value
    texts = cells.api.string_value.get()
    if not isinstance(texts, list):
        texts = [[texts]]
    if texts and not isinstance(texts[0], list):
        texts = [texts]
    return [
        [
            text if isinstance(text, str) and is_error_value(text) else value
            for value, text in zip(line, shown, strict=True)
        ]
        for line, shown in zip(values, texts, strict=True)
    ]
