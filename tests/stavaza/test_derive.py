"""Derived figures and tables: computed from the data, never stored."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from stavaza import derive
from stavaza.formula import FormulaError, parse_formula
from tests.stavaza.making import make_report, opened

AMOUNTS = st.none() | st.integers(-(10**9), 10**9)


def test_a_balance_is_income_less_expenditure_and_a_blank_beside_a_figure_counts_as_nothing(
    tmp_path: Path,
) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    spec = report.field(element, "begroting")
    assert spec is not None
    first = derive.row_amounts(report, spec, element.rows("begroting")["663884"])
    assert first["saldo_primitief_2026"] == -130000
    assert first["saldo_wijziging_2026"] == -185000
    assert first["saldo_prognose_2026"] is None
    total = derive.totals(report, spec, element)
    assert total["lasten_primitief_2026"] == Decimal("157077.50")
    assert total["saldo_primitief_2026"] == Decimal("-137077.50")


def test_the_matrix_follows_the_statuses_of_the_activities(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    spec = report.template.derivations["statusoverzicht"]
    before = derive.matrix(report, spec, "6", "vgr2")
    assert [m.overview for m in before.moments] == ["Status 2025", "Status 1e VGR", "Status 2e VGR"]
    (row,) = before.rows
    assert row.extra == (2027,)
    assert [cell.label if cell else "" for cell in row.cells] == [
        "",
        "Volgens plan",
        "Volgens plan",
    ]
    report.elements["6.1.3"].set(("moment", "vgr2", "status"), "niet_gestart")
    (row,) = derive.matrix(report, spec, "6", "vgr2").rows
    assert row.raw == ("", "volgens_plan", "niet_gestart")
    counted = derive.counts(report, report.template.derivations["statustelling"], None, "vgr2")
    assert [count.number for count in counted] == [0, 0, 1, 0]


def test_a_retired_activity_leaves_every_derived_table(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    report.elements["6.1.3"].set(("vervallen",), True)
    spec = report.template.derivations
    assert derive.matrix(report, spec["statusoverzicht"], None, "vgr2").rows == ()
    assert derive.sum_table(report, spec["begrotingstotaal"], None).rows == ()


def test_a_printed_figure_is_shown_until_an_input_changes(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    path = ("begroting", "totaal", "saldo_primitief_2026")
    element.set(("gedrukt", "/".join(path)), {"bedrag": -137078, "berekend": Decimal("-137077.50")})
    assert derive.shown_amount(element, path, Decimal("-137077.50")) == -137078
    assert derive.shown_amount(element, path, -140000) == -140000


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), AMOUNTS))
def test_a_formula_computes_exactly(row: dict[str, int | None]) -> None:
    value = parse_formula("a - (b + c) * 2").value(row)
    a, b, c = (row.get(key) for key in "abc")
    if a is None and b is None and c is None:
        assert value is None
    else:
        assert value == (a or 0) - ((b or 0) + (c or 0)) * 2


def test_division_by_nothing_is_blank_and_nonsense_is_refused() -> None:
    assert parse_formula("a / b").value({"a": 1, "b": 0}) is None
    assert parse_formula("a / b").value({"a": 1, "b": 4}) == Decimal("0.25")
    for source in ("", "a +", "(a", "a b", "a ** b", "__import__('os')", "(" * 500):
        try:
            parse_formula(source)
        except FormulaError:
            continue
        raise AssertionError(source)


def test_what_is_no_exact_amount_counts_as_blank_and_stops_nothing(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    spec = report.field(element, "begroting")
    assert spec is not None
    for wrong in ("veel", True, Decimal("150.000"), Decimal("nan"), 10**40, Decimal("1e999999")):
        element.set(("begroting", "663884", "lasten_primitief_2026"), wrong)
        total = derive.totals(report, spec, element)
        assert total["lasten_primitief_2026"] == Decimal("7077.50")
    element.set(("begroting", "663884", "lasten_primitief_2026"), 10**15 - 1)
    element.set(("begroting", "663885", "lasten_primitief_2026"), 10**15 - 1)
    assert derive.totals(report, spec, element)["lasten_primitief_2026"] == 2 * (10**15 - 1)


def test_rows_are_shown_in_the_official_order_of_their_codes(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    spec = report.field(element, "begroting")
    assert spec is not None
    for key, code in (("a10", "0.10"), ("a9", "0.9"), ("b", "6.1"), ("c", "onbekend")):
        element.set(("begroting", key, "taakveld"), code)
    listed = ["a9", "663885", "a10", "663884", "b", "c"]
    assert report.row_keys(spec, element) == listed
    columns = tuple(replace(column, standard="") for column in spec.columns)
    natural = ["663884", "663885", "a9", "a10", "b", "c"]
    assert report.row_keys(replace(spec, columns=columns), element) == natural
