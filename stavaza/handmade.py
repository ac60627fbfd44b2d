"""Edits a TOML file that a person wrote: only the changed values, comments and layout kept."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from stavaza.canonical import dump, same
from stavaza.errors import SaveRefusedError
from stavaza.i18n import _
from stavaza.toml_text import TomlError, loads


def edit_text(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """The text (with `\\n` line ends) changed so that it means `new` instead of `old`.

    Raises SaveRefusedError when the outcome, read again, is not exactly `new`.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        _apply(document, old, new)
        edited = _same_ending(tomlkit.dumps(document), text)
        means = loads(edited)
    except (TOMLKitError, TomlError, KeyError, TypeError, ValueError) as error:
        raise _refusal() from error
    if not same(means, new):
        raise _refusal()
    return edited


def _same_ending(edited: str, text: str) -> str:
    """The edited text ending in as many line ends as the original did."""
    ending = text[len(text.rstrip("\n")) :] or "\n"
    return edited.rstrip("\n") + ending


def _refusal() -> SaveRefusedError:
    return SaveRefusedError(
        _(
            "This file was laid out by hand in a way that cannot be changed safely, so nothing "
            "was written. Change it in a text editor."
        )
    )


def _apply(container: MutableMapping[str, Any], old: dict[str, Any], new: dict[str, Any]) -> None:
    for key in [key for key in old if key not in new]:
        del container[key]
    for key, value in new.items():
        if key not in old:
            container[key] = _item(value)
        elif isinstance(value, dict) and isinstance(old[key], dict):
            _apply(container[key], old[key], value)
        elif not same(old[key], value):
            container[key] = _item(value)


def _item(value: Any) -> Any:
    import tomlkit
    from tomlkit.items import Float, String, StringType, Trivia

    if isinstance(value, str):
        if "\n" not in value:
            return tomlkit.string(value)
        # tomlkit would put the first line beside the quotes; take the canonical spelling instead
        raw = dump({"x": value}).decode("utf-8").removeprefix('x = """').rstrip("\n")
        return String(StringType.MLB, value, raw.removesuffix('"""'), Trivia())
    if isinstance(value, Decimal):
        return Float(float(value), Trivia(), str(value))
    if isinstance(value, dict):
        table = tomlkit.table()
        for key, inner in value.items():
            table[key] = _item(inner)
        table.add(tomlkit.nl())
        return table
    if isinstance(value, bool | int | list | date | time):
        return tomlkit.item(value)
    raise TypeError(type(value).__name__)
