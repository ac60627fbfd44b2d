"""Headings read as the template shapes them; what is between brackets may be absent."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.notation import SignForm
from stavaza.page_import.heading_shapes import HeadingShape, HeadingText
from stavaza.page_import.units import read_unit
from stavaza.places import templates_dir
from stavaza.template_reader import load_template
from tests.stavaza.page_import.test_figure_rows import dutch


@cache
def shape(kind: str) -> HeadingShape:
    template, findings = load_template(templates_dir() / "voortgang_taakvelden")
    assert template is not None, findings
    return HeadingShape(template, template.kinds[kind])


def read(kind: str, text: str) -> HeadingText:
    found = shape(kind).read(text)
    assert found is not None
    return found


@given(
    st.sampled_from(["Meer uitkeringen", "Project (fase 2)", "Rente: lager", "A, b en c"]),
    st.integers(1, 10_000_000),
    st.sampled_from(["structureel", "incidenteel"]),
    st.sampled_from(["nadeel", "voordeel"]),
    st.sampled_from([(symbol, gap) for symbol in ("€ ", "€", "") for gap in (", ", " ", ",  ")]),
)
def test_a_mutation_reads_with_amount_duration_and_effect(
    name: str, amount: int, duration: str, effect: str, signs: tuple[str, str]
) -> None:
    symbol, between = signs
    text = f"{name} ({symbol}{dutch(amount)} {duration}{between}{effect})"
    found = read("mutatie", text)
    assert (found.name, found.whole) == (name, True)
    assert found.values == {"bedrag": amount, "duur": duration, "effect": effect}


@pytest.mark.parametrize(
    ("text", "name", "amount"),
    [
        ("Taalmaatjes € 38.500", "Taalmaatjes", 38500),
        ("Taalmaatjes €38.500,-", "Taalmaatjes", 38500),
        ("Taalmaatjes € 60.000,--", "Taalmaatjes", 60000),
        ("Taalmaatjes € 1,3 miljoen", "Taalmaatjes", 1300000),
        ("Taalmaatjes 1000000 euro", "Taalmaatjes", 1000000),
        ("Wijkgelden (rijk 2025) € 110.000", "Wijkgelden (rijk 2025)", 110000),
    ],
)
def test_an_amount_behind_a_name_is_read(text: str, name: str, amount: int) -> None:
    found = read("overheveling", text)
    assert (found.name, found.values) == (name, {"bedrag": amount})


@pytest.mark.parametrize("name", ["Herstel fase 2", "Project 2026", "Wet van 1.000 dagen"])
def test_a_number_without_a_currency_is_part_of_the_name(name: str) -> None:
    found = read("overheveling", name)
    assert (found.name, found.values, found.whole) == (name, {}, False)


def test_an_amount_that_is_not_clear_is_refused_and_stays_in_the_name() -> None:
    found = read("overheveling", "Taalmaatjes € 12.34")
    assert (found.name, found.values, found.refused) == ("Taalmaatjes € 12.34", {}, "€ 12.34")


def test_a_source_ends_at_the_first_colon_and_is_sure_with_a_year() -> None:
    found = read("onderwerp", "Programmabegroting 2026: Sociaal: nog iets")
    assert (found.values, found.name) == ({"bron": "Programmabegroting 2026"}, "Sociaal: nog iets")
    assert found.unsure == ()
    assert read("onderwerp", "Wateroverlast: gevolgen voor de wijk").unsure == ("bron",)


def test_a_code_in_a_heading_is_text() -> None:
    found = read("programma", "Programma 6. Sociaal domein")
    assert (found.code, found.name) == ("6", "Sociaal domein")
    assert shape("programma").read("Sociaal domein") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("(bedragen × €1.000)", 1000),
        ("Bedragen x € 1.000", 1000),
        ("(in €)", 1),
        ("bedragen in euro’s", 1),
        ("in duizenden euro's", 1000),
        ("x 1.000 euro", 1000),
        ("Bedragen x € 1 miljoen", 10**6),
        ("Bedragen", None),
        ("In 2026", None),
        ("Wij geven x € 1.000 uit", None),
    ],
)
def test_the_unit_of_a_table_is_read_from_its_caption(text: str, unit: int | None) -> None:
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    ("text", "sign", "amount"),
    [
        ("Verhuur (N 31.393)", "letter_voor", -31393),
        ("Verhuur (N498.000)", "letter_voor", -498000),
        ("Verhuur (€ 335.000 V)", "letter_achter", 335000),
        ("Verhuur (4.977-)", "achter", -4977),
        ("Verhuur (€ -5.577)", "voor", -5577),
        ("Verhuur (-€ 5.577)", "voor_symbool", -5577),
        ("Verhuur (€ 1,3 miljoen)", "voor", 1300000),
    ],
)
def test_an_amount_in_brackets_reads_in_the_notation_of_its_field(
    text: str, sign: SignForm, amount: int
) -> None:
    known = shape("mutatie")
    notation = replace(known.template.notations["met_teken"], sign=sign)
    template = replace(known.template, notations={"met_teken": notation})
    found = HeadingShape(template, replace(known.kind, heading="{naam}[ ({bedrag})]")).read(text)
    assert found is not None
    assert (found.name, found.values) == ("Verhuur", {"bedrag": amount})


def test_a_letter_that_the_notation_does_not_have_is_no_part_of_an_amount() -> None:
    known = shape("mutatie")
    kind = replace(known.kind, heading="{naam}[ ({bedrag})]")
    found = HeadingShape(known.template, kind).read("Verhuur (N 31.393)")
    assert found is not None
    assert (found.name, found.values) == ("Verhuur (N 31.393)", {})
