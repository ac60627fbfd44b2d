"""Searching over all pages from a folder: what is found, how it reads, and where it leads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from stavaza.publish import parts, publish
from stavaza.publish.search_index import INDEX_SCRIPT, index_script, lines_of
from stavaza.tree import Element, Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED

ATTACK = "</script><script>document.title = 'stuk'</script>"


@pytest.fixture
def report(tmp_path: Path) -> Report:
    report = opened(make_report(tmp_path / "verslag"))
    report.elements["7"] = Element("7", {"soort": "programma", "code": "7", "naam": "Milieu"})
    report.elements["7.1"] = Element(
        "7.1", {"soort": "thema", "code": "7.1", "ouder": "7", "naam": "Lucht"}
    )
    report.elements["7.1.1"] = Element(
        "7.1.1",
        {
            "soort": "activiteit",
            "code": "7.1.1",
            "ouder": "7.1",
            "naam": "Meten bij de brug",
            "omschrijving": f"Cafés langs de kade doen mee; coördinatie in Ålst. {ATTACK}\n",
        },
    )
    return report


@pytest.fixture
def folder(report: Report, tmp_path: Path) -> Path:
    publish(report, tmp_path / "uit", now=BUILT, export_time=EXPORTED)
    return tmp_path / "uit"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    made.set_default_timeout(10_000)
    yield made
    made.close()


def search(page: Page, text: str) -> list[str]:
    """What is found for a text: the headings; waits until the list is that of this text."""
    page.fill("#zoekveld", text)
    page.wait_for_selector(f'.zoeken ol[data-vraag="{text}"]', state="attached")
    return page.locator(".zoeken li a").all_inner_texts()


def search_whole(page: Page, report: Report, tmp_path: Path, text: str) -> list[str]:
    """What an index of one file finds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PAGES_IN_PART", 50)
        publish(report, tmp_path / "heel", now=BUILT, export_time=EXPORTED)
    page.goto((tmp_path / "heel" / "index.html").as_uri())
    return search(page, text)


def test_the_index_holds_every_heading_and_text_of_every_page(folder: Path) -> None:
    script = (folder / INDEX_SCRIPT).read_bytes()
    pages = [json.loads(line) for line in lines_of(script).values()]
    assert [page[:2] for page in pages] == [
        ["programma-6.html", "6. Sociaal domein"],
        ["programma-7.html", "7. Milieu"],
    ]
    entries = {anchor: (heading, text) for _f, _h, rest in pages for anchor, heading, text in rest}
    heading, text = entries["6.1.3"]
    assert heading == "6.1.3 Informatie toegankelijk maken"
    assert "De wegwijzer komt online." in text
    assert "663884 Wegwijzer" in text
    assert "Elke inwoner vindt binnen een dag" in entries["doel-bcdfgh"][1]
    assert b"</script" not in script
    assert index_script(lines_of(script).values()) == script


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("wegw", ["6.1.3 Informatie toegankelijk maken"]),
        ("cafes COORD", ["7.1.1 Meten bij de brug"]),
        ("café", ["7.1.1 Meten bij de brug"]),
        ("alst", ["7.1.1 Meten bij de brug"]),
        ("663884", ["6.1.3 Informatie toegankelijk maken"]),
        ("6.1.3", ["6.1.3 Informatie toegankelijk maken", "Wat kost het?"]),
        ("brug online", []),
        ("egwijzer", []),
        ("(brug.*", ["7.1.1 Meten bij de brug"]),
    ],
)
def test_words_are_found_by_their_beginning_whatever_their_accents(
    page: Page, folder: Path, text: str, found: list[str]
) -> None:
    page.goto((folder / "index.html").as_uri())
    assert search(page, text) == found
    told = {0: f"Niets gevonden voor “{text}”.", 1: "1 plaats gevonden."}
    assert page.inner_text("#zoekstand") == told.get(len(found), "2 plaatsen gevonden.")


def test_an_index_in_parts_is_searched_as_a_whole_and_in_order(
    page: Page, report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PAGES_IN_PART", 1)
    folder = tmp_path / "delen"
    publish(report, folder, now=BUILT, export_time=EXPORTED)
    page.goto((folder / "index.html").as_uri())
    assert search(page, "me") == search_whole(page, report, tmp_path, "me")
    (folder / "zoekindex-2.js").unlink()
    page.goto((folder / "index.html").as_uri())
    page.fill("#zoekveld", "me")
    page.locator("#zoekstand").filter(has_text="zoekindex-2.js").wait_for()


def test_a_heading_comes_before_a_text_and_what_is_found_is_marked(
    page: Page, folder: Path
) -> None:
    page.goto((folder / "programma-6.html").as_uri())
    assert search(page, "me")[0] == "6.1 Meedoen"
    search(page, "kade")
    assert page.inner_text(".zoeken mark") == "kade"


def test_a_hit_on_another_page_leads_to_its_place_by_keyboard_alone(
    page: Page, folder: Path
) -> None:
    page.goto((folder / "programma-6.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("kade")
    page.wait_for_selector(".zoeken li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programma-7.html*")
    assert page.evaluate("location.hash") == "#7.1.1"


def test_a_hit_on_this_page_leads_there_and_closes_the_list(page: Page, folder: Path) -> None:
    page.goto((folder / "programma-6.html").as_uri())
    search(page, "wegwijzer")
    page.click(".zoeken li a")
    page.wait_for_selector(".zoeken li", state="detached")
    assert page.evaluate("location.hash") == "#6.1.3"
    assert page.input_value("#zoekveld") == ""


def test_escape_empties_the_search(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    search(page, "brug")
    page.keyboard.press("Escape")
    assert page.locator(".zoeken li").count() == 0
    assert page.inner_text("#zoekstand") == ""


def test_many_hits_come_by_twenty(page: Page, folder: Path, report: Report) -> None:
    for number in range(2, 47):
        data = {
            "soort": "activiteit",
            "code": f"7.1.{number}",
            "ouder": "7.1",
            "naam": "Vergroenen",
        }
        report.elements[f"7.1.{number}"] = Element(f"7.1.{number}", data)
    publish(report, folder, now=BUILT, export_time=EXPORTED)
    page.goto((folder / "index.html").as_uri())
    assert len(search(page, "vergroe")) == 20
    assert page.inner_text("#zoekstand") == ("45 plaatsen gevonden, de eerste 20 staan hieronder.")
    page.click(".zoeken button")
    page.click(".zoeken button")
    assert page.locator(".zoeken li").count() == 45
    assert page.locator(".zoeken button").is_hidden()
    assert page.evaluate("document.activeElement.textContent").startswith("7.1.42")


def test_nothing_of_a_text_runs_and_the_policy_lets_the_search_be(page: Page, folder: Path) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    assert search(page, "document.title") == ["7.1.1 Meten bij de brug"]
    assert page.title() != "stuk"
    assert told == []


def test_a_page_on_its_own_says_why_it_cannot_search(page: Page, folder: Path) -> None:
    (folder / INDEX_SCRIPT).unlink()
    page.goto((folder / "programma-6.html").as_uri())
    page.fill("#zoekveld", "brug")
    page.wait_for_selector("#zoekstand:not(:empty)", state="attached")
    assert "zoekindex.js staat niet naast deze pagina" in page.inner_text("#zoekstand")


def test_without_script_there_is_no_search_box_and_the_text_stands(
    browser: Browser, folder: Path
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto((folder / "programma-7.html").as_uri())
    assert page.locator(".zoeken").is_hidden()
    assert page.get_by_text("Cafés langs de kade").is_visible()
    plain.close()
