"""Writes pages per task field as plain text in the styles of strangers; see `STYLES`."""

from __future__ import annotations

from dataclasses import dataclass

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

Lines = list[str]


@dataclass(frozen=True)
class Style:
    """How a page is written; `field` is the heading of a task field."""

    table: str = "tabs"
    width: int = 0
    close: bool = False
    tight: bool = False
    field: str = "{naam}"
    programme: str = "Programma 6. Sociaal domein"
    noise: bool = False
    euro: str = "€ "
    minus: str = "-{}"
    head: str = "table"  # table, lines, none
    upper: bool = False
    underline: bool = False
    hashes: bool = False
    carried_close: bool = False
    loose: bool = False
    split: bool = False
    """Each row of the table a paragraph; a row with its amount on the next line."""


STYLES: dict[str, Style] = {
    "tabs": Style(),
    "tabs_lines": Style(head="lines", close=True, width=100),
    "pipes": Style(table="pipes", field="6.x {naam}", noise=True),
    "framed": Style(table="framed", field="Taakveld {code} {naam}", width=72),
    "markdown": Style(table="markdown", underline=True, programme="Programma 6 Sociaal domein"),
    "double": Style(table="double"),
    "double_wrapped": Style(table="double", width=72, carried_close=True, field="{code} {naam}"),
    "double_loose": Style(table="double", loose=True, head="lines", noise=True),
    "columns": Style(table="columns", width=72, field="{code} {naam}"),
    "columns_close": Style(table="columns", close=True, width=100, minus="{}-"),
    "left": Style(table="left", noise=True, euro="€"),
    "left_nohead": Style(table="left", head="none", field="{naam} ({code})"),
    "lines": Style(table="lines", head="lines", noise=True, carried_close=True),
    "lines_close": Style(table="lines", head="lines", close=True, split=True),
    "tight": Style(table="tabs", tight=True),
    "tight_double": Style(table="double", tight=True, field="Taakveld {naam}"),
    "hashes": Style(table="markdown", hashes=True, field="{code} {naam}"),
    "hashes_wrapped": Style(table="framed", hashes=True, width=100, noise=True),
    "upper": Style(table="columns", field="TAAKVELD {code} {naam}"),
}


def as_text(page: Page, style: Style) -> str:
    blocks: list[Lines] = []
    if style.noise:
        blocks += [["Naar hoofdinhoud"], ["Home", "Programma's", "Financiën"]]
    blocks += [[f"Voortgangsrapportage {page.year}"], _head(style.programme, style)]
    for field in page.fields:
        blocks += _field(page, field, style)
    if style.noise:
        stamp = f"09-10-{page.year} 12:54:15"
        blocks.append([f"Deze pagina is gebouwd op {stamp} met de export van {stamp}"])
        blocks += [["Cookies"], ["Deze site gebruikt cookies."], ["Privacy | Contact"]]
    between = "\n" if style.tight else "\n\n"
    return between.join("\n".join(block) for block in blocks if block) + "\n"


def _head(text: str, style: Style, level: int = 1) -> Lines:
    shown = text.upper() if style.upper else text
    if style.hashes:
        return [f"{'#' * level} {shown}"]
    return [shown, "=" * len(shown)] if style.underline else [shown]


def _item(text: str, style: Style, level: int = 3) -> Lines:
    return [f"{'#' * level} {text}"] if style.hashes else [text]


def _texts(texts: tuple[str, ...], style: Style) -> list[Lines]:
    return [words.wrapped(text, style.width) for text in texts]


def _under(head: Lines, below: list[Lines], close: bool) -> list[Lines]:
    if close and below:
        return [[*head, *below[0]], *below[1:]]
    return [head, *below]


def _field(page: Page, field: TaskField, style: Style) -> list[Lines]:
    shown = style.field.replace("6.x", field.code)
    shown = shown.format(code=field.code, naam=field.name)
    found: list[Lines] = [_head(shown, style, 2)]
    for topic in field.topics:
        head = f"{topic.source}: {topic.name}" if topic.source else topic.name
        found += _under(_item(head, style), _texts(topic.texts, style), style.close)
    for item in field.mutations:
        duration, effect = item.brackets
        head = f"{item.name} ({style.euro}{words.dutch(item.amount)} {duration}, {effect})"
        small = item.amount < LIMIT_TEXT
        below = [words.wrapped(SENTENCE, style.width)] if small else _texts(item.texts, style)
        found += _under(_item(head, style), below, style.close)
    if field.carried:
        found.append(_head(CARRIED, style, 3))
    for one in field.carried:
        head = f"{one.name} {style.euro}{words.dutch(one.amount)}"
        below = _texts(one.texts, style)
        found += _under(_item(head, style, 4), below, style.close or style.carried_close)
    return [*found, *_table(page, field, style)]


def _table(page: Page, field: TaskField, style: Style) -> list[Lines]:
    found: list[Lines] = [_head(TABLE, style, 3)]
    body = [[label, _money(amount, style)] for label, amount in rows(page.year, field)]
    if style.head == "table":
        body.insert(0, ["Effect op begrotingssaldo (in €)", str(page.year)])
    elif style.head == "lines":
        found += [["Effect op begrotingssaldo"], ["(in €)"], [str(page.year)]]
    if style.table == "lines" and style.split:
        found += body
    elif style.table == "lines":
        found += [[cell] for row in body for cell in row]
    elif style.loose:
        found += [[line] for line in words.table(body, style.table)]
    else:
        found.append(words.table(body, style.table))
    if any(label.endswith("*") for label, _amount in rows(page.year, field)):
        found.append(["* structurele effecten"])
    return found


def _money(amount: int, style: Style) -> str:
    shown = words.dutch(abs(amount))
    return style.minus.format(shown) if amount < 0 else shown
