"""Draws random pages of an annual report with focus points, and writes them in several styles."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import (
    Paragraph,
    Text,
    maybe,
    names,
    plain,
    sentences,
    texts,
)

STATUSES = {"afgerond": "Afgerond", "op_schema": "Op schema", "aandacht": "Vraagt aandacht"}
ASPECTS = {
    "wat": "Wat gaan we ervoor doen:",
    "planning": "Planning:",
    "indicator": "Indicator:",
    "middelen": "Financiële middelen:",
    "risicos": "Risico's:",
}


@dataclass(frozen=True)
class Aspect:
    plan: Text
    progress: Text


@dataclass(frozen=True)
class Point:
    name: str
    status: str
    aspects: tuple[tuple[str, Aspect], ...]


@dataclass(frozen=True)
class Page:
    year: int
    code: str
    name: str
    goal: Text
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        return f"Jaarverslag {self.year}"


Facts = dict[tuple[str, str], str]
"""Values by focus point and field; texts as they read."""


def expected(page: Page) -> Facts:
    """Every value that the page says."""
    found: Facts = {("programma", "naam"): page.name, ("programma", "code"): page.code}
    if page.goal:
        found["programma", "programmadoelstelling"] = plain(page.goal)
    for place, point in enumerate(page.points, start=1):
        name = f"speerpunt#{place}"
        found |= {(name, "speerpunt"): point.name, (name, "status"): point.status}
        for key, aspect in point.aspects:
            found[name, f"{key}_plan"] = plain(aspect.plan)
            if aspect.progress:
                found[name, f"{key}_voortgang"] = plain(aspect.progress)
    return found


def together(facts: Facts) -> Facts:
    """Plan and progress of an aspect as one text: all that plain text says for certain."""
    found = dict(facts)
    for name, key in facts:
        if key.endswith("_plan"):
            progress = found.pop((name, key.replace("_plan", "_voortgang")), "")
            text = found.pop((name, key))
            found[name, key.removesuffix("_plan")] = "\n\n".join(filter(None, (text, progress)))
    return found


# --- drawing


@st.composite
def points(draw: st.DrawFn) -> Point:
    keys = [key for key in ASPECTS if draw(st.integers(0, 4))] or ["wat"]
    name = draw(names())
    if draw(st.booleans()):
        name = f"{name}. {draw(sentences())}"
    aspects = tuple((key, Aspect(draw(texts(3)), draw(maybe(texts(3), 3)))) for key in keys)
    return Point(name, draw(st.sampled_from(list(STATUSES))), aspects)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    return Page(
        draw(st.integers(2018, 2035)),
        draw(st.sampled_from(["06", "3", "12"])),
        draw(names()),
        draw(maybe(texts(3))),
        tuple(draw(st.lists(points(), min_size=1, max_size=3, unique_by=lambda p: p.name))),
    )


# --- writing


@dataclass(frozen=True)
class Style:
    gap: int = 1
    upper: bool = False
    words: bool = False
    sign: str = "- "


def styles() -> st.SearchStrategy[Style]:
    flag = st.booleans()
    return st.builds(
        Style,
        gap=st.integers(1, 3),
        upper=flag,
        words=flag,
        sign=st.sampled_from(["  • ", "- "]),
    )


def as_text(page: Page, style: Style) -> str:
    """The whole page as text; with `words` plan and progress have their names above them."""
    head = "Voortgang speerpunten"
    blocks: list[list[str]] = [[page.title], [f"Programma {page.code} {page.name}"]]
    if page.goal:
        blocks += [["Programmadoelstelling"], *_blocks(page.goal, style)]
    blocks.append([head.upper() if style.upper else head])
    for point in page.points:
        blocks += [[point.name], ["Status"], [STATUSES[point.status]], ["Toelichting"]]
        for key, aspect in point.aspects:
            blocks.append([ASPECTS[key]])
            blocks += [["Plan"]] if style.words else []
            blocks += _blocks(aspect.plan, style)
            if aspect.progress:
                blocks += [["Voortgang"]] if style.words else []
                blocks += _blocks(aspect.progress, style)
    return ("\n" * (style.gap + 1)).join("\n".join(block) for block in blocks) + "\n"


def _blocks(text: Text, style: Style) -> list[list[str]]:
    return [
        [f"{style.sign}{line[2:]}" if line.startswith("- ") else line for line in block.split("\n")]
        for block in plain(text).split("\n\n")
    ]


@dataclass(frozen=True)
class Markup:
    form: str = "boxes"  # boxes, words, cells
    image: bool = False
    one_line: bool = False


def markups() -> st.SearchStrategy[Markup]:
    flag = st.booleans()
    form = st.sampled_from(["boxes", "words", "cells"])
    return st.builds(Markup, form=form, image=flag, one_line=flag)


def as_html(page: Page, markup: Markup) -> str:
    """The whole page as HTML."""
    parts = [f"<!DOCTYPE html><html lang='nl'><head><title>{page.title}</title></head><body><main>"]
    parts.append(f"<p>{page.title}</p><h1>Programma {page.code} {escape(page.name)}</h1>")
    if page.goal:
        parts.append(f"<h2>Programmadoelstelling</h2>{_html(page.goal)}")
    parts.append("<h2>Voortgang speerpunten</h2>")
    for point in page.points:
        label = STATUSES[point.status]
        shown = f"<img src='bol.png' alt='{label}'>" if markup.image else f"<p>{label}</p>"
        parts.append(f"<h3>{escape(point.name)}</h3><h4>Status</h4>{shown}<p>Toelichting</p>")
        parts += _aspects(point, markup)
    parts.append("</main></body></html>")
    return ("" if markup.one_line else "\n").join(parts)


def _aspects(point: Point, markup: Markup) -> list[str]:
    if markup.form == "cells":
        rows = "".join(
            f"<tr><th>{ASPECTS[key]}</th><td>{_html(a.plan)}</td><td>{_html(a.progress)}</td></tr>"
            for key, a in point.aspects
        )
        return [f"<table>{rows}</table>"]
    found = []
    for key, aspect in point.aspects:
        found.append(f"<h4>{ASPECTS[key]}</h4>")
        plan, progress = _html(aspect.plan), _html(aspect.progress)
        if markup.form == "words" or not progress:  # an empty box is nothing to see
            found.append(f"<p>Plan</p>{plan}")
            found.append(f"<p>Voortgang</p>{progress}" if progress else "")
        else:
            found.append(f"<div class='rij'><div>{plan}</div><div>{progress}</div></div>")
    return found


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
