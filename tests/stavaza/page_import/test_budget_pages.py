"""A page of a programme budget: texts, developments, policy documents, amounts with shares."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stavaza.page_import import ImportResult
from stavaza.prose import to_plain
from tests.stavaza.page_import.importing import read

TEXT = """\
Programma's

4. Wonen en water

Algemeen

Omschrijving

Dit programma gaat over huizen en dijken.
Het geldt voor de hele stad.

Wat willen we?

Droge voeten voor iedereen:
  • hogere kades;
  • ruimere sloten.

Ontwikkelingen

Hogere kades
De kade aan de Zuidsingel wordt een halve meter hoger.
Het waterschap betaalt mee.

Woningen op de werf
Op de oude werf komen 120 woningen.

Beleidskaders

  • Woonvisie (2024)
  • Waterplan (geldig tot en met 2029)
  • Verordening riolering, met
    toelichting

Lasten & baten

bedragen x € 1.000

12.345

6,7%

890

1,2%

Deze pagina is gebouwd op 11/18/2025 11:45:36 met de export van 11/18/2025 11:31:45
"""


def page(text: str = TEXT) -> ImportResult:
    return read(text, "programmabegroting", 2026)


def test_every_line_of_the_page_has_its_place() -> None:
    result = page()
    assert result.rest == []
    assert result.findings == []
    programme = result.by_id["4"].data
    assert programme["naam"] == "Wonen en water"
    assert to_plain(programme["omschrijving"]) == (
        "Dit programma gaat over huizen en dijken.\nHet geldt voor de hele stad."
    )
    assert "- ruimere sloten." in programme["wat_willen_we"]


def test_developments_have_their_titles_and_texts_in_order() -> None:
    found = [element.data for element in page().elements if element.kind == "ontwikkeling"]
    assert [(item["titel"], item["volgorde"], item["ouder"]) for item in found] == [
        ("Hogere kades", 1, "4"),
        ("Woningen op de werf", 2, "4"),
    ]
    assert to_plain(found[1]["tekst"]) == "Op de oude werf komen 120 woningen."


def test_policy_documents_become_rows_with_what_their_brackets_say() -> None:
    assert page().by_id["4"].data["beleidskaders"] == {
        "01": {"document": "Woonvisie (2024)"},
        "02": {"document": "Waterplan", "geldig_tot": 2029},
        "03": {"document": "Verordening riolering, met toelichting"},
    }


def test_amounts_are_euros_and_shares_stay_as_printed() -> None:
    programme = page().by_id["4"].data
    assert programme["begroting"] == {
        "lasten-baten": {
            "omschrijving": "Lasten & baten bedragen x € 1.000",
            "lasten_primitief_2026": 12345000,
            "baten_primitief_2026": 890000,
        }
    }
    assert programme["gedrukt"] == {
        "lasten_en_baten/aandeel/lasten_primitief_2026": {
            "bedrag": Decimal("6.7"),
            "teller": 12345000,
        },
        "lasten_en_baten/aandeel/baten_primitief_2026": {
            "bedrag": Decimal("1.2"),
            "teller": 890000,
        },
    }


def test_labels_decide_which_amount_is_which() -> None:
    swapped = TEXT.replace(
        "12.345\n\n6,7%\n\n890\n\n1,2%", "Baten\n\n890\n\n1,2%\n\nLasten\n\n12.345\n\n6,7%"
    )
    assert page(swapped).by_id["4"].data["begroting"] == page().by_id["4"].data["begroting"]
    beside = TEXT.replace("12.345\n\n6,7%\n\n890\n\n1,2%", "Lasten\t12.345\t6,7%\nBaten\t890\t1,2%")
    assert page(beside).by_id["4"].data["gedrukt"] == page().by_id["4"].data["gedrukt"]


def test_figures_that_are_not_certain_are_not_read() -> None:
    for figures in ("12.345\n\n890", "12.345\n\n6,7%\n\n890", "12.345\n\n6,7%\n\n8,90,1\n\n1,2%"):
        result = page(TEXT.replace("12.345\n\n6,7%\n\n890\n\n1,2%", figures))
        programme = result.by_id["4"].data
        if figures == "12.345\n\n890":
            assert "gedrukt" not in programme
            continue
        assert "begroting" not in programme
        assert {line.text for line in result.rest} >= {"12.345", "6,7%"}


def test_a_paragraph_without_a_title_is_a_proposal() -> None:
    extra = "\n\nHet Rijk verandert de regels voor nieuwe dijken. Wat dat kost is onbekend.\n\n"
    result = page(TEXT.replace("\n\nBeleidskaders\n", f"{extra}Beleidskaders\n"))
    found = [element for element in result.elements if element.kind == "ontwikkeling"]
    assert [element.data.get("titel") for element in found] == [
        "Hogere kades",
        "Woningen op de werf",
        None,
    ]
    assert found[-1].data["grens"] == {"tekst": ""}
    assert [(finding.code, finding.line) for finding in result.findings] == [("I023", 27)]


def test_a_list_belongs_to_the_development_above_it() -> None:
    extra = "\n\n  • eerst de kade;\n  • dan de werf.\n\n"
    result = page(TEXT.replace("\n\nBeleidskaders\n", f"{extra}Beleidskaders\n"))
    found = [element for element in result.elements if element.kind == "ontwikkeling"]
    assert len(found) == 2
    assert "- dan de werf." in found[1].data["tekst"]
    assert result.findings == []


HTML = """\
<html><head><title>Programmabegroting 2026</title></head><body><main>
<h1>4. Wonen en water</h1>
<h2>Algemeen</h2><h3>Omschrijving</h3><p>Dit programma gaat over huizen.</p>
<h3>Wat willen we?</h3><p>Droge voeten.</p>
<h2>Ontwikkelingen</h2>
{developments}
<h2>Beleidskaders</h2><ul><li>Woonvisie</li><li>Waterplan</li></ul>
<h2>Lasten &amp; baten</h2>
<table><caption>bedragen x € 1.000</caption>
<tr><th>Soort</th><th>Bedrag</th><th>Aandeel in de hele begroting</th></tr>
<tr><th>Lasten</th><td>12.345</td><td>6,7%</td></tr>
<tr><th>Baten</th><td>890</td><td>1,2%</td></tr></table>
</main></body></html>
"""


def html(developments: str) -> list[tuple[str | None, str]]:
    result = read(HTML.format(developments=developments), "programmabegroting", None)
    assert result.year == 2026
    assert result.rest == []
    assert not [finding for finding in result.findings if finding.code != "I013"]
    return [
        (element.data.get("titel"), to_plain(element.data["tekst"]))
        for element in result.elements
        if element.kind == "ontwikkeling"
    ]


def test_headings_of_html_decide_where_a_development_begins() -> None:
    flat = (
        "<h3>Hogere kades</h3><p>Eerste alinea.</p><h4>Kosten</h4><p>Tweede alinea.</p>"
        "<h3>Werf</h3><p>Woningen.</p>"
    )
    assert html(flat) == [
        ("Hogere kades", "Eerste alinea.\n\nKosten\n\nTweede alinea."),
        ("Werf", "Woningen."),
    ]


def test_boxes_of_html_show_a_development_without_a_title() -> None:
    boxes = (
        "<div class='item'><h3>Hogere kades</h3><div><p>Een.</p><p>Twee.</p></div></div>"
        "<div class='item'><div><p>Zonder titel.</p></div></div>"
    )
    assert html(boxes) == [("Hogere kades", "Een.\n\nTwee."), (None, "Zonder titel.")]


def test_an_accordion_names_its_developments() -> None:
    folded = (
        "<details><summary>Hogere kades</summary><p>Een.</p></details>"
        "<details><summary>Werf</summary><p>Twee.</p></details>"
    )
    assert html(folded) == [("Hogere kades", "Een."), ("Werf", "Twee.")]


def test_policy_documents_may_stand_in_a_table_with_empty_cells() -> None:
    table = (
        "<table><tr><th>Document</th><th>Geldig tot en met</th></tr>"
        "<tr><td>Woonvisie</td><td></td></tr><tr><td>Waterplan</td><td>2029</td></tr></table>"
    )
    page_of = HTML.format(developments="<h3>Werf</h3><p>Woningen.</p>")
    result = read(
        page_of.replace("<ul><li>Woonvisie</li><li>Waterplan</li></ul>", table),
        "programmabegroting",
    )
    assert result.rest == []
    rows = result.by_id["4"].rows("beleidskaders").values()
    assert list(rows) == [
        {"document": "Woonvisie"},
        {"document": "Waterplan", "geldig_tot": 2029},
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<p>(bedragen x € 1.000)</p><table><tr><th></th><th>2026</th><th>Deel</th></tr>"
        "<tr><td>Lasten</td><td>€ 12.345</td><td>6,7 %</td></tr>"
        "<tr><td>Baten</td><td>€ 890</td><td>1,2 %</td></tr></table>",
        "<p>bedragen x € 1.000</p><p>Lasten: 12.345 (6,7%)</p><p>Baten: 890 (1,2%)</p>",
        "<p>bedragen x € 1.000</p><p>12.345</p><p>6,7%</p><p>890</p><p>1,2%</p>",
    ],
)
def test_amounts_and_shares_are_read_in_other_forms_of_html_too(table: str) -> None:
    whole = HTML.format(developments="<h3>Werf</h3><p>Woningen.</p>")
    start, end = whole.index("<table><caption>"), whole.index("</table>\n</main>")
    result = read(whole[:start] + table + whole[end + len("</table>") :], "programmabegroting")
    assert result.rest == []
    (row,) = result.by_id["4"].rows("begroting").values()
    assert (row["lasten_primitief_2026"], row["baten_primitief_2026"]) == (12345000, 890000)
    shares = [kept["bedrag"] for kept in result.by_id["4"].data["gedrukt"].values()]
    assert shares == [Decimal("6.7"), Decimal("1.2")]


def test_an_untitled_paragraph_behind_one_of_more_titles_is_proposed_or_told() -> None:
    """Most have one paragraph: another one is proposed. Half of them have more: it is told."""
    extra = "\n\nHet Rijk verandert de regels voor dijken."
    three = "\n\nFietsbrug\nEr komt een fietsbrug."
    one = TEXT.replace("\nHet waterschap betaalt mee.", "").replace(
        "120 woningen.", "120 woningen.{}"
    )
    found = page(one.format(three + extra))
    titles = [e.data.get("titel") for e in found.elements if e.kind == "ontwikkeling"]
    assert titles == ["Hogere kades", "Woningen op de werf", "Fietsbrug", None]
    assert [f.code for f in found.findings] == ["I023"]
    found = page(one.format(extra))
    assert [e.data.get("titel") for e in found.elements if e.kind == "ontwikkeling"] == titles[:2]
    assert [(f.code, f.line) for f in found.findings] == [("I043", 26)]


def test_a_paragraph_behind_a_list_goes_on_and_is_told() -> None:
    extra = "\n\n  • eerst de kade;\n  • dan de werf.\n\nDe gemeente kiest zelf de volgorde."
    found = page(TEXT.replace("120 woningen.", f"120 woningen.{extra}"))
    developments = [e for e in found.elements if e.kind == "ontwikkeling"]
    assert len(developments) == 2
    assert "volgorde" in developments[1].data["tekst"]
    assert [(f.code, f.line) for f in found.findings] == [("I043", 30)]


def test_the_heads_of_a_table_may_stand_one_to_a_line() -> None:
    heads = "bedragen x € 1.000\n\nBedrag\n\nAandeel\n\nLasten\n\n12.345\n\n6,7%\n\nBaten"
    found = page(TEXT.replace("bedragen x € 1.000\n\n12.345\n\n6,7%", heads))
    assert found.rest == []
    assert found.by_id["4"].data["gedrukt"] == page().by_id["4"].data["gedrukt"]


def test_the_first_line_of_a_sentence_that_was_broken_off_is_no_title() -> None:
    broken = "Kades\n\nDe kade aan de zuidkant wordt in het komende\nnajaar een halve meter hoger."
    start, end = TEXT.index("Hogere kades"), TEXT.index("Beleidskaders")
    found = page(f"{TEXT[:start]}{broken}\n\n{TEXT[end:]}")
    titles = [e.data.get("titel") for e in found.elements if e.kind == "ontwikkeling"]
    assert titles == ["Kades"]
