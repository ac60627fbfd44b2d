"""Draws random pages of a programme budget and writes them; knows nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import (
    Items,
    Paragraph,
    Text,
    maybe,
    names,
    plain,
    sentences,
    texts,
)

DOCUMENTS = (
    "Woonvisie (2024)",
    "Nota sport en bewegen",
    "Beleidsplan jeugd 2023-2026",
    "Waterplan",
)
FOOTER = "Deze pagina is gebouwd op 11/18/{year} 11:45:36 met de export van 11/18/{year} 11:31:45"


@dataclass(frozen=True)
class Development:
    title: str
    text: Text


@dataclass(frozen=True)
class Page:
    year: int
    code: str
    name: str
    description: Text
    wishes: Text
    developments: tuple[Development, ...]
    documents: tuple[tuple[str, int | None], ...]
    spent: int
    earned: int
    shares: tuple[str, str]
    figures: bool
    footer: bool

    @property
    def title(self) -> str:
        return f"Programmabegroting {self.year}"


@dataclass(frozen=True)
class Facts:
    """What the page says, to be compared with what was imported."""

    name: str
    description: str
    wishes: str
    developments: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, int | None], ...]
    amounts: tuple[int | None, int | None]
    shares: tuple[str | None, str | None]


def expected(page: Page) -> Facts:
    """Every value that the page says."""
    amounts = (page.spent * 1000, page.earned * 1000) if page.figures else (None, None)
    return Facts(
        page.name,
        plain(page.description),
        plain(page.wishes),
        tuple((item.title, plain(item.text)) for item in page.developments),
        page.documents,
        amounts,
        page.shares if page.figures else (None, None),
    )


def dutch(value: int) -> str:
    return f"{value:,}".replace(",", ".")


# --- drawing


@st.composite
def developments(draw: st.DrawFn, whole: bool) -> Development:
    """With `whole` texts of one paragraph, whose lines stand directly below the title."""
    lines = draw(st.lists(sentences(), min_size=1, max_size=3))
    blocks: list[Paragraph | Items] = [Paragraph(tuple(lines))]
    if not whole:
        blocks += draw(texts(2))
    return Development(draw(names()), tuple(blocks))


@st.composite
def pages(draw: st.DrawFn, whole: bool = True) -> Page:
    share = st.tuples(st.integers(0, 99), st.integers(0, 9)).map(lambda s: f"{s[0]},{s[1]}")
    document = st.tuples(st.sampled_from(DOCUMENTS), st.one_of(st.none(), st.integers(2020, 2035)))
    return Page(
        draw(st.integers(2018, 2035)),
        str(draw(st.integers(0, 12))),
        draw(names()),
        draw(texts(3)),
        draw(maybe(texts(3))),
        tuple(draw(st.lists(developments(whole), max_size=4, unique_by=lambda item: item.title))),
        tuple(draw(st.lists(document, max_size=4, unique_by=lambda item: item[0]))),
        draw(st.integers(1, 999_999)),
        draw(st.integers(1, 999_999)),
        (draw(share), draw(share)),
        draw(st.integers(0, 4)) > 0,
        draw(st.booleans()),
    )


# --- writing


@dataclass(frozen=True)
class Style:
    gap: int = 1
    figures: str = "lines"  # lines, labelled, tabs
    sign: str = "  • "


def styles() -> st.SearchStrategy[Style]:
    return st.builds(
        Style,
        gap=st.integers(1, 3),
        figures=st.sampled_from(["lines", "labelled", "tabs"]),
        sign=st.sampled_from(["  • ", "- "]),
    )


def _documents(page: Page) -> list[str]:
    return [
        f"{name} (geldig tot en met {until})" if until else name for name, until in page.documents
    ]


def as_text(page: Page, style: Style) -> str:
    """The whole page as text; the text of a development follows its title directly."""
    blocks: list[list[str]] = [[page.title], [f"{page.code}. {page.name}"], ["Algemeen"]]
    blocks += [["Omschrijving"], *_blocks(page.description)]
    if page.wishes:
        blocks += [["Wat willen we?"], *_blocks(page.wishes)]
    if page.developments:
        blocks.append(["Ontwikkelingen"])
    for item in page.developments:
        first, *rest = _blocks(item.text)
        blocks += [[item.title, *first], *rest]
    if page.documents:
        blocks += [["Beleidskaders"], [f"{style.sign}{line}" for line in _documents(page)]]
    if page.figures:
        blocks += [["Lasten & baten"], ["bedragen x € 1.000"], *_figures(page, style)]
    if page.footer:
        blocks.append([FOOTER.replace("{year}", str(page.year - 1))])
    return ("\n" * (style.gap + 1)).join("\n".join(block) for block in blocks) + "\n"


def _blocks(text: Text) -> list[list[str]]:
    return [block.split("\n") for block in plain(text).split("\n\n")]


def _figures(page: Page, style: Style) -> list[list[str]]:
    rows = [
        ("Lasten", dutch(page.spent), f"{page.shares[0]}%"),
        ("Baten", dutch(page.earned), f"{page.shares[1]}%"),
    ]
    if style.figures == "tabs":
        return [["\t".join(row) for row in rows]]
    cells = [cell for row in rows for cell in (row if style.figures == "labelled" else row[1:])]
    return [[cell] for cell in cells]


@dataclass(frozen=True)
class Markup:
    boxes: bool = False
    labels: bool = True
    one_line: bool = False


def markups() -> st.SearchStrategy[Markup]:
    flag = st.booleans()
    return st.builds(Markup, boxes=flag, labels=flag, one_line=flag)


def as_html(page: Page, markup: Markup) -> str:
    """The whole page as HTML."""
    parts = [f"<!DOCTYPE html><html lang='nl'><head><title>{page.title}</title></head><body><main>"]
    parts.append(f"<p>{page.title}</p><h1>{page.code}. {escape(page.name)}</h1>")
    parts.append(f"<h2>Algemeen</h2><h3>Omschrijving</h3>{_html(page.description)}")
    if page.wishes:
        parts.append(f"<h3>Wat willen we?</h3>{_html(page.wishes)}")
    if page.developments:
        parts.append("<h2>Ontwikkelingen</h2>")
    for item in page.developments:
        inner = f"<h3>{escape(item.title)}</h3>{_html(item.text)}"
        parts.append(f"<section>{inner}</section>" if markup.boxes else inner)
    if page.documents:
        items = "".join(f"<li>{escape(line)}</li>" for line in _documents(page))
        parts.append(f"<h2>Beleidskaders</h2><ul>{items}</ul>")
    if page.figures:
        rows = [
            ("Lasten", dutch(page.spent), f"{page.shares[0]}%"),
            ("Baten", dutch(page.earned), f"{page.shares[1]}%"),
        ]
        lines = "".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
        )
        parts.append(f"<h2>Lasten &amp; baten</h2><p>bedragen x € 1.000</p><table>{lines}</table>")
    parts.append("</main></body></html>")
    return ("" if markup.one_line else "\n").join(parts)


def _html(text: Text) -> str:
    found = []
    for block in text:
        if isinstance(block, Paragraph):
            found.append(f"<p>{'<br>'.join(map(escape, block.lines))}</p>")
        else:
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
            found.append(f"<{tag}>{items}</{tag}>")
    return "".join(found)
