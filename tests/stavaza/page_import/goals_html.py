"""Writes a random page with goals and deliverables as HTML, in several styles of markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.stavaza.page_import.goals_pages import WAYS, Deliverable, Goal, Page
from tests.stavaza.page_import.random_pages import Paragraph, Text


@dataclass(frozen=True)
class Markup:
    """How HTML is written; `pairs`: lists in lists, one flat list, or boxes in pairs."""

    pairs: str = "nested"  # nested, flat, boxes, cells, spanned, again
    views: bool = True
    headings: bool = True
    unit_head: bool = True
    radios: bool = True
    one_line: bool = False


def markups() -> st.SearchStrategy[Markup]:
    flag = st.booleans()
    return st.builds(
        Markup,
        pairs=st.sampled_from(["nested", "flat", "boxes", "cells", "spanned", "again"]),
        views=flag,
        headings=flag,
        unit_head=flag,
        radios=flag,
        one_line=flag,
    )


def as_html(page: Page, markup: Markup) -> str:
    """The whole page as HTML."""
    parts = ["<!DOCTYPE html><html lang='nl'><head><meta charset='utf-8'>"]
    parts.append(f"<title>Begroting {page.year}</title></head><body><main>")
    parts.append(f"<p>Begroting {page.year}</p><h1>{escape(page.name)}</h1>")
    parts += _texts(
        markup,
        (("Omschrijving", page.description), ("Actuele beleidscontext", page.context)),
    )
    parts.append(_head(markup, 2, "Doelstellingen en prestaties"))
    parts += _relation(page, markup)
    if page.indicators:
        parts.append(_head(markup, 2, "Indicatoren") + _head(markup, 3, "Beleidsindicatoren"))
        unit = "Eenheid" if markup.unit_head else ""
        rows = [["Nummer", "Taakveld", "Naam", "Waarde", unit, "Bron"]]
        rows += [[o.number, o.area, o.name, o.value, o.unit, o.source] for o in page.indicators]
        parts.append(_table(rows))
    if page.spent:
        parts.append(_head(markup, 2, "Financiën") + _head(markup, 3, "Exploitatie"))
        rows = [["", *map(str, page.years)]]
        for label, row in (("Lasten", page.spent), ("Baten", page.earned), ("Saldo", page.balance)):
            rows.append([label, *(f"{value:,}".replace(",", ".") for value in row)])
        parts.append(f"<p>(bedragen × €1.000)</p>{_table(rows)}")
    if page.about_spent or page.about_earned:
        parts.append(_head(markup, 2, "Toelichting"))
    parts += _texts(markup, (("Lasten", page.about_spent), ("Baten", page.about_earned)))
    if page.parties:
        items = "".join(f"<li>{escape(name)}</li>" for name in page.parties)
        parts.append(_head(markup, 2, "Verbonden Partijen") + f"<ul>{items}</ul>")
    parts.append("</main></body></html>")
    return ("" if markup.one_line else "\n").join(parts)


def _head(markup: Markup, level: int, text: str) -> str:
    if markup.headings:
        return f"<h{level}>{escape(text)}</h{level}>"
    return f"<p class='kop'><b>{escape(text)}</b></p>"


def _texts(markup: Markup, labelled: Iterable[tuple[str, Text]]) -> list[str]:
    return [_head(markup, 3, label) + _text(text) for label, text in labelled if text]


def _table(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _text(text: Text) -> str:
    found = []
    for block in text:
        if isinstance(block, Paragraph):
            lines = "<br>".join(escape(line) for line in block.lines)
            found.append(f"<p>{lines}</p>")
        else:
            tag = "ol" if block.ordered else "ul"
            items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
            found.append(f"<{tag}>{items}</{tag}>")
    return "".join(found)


def _relation(page: Page, markup: Markup) -> list[str]:
    labels = ""
    if markup.radios:
        radios = "".join(f"<label><input type='radio'>{way}</label> " for way in WAYS)
        labels = f"<fieldset><legend>Weergave</legend>{radios}</fieldset>"
    if markup.pairs == "boxes":
        boxes = "".join(_boxes(goal) for goal in page.goals)
        return [f"<div class='relatie'>{labels}{boxes}</div>"]
    if markup.pairs in ("cells", "spanned", "again"):
        rows = "".join(_rows(goal, markup.pairs) for goal in page.goals)
        head = "<tr><th>Doelstelling</th><th>Prestatie</th><th>Budget</th></tr>"
        return [labels, f"<table>{head}{rows}</table>"]
    many = [_deliverable(item) for goal in page.goals for item in goal.deliverables]
    ones = [f"<li>{_text(goal.text)}</li>" for goal in page.goals]
    views = [[_pair(goal, markup) for goal in page.goals], ones, many]
    if markup.pairs == "nested" and not markup.views:
        views = views[:1]
    return [labels, *(f"<ul>{''.join(view)}</ul>" for view in views)]


def _deliverable(item: Deliverable) -> str:
    budget = f"<p>{escape(item.budget.text)}</p>" if item.budget.text else ""
    return f"<li>{_text(item.text)}{budget}</li>"


def _pair(goal: Goal, markup: Markup) -> str:
    many = "".join(map(_deliverable, goal.deliverables))
    if markup.pairs == "flat":
        return f"<li>{_text(goal.text)}</li>{many}"
    below = f"<ul>{many}</ul>" if many else ""
    return f"<li>{_text(goal.text)}{below}</li>"


def _rows(goal: Goal, form: str) -> str:
    """A row for each deliverable; the goal stands in the first, over all of them, or in each."""
    spanned = form == "spanned"
    rows = ""
    span = f" rowspan='{len(goal.deliverables)}'" if spanned and goal.deliverables else ""
    first = f"<td{span}>{_text(goal.text)}</td>"
    for item in goal.deliverables:
        cells = f"<td>{_text(item.text)}</td><td>{escape(item.budget.text)}</td>"
        rows += f"<tr>{first}{cells}</tr>"
        first = {"spanned": "", "cells": "<td></td>"}.get(form, first)
    return rows or f"<tr>{first}<td></td><td></td></tr>"


def _boxes(goal: Goal) -> str:
    one = f"<div class='ene'><article><div class='tekst'>{_text(goal.text)}</div></article></div>"
    many = ""
    for item in goal.deliverables:
        budget = f"<p>{escape(item.budget.text)}</p>" if item.budget.text else ""
        many += f"<article><div class='tekst'>{_text(item.text)}</div>{budget}</article>"
    return f"<div class='paar'>{one}{f'<div>{many}</div>' if many else ''}</div>"
