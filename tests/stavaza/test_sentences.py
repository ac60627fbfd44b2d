"""Lines are cut where a Dutch reader sees a sentence end, and nowhere else that matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.sentences import split


@pytest.mark.parametrize(
    "line",
    [
        "Een zin.|Nog een zin.",
        "Is dat zo?|Ja!|Mooi…|Verder.",
        "Wij werken o.a. Zevenaar en bijv. Doesburg bij, t.o.v. Arnhem.|Dat helpt.",
        "Zie nr. 5, art. 3 en blz. 12 t.a.v. de Wmo, i.v.m. de AVG e.d. van toen.",
        "Sport, cultuur, etc.|Wij gaan door.",
        "Sport, cultuur, etc. en meer.",
        "Dat kost € 1,3 mln. in 2020.|Daarvan is € 1.000.000,00 gedekt.",
        "Daarvoor is € 1,3 mln.|Daarvan resteert niets.",
        "Mw. A.B. de Vries en dhr. J. Jansen spraken met drs. P. Pietersen.|Goed.",
        "Vanaf 1-1-2020.|De start was t/m 31 dec. 2019 voorzien.",
        "In 2020.|3 O's volgen.|Alle O's.|Klaar.",
        "Zij zei: “Het is klaar.”|Daarna ging zij.|(Zie bijlage.)|[Bron]",
        "Dit is **vet.**|*Schuin.*|En _meer_.",
        "Bedrag € 150.000,-.|€ 10 extra.|'s Avonds.|“echt waar”",
        "3. Naam van iets",
        "Rek. 2019 en begr. 2020.|Meer.",
        "Klaar.|6.1.3. Naam. - geen lijst. + ook niet",
        "Klaar. # geen kop. 1. Geen lijst. 2) ook niet",
        "De B&W.|Het college, incl. Jan, resp. Piet, d.d. 3 mei.",
        "Zie St. Jan en de n.v.|De b.v. bouwt.",
        "Wat (o.a.) De Bilt doet.",
        "www.zevenaar.nl en 1.000,00 en a.b",
        "Zin.met.punten. en kleine letter",
    ],
)
def test_lines_are_cut_between_sentences(line: str) -> None:
    assert split(line.replace("|", " ")) == line.split("|")


@given(st.lists(st.sampled_from(["Een", "zin", ". ", "! ", ".", " ", "o.a.", "1", "- ", "“", "”"])))
def test_cutting_loses_nothing_and_is_stable(parts: list[str]) -> None:
    line = " ".join("".join(parts).split())
    cut = split(line)
    assert " ".join(cut) == line
    assert all(sentence.strip() == sentence for sentence in cut)


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert " ".join(split(text)) == text
