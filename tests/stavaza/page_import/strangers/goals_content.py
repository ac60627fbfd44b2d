"""Random contents of a page with goals and deliverables, as a stranger might have them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.stavaza.page_import.strangers import words

YEARS = (-1, 0, 1, 2, 3)


@dataclass(frozen=True)
class Budget:
    text: str = ""
    amount: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Deliverable:
    texts: tuple[str, ...]
    budget: Budget


@dataclass(frozen=True)
class Goal:
    texts: tuple[str, ...]
    deliverables: tuple[Deliverable, ...]


@dataclass(frozen=True)
class Indicator:
    number: str
    area: str
    name: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True)
class Page:
    year: int
    name: str
    description: tuple[str, ...]
    context: tuple[str, ...]
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    spent: tuple[int, ...]
    earned: tuple[int, ...]
    about_spent: tuple[str, ...]
    about_earned: tuple[str, ...]
    parties: tuple[str, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.year + offset for offset in YEARS)


def budget(pick: Random) -> Budget:
    form = pick.randrange(6)
    if form == 0:
        return Budget()
    amount = pick.randrange(1, 9_000) * 500
    if form == 1:
        return Budget("Binnen bestaand budget", None, "Binnen bestaand budget")
    if form == 2:
        return Budget(f"€ {words.dutch(amount)} (budget wijken)", amount, "budget wijken")
    return Budget(f"€ {words.dutch(amount)}", amount)


def goal_texts(pick: Random) -> tuple[str, ...]:
    first = words.title(pick) + pick.choice(["", ".", "."])
    return (first,)


def deliverable_texts(pick: Random, more: bool) -> tuple[str, ...]:
    first = pick.choice([words.sentence, words.sentence, words.title])(pick)
    second = (words.paragraph(pick, 2),) if more and pick.randrange(3) == 0 else ()
    return (first, *second)


def page(pick: Random, more: bool = False) -> Page:
    """A page; `more` lets deliverables have more than one paragraph."""
    goals = tuple(
        Goal(
            goal_texts(pick),
            tuple(
                Deliverable(deliverable_texts(pick, more), budget(pick))
                for _ in range(pick.randint(1, 3))
            ),
        )
        for _ in range(pick.randint(2, 4))
    )
    indicators = tuple(
        Indicator(
            str(number),
            pick.choice(["Sociaal domein", "Sport, cultuur en recreatie"]),
            f"Kinderen in {words.noun(pick)}",
            pick.choice(["12,5", "705", "1.204", "3,60"]),
            pick.choice(["%", "per 1.000 inwoners"]),
            pick.choice(["RIVM", "CBS"]),
        )
        for number in sorted(pick.sample(range(1, 39), pick.randint(1, 3)))
    )
    spent = tuple(pick.randrange(60_000, 70_000) for _ in YEARS)
    earned = tuple(pick.randrange(5_000, 6_000) for _ in YEARS)
    return Page(
        pick.randrange(2020, 2030),
        pick.choice(["Meedoen", "Wonen en bouwen", "Veilig leven", "Bestuur en dienstverlening"]),
        words.texts(pick),
        words.texts(pick, 2),
        goals,
        indicators,
        spent,
        earned,
        words.texts(pick, 1),
        words.texts(pick, 1),
        tuple(pick.sample(["GGD Regio Rivier", "NV Sportbedrijf", "GR Afval"], 2)),
    )


Value = tuple[str, str, str, str]
"""Kind, the goal that it stands under ('' for the page), field, and value."""


def expected(page: Page) -> list[Value]:
    """All values of a page, whatever the order."""
    found: list[Value] = [("programma", "", "naam", page.name)]
    for key, texts in (
        ("omschrijving", page.description),
        ("beleidscontext", page.context),
        ("toelichting_lasten", page.about_spent),
        ("toelichting_baten", page.about_earned),
    ):
        found.append(("programma", "", key, " ".join(texts)))
    for goal in page.goals:
        own = " ".join(goal.texts)
        found.append(("doel", "", "doelstelling", own))
        for item in goal.deliverables:
            text = " ".join(item.texts)
            found.append(("prestatie", own, "prestatie", text))
            if item.budget.text:
                shown = f"{item.budget.amount} {item.budget.remark}"
                found.append(("prestatie", f"{own} > {text}", "budget", shown))
    for one in page.indicators:
        value = one.value.replace(".", "").replace(",", ".")
        row = (one.area, one.name, value, one.unit, one.source)
        for key, value in zip(("taakveld", "naam", "waarde", "eenheid", "bron"), row, strict=True):
            found.append(("indicatoren", one.number, key, value))
    for year, spent, earned in zip(page.years, page.spent, page.earned, strict=True):
        found.append(("exploitatie", "", f"lasten_{year}", str(spent * 1000)))
        found.append(("exploitatie", "", f"baten_{year}", str(earned * 1000)))
    found += [("verbonden_partijen", "", "naam", name) for name in page.parties]
    return found
