"""Two colleagues who edit and share at random: every saved edit is in the end, or was shown.

An edit writes a value that is never written twice, so each can be looked for at the end.
"""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stavaza import conflicts
from stavaza.sharing import Outcome
from stavaza.store import save
from stavaza.tree import Report
from tests.stavaza.sharing import Colleague, two_colleagues
from tests.stavaza.test_history import git

KEYS = ("1.1.1", "1.2.1")
FIELDS: tuple[tuple[str, ...], ...] = (
    ("naam",),
    ("moment", "vgr2", "stand_van_zaken"),
    ("omschrijving",),
    ("begroting", "660002", "lasten_wijziging_2026"),
    ("begroting", "770002", "lasten_primitief_2026"),
)


class Watch:
    """What was saved, what was knowingly written over, and what was shown as a conflict."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.replaced: set[str] = set()
        self.shown: list[str] = []
        self.number = 1_000_000
        self.lock = threading.Lock()

    def fresh(self) -> int:
        """A number that no edit had before."""
        with self.lock:
            self.number += 7
            return self.number


def edit(colleague: Colleague, random: Random, watch: Watch) -> None:
    """Save one random change: a value, a sentence more, or a row more."""
    report = colleague.report
    key = random.choice([key for key in KEYS if key in report.elements])
    element = report.elements[key]
    number = watch.fresh()
    act = random.choice(("value", "value", "sentence", "row"))
    if act == "row":
        element.add_row("begroting", f"r{number}")
        element.set(("begroting", f"r{number}", "lasten_primitief_2026"), number)
    else:
        path = random.choice(FIELDS)
        if element.get(path[:-1]) is None and len(path) > 1:
            return
        old = element.get(path)
        place = random.random() if act == "value" else None
        element.set(path, _new_value(path, old, number, place, watch))
    save(report, element)
    watch.saved.append(str(number))


def _new_value(
    path: tuple[str, ...], old: Any, number: int, place: float | None, watch: Watch
) -> object:
    if path[0] == "begroting":
        watch.replaced.add(str(old))
        return number
    if path == ("naam",):
        watch.replaced |= set(str(old).split())
        return f"Naam {number}"
    lines = str(old).rstrip("\n").split("\n")
    if place is None:
        lines.insert(number % (len(lines) + 1), f"Zin {number} is nieuw.")
    else:
        at = int(place * len(lines))
        watch.replaced |= set(lines[at].replace(".", "").split())
        lines[at] = f"Zin {number} is anders."
    return "\n".join(lines) + "\n"


def decide(colleague: Colleague, random: Random, watch: Watch) -> None:
    """Look at the conflicts, which show both values, and choose."""
    report = colleague.report
    for element in report.elements.values():
        while open_ := conflicts.conflicts(element):
            first = open_[0]
            watch.shown += [str(first.ours), str(first.theirs)]
            conflicts.resolve(element, first.path, random.choice(first.choices))
        if element.changed:
            save(report, element)


def share(colleague: Colleague, random: Random, watch: Watch) -> Outcome:
    """Share; what must be decided is decided, and shared again."""
    outcome = colleague.share()
    while outcome.end == "conflicts":
        decide(colleague, random, watch)
        outcome = colleague.share()
    assert outcome.end == "shared", (outcome.sentences, outcome.findings)
    return outcome


def texts_of(report: Report) -> str:
    return "\n".join(str(element.data) for element in report.elements.values())


def assert_nothing_is_lost(watch: Watch, report: Report) -> None:
    """Every saved number is in the report, was written over by one who saw it, or was shown."""
    held, shown = texts_of(report), "\n".join(watch.shown)
    lost = [n for n in watch.saved if n not in held and n not in watch.replaced and n not in shown]
    assert lost == []


@pytest.mark.parametrize("seed", range(3))
def test_every_saved_edit_is_in_the_end_or_was_shown(tmp_path: Path, seed: int) -> None:
    random, watch = Random(seed), Watch()  # noqa: S311 - a test repeats itself
    both = two_colleagues(tmp_path)
    for _round in range(25):
        colleague = random.choice(both)
        for _edit in range(random.randint(1, 3)):
            edit(colleague, random, watch)
        if random.random() < 0.5:
            share(colleague, random, watch)
    for colleague in (*both, *both):
        share(colleague, random, watch)
    jan, els = both
    assert git(jan.root, "rev-parse", "HEAD") == git(els.root, "rev-parse", "HEAD")
    assert texts_of(jan.report) == texts_of(els.report)
    assert not any(conflicts.conflicts(element) for element in jan.report.elements.values())
    assert len(watch.saved) > 30
    assert_nothing_is_lost(watch, jan.report)


def test_two_programs_that_share_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    watch = Watch()
    both = two_colleagues(tmp_path)
    wrong: list[BaseException] = []

    def work(colleague: Colleague, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - a test repeats itself
        try:
            for _round in range(8):
                edit(colleague, random, watch)
                share(colleague, random, watch)
        except BaseException as error:
            wrong.append(error)
            raise

    threads = [threading.Thread(target=work, args=(c, n)) for n, c in enumerate(both)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    for colleague in (*both, *both):
        share(colleague, Random(9), watch)  # noqa: S311 - a test repeats itself
    assert texts_of(both[0].report) == texts_of(both[1].report)
    assert_nothing_is_lost(watch, both[0].report)
