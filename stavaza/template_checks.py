"""What the readers of a template share: checks of keys, placeholders, conditions and references."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from stavaza.template import Condition, Field, Kind
from stavaza.toml_reader import TableReader

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
MOST_YEARS = 50
"""How far from the budget year a column may be; 2026 in its place is surely meant otherwise."""


def is_key(text: str) -> bool:
    """Whether a text has the form of a key: small letters, digits and _, a letter first."""
    return _KEY.fullmatch(text) is not None


def check_key(reader: TableReader, key: str) -> None:
    """Report a name with other signs than small letters, digits and _."""
    if not is_key(key):
        reader.report("T011")


def check_years(reader: TableReader, key: str) -> None:
    """Report years that are no distance from the budget year, such as 2026."""
    for year in reader.numbers(key):
        if abs(year) > MOST_YEARS:
            reader.report("T025", key, value=str(year), most=str(MOST_YEARS))


def check_reach_the_top(
    readers: Collection[tuple[str, TableReader]], kinds: Mapping[str, Kind]
) -> None:
    """Report the kinds of which no element can be: each that may stand above stands below it."""
    reached = {key for key, kind in kinds.items() if not {*kind.parents} & {*kinds}}
    while more := {k for k, kind in kinds.items() if {*kind.parents} & reached} - reached:
        reached |= more
    for key, reader in readers:
        if key not in reached and key in _above(key, kinds):
            reader.report("T026", "onder", value=kinds[key].label.lower())


def _above(key: str, kinds: Mapping[str, Kind]) -> set[str]:
    """The kinds that may stand above a kind, step by step; the kind itself where they go round."""
    found: set[str] = set()
    ahead = [*kinds[key].parents]
    while ahead:
        parent = ahead.pop()
        if parent in kinds and parent not in found:
            found.add(parent)
            ahead += kinds[parent].parents
    return found


def check_placeholders(
    reader: TableReader, key: str, allowed: Collection[str], optional: bool = False
) -> None:
    """Report placeholders that are not known there; with `optional` also odd square brackets."""
    value = reader.table.get(key)
    if not isinstance(value, str):
        return
    wrong = [name for name in _PLACEHOLDER.findall(value) if name not in allowed]
    left = _PLACEHOLDER.sub("", value)
    if optional:
        wrong += [inner for inner in _OPTIONAL.findall(value) if not _PLACEHOLDER.search(inner)]
        left = _OPTIONAL.sub("", left)
    if wrong or any(sign in left for sign in ("{}[]" if optional else "{}")):
        shown = ", ".join("{" + name + "}" for name in dict.fromkeys(allowed))
        reader.report("T009", key, value=value, allowed=shown)


def check_known(
    reader: TableReader, key: str, names: Collection[str], known: Collection[str]
) -> None:
    """Report the names that do not exist."""
    for name in names:
        if name not in known:
            reader.report("T005", key, value=name, allowed=", ".join(known) or "-")


def read_condition(reader: TableReader | None) -> Condition | None:
    """A condition `{ veld = ..., waarden = [...] }`."""
    if reader is None:
        return None
    made = Condition(reader.text_value("veld"), reader.texts("waarden"))
    reader.done()
    return made


def check_choice_condition(
    reader: TableReader, key: str, condition: Condition | None, fields: Mapping[str, Field]
) -> None:
    """Report a condition that does not name a choice (held once) and values of it."""
    if condition is None or not fields:
        return
    spec = fields.get(condition.field)
    if spec is None:
        check_known(reader, key, (condition.field,), fields)
    elif spec.type != "keuze" or spec.per_moment:
        reader.report("T016", key, value=condition.field, expected="keuze")
    else:
        check_known(reader, key, condition.values, spec.choices)
