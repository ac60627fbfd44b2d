"""Merging a baseline: cell by cell, and what is not agreed any more is asked at the next sync."""

from __future__ import annotations

from pathlib import Path

from excel_bridge.baseline import Baseline, baseline_bytes, parse_baseline
from excel_bridge.baseline_merge import BASELINE_FORM
from excel_bridge.plan import Agreed
from stavaza.merge_file import Outcome, merge_bytes

ONE, TWO, NEW = (
    ("6.1.3", "663884", "lasten"),
    ("6.1.3", "663884", "baten"),
    ("6.1.4", "7", "lasten"),
)
BASE: Baseline = {ONE: Agreed(100, 100, None, False), TWO: Agreed(5, 5, None, False)}


def agreed(now: int, older: int) -> Agreed:
    return Agreed(now, now, older, True)


def merged(ours: Baseline, theirs: Baseline) -> Outcome:
    raw = [baseline_bytes(each) for each in (BASE, ours, theirs)]
    done = merge_bytes(raw[0], raw[1], raw[2], BASELINE_FORM)
    assert isinstance(done, Outcome)
    return done


def test_different_cells_merge_in_the_form_of_a_baseline() -> None:
    ours, theirs = BASE | {ONE: agreed(110, 100)}, BASE | {NEW: agreed(1, 2)}
    done = merged(ours, theirs)
    assert done.raw == baseline_bytes(ours | {NEW: theirs[NEW]})
    assert done.forgotten == ()


def test_a_cell_agreed_on_differently_is_forgotten_and_told() -> None:
    done = merged(BASE | {ONE: agreed(110, 100)}, BASE | {ONE: agreed(120, 100)})
    assert done.raw == baseline_bytes({TWO: BASE[TWO]})
    assert done.conflicts == ()
    assert [conflict.path for conflict in done.forgotten] == [ONE]


def test_what_is_known_about_one_cell_is_never_mixed() -> None:
    ours = BASE | {ONE: Agreed(100, 99, None, False)}
    theirs = BASE | {ONE: Agreed(100, 100, 90, True)}
    assert ONE not in parse_baseline(merged(ours, theirs).raw, Path("x"))[0]


def test_lines_that_are_no_agreement_are_kept() -> None:
    odd = baseline_bytes(BASE) + b"\n[anders]\nx = 1\n"
    done = merge_bytes(
        baseline_bytes(BASE), odd, baseline_bytes(BASE | {NEW: agreed(1, 2)}), BASELINE_FORM
    )
    assert isinstance(done, Outcome)
    baseline, findings = parse_baseline(done.raw, Path("x"))
    assert baseline == BASE | {NEW: agreed(1, 2)}
    assert len(findings) == 1
