"""The three-way decision: every combination of report, workbook and last agreement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.cells import BLANK, Measure, Reading, read_cell
from excel_bridge.plan import Agreed, Reason, State
from excel_bridge.threeway import Seen, decide, next_agreement
from stavaza.amounts import Amount

EUROS = Measure(1, 2)
THOUSANDS = Measure(1000, 0)


def seen(value: float | None, measure: Measure = EUROS) -> Seen:
    return Seen(BLANK if value is None else read_cell(value, measure))


def agreed(report: Amount | None, *older: Amount | None) -> Agreed:
    return Agreed(report, report, older[0] if older else None, bool(older))


@pytest.mark.parametrize(
    ("report", "excel", "before", "state", "reason"),
    [
        (100, 100.0, agreed(100), State.EQUAL, None),
        (100, 100.0, None, State.EQUAL, None),
        (200, 200.0, agreed(100), State.EQUAL, None),
        (None, None, None, State.EQUAL, None),
        (200, 100.0, agreed(100), State.TO_EXCEL, None),
        (100, 200.0, agreed(100), State.FROM_EXCEL, None),
        (0, None, agreed(None), State.TO_EXCEL, None),
        (None, 0.0, agreed(None), State.FROM_EXCEL, None),
        (200, 300.0, agreed(100), State.CONFLICT, Reason.BOTH_CHANGED),
        (None, 300.0, agreed(100), State.CONFLICT, Reason.BOTH_CHANGED),
        (200, None, agreed(100), State.CONFLICT, Reason.BOTH_CHANGED),
        (100, 200.0, None, State.CONFLICT, Reason.NEVER_AGREED),
        (100, None, None, State.CONFLICT, Reason.NEVER_AGREED),
        (None, 100.0, None, State.CONFLICT, Reason.NEVER_AGREED),
        (100, None, agreed(100), State.CONFLICT, Reason.BLANK_IN_EXCEL),
        (None, 100.0, agreed(100), State.CONFLICT, Reason.BLANK_IN_REPORT),
        (100, 50.0, agreed(100, 50), State.CONFLICT, Reason.OLD_COPY),
        (120, 50.0, agreed(100, 50), State.CONFLICT, Reason.OLD_COPY),
        (100, 0.0, agreed(100, None), State.FROM_EXCEL, None),
    ],
)
def test_each_combination_has_one_answer(
    report: Amount | None,
    excel: float | None,
    before: Agreed | None,
    state: State,
    reason: Reason | None,
) -> None:
    assert decide(report, seen(excel), before, EUROS) == (state, reason)


@pytest.mark.parametrize(
    ("report", "before", "state"),
    [
        (100, agreed(100), State.FROM_EXCEL),
        (200, agreed(100), State.FORMULA),
        (100, None, State.FORMULA),
    ],
)
def test_a_formula_is_never_written(report: Amount, before: Agreed | None, state: State) -> None:
    cell = Seen(read_cell(300.0, EUROS), formula=True)
    assert decide(report, cell, before, EUROS)[0] is state


def test_an_old_result_of_a_formula_is_never_taken_even_when_it_looks_right() -> None:
    cell = Seen(read_cell(100.0, EUROS), formula=True, stale=True)
    assert decide(100, cell, agreed(100), EUROS) == (State.STALE, None)


def test_what_is_no_figure_is_listed() -> None:
    cell = Seen(Reading("unreadable", text="PM"))
    assert decide(100, cell, agreed(100), EUROS) == (State.UNREADABLE, None)


def test_within_the_precision_of_the_workbook_nothing_is_taken_over() -> None:
    assert decide(7077, seen(7.0, THOUSANDS), None, THOUSANDS)[0] is State.EQUAL
    assert decide(7400, seen(7.0, THOUSANDS), Agreed(7077, 7000), THOUSANDS)[0] is State.EQUAL


def test_a_change_below_the_precision_still_counts_as_a_change_of_the_report() -> None:
    verdict = decide(7200, seen(9.0, THOUSANDS), Agreed(7077, 7000), THOUSANDS)
    assert verdict == (State.CONFLICT, Reason.BOTH_CHANGED)


def test_a_finer_precision_in_the_link_is_asked_about() -> None:
    verdict = decide(7077, seen(7.0, Measure(1000, 3)), Agreed(7077, 7000), Measure(1000, 3))
    assert verdict == (State.CONFLICT, Reason.LINK_CHANGED)


VALUES = st.none() | st.integers(-5, 5).map(lambda number: number * 500)


@given(VALUES, VALUES, st.none() | st.tuples(VALUES, VALUES), st.sampled_from([EUROS, THOUSANDS]))
def test_an_agreement_makes_equal_sides_stay_equal(
    report: int | None,
    excel: int | None,
    before: tuple[int | None, int | None] | None,
    measure: Measure,
) -> None:
    known = None if before is None else agreed(*before)
    if measure.same(report, excel):
        made = next_agreement(report, excel, known, measure)
        figure = None if excel is None else excel / measure.unit
        assert decide(report, seen(figure, measure), made, measure) == (State.EQUAL, None)
        assert next_agreement(report, excel, made, measure) == made


def test_an_agreement_remembers_the_figure_before() -> None:
    assert next_agreement(200, 200, agreed(100, 50), EUROS) == agreed(200, 100)


def test_a_drift_below_the_precision_does_not_push_the_older_figure_out() -> None:
    before = Agreed(7077, 7000, 5000, True)
    assert next_agreement(7200, 7000, before, THOUSANDS) == Agreed(7200, 7000, 5000, True)
