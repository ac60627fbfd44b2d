"""Amount columns as a grid: measures (lasten, baten) down, versions and years across.

Columns such as "Lasten primitief" and "Baten primitief" share a version, so a page can set the
measures below each other and stay narrow enough for a phone. The words come from the labels: what
the columns of a measure have in common in front names the measure, the rest names the version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from stavaza.publish.texts import first_capital
from stavaza.publish.view import CellView
from stavaza.template import YearColumn

NO_COLUMN = ""
Version = tuple[str, int | None]
"""A budget version and an absolute year."""


@dataclass(frozen=True)
class Grid:
    """Measures with their labels, versions with theirs, and the column at each crossing.

    `down` takes the cells of a measure, in the order of the versions, out of the cells of a row by
    column key; a row has that of a crossing without a column under `NO_COLUMN`.
    """

    measures: tuple[tuple[str, str], ...]
    versions: tuple[tuple[Version, str], ...]
    columns: dict[tuple[str, Version], YearColumn]
    down: Mapping[str, Callable[[Mapping[str, CellView]], tuple[CellView, ...]]]


_MADE: dict[tuple[int, ...], tuple[tuple[YearColumn, ...], Grid | None]] = {}
"""Grids by the identity of their columns, which are kept with them: elements share columns."""
_MOST_MADE = 256


def grid(columns: Sequence[YearColumn]) -> Grid | None:
    """The columns as a grid; None where they do not form one."""
    place = tuple(map(id, columns))
    found = _MADE.get(place)
    if found is None:
        if len(_MADE) > _MOST_MADE:
            _MADE.clear()
        found = _MADE[place] = (tuple(columns), _grid(tuple(columns)))
    return found[1]


def _grid(columns: tuple[YearColumn, ...]) -> Grid | None:
    by_measure: dict[str, list[YearColumn]] = {}
    cells: dict[tuple[str, Version], YearColumn] = {}
    for column in columns:
        measure, version = column.column.measure, column.column.version
        if not measure or not version or (measure, (version, column.year)) in cells:
            return None
        by_measure.setdefault(measure, []).append(column)
        cells[measure, (version, column.year)] = column
    if len(by_measure) < 2 or len(cells) == len(by_measure):
        return None
    labels = {measure: _measure_label(found) for measure, found in by_measure.items()}
    versions = _version_labels(cells, labels)
    if versions is None or not all(labels.values()):
        return None
    down = {
        measure: itemgetter(*(_key(cells.get((measure, version))) for version in versions))
        for measure in labels
    }
    return Grid(tuple(labels.items()), tuple(versions.items()), cells, down)


def _key(column: YearColumn | None) -> str:
    return column.key if column else NO_COLUMN


def _measure_label(columns: list[YearColumn]) -> str:
    """The words that the labels of a measure have in common in front."""
    if len(columns) == 1:
        return columns[0].label.split(" ")[0]
    words = [column.label.split(" ") for column in columns]
    common = []
    for same in zip(*words, strict=False):
        if len(set(same)) != 1:
            break
        common.append(same[0])
    return " ".join(common)


def _version_labels(
    cells: dict[tuple[str, Version], YearColumn], labels: dict[str, str]
) -> dict[Version, str] | None:
    """What the labels leave per version, the same for each measure; None where they differ."""
    found: dict[Version, str] = {}
    for (measure, version), column in cells.items():
        rest = column.label.removeprefix(labels[measure]).strip()
        if not rest or found.setdefault(version, rest) != rest:
            return None
    return {version: first_capital(label) for version, label in found.items()}
