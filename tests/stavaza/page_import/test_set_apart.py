"""Pages in plain text without empty lines, or with headings directly above their texts."""

from __future__ import annotations

from tests.stavaza.page_import.importing import read

FOOTER = "Deze pagina is gebouwd op 10/02/2025 09:00:00 met de export van 10/02/2025 08:55:00"
BUDGET = f"""Programma's
3. Haven en kust
Algemeen
Omschrijving
De haven ligt aan de rand van het dorp.
De kade is van de gemeente.
Wat willen we?
Wij willen dat schepen veilig aanleggen.
Ontwikkelingen
Nieuwe steiger
De oude steiger is versleten. We bouwen een nieuwe:
• eerst de palen;
• dan het dek.
Daarna volgt de verlichting.
Baggeren van de vaargeul
De vaargeul slibt dicht.
Beleidskaders
• Havenverordening 2019
Lasten & baten
bedragen x € 1.000
1.250
2,5%
310
0,8%
{FOOTER}
"""


def _titles(text: str, template: str, kind: str, field: str) -> list[object]:
    found = read(text, template)
    assert found.usable, found.findings
    assert not found.rest
    return [element.data.get(field) for element in found.elements if element.kind == kind]


def test_a_budget_page_without_any_empty_line_is_read_as_with_them() -> None:
    found = read(BUDGET, "programmabegroting")
    spaced = read("\n\n".join(BUDGET.splitlines()), "programmabegroting")
    assert found.usable and not found.rest
    assert [e.data.get("titel") for e in found.elements] == [
        None,
        "Nieuwe steiger",
        "Baggeren van de vaargeul",
    ]
    texts = ("omschrijving", "wat_willen_we", "begroting", "titel")
    for one, other in zip(found.elements, spaced.elements, strict=True):
        assert [one.data.get(key) for key in texts] == [other.data.get(key) for key in texts]
    assert "verlichting" in str(found.elements[1].data["tekst"])


def test_headings_directly_above_their_texts_are_headings() -> None:
    text = BUDGET
    for line in ("Wat willen we?", "Ontwikkelingen", "Baggeren", "Beleidskaders", "Lasten", "Deze"):
        text = text.replace(f"\n{line}", f"\n\n{line}")
    text = text.replace("dek.\n", "dek.\n\n")
    titles = _titles(text, "programmabegroting", "ontwikkeling", "titel")
    assert titles == ["Nieuwe steiger", "Baggeren van de vaargeul"]


def test_paragraphs_below_an_attached_title_stay_with_it_where_empty_lines_part_paragraphs() -> (
    None
):
    text = """1. Bestuur

Algemeen

Omschrijving
Het bestuur werkt voor het dorp.

Wat willen we?
Wij willen bereikbaar zijn.

Ontwikkelingen

Nieuwe balie
De balie verhuist naar de bibliotheek.

Daarna sluit het oude loket.

Kortere wachttijd
Inwoners wachten minder lang.

Beleidskaders

• Dienstverleningsvisie 2022
"""
    found = read(text, "programmabegroting", 2025)
    assert [e.data.get("titel") for e in found.elements[1:]] == [
        "Nieuwe balie",
        "Kortere wachttijd",
    ]
    assert "oude loket" in str(found.elements[1].data["tekst"])


def test_sentences_that_run_on_over_lines_stay_one_paragraph() -> None:
    wrapped = BUDGET.replace(
        "De oude steiger is versleten. We bouwen een nieuwe:",
        "De oude steiger aan de westkant van de haven is na veertig jaar zo\n"
        "versleten dat de schippers er niet meer veilig kunnen aanleggen en de\n"
        "gemeente hem deze zomer moest afsluiten. We bouwen een nieuwe:",
    )
    found = read(wrapped, "programmabegroting")
    kept = " ".join(str(e.data.get("tekst", "")) for e in found.elements)
    assert "veertig jaar zo versleten dat" in kept


def test_focus_points_without_empty_lines_keep_their_names_and_labels() -> None:
    text = """Programma 04 Water
Programmadoelstelling
We houden de voeten droog.
VOORTGANG SPEERPUNTEN
Schone sloten
Status
Toelichting
Wat gaan we ervoor doen:
We gaan alle sloten maaien.
Planning:
Elk najaar.
Hoge dijken
Status
Toelichting
Wat gaan we ervoor doen:
We gaan de dijk verhogen.
Planning:
Voor 2030.
"""
    found = read(text, "jaarverslag_speerpunten", 2024)
    names = [e.data.get("speerpunt") for e in found.elements if e.kind == "speerpunt"]
    assert names == ["Schone sloten", "Hoge dijken"]
    assert not found.rest


def test_a_progress_page_without_empty_lines_is_read() -> None:
    text = """Voortgangsrapportage 2020
Programma 2. Verkeer
Verkeer en vervoer
Programmabegroting 2020: Fietspad langs het kanaal
Het fietspad is aangelegd.
De bewegwijzering volgt.
Programmabegroting 2020: Veilige kruising
De kruising krijgt verkeerslichten.
Hogere prijs van strooizout (€ 12.000 incidenteel, nadeel)
Het strooizout is duurder geworden.
"""
    titles = _titles(text, "voortgang_taakvelden", "onderwerp", "naam")
    assert titles == ["Fietspad langs het kanaal", "Veilige kruising"]


def test_rows_with_one_cell_more_than_there_are_heads_put_the_unit_behind_the_number() -> None:
    text = """Wonen

Omschrijving

We bouwen voor iedereen.

Indicatoren

Beleidsindicatoren

Nummer\tTaakveld\tNaam\tWaarde\tBron
7\tVolkshuisvesting\tNieuwe woningen\t8,40\tper 1.000 woningen\tABF
9\tVolkshuisvesting\tLege woningen\t2,10\t%\tCBS

Verbonden Partijen

GR Bouwtoezicht
"""
    found = read(text, "begroting_doelen", 2025)
    rows = found.elements[0].data["indicatoren"]
    assert isinstance(rows, dict)
    assert [(row["eenheid"], row["bron"]) for row in rows.values()] == [
        ("per 1.000 woningen", "ABF"),
        ("%", "CBS"),
    ]


def test_a_derived_row_of_nothing_is_no_loose_line() -> None:
    text = """Voortgangsrapportage 2020

Programma 2. Verkeer

Verkeer en vervoer

Aanleg van een brug (€ 60.000 incidenteel, nadeel)

De brug is duurder.

Onderwerpen met structurele effecten of incidenteel >= 50.000

Effect op begrotingssaldo\t2020
Aanleg van een brug\t-60.000
Totaal onderwerpen >= 50.000\t-60.000
Overige onderwerpen met incidenteel effect < 50.000\t0
Totaal onderwerpen < 50.000\t0
Totaal effect begrotingssaldo 2020 taakveld 2.1\t-60.000
"""
    found = read(text, "voortgang_taakvelden")
    assert found.usable and not found.rest


def test_a_time_of_making_above_the_heading_does_not_tell_the_budget_year() -> None:
    below = read(BUDGET, "programmabegroting")
    above = read(f"{FOOTER}\n\n{BUDGET.replace(FOOTER, '')}", "programmabegroting")
    assert above.usable
    assert above.year == below.year == 2026


def test_boxes_that_are_mere_paragraphs_are_no_elements_each() -> None:
    page = """<!DOCTYPE html><html><body>
<div class="kop">1. Bestuur</div><div class="kop">Algemeen</div><div class="kop">Omschrijving</div>
<div>Het bestuur werkt voor het dorp.</div><div class="kop">Wat willen we?</div>
<div>Wij willen bereikbaar zijn.</div><div class="kop">Ontwikkelingen</div>
<div class="kop">Nieuwe balie</div><div>De balie verhuist.</div><div>Daarna sluit het loket.</div>
<div class="kop">Kortere wachttijd</div><div>Inwoners wachten minder lang.</div>
<div class="kop">Beleidskaders</div><ul><li>Dienstverleningsvisie 2022</li></ul>
</body></html>"""
    found = read(page, "programmabegroting", 2025)
    assert [e.data.get("titel") for e in found.elements[1:]] == [
        "Nieuwe balie",
        "Kortere wachttijd",
    ]


def test_a_name_below_a_table_of_two_columns_is_that_of_the_next_focus_point() -> None:
    aspect = """<div>Wat gaan we ervoor doen:</div>
<table><tr><th>Plan</th><th>Voortgang</th></tr>
<tr><td><p>We gaan maaien.</p></td><td><p>Er is gemaaid.</p></td></tr></table>"""
    page = f"""<!DOCTYPE html><html><body><div>Programma 04 Water</div>
<div>Programmadoelstelling</div><p>We houden de voeten droog.</p><div>Voortgang speerpunten</div>
<div>Schone sloten</div><div>Status</div><div>Toelichting</div>{aspect}
<div>Hoge dijken</div><div>Status</div><div>Toelichting</div>{aspect}</body></html>"""
    found = read(page, "jaarverslag_speerpunten", 2024)
    names = [e.data.get("speerpunt") for e in found.elements if e.kind == "speerpunt"]
    assert names == ["Schone sloten", "Hoge dijken"]


def test_a_sentence_that_begins_with_a_figure_is_no_heading_of_a_page() -> None:
    text = """Programma 04 Water
Programmadoelstelling
We houden de voeten droog.
2027 wordt een druk jaar.
VOORTGANG SPEERPUNTEN
Schone sloten
Status
Toelichting
Wat gaan we ervoor doen:
We gaan alle sloten maaien.
"""
    found = read(text, "jaarverslag_speerpunten", 2024)
    assert found.elements[0].data["code"] == "04"
    assert "druk jaar" in str(found.elements[0].data["programmadoelstelling"])


def test_a_few_empty_lines_inside_a_copy_without_them_part_nothing_else() -> None:
    text = BUDGET.replace("Daarna volgt", "\u00a0\nDaarna volgt").replace("310\n", "\u00a0\n310\n")
    titles = _titles(text, "programmabegroting", "ontwikkeling", "titel")
    assert titles == ["Nieuwe steiger", "Baggeren van de vaargeul"]
