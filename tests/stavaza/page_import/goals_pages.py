"""Draws random pages of a budget with goals and deliverables; knows nothing of the product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from tests.stavaza.page_import.random_pages import (
    Items,
    Paragraph,
    Text,
    maybe,
    names,
    paragraphs,
    plain,
    sentences,
    texts,
)

WAYS = ("Toon prestaties bij doelstellingen", "Doelstelling", "Prestatie")
AREAS = ("Sport, cultuur en recreatie", "Sociaal domein", "Volkshuisvesting")
UNITS = ("%", "Aantal per 10.000 inwoners", "per 1.000 jongeren", "euro")
PARTIES = ("GGD Rivierenland", "NV Sportpark Rivierdam", "GR Afval", "Stichting Het Veer")
PHRASES = (
    "Onderdeel van het budget voor de wijken",
    "Na toekenning van de rijksbijdrage",
    "Binnen bestaand budget",
    "-PM-",
)

Values = dict[tuple[str, str], object]
"""Values by element and field: `programma`, `doel#1`, `prestatie#1.2`; texts as they read."""


@dataclass(frozen=True)
class Budget:
    """How a budget is printed, and what it is."""

    text: str = ""
    value: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Deliverable:
    text: Text
    budget: Budget


@dataclass(frozen=True)
class Goal:
    text: Text
    deliverables: tuple[Deliverable, ...]


@dataclass(frozen=True)
class Indicator:
    number: str
    area: str
    name: str
    value: str
    read: int | Decimal
    unit: str
    source: str


@dataclass(frozen=True)
class Page:
    year: int
    name: str
    description: Text
    context: Text
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    spent: tuple[int, ...]
    earned: tuple[int, ...]
    noise: tuple[int, ...]
    about_spent: Text
    about_earned: Text
    parties: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.year - 1, self.year + 4)) if self.spent else ()

    @property
    def balance(self) -> tuple[int, ...]:
        """In thousands, as printed: from unrounded euros, so it may be one off."""
        rows = zip(self.spent, self.earned, self.noise, strict=True)
        return tuple(earned - spent + noise for spent, earned, noise in rows)


def expected(page: Page) -> Values:
    """Every value that the page says."""
    found: Values = {("programma", "naam"): page.name}
    for key, text in (
        ("omschrijving", page.description),
        ("beleidscontext", page.context),
        ("toelichting_lasten", page.about_spent),
        ("toelichting_baten", page.about_earned),
    ):
        if text:
            found["programma", key] = plain(text)
    for place, goal in enumerate(page.goals, start=1):
        found[f"doel#{place}", "doelstelling"] = plain(goal.text)
        for inner, item in enumerate(goal.deliverables, start=1):
            name = f"prestatie#{place}.{inner}"
            found[name, "prestatie"] = plain(item.text)
            if item.budget.value:
                found[name, "budget"] = dict(item.budget.value)
    if page.indicators:
        found["programma", "indicatoren"] = {
            one.number: {
                "taakveld": one.area,
                "naam": one.name,
                "waarde": one.read,
                "eenheid": one.unit,
                "bron": one.source,
            }
            for one in page.indicators
        }
    if page.parties:
        found["programma", "verbonden_partijen"] = {
            f"{place:02}": {"naam": name} for place, name in enumerate(page.parties, start=1)
        }
    found |= _years(page)
    return found


def _years(page: Page) -> Values:
    found: Values = {}
    row: dict[str, int] = {}
    printed: dict[str, object] = {}
    lines = zip(page.years, page.spent, page.earned, page.balance, strict=True)
    for year, spent, earned, balance in lines:
        row |= {f"lasten_{year}": spent * 1000, f"baten_{year}": earned * 1000}
        if balance != earned - spent:
            printed[f"exploitatie/totaal/saldo_{year}"] = {
                "bedrag": balance * 1000,
                "berekend": (earned - spent) * 1000,
            }
    if row:
        found["programma", "exploitatie"] = row
    if printed:
        found["programma", "gedrukt"] = printed
    return found


# --- drawing


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    form = draw(st.integers(0, 4))
    if form == 0:
        return Budget()
    if form == 1:
        phrase = draw(st.sampled_from(PHRASES))
        return Budget(phrase, (("opmerking", phrase),))
    amount = draw(st.integers(1_000, 99_999_999))
    shown = f"{amount:,}".replace(",", ".")
    symbol = draw(st.sampled_from(["€", "€ "]))
    if form == 2:
        remark = draw(st.sampled_from(["budget wijken", "eenmalig, uit de reserve"]))
        value = (("bedrag", amount), ("opmerking", remark))
        return Budget(f"{symbol}{shown} ({remark})", value)
    if form == 3:
        tenths = draw(st.integers(11, 99))
        shown = f"{symbol}{tenths // 10},{tenths % 10} miljoen"
        return Budget(shown, (("bedrag", tenths * 100_000),))
    ending = draw(st.sampled_from(["", ",-", ",--"]))
    return Budget(f"{symbol}{shown}{ending}", (("bedrag", amount),))


@st.composite
def deliverable_texts(draw: st.DrawFn, number: str) -> Text:
    first = draw(
        st.one_of(
            paragraphs(),
            st.lists(sentences(), min_size=1, max_size=3).map(lambda x: Items(False, tuple(x))),
        )
    )
    if isinstance(first, Paragraph):
        first = Paragraph((f"Punt {number} uit de nota.", *first.lines))
    else:
        first = Items(False, (f"Punt {number} uit de nota.", *first.items))
    more: list[Paragraph | Items] = draw(st.lists(paragraphs(), max_size=2)) if True else []
    return (first, *more)


@st.composite
def goals(draw: st.DrawFn, place: int, least: int) -> Goal:
    lines = (f"Doel {place} van de raad.", *draw(paragraphs()).lines)
    count = draw(st.integers(least, 3))
    items = tuple(
        Deliverable(draw(deliverable_texts(f"{place}.{at}")), draw(budgets()))
        for at in range(count)
    )
    return Goal((Paragraph(lines),), items)


@st.composite
def indicators(draw: st.DrawFn, number: int) -> Indicator:
    whole = draw(st.integers(0, 99_999))
    decimals = draw(st.sampled_from(["", "5", "60"]))
    shown = f"{whole:,}".replace(",", ".")
    value = f"{shown},{decimals}" if decimals else shown
    read = Decimal(f"{whole}.{decimals}") if decimals else whole
    return Indicator(
        str(number),
        draw(st.sampled_from(AREAS)),
        draw(names()),
        value,
        read,
        draw(st.sampled_from(UNITS)),
        draw(st.sampled_from(["RIVM", "CBS", "Eigen telling"])),
    )


@st.composite
def pages(draw: st.DrawFn) -> Page:
    year = draw(st.integers(2018, 2035))
    count = draw(st.integers(2, 5))
    found = tuple(draw(goals(place, 1 if place == 1 else 0)) for place in range(1, count + 1))
    numbers = sorted(draw(st.sets(st.integers(1, 39), max_size=3)))
    years = draw(st.integers(0, 4)) > 0
    # far apart, so that no balance is of one or two digits: those cannot be split for certain
    either = st.tuples(st.integers(1_002, 99_999), st.integers(200_000, 999_999))
    pairs = draw(st.lists(either.flatmap(st.permutations), min_size=5, max_size=5))
    noise = st.lists(st.sampled_from([0, 0, 0, 1, -1]), min_size=5, max_size=5).map(tuple)
    return Page(
        year,
        draw(st.sampled_from(["Meedoen", "Wonen en leven", "Bestuur en veiligheid"])),
        draw(texts(3)),
        draw(maybe(texts(3))),
        found,
        tuple(draw(indicators(number)) for number in numbers),
        tuple(pair[0] for pair in pairs) if years else (),
        tuple(pair[1] for pair in pairs) if years else (),
        draw(noise) if years else (),
        draw(maybe(texts(2), 3)),
        draw(maybe(texts(2), 3)),
        tuple(draw(st.lists(st.sampled_from(PARTIES), max_size=3, unique=True))),
    )
