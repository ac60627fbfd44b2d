"""Where a figure is used: derived figures that depend on it, and sentences that refer to either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stavaza.check_figures import texts_with_paths
from stavaza.figures import TOTAL_ROW, Figure, figures_of, find_figure
from stavaza.finding import KeyPath
from stavaza.formula import parse_formula
from stavaza.places_in_file import Places
from stavaza.references import figure_at, references, sentence_with
from stavaza.template import Derivation, Field
from stavaza.tree import Element, Report

FigureId = tuple[str, KeyPath]
"""An element's id and the address of a figure in it."""


@dataclass(frozen=True)
class TextUse:
    """A sentence that refers to the figure, or (`via`) to a derived one that depends on it."""

    element: Element
    path: KeyPath
    label: str
    reference: str
    sentence: str
    file: Path | None
    line: int | None
    via: Figure | None = None

    def as_json(self, root: Path) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "element": self.element.id,
            "field": list(self.path),
            "file": self.file.relative_to(root).as_posix() if self.file else None,
            "line": self.line,
            "reference": self.reference,
            "via": self.via.address if self.via else None,
        }


@dataclass(frozen=True)
class Uses:
    """All uses of one figure inside the report."""

    figure: Figure
    derived: tuple[Figure, ...]
    texts: tuple[TextUse, ...]


def uses(report: Report, figure: Figure) -> Uses:
    """Everything in the report that changes when the figure does, apart from the figure itself."""
    derived = tuple(dependents(report, figure))
    return Uses(figure, derived, tuple(text_uses(report, figure, derived)))


def figure_id(figure: Figure) -> FigureId:
    """What tells a figure from all others."""
    return figure.element.id, figure.path


def dependents(report: Report, figure: Figure) -> Iterator[Figure]:
    """The derived figures that are computed from this one, nearest first."""
    wanted = inputs(report, figure)
    for element in _could_depend(report, figure.element):
        for other in figures_of(report, element):
            if other.derived and figure_id(other) != figure_id(figure):
                found = inputs(report, other)
                if wanted and wanted <= found and (wanted != found or not figure.derived):
                    yield other


def _could_depend(report: Report, element: Element) -> Iterator[Element]:
    """The element, those above it, and those that have a share of the same whole."""
    yield element
    above = report.parent_of(element)
    seen = {element.id}
    while above is not None:
        seen.add(above)
        yield report.elements[above]
        above = report.parent_of(report.elements[above])
    shared = {d.kind for d in report.template.derivations.values() if d.form == "aandeel"}
    if element.kind in shared:
        for other in report.in_order(report.elements.values()):
            if other.kind == element.kind and other.id not in seen:
                yield other


def inputs(report: Report, figure: Figure) -> frozenset[FigureId]:
    """The stored figures from which a figure is computed; itself for a stored one."""
    if not figure.derived:
        return frozenset({figure_id(figure)})
    spec = report.field(figure.element, figure.path[0])
    if spec is not None:
        total = figure.path[1] == TOTAL_ROW
        rows = figure.element.rows(spec.key) if total else (figure.path[1],)
        return frozenset(_cells(report, spec, figure.element, rows, figure.path[-1]))
    derivation = report.template.derivations[figure.path[0]]
    return frozenset(_inputs_of(report, derivation, figure))


def _inputs_of(report: Report, derivation: Derivation, figure: Figure) -> Iterator[FigureId]:
    spec = report.template.kinds[derivation.kind].fields[derivation.field]
    if derivation.form == "drempel":
        yield from (
            (element.id, (spec.key,))
            for element in report.descendants(figure.element.id)
            if element.kind == derivation.kind and not element.retired
        )
        return
    if derivation.form == "telling":
        return
    whole = derivation.form == "aandeel"
    every = report.elements.values() if whole else report.descendants(figure.element.id)
    for element in every:
        if element.kind == derivation.kind and not element.retired:
            rows = element.rows(spec.key)
            yield from _cells(report, spec, element, rows, figure.path[-1])


def _cells(
    report: Report, spec: Field, element: Element, rows: Iterable[str], column: str
) -> Iterator[FigureId]:
    """The stored cells of a column, or of those in its formula."""
    made = next((c for c in report.columns(spec) if c.key == column), None)
    if made is None:
        return
    formula = made.column.formula
    keys = [column]
    if formula is not None:
        keys = [f"{key}_{made.year}" for key in parse_formula(formula).columns]
    for row in rows:
        yield from ((element.id, (spec.key, row, key)) for key in keys)


def text_uses(report: Report, figure: Figure, derived: Iterable[Figure] = ()) -> Iterator[TextUse]:
    """The sentences that refer to a figure or to one of those derived from it, in order."""
    via = {figure_id(other): other for other in derived}
    for element, path, label, reference in every_reference(report):
        found = figure_at(report, element, reference)
        if found is None:
            continue
        direct = figure_id(found) == figure_id(figure)
        if direct or figure_id(found) in via:
            places = Places(element)
            line = places.of_words(path, f"[[{reference}]]")
            said = sentence_with(report, element, str(element.get(path)), reference)
            other = None if direct else found
            yield TextUse(element, path, label, reference, said, places.file, line, other)


def every_reference(report: Report) -> Iterator[tuple[Element, KeyPath, str, str]]:
    """All references in the report: element, address of the text, its label, the reference."""
    from stavaza.diff import label_of

    moments = tuple(moment.key for moment in report.meta.moments)
    for _depth, element in report.walk():
        kind = report.kind(element)
        for _spec, path in texts_with_paths(report, kind, moments) if kind else ():
            text = element.get(path)
            if isinstance(text, str):
                for reference in dict.fromkeys(references(text)):
                    yield element, path, label_of(report, kind, path), reference


def referring_to(report: Report, element: Element, path: KeyPath = ()) -> list[TextUse]:
    """The sentences that refer to any figure at or below an address of an element, elsewhere too.

    Taking that value away, or retiring the element, breaks or empties them.
    """
    found = []
    for other, at, label, reference in every_reference(report):
        figure = figure_at(report, other, reference)
        if figure is None or figure.element.id != element.id:
            continue
        if figure.path[: len(path)] == path and (path or other.id != element.id):
            text = str(other.get(at))
            said = sentence_with(report, other, text, reference)
            places = Places(other)
            line = places.of_words(at, f"[[{reference}]]")
            found.append(TextUse(other, at, label, reference, said, places.file, line))
    return found


def named_figures(report: Report, asked: str) -> list[Figure]:
    """The figures that a person may mean by an address, with `:` or `/` behind the code.

    An address without a code, as the element's own texts have it, may be of several elements.
    """
    head, colon, rest = asked.strip().removeprefix("[[").removesuffix("]]").partition(":")
    address = (f"{head}/{rest}" if colon else head).partition("|")[0]
    if (found := find_figure(report, None, address)) is not None:
        return [found]
    walked = (element for _depth, element in report.walk())
    own = (find_figure(report, element, address) for element in walked)
    return [figure for figure in own if figure is not None]


def named_figure(report: Report, asked: str) -> Figure | None:
    """The one figure that a person means; None where there is none, or more than one."""
    found = named_figures(report, asked)
    return found[0] if len(found) == 1 else None
