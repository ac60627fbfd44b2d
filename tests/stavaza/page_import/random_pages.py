"""Draws random pages of one kind, with what each field should hold; knows nothing of the product.

Labels, statuses and the form of headings are written out here once more, on purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import strategies as st

STATUSES = {
    "volgens_plan": "Volgens plan",
    "niet_volgens_plan": "Niet volgens plan",
    "niet_gestart": "Niet gestart",
}
NOUNS = tuple(
    re.findall(
        "[a-z]+",
        "wijk school sporthal bibliotheek brug markt dorp buurt fietspad museum haven park zwembad "
        "jongeren ouderen vrijwilligers ondernemers inwoners raad college subsidie regeling",
    )
)
VERBS = "versterken onderzoeken vernieuwen verbeteren uitvoeren ontwikkelen steunen".split()  # noqa: SIM905 - words
FOOTER = "Deze pagina is gebouwd op 11/19/2020 10:08:33 met de export van 11/19/2020 10:00:53"
ODD_SENTENCES = (
    "Volgens plan is dit in het najaar klaar.",
    "Stand van zaken is dat er overleg loopt.",
    "Voorstel raad volgt in mei.",
    "Jaar realisatie hangt af van de rechter.",
    "6.1.2 van de lijst is af.",
    "12.3 procent van de begroting is besteed.",
    "2027 wordt een druk jaar.",
    "Niet gestart: de aanbesteding.",
    "De prijs is € 1.250,- (zie bijlage 3).",
    "Dit kost 10% meer; *let op*, zie [bijlage] en ‘noot’ 1.",
    "Wat doen we? Wij overleggen.",
    "Doelstelling is om te groeien.",
    "Status 2019 staat hier los van.",
)


@dataclass(frozen=True)
class Paragraph:
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    ordered: bool
    items: tuple[str, ...]


Text = tuple[Paragraph | Items, ...]


def plain(text: Text) -> str:
    """How a text reads when it is kept right: its lines, an empty line between blocks."""
    written = []
    for block in text:
        if isinstance(block, Paragraph):
            written.append("\n".join(block.lines))
        else:
            signs = (f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1))
            written.append("\n".join(f"{s} {i}" for s, i in zip(signs, block.items, strict=True)))
    return "\n\n".join(written)


@dataclass(frozen=True)
class Moment:
    key: str
    label: str
    column: str


@dataclass(frozen=True)
class Activity:
    code: str
    name: str
    year: int
    statuses: tuple[str | None, ...]
    description: Text = ()
    state: Text = ()
    proposal: Text = ()


@dataclass(frozen=True)
class Goal:
    text: Text
    state: Text


@dataclass(frozen=True)
class Theme:
    code: str
    name: str
    activities: tuple[Activity, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class Page:
    year: int
    title: str
    current: str
    header: tuple[str, ...]
    code: str
    name: str
    description: Text
    moments: tuple[Moment, ...]
    themes: tuple[Theme, ...]
    footer: str | None
    activities: tuple[Activity, ...] = field(default=())

    def __post_init__(self) -> None:
        found = tuple(activity for theme in self.themes for activity in theme.activities)
        object.__setattr__(self, "activities", found)


def expected(page: Page) -> dict[tuple[str, tuple[str, ...]], object]:
    """Every value by element (goals as `6.1#2`) and address; texts as they read."""
    found: dict[tuple[str, tuple[str, ...]], object] = {(page.code, ("naam",)): page.name}
    if page.description:
        found[page.code, ("omschrijving",)] = plain(page.description)
    now = ("moment", page.current)
    for theme in page.themes:
        found[theme.code, ("naam",)] = theme.name
        for item in theme.activities:
            found[item.code, ("naam",)] = item.name
            found[item.code, ("jaar_realisatie",)] = item.year
            texts = {
                ("omschrijving",): item.description,
                (*now, "stand_van_zaken"): item.state,
                (*now, "voorstel_raad"): item.proposal,
            }
            found |= {(item.code, path): plain(text) for path, text in texts.items() if text}
            for moment, status in zip(page.moments, item.statuses, strict=True):
                if status is not None:
                    found[item.code, ("moment", moment.key, "status")] = status
        for place, goal in enumerate(theme.goals, start=1):
            found[f"{theme.code}#{place}", ("doelstelling",)] = plain(goal.text)
            if goal.state:
                found[f"{theme.code}#{place}", (*now, "stand_van_zaken")] = plain(goal.state)
    return found


# --- drawing

_nouns = st.sampled_from(NOUNS)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    if draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(ODD_SENTENCES))
    count = draw(st.integers(3, 9))
    middle = " ".join(draw(st.lists(_nouns, min_size=count, max_size=count)))
    return f"De {middle} gaat {draw(st.sampled_from(['door', 'goed', 'langzaam']))}."


@st.composite
def paragraphs(draw: st.DrawFn) -> Paragraph:
    lines = draw(
        st.lists(
            st.lists(sentences(), min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3
        )
    )
    if len(lines) > 1 and draw(st.booleans()):
        # a line above a paragraph that is like a small heading, or like a label's words
        lines[0] = draw(
            st.sampled_from(["Nieuwe opdracht", "Gevolgen van het plan", "Zie ook 4.2"])
        )
    return Paragraph(tuple(lines))


@st.composite
def texts(draw: st.DrawFn, most: int = 4) -> Text:
    blocks: list[Paragraph | Items] = [draw(paragraphs())]
    for _ in range(draw(st.integers(0, most - 1))):
        if isinstance(blocks[-1], Paragraph) and draw(st.integers(0, 2)) == 0:
            items = draw(st.lists(sentences(), min_size=2, max_size=4))
            blocks.append(Items(draw(st.booleans()), tuple(items)))
        else:
            blocks.append(draw(paragraphs()))
    return tuple(blocks)


@st.composite
def names(draw: st.DrawFn) -> str:
    words = draw(st.lists(_nouns, min_size=1, max_size=7))
    extra = draw(
        st.sampled_from(["", "", " (inclusief toegang)", " 2030", ", tweede deel", " 3.0"])
    )
    return f"{draw(st.sampled_from(VERBS)).capitalize()} {' '.join(words)}{extra}"


def maybe(strategy: st.SearchStrategy[Text], chance: int = 4) -> st.SearchStrategy[Text]:
    """The text, or in one of `chance` cases none."""
    return st.integers(1, chance).flatmap(lambda n: st.just(()) if n == 1 else strategy)


@st.composite
def activities(draw: st.DrawFn, code: str, moments: int, gaps: bool) -> Activity:
    filled = st.sampled_from(list(STATUSES))
    one = st.one_of(filled, filled, filled, st.none()) if gaps else filled
    return Activity(
        code,
        draw(names()),
        draw(st.integers(2015, 2040)),
        tuple(draw(st.lists(one, min_size=moments, max_size=moments))),
        draw(maybe(texts(), 5)),
        draw(maybe(texts(), 5)),
        draw(maybe(texts(2), 2)),
    )


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    return Goal((draw(paragraphs()),), draw(maybe(texts(3), 6)))


@st.composite
def themes(draw: st.DrawFn, code: str, moments: int, gaps: bool) -> Theme:
    numbers = sorted(draw(st.sets(st.integers(1, 12), max_size=3)))
    found = tuple(draw(activities(f"{code}.{number}", moments, gaps)) for number in numbers)
    least = 0 if found else 1
    return Theme(
        code, draw(names()), found, tuple(draw(st.lists(goals(), min_size=least, max_size=3)))
    )


@st.composite
def moment_rows(draw: st.DrawFn, year: int) -> tuple[tuple[Moment, ...], str, str]:
    """Moments, the title of the document, and the key of the moment it was published at."""
    own = (
        Moment("rek", f"Rek. {year - 1}", f"Status {year - 1}"),
        Moment("vgr1", "1e VGR", "Status 1e VGR"),
        Moment("vgr2", "2e VGR", "Status 2e VGR"),
    )
    if draw(st.integers(0, 2)):
        count = draw(st.integers(2, 3))
        return own[:count], f"{count - 1}e Voortgangsrapportage {year}", own[count - 1].key
    count = draw(st.integers(1, 3))
    others = tuple(
        Moment(
            f"bestuursrapportage_{n}", f"Bestuursrapportage {n}", f"Status Bestuursrapportage {n}"
        )
        for n in range(1, count + 1)
    )
    return (own[0], *others), f"Bestuursrapportage {count} {year}", others[-1].key


@st.composite
def pages(draw: st.DrawFn, gaps: bool = False) -> Page:
    year = draw(st.integers(2018, 2035))
    moments, title, current = draw(moment_rows(year))
    code = str(draw(st.integers(0, 12)))
    numbers = sorted(draw(st.sets(st.integers(1, 11), min_size=1, max_size=3)))
    found = tuple(draw(themes(f"{code}.{number}", len(moments), gaps)) for number in numbers)
    if not any(theme.activities for theme in found):
        first = draw(activities(f"{found[0].code}.4", len(moments), gaps))
        found = (Theme(found[0].code, found[0].name, (first,), found[0].goals), *found[1:])
    header = draw(
        st.sampled_from([(), ("portal",), ("Gemeente Rivierdam", "Vastgesteld door de raad")])
    )
    footer = draw(
        st.sampled_from(
            [
                None,
                FOOTER,
            ]
        )
    )
    description = draw(maybe(texts(2), 2))
    return Page(
        year, title, current, header, code, draw(names()), description, moments, found, footer
    )
