"""The page of a programme: what stands on it, in which order, and what does not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from stavaza.publish import render_report
from stavaza.tree import Element, Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, Tag, faults, page, pages


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path))


def in_order(text: str, *pieces: str) -> bool:
    """Whether the pieces stand in the text one after the other."""
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def add(report: Report, element_id: str, **data: object) -> Element:
    element = Element(element_id, dict(data))
    report.elements[element_id] = element
    return element


def test_the_page_holds_everything_in_the_order_of_the_layout(report: Report) -> None:
    text = page(report).text()
    assert in_order(
        text,
        "2e Voortgangsrapportage 2026",
        "6. Sociaal domein",
        "Inhoud",
        "Wat doen we?",
        "Naam activiteit",
        "Jaar realisatie",
        "Status 2025",
        "Status 1e VGR",
        "Status 2e VGR",
        "6.1.3 Informatie toegankelijk maken",
        "2027",
        "6.1 Meedoen",
        "6.1.3 Informatie toegankelijk maken",
        "Jaar realisatie",
        "2027",
        "De wegwijzer komt online. Daarna volgt een papieren uitgave.",
        "Stand van zaken",
        "Rek. 2025",
        "1e VGR",
        "2e VGR",
        "Volgens plan",
        "Volgens plan",
        "De inkoop is begonnen.",
        "Begroting",
        "663884 Wegwijzer",
        "6.1 Meedoen",
        "Doelstelling",
        "-",
        "Elke inwoner vindt binnen een dag de juiste hulp.",
        "Stand van zaken",
        "Dat lukt nu in twee dagen.",
        "Wat kost het?",
        "Deze pagina is gebouwd op 5-10-2026 14:03:09 met de export van 30-9-2026 08:00:01",
    )


def test_every_page_is_valid_and_accessible(report: Report) -> None:
    assert {name: faults(root) for name, root in pages(report).items()} == {
        "index.html": [],
        "programma-6.html": [],
    }


def test_the_overview_follows_the_statuses_of_the_activities(report: Report) -> None:
    report.elements["6.1.3"].set(("moment", "vgr2", "status"), "niet_volgens_plan")
    (matrix,) = page(report).by_class("matrix")
    (row,) = matrix.one("tbody").all("tr")
    assert [cell.text() for cell in row.all("td")] == [
        "2027",
        "",
        "Volgens plan",
        "Niet volgens plan",
    ]
    (status,) = row.all("td")[3].all("span")
    assert status.attributes == {"class": "status kleur-rood", "data-symbool": "✗"}
    assert row.one("a").attributes["href"] == "#6.1.3"


def test_a_field_that_is_taken_away_takes_its_sentence_and_label_along(report: Report) -> None:
    activity = report.elements["6.1.3"]
    activity.set(("omschrijving",), None)
    activity.set(("jaar_realisatie",), None)
    activity.set(("moment", "vgr2", "stand_van_zaken"), None)
    activity.data.pop("begroting")
    root = page(report)
    article = next(tag for tag in root.all("article"))
    assert article.text() == (
        "6.1.3 Informatie toegankelijk maken Stand van zaken "
        "Rek. 2025 1e VGR 2e VGR Volgens plan Volgens plan"
    )
    assert "Wat kost het?" not in root.text()


def test_a_proposal_comes_under_its_own_label(report: Report) -> None:
    activity = report.elements["6.1.3"]
    activity.set(("moment", "vgr2", "voorstel_raad"), "Kennisnemen van de vertraging.\n")
    assert in_order(page(report).text(), "Voorstel raad", "Kennisnemen van de vertraging.")


def test_retired_elements_are_left_out(report: Report) -> None:
    report.elements["6.1.3"].set(("vervallen",), True)
    report.elements["doel-bcdfgh"].set(("vervallen",), True)
    root = page(report)
    assert "Informatie toegankelijk maken" not in root.text()
    assert "Elke inwoner" not in root.text()
    assert root.by_class("blok") == []


def test_an_earlier_moment_shows_its_own_texts_and_the_moments_until_then(report: Report) -> None:
    text = page(report, moment="vgr1").text()
    assert "Status 1e VGR" in text
    assert "Status 2e VGR" not in text
    assert "De inkoop is begonnen." not in text


def test_elements_stand_under_their_own_group_once(report: Report) -> None:
    add(report, "6.2", soort="thema", code="6.2", ouder="6", naam="Jeugd")
    add(report, "6.2.1", soort="activiteit", code="6.2.1", ouder="6.2", naam="Inkoop")
    headings = [tag.text() for tag in page(report).one("main").all("h2", "h3")]
    assert headings == [
        "Wat doen we?",
        "6.1 Meedoen",
        "6.1.3 Informatie toegankelijk maken",
        "6.2 Jeugd",
        "6.2.1 Inkoop",
        "6.1 Meedoen",
        "Doelstelling",
        "Wat kost het?",
    ]


def test_the_contents_lead_to_every_activity(report: Report) -> None:
    contents = page(report).by_id("inhoud")
    assert [(a.text(), a.attributes["href"]) for a in contents.all("a")] == [
        ("Wat doen we?", "#wat-doen-we"),
        ("6.1 Meedoen", "#activiteit-6.1"),
        ("6.1.3 Informatie toegankelijk maken", "#6.1.3"),
        ("6.1 Meedoen: Doelstelling", "#doel-6.1"),
        ("Wat kost het?", "#wat-kost-het"),
    ]


def test_a_text_refers_to_figures_by_their_present_value(report: Report) -> None:
    activity = report.elements["6.1.3"]
    text = "We ramen [[begroting/totaal/lasten_primitief_2026]] euro.\n"
    activity.set(("omschrijving",), text)
    assert "We ramen 157.077,50 euro." in page(report).text()
    activity.set(("begroting", "663884", "lasten_primitief_2026"), 160000)
    assert "We ramen 167.077,50 euro." in page(report).text()


def test_heads_inside_a_text_fit_the_heads_around_it(report: Report) -> None:
    text = "Vooraf.\n\n##### Diep\n\nTekst.\n\n# Hoog\n\nMeer.\n\n### Midden\n\nEinde.\n"
    report.elements["6.1.3"].set(("moment", "vgr2", "stand_van_zaken"), text)
    report.elements["6"].set(("omschrijving",), text)
    root = page(report)
    assert faults(root) == []
    levels = {tag.text(): tag.name for tag in root.all("article")[0].all("h5", "h6")}
    assert levels == {"Diep": "h5", "Hoog": "h5", "Midden": "h6"}


def test_prose_is_never_run_as_a_template(report: Report) -> None:
    text = "{{ 7 * 6 }} {% for x in y %} {# weg #} {{ kader.title }}\n"
    report.elements["6.1.3"].set(("omschrijving",), text)
    assert " ".join(text.split()) in page(report).text()


def test_the_original_times_of_an_imported_page_are_kept_in_its_own_notation(
    tmp_path: Path,
) -> None:
    file = make_report(tmp_path) / "report.toml"
    printed = (
        '\n[moment.vgr2.gedrukt]\ngebouwd = "11/19/2020 10:08:33"\nexport = "11/19/2020 10:00:53"\n'
    )
    file.write_text(file.read_text(encoding="utf-8") + printed, encoding="utf-8")
    footer = page(opened(tmp_path)).one("footer").text()
    old = "Deze pagina is gebouwd op 11/19/2020 10:08:33 met de export van 11/19/2020 10:00:53"
    new = "Deze pagina is gebouwd op 5-10-2026 14:03:09 met de export van 30-9-2026 08:00:01"
    assert old in footer
    assert new in footer


def test_only_the_example_is_marked_as_one(report: Report) -> None:
    assert "VOORBEELD" not in page(report).text()
    report.meta.example = True
    for root in pages(report).values():
        assert root.text().count("VOORBEELD") == 1
        assert "VOORBEELD" in "".join(map(str, root.one("head").one("title").parts))


def test_the_lines_below_the_title_of_the_document_come_before_the_heading(tmp_path: Path) -> None:
    file = make_report(tmp_path) / "report.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + 'kopregels = ["portaal", "concept"]\n', encoding="utf-8")
    header = page(opened(tmp_path)).one("header").text()
    assert in_order(header, "2e Voortgangsrapportage 2026", "portaal", "concept", "6. Sociaal")


def test_the_same_data_and_times_give_the_same_bytes(report: Report) -> None:
    first, _ = render_report(report, now=BUILT, export_time=EXPORTED)
    again, _ = render_report(report, now=BUILT, export_time=EXPORTED)
    later, _ = render_report(report, now=datetime(2027, 1, 1), export_time=EXPORTED)
    assert first == again
    assert first != later


def test_the_index_counts_the_activities_of_each_programme(report: Report) -> None:
    add(report, "7", soort="programma", code="7", naam="Milieu")
    add(report, "7.1", soort="thema", code="7.1", ouder="7", naam="Lucht")
    for number, status in enumerate(["niet_gestart", "niet_gestart", None], start=1):
        activity = add(report, f"7.1.{number}", soort="activiteit", ouder="7.1", naam="Meten")
        activity.set(("moment", "vgr2", "status"), status)
    root = pages(report)["index.html"]
    table = root.by_class("tellingen")[0]
    assert faults(root) == []
    assert [cell.text() for cell in table.one("thead").all("th")] == [
        "Programma",
        "Volgens plan",
        "Niet volgens plan",
        "Niet gestart",
        "Geen status",
        "Totaal",
    ]
    rows = [[cell.text() for cell in row.all("th", "td")] for row in table.all("tr")[1:]]
    assert rows == [
        ["6. Sociaal domein", "1", "0", "0", "0", "1"],
        ["7. Milieu", "0", "0", "2", "1", "3"],
        ["Totaal", "1", "0", "2", "1", "4"],
    ]
    links = [link.attributes["href"] for link in table.all("a")]
    assert links == ["programma-6.html", "programma-7.html"]


def test_neighbouring_pages_are_linked(report: Report) -> None:
    add(report, "7", soort="programma", code="7", naam="Milieu")
    made = pages(report)

    def neighbours(root: Tag) -> list[str]:
        return [a.attributes["href"] for a in root.by_class("bladeren")[0].all("a")]

    assert neighbours(made["programma-6.html"]) == ["programma-7.html"]
    assert neighbours(made["programma-7.html"]) == ["programma-6.html"]


def test_a_report_without_programmes_gives_an_index_and_a_finding(report: Report) -> None:
    report.elements.clear()
    made, findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert list(made) == ["index.html"]
    assert [finding.code for finding in findings] == ["P001"]


def test_an_element_outside_every_programme_is_reported(report: Report) -> None:
    add(report, "9.1.1", soort="activiteit", code="9.1.1", ouder="9.1", naam="Zwevend")
    _made, findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert [(finding.code, finding.element) for finding in findings] == [("P002", "9.1.1")]
    assert "9.1.1 Zwevend" in findings[0].message
