"""Reads a link to a derived table: shares, a threshold table, years, sums or counts.

Such a link names the derivation of the template (`afleiding`) and says where its figures stand in
the workbook. They are only compared: what is derived is never written nor taken over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from excel_bridge.cells import Measure
from excel_bridge.link_places import (
    KeyPlaces,
    read_direction,
    read_element_key,
    read_measure,
    read_place,
    read_row_key,
    read_sign,
    read_whole,
    with_decimals,
)
from excel_bridge.link_types import ColumnLink, DerivedPart, LineLabel, Link, Place, Trait
from stavaza.derived_rows import AMOUNT_ROW, DerivedRows
from stavaza.toml_reader import TableReader
from stavaza.tree import Report

DERIVED: Final = "afleiding"
MARK: Final = "merk"
FORMS: Final = ("aandeel", "drempel", "jaren", "som", "telling")
SHARE_UNITS: Final = (1, 100)
"""A share of 42,8% is 42,8 in the workbook, or 0,428 that Excel shows as a percentage."""
SHARE_DECIMALS: Final = 4


def is_share(report: Report, link: Link, key: str) -> bool:
    """Whether a column of a link holds shares, in per cent, and no amounts."""
    if link.derived is None or AMOUNT_ROW in key.split("/"):
        return False
    return report.template.derivations[link.derived.key].form == "aandeel"


class DerivedReader:
    """The parts of one link that are about a derived table."""

    def __init__(self, report: Report, reader: TableReader, measure: Measure) -> None:
        self.report = report
        self.reader = reader
        self.measure = measure

    def read(self, base: Link) -> Link:
        """The link, with what is wrong in the reader's findings."""
        reader = self.reader
        known = tuple(d.key for d in self.report.template.derivations.values() if d.form in FORMS)
        key = reader.one_of(DERIVED, known)
        for other in ("veld", "soort"):
            if other in reader.table:
                reader.used.add(other)
                reader.report("X003", None, allowed=f"{DERIVED}, {other}")
        derivation = self.report.template.derivations.get(key)
        rows = DerivedRows(self.report, derivation) if derivation and key in known else None
        keys = reader.sub("sleutel", required=True)
        element = read_element_key(keys)
        by_label = keys is not None and "rij" in keys.table
        labels = read_row_key(keys) if by_label else KeyPlaces()
        if keys is not None:
            keys.done()
            if (not by_label and not element.places) or (rows and not by_label and not rows.only):
                keys.report("T002", None, missing="rij")
        row_key = (*labels.places, *element.places, Place())[0]
        element_key = element.places[0] if element.places else None
        mark = self._mark()
        part = DerivedPart(key, by_label, self._labels(rows), mark)
        traits = (Trait(MARK, mark[0], ()),) if mark else ()
        return replace(
            base,
            row_key=row_key,
            element_key=element_key,
            columns=self._columns(rows),
            element_form=element.form,
            derived=part,
            traits=traits,
        )

    def _labels(self, rows: DerivedRows | None) -> tuple[LineLabel, ...]:
        """What the workbook calls the lines: a text, or a table with the sign of the line."""
        reader = self.reader.sub("regel")
        if reader is None:
            return ()
        found = []
        known = rows.keys if rows else ()
        for key, value in reader.table.items():
            if rows and key not in known and key not in self.report.elements:
                reader.used.add(key)
                reader.report("T005", key, value=key, allowed=", ".join(known))
            elif isinstance(value, dict) and (sub := reader.sub(key)) is not None:
                mirrored = read_sign(sub, "normaal") == "omgekeerd"
                found.append(LineLabel(key, sub.text_value("tekst"), mirrored))
                sub.done()
            else:
                found.append(LineLabel(key, reader.text_value(key)))
        return tuple(found)

    def _mark(self) -> tuple[Place, tuple[str, ...]] | None:
        reader = self.reader.sub(MARK)
        if reader is None:
            return None
        place, texts = read_place(reader), reader.texts("waarden") or ("*",)
        reader.done()
        return place, texts

    def _columns(self, rows: DerivedRows | None) -> tuple[ColumnLink, ...]:
        share = rows is not None and rows.derivation.form == "aandeel"
        subs = [("", key, sub) for key, sub in self.reader.subs("kolom", required=not share)]
        if share:
            subs += [(f"{AMOUNT_ROW}/", key, sub) for key, sub in self.reader.subs(AMOUNT_ROW)]
            if not subs:
                self.reader.report("T002", "kolom", missing="kolom")
        found: list[ColumnLink] = []
        for line, key, reader in subs:
            if rows is not None and key not in rows.columns:
                reader.report("T005", None, value=key, allowed=", ".join(rows.columns))
            in_percent = share and not line and key != AMOUNT_ROW
            measure = self._share(reader, rows) if in_percent else self._amount(reader)
            place, direction = read_place(reader), read_direction(reader.sub("richting"))
            same = next((other for other in found if other.place == place), None)
            if same is not None:
                reader.report("X006", None, other=same.key)
            found.append(ColumnLink(f"{line}{key}", place, measure, direction=direction))
            reader.done()
        return tuple(found)

    def _amount(self, reader: TableReader) -> Measure:
        return with_decimals(read_measure(reader, self.measure))

    def _share(self, reader: TableReader, rows: DerivedRows | None) -> Measure:
        decimals = rows.derivation.decimals if rows else 1
        unit = read_whole(reader, "eenheid", SHARE_UNITS, SHARE_UNITS[-1])
        precision = read_whole(reader, "precisie", tuple(range(SHARE_DECIMALS + 1)), decimals)
        return Measure(unit, precision, read_sign(reader, "normaal"))
