"""Reads and checks a template folder: all errors at once, each with file, line and what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from stavaza.finding import Finding
from stavaza.formula import FormulaError, parse_formula
from stavaza.notation import Notation
from stavaza.standards import STANDARDS, VERSIONS, standard
from stavaza.template import (
    APP_MARKS,
    COLORS,
    DOCUMENT_KINDS,
    DUTCH,
    FIELD_TYPES,
    LANGUAGES,
    RESERVED_KEYS,
    BelowLimit,
    Column,
    Field,
    FieldType,
    Kind,
    Layout,
    MomentTemplate,
    Status,
    Template,
)
from stavaza.template_checks import (
    check_key,
    check_known,
    check_placeholders,
    check_reach_the_top,
    check_years,
    read_condition,
)
from stavaza.template_content_reader import Known, read_check
from stavaza.template_layout_reader import (
    check_measures,
    read_derivation,
    read_layout,
    read_notation,
)
from stavaza.toml_reader import TableReader, parse_toml

FILE_NAME = "template.toml"
LONG_TYPES = ("tabel", "tekst", "lijst")
_COLUMN_TYPES = tuple(
    kind for kind in FIELD_TYPES if kind not in (*LONG_TYPES, "status", "bedrag_opmerking")
)


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
    language = reader.one_of("taal", LANGUAGES, DUTCH)
    moments = tuple(_moment(key, sub) for key, sub in reader.subs("moment"))
    lists = {key: _status_list(sub) for key, sub in reader.subs("statuslijst")}
    kind_readers = reader.subs("soort", required=True)
    kinds = {key: _kind(key, sub, lists) for key, sub in kind_readers}
    for key, sub in kind_readers:
        _check_parents(sub, kinds[key], kinds)
    check_reach_the_top(kind_readers, kinds)
    notations = {}
    for key, sub in reader.subs("notatie"):
        notations[key] = read_notation(key, sub)
        check_measures(sub, notations[key], kinds)
    for key, sub in kind_readers:
        _check_notations(sub, kinds[key], notations)
    derivations = {
        key: read_derivation(key, sub, kinds, notations) for key, sub in reader.subs("afleiding")
    }
    checks = {
        key: read_check(key, sub, Known(kinds, lists, [moment.key for moment in moments]))
        for key, sub in reader.subs("controle")
    }
    layout_reader = reader.sub("pagina", required=True)
    layout = Layout("", (), "")
    if layout_reader is not None:
        layout = read_layout(layout_reader, kinds, derivations)
    others = tuple(
        read_layout(sub, kinds, derivations, layout.footer)
        for _key, sub in reader.subs("bijpagina")
    )
    for (key, sub), other in zip(reader.subs("bijpagina"), others, strict=True):
        check_key(sub, key)
        if [each.per for each in (layout, *others)].count(other.per) > 1:
            sub.report("T012", "per", value=other.per, other="pagina")
    reader.done()
    return Template(
        folder.name,
        name,
        folder,
        description,
        moments,
        lists,
        kinds,
        derivations,
        layout,
        notations,
        checks,
        others,
        language,
    )


def _check_notations(reader: TableReader, kind: Kind, notations: dict[str, Notation]) -> None:
    for key, sub in reader.subs("veld"):
        if kind.fields[key].notation:
            check_known(sub, "notatie", (kind.fields[key].notation,), notations)


def _moment(key: str, reader: TableReader) -> MomentTemplate:
    check_key(reader, key)
    label = reader.text_value("label")
    made = MomentTemplate(
        key,
        label,
        reader.text_value("overzicht", label),
        reader.text_value("titel", label),
        reader.one_of("document", DOCUMENT_KINDS, ""),
    )
    for name in ("label", "overzicht", "titel"):
        check_placeholders(reader, name, ("jaar", "vorig"))
    reader.done()
    return made


def _status_list(reader: TableReader) -> dict[str, Status]:
    statuses = {}
    for key in reader.table:
        sub = reader.sub(key)
        if sub is None:
            continue
        check_key(sub, key)
        statuses[key] = Status(
            key,
            sub.text_value("label"),
            sub.one_of("kleur", COLORS, "grijs"),
            sub.text_value("symbool", "•"),
            sub.text_value("toets", ""),
        )
        if statuses[key].symbol.strip() in APP_MARKS:
            sub.report("T023", "symbool", value=statuses[key].symbol)
        sub.done()
    labels = {key: status.label.casefold() for key, status in statuses.items()}
    _check_twice(reader, "label", labels)
    _check_twice(reader, "toets", {key: status.shortcut for key, status in statuses.items()})
    return statuses


def _check_twice(reader: TableReader, name: str, values: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for key, value in values.items():
        if value and value in seen:
            sub = reader.sub(key)
            if sub is not None:
                sub.report("T012", name, value=value, other=seen[value])
        seen.setdefault(value, key)


def _kind(key: str, reader: TableReader, lists: dict[str, dict[str, Status]]) -> Kind:
    check_key(reader, key)
    label = reader.text_value("label")
    fields = {name: _field(name, sub, lists) for name, sub in reader.subs("veld", required=True)}
    for name, sub in reader.subs("veld"):
        _check_condition(sub, fields[name], fields)
        _check_below(sub, fields[name], fields)
    name_field = reader.text_value("naamveld")
    if isinstance(reader.table.get("naamveld"), str) and name_field not in fields:
        reader.report("T005", "naamveld", value=name_field, allowed=", ".join(fields))
    shape = reader.text_value("codevorm", "")
    if shape and not re.search("[9A]", shape):
        reader.report("T008", "codevorm", value=shape)
    short = [name for name, spec in fields.items() if spec.type not in LONG_TYPES]
    check_placeholders(reader, "kop", ("code", "naam", *short), optional=True)
    made = Kind(
        key,
        label,
        reader.text_value("meervoud", label),
        reader.texts("onder"),
        shape or None,
        name_field,
        reader.text_value("kop", "{code} {naam}" if shape else "{naam}"),
        fields,
        reader.one_of("norm", STANDARDS, "") if shape else "",
        reader.flag("volledig"),
    )
    if made.complete and not made.standard:
        reader.lacks("norm")
    reader.done()
    return made


def _check_parents(reader: TableReader, kind: Kind, kinds: dict[str, Kind]) -> None:
    for parent in kind.parents:
        if parent not in kinds:
            reader.report("T005", "onder", value=parent, allowed=", ".join(kinds))


def _field(key: str, reader: TableReader, lists: dict[str, dict[str, Status]]) -> Field:
    check_key(reader, key)
    if key in RESERVED_KEYS:
        reader.report("T010", value=key)
    kind = cast(FieldType, reader.one_of("type", FIELD_TYPES))
    status_list = reader.text_value("statuslijst", None if kind == "status" else "")
    named = isinstance(reader.table.get("statuslijst"), str)
    if kind == "status" and named and status_list not in lists:
        reader.report("T005", "statuslijst", value=status_list, allowed=", ".join(lists))
    columns = _columns(reader) if kind == "tabel" else ()
    per_moment = reader.flag("per_moment")
    if per_moment and kind == "tabel":
        reader.report("T013", "per_moment")
    made = Field(
        key,
        reader.text_value("label"),
        kind,
        per_moment,
        reader.flag("verplicht"),
        read_condition(reader.sub("verplicht_bij")),
        status_list or None,
        _choices(reader) if kind == "keuze" else {},
        columns,
        reader.text_value("rijlabel", "Regel"),
        reader.flag("totaal"),
        reader.text_value("uitleg", ""),
        reader.text_value("notatie", ""),
        _below(reader.sub("onder_grens")),
        reader.one_of("norm", STANDARDS, "") if kind in ("code", "tabel") else "",
        reader.flag("volledig") if kind == "tabel" else False,
    )
    if made.complete and not made.standard:
        reader.lacks("norm")
    reader.done()
    return made


def _below(reader: TableReader | None) -> BelowLimit | None:
    if reader is None:
        return None
    made = BelowLimit(
        reader.text_value("veld"), reader.number("grens", None), reader.text_value("zin")
    )
    reader.done()
    return made


def _check_below(reader: TableReader, field: Field, fields: dict[str, Field]) -> None:
    """A sentence below a limit stands for a text, and looks at an amount that is held once."""
    if field.below is None:
        return
    other = fields.get(field.below.field)
    if field.type != "tekst":
        reader.report("T016", "onder_grens", value=field.key, expected="tekst")
    elif other is None:
        check_known(reader, "onder_grens", (field.below.field,), fields)
    elif other.type != "bedrag" or other.per_moment:
        reader.report("T016", "onder_grens", value=other.key, expected="bedrag")


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
    check_key(reader, key)
    kind = cast(FieldType, reader.one_of("type", _COLUMN_TYPES))
    check_years(reader, "jaren")
    made = Column(
        key,
        reader.text_value("label"),
        kind,
        reader.text_value("maat", "") or None,
        reader.one_of("versie", _versions(), "") or None,
        reader.numbers("jaren"),
        reader.text_value("formule", "") or None,
        _choices(reader) if kind == "keuze" else {},
        reader.texts("volgorde"),
        reader.one_of("norm", STANDARDS, "") if kind == "code" else "",
    )
    reader.done()
    return made


def _versions() -> tuple[str, ...]:
    return tuple(item.code for item in standard(VERSIONS).items)


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
