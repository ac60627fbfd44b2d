"""Goals and deliverables that stand in no list, and what is not guessed about them."""

from __future__ import annotations

import pytest

from stavaza.page_import import ImportResult
from tests.stavaza.page_import.importing import read

HEAD = "Begroting 2026\n\nMeedoen\n\nOmschrijving\n\nTekst.\n\nDoelstellingen en prestaties\n\n"
TAIL = "\n\nIndicatoren\n\nToelichting\n\nLasten\n\nZin."


def imported(text: str) -> ImportResult:
    return read(HEAD + text + TAIL, "begroting_doelen")


def pairs(result: ImportResult) -> list[tuple[str, list[tuple[str, object]]]]:
    """Each goal with its deliverables and what they cost."""
    found: dict[str, tuple[str, list[tuple[str, object]]]] = {}
    for element in result.elements:
        if element.kind == "doel":
            found[element.id] = (str(element.data["doelstelling"]).strip(), [])
        elif element.kind == "prestatie" and element.parent:
            budget = element.data.get("budget")
            cost = budget.get("bedrag") if isinstance(budget, dict) else None
            text = str(element.data["prestatie"]).strip()
            found[element.parent][1].append((text, cost))
    return list(found.values())


HALL = [("Meer sport", [("Een hal", 5000), ("Een bad", None)]), ("Meer rust", [("Een bos", None)])]


@pytest.mark.parametrize(
    "text",
    [
        "Doelstelling 1: Meer sport\nPrestatie 1: Een hal\n€ 5.000\nPrestatie 2: Een bad\n"
        "Doelstelling 2: Meer rust\nPrestatie 1: Een bos",
        "DOELSTELLING\nMeer sport\nPRESTATIE\nEen hal\nBudget: € 5.000\nPRESTATIE\nEen bad\n"
        "DOELSTELLING\nMeer rust\nPRESTATIE\nEen bos",
        "Doelstelling\tMeer sport\nPrestatie\tEen hal\nBudget\t€ 5.000\nPrestatie\tEen bad\n"
        "Doelstelling\tMeer rust\nPrestatie\tEen bos",
        "1. Meer sport\n1.1 Een hal\n€ 5.000\n1.2 Een bad\n2. Meer rust\n2.1 Een bos",
        "3.1 Meer sport\n\n3.1.1 Een hal\n\n€ 5.000\n\n3.1.2 Een bad\n\n3.2 Meer rust\n\n"
        "3.2.1 Een bos",
        "Meer sport\n\n- Een hal\n  € 5.000\n- Een bad\n\nMeer rust\n\n- Een bos",
        "Meer sport\n- Een hal  € 5.000\n- Een bad\nMeer rust\n- Een bos",
        "Meer sport\n\nPrestaties:\n- Een hal\n  € 5.000\n- Een bad\n\nMeer rust\n\nPrestaties:\n"
        "- Een bos",
        "Nr | Prestatie | Doelstelling | Budget 2026\n1 | Een hal | Meer sport | € 5.000\n"
        "2 | Een bad | Meer sport |\n3 | Een bos | Meer rust |",
        "Doelstelling: Meer sport | Prestatie: Een hal | € 5.000\n | Prestatie: Een bad |\n"
        "Doelstelling: Meer rust | Prestatie: Een bos |",
    ],
)
def test_each_goal_has_its_deliverables(text: str) -> None:
    result = imported(text)
    assert pairs(result) == HALL
    assert [line.text for line in result.rest] in ([], ["Nr", "1", "2", "3"])


@pytest.mark.parametrize(
    "text",
    [
        "1. Meer sport\n\n- Een hal\n\n2. Meer rust\n\n- Een bos",
        "o Meer sport\n   - Een hal\no Meer rust\n   - Een bos",
        "Meer sport\n    Een hal\n    Een veld\nMeer rust\n    Een bos",
        "Doelstelling: Meer sport\nPrestaties:\nEen hal\nEen veld\nDoelstelling: Meer rust\n"
        "Prestaties:\nEen bos",
    ],
)
def test_what_only_the_look_tells_is_a_proposal(text: str) -> None:
    result = imported(text)
    assert [goal for goal, _many in pairs(result)] == ["Meer sport", "Meer rust"]
    assert "I013" in [finding.code for finding in result.findings]
    assert result.rest == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Meer sport\n\n1.1 Een hal\n\n1.3 Een bad",
        "1. Meer sport\n\n1.1 Een hal\n\n3. Meer rust\n\n3.1 Een bos",
        "Meer sport\n\nEen hal\n\n€ 5.000\n\nEen bad\n\n€ 6.000\n\nMeer rust\n\nEen bos",
        "Doelstellingen\n\nMeer sport\n\nMeer rust\n\nPrestaties\n\nEen hal\n\nEen bos",
        "Doelstelling\n\nMeer sport\n\nMeer rust\n\nPrestatie\n\nEen hal\n\nEen bos",
        "Doelstelling   Prestatie      Budget\nMeer sport     Een hal in    € 5.000\n"
        "               het dorp",
    ],
)
def test_what_the_page_does_not_show_is_left_over_whole(text: str) -> None:
    result = imported(text)
    assert pairs(result) == []
    left = " ".join(line.text for line in result.rest)
    said = ("Meer sport", "Meer rust", "Een hal", "Een bad", "Een bos", "€ 5.000")
    assert [one for one in said if one in text and one not in left] == []


@pytest.mark.parametrize(
    ("head", "cell", "amount"),
    [
        ("Budget (x € 1.000)", "5", 5000),
        ("Budget (x € 1.000)", "1.250", 1_250_000),
        ("Budget x € 1.000", "1,25", 1250),
        ("Budget (in duizenden euro's)", "-5", -5000),
        ("Budget (in miljoenen euro)", "1,3", 1_300_000),
        ("Budget (in euro)", "5.000", 5000),
    ],
)
def test_a_unit_in_the_head_of_a_column_is_that_of_its_amounts(
    head: str, cell: str, amount: int
) -> None:
    result = imported(f"Doelstelling | Prestatie | {head}\nMeer sport | Een hal | {cell}")
    assert pairs(result) == [("Meer sport", [("Een hal", amount)])]
    assert result.rest == []


@pytest.mark.parametrize("cell", ["€ 5.000", "5 miljoen", "1.25", "5 (eerste deel)"])
def test_an_amount_that_the_unit_of_its_column_contradicts_is_left_over(cell: str) -> None:
    table = f"Doelstelling | Prestatie | Budget (x € 1.000)\nMeer sport | Een hal | {cell}"
    result = imported(table)
    assert pairs(result) == [("Meer sport", [("Een hal", None)])]
    assert [line.text for line in result.rest] == [cell]
    assert "I015" in [finding.code for finding in result.findings]


def test_text_around_the_pairs_is_left_over_and_they_come_in() -> None:
    result = imported("Dit willen wij.\n\nDoelstelling: Meer sport\nPrestatie: Een hal")
    assert pairs(result) == [("Meer sport", [("Een hal", None)])]
    assert [line.text for line in result.rest] == ["Dit willen wij."]


def test_a_footer_behind_the_list_of_parties_is_no_party() -> None:
    text = HEAD + "Doelstelling: Meer sport\nPrestatie: Een hal" + TAIL
    text += "\n\nVerbonden Partijen\n\n- GGD Rivier\n- GR Afval\n\nDeze site gebruikt cookies."
    result = read(text, "begroting_doelen")
    (programme, *_others) = result.elements
    rows = programme.rows("verbonden_partijen")
    assert [row["naam"] for row in rows.values()] == ["GGD Rivier", "GR Afval"]
    assert [line.text for line in result.rest] == ["Deze site gebruikt cookies."]


@pytest.mark.parametrize(
    "text",
    [
        "Doelstelling: Meer sport\nPrestatie: Een hal",
        "Doelstelling 1\n\nMeer sport\n\nPrestatie 1.1\n\nEen hal",
        "Doelstelling | Prestatie\n---|---\nMeer sport | Een hal",
        "Doelstellingen\n\nMeer sport\n\nPrestaties\n\n- Een hal",
    ],
)
def test_pairs_need_no_heading_of_their_own_where_their_names_begin_them(text: str) -> None:
    result = read(HEAD.rpartition("Doelst")[0] + text + TAIL, "begroting_doelen")
    assert pairs(result) == [("Meer sport", [("Een hal", None)])]
    assert result.elements[0].data["omschrijving"] == "Tekst.\n"


def test_a_sentence_about_a_goal_begins_no_pairs() -> None:
    text = "Doelstelling is om te groeien.\n\nDe prestatie telt."
    result = read(HEAD.rpartition("Doelst")[0] + text + TAIL, "begroting_doelen")
    assert pairs(result) == []
    assert "om te groeien" in str(result.elements[0].data["omschrijving"])


def test_a_label_before_its_text_on_one_line_is_a_label() -> None:
    page = (
        "<h1>Meedoen</h1><p><b>Omschrijving:</b> Hier telt <b>ieder</b> mee.</p>"
        "<p><b>Actuele beleidscontext:</b> De teams gaan verder.</p><h2>Toelichting</h2>"
        "<p>Lasten: De lasten dalen dit jaar.</p><h2>Indicatoren</h2><p>Lasten: 12.000</p>"
    )
    result = read(f"<html><body>{page}</body></html>", "begroting_doelen", 2026)
    data = result.elements[0].data
    assert data["omschrijving"] == "Hier telt **ieder** mee.\n"
    assert data["beleidscontext"] == "De teams gaan verder.\n"
    assert data["toelichting_lasten"] == "De lasten dalen dit jaar.\n"
    assert [line.text for line in result.rest] == ["Lasten: 12.000"]


SPACED = (
    "Doelstelling: Meer sport\n\nPrestaties:\n\nEen hal.\n\nDie komt in het dorp.\n\n€ 5.000\n\n\n"
    "Een veld.\n\n€ 6.000\n\n\nEen bos.\n\n\nEen bad.\n\nDat wordt warm.\n\n€ 7.000"
)


def test_the_space_between_deliverables_tells_which_paragraphs_are_one() -> None:
    result = imported(SPACED)
    assert pairs(result) == [
        (
            "Meer sport",
            [
                ("Een hal.\n\nDie komt in het dorp.", 5000),
                ("Een veld.", 6000),
                ("Een bos.", None),
                ("Een bad.\n\nDat wordt warm.", 7000),
            ],
        )
    ]
    assert "I013" not in [finding.code for finding in result.findings]


def test_where_all_spaces_are_alike_the_beginning_of_a_deliverable_is_told() -> None:
    result = imported(SPACED.replace("\n\n\n", "\n\n"))
    assert "I013" in [finding.code for finding in result.findings]


def test_a_paragraph_that_a_colon_announces_is_part_of_the_deliverable() -> None:
    text = "Doelstelling: Meer sport\n\nPrestaties:\n\nWij bouwen:\n\nEen hal.\n\n€ 5.000"
    result = imported(text)
    assert pairs(result) == [("Meer sport", [("Wij bouwen:\n\nEen hal.", 5000)])]
    assert "I013" not in [finding.code for finding in result.findings]
