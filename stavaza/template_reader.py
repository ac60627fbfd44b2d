"""Reads and checks a template folder: all errors at once, each with file, line and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, cast

from stavaza.finding import Finding
from stavaza.formula import FormulaError, parse_formula
from stavaza.template import (
    COLORS,
    DERIVATION_FORMS,
    FIELD_TYPES,
    RESERVED_KEYS,
    Block,
    Column,
    Condition,
    Derivation,
    DerivationForm,
    Field,
    FieldType,
    Kind,
    Layout,
    MomentTemplate,
    Part,
    Status,
    Template,
)
from stavaza.toml_reader import TableReader, parse_toml

FILE_NAME = "template.toml"
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_COLUMN_TYPES = tuple(kind for kind in FIELD_TYPES if kind not in ("tabel", "tekst", "lijst"))
_BLOCK_FORMS = ("velden", "afleiding", "onderdelen")


def load_template(folder: Path) -> tuple[Template | None, list[Finding]]:
    """The template in `folder` and all that is wrong with it; None where an error blocks use."""
    file = folder / FILE_NAME
    try:
        data = file.read_bytes()
    except OSError:
        return None, [Finding("T001", {"folder": str(folder)}, file)]
    table, text, findings = parse_toml(data, file)
    if table is None:
        return None, findings
    template = _read(TableReader(table, file, text, findings), folder)
    broken = any(finding.severity == "error" for finding in findings)
    return (None if broken else template), findings


def _read(reader: TableReader, folder: Path) -> Template:
    name = reader.text_value("naam")
    description = reader.text_value("omschrijving", "")
    moments = tuple(_moment(key, sub) for key, sub in reader.subs("moment"))
    lists = {key: _status_list(sub) for key, sub in reader.subs("statuslijst")}
    kind_readers = reader.subs("soort", required=True)
    kinds = {key: _kind(key, sub, lists) for key, sub in kind_readers}
    for key, sub in kind_readers:
        _check_parents(sub, kinds[key], kinds)
    derivations = {key: _derivation(key, sub, kinds) for key, sub in reader.subs("afleiding")}
    layout_reader = reader.sub("pagina", required=True)
    layout = Layout("", (), "")
    if layout_reader is not None:
        layout = _layout(layout_reader, kinds, derivations)
    reader.done()
    return Template(
        folder.name, name, folder, description, moments, lists, kinds, derivations, layout
    )


def _check_key(reader: TableReader, key: str) -> None:
    if not _KEY.fullmatch(key):
        reader.report("T011")


def _moment(key: str, reader: TableReader) -> MomentTemplate:
    _check_key(reader, key)
    label = reader.text_value("label")
    made = MomentTemplate(
        key,
        label,
        reader.text_value("overzicht", label),
        reader.text_value("titel", label),
    )
    for name in ("label", "overzicht", "titel"):
        _check_placeholders(reader, name, ("jaar", "vorig"))
    reader.done()
    return made


def _status_list(reader: TableReader) -> dict[str, Status]:
    statuses = {}
    for key in reader.table:
        sub = reader.sub(key)
        if sub is None:
            continue
        _check_key(sub, key)
        statuses[key] = Status(
            key,
            sub.text_value("label"),
            sub.one_of("kleur", COLORS, "grijs"),
            sub.text_value("symbool", "•"),
            sub.text_value("toets", ""),
        )
        sub.done()
    _check_twice(reader, {key: status.label.casefold() for key, status in statuses.items()})
    _check_twice(reader, {key: status.shortcut for key, status in statuses.items()})
    return statuses


def _check_twice(reader: TableReader, values: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for key, value in values.items():
        if value and value in seen:
            reader.report("T012", key, value=value, other=seen[value])
        seen.setdefault(value, key)


def _check_placeholders(reader: TableReader, key: str, allowed: tuple[str, ...]) -> None:
    value = reader.table.get(key)
    if not isinstance(value, str):
        return
    wrong = [name for name in _PLACEHOLDER.findall(value) if name not in allowed]
    if wrong or _PLACEHOLDER.sub("", value).count("{") or _PLACEHOLDER.sub("", value).count("}"):
        shown = ", ".join("{" + name + "}" for name in allowed)
        reader.report("T009", key, value=value, allowed=shown)


def _kind(key: str, reader: TableReader, lists: dict[str, dict[str, Status]]) -> Kind:
    _check_key(reader, key)
    label = reader.text_value("label")
    fields = {name: _field(name, sub, lists) for name, sub in reader.subs("veld", required=True)}
    for name, sub in reader.subs("veld"):
        _check_condition(sub, fields[name], fields)
    name_field = reader.text_value("naamveld")
    if name_field and name_field not in fields:
        reader.report("T005", "naamveld", value=name_field, allowed=", ".join(fields))
    shape = reader.text_value("codevorm", "")
    if shape and not re.search("[9A]", shape):
        reader.report("T008", "codevorm", value=shape)
    _check_placeholders(reader, "kop", ("code", "naam"))
    made = Kind(
        key,
        label,
        reader.text_value("meervoud", label),
        reader.texts("onder"),
        shape or None,
        name_field,
        reader.text_value("kop", "{code} {naam}" if shape else "{naam}"),
        fields,
    )
    reader.done()
    return made


def _check_parents(reader: TableReader, kind: Kind, kinds: dict[str, Kind]) -> None:
    for parent in kind.parents:
        if parent not in kinds:
            reader.report("T005", "onder", value=parent, allowed=", ".join(kinds))


def _field(key: str, reader: TableReader, lists: dict[str, dict[str, Status]]) -> Field:
    _check_key(reader, key)
    if key in RESERVED_KEYS:
        reader.report("T010", value=key)
    kind = cast(FieldType, reader.one_of("type", FIELD_TYPES))
    status_list = reader.text_value("statuslijst", None if kind == "status" else "")
    if kind == "status" and status_list and status_list not in lists:
        reader.report("T005", "statuslijst", value=status_list, allowed=", ".join(lists))
    columns = _columns(reader) if kind == "tabel" else ()
    per_moment = reader.flag("per_moment")
    if per_moment and kind == "tabel":
        reader.report("T013", "per_moment")
    condition = reader.sub("verplicht_bij")
    made = Field(
        key,
        reader.text_value("label"),
        kind,
        per_moment,
        reader.flag("verplicht"),
        _condition(condition) if condition else None,
        status_list or None,
        _choices(reader) if kind == "keuze" else {},
        columns,
        reader.text_value("rijlabel", "Regel"),
        reader.flag("totaal"),
        reader.text_value("uitleg", ""),
    )
    reader.done()
    return made


def _condition(reader: TableReader) -> Condition:
    made = Condition(reader.text_value("veld"), reader.texts("waarden"))
    reader.done()
    return made


def _check_condition(reader: TableReader, field: Field, fields: dict[str, Field]) -> None:
    condition = field.required_when
    if condition is None:
        return
    other = fields.get(condition.field)
    if other is None:
        reader.report("T005", "verplicht_bij", value=condition.field, allowed=", ".join(fields))
    elif other.per_moment and not field.per_moment:
        reader.report("T014", "verplicht_bij", value=condition.field)


def _choices(reader: TableReader) -> dict[str, str]:
    choices = reader.sub("keuzes", required=True)
    if choices is None:
        return {}
    return {key: choices.text_value(key) for key in choices.table}


def _columns(reader: TableReader) -> tuple[Column, ...]:
    subs = reader.subs("kolom", required=True)
    columns = tuple(_column(key, sub) for key, sub in subs)
    for column, (_, sub) in zip(columns, subs, strict=True):
        _check_formula(sub, column, columns)
    return columns


def _column(key: str, reader: TableReader) -> Column:
    _check_key(reader, key)
    kind = cast(FieldType, reader.one_of("type", _COLUMN_TYPES))
    made = Column(
        key,
        reader.text_value("label"),
        kind,
        reader.text_value("maat", "") or None,
        reader.text_value("versie", "") or None,
        reader.numbers("jaren"),
        reader.text_value("formule", "") or None,
        _choices(reader) if kind == "keuze" else {},
        reader.texts("volgorde"),
    )
    reader.done()
    return made


def _check_formula(reader: TableReader, column: Column, columns: tuple[Column, ...]) -> None:
    if column.formula is None:
        return
    amounts = {other.key: other for other in columns if other.type == "bedrag"}
    try:
        used = parse_formula(column.formula).columns
    except FormulaError as error:
        reader.report("T007", "formule", value=column.formula, reason=str(error))
        return
    for name in used:
        if name not in amounts or amounts[name].formula is not None:
            stored = [key for key, other in amounts.items() if other.formula is None]
            reader.report("T005", "formule", value=name, allowed=", ".join(stored))


def _derivation(key: str, reader: TableReader, kinds: dict[str, Kind]) -> Derivation:
    _check_key(reader, key)
    form = reader.one_of("vorm", DERIVATION_FORMS)
    kind_key = reader.one_of("soort", tuple(kinds))
    fields = kinds[kind_key].fields if kind_key in kinds else {}
    field_key = reader.one_of("veld", tuple(fields)) if fields else reader.text_value("veld")
    with_fields = reader.texts("met")
    for name in with_fields:
        if fields and name not in fields:
            reader.report("T005", "met", value=name, allowed=", ".join(fields))
    wanted = "tabel" if form == "som" else "status"
    if field_key in fields and fields[field_key].type != wanted:
        reader.report("T015", "veld", value=field_key, form=form, expected=wanted)
    made = Derivation(
        key,
        cast(DerivationForm, form),
        reader.text_value("label", key),
        kind_key,
        field_key,
        with_fields,
        reader.text_value("naamlabel", ""),
    )
    reader.done()
    return made


def _layout(
    reader: TableReader, kinds: dict[str, Kind], derivations: dict[str, Derivation]
) -> Layout:
    per = reader.one_of("per", tuple(kinds))
    blocks = tuple(_block(sub, per, kinds, derivations) for sub in reader.items("blok"))
    footer = reader.text_value("voet", "")
    _check_placeholders(reader, "voet", ("gebouwd", "export"))
    reader.done()
    return Layout(per, blocks, footer)


def _block(
    reader: TableReader, per: str, kinds: dict[str, Kind], derivations: dict[str, Derivation]
) -> Block:
    form = cast(Literal["velden", "afleiding", "onderdelen"], reader.one_of("vorm", _BLOCK_FORMS))
    derivation = kind = group = ""
    if form == "afleiding":
        derivation = reader.one_of("afleiding", tuple(derivations))
    if form == "onderdelen":
        kind = reader.one_of("soort", tuple(kinds))
        group = reader.one_of("groep", tuple(kinds), "")
    owner = kinds.get(kind if form == "onderdelen" else per)
    made = Block(
        form,
        reader.text_value("kop", ""),
        derivation,
        kind,
        group,
        reader.text_value("groepslabel", ""),
        reader.text_value("teken", ""),
        tuple(_part(sub, owner) for sub in reader.items("deel")),
    )
    reader.done()
    return made


def _part(reader: TableReader, owner: Kind | None) -> Part:
    names = reader.texts("velden")
    for name in names:
        if owner is not None and name not in owner.fields:
            reader.report("T005", "velden", value=name, allowed=", ".join(owner.fields))
    made = Part(names, reader.text_value("label", ""))
    reader.done()
    return made
