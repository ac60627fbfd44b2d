"""Writes a page with goals as HTML in the styles of strangers; see `STYLES`."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.stavaza.page_import.strangers import words
from tests.stavaza.page_import.strangers.goals_content import Deliverable, Goal, Page


@dataclass(frozen=True)
class Style:
    """How a page is marked up.

    `pairs`: nested (lists), headings (a goal is a heading, its many a list), paragraphs (below a
    heading), bold (goal in bold above a list), labels (bold name before each text), deep (a heading
    for each of both), rows (a table), spanned (a table whose goals reach down), terms (dl), cards
    (articles with a heading for the name of the kind).
    """

    pairs: str = "nested"
    top: int = 1
    chrome: bool = False
    head_cells: bool = True
    paragraphs: bool = False
    reverse: bool = False
    one_line: bool = False
    empty: str = ""
    title: str = "{naam}"
    budget: str = "p"  # p, br, label, span


STYLES: dict[str, Style] = {
    "nested": Style(),
    "nested_p": Style(paragraphs=True, chrome=True),
    "headings": Style(pairs="headings", top=2, budget="br"),
    "headings_label": Style(pairs="headings", budget="label", reverse=True, chrome=True),
    "paragraphs": Style(pairs="paragraphs", budget="p", one_line=True),
    "bold": Style(pairs="bold", budget="br", empty="-"),
    "labels": Style(pairs="labels", budget="label", chrome=True),
    "labels_numbers": Style(pairs="counted", budget="label"),
    "deep": Style(pairs="deep", top=2, budget="p"),
    "rows": Style(pairs="rows", chrome=True, head_cells=False),
    "spanned": Style(pairs="spanned", one_line=True, reverse=True),
    "terms": Style(pairs="terms", budget="br"),
    "cards": Style(pairs="cards", budget="label", title="Programma {naam}"),
}


def as_html(page: Page, style: Style) -> str:
    """The whole page as HTML."""
    h = style.top
    out = [f"<html><head><title>Begroting {page.year}</title></head><body>"]
    if style.chrome:
        out.append("<header><a href='/'>Gemeente Rivier</a></header>")
        out.append("<nav><ul><li><a href='/a'>Programma's</a></li><li>Zoeken</li></ul></nav>")
    out += ["<main>", f"<p>Begroting {page.year}</p>"]
    out.append(f"<h{h}>{escape(style.title.format(naam=page.name))}</h{h}>")
    for label, texts in (
        ("Omschrijving", page.description),
        ("Actuele beleidscontext", page.context),
    ):
        out += [f"<h{h + 1}>{label}</h{h + 1}>", *_texts(texts)]
    out.append(f"<h{h + 1}>Doelstellingen en prestaties</h{h + 1}>")
    out += _goals(page, style)
    out += [f"<h{h + 1}>Indicatoren</h{h + 1}>", f"<h{h + 2}>Beleidsindicatoren</h{h + 2}>"]
    heads = ["Nummer", "Taakveld", "Naam", "Waarde", "Eenheid", "Bron"]
    body = [[o.number, o.area, o.name, o.value, o.unit, o.source] for o in page.indicators]
    out += [_table([heads, *body], style), f"<h{h + 1}>Financiën</h{h + 1}>"]
    out += [f"<h{h + 2}>Exploitatie</h{h + 2}>", "<p>(bedragen x € 1.000)</p>", _years(page, style)]
    out.append(f"<h{h + 1}>Toelichting</h{h + 1}>")
    for label, texts in (("Lasten", page.about_spent), ("Baten", page.about_earned)):
        out += [f"<h{h + 2}>{label}</h{h + 2}>", *_texts(texts)]
    out.append(f"<h{h + 1}>Verbonden Partijen</h{h + 1}>")
    out.append(f"<ul>{''.join(f'<li>{escape(name)}</li>' for name in page.parties)}</ul>")
    out.append("</main>")
    if style.chrome:
        out.append("<footer><p>Privacy</p><p>Deze site gebruikt cookies.</p></footer>")
    out.append("</body></html>")
    return ("" if style.one_line else "\n").join(out)


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts]


def _table(rows: list[list[str]], style: Style) -> str:
    cell = "th" if style.head_cells else "td"
    head = "".join(f"<{cell}>{escape(text)}</{cell}>" for text in rows[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(text or style.empty)}</td>' for text in row)}</tr>"
        for row in rows[1:]
    )
    if style.head_cells:
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<table><tr>{head}</tr>{body}</table>"


def _years(page: Page, style: Style) -> str:
    balance = [e - s for s, e in zip(page.spent, page.earned, strict=True)]
    rows = [["", *map(str, page.years)]]
    for label, figures in (("Lasten", page.spent), ("Baten", page.earned), ("Saldo", balance)):
        rows.append([label, *map(words.dutch, figures)])
    if style.reverse:
        rows = [[row[0], *row[:0:-1]] for row in rows]
    return _table(rows, style)


# --- goals


def _money(item: Deliverable, style: Style) -> str:
    text = escape(item.budget.text)
    if not text:
        return ""
    return {
        "p": f"<p>{text}</p>",
        "br": f"<br>{text}",
        "label": f"<p><strong>Budget:</strong> {text}</p>",
    }[style.budget]


def _inner(item: Deliverable, style: Style) -> str:
    first, *more = item.texts
    start = f"<p>{escape(first)}</p>" if style.paragraphs or more else escape(first)
    return f"{start}{''.join(_texts(tuple(more)))}{_money(item, style)}"


def _list(goal: Goal, style: Style) -> str:
    items = "".join(f"<li>{_inner(item, style)}</li>" for item in goal.deliverables)
    return f"<ul>{items}</ul>"


def _goals(page: Page, style: Style) -> list[str]:
    if style.pairs == "nested":
        lead = "<p>{}</p>" if style.paragraphs else "{}"
        items = [
            f"<li>{lead.format(escape(' '.join(g.texts)))}{_list(g, style)}</li>"
            for g in page.goals
        ]
        return [f"<ul>{''.join(items)}</ul>"]
    if style.pairs in ("rows", "spanned"):
        return [_pairs_table(page, style)]
    if style.pairs == "terms":
        return [f"<dl>{''.join(_terms(goal, style) for goal in page.goals)}</dl>"]
    return [part for n, goal in enumerate(page.goals, 1) for part in _goal(n, goal, style)]


def _terms(goal: Goal, style: Style) -> str:
    many = "".join(f"<dd>{_inner(item, style)}</dd>" for item in goal.deliverables)
    return f"<dt>{escape(' '.join(goal.texts))}</dt>{many}"


def _pairs_table(page: Page, style: Style) -> str:
    rows = ["<tr><th>Doelstelling</th><th>Prestatie</th><th>Budget</th></tr>"]
    for goal in page.goals:
        text = escape(" ".join(goal.texts))
        for at, item in enumerate(goal.deliverables):
            reach = f" rowspan='{len(goal.deliverables)}'" if style.pairs == "spanned" else ""
            first = f"<td{reach}>{text}</td>" if not at else "<td></td>"
            first = "" if at and reach else first
            many = "".join(_texts(item.texts))
            rows.append(f"<tr>{first}<td>{many}</td><td>{escape(item.budget.text)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _goal(number: int, goal: Goal, style: Style) -> list[str]:
    """A goal with its many: a list below it, or a part for each."""
    h = style.top + 2
    text = escape(" ".join(goal.texts))
    if style.pairs in ("headings", "bold"):
        bold = f"<p><strong>{text}</strong></p>"
        return [f"<h{h}>{text}</h{h}>" if style.pairs == "headings" else bold, _list(goal, style)]
    lead = {
        "labels": f"<p><strong>Doelstelling:</strong> {text}</p>",
        "counted": f"<h{h}>Doelstelling {number}</h{h}><p>{text}</p>",
        "cards": f"<article><h{h}>Doelstelling</h{h}><p>{text}</p>",
    }.get(style.pairs, f"<h{h}>{text}</h{h}>")
    many = [_many(f"{number}.{at}", i, style) for at, i in enumerate(goal.deliverables, 1)]
    return [lead, *many, "</article>" if style.pairs == "cards" else ""]


def _many(number: str, item: Deliverable, style: Style) -> str:
    """A deliverable that stands in no list."""
    h = style.top + 3
    first, *more = item.texts
    texts, money = "".join(_texts(item.texts)), _money(item, style)
    rest = "".join(_texts(tuple(more)))
    return {
        "paragraphs": f"<p>{escape(' '.join(item.texts))}</p>{money}",
        "labels": f"<p><b>Prestatie:</b> {escape(first)}</p>{rest}{money}",
        "counted": f"<h{h}>Prestatie {number}</h{h}>{texts}{money}",
        "deep": f"<h{h}>{escape(first)}</h{h}>{rest}{money}",
        "cards": f"<section><h{h}>Prestatie</h{h}>{texts}{money}</section>",
    }[style.pairs]
