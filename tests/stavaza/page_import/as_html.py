"""Writes a random page as HTML, in several styles of markup."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import STATUSES, Activity, Page, Paragraph, Text, Theme


@dataclass(frozen=True)
class Markup:
    """How a page is marked up; `headings` False makes all headings paragraphs."""

    headings: bool = True
    statuses: str = "table"  # table, list, colours, lines
    year: str = "list"  # list, lines, together
    goals: str = "items"  # items, boxes, marks
    closed: bool = True
    one_line: bool = False
    goals_with_theme: bool = False
    colours_only: bool = False


def markups() -> st.SearchStrategy[Markup]:
    flag = st.booleans()
    return st.builds(
        Markup,
        headings=flag,
        statuses=st.sampled_from(["table", "list", "colours", "lines"]),
        year=st.sampled_from(["list", "lines", "together"]),
        goals=st.sampled_from(["items", "boxes", "marks"]),
        closed=flag,
        one_line=flag,
        goals_with_theme=flag,
        colours_only=flag,
    )


class Writer:
    """Collects HTML."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.parts: list[str] = []

    def raw(self, html: str) -> None:
        self.parts.append(html)

    def element(self, tag: str, text: str, attributes: str = "") -> None:
        may_stay_open = tag in ("p", "li", "dt", "dd", "td", "th")
        end = f"</{tag}>" if self.markup.closed or not may_stay_open else ""
        self.raw(f"<{tag}{attributes}>{escape(text)}{end}")

    def heading(self, level: int, text: str) -> None:
        if self.markup.headings:
            self.element(f"h{level}", text)
        else:
            self.raw(f'<div class="kop{level}"><span>{escape(text)}</span></div>')

    def text(self, text: Text) -> None:
        for block in text:
            if isinstance(block, Paragraph):
                lines = "<br>".join(escape(line) for line in block.lines)
                self.raw(f"<p>{lines}</p>" if self.markup.closed else f"<p>{lines}")
            else:
                tag = "ol" if block.ordered else "ul"
                self.raw(f"<{tag}>")
                for item in block.items:
                    self.element("li", item)
                self.raw(f"</{tag}>")

    def result(self) -> str:
        return ("" if self.markup.one_line else "\n").join(self.parts)


def as_html(page: Page, markup: Markup) -> str:
    """The whole page."""
    writer = Writer(markup)
    writer.raw("<!DOCTYPE html><html lang='nl'><head><meta charset='utf-8'>")
    writer.raw(
        f"<title>{escape(page.title)}</title><style>h1 {{ color: red }}</style></head><body>"
    )
    writer.raw("<nav><ul><li><a href='#'>1. Bestuur</a></li><li>Inhoud</li></ul></nav>")
    writer.raw("<script>if (1 < 2) { alert('Volgens plan') }</script><main>")
    writer.element("p", page.title)
    for line in page.header:
        writer.element("p", line)
    writer.heading(1, f"{page.code}. {page.name}")
    writer.text(page.description)
    _overview(writer, page)
    for theme in page.themes:
        if theme.activities or markup.goals_with_theme:
            writer.heading(2, f"{theme.code} {theme.name}")
        for activity in theme.activities:
            _activity(writer, page, activity)
        if markup.goals_with_theme and theme.goals:
            _goals(writer, theme)
    if not markup.goals_with_theme:
        for theme in page.themes:
            if theme.goals:
                writer.heading(2, f"{theme.code} {theme.name}")
                _goals(writer, theme)
    if page.footer:
        writer.raw(f"<footer><p>{escape(page.footer)}</p></footer>")
    writer.raw("</main></body></html>")
    return writer.result()


def _row(writer: Writer, tag: str, cells: list[str]) -> None:
    writer.raw("<tr>")
    for cell in cells:
        writer.element(tag, cell)
    writer.raw("</tr>")


def _overview(writer: Writer, page: Page) -> None:
    writer.heading(2, "Wat doen we?")
    writer.raw("<table><thead>")
    _row(writer, "th", ["Naam activiteit", "Jaar realisatie", *(m.column for m in page.moments)])
    writer.raw("</thead><tbody>")
    for item in page.activities:
        writer.raw("<tr>")
        writer.raw(f"<td><a href='#{item.code}'>{escape(f'{item.code} {item.name}')}</a></td>")
        writer.element("td", str(item.year))
        for status in item.statuses:
            label = STATUSES[status] if status else ""
            if writer.markup.colours_only and label:
                writer.raw(f'<td class="kleur" title="{label}"></td>')
            else:
                writer.element("td", label)
        writer.raw("</tr>")
    writer.raw("</tbody></table>")


def _activity(writer: Writer, page: Page, item: Activity) -> None:
    writer.raw("<section>")
    writer.heading(3, f"{item.code} {item.name}")
    if writer.markup.year == "list":
        writer.raw("<dl>")
        writer.element("dt", "Jaar realisatie")
        writer.element("dd", str(item.year))
        writer.raw("</dl>")
    elif writer.markup.year == "together":
        writer.raw(f"<p><b>Jaar realisatie</b>: {item.year}</p>")
    else:
        writer.raw(f"<p><strong>Jaar realisatie</strong><br>{item.year}</p>")
    writer.text(item.description)
    writer.heading(4, "Stand van zaken")
    _statuses(writer, page, item)
    writer.text(item.state)
    if item.proposal:
        writer.heading(4, "Voorstel raad")
        writer.text(item.proposal)
    writer.raw("</section>")


def _statuses(writer: Writer, page: Page, item: Activity) -> None:
    pairs = list(zip(page.moments, item.statuses, strict=True))
    form = writer.markup.statuses
    if form == "list":
        writer.raw("<dl>")
        for moment, status in pairs:
            writer.element("dt", moment.label)
            writer.element("dd", STATUSES[status] if status else "-")
        writer.raw("</dl>")
    elif form == "lines":
        for moment, status in pairs:
            if status:
                writer.element("p", f"{moment.label}: {STATUSES[status]}")
    else:
        writer.raw("<table>")
        _row(writer, "th", [moment.label for moment, _status in pairs])
        writer.raw("<tr>")
        for _moment, status in pairs:
            label = STATUSES[status] if status else ""
            if form == "colours" and label:
                writer.raw(f'<td><img src="bol.png" alt="{label}"></td>')
            else:
                writer.element("td", label)
        writer.raw("</tr></table>")


def _goals(writer: Writer, theme: Theme) -> None:
    writer.heading(3, "Doelstelling")
    form = writer.markup.goals
    if form == "items":
        writer.raw("<ul>")
    for goal in theme.goals:
        if form == "marks":
            writer.element("p", "-")
        else:
            writer.raw("<li>" if form == "items" else "<div class='doel'>")
        writer.text(goal.text)
        if goal.state:
            writer.heading(4, "Stand van zaken")
            writer.text(goal.state)
        if form != "marks":
            writer.raw("</li>" if form == "items" else "</div>")
    if form == "items":
        writer.raw("</ul>")
