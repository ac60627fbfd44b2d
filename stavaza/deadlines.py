"""Until when each moment may be written: the dates in report.toml, and how many days are left.

[moment.vgr2]
uiterlijk = 2026-09-14

[moment.vgr2.uiterlijk_van]     # whoever has a date of their own
team-jeugd = 2026-09-10
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from stavaza.i18n import _, ngettext
from stavaza.toml_reader import TableReader
from stavaza.tree import Moment

KEY: Final = "uiterlijk"
OWN_KEY: Final = "uiterlijk_van"
SOON_DAYS: Final = 7
"""From so many days on a deadline is near."""


def read_due(reader: TableReader) -> tuple[date | None, dict[str, date]]:
    """The deadline of a moment, and those of single persons or teams; wrong ones are findings."""
    due = _date(reader, KEY)
    found: dict[str, date] = {}
    if not isinstance(reader.table.get(OWN_KEY, {}), dict):
        reader.used.add(OWN_KEY)
        reader.report("J001", OWN_KEY, value=str(reader.table[OWN_KEY])[:40])
        return due, found
    own = reader.sub(OWN_KEY)
    for key in own.table if own else ():
        when = _date(own, key) if own else None
        if when is not None:
            found[key] = when
    return due, found


def _date(reader: TableReader, key: str) -> date | None:
    reader.used.add(key)
    value = reader.table.get(key)
    if value is None:
        return None
    if isinstance(value, datetime) or not isinstance(value, date):
        reader.report("J001", key, value=str(value)[:40])
        return None
    return value


def check_deadlines(
    moments: Iterable[tuple[Moment, TableReader]], people: Mapping[str, str]
) -> None:
    """Report deadlines of people that are unknown, and a moment that ends before the one before it.

    The moments come in their order, each with the reader of its table.
    """
    latest: date | None = None
    for moment, reader in moments:
        for person in moment.due_of:
            if person not in people:
                reader.report("J002", OWN_KEY, value=person, allowed=", ".join(people) or "-")
        if moment.due is None:
            continue
        if latest is not None and moment.due < latest:
            reader.report("J004", KEY, value=dutch_date(moment.due))
        latest = max(moment.due, latest or moment.due)


def dutch_date(when: date) -> str:
    """A day as people write it: `14-9-2026`."""
    return f"{when.day}-{when.month}-{when.year}"


def days_left(due: date | None, today: date) -> int | None:
    """How many days are left until a deadline, below zero where it is past; None without one."""
    return None if due is None else (due - today).days


def words_for(days: int) -> str:
    """How many days are left, as a person says it."""
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days).format(n=-days)
    return ngettext("{n} day left", "{n} days left", days).format(n=days)
