"""The JSON Schema of a template: it takes every sound file and refuses what `check` refuses."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from stavaza import schema
from stavaza.places import example_dir, templates_dir
from stavaza.template import Template
from stavaza.template_reader import load_template
from tests.stavaza.examples import NAMES, raw

REPORTS = Path(__file__).parents[1] / "reports"


def template(name: str) -> Template:
    made, findings = load_template(templates_dir() / name)
    assert made is not None, findings
    return made


def plain(value: Any) -> Any:
    """TOML data as JSON data."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def problems(name: str, data: dict[str, Any]) -> list[str]:
    return [
        error.message for error in Draft7Validator(schema.schema(template(name))).iter_errors(data)
    ]


@pytest.mark.parametrize("name", [*NAMES, "voortgangsrapportage"])
def test_the_schema_of_every_template_is_one(name: str) -> None:
    Draft7Validator.check_schema(schema.schema(template(name)))


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_an_example_is_valid(name: str) -> None:
    for stem, data in raw(name).items():
        assert problems(name, plain(data)) == [], stem


def test_every_file_of_the_report_that_comes_along_is_valid() -> None:
    skipped = {"report.toml"}
    files = [p for p in example_dir().glob("*/*.toml") if p.parent.name != "koppelingen"]
    assert len(files) > 20
    for path in files:
        if path.name not in skipped:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            assert problems("voortgangsrapportage", plain(data)) == [], path.name


@pytest.mark.parametrize(
    ("stem", "path", "value"),
    [
        ("mutatie-lonenp", ("kleur",), "rood"),
        ("mutatie-lonenp", ("effect",), "nadelig"),
        ("mutatie-lonenp", ("bedrag",), "6.320"),
        ("mutatie-lonenp", ("naam",), "twee\nregels"),
        ("mutatie-lonenp", ("soort",), "wijziging"),
        ("mutatie-lonenp", ("ouder",), None),
        ("6.1", ("code",), "6"),
        ("6.1", ("code",), 6.1),
        ("onderwerp-buurth", ("voortgang",), "Hoort bij een moment.\n"),
        ("onderwerp-buurth", ("moment", "vgr", "naam"), "Hoort niet bij een moment"),
    ],
)
def test_what_is_wrong_in_a_file_is_refused(
    stem: str, path: tuple[str, ...], value: object
) -> None:
    data = plain(raw("voortgang_taakvelden")[stem])
    node = data
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    assert problems("voortgang_taakvelden", data)


@pytest.mark.parametrize(
    "row", [{"saldo_2026": 1}, {"lasten": 1}, {"lasten_2026": "1"}, {"lasten_26": 1}]
)
def test_a_derived_column_and_one_without_its_year_are_refused(row: dict[str, object]) -> None:
    data = plain(raw("begroting_doelen")["3"])
    data["exploitatie"] = {"p": row}
    assert problems("begroting_doelen", data)


def test_the_settings_name_the_schema_and_leave_out_what_is_no_element(tmp_path: Path) -> None:
    made = schema.files(template("programmabegroting"))
    where = ".schema/onderdeel.json"
    assert json.loads(made[where]) == schema.schema(template("programmabegroting"))
    (tombi,) = tomllib.loads(made[".tombi.toml"])["schemas"]
    (taplo,) = tomllib.loads(made[".taplo.toml"])["rule"]
    assert tombi["path"] == taplo["schema"]["path"] == where
    for rule in (tombi, taplo):
        assert rule["include"] == ["**/*.toml"]
        assert {"report.toml", "rest.toml", "koppelingen/**/*.toml"} <= set(rule["exclude"])
    assert all(schema.is_ours(text.encode()) for text in made.values())


@pytest.mark.parametrize("editor", [schema.TOMBI_FILE, schema.TAPLO_FILE])
def test_no_file_that_is_no_element_is_held_to_the_schema(editor: str) -> None:
    settings = tomllib.loads(schema.files(template("programmabegroting"))[editor])
    (rule,) = settings.get("schemas") or settings["rule"]
    folders = {path.partition("/")[0] for path in rule["exclude"]}
    assert folders >= {"koppelingen", "sjablonen", "stadia", "opmerkingen", "correcties"}
    assert folders >= {"report.toml", "rest.toml"}
    assert rule["include"] == ["**/*.toml"]


@pytest.mark.parametrize("path", sorted(REPORTS.iterdir()), ids=lambda path: path.name)
def test_the_files_of_another_municipality_are_valid_by_its_own_template(path: Path) -> None:
    made, findings = load_template(path / "sjablonen" / path.name)
    assert made is not None, findings
    validator = Draft7Validator(schema.schema(made))
    for file in path.rglob("*.toml"):
        if "sjablonen" in file.parts or file.name == "report.toml":
            continue
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        assert [error.message for error in validator.iter_errors(plain(data))] == [], file
        wrong = plain(data) | {"onbekend": 1}
        assert list(validator.iter_errors(wrong)), file
