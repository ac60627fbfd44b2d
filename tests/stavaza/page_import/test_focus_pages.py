"""A page of an annual report: focus points with a status, and plan and progress of five aspects."""

from __future__ import annotations

import pytest

from stavaza.page_import import ImportResult
from stavaza.prose import to_plain
from stavaza.source import Data
from tests.stavaza.page_import.importing import read

TEXT = """\
Programma 03 Wijken

Programmadoelstelling

Wij willen prettige wijken.

VOORTGANG SPEERPUNTEN

Van losse klachten naar een plan per wijk. Bewoners maken het plan zelf.

Status

Toelichting

Wat gaan we ervoor doen:

In elke wijk komt een tafel:

  • met bewoners;
  • met de corporatie.

  • In vier wijken is de tafel begonnen.
  • In een wijk is te weinig animo.

Planning:

Start in het voorjaar.

Indicator:

Het aantal tafels.

Er zijn vier tafels gestart.

Financiële middelen:

Nader te bepalen.

De kosten vielen binnen de begroting.

Risico's:

Te weinig vrijwilligers.

Dit risico is er nog.

Schone straten

Status

Op schema

Toelichting

Wat gaan we ervoor doen:

We vegen elke week.

Er is elke week geveegd.

Deze pagina is gebouwd op 08/24/2025 13:58:51 met de export van 08/24/2025 13:39:34
"""


def page(text: str = TEXT, year: int | None = 2024) -> ImportResult:
    return read(text, "jaarverslag_speerpunten", year)


def points(result: ImportResult) -> list[Data]:
    return [element.data for element in result.elements if element.kind == "speerpunt"]


def progress(data: Data, key: str) -> str:
    return to_plain(data["moment"]["jaarverslag"][f"{key}_voortgang"])


def test_every_line_of_the_page_has_its_place() -> None:
    result = page()
    assert result.rest == []
    assert result.by_id["03"].data["naam"] == "Wijken"
    assert [item["speerpunt"] for item in points(result)] == [
        "Van losse klachten naar een plan per wijk. Bewoners maken het plan zelf.",
        "Schone straten",
    ]


def test_plan_and_progress_are_proposed_apart_and_marked() -> None:
    first, second = points(page())
    assert to_plain(first["wat_plan"]).endswith("- met de corporatie.")
    assert progress(first, "wat").startswith("- In vier wijken")
    assert to_plain(first["planning_plan"]) == "Start in het voorjaar."
    assert "planning_voortgang" not in first["moment"]["jaarverslag"]
    assert progress(first, "middelen") == "De kosten vielen binnen de begroting."
    assert progress(second, "wat") == "Er is elke week geveegd."
    assert first["grens"] == {
        f"moment/jaarverslag/{key}_voortgang": f"{key}_plan"
        for key in ("wat", "planning", "indicator", "middelen", "risicos")
    }


def test_a_status_that_is_not_printed_is_a_finding_and_no_guess() -> None:
    result = page()
    first, second = points(result)
    assert "status" not in first["moment"]["jaarverslag"]
    assert second["moment"]["jaarverslag"]["status"] == "op_schema"
    assert [finding.line for finding in result.findings if finding.code == "I024"] == [11]


def test_a_year_that_is_not_printed_is_proposed_from_the_footer() -> None:
    result = page(year=None)
    assert result.year == 2024
    assert [finding.params for finding in result.findings if finding.code == "I026"] == [
        {"year": "2024", "time": "24-8-2025"}
    ]
    unknown = page(TEXT.rpartition("Deze pagina")[0], year=None)
    assert not unknown.usable
    assert [finding.code for finding in unknown.findings] == ["I003"]


COLUMNS = """\
<table><tr><th>Wat gaan we ervoor doen:</th><td><p>We vegen.</p><ul><li>elke week;</li></ul></td>
<td><p>Er is geveegd.</p></td></tr>
<tr><th>Planning:</th><td>Het hele jaar.</td><td></td></tr></table>"""
HEADED = """\
<table><tr><td></td><th>Plan</th><th>Voortgang</th></tr>
<tr><th>Wat gaan we ervoor doen:</th><td><p>We vegen.</p><ul><li>elke week;</li></ul></td>
<td><p>Er is geveegd.</p></td></tr>
<tr><th>Planning:</th><td>Het hele jaar.</td><td></td></tr></table>"""
BOXES = """\
<h4>Wat gaan we ervoor doen:</h4><div class="row"><div class="col"><p>We vegen.</p>
<ul><li>elke week;</li></ul></div><div class="col"><p>Er is geveegd.</p></div></div>
<h4>Planning:</h4><div><div class="col"><h5>Plan</h5><p>Het hele jaar.</p></div></div>"""
WORDS = """\
<h4>Wat gaan we ervoor doen:</h4><p>Plan</p><p>We vegen.</p><ul><li>elke week;</li></ul>
<p>Voortgang</p><p>Er is geveegd.</p>
<h4>Planning:</h4><p>Plan</p><p>Het hele jaar.</p>"""
DEFINED = """\
<dl><dt>Wat gaan we ervoor doen:</dt><dd><p>We vegen.</p><ul><li>elke week;</li></ul></dd>
<dd><p>Er is geveegd.</p></dd></dl>
<h4>Planning:</h4><p>Plan</p><p>Het hele jaar.</p>"""


LISTS = """\
<div>Wat gaan we ervoor doen:</div>
<div class="rij"><div><p>We vegen.</p><ul><li>elke week;</li></ul></div>
<div><ul><li>Er is geveegd.</li></ul></div></div>
<h4>Planning:</h4><p>Plan</p><p>Het hele jaar.</p>"""
ASPECTS = HEADED.replace("<td></td><th>Plan", "<th>Aspect</th><th>Plan")


@pytest.mark.parametrize("aspects", [COLUMNS, HEADED, ASPECTS, BOXES, WORDS, DEFINED, LISTS])
def test_in_html_the_structure_decides_which_text_is_the_plan(aspects: str) -> None:
    html = f"""<html><head><title>Jaarverslag 2024</title></head><body>
<h1>Programma 03 Wijken</h1><h2>Programmadoelstelling</h2><p>Wij willen prettige wijken.</p>
<h2>Voortgang speerpunten</h2><h3>Schone straten</h3>
<h4>Status</h4><img src="groen.png" alt="Op schema"><p>Toelichting</p>{aspects}</body></html>"""
    result = page(html, None)
    assert result.rest == []
    assert result.findings == []
    (point,) = points(result)
    assert "grens" not in point
    assert point["moment"]["jaarverslag"]["status"] == "op_schema"
    assert to_plain(point["wat_plan"]) == "We vegen.\n\n- elke week;"
    assert progress(point, "wat").removeprefix("- ") == "Er is geveegd."
    assert to_plain(point["planning_plan"]) == "Het hele jaar."
    assert "planning_voortgang" not in point["moment"]["jaarverslag"]


@pytest.mark.parametrize(
    "status",
    ["Status: Afgerond", "Status Afgerond", "Status\n\n● Afgerond", "Status\n\n■ Afgerond"],
)
def test_a_status_may_stand_behind_its_label(status: str) -> None:
    text = TEXT.replace("Status\n\nOp schema", status)
    result = page(text)
    assert result.rest == []
    assert points(result)[1]["moment"]["jaarverslag"]["status"] == "afgerond"


ROW = "<h4>Planning:</h4><div class='rij'>{}</div>"
PAGE = """<html><head><title>Jaarverslag 2024</title></head><body>
<h1>Programma 03 Wijken</h1><h2>Voortgang speerpunten</h2><h3>Schone straten</h3>
<h4>Status</h4><p>Op schema</p>{}</body></html>"""


@pytest.mark.parametrize(
    ("boxes", "field"),
    [
        ("<div class='k'><p>Wij vegen.</p><p>Elke week.</p></div><div class='k'></div>", "plan"),
        ("<div class='k l'>Wij vegen.</div><div class='k r'><p></p></div>", "plan"),
        ("<div><ul><li>Wij vegen.</li><li>Ook de stoep.</li></ul></div><div></div>", "plan"),
        ("<div class='k'></div><div class='k'><p>Wij vegen.</p></div>", "voortgang"),
    ],
)
def test_an_empty_box_beside_a_text_says_which_of_the_two_it_is(boxes: str, field: str) -> None:
    result = page(PAGE.format(ROW.format(boxes)), None)
    (point,) = points(result)
    assert result.findings == []
    assert "grens" not in point
    if field == "plan":
        assert to_plain(point["planning_plan"]).lstrip("- ").startswith("Wij vegen.")
    else:
        assert progress(point, "planning") == "Wij vegen."


@pytest.mark.parametrize(
    "boxes",
    [
        "<div class='tekst'><p>Wij vegen.</p><p>Elke week.</p></div><div class='witruimte'></div>",
        "<p>Wij vegen.</p><p>Elke week.</p><div></div>",
    ],
)
def test_an_empty_box_of_another_sort_decides_nothing(boxes: str) -> None:
    result = page(PAGE.format(ROW.format(boxes)), None)
    assert [finding.code for finding in result.findings] == ["I025"]


def test_a_part_that_opens_and_closes_may_hold_labels_that_are_headings() -> None:
    folded = (
        "<details><summary>{}</summary><h5>Status</h5><p>Afgerond</p><h5>Toelichting</h5></details>"
    )
    names = ("Schone straten", "Groene pleinen")
    html = PAGE.partition("<h3>")[0] + "".join(folded.format(name) for name in names)
    result = page(html + "</body></html>", None)
    assert [point["speerpunt"] for point in points(result)] == list(names)
    assert result.rest == []


@pytest.mark.parametrize("words", ["Nog niet bekend", "onbekend", "n.v.t."])
def test_a_status_that_is_said_to_be_unknown_is_none(words: str) -> None:
    result = page(TEXT.replace("Op schema", words))
    assert result.rest == []
    assert "status" not in points(result)[1]["moment"]["jaarverslag"]
    assert [f.line for f in result.findings if f.code == "I024"] == [11, 49]
