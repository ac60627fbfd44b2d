"""The toggle, the contents and the breadcrumbs in a browser, on screen and in print."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from stavaza.publish import publish
from tests.stavaza.examples import example
from tests.stavaza.publish.reading import BUILT, EXPORTED, faults, pages

GOAL, DELIVERABLE = "Meer inwoners bewegen elke week.", "Het Havenpark krijgt een beweegroute."
LONELY = "Het aantal vrijwilligers blijft gelijk."


def seen(page: Page) -> tuple[bool, bool, bool]:
    """Whether a goal, a deliverable, and a goal without one are visible."""
    one, other, third = (
        page.get_by_text(text).is_visible() for text in (GOAL, DELIVERABLE, LONELY)
    )
    return one, other, third


@pytest.mark.parametrize("script", [True, False])
def test_one_set_is_shown_in_three_ways_also_without_script_and_in_print(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    publish(example("begroting_doelen"), tmp_path, now=BUILT, export_time=EXPORTED)
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto((tmp_path / "programma-3.html").as_uri())
    assert seen(page) == (True, True, True)
    page.emulate_media(media="print")
    assert seen(page) == (True, True, True)
    for label, expected in (
        ("Doelstelling", (True, False, True)),
        ("Prestatie", (False, True, False)),
    ):
        page.emulate_media(media="screen")
        page.get_by_label(label, exact=True).check()
        assert seen(page) == expected
        page.emulate_media(media="print")
        assert seen(page) == expected
        assert page.locator(".weergaven").is_hidden()
    context.close()


def test_the_arrow_keys_choose_a_way(browser: Browser, tmp_path: Path) -> None:
    publish(example("begroting_doelen"), tmp_path, now=BUILT, export_time=EXPORTED)
    page = browser.new_page()
    page.goto((tmp_path / "programma-3.html").as_uri())
    page.get_by_label("Toon prestaties bij doelstellingen").focus()
    page.keyboard.press("ArrowDown")
    assert seen(page) == (True, False, True)
    page.close()


def test_the_contents_lead_to_every_head_of_the_page(tmp_path: Path) -> None:
    root = pages(example("begroting_doelen"))["programma-3.html"]
    assert faults(root) == []
    (contents,) = root.by_class("inhoud")
    heads = [head.text() for head in root.one("main").all("h2")]
    assert [link.text() for link in contents.one("ol").all("a")] == heads


def test_the_breadcrumbs_say_where_a_page_is() -> None:
    root = pages(example("voortgang_taakvelden"))["taakveld-6.1.html"]
    (crumbs,) = root.by_class("kruimel")
    assert [item.text() for item in crumbs.all("li")] == [
        "Rivierdam",
        "Programma 6. Sociaal domein",
        "Samenkracht en burgerparticipatie",
    ]
    assert [link.attributes["href"] for link in crumbs.all("a")] == ["index.html"]
    assert crumbs.all("li")[-1].attributes["aria-current"] == "page"


def test_a_page_without_anything_says_so() -> None:
    report = example("programmabegroting")
    for key in ("omschrijving", "wat_willen_we", "beleidskaders", "begroting"):
        report.elements["2"].data.pop(key, None)
    for element in list(report.elements.values()):
        if element.parent == "2":
            del report.elements[element.id]
    assert pages(report)["programma-2.html"].one("main").text() == "Op deze pagina staat nog niets."
