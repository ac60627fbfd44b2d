"""JSON Schema of a template's element files, so that an editor completes and checks the TOML.

It says what a file may hold. What is still empty is no error there: `stavaza check` lists that.
"""

from __future__ import annotations

import json
from typing import Any

from stavaza.report_file import FILE_NAME
from stavaza.store import OTHER_FOLDERS, REST_FILE
from stavaza.template import Column, Field, FieldType, Kind, Template, shape_pattern

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = ".schema"
SCHEMA_FILE = "onderdeel.json"
TOMBI_FILE = ".tombi.toml"
TAPLO_FILE = ".taplo.toml"

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_LINE: Schema = {"type": "string", "pattern": r"^[^\n]*$"}
_AMOUNT: Schema = {"type": "number"}
_PLAIN: dict[FieldType, Schema] = {
    "regel": _LINE,
    "tekst": _TEXT,
    "code": _LINE,
    "persoon": _LINE,
    "jaar": {"type": "integer", "minimum": 1900, "maximum": 2200},
    "datum": {"type": "string", "format": "date"},
    "bedrag": _AMOUNT,
    "getal": {"type": "number"},
    "percentage": {"type": "number"},
    "lijst": {"type": "array", "items": _TEXT},
    "bedrag_opmerking": {
        "type": "object",
        "properties": {"bedrag": _AMOUNT, "opmerking": _LINE},
        "additionalProperties": False,
        "minProperties": 1,
    },
}
_UNITS = {"bedrag": "hele euro's, of euro's en centen met een punt", "percentage": "procent"}


def schema(template: Template) -> Schema:
    """The JSON Schema (draft 7) of one element file: a form per kind, chosen by `soort`."""
    kinds = template.kinds.values()
    chosen = [
        {
            "if": {"properties": {"soort": {"const": kind.key}}, "required": ["soort"]},
            "then": {"$ref": f"#/definitions/{kind.key}"},
        }
        for kind in kinds
    ]
    return {
        "$schema": DRAFT,
        "$comment": _MADE_BY,
        "title": template.name,
        "description": template.description,
        "type": "object",
        "required": ["soort"],
        "properties": {"soort": {"type": "string", "enum": [kind.key for kind in kinds]}},
        "additionalProperties": True,
        "allOf": chosen,
        "definitions": {kind.key: _kind(template, kind) for kind in kinds},
    }


def files(template: Template) -> dict[str, str]:
    """What goes into a report's folder: the schema, and settings for the editors tombi and taplo.

    The settings name all files in folders of the report but those of links; no element needs a
    line of its own.
    """
    where = f"{FOLDER}/{SCHEMA_FILE}"
    text = json.dumps(schema(template), ensure_ascii=False, indent=2) + "\n"
    others = json.dumps(_OTHERS)
    settings = {TOMBI_FILE: _TOMBI, TAPLO_FILE: _TAPLO}
    return {where: text} | {
        name: shape.format(path=where, others=others) for name, shape in settings.items()
    }


def is_ours(raw: bytes) -> bool:
    """Whether a file was made here, so that it may be made again."""
    return _MADE_BY.encode("ascii") in raw


_MADE_BY = "stavaza template schema"
_OTHERS = (
    FILE_NAME,
    REST_FILE,
    TOMBI_FILE,
    TAPLO_FILE,
    *(f"{folder}/**/*.toml" for folder in OTHER_FOLDERS),
)
"""The files of a report that are no elements."""
_TOMBI = """\
# Tombi kent hiermee de velden van het sjabloon; gemaakt door `stavaza template schema`.
toml-version = "v1.0.0"

[[schemas]]
path = "{path}"
include = ["**/*.toml"]
exclude = {others}
"""
_TAPLO = """\
# Taplo kent hiermee de velden van het sjabloon; gemaakt door `stavaza template schema`.
[[rule]]
include = ["**/*.toml"]
exclude = {others}

[rule.schema]
path = "{path}"
enabled = true
"""


def _kind(template: Template, kind: Kind) -> Schema:
    fields = kind.fields.values()
    properties: Schema = {
        "soort": {"const": kind.key, "description": kind.label},
        "code": _code(kind),
        "ouder": {**_LINE, "description": _parents(template, kind)},
        "volgorde": {"type": "integer"},
        "vervallen": {"type": "boolean"},
        "gedrukt": {"type": "object"},
        "grens": {"type": "object", "additionalProperties": {"type": "string"}},
        "te_herzien": {"type": "object", "additionalProperties": {"type": "string"}},
        "zo_bedoeld": {"type": "object", "additionalProperties": {"type": "object"}},
        "conflict": {"type": "object"},
    }
    properties |= {spec.key: _field(template, spec) for spec in fields if not spec.per_moment}
    per_moment = {spec.key: _field(template, spec) for spec in fields if spec.per_moment}
    inner = {"type": "object", "properties": per_moment, "additionalProperties": False}
    properties["moment"] = {
        "type": "object",
        "properties": {moment.key: {"title": moment.label} | inner for moment in template.moments},
        "additionalProperties": inner,
    }
    needed = ["soort", *(["code"] if kind.code_shape else []), *(["ouder"] if kind.parents else [])]
    return {
        "title": kind.label,
        "type": "object",
        "properties": properties,
        "required": needed,
        "additionalProperties": False,
    }


def _code(kind: Kind) -> Schema:
    if not kind.code_shape:
        return _LINE
    return {"type": "string", "pattern": f"^{shape_pattern(kind.code_shape)}$"}


def _parents(template: Template, kind: Kind) -> str:
    return " / ".join(template.kinds[key].label for key in kind.parents) or "-"


def _field(template: Template, spec: Field) -> Schema:
    described = {"title": spec.label}
    if spec.help:
        described["description"] = spec.help
    if spec.type == "status":
        keys = template.status_lists[spec.status_list or ""]
        return described | {"type": "string", "enum": list(keys)}
    if spec.type == "tabel":
        return described | {"type": "object", "additionalProperties": _row(spec)}
    return described | _value(spec)


def _row(spec: Field) -> Schema:
    """A row: an amount column stands for one year or more, so its key carries the year."""
    stored = [column for column in spec.columns if column.formula is None]
    single = {c.key: {"title": c.label} | _value(c) for c in stored if c.type != "bedrag"}
    yearly = {
        f"^{column.key}_[0-9]{{4}}$": {"title": column.label} | _value(column)
        for column in stored
        if column.type == "bedrag"
    }
    return {
        "type": "object",
        "properties": single,
        "patternProperties": yearly,
        "additionalProperties": False,
    }


def _value(spec: Field | Column) -> Schema:
    if spec.type == "keuze":
        return {"type": "string", "enum": list(spec.choices)}
    unit = _UNITS.get(spec.type)
    return _PLAIN[spec.type] | ({"description": unit} if unit else {})
