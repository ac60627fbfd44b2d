"""Writes a random page per task field as plain text and as HTML, in several styles."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.stavaza.page_import.progress_pages import (
    CARRIED,
    LIMIT_TEXT,
    SENTENCE,
    TABLE,
    Mutation,
    Page,
    Topic,
    dutch,
)
from tests.stavaza.page_import.random_pages import Items, Paragraph, Text, plain


@dataclass(frozen=True)
class Style:
    """How a page is written: the space between blocks, tables, symbols, where lines are broken."""

    gap: int = 1
    table: str = "lines"  # lines, tabs, spaces
    symbol: str = "€ "
    tight_carried: bool = True
    broken: int = 70
    table_first: bool = False
    bullet: str = "  • "
    dashes: str = ""
    money: str = "minus"


MONEY = {
    "minus": "-{figure}|{figure}",
    "behind": "{figure}-|{figure}",
    "before_symbol": "-€ {figure}|€ {figure}",
    "behind_symbol": "€ -{figure}|€ {figure}",
    "letter": "N {figure}|V {figure}",
    "letter_joined": "N{figure}|V{figure}",
    "letter_behind": "€ {figure} N|€ {figure} V",
}
"""How a disadvantage and an advantage are printed in the table."""


def money(amount: str, form: str) -> str:
    """An amount of the table, such as `-7.077`, in another notation."""
    bad, good = MONEY[form].split("|")
    return (bad if amount.startswith("-") else good).format(figure=amount.lstrip("-"))


def styles() -> st.SearchStrategy[Style]:
    flag = st.booleans()
    return st.builds(
        Style,
        gap=st.integers(1, 3),
        table=st.sampled_from(["lines", "tabs", "spaces"]),
        symbol=st.sampled_from(["€ ", "€"]),
        tight_carried=flag,
        broken=st.sampled_from([30, 70, 300]),
        table_first=flag,
        bullet=st.sampled_from(["  • ", "- ", "  - "]),
        dashes=st.sampled_from(["", ",-", ",--"]),
    )


def wrapped(text: str, width: int) -> list[str]:
    """A text over lines of at most so many signs."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def heading(item: Topic | Mutation, style: Style) -> str:
    if isinstance(item, Topic):
        return item.heading
    amount, duration, effect = item.brackets
    return f"{item.name} ({style.symbol}{amount}{style.dashes} {duration}, {effect})"


def as_text(page: Page, style: Style) -> str:
    """The whole page as text."""
    blocks: list[list[str]] = [[page.title], [f"Programma {page.place[0]}. {page.place[1]}"]]
    blocks.append([page.place[3]])
    for item in page.order:
        blocks.append([heading(item, style)])
        if isinstance(item, Mutation) and item.amount < LIMIT_TEXT:
            blocks.append(wrapped(SENTENCE, style.broken))
        else:
            blocks += _blocks(item.text, style)
    parts = [_carried(page, style), _table(page, style)]
    blocks += [block for part in (parts[::-1] if style.table_first else parts) for block in part]
    if page.footer:
        blocks.append([page.footer_text])
    between = "\n" * (style.gap + 1)
    return between.join("\n".join(block) for block in blocks) + "\n"


def _blocks(text: Text, style: Style) -> list[list[str]]:
    found = [block.split("\n") for block in plain(text).split("\n\n")] if text else []
    return [
        [f"{style.bullet}{line[2:]}" if line.startswith("- ") else line for line in block]
        for block in found
    ]


def _carried(page: Page, style: Style) -> list[list[str]]:
    if not page.carried:
        return []
    blocks = [[CARRIED]]
    for one in page.carried:
        head = f"{one.name} {style.symbol}{dutch(one.amount)}{style.dashes}"
        first, *rest = _blocks(one.text, style)
        blocks += [[head, *first]] if style.tight_carried else [[head], first]
        blocks += rest
    return blocks


def _table(page: Page, style: Style) -> list[list[str]]:
    if not page.table:
        return []
    head = ["Effect op begrotingssaldo", "(in €)", str(page.year)]
    blocks = [[TABLE]]
    rows = [(label, money(amount, style.money)) for label, amount in page.rows]
    if style.table == "lines":
        cells = [*head, *(cell for row in rows for cell in row)]
        blocks += [[cell] for cell in cells]
    else:
        gap = "\t" if style.table == "tabs" else " "
        blocks += [[line] for line in head]
        blocks.append([gap.join(row) for row in rows])
    return [*blocks, *([[page.note]] if page.note else [])]


# --- HTML


@dataclass(frozen=True)
class Markup:
    """How HTML is written: with headings or bold paragraphs, sections, and closed cells."""

    headings: bool = True
    sections: bool = False
    closed: bool = True
    one_line: bool = False
    wide_table: bool = False


def markups() -> st.SearchStrategy[Markup]:
    flag = st.booleans()
    return st.builds(
        Markup, headings=flag, sections=flag, closed=flag, one_line=flag, wide_table=flag
    )


class _Html:
    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.parts: list[str] = []

    def head(self, level: int, text: str) -> None:
        if self.markup.headings:
            self.parts.append(f"<h{level}>{escape(text)}</h{level}>")
        else:
            self.parts.append(f"<p class='kop{level}'><strong>{escape(text)}</strong></p>")

    def text(self, text: Text) -> None:
        end = "</p>" if self.markup.closed else ""
        for block in text:
            if isinstance(block, Paragraph):
                lines = "<br>".join(escape(line) for line in block.lines)
                self.parts.append(f"<p>{lines}{end}")
            elif isinstance(block, Items):
                tag = "ol" if block.ordered else "ul"
                items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
                self.parts.append(f"<{tag}>{items}</{tag}>")

    def table(self, page: Page) -> None:
        cell_end = "</td>" if self.markup.closed else ""
        rows = [("Effect op begrotingssaldo", str(page.year)), *page.rows]
        empty = f"<td>{cell_end}" if self.markup.wide_table else ""
        self.parts.append("<p>(in €)</p><table>")
        for label, amount in rows:
            self.parts.append(
                f"<tr><td>{escape(label)}{cell_end}{empty}<td>{amount}{cell_end}</tr>"
            )
        self.parts.append("</table>")


def as_html(page: Page, markup: Markup) -> str:
    """The whole page as HTML."""
    html = _Html(markup)
    html.parts.append(
        f"<!DOCTYPE html><html lang='nl'><head><title>{page.title}</title></head><body>"
    )
    html.parts.append("<nav><a href='#'>Begroting</a></nav><main>")
    html.parts.append(f"<p>{page.title}</p>")
    html.head(1, f"Programma {page.place[0]}. {page.place[1]}")
    html.head(2, page.place[3])
    for item in page.order:
        html.parts.append("<section>" if markup.sections else "")
        html.head(3, heading(item, Style()))
        if isinstance(item, Mutation) and item.amount < LIMIT_TEXT:
            html.parts.append(f"<p>{escape(SENTENCE)}</p>")
        else:
            html.text(item.text)
        html.parts.append("</section>" if markup.sections else "")
    if page.carried:
        html.head(2, CARRIED)
        for one in page.carried:
            html.head(3, f"{one.name} € {dutch(one.amount)}")
            html.text(one.text)
    if page.table:
        html.head(2, TABLE)
        html.table(page)
        html.parts.append(f"<p>{page.note}</p>" if page.note else "")
    if page.footer:
        html.parts.append(f"<footer>{page.footer_text}</footer>")
    html.parts.append("</main></body></html>")
    return ("" if markup.one_line else "\n").join(html.parts)
