"""Where a figure is used, as places to go to; and which texts break when it goes."""

from __future__ import annotations

from dataclasses import dataclass

from excel_bridge.plan import Plan
from stavaza.figure_uses import TextUse, referring_to, uses
from stavaza.figures import Figure
from stavaza.finding import KeyPath
from stavaza.i18n import ngettext
from stavaza.references import figure_words
from stavaza.tree import Element, Report
from tui.cell_ranges import lines_of
from tui.figure_cells import named_cells, with_places
from tui.session import Jump


@dataclass(frozen=True)
class Place:
    """One use of a figure: what a person reads, and where it is."""

    text: str
    jump: Jump | None
    """Where to go; None for a cell of a workbook."""


def places_of(report: Report, figure: Figure, plan: Plan | None = None) -> list[Place]:
    """The sentences, derived figures and cells of workbooks that use a figure, in that order.

    No workbook is opened: where its cells are, is known as far as `plan` found them.
    """
    found = uses(report, figure)
    texts = [
        Place(f"“{use.sentence}” {_where(report, use)}", Jump(use.element.id, use.path, edit=True))
        for use in found.texts
    ]
    derived = [
        Place(f"{_named(report, figure, other)}: {figure_words(other)}", Jump(other.element.id))
        for other in found.derived
    ]
    cells = with_places(named_cells(report, figure), plan)
    return [*texts, *derived, *(Place(line, None) for line in lines_of(cells))]


def _named(report: Report, figure: Figure, other: Figure) -> str:
    if other.element.id == figure.element.id:
        return other.label
    return f"{report.heading(other.element)} · {other.label}"


def _where(report: Report, use: TextUse) -> str:
    return f"({report.heading(use.element)} · {use.label})"


def warning(report: Report, element: Element, path: KeyPath = ()) -> str:
    """What is said before figures at or below an address go; '' where no text names them."""
    found = referring_to(report, element, path)
    if not found:
        return ""
    said = ngettext(
        "{n} text refers to its figures: {names}.",
        "{n} texts refer to its figures: {names}.",
        len(found),
    )
    names = list(dict.fromkeys(f"{report.heading(use.element)} · {use.label}" for use in found))
    shown = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
    return said.format(n=len(found), names=shown)
