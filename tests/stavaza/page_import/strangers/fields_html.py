"""Writes pages per task field as HTML in the styles of strangers; see `STYLES`."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.stavaza.page_import.strangers import words
from tests.stavaza.page_import.strangers.fields_content import (
    CARRIED,
    LIMIT_TEXT,
    SENTENCE,
    TABLE,
    Page,
    TaskField,
    rows,
)


@dataclass(frozen=True)
class Style:
    """How a page is marked up; `bold` has headings of items as bold paragraphs."""

    top: int = 1
    field: str = "{naam}"
    programme: str = "Programma 6. Sociaal domein"
    chrome: bool = False
    sections: bool = False
    bold: bool = False
    one_line: bool = False
    split: bool = True
    """Whether the caption of the table is a row of three cells, or stands above it."""
    blank: str = ""
    total: str = "td"
    minus: str = "-{}"


STYLES: dict[str, Style] = {
    "plain": Style(),
    "chrome": Style(chrome=True, field="{code} {naam}", top=2),
    "sections": Style(sections=True, field="Taakveld {code} {naam}", one_line=True),
    "bold": Style(bold=True, split=False),
    "bold_chrome": Style(bold=True, chrome=True, field="Taakveld {code}: {naam}", total="th"),
    "code_behind": Style(field="{naam} ({code})", programme="Programma 6: Sociaal domein"),
    "minus_behind": Style(minus="{}-", sections=True, split=False, chrome=True),
}


def as_html(page: Page, style: Style) -> str:
    h = style.top
    title = f"Voortgangsrapportage {page.year}"
    out = [f"<html><head><title>{title}</title></head><body>"]
    if style.chrome:
        out.append("<header><a href='/'>Gemeente Rivier</a></header>")
        names = "".join(f"<li><a href='#'>{escape(f.name)}</a></li>" for f in page.fields)
        out.append(f"<nav><ul>{names}<li>Zoeken</li></ul></nav>")
    out += [f"<main><p>{title}</p>", f"<h{h}>{escape(style.programme)}</h{h}>"]
    for field in page.fields:
        out += _field(page, field, style)
    out.append("</main>")
    if style.chrome:
        out.append("<footer><p>Privacy</p><p>Deze site gebruikt cookies.</p></footer>")
    out.append("</body></html>")
    return ("" if style.one_line else "\n").join(out)


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [f"<p>{escape(text)}</p>" for text in texts]


def _item(head: str, below: list[str], level: int, style: Style) -> list[str]:
    shown = escape(head)
    first = f"<p><strong>{shown}</strong></p>" if style.bold else f"<h{level}>{shown}</h{level}>"
    found = [first, *below]
    return ["<section>", *found, "</section>"] if style.sections else found


def _field(page: Page, field: TaskField, style: Style) -> list[str]:
    h = style.top + 1
    name = style.field.format(code=field.code, naam=field.name)
    out = [f"<h{h}>{escape(name)}</h{h}>"]
    for topic in field.topics:
        head = f"{topic.source}: {topic.name}" if topic.source else topic.name
        out += _item(head, _texts(topic.texts), h + 1, style)
    for item in field.mutations:
        duration, effect = item.brackets
        head = f"{item.name} (€ {words.dutch(item.amount)} {duration}, {effect})"
        small = item.amount < LIMIT_TEXT
        out += _item(head, _texts((SENTENCE,) if small else item.texts), h + 1, style)
    if field.carried:
        out.append(f"<h{h + 1}>{CARRIED}</h{h + 1}>")
    for one in field.carried:
        head = f"{one.name} € {words.dutch(one.amount)}"
        out += _item(head, _texts(one.texts), h + 2, style)
    return [*out, f"<h{h + 1}>{escape(TABLE)}</h{h + 1}>", *_table(page, field, style)]


def _table(page: Page, field: TaskField, style: Style) -> list[str]:
    body = []
    marked = False
    for label, amount in rows(page.year, field):
        marked = marked or label.endswith("*")
        shown = words.dutch(abs(amount))
        figure = style.minus.format(shown) if amount < 0 else shown
        cell = style.total if label.startswith("Totaal") else "td"
        body.append(f"<tr><{cell}>{escape(label)}</{cell}><{cell}>{figure}</{cell}></tr>")
    caption = "Effect op begrotingssaldo (in €)"
    above = [] if style.split else [f"<p>{caption}</p>"]
    head = f"<tr><th>{caption if style.split else ''}</th><th>{page.year}</th></tr>"
    note = ["<p>* structurele effecten</p>"] if marked else []
    return [*above, f"<table>{head}{''.join(body)}</table>", *note]
