"""The fields of one element as pieces of a page, part by part; what is empty gives none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from stavaza.derive import shown_text
from stavaza.finding import Finding
from stavaza.publish.datasets import Datasets
from stavaza.publish.plan import Plan
from stavaza.publish.tables import element_table, list_items
from stavaza.publish.texts import prose_view
from stavaza.publish.values import as_it_stands, status_view, value_lines
from stavaza.publish.view import (
    BesideView,
    FactsView,
    HeadLineView,
    LinesView,
    ListView,
    PartView,
    PieceView,
    SingleStatusView,
    StatusTableView,
)
from stavaza.references import figure_text
from stavaza.required import is_filled
from stavaza.template import Field, Part
from stavaza.tree import Element

UNKNOWN_STATUS = "Nog niet bekend"
_LONG_TYPES = ("tekst", "lijst", "status", "tabel")


class Pieces:
    """Makes the pieces of elements as published at one moment; gathers findings on the way."""

    def __init__(self, planned: Plan, datasets: Datasets) -> None:
        self.planned = planned
        self.report = planned.report
        self.moment = planned.moment
        self.datasets = datasets
        self.findings: list[Finding] = []

    def of(self, element: Element, parts: Iterable[Part], level: int) -> tuple[PieceView, ...]:
        """The pieces of some parts; labels of parts are heads of `level`.

        Parts of short values become facts (label and value), which need no head of their own.
        """
        pieces: list[PieceView] = []
        for part in parts:
            specs = [spec for key in part.fields if (spec := self.report.field(element, key))]
            before = len(pieces)
            if part.rendering == "naast":
                pieces += self._beside(element, part, specs, level)
            elif part.rendering == "lijst":
                pieces += self._lists(element, part, specs, level)
            elif part.label and all(spec.type not in _LONG_TYPES for spec in specs):
                self._add_facts(pieces, part.label, self._short(element, specs))
            elif part.label:
                inside = tuple(self._pieces(element, specs, level + 1)) or _unknown(specs)
                if inside:
                    pieces.append(PartView(part.label, level, inside))
            else:
                pieces += self._pieces(element, specs, level)
            if part.heading and len(pieces) > before:
                pieces.insert(before, HeadLineView(part.heading))
        return tuple(pieces)

    def _beside(
        self, element: Element, part: Part, specs: list[Field], level: int
    ) -> Iterator[PieceView]:
        """Two texts side by side, each below its word; an empty one is left out."""
        inner = level + bool(part.label)
        found = [tuple(self._pieces(element, [spec], inner)) for spec in specs]
        sides = tuple((head, made) for head, made in zip(part.heads, found, strict=False) if made)
        if sides:
            yield from _labelled(part, level, (BesideView(sides),))

    def _lists(
        self, element: Element, part: Part, specs: list[Field], level: int
    ) -> Iterator[PieceView]:
        """The rows of tables as lists."""
        found = (list_items(self.report, element, spec) for spec in specs)
        lists = tuple(ListView(items) for items in found if items)
        if lists:
            yield from _labelled(part, level, lists)

    @staticmethod
    def _add_facts(pieces: list[PieceView], label: str, lines: tuple[str, ...]) -> None:
        if not lines:
            return
        before: tuple[tuple[str, tuple[str, ...]], ...] = ()
        if pieces and isinstance(pieces[-1], FactsView):
            before = pieces[-1].items
            pieces.pop()
        pieces.append(FactsView((*before, (label, lines))))

    def _short(self, element: Element, specs: list[Field]) -> tuple[str, ...]:
        return tuple(line for spec in specs for line in self._lines(element, spec))

    def _lines(self, element: Element, spec: Field) -> tuple[str, ...]:
        value = element.get(self.report.path_of(spec, self.moment.key))
        return value_lines(self.report, spec, value)

    def _pieces(self, element: Element, specs: list[Field], level: int) -> Iterator[PieceView]:
        for spec in specs:
            if spec.type == "status":
                yield from self._status(element, spec)
                continue
            value = shown_text(element, spec, self.report.path_of(spec, self.moment.key))
            if not is_filled(value):
                continue
            if spec.type == "tekst" and isinstance(value, str):
                figure = partial(figure_text, self.report, element)
                yield prose_view(value, figure, level)
            elif spec.type == "lijst" and isinstance(value, list):
                yield ListView(tuple(as_it_stands(item) for item in value))
            elif spec.type == "tabel" and isinstance(value, dict):
                yield from self._table(element, spec, value)
            elif spec.type in _LONG_TYPES:
                yield LinesView((as_it_stands(value),))
            elif lines := value_lines(self.report, spec, value):
                yield LinesView(lines)

    def _table(
        self, element: Element, spec: Field, value: dict[str, object]
    ) -> Iterator[PieceView]:
        table, findings = element_table(self.report, element, spec)
        self.findings += findings
        if table is not None:
            name, heading = f"{element.id}-{spec.key}", self.planned.heading(element)
            yield table._replace(data=self.datasets.table(table, name, heading))
        rest = [
            f"{key}: {as_it_stands(row)}" for key, row in value.items() if not isinstance(row, dict)
        ]
        if rest:
            yield LinesView(tuple(rest))

    def _status(self, element: Element, spec: Field) -> Iterator[PieceView]:
        statuses = self.report.statuses(spec)
        if not spec.per_moment:
            raw = element.get((spec.key,))
            single = status_view(statuses.get(str(raw)), raw)
            if single is not None:
                yield SingleStatusView(single)
            return
        moments = self.planned.moments
        found = [element.get(self.report.path_of(spec, moment.key)) for moment in moments]
        cells = tuple(status_view(statuses.get(str(raw)), raw) for raw in found)
        if any(cells):
            yield StatusTableView(spec.label, tuple(moment.label for moment in moments), cells)


def _unknown(specs: Sequence[Field]) -> tuple[PieceView, ...]:
    """What stands below the label of a status that must be there, but that nobody gave."""
    wanted = specs and all(spec.type == "status" and spec.required for spec in specs)
    return (LinesView((UNKNOWN_STATUS,)),) if wanted else ()


def _labelled(part: Part, level: int, pieces: tuple[PieceView, ...]) -> Iterator[PieceView]:
    """Pieces below the label of their part, bare where it has none."""
    if part.label:
        yield PartView(part.label, level, pieces)
    else:
        yield from pieces
