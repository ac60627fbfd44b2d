"""Writes a random page as plain text, in several styles of spacing."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import STATUSES, Activity, Page, Text, Theme


@dataclass(frozen=True)
class Style:
    """How text is laid out: empty lines between blocks, and what stands directly together."""

    gap: int = 1
    tight_year: bool = False
    tight_statuses: bool = False
    tabs: bool = False
    overview_statuses: bool = False
    overview: bool = True
    goals_with_theme: bool = False
    theme_again: bool = True
    upper_labels: bool = False
    colons: bool = False
    dash_gaps: bool = False
    mark: str = " -"
    newline: str = "\n"
    encoding: str = "utf-8"


def styles(gaps: bool = False) -> st.SearchStrategy[Style]:
    flag = st.booleans()
    return st.builds(
        Style,
        gap=st.integers(1, 3),
        tight_year=flag,
        tight_statuses=flag,
        tabs=flag,
        overview_statuses=flag,
        overview=st.sampled_from([True, True, False]),
        goals_with_theme=flag,
        theme_again=flag,
        upper_labels=flag,
        colons=flag,
        dash_gaps=st.just(gaps),
        mark=st.sampled_from([" -", "-", "•"]),
        newline=st.sampled_from(["\n", "\r\n"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    )


class Writer:
    """Collects blocks of lines."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.blocks: list[list[str]] = []

    def add(self, *lines: str) -> None:
        self.blocks.append(list(lines))

    def label(self, text: str) -> str:
        text = text.upper() if self.style.upper_labels else text
        return f"{text}:" if self.style.colons else text

    def text(self, text: Text) -> None:
        from tests.stavaza.page_import.random_pages import plain

        for block in plain(text).split("\n\n") if text else []:
            self.add(*block.split("\n"))

    def result(self) -> str:
        between = "\n" * (self.style.gap + 1)
        return between.join("\n".join(block) for block in self.blocks) + "\n"


def as_text(page: Page, style: Style) -> str:
    """The whole page."""
    writer = Writer(style)
    writer.add(page.title, *page.header)
    writer.add(f"{page.code}. {page.name}")
    writer.text(page.description)
    if style.overview:
        _overview(writer, page)
    for theme in page.themes:
        _theme(writer, page, theme)
    if not style.goals_with_theme:
        for theme in page.themes:
            if theme.goals:
                writer.add(f"{theme.code} {theme.name}")
                _goals(writer, theme)
    if page.footer:
        writer.add(page.footer)
    return writer.result()


def _theme(writer: Writer, page: Page, theme: Theme) -> None:
    style = writer.style
    if theme.activities or style.goals_with_theme:
        writer.add(f"{theme.code} {theme.name}")
    for activity in theme.activities:
        _activity(writer, page, activity)
    if style.goals_with_theme and theme.goals:
        if theme.activities and style.theme_again:
            writer.add(f"{theme.code} {theme.name}")
        _goals(writer, theme)


def encoded(text: str, style: Style) -> bytes:
    """The text as the bytes of a file."""
    return text.replace("\n", style.newline).encode(style.encoding, "replace")


def _overview(writer: Writer, page: Page) -> None:
    style = writer.style
    writer.add("Wat doen we?")
    labels = ["Naam activiteit", "Jaar realisatie", *(moment.column for moment in page.moments)]
    rows = []
    for item in page.activities:
        row = [f"{item.code} {item.name}", str(item.year)]
        if style.overview_statuses:
            row += [STATUSES[status] if status else "-" for status in item.statuses]
        elif style.tabs:
            row += [""] * len(page.moments)
        rows.append(row)
    if style.tabs:
        writer.add(*("\t".join(row) for row in [labels, *rows]))
        return
    for cell in (cell for row in [labels, *rows] for cell in row):
        writer.add(cell)


def _activity(writer: Writer, page: Page, item: Activity) -> None:
    style = writer.style
    writer.add(f"{item.code} {item.name}")
    if style.tight_year:
        writer.add(writer.label("Jaar realisatie"), str(item.year))
    else:
        writer.add(writer.label("Jaar realisatie"))
        writer.add(str(item.year))
    writer.text(item.description)
    labels = [moment.label for moment in page.moments]
    statuses = [STATUSES[status] if status else "-" for status in item.statuses]
    if style.tabs:
        writer.add(writer.label("Stand van zaken"))
        bare = [STATUSES[status] if status else "" for status in item.statuses]
        writer.add("\t".join(labels), "\t".join(bare))
    elif style.tight_statuses:
        writer.add(writer.label("Stand van zaken"), *labels, *statuses)
    else:
        for line in (writer.label("Stand van zaken"), *labels, *statuses):
            writer.add(line)
    writer.text(item.state)
    if item.proposal:
        writer.add(writer.label("Voorstel raad"))
        writer.text(item.proposal)


def _goals(writer: Writer, theme: Theme) -> None:
    writer.add(writer.label("Doelstelling"))
    for goal in theme.goals:
        writer.add(writer.style.mark)
        writer.text(goal.text)
        if goal.state:
            writer.add(writer.label("Stand van zaken"))
            writer.text(goal.state)
