"""What readers of derived tables share: a report to compute with, and the unit that a page says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from stavaza.notation import Notation
from stavaza.page_import.blocks import Ground
from stavaza.template import Derivation
from stavaza.tree import Meta, Moment, Report


def report_of(ground: Ground) -> Report:
    """The elements of a page as a report, so that what is derived is computed in one place."""
    moments = tuple(Moment(m.key, m.label, m.overview, m.title) for m in ground.moments.all)
    template = ground.words.template
    meta = Meta("", ground.year, template.key, ground.moments.current, moments, {})
    return Report(Path(), meta, template, {element.id: element for element in ground.elements})


def own_captions(derivation: Derivation, notation: Notation) -> tuple[str, ...]:
    """What our own pages print above a table: its name with the caption of its notation."""
    return notation.caption, f"{derivation.label}, {notation.caption}"


def with_unit(notation: Notation, unit: int | None) -> Notation:
    """A notation in the unit that the page itself says, where it says one."""
    return notation if unit is None else replace(notation, unit=unit)
