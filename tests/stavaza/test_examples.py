"""Each kind of report from its example: sound, canonical, published with the right figures."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from stavaza.check import check_report
from stavaza.places import templates_dir
from stavaza.store import serialise
from tests.stavaza.examples import NAMES, example, raw
from tests.stavaza.publish.reading import Tag, faults, page, pages

WHOLE = Decimal(1)


def dutch(value: Decimal | int, places: int = 0) -> str:
    """A figure in Dutch notation, rounded half away from zero: the test's own way."""
    rounded = Decimal(value).quantize(WHOLE.scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def rows(table: Tag) -> dict[str, list[str]]:
    """The rows of a table on a page: label and cells."""
    return {
        row.all("th")[0].text(): [cell.text() for cell in row.all("td")]
        for row in table.all("tr")
        if row.all("td")
    }


def test_there_is_an_example_of_every_template_but_the_first() -> None:
    shipped = {path.parent.name for path in templates_dir().glob("*/template.toml")}
    assert shipped == {*NAMES, "voortgangsrapportage"}


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_sound_and_its_files_are_canonical(name: str) -> None:
    report = example(name)
    serious = [f for f in check_report(report) if f.severity in ("error", "warning")]
    assert serious == []
    for element in report.elements.values():
        assert element.source is not None
        assert serialise(report, element) == element.source.raw, element.id


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_the_template_is_in_its_example(name: str) -> None:
    report = example(name)
    assert {element.kind for element in report.elements.values()} == set(report.template.kinds)


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_an_example_are_valid_and_show_every_word(name: str) -> None:
    made = pages(example(name))
    for file, root in made.items():
        assert faults(root) == [], file
    shown = " ".join(root.text() for root in made.values())
    for stem, data in raw(name).items():
        for text in _texts(data):
            assert text in shown, (stem, text)


def _texts(data: dict[str, Any]) -> list[str]:
    """Every sentence of an element's texts."""
    found = []
    for key, value in data.items():
        if isinstance(value, dict):
            found += _texts(value)
        elif isinstance(value, str) and "\n" in value:
            lines = (re.sub(r"^(- |#+ )", "", line) for line in value.splitlines())
            found += [line for line in lines if line]
        elif key in ("naam", "titel", "speerpunt", "opmerking", "document"):
            found.append(value)
    return [text for text in found if text not in ("Septembercirculaire",)]


def test_the_shares_are_those_of_all_programmes_together() -> None:
    data = {stem: item for stem, item in raw("programmabegroting").items() if "begroting" in item}
    totals = {
        stem: {
            side: sum(row.get(f"{side}_primitief_2026", 0) for row in item["begroting"].values())
            for side in ("lasten", "baten")
        }
        for stem, item in data.items()
    }
    whole = {side: sum(t[side] for t in totals.values()) for side in ("lasten", "baten")}
    report = example("programmabegroting")
    for stem, own in totals.items():
        table = page(report, f"programma-{stem}.html").by_class("bedragen")[-1]
        expected = {
            label: [
                dutch(Decimal(own[side]) / 1000),
                dutch(Decimal(own[side]) * 100 / whole[side], 1) + "%",
            ]
            for label, side in (("Lasten", "lasten"), ("Baten", "baten"))
        }
        assert rows(table) == expected
        assert "Bedragen x € 1.000" in table.text() or "bedragen x € 1.000" in table.text()


def test_an_untitled_development_stands_without_a_heading() -> None:
    root = page(example("programmabegroting"), "programma-6.html")
    heads = [tag.text() for tag in root.all("h3")]
    assert heads[2:] == ["Jeugdhulp dichter bij huis", "Wachttijden in de zorg"]
    assert (
        example("programmabegroting")
        .name(example("programmabegroting").elements["ontwikkeling-naamlz"])
        .startswith("Het Rijk verandert de regels")
    )


def test_the_policy_documents_are_a_list_in_the_order_of_their_keys() -> None:
    root = page(example("programmabegroting"), "programma-6.html")
    items = [item.text() for item in root.all("ul")[-1].all("li")]
    assert items == [
        "Nota Samen verder (geldig tot en met 2029)",
        "Verordening jeugdhulp 2025",
        "Uitvoeringsplan schuldhulp (geldig tot en met 2027)",
    ]


def test_the_effect_table_lists_structural_ones_and_collects_small_incidental_ones() -> None:
    changes = [item for item in raw("voortgang_taakvelden").values() if item.get("ouder") == "6.1"]
    effects = {
        item.get("naam_in_tabel", item["naam"]): (
            item["bedrag"] * (-1 if item["effect"] == "nadeel" else 1),
            item["duur"],
        )
        for item in changes
        if item["soort"] == "mutatie"
    }
    large = {name: pair for name, pair in effects.items() if abs(pair[0]) >= 50000}
    small = {name: pair for name, pair in effects.items() if abs(pair[0]) < 50000}
    rest = sum(value for value, duration in small.values() if duration == "incidenteel")
    expected = {
        "Verhuur van zalen": [dutch(50000)],
        "Septembercirculaire 2026 *": [dutch(-182750)],
        "Totaal onderwerpen >= 50.000": [dutch(sum(v for v, _d in large.values()))],
        "Loonstijging peuteropvang *": [dutch(-6320)],
        "Overige onderwerpen met incidenteel effect < 50.000": [dutch(rest)],
        "Totaal onderwerpen < 50.000": [dutch(sum(v for v, _d in small.values()))],
        "Totaal effect begrotingssaldo 2026 taakveld 6.1": [
            dutch(sum(v for v, _d in effects.values()))
        ],
    }
    root = page(example("voortgang_taakvelden"), "taakveld-6.1.html")
    table = root.one("table")
    assert list(rows(table).items()) == list(expected.items())
    assert root.by_class("voetnoot")[0].text() == "* structurele effecten"
    assert "Septembercirculaire (" not in root.text()


def test_below_the_reporting_limit_a_fixed_sentence_stands_and_nothing_is_asked() -> None:
    report = example("voortgang_taakvelden")
    root = page(report, "taakveld-6.1.html")
    articles = {a.all("h2")[0].text(): a.text() for a in root.all("article") if a.all("h2")}
    below = articles["Loonstijging peuteropvang (€ 6.320 structureel, nadeel)"]
    assert "onder de rapportagegrens van € 10.000" in below
    above = articles["Energie buurthuizen (€ 48.999 incidenteel, nadeel)"]
    assert "rapportagegrens" not in above
    assert "rapportagegrens" in page(report, "taakveld-6.3.html").text()


def test_task_fields_stand_in_the_official_order_below_the_heading_of_their_programme() -> None:
    report = example("voortgang_taakvelden")
    codes = [e.code for _depth, e in report.walk() if e.kind == "taakveld"]
    assert codes == ["0.9", "0.10", "6.1", "6.3"]
    header = page(report, "taakveld-6.1.html").one("header")
    assert "Programma 6. Sociaal domein" in header.text()


def test_goals_and_deliverables_are_one_set_shown_in_three_ways() -> None:
    root = page(example("begroting_doelen"), "programma-3.html")
    relation = root.by_class("relatie")[0]
    assert [tag.text() for tag in relation.all("label")] == [
        "Toon prestaties bij doelstellingen",
        "Doelstelling",
        "Prestatie",
    ]
    assert len({tag.attributes["name"] for tag in relation.all("input")}) == 1
    pairs = relation.by_class("paar")
    assert [len(pair.by_class("andere")) for pair in pairs] == [1, 1, 0]
    shown = [
        tag.text()
        for pair in pairs
        for many in pair.by_class("andere")
        for tag in many.all("p")
        if "onzichtbaar" not in tag.attributes.get("class", "")
    ]
    assert shown == [
        "In elk dorp is twee dagdelen per week een spreekuur.",
        "€486.000",
        "Een papieren wegwijzer komt bij alle huishoudens. De oplage is 9.400.",
        "€21.500 (eenmalig, uit het budget dienstverlening)",
        "Zes verenigingen geven proeflessen op school.",
        "Na toekenning van de rijksbijdrage",
        "Het Havenpark krijgt een beweegroute.",
    ]


def test_five_years_show_their_balance_and_a_printed_one_that_rounding_explains() -> None:
    (row,) = raw("begroting_doelen")["3"]["exploitatie"].values()
    years = range(2025, 2030)
    balance = [Decimal(row[f"baten_{y}"] - row[f"lasten_{y}"]) / 1000 for y in years]
    report = example("begroting_doelen")
    table = page(report, "programma-3.html").all("table")[-1]
    assert [tag.text() for tag in table.all("thead")[0].all("th")][1:] == [str(y) for y in years]
    found = rows(table)
    assert found["Lasten"] == [dutch(Decimal(row[f"lasten_{y}"]) / 1000) for y in years]
    assert found["Saldo"] == [*map(dutch, balance[:4]), "-9.387"]
    assert dutch(balance[4]) == "-9.386"
    assert [f.code for f in check_report(report)] == ["C006"]


def test_indicators_keep_their_decimals_and_the_natural_order_of_their_numbers() -> None:
    table = page(example("begroting_doelen"), "programma-3.html").all("table")[0]
    assert rows(table) == {
        "20": [
            *("Sport, cultuur en recreatie", "Inwoners die niet sporten", "47,30", "%", "RIVM"),
            *("2024", "Realisatie"),
        ],
        "102": [
            *("Sociaal domein", "Vrijwilligers", "1.250", "inwoners", "Eigen telling"),
            *("2026", "Begroting"),
        ],
    }


def test_plan_and_progress_of_every_aspect_stand_side_by_side() -> None:
    root = page(example("jaarverslag_speerpunten"), "programma-06.html")
    first = root.all("article")[0]
    assert [tag.text() for tag in first.all("h4")] == [
        "Status",
        "Wat gaan we ervoor doen:",
        "Planning:",
        "Indicator:",
        "Financiële middelen:",
        "Risico's:",
    ]
    sides = first.by_class("zijde")
    assert [side.all("p")[0].text() for side in sides] == ["Plan", "Voortgang"] * 5
    assert sides[1].all("p")[1].text() == "Sinds februari zijn 112 huisbezoeken afgelegd."
    assert first.by_class("status")[0].text() == "Op schema"


def test_without_progress_only_the_plan_stands_there() -> None:
    report = example("jaarverslag_speerpunten")
    point = report.elements["speerpunt-schuld"]
    point.set(("moment", "jaarverslag", "planning_voortgang"), None)
    first = page(report, "programma-06.html").all("article")[0]
    heads = [side.all("p")[0].text() for side in first.by_class("zijde")]
    assert heads == ["Plan", "Voortgang", "Plan", "Plan", "Voortgang"] + ["Plan", "Voortgang"] * 2
