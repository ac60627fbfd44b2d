"""Random Dutch texts for pages of strangers; shares nothing with the product."""

from __future__ import annotations

import textwrap
from random import Random

_NOUNS = (
    "wijkteam",
    "zwembad",
    "fietspad",
    "bibliotheek",
    "dorpshuis",
    "sportclub",
    "huisarts",
    "school",
    "buurtbus",
    "energieloket",
    "mantelzorger",
    "leerling",
    "winkelier",
    "speeltuin",
    "park",
    "taalcursus",
    "schuldhulp",
    "museum",
)
_ENDS = (
    "voor alle inwoners",
    "in de kern en de dorpen",
    "samen met de scholen",
    "binnen het bestaande beleid",
    "vanaf het derde kwartaal",
    "zonder lange wachttijd",
    "in overleg met de buurt",
)
_DOES = ("openen", "verbeteren", "ondersteunen", "bereiken", "vernieuwen", "onderzoeken")


def noun(pick: Random) -> str:
    return pick.choice(_NOUNS)


def title(pick: Random) -> str:
    """A short title without a full stop, such as `Betere zorg dicht bij huis`."""
    first = pick.choice(["Betere", "Een sterke", "Meer ruimte voor de", "Herstel van de", "Nieuwe"])
    return f"{first} {noun(pick)} {pick.choice(_ENDS)}"


def short_title(pick: Random) -> str:
    first = pick.choice(["Onderhoud", "Aanpak", "Versterking", "Subsidie", "Vervanging", "Inhuur"])
    return f"{first} {noun(pick)} en {noun(pick)}"


def sentence(pick: Random) -> str:
    form = pick.randrange(6)
    if form == 0:
        return f"In {pick.randrange(2024, 2030)} gaat het {noun(pick)} weer open."
    if form == 1:
        return f"Minimaal {pick.randrange(10, 95)}% van de inwoners kent het {noun(pick)}."
    if form == 2:
        return f"Hiervoor is eenmalig € {pick.randrange(10, 900)}.000 beschikbaar gesteld."
    return (
        f"De gemeente gaat {noun(pick)} en {noun(pick)} {pick.choice(_DOES)} {pick.choice(_ENDS)}."
    )


def paragraph(pick: Random, most: int = 4) -> str:
    return " ".join(sentence(pick) for _ in range(pick.randint(1, most)))


def texts(pick: Random, most: int = 3) -> tuple[str, ...]:
    return tuple(paragraph(pick) for _ in range(pick.randint(1, most)))


def dutch(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def wrapped(text: str, width: int, lead: str = "", follow: str | None = None) -> list[str]:
    """A paragraph over lines of at most so many signs; 0 keeps it on one line."""
    after = " " * len(lead) if follow is None else follow
    if not width:
        return [lead + text]
    return textwrap.wrap(
        text,
        width,
        initial_indent=lead,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: list[list[str]], form: str) -> list[str]:
    """A table as lines: tabs, pipes, markdown, columns of spaces, or double spaces."""
    joined = {"tabs": "\t", "pipes": " | ", "double": "  "}
    if form in joined:
        empty = "-" if form == "double" else ""
        return [joined[form].join(cell or empty for cell in row).strip(" ") for row in rows]
    if form in ("framed", "markdown"):
        lines = [f"| {' | '.join(row)} |" for row in rows]
        bar = f"|{'|'.join('---' for _ in rows[0])}|"
        return lines if form == "framed" else [lines[0], bar, *lines[1:]]
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return ["   ".join(_padded(row, wide, form == "left")).rstrip() for row in rows]


def _padded(row: list[str], wide: list[int], left: bool) -> list[str]:
    """The cells of a row at the width of their columns; figures to the right unless `left`."""
    cells = enumerate(zip(row, wide, strict=True))
    return [t.ljust(size) if left or not at else t.rjust(size) for at, (t, size) in cells]
