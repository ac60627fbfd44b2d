"""Draws random pages of a progress report per task field; knows nothing of the product.

Labels, the fixed sentence, limits and the form of headings are written out here once more.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import Text, names, plain, texts

LIMIT_TEXT = 10_000
LIMIT_TABLE = 50_000
SENTENCE = (
    "Deze mutatie valt onder de rapportagegrens van € 10.000. Deze mutaties worden niet nader in "
    "het document toegelicht, maar zijn opgenomen in de bijlage."
)
CARRIED = "Budgetoverhevelingen vanuit eerdere jaren"
TABLE = "Onderwerpen met structurele effecten of incidenteel >= 50.000"
LABELS = {
    "large": "Totaal onderwerpen >= 50.000",
    "rest": "Overige onderwerpen met incidenteel effect < 50.000",
    "small": "Totaal onderwerpen < 50.000",
}
FIELDS = (
    ("6", "Sociaal domein", "6.1", "Samenkracht en burgerparticipatie"),
    ("6", "Sociaal domein", "6.3", "Inkomensregelingen"),
    ("0", "Bestuur", "0.10", "Mutaties reserves"),
    ("2", "Verkeer, vervoer en water", "2.1", "Verkeer en vervoer"),
)
SOURCES = ("Programmabegroting {year}", "Kadernota {year}", "Begroting {year}")
FOOTER = "Deze pagina is gebouwd op 09/21/{year} 12:54:15 met de export van 09/21/{year} 12:47:41"

Values = dict[tuple[str, str], object]
"""Values by element and field: `onderwerp#1`, `mutatie#2`; texts as they read."""


def dutch(value: int) -> str:
    """Thousands with full stops and a minus in front."""
    return f"{value:,}".replace(",", ".")


@dataclass(frozen=True)
class Topic:
    name: str
    source: str
    text: Text

    @property
    def heading(self) -> str:
        return f"{self.source}: {self.name}" if self.source else self.name


@dataclass(frozen=True)
class Mutation:
    name: str
    amount: int
    structural: bool
    bad: bool
    text: Text
    table_name: str = ""
    only_table: bool = False

    @property
    def effect(self) -> int:
        return -self.amount if self.bad else self.amount

    @property
    def listed(self) -> bool:
        return self.amount >= LIMIT_TABLE or self.structural

    @property
    def brackets(self) -> tuple[str, str, str]:
        return (
            dutch(self.amount),
            "structureel" if self.structural else "incidenteel",
            "nadeel" if self.bad else "voordeel",
        )


@dataclass(frozen=True)
class Carried:
    name: str
    amount: int
    text: Text


@dataclass(frozen=True)
class Page:
    year: int
    place: tuple[str, str, str, str]
    topics: tuple[Topic, ...]
    mutations: tuple[Mutation, ...]
    carried: tuple[Carried, ...]
    table: bool
    footer: bool
    order: tuple[Topic | Mutation, ...] = field(default=())

    @property
    def title(self) -> str:
        return f"Voortgangsrapportage {self.year}"

    @property
    def footer_text(self) -> str:
        return FOOTER.replace("{year}", str(self.year))

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The table, from the effects: labels and amounts as printed."""
        large = [m for m in self.mutations if m.amount >= LIMIT_TABLE]
        small = [m for m in self.mutations if m.amount < LIMIT_TABLE]
        marked = [m for m in small if m.structural]
        rest = [m for m in small if not m.structural]
        found = [*map(_row, large)]
        found += [_total(LABELS["large"], large)] if large else []
        found += map(_row, marked)
        found += [_total(LABELS["rest"], rest)] if rest else []
        found += [_total(LABELS["small"], small)] if small else []
        whole = f"Totaal effect begrotingssaldo {self.year} taakveld {self.place[2]}"
        return [*found, _total(whole, list(self.mutations))]

    @property
    def note(self) -> str:
        return (
            "* structurele effecten" if any(label.endswith("*") for label, _ in self.rows) else ""
        )


def _row(mutation: Mutation) -> tuple[str, str]:
    mark = " *" if mutation.structural else ""
    return (mutation.table_name or mutation.name) + mark, dutch(mutation.effect)


def _total(label: str, mutations: list[Mutation]) -> tuple[str, str]:
    return label, dutch(sum(mutation.effect for mutation in mutations))


def expected(page: Page) -> Values:
    """Every value that the page says."""
    code, name, field_code, field_name = page.place
    found: Values = {
        (f"programma {code}", "naam"): name,
        (f"taakveld {field_code}", "naam"): field_name,
    }
    for place, topic in enumerate(page.topics, start=1):
        key = f"onderwerp#{place}"
        found[key, "naam"] = topic.name
        found[key, "voortgang"] = plain(topic.text)
        if topic.source:
            found[key, "bron"] = topic.source
    for place, item in enumerate(page.mutations, start=1):
        found |= _mutation(f"mutatie#{place}", item)
    for place, one in enumerate(page.carried, start=1):
        key = f"overheveling#{place}"
        found |= {(key, "naam"): one.name, (key, "bedrag"): one.amount}
        found[key, "stand_van_zaken"] = plain(one.text)
    return found


def _mutation(key: str, item: Mutation) -> Values:
    found: Values = {
        (key, "naam"): item.name,
        (key, "bedrag"): item.amount,
        (key, "duur"): "structureel" if item.structural else "incidenteel",
        (key, "effect"): "nadeel" if item.bad else "voordeel",
        (key, "vermelding"): "alleen_tabel" if item.only_table else "toelichting",
    }
    if item.text and item.amount >= LIMIT_TEXT:
        found[key, "toelichting"] = plain(item.text)
    if item.table_name:
        found[key, "naam_in_tabel"] = item.table_name
    return found


# --- drawing


@st.composite
def topics(draw: st.DrawFn, year: int) -> Topic:
    source = draw(st.sampled_from(["", *SOURCES])).replace("{year}", str(year))
    name = draw(names())
    extra = draw(st.sampled_from(["", "", ": inspelen op het Rijk"])) if source else ""
    return Topic(name + extra, source, draw(texts(3)))


@st.composite
def mutations(draw: st.DrawFn, amount: int, table: bool) -> Mutation:
    structural, bad = draw(st.booleans()), draw(st.booleans())
    name = draw(names())
    listed = table and (structural or amount >= LIMIT_TABLE)
    only = listed and draw(st.integers(0, 3)) == 0
    words = name.split()
    other = " ".join([words[0], "2026", *words[1:]]) if len(words) > 1 else ""
    renamed = listed and not only and draw(st.integers(0, 2)) == 0
    text = draw(texts(2)) if amount >= LIMIT_TEXT and not only else ()
    return Mutation(name, amount, structural, bad, text, other if renamed else "", only)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    year = draw(st.integers(2018, 2035))
    table = draw(st.integers(0, 4)) > 0
    amounts = draw(
        st.lists(
            st.one_of(
                st.integers(1, 9_999), st.integers(10_000, 49_999), st.integers(50_000, 10**7)
            ),
            min_size=1,
            max_size=6,
            unique=True,
        )
    )
    moved = [draw(mutations(amount, table)) for amount in amounts]
    if len({item.name for item in moved}) < len(moved):
        moved = moved[:1]
    found = tuple(moved)
    about = tuple(draw(st.lists(topics(year), max_size=4, unique_by=lambda t: t.heading)))
    shown = [item for item in found if not item.only_table]
    mixed = draw(st.booleans())
    order: list[Topic | Mutation] = [*about, *shown]
    if mixed:
        order = []
        for at in range(max(len(about), len(shown))):
            order += [*about[at : at + 1], *shown[at : at + 1]]
    carried = tuple(
        Carried(draw(names()), draw(st.integers(1, 10**7)), draw(texts(2)))
        for _ in range(draw(st.integers(0, 3)))
    )
    place = draw(st.sampled_from(FIELDS))
    footer = draw(st.booleans())
    return Page(year, place, about, found, carried, table, footer, tuple(order))
