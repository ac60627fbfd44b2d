"""Writes a page with goals as plain text in the styles of strangers; see `STYLES`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.stavaza.page_import.strangers import words
from tests.stavaza.page_import.strangers.goals_content import Deliverable, Goal, Page

Lines = list[str]


@dataclass(frozen=True)
class Style:
    """How a page is written.

    `pairs`: label (`Prestatie: x`), heads (label on a line of its own), numbers (`1.` and `1.1`),
    counted (`Doelstelling 1`), views (the three views of a site, no signs), bullets (only
    deliverables), indent, table, below (`Prestaties:` below each goal), rows (label, then a
    list of all goals each with its many indented).
    `gap` False leaves out empty lines inside the goals; `tight` everywhere.
    """

    pairs: str = "label"
    table: str = "tabs"
    width: int = 0
    tight: bool = False
    close: bool = False
    colon: str = ":"
    reverse: bool = False
    noise: bool = False
    numbers: bool = False
    upper: bool = False
    caption: str = "(bedragen x € 1.000)"
    budget: str = "Budget: "
    balance: str = "Saldo"
    empty: str = "-"
    indicators: str = ""
    underline: bool = False
    hashes: bool = False


STYLES: dict[str, Style] = {
    "label": Style(),
    "label_close_pipes": Style(table="pipes", close=True, budget=""),
    "label_wrapped_columns": Style(table="columns", width=72, noise=True),
    "heads": Style(pairs="heads", table="double", budget="Budget\n"),
    "heads_wrapped": Style(
        pairs="heads", table="framed", width=100, close=True, colon="", budget=""
    ),
    "numbers": Style(pairs="numbers", table="double", budget=""),
    "numbers_wrapped": Style(pairs="numbers", table="columns", width=72, close=True, reverse=True),
    "counted": Style(pairs="counted", table="markdown", numbers=True),
    "counted_heads": Style(pairs="counted_heads", table="left", noise=True, budget="Budget: "),
    "views": Style(pairs="views", table="double", budget=""),
    "views_wrapped": Style(pairs="views", table="columns", width=72, budget="", noise=True),
    "views_tight": Style(pairs="views", table="tabs", tight=True, budget=""),
    "bullets": Style(pairs="bullets", table="left", budget="", underline=True),
    "bullets_close": Style(pairs="bullets", table="pipes", close=True, budget="in", width=100),
    "indent": Style(pairs="indent", table="columns", budget=""),
    "indent_close": Style(pairs="indent", table="double", close=True, width=72, budget="in"),
    "table_tabs": Style(pairs="table", table="tabs"),
    "table_pipes": Style(pairs="table", table="framed", upper=True),
    "table_columns": Style(pairs="table", table="left"),
    "below": Style(pairs="below", table="lines", budget=""),
    "below_wrapped": Style(pairs="below", table="double", width=72, close=True, budget="in"),
    "tight_label": Style(pairs="label", table="tabs", tight=True),
    "hashes": Style(pairs="heads", table="markdown", hashes=True, colon="", budget="Budget: "),
    "hashes_bullets": Style(pairs="bullets", table="framed", hashes=True, budget="in", width=100),
    "hashes_label": Style(pairs="label", table="markdown", hashes=True, noise=True),
    "tight_heads": Style(pairs="heads", table="lines", tight=True, budget="Budget\n"),
}


def as_text(page: Page, style: Style) -> str:
    blocks: list[Lines] = []
    if style.noise:
        blocks += [["Ga naar de inhoud"], ["Home", "Programma's", "Paragrafen"]]
    blocks += [[f"Begroting {page.year}"], _head(page.name, replace(style, upper=False))]
    for label, texts in (
        ("Omschrijving", page.description),
        ("Actuele beleidscontext", page.context),
    ):
        blocks += [_head(label, style), *_texts(texts, style)]
    blocks.append(_head("Doelstellingen en prestaties", style))
    blocks += _goals(page, style)
    blocks += [_head("Indicatoren", style), _label("Beleidsindicatoren", style)]
    blocks += _indicators(page, style)
    blocks += [_head("Financiën", style), _label("Exploitatie", style), [style.caption]]
    blocks += _years(page, style)
    blocks.append(_head("Toelichting", style))
    for label, texts in (("Lasten", page.about_spent), ("Baten", page.about_earned)):
        blocks += [_label(label, style), *_texts(texts, style)]
    blocks += [_head("Verbonden Partijen", style), list(page.parties)]
    blocks = [block for block in blocks if block]
    if style.noise:
        stamp = f"09-10-{page.year - 1} 12:54:15"
        blocks.append([f"Deze pagina is gebouwd op {stamp} met de export van {stamp}"])
        blocks += [["Cookies"], ["Deze site gebruikt cookies."], ["Privacy | Contact"]]
    between = "\n" if style.tight else "\n\n"
    return between.join("\n".join(block) for block in blocks) + "\n"


def _head(text: str, style: Style) -> Lines:
    shown = text.upper() if style.upper else text
    if style.hashes:
        return [f"## {shown}"]
    return [shown, "-" * len(shown)] if style.underline else [shown]


def _label(text: str, style: Style) -> Lines:
    return [f"**{text}**"] if style.hashes else [text]


def _texts(texts: tuple[str, ...], style: Style) -> list[Lines]:
    return [words.wrapped(text, style.width) for text in texts]


def _indicators(page: Page, style: Style) -> list[Lines]:
    rows = [["Nummer", "Taakveld", "Naam", "Waarde", "Eenheid", "Bron"]]
    rows += [[o.number, o.area, o.name, o.value, o.unit, o.source] for o in page.indicators]
    return _table(rows, style)


def _table(rows: list[list[str]], style: Style) -> list[Lines]:
    if style.table == "lines":
        return [[cell] for row in rows for cell in row if cell]
    return [words.table(rows, style.table)]


def _years(page: Page, style: Style) -> list[Lines]:
    balance = [e - s for s, e in zip(page.spent, page.earned, strict=True)]
    rows = [["", *map(str, page.years)]]
    all_rows = (("Lasten", page.spent), ("Baten", page.earned), (style.balance, balance))
    for label, figures in all_rows:
        rows.append([label, *map(words.dutch, figures)])
    if style.reverse:
        rows = [[row[0], *row[:0:-1]] for row in rows]
    if style.table == "double":
        rows[0][0] = "Bedragen"
    return _table(rows, style)


# --- goals


def _goals(page: Page, style: Style) -> list[Lines]:
    if style.pairs == "views":
        return _views(page, style)
    if style.pairs == "table":
        return [words.table(_rows(page), style.table)]
    found: list[Lines] = []
    for number, goal in enumerate(page.goals, start=1):
        found += _goal(number, goal, style)
    return found


def _rows(page: Page) -> list[list[str]]:
    rows = [["Doelstelling", "Prestatie", "Budget"]]
    for goal in page.goals:
        for at, item in enumerate(goal.deliverables):
            first = " ".join(goal.texts) if not at else ""
            rows.append([first, " ".join(item.texts), item.budget.text])
    return rows


def _goal(number: int, goal: Goal, style: Style) -> list[Lines]:
    lead = {
        "label": f"Doelstelling{style.colon} ",
        "numbers": f"{number}. ",
        "counted": f"Doelstelling {number}{style.colon} ",
    }.get(style.pairs, "")
    found: list[Lines] = []
    if style.pairs == "heads":
        found.append(_label(f"Doelstelling{style.colon}", style))
    if style.pairs == "counted_heads":
        found.append([f"Doelstelling {number}"])
    text = " ".join(goal.texts)
    found.append(words.wrapped(text, style.width, lead, ""))
    if style.pairs == "below":
        found.append([f"Prestaties{style.colon}"])
    for at, item in enumerate(goal.deliverables, start=1):
        found += _deliverable(f"{number}.{at}", item, style)
    if style.close and style.pairs not in ("heads", "counted_heads"):
        return [[line for block in found for line in block]]
    if style.close:
        return _joined(found)
    return found


def _joined(blocks: list[Lines]) -> list[Lines]:
    """A label on its own line stands directly above its text."""
    found: list[Lines] = []
    for at, block in enumerate(blocks):
        if at and len(blocks[at - 1]) == 1 and blocks[at - 1][0].rstrip(":") in _LABELS:
            found[-1] += block
        else:
            found.append(list(block))
    return found


_LABELS = {"Doelstelling", "Prestatie", "Budget"}


def _deliverable(number: str, item: Deliverable, style: Style) -> list[Lines]:
    lead = {
        "label": f"Prestatie{style.colon} ",
        "numbers": f"{number} ",
        "counted": f"Prestatie {number}{style.colon} ",
        "bullets": "- ",
        "below": "- ",
        "indent": "    ",
    }.get(style.pairs, "")
    follow = {"bullets": "  ", "below": "  ", "indent": "    "}.get(style.pairs, "")
    found: list[Lines] = []
    if style.pairs == "heads":
        found.append(_label(f"Prestatie{style.colon}", style))
    if style.pairs == "counted_heads":
        found.append([f"Prestatie {number}"])
    first, *more = item.texts
    found.append(words.wrapped(first, style.width, lead, follow))
    found += [words.wrapped(text, style.width, follow) for text in more]
    if item.budget.text and style.budget == "Budget\n":
        found += [["Budget"], [item.budget.text]]
    elif item.budget.text and style.budget == "in":
        found[-1].append(f"{follow}{item.budget.text}")
    elif item.budget.text:
        found.append([f"{follow}{style.budget}{item.budget.text}"])
    return found


def _views(page: Page, style: Style) -> list[Lines]:
    plain = replace(style, pairs="bare")
    ways: list[Lines] = [["Doelstelling"], ["Prestatie"], ["Toon prestaties bij doelstellingen"]]
    paired = [b for n, goal in enumerate(page.goals, 1) for b in _goal(n, goal, plain)]
    ones = [words.wrapped(" ".join(goal.texts), style.width) for goal in page.goals]
    many = [b for g in page.goals for item in g.deliverables for b in _deliverable("", item, plain)]
    return [*ways, *paired, *ones, *many]
