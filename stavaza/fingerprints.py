"""What an element says at a moment, in two fingerprints: one of its texts, one of its figures.

A text counts for its own element only. A figure counts also where a sentence refers to it, and on
the page whose derived tables hold it. So a stage that is bound to both fingerprints opens again for
exactly what a change touches.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from stavaza.conflicts import address
from stavaza.figures import FIGURE_TYPES
from stavaza.finding import KeyPath
from stavaza.publish.build import build
from stavaza.publish.view import PageView, PieceView, TableView
from stavaza.references import figure_at, references
from stavaza.template import Field
from stavaza.tree import Element, Moment, Report

_NO_VALUES = ("volgorde", "conflict", "gedrukt", "grens", "te_herzien", "zo_bedoeld")
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_LENGTH = 20

Figures = dict[str, str]
"""Figures by address; as text, exact."""


@dataclass(frozen=True)
class Fingerprint:
    """The two fingerprints of an element at a moment."""

    text: str
    figures: str


class Fingerprints:
    """The fingerprints of a report's elements at one moment."""

    def __init__(self, report: Report, moment: Moment) -> None:
        self.report = report
        self.moment = moment

    @cached_property
    def _derived(self) -> dict[str, list[str]]:
        return _derived_figures(self.report, self.moment)

    def of(self, element: Element) -> Fingerprint:
        """The fingerprints of one element."""
        texts = {address(path): _plain(value) for path, value in self._values(element, False)}
        figures: dict[str, object] = dict(self.own_figures(element))
        figures |= {f">{ref}": value for ref, value in self._referred(element)}
        if element.id in self._derived:
            figures["="] = self._derived[element.id]
        return Fingerprint(_hash(texts), _hash(figures))

    def own_figures(self, element: Element) -> Figures:
        """The figures that the element itself holds, by address."""
        return {address(path): str(value) for path, value in self._values(element, True)}

    def _values(self, element: Element, figures: bool) -> Iterator[tuple[KeyPath, Any]]:
        for path, value in _leaves(element, self.moment.key):
            spec = self.report.field(element, path[2] if path[0] == "moment" else path[0])
            if spec is not None and spec.type == "persoon":
                continue  # who keeps an element up to date is no part of what it says
            if self._is_figure(spec, path, value) is figures:
                yield path, value

    def _is_figure(self, spec: Field | None, path: KeyPath, value: object) -> bool:
        if spec is None:
            return False
        if spec.type != "tabel":
            return spec.type in FIGURE_TYPES
        if len(path) < 3:
            return False
        number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return number and any(
            column.key == path[2] and column.column.type in FIGURE_TYPES
            for column in self.report.columns(spec)
        )

    def _referred(self, element: Element) -> Iterator[tuple[str, str]]:
        for _path, value in self._values(element, False):
            if isinstance(value, str) and "[[" in value:
                for reference in references(value):
                    figure = figure_at(self.report, element, reference)
                    yield reference, str(figure.value if figure else None)


def _leaves(element: Element, moment: str) -> Iterator[tuple[KeyPath, Any]]:
    """The values that count at a moment: those held once, those of the moment, all cells."""
    for key, value in element.data.items():
        if key in _NO_VALUES:
            continue
        if key == "moment":
            inner = value.get(moment, {}) if isinstance(value, dict) else {}
            if isinstance(inner, dict):
                yield from (((key, moment, name), kept) for name, kept in inner.items())
        elif isinstance(value, dict):
            yield from _cells(key, value)
        else:
            yield (key,), value


def _cells(key: str, rows: dict[str, Any]) -> Iterator[tuple[KeyPath, Any]]:
    for row, inner in rows.items():
        if isinstance(inner, dict):
            yield (key, row), ""
            yield from (((key, row, column), value) for column, value in inner.items())
        else:
            yield (key, row), inner


def _derived_figures(report: Report, moment: Moment) -> dict[str, list[str]]:
    """The figures in the derived tables of each page, by the id of the page's element."""
    with_page = {layout.per for layout in report.template.layouts}
    owners = [e.id for _depth, e in report.walk() if e.kind in with_page and not e.retired]
    pages = build(report, moment, _ANY_TIME, _ANY_TIME).pages
    return {owner: list(_figures_on(page)) for owner, page in zip(owners, pages, strict=True)}


def _figures_on(page: PageView) -> Iterator[str]:
    for block in page.blocks:
        for piece in block.pieces:
            yield from _figures_in(piece)


def _figures_in(piece: PieceView) -> Iterator[str]:
    if isinstance(piece, TableView):
        for group in piece.groups:
            for line in group.lines:
                yield from (cell.text for cell in line.cells if cell.numeric)


def _plain(value: object) -> object:
    return [str(item) for item in value] if isinstance(value, list) else str(value)


def _hash(values: dict[str, Any]) -> str:
    text = json.dumps(values, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]
