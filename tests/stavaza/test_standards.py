"""The lists of all municipalities: as they were published, in the official order."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.standards import STANDARDS, VERSIONS, standard

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"


def test_codes_are_text_in_an_order_that_is_not_numeric() -> None:
    codes = list(standard("taakvelden").in_year(2026))
    assert codes[codes.index("0.9") :][:3] == ["0.9", "0.10", "0.11"]
    assert codes[codes.index("6.5") :][:3] == ["6.5", "6.60", "6.711"]
    assert "0.1" in codes
    assert "6.6" not in codes


def test_a_task_field_is_a_code_in_a_year() -> None:
    fields = standard("taakvelden")
    assert fields.in_year(2022)["6.2"].name == "Wijkteams"
    assert fields.in_year(2024)["6.2"].name == "Toegang en eerstelijnsvoorzieningen"
    assert "6.2" not in fields.in_year(2025)
    assert fields.covers(2017)
    assert not fields.covers(2016)
    assert not fields.covers(2027)


def test_a_name_leads_to_its_code_in_that_year() -> None:
    fields = standard("taakvelden")
    assert fields.code_of("Samenkracht en  burgerparticipatie", 2020) == "6.1"
    assert fields.code_of("wijkteams", 2020) == "6.2"
    assert fields.code_of("Wijkteams", 2025) is None


@pytest.mark.parametrize("key", STANDARDS)
def test_every_list_names_its_source_and_has_each_code_once_a_year(key: str) -> None:
    found = standard(key)
    assert len(found.source) > 20
    for year in range(found.first_year or 2017, (found.last_year or 2030) + 1):
        codes = [item.code for item in found.items if item.holds(year)]
        assert len(codes) == len(set(codes))


def test_budget_versions_stand_in_the_order_in_which_they_come_about() -> None:
    versions = [item.code for item in standard(VERSIONS).items]
    assert versions == [
        "begroting",
        "primitief",
        "geamendeerd",
        "wijziging",
        "prognose",
        "realisatie",
    ]
    assert len(standard(VERSIONS).source) > 20


def test_the_openness_paragraph_came_with_its_law() -> None:
    assert len(standard("paragrafen").in_year(2021)) == 7
    assert "openbaarheid" in standard("paragrafen").in_year(2026)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published lists are not here")
def test_the_task_fields_are_all_those_that_were_published() -> None:
    lines = (REFERENCE / "taakvelden.tsv").read_text(encoding="utf-8").splitlines()
    published = set()
    for line in lines:
        if line.startswith(("#", "volgorde")):
            continue
        cells = line.split("\t")
        published.add((cells[1], cells[2], cells[4] == "ja", int(cells[5]), int(cells[6])))
    ours = {
        (item.code, item.name, item.group, item.first or 2017, item.last or 2026)
        for item in standard("taakvelden").items
    }
    assert ours == published


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published lists are not here")
@pytest.mark.parametrize("side", ["lasten", "baten"])
def test_the_categories_are_those_that_were_published_in_that_order(side: str) -> None:
    lines = (REFERENCE / "iv3_categorieen.tsv").read_text(encoding="utf-8").splitlines()
    published = [line.split("\t")[1:3] for line in lines if line.startswith(f"{side}\t")]
    assert [[item.code, item.name] for item in standard(f"iv3_{side}").items] == published
