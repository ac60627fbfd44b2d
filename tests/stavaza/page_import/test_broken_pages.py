"""Broken and hostile pages of every kind: nothing is lost, and nothing ends in a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.page_import import ImportResult, import_page
from stavaza.page_import.reader import read_page
from stavaza.prose import to_plain
from tests.stavaza.examples import NAMES
from tests.stavaza.page_import import test_budget_pages, test_focus_pages
from tests.stavaza.page_import.importing import shipped

PAGES = {
    "programmabegroting": test_budget_pages.TEXT,
    "jaarverslag_speerpunten": test_focus_pages.TEXT,
}
Change = Callable[[list[str]], list[str]]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def values(value: object) -> list[str]:
    """All texts and figures of an element, as a reader sees them."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in values(item)]
    if isinstance(value, str):
        return [to_plain(value), value]
    return [str(value)]


def assert_nothing_is_lost(page: str, result: ImportResult, name: str) -> None:
    """Each line has one place, and what became a field is in that element."""
    template = shipped(name)
    lines = read_page(page.encode(), "pagina.txt").lines
    filled = [line for line in lines if line.text]
    assert len(result.account) == len(filled)
    texts = {line.number: line.text for line in filled if not line.row}
    known = words(template.path.joinpath("template.toml").read_text(encoding="utf-8"))
    held = {element.id: words(" ".join(values(element.data))) for element in result.elements}
    for use in result.account:
        if use.number not in texts:
            continue
        if use.use == "field" and use.path[:1] not in (("begroting",), ("gedrukt",)):
            if use.path[-1] == "status":
                continue
            found = words(texts[use.number])
            own = {*held[use.element], *words(use.element), *known}
            assert set(found) <= own, texts[use.number]
        if use.use == "rest":
            assert any(texts[use.number] in line.text for line in result.rest)


def read(page: str, template: str, year: int | None = 2026) -> ImportResult:
    return import_page(page.encode(), "pagina.txt", shipped(template), year)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str]:
    """A page with lines taken out, doubled, moved and put in; sometimes cut off."""
    name = draw(st.sampled_from(sorted(PAGES)))
    blocks = PAGES[name].split("\n\n")
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, max(len(blocks) - 1, 0)))
        kind = draw(st.sampled_from(["out", "twice", "move", "in", "cut", "join"]))
        if kind == "out":
            del blocks[at]
        elif kind == "twice":
            end = min(at + draw(st.integers(1, 6)), len(blocks))
            blocks[end:end] = blocks[at:end]
        elif kind == "move":
            block = blocks.pop(at)
            blocks.insert(draw(st.integers(0, len(blocks))), block)
        elif kind == "in":
            line = draw(
                st.sampled_from(
                    [
                        "Onbekende kop",
                        "Lasten",
                        "Status",
                        "Toelichting",
                        "9. Elders",
                        "4.1 Onder",
                        "12,5%",
                        "• los",
                        "Beleidskaders",
                        "Ontwikkelingen",
                        "Plan",
                        "Omschrijving",
                        "Een zin die nergens bij hoort.",
                        "a\tb\tc",
                        "Programma 03 Wijken",
                    ]
                )
            )
            blocks.insert(at, line)
        elif kind == "cut":
            blocks = blocks[: max(at, 1)]
        elif at + 1 < len(blocks):
            blocks[at : at + 2] = ["\n".join(blocks[at : at + 2])]
        if not blocks:
            blocks = ["Leeg"]
    return name, "\n\n".join(blocks) + "\n"


@settings(deadline=None, max_examples=150)
@given(changed())
def test_a_page_in_disorder_loses_no_line(page: tuple[str, str]) -> None:
    name, text = page
    result = read(text, name)
    if result.usable:
        assert_nothing_is_lost(text, result, name)
    else:
        refused = {"I001", "I002", "I003", "I012", "I042"}
        assert {finding.code for finding in result.findings} <= refused
        assert result.elements == []


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_unbroken_page_loses_no_line_either(name: str) -> None:
    result = read(PAGES[name], name)
    assert result.usable
    assert_nothing_is_lost(PAGES[name], result, name)


@pytest.mark.parametrize("template", [*NAMES, "voortgangsrapportage"])
@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_is_refused_by_every_other_template(page: str, template: str) -> None:
    result = read(PAGES[page], template)
    assert result.usable == (page == template)
    if page != template:
        assert [finding.code for finding in result.findings] == ["I002"]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_that_was_cut_off_keeps_what_it_has(name: str) -> None:
    blocks = PAGES[name].split("\n\n")
    for end in range(1, len(blocks)):
        text = "\n\n".join(blocks[:end]) + "\n"
        result = read(text, name)
        if result.usable:
            assert_nothing_is_lost(text, result, name)


def test_a_section_that_stands_twice_is_reported_and_kept() -> None:
    text = PAGES["programmabegroting"].replace(
        "Ontwikkelingen\n", "Wat willen we?\n\nNog een doel.\n\nOntwikkelingen\n"
    )
    result = read(text, "programmabegroting")
    assert [finding.code for finding in result.findings] == ["I014"]
    assert "Nog een doel." in result.by_id["4"].data["wat_willen_we"]


def test_sections_in_another_order_are_read_all_the_same() -> None:
    text = PAGES["programmabegroting"]
    first, second = text.index("Ontwikkelingen\n"), text.index("Beleidskaders\n")
    third = text.index("Lasten & baten\n")
    moved = text[:first] + text[second:third] + text[first:second] + text[third:]
    own, other = read(text, "programmabegroting"), read(moved, "programmabegroting")
    assert other.rest == []
    assert {e.id: e.data for e in own.elements} == {e.id: e.data for e in other.elements}


def test_an_unknown_heading_goes_along_with_the_text_above_it_or_to_the_rest() -> None:
    text = PAGES["programmabegroting"].replace(
        "Lasten & baten\n", "Verbonden partijen\n\nGR Waterkant\n\nLasten & baten\n"
    )
    result = read(text, "programmabegroting")
    assert_nothing_is_lost(text, result, "programmabegroting")
