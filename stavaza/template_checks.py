"""What the readers of a template share: checks of keys, placeholders, conditions and references."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from stavaza.template import Condition, Field
from stavaza.toml_reader import TableReader

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def check_key(reader: TableReader, key: str) -> None:
    """Report a name with other signs than small letters, digits and _."""
    if not _KEY.fullmatch(key):
        reader.report("T011")


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
        shown = ", ".join("{" + name + "}" for name in allowed)
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
