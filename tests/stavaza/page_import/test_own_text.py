"""A page of our own that was copied as text comes in as the page itself does."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stavaza.page_import import ImportResult, import_page
from stavaza.publish import publish
from tests.stavaza.examples import example

_BLOCKS = set(
    """
    p div h1 h2 h3 h4 h5 h6 li tr section article table ul ol main header footer nav br dt dd dl
    caption figure figcaption details summary thead tbody form label svg title text
    """.split()  # noqa: SIM905 - a list of tags reads better as words
)
_UNSEEN = {"script", "style", "head", "template"}
NAMES = ("voortgang_taakvelden", "begroting_doelen")


class _Text(HTMLParser):
    """All text of a page, a line for each block; cells by `cell`."""

    def __init__(self, cell: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0
        self.cell = cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        self.parts.append(self.cell if tag in ("td", "th") else "\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.parts.append("" if self.unseen else re.sub(r"\s+", " ", data))


def as_text(html: str, cell: str, tight: bool) -> str:
    """A page as text; `tight` leaves out the empty lines."""
    text = _Text(cell)
    text.feed(html)
    lines = [line.strip(" ") for line in "".join(text.parts).split("\n")]
    if tight:
        return "\n".join(line for line in lines if line.strip())
    return re.sub(r"\n(?:[ \t]*\n)+", "\n\n", "\n".join(lines))


def values(result: ImportResult) -> set[str]:
    """What the elements hold, whatever their ids: those of a copy follow from the texts.

    A copy has no signs of lists and no ranks of heads; those texts are left out.
    """
    texts = ("ouder", "volgorde", "beleidscontext", "exploitatie", "toelichting_lasten")
    return {
        str(sorted((key, str(value)) for key, value in element.data.items() if key not in texts))
        for element in result.elements
    }


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("cell", ["\n", "\t"])
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_our_own_page_holds_what_the_page_holds(
    name: str, cell: str, tight: bool, tmp_path: Path
) -> None:
    report = example(name)
    publish(report, tmp_path)
    for path in sorted(tmp_path.glob("*-*.html")):
        page = import_page(path.read_bytes(), path.name, report.template)
        text = as_text(path.read_text(encoding="utf-8"), cell, tight)
        copy = import_page(text, f"{path.stem}.txt", report.template)
        assert [(line.number, line.text) for line in copy.rest] == [], path.name
        assert values(copy) == values(page), path.name


def test_the_names_of_other_pages_begin_no_element(tmp_path: Path) -> None:
    report = example("voortgang_taakvelden")
    publish(report, tmp_path)
    path = tmp_path / "taakveld-6.1.html"
    copy = import_page(
        as_text(path.read_text(encoding="utf-8"), "\t", tight=False), "kopie.txt", report.template
    )
    assert [e.id for e in copy.elements if e.kind == "taakveld"] == ["6.1"]


@pytest.mark.parametrize("cell", ["\n", "\t"])
def test_no_line_of_a_copy_with_shares_is_left_over(cell: str, tmp_path: Path) -> None:
    report = example("programmabegroting")
    publish(report, tmp_path)
    for path in sorted(tmp_path.glob("programma-*.html")):
        text = as_text(path.read_text(encoding="utf-8"), cell, tight=False)
        for copy in (text, text.replace(", bedragen x", ",\nbedragen x")):
            result = import_page(copy, f"{path.stem}.txt", report.template)
            assert [line.text for line in result.rest] == [], path.name
