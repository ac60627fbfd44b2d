"""Pages that are made to keep the readers of blocks busy are read, or refused, like any other."""

from __future__ import annotations

import pytest

from tests.stavaza.page_import.importing import read

GOALS = "Begroting 2026\n\nMeedoen\n\nOmschrijving\n\nTekst.\n\nDoelstellingen en prestaties\n\n"
FIELD = "Voortgangsrapportage 2026\n\nProgramma 6. Sociaal domein\n\nInkomensregelingen\n\n"
TABLE = "Onderwerpen met structurele effecten of incidenteel >= 50.000\n\n2026\n\n"


def mutations(count: int) -> str:
    texts = (f"Regel {n} (€ {100 + n}.000 incidenteel, nadeel)\n\nTekst." for n in range(count))
    rows = (f"Anders genoemd {n}\n\n-{100 + n}.000" for n in range(count))
    return "\n\n".join([*texts, TABLE, *rows])


@pytest.mark.parametrize(
    "text",
    [
        GOALS + "\n\n".join(["  • hetzelfde"] * 500),
        GOALS + "  " + "• " * 20_000 + "x",
        GOALS + "\n".join(" " * min(n, 190) + "• a" for n in range(2000)),
        GOALS
        + "  • Doelstelling\n  • Prestatie\n\nIndicatoren\n\nNummer\n\nNaam\n\n"
        + "1\n\n" * 999,
        GOALS + "Financiën\n\n20252026202720282029\nLasten" + "1.111" * 100 + "\nBaten 1 111" * 90,
        FIELD + ("(" * 140 + "€ 1" * 50 + "\n\nTekst.\n\n") * 100,
        FIELD + ("a: " * 90 + "b\n\nTekst.\n\n") * 100,
        FIELD + TABLE + ("- " * 100 + "\n\n") * 100,
        FIELD + TABLE + "Totaal onderwerpen >= 50.000 " * 2000,
    ],
    ids=["same", "signs", "deep", "cells", "glued", "brackets", "colons", "dashes", "totals"],
)
def test_a_page_made_to_keep_a_reader_busy_ends_with_every_line_accounted_for(text: str) -> None:
    key = "begroting_doelen" if text.startswith(GOALS) else "voortgang_taakvelden"
    result = read(text, key, 2026)
    assert result.usable
    filled = sum(1 for line in text.split("\n") if line.strip())
    assert len({use.number for use in result.account}) == filled


def test_a_long_table_is_matched_with_its_elements_one_by_one() -> None:
    result = read(FIELD + mutations(300), "voortgang_taakvelden")
    found = [element for element in result.elements if element.kind == "mutatie"]
    assert len(found) == 300
    assert found[299].data["naam_in_tabel"] == "Anders genoemd 299"
