"""Pages about several task fields, and headings that print a code in a form of their own."""

from __future__ import annotations

import pytest

from tests.stavaza.page_import.importing import read

TABLE = "Onderwerpen met structurele effecten of incidenteel >= 50.000"


def page(first: str, second: str, between: str = "") -> str:
    """A page about two task fields, with lines before the second heading if asked for."""
    blocks = ["Voortgangsrapportage 2021", "Programma 6. Sociaal domein"]
    for name, amount in ((first, "60.000"), (second, "70.000")):
        blocks += [between, name] if name == second and between else [name]
        blocks += [f"Meer taallessen (€ {amount} incidenteel, nadeel)", "Dat kost meer."]
    return "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Inkomensregelingen", "Arbeidsparticipatie"),
        ("6.3 Inkomensregelingen", "6.5 Arbeidsparticipatie"),
        ("Taakveld 6.3: Inkomensregelingen", "Taakveld 6.5: Arbeidsparticipatie"),
        ("Inkomensregelingen (6.3)", "Arbeidsparticipatie (6.5)"),
    ],
)
def test_two_task_fields_on_one_page_are_two_elements(first: str, second: str) -> None:
    result = read(page(first, second), "voortgang_taakvelden")
    assert result.rest == []
    assert [(e.id, e.parent) for e in result.elements if e.kind == "taakveld"] == [
        ("6.3", "6"),
        ("6.5", "6"),
    ]
    found = {e.parent: e.data["bedrag"] for e in result.elements if e.kind == "mutatie"}
    assert found == {"6.3": 60000, "6.5": 70000}


def test_another_programme_may_stand_above_the_second_task_field() -> None:
    text = page("Inkomensregelingen", "Verkeer en vervoer", "Programma 2. Verkeer")
    result = read(text, "voortgang_taakvelden")
    assert [(e.id, e.parent) for e in result.elements if e.kind == "taakveld"] == [
        ("6.3", "6"),
        ("2.1", "2"),
    ]
    assert result.rest == []


def test_the_name_of_a_task_field_inside_a_text_begins_nothing() -> None:
    text = page("Inkomensregelingen", "Arbeidsparticipatie").replace(
        "Dat kost meer.", "Dat kost meer.\nArbeidsparticipatie\nstaat elders.", 1
    )
    result = read(text, "voortgang_taakvelden")
    first = next(e for e in result.elements if e.kind == "mutatie")
    assert "staat elders" in str(first.data["toelichting"])


@pytest.mark.parametrize(
    ("heading", "code", "name"),
    [
        ("Programma 3: Meedoen", "3", "Meedoen"),
        ("Programma 3 Meedoen", "3", "Meedoen"),
        ("3. Meedoen", "3", "Meedoen"),
        ("Programma Meedoen", None, "Meedoen"),
        ("65 plus en meer", None, "65 plus en meer"),
    ],
)
def test_a_code_in_the_heading_is_no_part_of_the_name(
    heading: str, code: str | None, name: str
) -> None:
    text = f"Begroting 2026\n\n{heading}\n\nOmschrijving\n\nTekst.\n\nIndicatoren\n\nToelichting"
    (element,) = read(text, "begroting_doelen").elements
    assert (element.code or None, element.data["naam"]) == (code, name)


@pytest.mark.parametrize(
    "head",
    [
        "Effect op begrotingssaldo (in €)  2021",
        "Effect op begrotingssaldo (in €) 2021",
        "Effect op begrotingssaldo | 2021",
        "(in €)  2021",
    ],
)
def test_the_head_of_the_table_of_effects_is_no_mutation(head: str) -> None:
    gap = " | " if "|" in head else "  "
    rows = f"{head}\nMeer taallessen{gap}-60.000\nTotaal onderwerpen >= 50.000{gap}-60.000"
    text = page("Inkomensregelingen", "Arbeidsparticipatie").partition("\n\nArbeids")[0]
    result = read(f"{text}\n\n{TABLE}\n\n{rows}", "voortgang_taakvelden")
    found = [e.data["naam"] for e in result.elements if e.kind == "mutatie"]
    assert found == ["Meer taallessen"]
    assert result.rest == []


def test_a_year_between_the_rows_is_no_amount() -> None:
    text = page("Inkomensregelingen", "Arbeidsparticipatie").partition("\n\nArbeids")[0]
    rows = "(in €)\n\nMeer taallessen\n\n2025\n\n-60.000"
    result = read(f"{text}\n\n{TABLE}\n\n{rows}", "voortgang_taakvelden")
    assert "2025" in [line.text for line in result.rest]
    assert [e.data["bedrag"] for e in result.elements if e.kind == "mutatie"] == [60000]
