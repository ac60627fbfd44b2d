"""Checks the tables that an import keeps beside the fields: printed figures and proposed borders.

Whoever writes them by hand must be told of what Stavaza does not read in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from stavaza.borders import BORDER
from stavaza.finding import KeyPath
from stavaza.i18n import N_
from stavaza.template import Kind
from stavaza.toml_reader import type_name
from stavaza.tree import Element, Report

Draft = tuple[str, dict[str, str], KeyPath]
PRINTED: Final = "gedrukt"
_PRINTED_KEYS: Final = ("bedrag", "berekend", "teller")


def mark_findings(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """Code, parameters and address of what is wrong in these tables of one element."""
    borders = element.data.get(BORDER, {})
    if not isinstance(borders, dict):
        yield _typed(BORDER, borders, N_("a table of texts"))
    else:
        for address, before in borders.items():
            if not isinstance(before, str):
                yield _typed(address, before, N_("text between quotes"), (BORDER, address))
    printed = element.data.get(PRINTED, {})
    if not isinstance(printed, dict):
        yield _typed(PRINTED, printed, N_("a table of tables"))
        return
    for address, kept in printed.items():
        where = (PRINTED, address)
        if address.split("/")[0] not in {*kind.fields, *report.template.derivations}:
            yield "R005", {"key": f"{PRINTED}.{address}", "kind": kind.label.lower()}, where
        elif not isinstance(kept, dict):
            yield _typed(f"{PRINTED}.{address}", kept, N_("a table"), where)
        else:
            yield from _figure(address, kept)


def _figure(address: str, kept: Mapping[str, Any]) -> Iterator[Draft]:
    if "bedrag" not in kept:
        yield (
            "T002",
            {"key": f"{PRINTED}.{address}", "missing": "bedrag", "line": "bedrag = …"},
            (
                PRINTED,
                address,
            ),
        )
    for key, value in kept.items():
        where = (PRINTED, address, key)
        if key not in _PRINTED_KEYS:
            allowed = ", ".join(_PRINTED_KEYS)
            yield "T004", {"key": f"{PRINTED}.{address}.{key}", "allowed": allowed}, where
        elif not isinstance(value, int | Decimal) or isinstance(value, bool):
            yield _typed(f"{PRINTED}.{address}.{key}", value, N_("a number"), where)


def _typed(field: str, value: object, expected: str, path: KeyPath = ()) -> Draft:
    params = {"field": field, "expected": expected, "found": type_name(value)}
    return "R004", params, path or (field,)
