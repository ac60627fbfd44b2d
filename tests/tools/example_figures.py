"""What finance has in the example's workbook: the budget rows of the report from its side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[2] / "data"
YEAR: Final = 2026
MEASURES: Final = ("lasten", "baten")
VERSIONS: Final = ("primitief", "wijziging", "prognose")
COLUMNS: Final = tuple(f"{measure}_{version}" for measure in MEASURES for version in VERSIONS)

CHANGED: Final = {("662210", "lasten_prognose"): 5612000, ("220112", "baten_prognose"): 53400}
"""Prognoses that finance changed after both sides agreed."""
NOT_IN_WORKBOOK: Final = "661121"
"""A new post of the report that finance has not entered yet."""
ONLY_IN_WORKBOOK: Final = "661160"
"""A post that finance has and the report has not."""
TEXTS: Final = {("210151", "baten_prognose"): "nvt", ("661160", "baten_prognose"): "PM"}
"""What finance typed where it has no figure."""
ADDITIONS: Final = {
    ("661141", "lasten_wijziging"): "=200000+12500-2500",
    ("663884", "lasten_wijziging"): "=150000+40000-5000",
    ("220110", "lasten_prognose"): "={lasten_wijziging}-37500",
}
"""Cells that finance computes by hand; the braces name another column of the same line."""
FROM_LEDGER: Final = (
    ("220112", "lasten_prognose"),
    ("220112", "baten_prognose"),
    ("662251", "lasten_prognose"),
)
"""Cells that add up lines of the ledger."""
_REMARKS: Final = {
    "220120": "Uitvoering schuift door naar 2027",
    "661140": "Raming zorgaanbieders van augustus",
    "662210": "Bijgesteld na kwartaalopgave regio",
    "220112": "Claim wegbeheer in september ontvangen",
}
_REASONS: Final = {
    "210111": "Extra lichtmasten bij de sluis",
    "210140": "Bijdrage provincie voor bankjes",
    "210150": "Bouw schuift op naar volgend jaar",
    "210151": "Huur tijdelijke stalling",
    "220121": "Herontwerp beweegwerk",
    "220161": "Lagere stroomprijs",
    "661120": "Loon- en prijsbijstelling subsidies",
    "661140": "Hogere tarieven maatwerk",
    "662210": "Indexering jeugdhulp",
    "662250": "Uitbreiding respijtzorg",
    "663311": "Minder uitkeringen dan geraamd",
    "663320": "Meer statushouders gehuisvest",
    "663340": "Rijksbijdrage schulden",
    "663884": "Sociale kaart: omzetten van gegevens",
}


@dataclass(frozen=True)
class Line:
    """A line of the input sheet: amounts in whole euros by column, None for a blank cell."""

    cost_centre: str
    programme: str
    activity: str
    text: str
    task_field: str
    amounts: dict[str, int | None]

    @property
    def remark(self) -> str:
        """What finance noted beside the line."""
        return _REMARKS.get(self.cost_centre, "")


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger; `side` is L for expenditure, B for income."""

    day: date
    cost_centre: str
    account: str
    text: str
    side: str
    amount: float


@dataclass(frozen=True)
class Mutation:
    """A change of the budget that the council decided on."""

    decision: str
    task_field: str
    cost_centre: str
    text: str
    expenditure: int
    income: int
    kind: str


def elements() -> Iterator[dict[str, Any]]:
    """The elements of the example as their files have them, by file name."""
    for path in sorted(DATA.glob("*-*/*.toml"), key=lambda path: path.name):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def programmes() -> dict[str, str]:
    """The programmes of the example: name by code."""
    return {e["code"]: e["naam"] for e in elements() if e["soort"] == "programma"}


def lines(*, changed: bool = True) -> list[Line]:
    """The lines of the input sheet by activity; `changed` gives finance's latest figures."""
    found = [
        Line(key, e["code"].split(".")[0], e["code"], row["omschrijving"], row["taakveld"],
             {column: row.get(f"{column}_{YEAR}") for column in COLUMNS})
        for e in elements()
        if e["soort"] == "activiteit"
        for key, row in e.get("begroting", {}).items()
        if key != NOT_IN_WORKBOOK
    ]  # fmt: skip
    panel = dict.fromkeys(COLUMNS) | {
        "lasten_primitief": 32000,
        "lasten_wijziging": 32000,
        "lasten_prognose": 29500,
    }
    found.append(Line(ONLY_IN_WORKBOOK, "6", "6.1.6", "Inwonerspanel", "6.1", panel))
    if changed:
        found = [replace(line, amounts=_newest(line)) for line in found]
    return sorted(found, key=lambda line: (line.activity, line.cost_centre))


def _newest(line: Line) -> dict[str, int | None]:
    return {
        column: CHANGED.get((line.cost_centre, column), amount)
        for column, amount in line.amounts.items()
    }


def ledger(of_lines: list[Line]) -> list[LedgerLine]:
    """The lines of the ledger: month by month what FROM_LEDGER adds up, in quarters of a euro."""
    shares = (7, 9, 6, 11, 8, 10, 5, 12)
    found = []
    for line in of_lines:
        for column in COLUMNS:
            if (line.cost_centre, column) not in FROM_LEDGER:
                continue
            side = column[0].upper()
            total = line.amounts[column] or 0
            # what both sides agreed on is spread over the months; what came later is one line
            later = total - _agreed(line.cost_centre, column, total)
            rest = float(total - later)
            for month, share in enumerate(shares[:-1], start=1):
                part = round((total - later) * share / sum(shares) * 4) / 4
                rest -= part
                found.append(_booking(line, column, month, part))
            found.append(_booking(line, column, 8, rest))
            if later:
                day = date(YEAR, 9, 14)
                found.append(
                    LedgerLine(day, line.cost_centre, "438200", "Nagekomen claim", side, later)
                )
    return sorted(found, key=lambda booking: (booking.day, booking.cost_centre, booking.side))


def _agreed(cost_centre: str, column: str, total: int) -> int:
    if (cost_centre, column) not in CHANGED:
        return total
    before = next(line for line in lines(changed=False) if line.cost_centre == cost_centre)
    return before.amounts[column] or 0


def _booking(line: Line, column: str, month: int, amount: float) -> LedgerLine:
    income = column.startswith("baten")
    account, text = ("832400", "Ontvangst") if income else ("431010", "Factuur")
    day = date(YEAR, month, 10 + month * 2)
    words = f"{text} {line.text.lower()}"
    return LedgerLine(day, line.cost_centre, account, words, column[0].upper(), amount)


def mutations(of_lines: list[Line]) -> list[Mutation]:
    """The decisions between the original and the amended budget, closed by the reserve (0.10)."""
    found: list[Mutation] = []
    for line in of_lines:
        difference = {
            measure: (line.amounts[f"{measure}_wijziging"] or 0)
            - (line.amounts[f"{measure}_primitief"] or 0)
            for measure in MEASURES
        }
        if any(difference.values()):
            decision = "1e VGR" if len(found) % 3 else "Raad 12 maart"
            kind = "incidenteel" if line.amounts["lasten_primitief"] is None else "structureel"
            found.append(
                Mutation(
                    decision, line.task_field, line.cost_centre, _REASONS[line.cost_centre],
                    difference["lasten"], difference["baten"], kind,
                )
            )  # fmt: skip
    balance = sum(m.income - m.expenditure for m in found)
    drawn = Mutation(
        "1e VGR", "0.10", "", "Mutatie algemene reserve", max(balance, 0), max(-balance, 0),
        "incidenteel",
    )  # fmt: skip
    return [*found, drawn]
