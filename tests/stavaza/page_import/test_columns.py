"""Tables of plain text whose columns are parted by pipes or spaces; other lines stay text."""

from __future__ import annotations

import pytest

from stavaza.page_import.columns import with_columns
from stavaza.page_import.lines import Page
from stavaza.page_import.plain_text import read_text
from stavaza.page_import.vocabulary import Vocabulary
from tests.stavaza.page_import.importing import read, shipped


def cells(text: str, template: str = "begroting_doelen") -> list[list[tuple[int, str]]]:
    """The rows of cells of a text with their columns; lines that are no cells are left out."""
    page = with_columns(Page("a.txt", read_text(text)), Vocabulary(shipped(template)))
    rows: dict[int, list[tuple[int, str]]] = {}
    for line in page.lines:
        if line.shape == "cell":
            rows.setdefault(line.row, []).append((line.column, line.text))
    return list(rows.values())


@pytest.mark.parametrize(
    "text",
    [
        "Nummer | Naam\n1 | Loket",
        "| Nummer | Naam |\n| 1 | Loket |",
        "| Nummer | Naam |\n|--------|------|\n| 1 | Loket |",
        "Nummer  Naam\n1  Loket",
        "Nummer   Naam\n------   -----\n1        Loket",
        "Nummer\u00a0\u00a0Naam\n1\u00a0\u00a0Loket",
    ],
)
def test_pipes_and_spaces_part_columns_as_tabs_do(text: str) -> None:
    assert cells(text) == [[(0, "Nummer"), (1, "Naam")], [(0, "1"), (1, "Loket")]]


def test_an_empty_cell_is_seen_where_columns_stand_straight() -> None:
    text = "Doelstelling     Prestatie     Budget\nMeer sport       Een hal       € 5.000\n"
    text += "                 Een veld\n                 Een bad       € 9.000"
    assert cells(text)[2:] == [[(1, "Een veld")], [(1, "Een bad"), (2, "€ 9.000")]]


def test_years_may_stand_above_columns_that_the_labels_do_not_have() -> None:
    rows = cells("2026  2027\nLasten  1.000  2.000\nBaten  10  20")
    assert rows[0] == [(1, "2026"), (2, "2027")]
    assert rows[1] == [(0, "Lasten"), (1, "1.000"), (2, "2.000")]


@pytest.mark.parametrize(
    "text",
    [
        "Dit is een zin.  En dit de tweede.\nNog een zin.  En weer een.",
        "Wij maken gebruik  van het veld\nen heeft  twee punten",
        "Herstel fase  2\n\nTekst daaronder.",
        "Privacy | Contact",
        "Doelstelling   Prestatie\nMeer sport     Wij openen een\n               hal in het dorp",
        "Nummer  Naam  Waarde\n1  Loket\n2  Brug  4  5",
    ],
)
def test_other_lines_stay_text(text: str) -> None:
    assert cells(text) == []


@pytest.mark.parametrize("line", ["|---|---|---|", "|:--|:-:|--:|", "--- | :--- | ---:"])
def test_a_table_of_markdown_below_its_heading_is_a_table(line: str) -> None:
    text = (
        "# Meedoen\n\n## Omschrijving\n\nWij doen mee.\n\n## Doelstellingen en prestaties\n\n"
        f"| Doelstelling | Prestatie | Budget |\n{line}\n| Meer sport | Een hal | € 5.000 |\n\n"
        "## Indicatoren\n\n### Beleidsindicatoren\n\n| Nummer | Naam | Waarde |\n"
        f"{line}\n| 1 | Banen | 792,1 |\n| 2 | Jongeren | 1 |\n"
    )
    result = read(text, "begroting_doelen", 2026)
    assert result.rest == []
    assert list(result.elements[0].rows("indicatoren")) == ["1", "2"]
    budgets = [e.data.get("budget") for e in result.elements if e.kind == "prestatie"]
    assert budgets == [{"bedrag": 5000}]
