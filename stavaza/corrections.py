"""Numbered corrections: figures that changed after the council, with why and from what to what.

They stand in `correcties/<moment>.toml`, one entry each, and the numbers go on per moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stavaza import side_files
from stavaza.naming import safe_stem
from stavaza.side_files import Table
from stavaza.store import CORRECTIONS_FOLDER

KEY = "correctie"


@dataclass(frozen=True)
class Correction:
    """One correction: its number, the element, why, by whom, when, and the figures from and to."""

    number: int
    element: str
    reason: str
    who: str
    when: datetime
    figures: Mapping[str, tuple[str, str]]


def file_of(root: Path, moment: str) -> Path:
    """Where the corrections of a moment are kept."""
    return root / CORRECTIONS_FOLDER / f"{safe_stem(moment, 'moment')}.toml"


def corrections(root: Path, moment: str) -> list[Correction]:
    """The corrections of a moment by number."""
    table = side_files.read(file_of(root, moment))
    found = [_correction(entry) for _key, entry in side_files.entries(table, KEY)]
    return sorted(found, key=lambda each: each.number)


def _correction(entry: Table) -> Correction:
    figures = entry.get("bedragen")
    pairs = figures.items() if isinstance(figures, dict) else ()
    return Correction(
        _number(entry),
        str(entry.get("onderdeel", "")),
        str(entry.get("reden", "")).strip(),
        str(entry.get("door", "")),
        side_files.time_of(entry),
        {
            key: (str(pair.get("was", "")), str(pair.get("wordt", "")))
            for key, pair in pairs
            if isinstance(pair, dict)
        },
    )


def _number(entry: Table) -> int:
    value = entry.get("nummer")
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def add_correction(root: Path, moment: str, made: Correction) -> int:
    """Record a correction with the next number, whatever number it has; that number.

    Raises SaveRefusedError, OSError.
    """
    entry: Table = {
        "nummer": 0,
        "onderdeel": made.element,
        "reden": made.reason,
        "door": made.who,
        "op": made.when,
        "bedragen": {key: {"was": old, "wordt": new} for key, (old, new) in made.figures.items()},
    }

    def change(table: Table) -> None:
        known = table.setdefault(KEY, {})
        numbers = [_number(each) for each in known.values() if isinstance(each, dict)]
        entry["nummer"] = max(numbers, default=0) + 1
        known[side_files.mint(made.when)] = entry

    side_files.update(root, file_of(root, moment), change)
    return int(entry["nummer"])
