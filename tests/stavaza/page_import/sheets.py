"""Random pages as sheets: what stands on them in order, for writers of other styles.

Knows nothing of the product. A sheet is what an editor laid out; `sheet_text` and `sheet_html`
write it down as other sites and programs do.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.stavaza.page_import import budget_pages, focus_pages, random_pages
from tests.stavaza.page_import.random_pages import STATUSES, Activity, Paragraph, Text, Theme


@dataclass(frozen=True)
class Head:
    """A heading: 1 the page, 2 a block or group, 3 an element."""

    level: int
    text: str
    code: str = ""


@dataclass(frozen=True)
class Label:
    """A label above a text."""

    text: str
    level: int = 3


@dataclass(frozen=True)
class Field:
    """A label with a short value."""

    label: str
    value: str


@dataclass(frozen=True)
class Prose:
    text: Text


@dataclass(frozen=True)
class Status:
    """A label with one status by its label."""

    label: str
    status: str


@dataclass(frozen=True)
class Statuses:
    """A status per moment."""

    moments: tuple[str, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table; its first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    headed: bool = True


@dataclass(frozen=True)
class Beside:
    """Two texts side by side below a label."""

    label: str
    plan: Text
    progress: Text


@dataclass(frozen=True)
class Items:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """The mark before a goal."""


@dataclass(frozen=True)
class Foot:
    text: str


Node = Head | Label | Field | Prose | Status | Statuses | Grid | Beside | Items | Mark | Foot


@dataclass(frozen=True)
class Sheet:
    """A page: its title, the heading of the page, and what stands below that."""

    title: str
    code: str
    name: str
    nodes: tuple[Node, ...]


def budget_sheet(page: budget_pages.Page) -> Sheet:
    """A page of a programme budget."""
    nodes: list[Node] = [Head(2, "Algemeen"), Label("Omschrijving"), Prose(page.description)]
    if page.wishes:
        nodes += [Label("Wat willen we?"), Prose(page.wishes)]
    if page.developments:
        nodes.append(Head(2, "Ontwikkelingen"))
    for item in page.developments:
        nodes += [Head(3, item.title)] if item.title else []
        nodes.append(Prose(item.text))
    if page.documents:
        lines = [f"{n} (geldig tot en met {y})" if y else n for n, y in page.documents]
        nodes += [Head(2, "Beleidskaders"), Items(tuple(lines))]
    if page.figures:
        spent, earned = budget_pages.dutch(page.spent), budget_pages.dutch(page.earned)
        nodes += [Head(2, "Lasten & baten"), Prose((Paragraph(("bedragen x € 1.000",)),))]
        rows = (
            ("", "Bedrag", "Aandeel"),
            ("Lasten", spent, f"{page.shares[0]}%"),
            ("Baten", earned, f"{page.shares[1]}%"),
        )
        nodes.append(Grid(rows))
    if page.footer:
        nodes.append(Foot(budget_pages.FOOTER.replace("{year}", str(page.year - 1))))
    return Sheet(page.title, page.code, page.name, tuple(nodes))


def focus_sheet(page: focus_pages.Page) -> Sheet:
    """A page of an annual report with focus points."""
    nodes: list[Node] = []
    if page.goal:
        nodes += [Head(2, "Programmadoelstelling"), Prose(page.goal)]
    nodes.append(Head(2, "Voortgang speerpunten"))
    for point in page.points:
        nodes += [Head(3, point.name), Status("Status", focus_pages.STATUSES[point.status])]
        nodes.append(Label("Toelichting"))
        for key, aspect in point.aspects:
            label = focus_pages.ASPECTS[key].rstrip(":")
            nodes.append(Beside(label, aspect.plan, aspect.progress))
    return Sheet(page.title, page.code, page.name, tuple(nodes))


def progress_sheet(page: random_pages.Page) -> Sheet:
    """A page of a progress report."""
    nodes: list[Node] = [Prose(page.description)] if page.description else []
    nodes += [Head(2, "Wat doen we?"), _overview(page)]
    for theme in page.themes:
        if theme.activities:
            nodes.append(Head(2, theme.name, theme.code))
        for item in theme.activities:
            nodes += _activity(page, item)
    for theme in page.themes:
        if theme.goals:
            nodes += [Head(2, theme.name, theme.code), Label("Doelstelling"), *_goals(theme)]
    if page.footer:
        nodes.append(Foot(page.footer))
    return Sheet(page.title, page.code, page.name, tuple(nodes))


def _overview(page: random_pages.Page) -> Grid:
    head = ("Naam activiteit", "Jaar realisatie", *(moment.column for moment in page.moments))
    rows = [
        (f"{a.code} {a.name}", str(a.year), *(STATUSES[s] if s else "-" for s in a.statuses))
        for a in page.activities
    ]
    return Grid((head, *rows))


def _activity(page: random_pages.Page, item: Activity) -> list[Node]:
    nodes: list[Node] = [Head(3, item.name, item.code), Field("Jaar realisatie", str(item.year))]
    nodes += [Prose(item.description)] if item.description else []
    nodes.append(Label("Stand van zaken", 4))
    shown = tuple(STATUSES[status] if status else "-" for status in item.statuses)
    nodes.append(Statuses(tuple(moment.label for moment in page.moments), shown))
    nodes += [Prose(item.state)] if item.state else []
    nodes += [Label("Voorstel raad", 4), Prose(item.proposal)] if item.proposal else []
    return nodes


def _goals(theme: Theme) -> list[Node]:
    nodes: list[Node] = []
    for goal in theme.goals:
        nodes += [Mark(), Prose(goal.text)]
        nodes += [Label("Stand van zaken", 4), Prose(goal.state)] if goal.state else []
    return nodes
