"""Pages of plain text as they come: labels that are no labels, other orders, odd characters."""

from __future__ import annotations

import pytest

from tests.stavaza.page_import.small_page import PIECES, codes, read, text, value

NOW = ("moment", "vgr2")
STATE = (*NOW, "stand_van_zaken")


def first(old: str, new: str) -> str:
    """The first activity with a piece of it replaced."""
    assert old in PIECES["first"]
    return PIECES["first"].replace(old, new)


def test_the_small_page_itself_comes_in_without_a_finding() -> None:
    result = read(text())
    assert codes(result) == []
    assert [e.id for e in result.elements if e.code] == ["6", "6.1", "6.1.1", "6.1.4"]
    assert value(result, "6.1.4", *NOW, "voorstel_raad") == "Instemmen met opening in 2028."


@pytest.mark.parametrize(
    "prose",
    [
        "Volgens plan",
        "Dit loopt.\nVolgens plan\nEn zo gaat het door.",
        "Stand van zaken is dat er veel gebeurt.",
        "6.1.4 Eén loket voor hulp is hiermee verbonden.",
        "Zie ook:\n6.1.4 Eén loket voor hulp\nen wat daarbij hoort.",
        "6.1 procent van de inwoners komt wekelijks.",
        "6.1.9 van het uitvoeringsplan is klaar.",
        "Nieuwe opdracht welzijn",
        "Nieuwe opdracht welzijn\nDe opdracht is in mei verleend.",
        "7. Volksgezondheid staat in een ander programma.",
        "2027",
        "Begroting\nDe begroting is niet gewijzigd.",
        "Begroting",
        "1e VGR",
        "-\nEen regel onder een streepje.",
    ],
)
def test_text_that_looks_like_structure_stays_text(prose: str) -> None:
    page = text(first=f"{PIECES['first']}\n\n{prose}\n\nEn dit is het slot.")
    result = read(page)
    assert value(result, "6.1.1", *STATE) == (
        f"Alle buurthuizen zijn open.\n\n{prose}\n\nEn dit is het slot."
    )
    assert codes(result) == []
    assert len(result.elements) == 5


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Jaar realisatie\n\n2027", "Jaar realisatie: 2027"),
        ("Jaar realisatie\n\n2027", "JAAR REALISATIE :\n2027"),
        ("Jaar realisatie\n\n2027", "Jaar\u00a0realisatie\n\n\u00a02027\u00a0"),
        ("Rek. 2025\n\n1e VGR\n\n2e VGR", "Rek. 2025   1e VGR   2e VGR"),
        (
            "Volgens plan\n\nNiet volgens plan\n\nVolgens plan",
            "Volgens plan Niet volgens plan Volgens plan",
        ),
        (
            "Volgens plan\n\nNiet volgens plan\n\nVolgens plan",
            "✓ Volgens plan\n\n✗ Niet volgens plan\n\n✓ volgens plan",
        ),
        (
            "Rek. 2025\n\n1e VGR\n\n2e VGR\n\nVolgens plan\n\nNiet volgens plan\n\nVolgens plan",
            "Rek. 2025: Volgens plan\n1e VGR: Niet volgens plan\n2e VGR: Volgens plan",
        ),
        (
            "Rek. 2025\n\n1e VGR\n\n2e VGR\n\nVolgens plan\n\nNiet volgens plan\n\nVolgens plan",
            "Rek. 2025\nVolgens plan\n1e VGR\nNiet volgens plan\n2e VGR\nVolgens plan",
        ),
        ("Stand van zaken\n\nRek.", "stand van zaken:\nRek."),
    ],
)
def test_the_same_in_another_spelling_means_the_same(old: str, new: str) -> None:
    result = read(text(first=first(old, new)))
    assert codes(result) == []
    assert {e.id: e.data for e in result.elements} == {e.id: e.data for e in read(text()).elements}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_make_no_difference(encoding: str, newline: str) -> None:
    page = text(second=PIECES["second"].replace("later klaar", "later klaar – café, € 5, ‘ja’"))
    result = read(page.replace("\n", newline).encode(encoding))
    expected = read(page)
    assert {e.id: e.data for e in result.elements} == {e.id: e.data for e in expected.elements}


def test_a_file_of_two_encodings_keeps_all_its_letters() -> None:
    page = (
        text()
        .encode("utf-8")
        .replace("Eén loket voor hulp\n\n2028".encode(), b"E\xe9n loket voor hulp\n\n2028")
    )
    assert codes(read(page)) == []


def test_a_page_without_any_empty_line_comes_in() -> None:
    page = "\n".join(line for line in text().split("\n") if line.strip())
    result = read(page)
    assert codes(result) == []
    assert value(result, "6.1.1", *STATE) == "Alle buurthuizen zijn open."
    assert len(result.elements) == 5


def test_statuses_fewer_than_moments_go_to_the_rest_with_a_finding() -> None:
    page = text(first=first("Volgens plan\n\nNiet volgens plan\n\n", "Niet volgens plan\n\n"))
    result = read(page)
    assert "I009" in codes(result)
    assert [line.text for line in result.rest] == ["Niet volgens plan", "Volgens plan"]
    assert result.by_id["6.1.1"].get((*NOW, "status")) is None
    assert value(result, "6.1.1", *STATE) == "Alle buurthuizen zijn open."


def test_statuses_fewer_than_moments_are_placed_where_the_overview_tells_which() -> None:
    overview = "\n".join(
        [
            "Wat doen we?",
            "",
            "Naam activiteit\tJaar realisatie\tStatus 2025\tStatus 1e VGR\tStatus 2e VGR",
            "6.1.1 Buurthuizen openhouden\t2027\t\tNiet volgens plan\tVolgens plan",
            "6.1.4 Eén loket voor hulp\t2028\tNiet gestart\tNiet gestart\tNiet volgens plan",
        ]
    )
    page = text(
        overview=overview,
        first=first("Volgens plan\n\nNiet volgens plan\n\n", "Niet volgens plan\n\n"),
    )
    result = read(page)
    assert codes(result) == []
    assert result.by_id["6.1.1"].get(("moment", "rek", "status")) is None
    assert result.by_id["6.1.1"].get(("moment", "vgr1", "status")) == "niet_volgens_plan"


def test_statuses_that_only_the_overview_has_are_taken_from_it() -> None:
    overview = PIECES["overview"].replace(
        "\n2027", "\n2027\n\nVolgens plan\n\nVolgens plan\n\nNiet gestart"
    )
    bare = first("Volgens plan\n\nNiet volgens plan\n\nVolgens plan\n\n", "")
    result = read(text(overview=overview, first=bare))
    assert codes(result) == []
    assert result.by_id["6.1.1"].get((*NOW, "status")) == "niet_gestart"
    assert value(result, "6.1.1", *STATE) == "Alle buurthuizen zijn open."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n2027", "\n2030", "2030"),
        ("6.1.1 Buurthuizen openhouden", "6.1.1 Buurthuizen sluiten", "sluiten"),
        ("\n2027", "\n2027\n\nVolgens plan\n\nVolgens plan\n\nVolgens plan", "1e VGR"),
    ],
)
def test_an_overview_that_differs_from_the_text_is_a_finding(old: str, new: str, said: str) -> None:
    result = read(text(overview=PIECES["overview"].replace(old, new)))
    assert codes(result) == ["I006"]
    assert said in result.findings[0].message
    assert result.by_id["6.1.1"].data == read(text()).by_id["6.1.1"].data


def test_an_activity_in_the_overview_only_is_made_with_a_finding() -> None:
    result = read(text(overview=PIECES["overview"] + "\n\n6.1.7 Nog zonder tekst\n\n2029"))
    assert codes(result) == ["I007"]
    made = result.by_id["6.1.7"]
    assert (made.data["naam"], made.data["ouder"]) == ("Nog zonder tekst", "6.1")
    assert made.data["jaar_realisatie"] == 2029


def test_an_activity_that_the_overview_lacks_is_a_finding_but_comes_in() -> None:
    lacking = PIECES["overview"].partition("\n\n6.1.4")[0]
    result = read(text(overview=lacking))
    assert codes(result) == ["I008"]
    assert value(result, "6.1.4", "naam") == "Eén loket voor hulp"


def test_a_code_that_comes_twice_is_a_finding_and_nothing_of_it_is_lost() -> None:
    again = PIECES["first"].replace("Alle buurthuizen", "Drie buurthuizen")
    result = read(text(goals=f"{again}\n\n{PIECES['goals']}"))
    assert "I010" in codes(result)
    assert "Drie buurthuizen zijn open." in [line.text for line in result.rest]
    assert value(result, "6.1.1", *STATE) == "Alle buurthuizen zijn open."


def test_a_label_that_comes_twice_adds_to_the_same_text() -> None:
    more = "\n\nStand van zaken\n\nDit kwam er later bij."
    result = read(text(first=PIECES["first"] + more))
    assert codes(result) == ["I014"]
    assert value(result, "6.1.1", *STATE) == "Alle buurthuizen zijn open.\n\nDit kwam er later bij."


def test_what_is_no_year_goes_to_the_rest_and_the_text_below_stays() -> None:
    result = read(text(first=first("\n2027\n", "\ndoorlopend\n")))
    assert [line.text for line in result.rest] == ["doorlopend"]
    assert value(result, "6.1.1", "omschrijving") == "Elke wijk houdt een buurthuis."
    assert value(result, "6.1.1", "jaar_realisatie") == 2027


def test_missing_parts_leave_their_fields_empty_and_nothing_else() -> None:
    bare = "6.1.1 Buurthuizen openhouden\n\nJaar realisatie\n\n2027"
    result = read(text(first=bare, goals=""))
    assert codes(result) == []
    assert result.by_id["6.1.1"].data == {
        "soort": "activiteit",
        "code": "6.1.1",
        "ouder": "6.1",
        "naam": "Buurthuizen openhouden",
        "jaar_realisatie": 2027,
    }


def test_activities_without_any_theme_get_one_with_a_finding() -> None:
    result = read(text(theme="", goals=""))
    assert codes(result) == ["I011"]
    assert result.by_id["6.1.4"].parent == "6.1"
    assert result.by_id["6.1"].parent == "6"


def test_goals_may_stand_above_the_activities() -> None:
    result = read(text(theme=PIECES["goals"] + "\n\n6.1 Meedoen", goals=""))
    assert codes(result) == []
    assert [e.kind for e in result.elements].count("doel") == 1
    assert value(result, "6.1.4", "jaar_realisatie") == 2028


def test_goals_with_the_mark_on_their_own_line_of_text_come_in() -> None:
    goals = (
        "6.1 Meedoen\n\nDoelstelling\n\n- Doel een\n\nStand van zaken\n\nGoed\n\n"
        "- Doel twee\n\nStand van zaken\n\nMatig\n\n- met een lijst"
    )
    result = read(text(goals=goals))
    found = [e for e in result.elements if e.kind == "doel"]
    assert [e.get(("doelstelling",)) for e in found] == ["Doel een\n", "Doel twee\n"]
    assert value(result, found[1].id, *STATE) == "Matig\n\n- met een lijst"
    assert result.rest == []


def test_goals_without_any_mark_are_parted_by_a_guess_that_is_reported() -> None:
    goals = (
        "6.1 Meedoen\n\nDoelstelling\n\nDoel een\n\nStand van zaken\n\nGoed\n\n"
        "Doel twee\n\nStand van zaken\n\nMatig"
    )
    result = read(text(goals=goals))
    found = [e for e in result.elements if e.kind == "doel"]
    assert [e.get(("doelstelling",)) for e in found] == ["Doel een\n", "Doel twee\n"]
    assert codes(result) == ["I013"]


def test_paragraphs_that_are_the_same_are_all_kept() -> None:
    same = "Dit staat er twee keer.\nDit staat er twee keer."
    result = read(text(first=f"{PIECES['first']}\n{same}\n\n{same}"))
    assert str(value(result, "6.1.1", *STATE)).count("twee keer") == 4


@pytest.mark.parametrize(
    ("title", "year", "moment"),
    [
        ("2e Voortgangsrapportage 2026", 2026, "vgr2"),
        ("Gemeente Rivierdam | Tweede voortgangsrapportage 2026", 2026, "vgr2"),
        ("1e VOORTGANGSRAPPORTAGE 2026", 2026, "vgr1"),
        ("Jaarstukken 2025", 2026, "rek"),
        ("Tussentijds bericht 2026", 2026, "vgr2"),
        ("Tussentijds bericht", 2026, "vgr2"),
    ],
)
def test_year_and_moment_come_from_the_title_or_else_the_labels(
    title: str, year: int, moment: str
) -> None:
    result = read(text(title=title))
    assert (result.year, result.moments.current) == (year, moment)
    assert result.rest == []


def test_a_page_that_tells_no_year_is_refused_with_an_example() -> None:
    page = text(
        title="Bericht",
        overview="",
        first="6.1.1 Buurthuizen\n\nStand van zaken\n\nGoed.",
        second="",
    )
    result = read(page)
    assert codes(result) == ["I003"]
    assert "2e Voortgangsrapportage 2026" in result.findings[0].action
    assert not result.usable


def test_two_programmes_on_one_page_come_in_both() -> None:
    other = (
        text(title="")
        .replace("6.", "7.")
        .replace("Sociaal domein", "Milieu")
        .replace("Meedoen", "Lucht")
    )
    result = read(text() + "\n" + other)
    assert codes(result) == []
    assert [e.id for e in result.elements if e.kind == "programma"] == ["6", "7"]
    assert value(result, "7.1.4", *NOW, "voorstel_raad") == "Instemmen met opening in 2028."


def test_a_menu_of_programmes_above_the_page_is_header() -> None:
    menu = "Inhoud\n\n1. Bestuur\n\n6. Sociaal domein\n\n7. Milieu"
    result = read(text(title=PIECES["title"] + "\n\n" + menu))
    assert codes(result) == []
    header = result.moments.by_key("vgr2").header
    assert header == ["Inhoud", "1. Bestuur", "6. Sociaal domein", "7. Milieu"]


@pytest.mark.parametrize(
    ("printed", "built"),
    [
        ("11/19/2026 10:08:33", "2026-11-19T10:08:33"),
        ("19/11/2026 10:08:33", "2026-11-19T10:08:33"),
        ("19-11-2026 10:08", "2026-11-19T10:08:00"),
        ("2026-11-19 10:08:33", "2026-11-19T10:08:33"),
    ],
)
def test_the_times_of_the_footer_are_kept(printed: str, built: str) -> None:
    footer = f"Deze pagina is gebouwd op {printed} met de export van {printed}"
    result = read(text(footer=footer))
    assert codes(result) == []
    times = result.moments.by_key("vgr2").printed
    assert {name: time.isoformat() for name, time in times.items()} == {
        "gebouwd": built,
        "export": built,
    }


def test_a_footer_with_an_impossible_date_is_kept_as_text() -> None:
    footer = "Deze pagina is gebouwd op 99/99/2026 10:08:33 met de export van 11/19/2026 10:00:00"
    result = read(text(footer=footer))
    assert result.moments.by_key("vgr2").printed == {}
    assert footer in str(value(result, result.elements[-1].id, *STATE))
