"""What a page per task field leaves uncertain is told with its line, and nothing is guessed."""

from __future__ import annotations

import pytest

from stavaza.page_import import ImportResult
from stavaza.source import Data
from tests.stavaza.page_import.importing import read

HEAD = "Voortgangsrapportage 2026\n\nProgramma 6. Sociaal domein\n\nInkomensregelingen"
SENTENCE = (
    "Deze mutatie valt onder de rapportagegrens van € 10.000. Deze mutaties worden\n"
    "niet nader in het document toegelicht, maar zijn opgenomen in de bijlage."
)
TABLE = "Onderwerpen met structurele effecten of incidenteel >= 50.000"
TOTAL = "Totaal effect begrotingssaldo 2026 taakveld 6.3"


def page(*blocks: str) -> ImportResult:
    return read("\n\n".join([HEAD, *blocks]), "voortgang_taakvelden")


def moved(result: ImportResult) -> list[Data]:
    found = [e.data for e in result.elements if e.kind == "mutatie"]
    return sorted(found, key=lambda item: item["volgorde"])


def codes(result: ImportResult) -> list[str]:
    """All but what every page here has: a line left over, a code from the official list."""
    return [f.code for f in result.findings if f.code not in ("I015", "I021")]


def field(result: ImportResult) -> Data:
    return next(element.data for element in result.elements if element.kind == "taakveld")


def test_totals_that_the_elements_give_are_not_stored() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Meer uitkeringen", "-60.000", "Totaal onderwerpen >= 50.000", "-60.000",
                  TOTAL, "-60.000")  # fmt: skip
    assert "gedrukt" not in field(result)
    assert (codes(result), result.rest) == ([], [])


def test_a_total_that_differs_is_kept_as_printed_with_what_was_computed() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Meer uitkeringen", "-60.000", "Totaal onderwerpen >= 50.000", "-60.000",
                  TOTAL, "-61.000")  # fmt: skip
    assert field(result)["gedrukt"] == {
        "effect_op_saldo/totaal/bedrag": {"bedrag": -61000, "berekend": -60000}
    }
    assert codes(result) == ["I031"]


def test_an_amount_that_differs_between_heading_and_table_is_told() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Meer uitkeringen", "-65.000")  # fmt: skip
    assert moved(result)[0]["bedrag"] == 60000
    assert codes(result) == ["I035"]


def test_a_row_with_another_name_is_matched_by_its_amount_and_told_when_no_word_is_shared() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Bijstand", "-60.000")  # fmt: skip
    (one,) = moved(result)
    assert (one["naam"], one["naam_in_tabel"]) == ("Meer uitkeringen", "Bijstand")
    assert codes(result) == ["I033"]


def test_two_elements_with_one_amount_are_not_matched_by_it() -> None:
    result = page("Eerste zaak (€ 60.000 incidenteel, nadeel)", "Tekst.",
                  "Tweede zaak (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Derde naam", "-60.000")  # fmt: skip
    found = moved(result)
    assert [item["naam"] for item in found] == ["Eerste zaak", "Tweede zaak", "Derde naam"]
    assert all("naam_in_tabel" not in item for item in found)
    assert codes(result) == ["I008", "I008", "I036"]


def test_an_advantage_is_no_match_for_a_disadvantage_of_the_same_amount() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, voordeel)", "Tekst.", TABLE, "2026",
                  "Minder uitkeringen", "-60.000")  # fmt: skip
    assert [item["effect"] for item in moved(result)] == ["voordeel", "nadeel"]


def test_what_stands_in_the_table_only_is_an_element_in_its_place() -> None:
    result = page("Meer uitkeringen (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Circulaire", "182.750", "Meer uitkeringen", "-60.000",
                  "Loonstijging *", "-1.200", TOTAL, "121.550")  # fmt: skip
    first, second, third = moved(result)
    assert first == {
        "soort": "mutatie", "ouder": "6.3", "naam": "Circulaire", "bedrag": 182750,
        "duur": "incidenteel", "effect": "voordeel", "vermelding": "alleen_tabel", "volgorde": 1,
    }  # fmt: skip
    assert second["naam"] == "Meer uitkeringen"
    assert (third["naam"], third["duur"], third["effect"]) == (
        "Loonstijging",
        "structureel",
        "nadeel",
    )
    assert codes(result) == ["I036", "I036"]


def test_a_large_row_goes_behind_the_large_one_above_it_wherever_small_ones_are_told() -> None:
    result = page("Kleine zaak (€ 12.000 structureel, nadeel)", "Tekst.",
                  "Grote zaak (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026",
                  "Grote zaak", "-60.000", "Circulaire", "-70.000",
                  "Kleine zaak *", "-12.000")  # fmt: skip
    names = [item["naam"] for item in moved(result)]
    assert names == ["Kleine zaak", "Grote zaak", "Circulaire"]


def test_a_small_row_that_is_not_structural_does_not_belong_in_the_table() -> None:
    result = page(TABLE, "2026", "Kleinigheid", "-1.200")
    assert sorted(codes(result)) == ["I034", "I036"]


def test_the_fixed_sentence_is_not_stored_however_its_lines_are_broken() -> None:
    result = page("Kleine zaak (€ 842 incidenteel, nadeel)", SENTENCE)
    assert "toelichting" not in moved(result)[0]
    assert result.rest == []


def test_what_stands_behind_the_fixed_sentence_is_kept_without_it() -> None:
    result = page(
        "Kleine zaak (€ 842 incidenteel, nadeel)", f"{SENTENCE} Zie ook de nota.", "Meer."
    )
    assert moved(result)[0]["toelichting"] == "Zie ook de nota.\n\nMeer.\n"
    assert result.rest == []


def test_the_fixed_sentence_above_the_limit_is_a_text_like_any_other() -> None:
    result = page("Grote zaak (€ 84.200 incidenteel, nadeel)", SENTENCE)
    assert moved(result)[0]["toelichting"].startswith("Deze mutatie valt onder")


def test_an_amount_in_a_heading_that_is_not_clear_is_told_and_stays_readable() -> None:
    result = page("Vreemde zaak (€ 7.07 structureel, nadeel)", "Tekst.")
    (one,) = moved(result)
    assert one["naam"] == "Vreemde zaak (€ 7.07 structureel, nadeel)"
    assert "bedrag" not in one
    assert codes(result) == ["I032"]


def test_an_amount_in_the_table_that_is_not_clear_goes_to_the_rest() -> None:
    result = page("Zaak (€ 60.000 incidenteel, nadeel)", "Tekst.", TABLE, "2026", "Zaak", "-6.00")
    assert [line.text for line in result.rest] == ["Zaak", "-6.00"]
    assert moved(result)[0]["bedrag"] == 60000


@pytest.mark.parametrize(
    "line", ["Wij vragen aandacht voor:", "Dit is geen kop.", "- Ook geen kop", "kleine letter"]
)
def test_a_line_that_is_no_heading_stays_in_the_text_above_it(line: str) -> None:
    result = page("Begroting 2026: Hulp dichtbij", "Dit loopt.", line, "Meer tekst.")
    (topic,) = [e.data for e in result.elements if e.kind == "onderwerp"]
    assert "Meer tekst." in topic["moment"]["vgr"]["voortgang"]


def test_a_line_that_only_stands_apart_is_a_proposal_for_a_heading() -> None:
    result = page("Begroting 2026: Hulp dichtbij", "Dit loopt.", "Onrust in de buurt", "Tekst.")
    assert [e.data["naam"] for e in result.elements if e.kind == "onderwerp"] == [
        "Hulp dichtbij",
        "Onrust in de buurt",
    ]
    assert "I013" in codes(result)


def test_a_colon_without_a_year_parts_no_source_unless_several_headings_have_it() -> None:
    one = page("Begroting 2026: Hulp", "Tekst.", "Wateroverlast: de gevolgen", "Tekst.")
    names = [(e.data.get("bron"), e.data["naam"]) for e in one.elements if e.kind == "onderwerp"]
    assert names[1] == (None, "Wateroverlast: de gevolgen")
    two = page("Akkoord: Hulp", "Tekst.", "Akkoord: Zorg", "Tekst.")
    names = [(e.data.get("bron"), e.data["naam"]) for e in two.elements if e.kind == "onderwerp"]
    assert names == [("Akkoord", "Hulp"), ("Akkoord", "Zorg")]
