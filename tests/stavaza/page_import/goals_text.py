"""Writes a random page with goals and deliverables as plain text, in several styles."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.stavaza.page_import.goals_pages import WAYS, Deliverable, Goal, Page
from tests.stavaza.page_import.random_pages import Paragraph, Text

Block = list[str]


@dataclass(frozen=True)
class Style:
    """How a page is laid out: spaces, signs, how tables run, and how pairs are shown."""

    gap: int = 1
    sign: str = "•"
    years: str = "glued"  # glued, spaces, lines, tabs
    unit_head: bool = False
    nested: bool = False
    labels_between: bool = False
    loose_items: bool = True
    title: bool = True
    parties: str = "tight"  # tight, loose, signs


def styles() -> st.SearchStrategy[Style]:
    flag = st.booleans()
    return st.builds(
        Style,
        gap=st.integers(1, 3),
        sign=st.sampled_from(["•", "-", "*"]),
        years=st.sampled_from(["glued", "spaces", "lines", "tabs"]),
        unit_head=flag,
        nested=flag,
        labels_between=flag,
        loose_items=flag,
        title=flag,
        parties=st.sampled_from(["tight", "loose", "signs"]),
    )


def as_text(page: Page, style: Style) -> str:
    """The whole page as text."""
    blocks: list[Block] = []
    if style.title or not page.spent:
        blocks.append([f"Begroting {page.year}"])
    blocks.append([page.name])
    for label, text in (
        ("Omschrijving", page.description),
        ("Actuele beleidscontext", page.context),
    ):
        if text:
            blocks += [[label], *_text(text, style)]
    blocks += _relation(page, style)
    blocks += _indicators(page, style)
    blocks += _years(page, style)
    if page.about_spent or page.about_earned:
        blocks.append(["Toelichting"])
    for label, text in (("Lasten", page.about_spent), ("Baten", page.about_earned)):
        if text:
            blocks += [[label], *_text(text, style)]
    if page.parties:
        blocks.append(["Verbonden Partijen"])
        sign = "- " if style.parties == "signs" else ""
        lines = [f"{sign}{name}" for name in page.parties]
        blocks += [[line] for line in lines] if style.parties == "loose" else [lines]
    between = "\n" * (style.gap + 1)
    return between.join("\n".join(block) for block in blocks) + "\n"


def _text(text: Text, style: Style, indent: str = "") -> list[Block]:
    blocks: list[Block] = []
    for block in text:
        if isinstance(block, Paragraph):
            blocks.append([f"{indent}{line}" for line in block.lines])
            continue
        sign = style.sign if indent else "-"
        signs = [f"{n}." if block.ordered else sign for n in range(1, len(block.items) + 1)]
        lines = [f"{indent}{s} {i}" for s, i in zip(signs, block.items, strict=True)]
        loose = style.loose_items and not block.ordered and indent
        blocks += [[line] for line in lines] if loose else [lines]
    return blocks


def _item(text: Text, budget: str, style: Style, indent: str) -> list[Block]:
    """A list item: its sign before the first line, all else behind it."""
    inner = f"{indent}  "
    blocks = _text(text, style, inner)
    blocks[0][0] = f"{indent}{style.sign} {blocks[0][0][len(inner) :]}"
    if budget:
        blocks.append([f"{inner}{budget}"])
    return blocks


def _goal(goal: Goal, style: Style) -> list[Block]:
    return _item(goal.text, "", style, "  ")


def _deliverable(item: Deliverable, style: Style, indent: str = "  ") -> list[Block]:
    return _item(item.text, item.budget.text, style, indent)


def _relation(page: Page, style: Style) -> list[Block]:
    sign = style.sign
    views = [_paired(page, style), _ones(page, style), _many(page, style)]
    if style.labels_between:
        heads = [["Doelstellingen en prestaties"]]
        return [*heads, *(b for way, view in zip(WAYS, views, strict=True) for b in [[way], *view])]
    labels: list[Block] = [[f"  {sign} {WAYS[1]}", f"  {sign} {WAYS[2]}"], [WAYS[0]]]
    return [*labels, *(block for view in views for block in view)]


def _paired(page: Page, style: Style) -> list[Block]:
    indent = "      " if style.nested else "  "
    found: list[Block] = []
    for goal in page.goals:
        found += _goal(goal, style)
        for item in goal.deliverables:
            found += _deliverable(item, style, indent)
    return found


def _ones(page: Page, style: Style) -> list[Block]:
    return [block for goal in page.goals for block in _goal(goal, style)]


def _many(page: Page, style: Style) -> list[Block]:
    return [
        b for goal in page.goals for item in goal.deliverables for b in _deliverable(item, style)
    ]


def _indicators(page: Page, style: Style) -> list[Block]:
    if not page.indicators:
        return []
    heads = [
        "Nummer",
        "Taakveld",
        "Naam",
        "Waarde",
        *(["Eenheid"] if style.unit_head else []),
        "Bron",
    ]
    found: list[Block] = [["Indicatoren"], ["Beleidsindicatoren"], [page.name]]
    found += [[head] for head in heads]
    for one in page.indicators:
        cells = (one.number, one.area, one.name, one.value, one.unit, one.source)
        found += [[cell] for cell in cells]
    return found


def _years(page: Page, style: Style) -> list[Block]:
    if not page.spent:
        return []
    rows = [("Lasten", page.spent), ("Baten", page.earned), ("Saldo", page.balance)]
    figures = [(label, [f"{value:,}".replace(",", ".") for value in row]) for label, row in rows]
    heads = [str(year) for year in page.years]
    found: list[Block] = [["Financiën"], ["Exploitatie"], ["(bedragen × €1.000)"]]
    if style.years == "lines":
        found += [[head] for head in heads]
        return found + [[cell] for label, row in figures for cell in (label, *row)]
    between = {"glued": "", "spaces": " ", "tabs": "\t"}[style.years]
    first = "\t" if style.years == "tabs" else ""
    lines = [first + between.join(heads)]
    lines += [label + between + between.join(row) for label, row in figures]
    return [*found, lines]
