"""Random contents of pages per task field, as a stranger might have them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.stavaza.page_import.strangers import words

LIMIT_TEXT = 10_000
LIMIT_TABLE = 50_000
SENTENCE = (
    "Deze mutatie valt onder de rapportagegrens van € 10.000. Deze mutaties worden niet nader in "
    "het document toegelicht, maar zijn opgenomen in de bijlage."
)
CARRIED = "Budgetoverhevelingen vanuit eerdere jaren"
TABLE = "Onderwerpen met structurele effecten of incidenteel >= 50.000"
NAMES = {
    "6.1": "Samenkracht en burgerparticipatie",
    "6.2": "Toegang en eerstelijnsvoorzieningen",
    "6.3": "Inkomensregelingen",
    "6.5": "Arbeidsparticipatie",
}
"""Task fields of 2020 up to 2022, all in programme 6."""


@dataclass(frozen=True)
class Topic:
    source: str
    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Mutation:
    name: str
    amount: int
    structural: bool
    bad: bool
    texts: tuple[str, ...]

    @property
    def effect(self) -> int:
        return -self.amount if self.bad else self.amount

    @property
    def brackets(self) -> tuple[str, str]:
        return (
            "structureel" if self.structural else "incidenteel",
            "nadeel" if self.bad else "voordeel",
        )


@dataclass(frozen=True)
class Carried:
    name: str
    amount: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class TaskField:
    code: str
    topics: tuple[Topic, ...]
    mutations: tuple[Mutation, ...]
    carried: tuple[Carried, ...]

    @property
    def name(self) -> str:
        return NAMES[self.code]


@dataclass(frozen=True)
class Page:
    year: int
    fields: tuple[TaskField, ...]


def rows(year: int, field: TaskField) -> list[tuple[str, int]]:
    """The rows of the table of effects, from the mutations."""
    large = [m for m in field.mutations if m.amount >= LIMIT_TABLE]
    small = [m for m in field.mutations if m.amount < LIMIT_TABLE]
    rest = [m for m in small if not m.structural]
    found = [_row(m) for m in large]
    if large:
        found.append(("Totaal onderwerpen >= 50.000", _sum(large)))
    found += [_row(m) for m in small if m.structural]
    if rest:
        found.append(("Overige onderwerpen met incidenteel effect < 50.000", _sum(rest)))
    if small:
        found.append(("Totaal onderwerpen < 50.000", _sum(small)))
    whole = f"Totaal effect begrotingssaldo {year} taakveld {field.code}"
    return [*found, (whole, _sum(list(field.mutations)))]


def _row(item: Mutation) -> tuple[str, int]:
    return f"{item.name} *" if item.structural else item.name, item.effect


def _sum(items: list[Mutation]) -> int:
    return sum(item.effect for item in items)


def mutation(pick: Random) -> Mutation:
    amount = pick.choice([pick.randrange(100, 9_999), pick.randrange(10_000, 900_000)])
    return Mutation(
        words.short_title(pick),
        amount,
        pick.random() < 0.5,
        pick.random() < 0.6,
        words.texts(pick, 2) if amount >= LIMIT_TEXT else (),
    )


def task_field(pick: Random, code: str, year: int) -> TaskField:
    topics = tuple(
        Topic(
            pick.choice(["", f"Programmabegroting {year}", f"Programmabegroting {year}"]),
            words.short_title(pick),
            words.texts(pick),
        )
        for _ in range(pick.randint(1, 3))
    )
    carried = tuple(
        Carried(words.short_title(pick), pick.randrange(1, 300) * 1_000, words.texts(pick, 2))
        for _ in range(pick.randint(0, 2))
    )
    mutations = {m.name: m for m in (mutation(pick) for _ in range(pick.randint(1, 4)))}
    return TaskField(code, topics, tuple(mutations.values()), carried)


def page(pick: Random, count: int = 1) -> Page:
    year = pick.choice([2020, 2021, 2022])
    codes = sorted(pick.sample(sorted(NAMES), count))
    return Page(year, tuple(task_field(pick, code, year) for code in codes))


Value = tuple[str, str, str, str]


def expected(page: Page) -> list[Value]:
    found: list[Value] = [("programma", "", "naam", "Sociaal domein")]
    found.append(("programma", "", "code", "6"))
    for field in page.fields:
        found += [("taakveld", "6", "naam", field.name), ("taakveld", "6", "code", field.code)]
        for topic in field.topics:
            key = f"{field.code} {topic.name}"
            found.append(("onderwerp", key, "naam", topic.name))
            found.append(("onderwerp", key, "voortgang", " ".join(topic.texts)))
            if topic.source:
                found.append(("onderwerp", key, "bron", topic.source))
        for item in field.mutations:
            key = f"{field.code} {item.name}"
            found.append(("mutatie", key, "naam", item.name))
            found.append(("mutatie", key, "bedrag", str(item.amount)))
            for name, value in zip(("duur", "effect"), item.brackets, strict=True):
                found.append(("mutatie", key, name, value))
            if item.texts:
                found.append(("mutatie", key, "toelichting", " ".join(item.texts)))
        for one in field.carried:
            key = f"{field.code} {one.name}"
            found.append(("overheveling", key, "naam", one.name))
            found.append(("overheveling", key, "bedrag", str(one.amount)))
            found.append(("overheveling", key, "stand_van_zaken", " ".join(one.texts)))
    return found
