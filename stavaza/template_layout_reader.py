"""Reads the derivations, notations and page layout of a template, and all that is wrong there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from stavaza.amounts import LARGEST
from stavaza.notation import EUROS, PLAIN, SIGN_FORMS, Notation, SignForm
from stavaza.template import (
    BLOCK_FORMS,
    DERIVATION_FORMS,
    RENDERINGS,
    Block,
    BlockForm,
    Derivation,
    DerivationForm,
    Field,
    Kind,
    Layout,
    Part,
    Rendering,
)
from stavaza.template_checks import (
    check_choice_condition,
    check_key,
    check_known,
    check_placeholders,
    read_condition,
)
from stavaza.toml_reader import TableReader

DERIVED_TEXTS = {
    "drempel": ("groot", "rest", "klein", "totaal", "merk", "noot"),
    "aandeel": ("bedrag", "aandeel"),
}
"""The texts of each form's derived rows and columns."""
_TEXT_PLACEHOLDERS = ("jaar", "code", "naam")
_FIELD_TYPES = {
    "matrix": "status",
    "telling": "status",
    "som": "tabel",
    "aandeel": "tabel",
    "jaren": "tabel",
    "drempel": "bedrag",
}
"""The type of field that each form of derivation is made from."""
CHARTS = {
    "matrix": "stapel",
    "telling": "stapel",
    "som": "kolommen",
    "jaren": "kolommen",
    "aandeel": "balken",
    "drempel": "balken",
}
"""The drawing that each form of derivation can have beside it."""
_SHARE_DECIMALS = 4
SHARE_NOTATION = "notatie_aandeel"


def read_notation(key: str, reader: TableReader) -> Notation:
    """A notation of amounts."""
    check_key(reader, key)
    unit = reader.number("eenheid", 1)
    if unit not in (1, 1000, 1_000_000):
        reader.report("T006", "eenheid", value=str(unit), allowed="1, 1000, 1000000")
        unit = 1
    decimals = reader.number("decimalen", -1)
    if not -1 <= decimals <= 2:
        reader.report("T006", "decimalen", value=str(decimals), allowed="0, 1, 2")
    letters = reader.texts("letters") or ("V", "N")
    if len(letters) != 2 or not all(letters) or letters[0] == letters[1]:
        reader.report("T006", "letters", value=", ".join(letters), allowed='["V", "N"]')
        letters = ("V", "N")
    caption = EUROS if unit == 1 else f"bedragen x € {unit:,}".replace(",", ".")
    made = Notation(
        key,
        unit,
        decimals if decimals >= 0 else None,
        reader.text_value("symbool", ""),
        cast(SignForm, reader.one_of("teken", SIGN_FORMS, "voor")),
        (letters[0], letters[1]),
        reader.text_value("nul", ""),
        reader.texts("omgekeerd"),
        reader.text_value("opschrift", caption),
        reader.text_value("achtervoegsel", ""),
        reader.flag("punten", default=True),
        reader.flag("aaneen"),
    )
    for name, text in (("symbool", made.symbol), ("achtervoegsel", made.suffix)):
        if any(char.isdigit() for char in text):
            reader.report("T006", name, value=text, allowed='"€ ", " euro", " miljoen"')
    if any(char.isdigit() for char in "".join(made.letters)):
        reader.report("T006", "letters", value=", ".join(made.letters), allowed='["V", "N"]')
    if made.sign == "achter" and made.suffix.rstrip().endswith("-"):
        reader.report("T006", "achtervoegsel", value=made.suffix, allowed='" euro", " miljoen"')
    reader.done()
    return made


def check_measures(reader: TableReader, notation: Notation, kinds: Mapping[str, Kind]) -> None:
    """Report measures to turn round that no column has."""
    known = {
        column.measure: None
        for kind in kinds.values()
        for spec in kind.fields.values()
        for column in spec.columns
        if column.measure
    }
    check_known(reader, "omgekeerd", notation.flipped, known)


def read_derivation(
    key: str, reader: TableReader, kinds: Mapping[str, Kind], notations: Mapping[str, Notation]
) -> Derivation:
    """A derived table with the parameters of its form."""
    check_key(reader, key)
    form = cast(DerivationForm, reader.one_of("vorm", DERIVATION_FORMS))
    kind_key = reader.one_of("soort", tuple(kinds))
    fields = kinds[kind_key].fields if kind_key in kinds else {}
    field_key = reader.one_of("veld", tuple(fields)) if fields else reader.text_value("veld")
    with_fields = reader.texts("met")
    if fields:
        check_known(reader, "met", with_fields, fields)
    wanted = _FIELD_TYPES.get(form)
    spec = fields.get(field_key)
    if spec is not None and wanted is not None and spec.type != wanted:
        reader.report("T015", "veld", value=field_key, form=form, expected=wanted)
    texts = reader.sub("teksten") if form in DERIVED_TEXTS else None
    threshold = _Threshold(reader, fields) if form == "drempel" else None
    made = Derivation(
        key,
        form,
        reader.text_value("label", key),
        kind_key,
        field_key,
        with_fields,
        reader.text_value("naamlabel", ""),
        reader.one_of("notatie", tuple(notations), ""),
        _share_columns(reader, spec) if form == "aandeel" else (),
        _share_decimals(reader, notations) if form == "aandeel" else 1,
        threshold.limit if threshold else 0,
        threshold.negative if threshold else None,
        threshold.marked if threshold else None,
        threshold.short_name if threshold else "",
        _texts(texts, DERIVED_TEXTS.get(form, ())),
        reader.one_of("grafiek", (CHARTS[form],) if form in CHARTS else (), ""),
        _share_notation(reader, notations) if form == "aandeel" else "",
    )
    reader.done()
    return made


class _Threshold:
    """The parameters of a threshold table."""

    def __init__(self, reader: TableReader, fields: Mapping[str, Field]) -> None:
        self.limit = reader.number("grens", None)
        if not 0 <= self.limit < LARGEST:
            reader.report("T006", "grens", value=str(self.limit), allowed="0, 1, 2 ...")
        self.negative = read_condition(reader.sub("negatief_bij"))
        self.marked = read_condition(reader.sub("merk_bij"))
        check_choice_condition(reader, "negatief_bij", self.negative, fields)
        check_choice_condition(reader, "merk_bij", self.marked, fields)
        self.short_name = reader.one_of("naam_in_tabel", tuple(fields), "") if fields else ""


def _share_columns(reader: TableReader, spec: Field | None) -> tuple[str, ...]:
    columns = reader.texts("kolommen")
    known = [column.key for column in spec.columns if column.type == "bedrag"] if spec else []
    check_known(reader, "kolommen", columns, known)
    if not columns and "kolommen" not in reader.table:
        reader.lacks("kolommen")
    return columns


def _share_notation(reader: TableReader, notations: Mapping[str, Notation]) -> str:
    """The notation of the shares; something behind the figure tells them from amounts."""
    key = reader.one_of(SHARE_NOTATION, tuple(notations), "")
    if key in notations and not notations[key].suffix.strip():
        reader.report("T006", SHARE_NOTATION, value=key, allowed='achtervoegsel = "%"')
    return key


def _share_decimals(reader: TableReader, notations: Mapping[str, Notation]) -> int:
    """The decimals that a share is derived with: what the derivation says, else its notation."""
    said = notations.get(str(reader.table.get(SHARE_NOTATION, "")), PLAIN).decimals
    decimals = reader.number("decimalen", 1 if said is None else said)
    if said not in (None, decimals):
        reader.report("T006", "decimalen", value=str(decimals), allowed=str(said))
    if not 0 <= decimals <= _SHARE_DECIMALS:
        reader.report("T006", "decimalen", value=str(decimals), allowed="0, 1, 2, 3, 4")
        return 1
    return decimals


def _texts(reader: TableReader | None, known: tuple[str, ...]) -> dict[str, str]:
    if reader is None:
        return {}
    found = {key: reader.text_value(key) for key in known if key in reader.table}
    for key in found:
        check_placeholders(reader, key, _TEXT_PLACEHOLDERS)
    reader.used.update(known)
    reader.done()
    return found


def read_layout(
    reader: TableReader,
    kinds: Mapping[str, Kind],
    derivations: Mapping[str, Derivation],
    footer: str = "",
) -> Layout:
    """The page of one element, block by block; `footer` is that of the other pages."""
    per = reader.one_of("per", tuple(kinds))
    blocks = tuple(_block(sub, per, kinds, derivations) for sub in reader.items("blok"))
    footer = reader.text_value("voet", footer)
    check_placeholders(reader, "voet", ("gebouwd", "export"))
    above = reader.texts("boven")
    check_known(reader, "boven", above, kinds)
    reader.done()
    return Layout(per, blocks, footer, above)


def _block(
    reader: TableReader, per: str, kinds: Mapping[str, Kind], derivations: Mapping[str, Derivation]
) -> Block:
    form = cast(BlockForm, reader.one_of("vorm", BLOCK_FORMS))
    derivation = kind = group = many = ""
    if form == "afleiding":
        derivation = reader.one_of("afleiding", tuple(derivations))
    if form in ("onderdelen", "relatie"):
        kind = reader.one_of("soort", tuple(kinds))
        group = reader.one_of("groep", tuple(kinds), "")
    if form == "relatie":
        many = reader.one_of("met", tuple(kinds))
        if many in kinds and kind in kinds and kind not in kinds[many].parents:
            reader.report("T017", "met", value=many, kind=kind)
    owner = kinds.get(kind if form in ("onderdelen", "relatie") else per)
    without = read_condition(reader.sub("behalve")) if kind else None
    if owner is not None:
        check_choice_condition(reader, "behalve", without, owner.fields)
    made = Block(
        form,
        reader.text_value("kop", ""),
        derivation,
        kind,
        group,
        reader.text_value("groepslabel", ""),
        reader.text_value("teken", ""),
        tuple(_part(sub, owner) for sub in reader.items("deel")),
        without,
        many,
        tuple(_part(sub, kinds.get(many)) for sub in reader.items("deel_met")) if many else (),
        _ways(reader) if form == "relatie" else None,
        tuple(_part(sub, kinds.get(group)) for sub in reader.items("groepdeel")) if group else (),
    )
    reader.done()
    return made


def _ways(reader: TableReader) -> tuple[str, str, str] | None:
    if "weergaven" not in reader.table:
        return None
    ways = reader.texts("weergaven")
    if len(ways) != 3 or len(set(ways)) != 3:
        reader.report("T018", "weergaven")
        return None
    return ways[0], ways[1], ways[2]


def _part(reader: TableReader, owner: Kind | None) -> Part:
    names = reader.texts("velden")
    if owner is not None:
        check_known(reader, "velden", names, owner.fields)
    rendering = cast(Rendering, reader.one_of("weergave", RENDERINGS, ""))
    heads = reader.texts("koppen")
    if owner is not None and all(name in owner.fields for name in names):
        _check_rendering(reader, rendering, [owner.fields[name] for name in names], heads)
    label = reader.text_value("label", "")
    made = Part(names, label, rendering, heads, reader.text_value("kop", ""))
    reader.done()
    return made


def _check_rendering(
    reader: TableReader, rendering: Rendering, specs: list[Field], heads: tuple[str, ...]
) -> None:
    if rendering == "naast" and (
        len(specs) != 2 or len(heads) != 2 or any(spec.type != "tekst" for spec in specs)
    ):
        reader.report("T019", "weergave")
    if rendering == "lijst" and any(spec.type != "tabel" for spec in specs):
        reader.report("T020", "weergave")
