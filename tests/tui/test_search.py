"""Searching as you type: what is found, how it is shown, and where it leads."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from stavaza.tree import Report
from tests.tui.reports import opened, small_report, write_report
from tests.tui.showing import OneScreen, settled, show, text_of
from tui.screens.search import SearchScreen
from tui.search_index import Hit, SearchIndex, folded
from tui.session import Jump, Session


def built(report: Report) -> SearchIndex:
    index = SearchIndex(report)

    async def at_once() -> None:
        return None

    asyncio.run(index.build(at_once))
    return index


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return small_report(tmp_path)


def found(report: Report, query: str) -> list[tuple[str, tuple[str, ...]]]:
    hits, _total = built(report).find(query)
    return [(hit.entry.element_id, hit.entry.path) for hit in hits]


def test_a_code_leads_to_its_element_first(report: Report) -> None:
    assert found(report, "1.2.1")[0] == ("1.2.1", ("code",))


def test_names_come_before_texts(report: Report) -> None:
    report.elements["2.2.2"].set(("naam",), "Bewoners aan zet")
    assert found(report, "bewoners")[0] == ("2.2.2", ("naam",))


def test_texts_of_all_moments_are_searched(report: Report) -> None:
    assert ("1.1.1", ("moment", "vgr1", "stand_van_zaken")) in found(report, "uitvoering loopt")
    assert ("1.1.1", ("moment", "vgr2", "stand_van_zaken")) in found(report, "bijna klaar")


def test_capitals_and_accents_do_not_count(report: Report) -> None:
    assert found(report, "CAFE de brug") == found(report, "café De Brug") != []


def test_a_sentence_that_stands_on_two_lines_is_found_as_one(report: Report) -> None:
    report.elements["1.1.1"].set(("omschrijving",), "Eerste deel\nvan de zin.\n")
    assert found(report, "deel van")[0] == ("1.1.1", ("omschrijving",))


def test_an_owner_is_found_by_name(report: Report) -> None:
    owners = {element for element, path in found(report, "team noord") if path == ("eigenaar",)}
    assert owners == {
        element.id
        for element in report.elements.values()
        if element.get(("eigenaar",)) == "team-noord"
    }


@pytest.mark.parametrize("query", ["150.002", "150002", "€ 150.002"])
def test_an_amount_is_found_in_dutch_notation_and_in_digits(report: Report, query: str) -> None:
    assert ("1.1.1", ("begroting", "660002", "lasten_primitief_2026")) in found(report, query)


def test_a_computed_amount_is_found_too(report: Report) -> None:
    assert ("1.1.1", ("begroting", "660002", "saldo_primitief_2026")) in found(report, "-130.002")


def test_a_row_is_found_by_its_key_and_its_texts(report: Report) -> None:
    assert ("1.1.1", ("begroting", "660002")) in found(report, "660002")
    assert ("1.1.1", ("begroting", "770002")) in found(report, "provincie 770002")


def test_all_words_must_be_there(report: Report) -> None:
    assert found(report, "provincie onvindbaar") == []


def test_a_change_is_found_at_once_and_the_old_text_no_longer(report: Report) -> None:
    index = built(report)
    report.elements["1.1.1"].set(("naam",), "Zonnebloem")
    index.refresh("1.1.1")
    assert index.find("zonnebloem")[1] == 1
    assert "1.1.1" not in {hit.entry.element_id for hit in index.find("voorziening 1.1.1")[0]}


@given(st.text(max_size=80))
def test_a_folded_text_is_as_long_as_it_was(text: str) -> None:
    assert len(folded(text)) == len(text)


def snippet(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.places]


def test_a_snippet_shows_the_words_also_far_in_a_long_text(report: Report) -> None:
    long = "Woord voor woord. " * 60 + "Dan komt de Ééndracht in zicht. " + "En verder. " * 50
    report.elements["1.1.1"].set(("omschrijving",), long + "\n")
    [hit] = built(report).find("eendracht")[0]
    assert snippet(hit) == ["Ééndracht"]
    assert hit.snippet.startswith("…")
    assert hit.places[0][0] < 60


def test_typing_narrows_the_results_and_enter_goes_there(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        assert "alle woorden" in text_of(app)
        await pilot.press(*"subsidie")
        assert "8 plaatsen" in text_of(app)
        assert "Begroting: 770002 · Subsidie van de provincie" in text_of(app)
        await pilot.press(*" 770003", "down", "enter")
        assert app.outcome == Jump("1.2.1", ("begroting", "770003"))

    show(SearchScreen(Session(small_report(tmp_path))), steps)


def test_a_code_leads_to_the_element_as_a_whole(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press(*"2.1.2", "enter")
        assert app.outcome == Jump("2.1.2", ())

    show(SearchScreen(Session(small_report(tmp_path))), steps)


def test_nothing_found_says_so_and_enter_stays(tmp_path: Path) -> None:
    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press(*"qqq", "enter")
        assert "Niets gevonden" in text_of(app)
        assert app.screen is app.shown
        await pilot.press("escape")
        assert app.outcome is None

    show(SearchScreen(Session(small_report(tmp_path))), steps, size=(80, 24))


def test_many_results_are_counted_and_the_first_shown(tmp_path: Path) -> None:
    session = Session(opened(write_report(tmp_path / "groot", 2, 5, 30)))

    async def steps(app: OneScreen, pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        await pilot.press("e")
        assert "de eerste 200" in text_of(app)

    show(SearchScreen(session), steps)


def test_typing_on_finds_what_a_fresh_search_finds(report: Report) -> None:
    typed = built(report)
    for query in ("vernieuwen van 1.2", "loopt de €", "185.000", "zuid x", "café"):
        for end in (*range(1, len(query) + 1), len(query) - 1, 2):
            assert typed.find(query[:end]) == built(report).find(query[:end])
