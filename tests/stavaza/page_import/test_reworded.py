"""An element without a code that a new page words differently stays the one that it was."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.finding import Finding
from stavaza.prose import to_plain
from stavaza.tree import Report
from tests.stavaza.page_import.small_page import PIECES, text
from tests.stavaza.page_import.test_folder import imported, planned

GOAL = "Iedereen kent het buurthuis."


def goals(report: Report) -> dict[str, str]:
    """The goals by id, as they read."""
    found = (e for e in report.elements.values() if e.kind == "doel")
    return {e.id: to_plain(str(e.data["doelstelling"])).strip() for e in found}


def with_goals(*found: str) -> str:
    """The small page with these goals."""
    blocks = "\n\n".join(f" -\n\n{goal}" for goal in found)
    return text(goals=f"6.1 Meedoen\n\nDoelstelling\n\n{blocks}")


def codes(findings: list[Finding]) -> list[str]:
    return [f.code for f in findings if f.code in ("I044", "I045")]


def test_a_goal_in_other_words_keeps_its_id_and_is_told(tmp_path: Path) -> None:
    before = imported(tmp_path, text())
    (known,) = goals(before)
    page = text(goals=PIECES["goals"].replace(GOAL, "Iedereen kent het nieuwe buurthuis."))
    told = [f for f in planned(tmp_path, page, take_over=True).findings if f.code == "I044"]
    assert [(f.params["known"], f.params["id"]) for f in told] == [(GOAL, known)]
    assert page.splitlines()[(told[0].line or 0) - 1] == "Iedereen kent het nieuwe buurthuis."
    after = imported(tmp_path, page, take_over=True)
    assert goals(after) == {known: "Iedereen kent het nieuwe buurthuis."}


def test_another_goal_in_its_place_is_never_taken_for_it(tmp_path: Path) -> None:
    before = imported(tmp_path, text())
    other = "Meer jongeren doen aan sport in de eigen wijk."
    plan = planned(tmp_path, text(goals=PIECES["goals"].replace(GOAL, other)), take_over=True)
    assert codes(plan.findings) == []
    assert plan.report is not None
    assert goals(plan.report).items() > goals(before).items()
    assert other in goals(plan.report).values()


def test_of_two_that_come_equally_near_none_is_chosen(tmp_path: Path) -> None:
    report = imported(tmp_path, text())
    two = with_goals("Iedereen kent het oude buurthuis.", "Iedereen kent het nieuwe buurthuis.")
    plan = planned(tmp_path, two, take_over=True)
    assert plan.report is not None
    assert len(goals(plan.report)) == 3
    assert goals(plan.report).items() > goals(report).items()


def test_one_that_only_resembles_is_told_and_stays_apart(tmp_path: Path) -> None:
    imported(tmp_path, text())
    plan = planned(tmp_path, with_goals("Iedereen kent de bibliotheek."), take_over=True)
    assert codes(plan.findings) == ["I045"]
    assert plan.report is not None
    assert len(goals(plan.report)) == 2


def test_another_place_among_the_goals_is_another_goal(tmp_path: Path) -> None:
    imported(tmp_path, with_goals(GOAL, "Elke wijk heeft een sporthal met ruimte voor jongeren."))
    moved = with_goals(
        "Elke wijk heeft een sporthal met ruimte voor jongeren.",
        "Iedereen kent het nieuwe buurthuis.",
    )
    plan = planned(tmp_path, moved, take_over=True)
    assert codes(plan.findings) == []
    assert plan.report is not None
    assert len(goals(plan.report)) == 3


WORDS = tuple(f"{a}{b}" for a in ("wijk", "sport", "zorg", "school", "park") for b in "abcdefghij")


@st.composite
def changes(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Goals of distinct words, and the goals of a later page: reworded, left out, added."""
    chosen = draw(st.permutations(WORDS))
    before = [" ".join(chosen[at * 8 : at * 8 + 8]) + "." for at in range(draw(st.integers(1, 4)))]
    after: list[str] = []
    for place, goal in enumerate(before):
        change = draw(st.sampled_from(["same", "reworded", "gone", "other"]))
        words = goal.rstrip(".").split()
        if change == "reworded":
            words[draw(st.integers(0, 7))] = "anders"
        elif change == "other":
            words = [f"nieuw{place}{n}" for n in range(8)]
        if change != "gone":
            after.append(" ".join(words).capitalize() + ".")
    return [goal.capitalize() for goal in before], after


@settings(max_examples=40)
@given(changes())
def test_no_goal_is_lost_or_merged_with_another(found: tuple[list[str], list[str]]) -> None:
    before, after = found
    with TemporaryDirectory() as folder:
        old = goals(imported(Path(folder), with_goals(*before)))
        plan = planned(Path(folder), with_goals(*(after or before)), take_over=True)
    assert plan.report is not None
    new = goals(plan.report)
    changed = {key for key in old if new[key] != old[key]}
    assert {*old.values(), *after} - {*new.values()} == {old[key] for key in changed}
    for key in changed:
        assert len(set(old[key].lower().split()) & set(new[key].lower().split())) >= 6
    assert {f.params["id"] for f in plan.findings if f.code == "I044"} == changed
