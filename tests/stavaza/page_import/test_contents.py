"""A table of contents is no text and begins no element, in plain text and in HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stavaza.page_import import import_page
from stavaza.publish import publish
from tests.stavaza.examples import example
from tests.stavaza.page_import.importing import read
from tests.stavaza.page_import.test_budget_pages import TEXT, page

CONTENTS = """\
Op deze pagina

  1. Algemeen
  2. Ontwikkelingen
    1. Hogere kades
    2. Woningen op de werf
  3. Beleidskaders
  4. Lasten & baten

"""
DETACHED = TEXT.replace("kades\nDe kade", "kades\n\nDe kade").replace(
    "werf\nOp de", "werf\n\nOp de"
)


@pytest.mark.parametrize("sign", ["{n}. ", "• ", ""])
def test_a_table_of_contents_gives_nothing_and_takes_nothing(sign: str) -> None:
    plain = page(DETACHED)
    listed = re.sub(r"[1-4]\. ", sign.format(n=1), CONTENTS) if sign != "{n}. " else CONTENTS
    result = page(DETACHED.replace("Algemeen\n", f"{listed}Algemeen\n", 1))
    assert {e.id: e.data for e in result.elements} == {e.id: e.data for e in plain.elements}
    assert [line.text for line in result.rest] == ["Op deze pagina"]


def test_a_list_that_names_headings_below_a_label_is_text() -> None:
    text = TEXT.replace("Droge voeten voor iedereen:\n", "Lees meer:\n  • Beleidskaders\n")
    assert "- Beleidskaders" in page(text).by_id["4"].data["wat_willen_we"]


class _Text(HTMLParser):
    """A page as the text that a person saves: a paragraph for each block, the signs of lists."""

    BLOCKS = frozenset(
        ["p", "h1", "h2", "h3", "h4", "h5", "div", "section", "li", "dt", "dd", "tr", "caption"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.hidden = 0
        self.items: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "head", "svg", "figure"):
            self.hidden += 1
        if tag in ("ol", "ul"):
            self.items.append(int(tag == "ol"))
        if tag in self.BLOCKS:
            self.blocks.append("")
        if tag == "li":
            self.blocks[-1] = f"{self.items[-1]}. " if self.items[-1] else "• "
            self.items[-1] += bool(self.items[-1])
        if tag in ("td", "th") and self.blocks[-1]:
            self.blocks[-1] += "\t"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "head", "svg", "figure"):
            self.hidden -= 1
        if tag in ("ol", "ul"):
            self.items.pop()
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            shown = re.sub(r"\s+", " ", data)
            self.blocks[-1] += shown if self.blocks[-1] else shown.lstrip()


def as_text(html: str) -> str:
    """The page as plain text."""
    parser = _Text()
    parser.feed(html)
    found = ""
    before = ""
    for block in filter(str.strip, parser.blocks):
        close = all(re.match(r"•|\d+\. ", text) for text in (before, block)) or (
            "\t" in before and "\t" in block
        )
        found += ("\n" if close else "\n\n") + block.rstrip(" ")
        before = block
    return found.strip() + "\n"


@pytest.mark.parametrize("name", ["programmabegroting", "jaarverslag_speerpunten"])
def test_our_own_pages_import_from_their_text_too(name: str, tmp_path: Path) -> None:
    report = example(name)
    publish(report, tmp_path)
    for path in sorted(tmp_path.glob("programma-*.html")):
        text = as_text(path.read_text(encoding="utf-8"))
        assert "Inhoud" in text
        result = read(text, name)
        whole = import_page(path.read_bytes(), path.name, report.template)
        assert result.rest == []
        (top,) = [e for e in result.elements if e.kind == "programma"]
        (same,) = [e for e in whole.elements if e.kind == "programma"]
        assert top.data == same.data
        titles = [e.data.get("titel", e.data.get("speerpunt")) for e in result.elements]
        assert titles == [
            e.data.get("titel", e.data.get("speerpunt"))
            for e in whole.elements
            if "volgorde" not in e.data or e.data.get("titel") or e.data.get("speerpunt")
        ]
