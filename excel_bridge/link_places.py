"""Reads where a link's file says that keys, columns, blocks and directions are on the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from excel_bridge.cells import MOST_DECIMALS, SIGNS, UNITS, Measure, Sign
from excel_bridge.link_types import Direction, KeyForm, Place, Trait
from stavaza.template import Column, Field
from stavaza.toml_reader import TableReader

_LETTER: Final = re.compile(r"[A-Za-z]{1,3}")
_DEFAULT_DECIMALS: Final = {1: 2, 1000: 0}
_ROW_FORMS: Final = ("kolom", "label")
_ELEMENT_FORMS: Final = ("kolom", "label", "blad")


@dataclass(frozen=True)
class KeyPlaces:
    """Where a key is: its column or columns, and in what form; no place for a sheet's name."""

    places: tuple[Place, ...] = ()
    form: KeyForm = "kolom"


def read_place(reader: TableReader) -> Place:
    """A column's place from its keys `kop` or `letter`."""
    given = [key for key in ("kop", "letter") if key in reader.table]
    reader.used.update(("kop", "letter"))
    if len(given) != 1:
        reader.report("X003", None, allowed="kop, letter")
        return Place()
    if given == ["letter"]:
        letter = reader.text_value("letter")
        if letter and not _LETTER.fullmatch(letter):
            reader.report("X005", "letter", value=letter, wanted="A ... XFD")
        return Place(letter=letter.upper())
    return _header(reader, "kop")


def _header(reader: TableReader, key: str) -> Place:
    """Header lines: one text, or a list of texts from top to bottom."""
    value = reader.table.get(key)
    lines = reader.texts(key) if isinstance(value, list) else (reader.text_value(key),)
    if not all(line.strip() for line in lines) or not lines:
        reader.report("X005", key, value='""', wanted="tekst")
        return Place()
    return Place(tuple(lines))


def read_measure(reader: TableReader, above: Measure) -> Measure:
    """Unit, precision and sign; what is not said here comes from the level above.

    A precision of -1 is one that nobody said yet.
    """
    unit = read_whole(reader, "eenheid", UNITS, above.unit)
    most = MOST_DECIMALS[unit]
    unset = -1 if unit != above.unit else above.precision
    precision = read_whole(reader, "precisie", tuple(range(most + 1)), unset)
    return Measure(unit, precision, read_sign(reader, above.sign))


def with_decimals(measure: Measure) -> Measure:
    """The measure with the decimals that its unit usually has, where nobody said any."""
    if measure.precision >= 0:
        return measure
    return Measure(measure.unit, _DEFAULT_DECIMALS[measure.unit], measure.sign)


def read_sign(reader: TableReader, default: Sign) -> Sign:
    """The key `teken`."""
    if reader.one_of("teken", SIGNS, default) == "omgekeerd":
        return "omgekeerd"
    return "normaal" if "teken" in reader.table else default


def read_whole(reader: TableReader, key: str, allowed: tuple[int, ...], default: int) -> int:
    """A whole number of those that are allowed; the default where it is absent or wrong."""
    reader.used.add(key)
    value = reader.table.get(key, default)
    if key not in reader.table:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value not in allowed:
        wanted = ", ".join(str(number) for number in allowed)
        reader.report("X005", key, value=str(value), wanted=wanted)
        return default
    return value


def read_row_key(keys: TableReader | None) -> KeyPlaces:
    """The key `rij`: a header, a column as a table, or `{ kolommen = [...] }` together."""
    if keys is None:
        return KeyPlaces((Place(),))
    if "rij" not in keys.table:
        keys.lacks("rij")
        return KeyPlaces((Place(),))
    value = keys.table["rij"]
    if isinstance(value, dict) and "kolommen" in value:
        return _several(keys)
    return _one(keys, "rij", _ROW_FORMS)


def read_element_key(keys: TableReader | None) -> KeyPlaces:
    """The key `onderdeel`; no places where the link has none, or where the sheet's name says it."""
    if keys is None or "onderdeel" not in keys.table:
        return KeyPlaces()
    return _one(keys, "onderdeel", _ELEMENT_FORMS)


def _one(keys: TableReader, key: str, forms: tuple[KeyForm, ...]) -> KeyPlaces:
    if not isinstance(keys.table[key], dict):
        keys.used.add(key)
        return KeyPlaces((_header(keys, key),))
    reader = keys.sub(key)
    if reader is None:
        return KeyPlaces((Place(),))
    said = reader.one_of("uit", forms, "kolom")
    form = next((known for known in forms if known == said), forms[0])
    places = () if form == "blad" else (read_place(reader),)
    reader.done()
    return KeyPlaces(places, form)


def _several(keys: TableReader) -> KeyPlaces:
    reader = keys.sub("rij")
    headers = reader.texts("kolommen") if reader else ()
    if reader:
        reader.done()
        if not headers or not all(header.strip() for header in headers):
            reader.report("X005", "kolommen", value="[]", wanted='["...", "..."]')
    return KeyPlaces(tuple(Place((header,)) for header in headers) or (Place(),))


def read_block(reader: TableReader | None) -> Place | None:
    """The column of `[blok]` that says which block a line is in; None where headings do."""
    if reader is None:
        return None
    place = read_place(reader)
    reader.done()
    return place


def read_direction(reader: TableReader | None) -> Direction | None:
    """A column's `richting`: the column that tells the sign, and which texts mean which."""
    if reader is None:
        return None
    found = Direction(read_place(reader), reader.texts("omgekeerd"), reader.texts("normaal"))
    if not (found.mirrored or found.normal):
        reader.report("T002", None, missing="omgekeerd")
    reader.done()
    return found


def read_texts(
    reader: TableReader | None, fields: Mapping[str, Field | Column]
) -> tuple[tuple[str, Place], ...]:
    """The columns of `[tekst]`: which column of the workbook holds which text of a row."""
    if reader is None:
        return ()
    plain = [key for key, spec in fields.items() if spec.type in ("regel", "code")]
    found = []
    for key in reader.table:
        if key not in plain:
            reader.used.add(key)
            reader.report("T005", key, value=key, allowed=", ".join(plain))
        else:
            found.append((key, _one(reader, key, ("kolom",)).places[0]))
    return tuple(found)


def read_traits(reader: TableReader, fields: Mapping[str, Field | Column]) -> tuple[Trait, ...]:
    """The columns of `[kenmerk]`: which text of the workbook stands for which choice of a row."""
    known = {key: spec for key, spec in fields.items() if spec.type == "keuze"}
    found = []
    for key, sub in reader.subs("kenmerk"):
        place = read_place(sub)
        texts = sub.sub("waarden", required=True)
        choices = [(text, texts.text_value(text)) for text in texts.table] if texts else []
        if key not in known:
            sub.report("T005", None, value=key, allowed=", ".join(known))
        elif texts is not None:
            for text, choice in choices:
                if choice and choice not in known[key].choices:
                    texts.report("T005", text, value=choice, allowed=", ".join(known[key].choices))
        sub.done()
        found.append(Trait(key, place, tuple(choices)))
    return tuple(found)
