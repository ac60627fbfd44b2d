"""`stavaza where`: every place that uses a figure."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from tui.commands.common import (
    COULD_NOT,
    FINE,
    add_common,
    emit,
    emit_json,
    opened,
    tell_unread,
)

if TYPE_CHECKING:
    from stavaza.figure_uses import TextUse, Uses
    from stavaza.figures import Figure
    from stavaza.tree import Report
    from tui.figure_cells import WorkbookCell

NAME = "where"
HELP = N_("list every place that uses a figure: texts, tables, workbooks")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "figure",
        metavar=_("FIGURE"),
        help=_("its address, such as 6.1.3/begroting/663884/lasten_prognose_2026"),
    )
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Print the places; 2 where there is no such figure."""
    from stavaza.display import harmless
    from stavaza.figure_uses import named_figure, uses
    from tui.figure_cells import cells_of

    report = opened(args)
    figure = named_figure(report, args.figure)
    if figure is None:
        _tell_unknown(report, args.figure)
        return COULD_NOT
    tell_unread(report)
    found, cells = uses(report, figure), cells_of(report, figure)
    if args.format == "json":
        emit_json(_as_json(report, found, cells))
    else:
        for line in _lines(report, found, cells):
            emit(harmless(line))
    return FINE


def _tell_unknown(report: Report, asked: str) -> None:
    """Say that there is no such figure or more than one, and how the nearest ones are called."""
    from stavaza.display import harmless
    from stavaza.figure_uses import named_figures
    from stavaza.figures import figures_of

    if several := named_figures(report, asked):
        emit(_("More than one element has that figure; say which:"), error=True)
        for figure in several:
            emit(harmless(f"  {figure.address}"), error=True)
        return
    sentence = _("There is no figure with a value at {address}.")
    emit(harmless(sentence.format(address=asked or "“”")), error=True)
    element = report.elements.get(asked.partition(":")[0].partition("/")[0])
    if element is None:
        hint = _("Begin with the code of an element, such as 6.1.3/begroting/663884/lasten_2026.")
        emit(hint, error=True)
        return
    for figure in figures_of(report, element):
        emit(harmless(f"  {figure.address}"), error=True)


def _as_json(report: Report, found: Uses, cells: tuple[WorkbookCell, ...]) -> dict[str, object]:
    return {
        "figure": found.figure.address,
        "value": _plain(found.figure),
        "texts": [use.as_json(report.root) for use in found.texts],
        "derived": [{"figure": f.address, "value": _plain(f)} for f in found.derived],
        "workbooks": [cell.as_json() for cell in cells],
    }


def _plain(figure: Figure) -> object:
    return figure.value if isinstance(figure.value, int) else str(figure.value)


def _lines(report: Report, found: Uses, cells: tuple[WorkbookCell, ...]) -> Iterator[str]:
    from stavaza.references import figure_words
    from tui.cell_ranges import lines_of

    figure = found.figure
    yield f"{report.heading(figure.element)} · {figure.label}: {figure_words(figure)}"
    yield f"  [[{figure.address}]]"
    for title, inside in (
        (_("In texts"), [_text_line(report, use) for use in found.texts]),
        (_("Counts in"), [_derived_line(report, other) for other in found.derived]),
        (_("In workbooks"), list(lines_of(cells))),
    ):
        if inside:
            yield ""
            yield f"{title}:"
            yield from (f"  {line}" for line in inside)
    if not (found.texts or found.derived or cells):
        yield _("Nothing else uses this figure.")


def _text_line(report: Report, use: TextUse) -> str:
    place = ""
    if use.file is not None:
        place = f"{use.file.relative_to(report.root)}:{use.line}: "
    via = " " + _("(through {figure})").format(figure=use.via.label) if use.via else ""
    return f"{place}{report.heading(use.element)} · {use.label}{via}: {use.sentence}"


def _derived_line(report: Report, figure: Figure) -> str:
    from stavaza.references import figure_words

    return f"{report.heading(figure.element)} · {figure.label}: {figure_words(figure)}"
