"""Random edits of a realistic element, and what must be true of two of them merged."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from stavaza.conflicts import KEY, is_entry, path_at
from stavaza.source import Data

Path = tuple[str, ...]

SUBJECTS = ("De raad", "Het college", "De wijk", "Een inwoner", "De school", "Het team", "De buurt")
VERBS = ("bespreekt", "betaalt", "opent", "onderzoekt", "verbetert", "sluit", "plant")
OBJECTS = ("het plan", "de weg", "het loket", "de speelplek", "de opvang", "het beleid")
STATUSES = ("volgens_plan", "niet_volgens_plan", "niet_gestart")


def sentence(random: Random) -> str:
    """A sentence that is seldom made twice."""
    words = random.choice(SUBJECTS), random.choice(VERBS), random.choice(OBJECTS)
    return f"{' '.join(words)} voor {random.randrange(10_000)} mensen."


def text(random: Random) -> str:
    """One to three paragraphs of one to four sentences."""
    paragraphs = [
        "\n".join(sentence(random) for _ in range(random.randint(1, 4)))
        for _ in range(random.randint(1, 3))
    ]
    return "\n\n".join(paragraphs) + "\n"


AMOUNTS = tuple(
    f"{measure}_{version}_2026"
    for measure in ("lasten", "baten")
    for version in ("primitief", "wijziging", "prognose")
)


def row(random: Random) -> Data:
    """A row of the budget table; one amount has cents."""
    amounts = {column: random.randrange(1_000, 900_000) for column in AMOUNTS}
    return {
        "omschrijving": f"Post {random.randrange(100)}",
        "taakveld": random.choice(("0.10", "6.1", "6.60")),
        **amounts,
        AMOUNTS[-1]: Decimal(random.randrange(100_000)) / 100,
    }


def element(random: Random) -> Data:
    """An activity with texts, a status per moment and some rows."""
    return {
        "soort": "activiteit",
        "code": "6.1.3",
        "ouder": "6.1",
        "naam": "Informatie toegankelijk maken",
        "eigenaar": "team-samenleving",
        "jaar_realisatie": 2027,
        "omschrijving": text(random),
        "moment": {
            "vgr1": {"status": random.choice(STATUSES), "stand_van_zaken": text(random)},
            "vgr2": {"status": random.choice(STATUSES), "stand_van_zaken": text(random)},
        },
        "begroting": {new_key(random): row(random) for _ in range(random.randint(1, 4))},
    }


def new_key(random: Random) -> str:
    """A key for a row."""
    return str(random.randrange(660_000, 669_999))


TEXTS: tuple[Path, ...] = (
    ("omschrijving",),
    ("moment", "vgr1", "stand_van_zaken"),
    ("moment", "vgr2", "stand_van_zaken"),
)


def _change_status(data: Data, random: Random) -> None:
    data["moment"][random.choice(("vgr1", "vgr2"))]["status"] = random.choice(STATUSES)


def _change_scalar(data: Data, random: Random) -> None:
    if random.random() < 0.5:
        data["jaar_realisatie"] = random.randint(2026, 2030)
    else:
        data["naam"] = f"Informatie {random.choice(VERBS)}"


def _propose(data: Data, random: Random) -> None:
    data["moment"]["vgr2"]["voorstel_raad"] = sentence(random) + "\n"


def _change_amount(data: Data, random: Random) -> None:
    rows = data.get("begroting", {})
    if rows:
        rows[random.choice(sorted(rows))][random.choice(AMOUNTS)] = random.randrange(900_000)


def _add_row(data: Data, random: Random) -> None:
    data.setdefault("begroting", {})[new_key(random)] = row(random)


def _remove_row(data: Data, random: Random) -> None:
    rows = data.get("begroting", {})
    if len(rows) > 1:
        del rows[random.choice(sorted(rows))]


def _edit_text(data: Data, random: Random) -> None:
    path = random.choice(TEXTS)
    paragraphs = [part.split("\n") for part in value_at(data, path).strip("\n").split("\n\n")]
    lines = random.choice(paragraphs)
    place = random.randrange(len(lines))
    action = random.choice(("change", "change", "change", "insert", "remove", "paragraph"))
    if action == "change":
        lines[place] = sentence(random)
    elif action == "insert":
        lines.insert(random.choice((place, place + 1)), sentence(random))
    elif action == "remove" and len(lines) > 1:
        del lines[place]
    elif action == "paragraph":
        paragraphs.insert(random.randint(0, len(paragraphs)), [sentence(random)])
    node = data
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = "\n\n".join("\n".join(part) for part in paragraphs) + "\n"


Edit = Callable[[Data, Random], None]
USUAL: tuple[Edit, ...] = (
    _change_status,
    _change_scalar,
    _change_amount,
    _change_amount,
    _add_row,
    _edit_text,
    _edit_text,
    _edit_text,
)
"""What people mostly do to an activity in a round, by how often."""

EVERY: tuple[Edit, ...] = (*USUAL, _propose, _remove_row)


def edited(data: Data, random: Random, edits: int, kinds: Sequence[Edit] = EVERY) -> Data:
    """A copy with some edits."""
    made = copy.deepcopy(data)
    for _ in range(edits):
        random.choice(kinds)(made, random)
    return made


def value_at(data: Data, path: Path) -> Any:
    """The value at a path, None where there is none."""
    node: Any = data
    for key in path:
        if not isinstance(node, dict) or key not in node:
            return None
        node = node[key]
    return node


def leaves(data: Data, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that is no table, with its path."""
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def assert_every_change_is_kept(base: Data, ours: Data, theirs: Data, merged: Data) -> None:
    """Every change of a side is in the result or in a conflict; nothing else changed."""
    entries = merged.get(KEY, {})
    assert all(is_entry(entry) for entry in entries.values())
    open_ = {path_at(key): entry for key, entry in entries.items()}
    result = {key: value for key, value in merged.items() if key != KEY}
    for path, entry in open_.items():
        _assert_true_conflict(path, entry, base, ours, theirs)
    paths = {path for data in (base, ours, theirs, result) for path, _value in leaves(data)}
    for path in paths:
        was, our, their = (value_at(data, path) for data in (base, ours, theirs))
        cover = next((place for place in open_ if path[: len(place)] == place), None)
        if cover is None:
            _assert_merged(was, our, their, value_at(result, path))
        else:
            other = value_at(
                {"andere": open_[cover].get("andere")}, ("andere", *path[len(cover) :])
            )
            _assert_both_kept(was, our, their, value_at(result, path), other)


def _assert_true_conflict(path: Path, entry: Data, base: Data, ours: Data, theirs: Data) -> None:
    before, mine, other = (value_at(data, path) for data in (base, ours, theirs))
    assert mine != other
    assert before not in (mine, other)
    assert entry.get("was") == before


def _lines(value: Any) -> Counter[str]:
    return Counter(line for line in (value or "").split("\n") if line)


def _is_text(*values: Any) -> bool:
    return any(isinstance(value, str) and value.endswith("\n") for value in values)


def _assert_merged(base: Any, ours: Any, theirs: Any, result: Any) -> None:
    if not _is_text(base, ours, theirs) or None in (ours, theirs):
        assert result == (theirs if ours == base else ours)
        assert base in (ours, theirs) or ours == theirs
        return
    before, mine, other, after = map(_lines, (base, ours, theirs, result))
    for line in before | mine | other | after:
        here, there = mine[line] - before[line], other[line] - before[line]
        allowed = {before[line] + here + there} | ({mine[line]} if here == there else set())
        assert after[line] in allowed, line


def _assert_both_kept(base: Any, ours: Any, theirs: Any, result: Any, other: Any) -> None:
    if not _is_text(ours, theirs) or None in (ours, theirs):
        assert result == ours
        assert other == theirs
        return
    assert _lines(ours) - _lines(base) <= _lines(result)
    assert _lines(theirs) - _lines(base) <= _lines(other)
    assert _lines(result) <= _lines(ours) + _lines(theirs)
    assert _lines(other) <= _lines(ours) + _lines(theirs)
