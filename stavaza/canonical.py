"""The canonical TOML form of an element: keys in the template's order, written by tomli-w."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import tomli_w

from stavaza.template import Field, Template

_HEAD = ("soort", "code", "ouder", "volgorde", "vervallen")


def element_bytes(
    data: dict[str, Any], template: Template, moments: Iterable[str], year: int
) -> bytes:
    """An element's data as the bytes of its file (UTF-8, `\\n`).

    Rows stand in plain order of key, columns and fields in the template's order, keys that the
    template does not know behind them.
    """
    return dump(_ordered(data, template, tuple(moments), year))


def dump(data: dict[str, Any]) -> bytes:
    """Plain data as canonical TOML bytes."""
    return tomli_w.dumps(data, multiline_strings=True).encode("utf-8")


def _ordered(
    data: dict[str, Any], template: Template, moments: tuple[str, ...], year: int
) -> dict[str, Any]:
    kind = template.kinds.get(str(data.get("soort", "")))
    fields = kind.fields if kind else {}
    once = [key for key, spec in fields.items() if not spec.per_moment and spec.type != "tabel"]
    tables = [key for key, spec in fields.items() if spec.type == "tabel"]
    per_moment = [key for key, spec in fields.items() if spec.per_moment]
    ordered = _pick(data, [*_HEAD, *once])
    later = (*tables, "moment", "gedrukt", "grens", "te_herzien", "zo_bedoeld", "conflict")
    rest = [key for key in data if key not in ordered and key not in later]
    ordered |= _pick(data, rest)
    ordered |= _pick(data, ["gedrukt", "grens", "te_herzien", "zo_bedoeld"])
    if "moment" in data:
        ordered["moment"] = _moments(data["moment"], moments, per_moment)
    for key in tables:
        if key in data:
            ordered[key] = _rows(data[key], fields[key], year)
    return ordered | _pick(data, ["conflict"])


def _pick(data: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data}


def _moments(value: Any, moments: tuple[str, ...], fields: list[str]) -> Any:
    if not isinstance(value, dict):
        return value
    order = [*moments, *value]
    return {
        key: _in_order(inner, fields) if isinstance(inner, dict) else inner
        for key, inner in _pick(value, dict.fromkeys(order)).items()
    }


def _rows(value: Any, spec: Field, year: int) -> Any:
    if not isinstance(value, dict):
        return value
    columns = [column.key for column in spec.year_columns(year)]
    return {
        key: _in_order(value[key], columns) if isinstance(value[key], dict) else value[key]
        for key in sorted(value)
    }


def _in_order(inner: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    known = _pick(inner, keys)
    return known | {key: value for key, value in inner.items() if key not in known}


def same(left: Any, right: Any) -> bool:
    """Whether two plain values are the same in type and content: 1 is not true, nor 1.0."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return str(left) == str(right)
    return type(left) is type(right) and bool(left == right)
