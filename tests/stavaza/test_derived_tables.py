"""Shares, threshold tables and years: from published figures and from made-up ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza import derived_tables
from stavaza.check import check_report
from stavaza.finding import Finding
from stavaza.places import templates_dir
from stavaza.source import Data
from stavaza.template import Template
from stavaza.template_reader import load_template
from stavaza.tree import Element, Meta, Moment, Report


def template(name: str) -> Template:
    made, findings = load_template(templates_dir() / name)
    assert made is not None, findings
    return made


def make(name: str, year: int, elements: dict[str, Data], **meta: object) -> Report:
    """A report in memory."""
    moment = Moment("m", "M", "M", "M")
    found = {key: Element(key, data) for key, data in elements.items()}
    head = Meta("Rivierdam", year, name, "m", (moment,), {}, False, dict(meta))
    return Report(Path("verslag"), head, template(name), found)


def mutation(amount: int, duration: str, effect: str = "nadeel", **more: str) -> Data:
    return {
        "soort": "mutatie",
        "ouder": "6.1",
        "naam": f"M{amount}",
        "bedrag": amount,
        "duur": duration,
        "effect": effect,
        **more,
    }


def effect_table(mutations: list[Data]) -> derived_tables.ThresholdTable:
    elements: dict[str, Data] = {
        "6": {"soort": "programma", "code": "6", "naam": "Sociaal"},
        "6.1": {"soort": "taakveld", "code": "6.1", "ouder": "6", "naam": "Samenkracht"},
    }
    elements |= {f"mutatie-{n}": {**m, "volgorde": n} for n, m in enumerate(mutations)}
    report = make("voortgang_taakvelden", 2020, elements)
    derivation = report.template.derivations["effect_op_saldo"]
    return derived_tables.threshold_table(report, derivation, report.elements["6.1"])


def test_the_published_effect_on_the_balance_comes_out() -> None:
    table = effect_table(
        [
            mutation(210981, "incidenteel"),
            mutation(7077, "structureel"),
            mutation(842, "incidenteel"),
            mutation(10238, "incidenteel"),
        ]
    )
    assert [(row.form, row.amount, row.marked) for row in table.rows] == [
        ("regel", -210981, False),
        ("tussentelling", -210981, False),
        ("regel", -7077, True),
        ("rest", -11080, False),
        ("tussentelling", -18157, False),
        ("totaal", -229138, False),
    ]
    assert table.rows[-1].label == "Totaal effect begrotingssaldo 2020 taakveld 6.1"
    assert table.note == "* structurele effecten"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 200000),
            st.sampled_from(["structureel", "incidenteel"]),
            st.sampled_from(["nadeel", "voordeel"]),
        ),
        max_size=12,
    )
)
def test_every_effect_is_counted_once_and_only_small_incidental_ones_are_collected(
    found: list[tuple[int, str, str]],
) -> None:
    table = effect_table([mutation(*item) for item in found])
    signed = [(-a if e == "nadeel" else a, d) for a, d, e in found]
    by_form = {form: [r for r in table.rows if r.form == form] for form in ("regel", "rest")}
    listed = [value for value, d in signed if abs(value) >= 50000 or d == "structureel"]
    assert sorted(row.amount or 0 for row in by_form["regel"]) == sorted(listed)
    collected = [value for value, d in signed if abs(value) < 50000 and d == "incidenteel"]
    assert [row.amount for row in by_form["rest"]] == ([sum(collected)] if collected else [])
    assert [row.marked for row in by_form["regel"]].count(True) == sum(
        d == "structureel" for _value, d in signed
    )
    totals = [row.amount for row in table.rows if row.form == "totaal"]
    assert totals == ([sum(value for value, _d in signed)] if signed else [])


def test_a_printed_subtotal_stands_until_a_mutation_changes() -> None:
    elements: dict[str, Data] = {
        "6.1": {
            "soort": "taakveld",
            "code": "6.1",
            "naam": "Samenkracht",
            "gedrukt": {"effect_op_saldo/totaal/bedrag": {"bedrag": -101, "berekend": -100}},
        },
        "mutatie-a": mutation(100, "incidenteel", vermelding="alleen_tabel"),
    }
    report = make("voortgang_taakvelden", 2020, elements)
    derivation = report.template.derivations["effect_op_saldo"]
    top = report.elements["6.1"]
    shown = derived_tables.threshold_table(report, derivation, top).rows[-1]
    assert (shown.amount, shown.computed) == (-101, -100)
    assert "C006" in {finding.code for finding in check_report(report)}
    report.elements["mutatie-a"].set(("bedrag",), 300)
    assert derived_tables.threshold_table(report, derivation, top).rows[-1].amount == -300


def printed_findings(report: Report) -> list[Finding]:
    """What check says of printed figures."""
    return [finding for finding in check_report(report) if finding.code in ("C006", "C007")]


def exploitation(last_balance: int) -> Report:
    years = range(2016, 2021)
    expenditure = (69839, 70504, 70961, 70741, 70305)
    income = (5714, 5653, 5597, 5571, 5547)
    row = {f"lasten_{y}": v * 1000 for y, v in zip(years, expenditure, strict=True)}
    row |= {f"baten_{y}": v * 1000 for y, v in zip(years, income, strict=True)}
    kept = {"bedrag": last_balance * 1000, "berekend": -64758000}
    data: Data = {
        "soort": "programma",
        "code": "3",
        "naam": "Meedoen",
        "omschrijving": "Iets.\n",
        "exploitatie": {"totaal-programma": row},
        "gedrukt": {"exploitatie/totaal/saldo_2020": kept},
    }
    return make("begroting_doelen", 2017, {"3": data})


def test_the_balance_of_four_years_is_exact_and_rounding_explains_that_of_the_fifth() -> None:
    report = exploitation(-64759)
    derivation = report.template.derivations["meerjarig"]
    table = derived_tables.year_table(report, derivation, report.elements["3"])
    assert table.years == (2016, 2017, 2018, 2019, 2020)
    assert [table.amounts["saldo", year] for year in table.years] == [
        -64125000,
        -64851000,
        -65364000,
        -65170000,
        -64759000,
    ]
    (finding,) = printed_findings(report)
    assert finding.code == "C006"
    assert finding.params["computed"] == "-64.758.000"


def test_a_printed_balance_that_is_off_by_more_than_rounding_is_a_warning() -> None:
    (finding,) = printed_findings(exploitation(-64760))
    assert (finding.code, finding.severity) == ("C007", "warning")


def programme(code: str, expenditure: int, income: int, **more: object) -> Data:
    row = {"lasten_primitief_2025": expenditure, "baten_primitief_2025": income}
    text = {"omschrijving": "Iets.\n", "wat_willen_we": "Meer.\n"}
    return {"soort": "programma", "code": code, "naam": code, "begroting": {"1": row}} | text | more


def shares_of(report: Report, code: str) -> list[object]:
    derivation = report.template.derivations["lasten_en_baten"]
    whole = derived_tables.wholes(report, derivation)
    found = derived_tables.shares(report, derivation, report.elements[code], whole)
    return [share.shown for share in found]


def findings_of(report: Report) -> list[Finding]:
    """What check says, other than of parts that a whole document has."""
    return [finding for finding in check_report(report) if finding.code != "C011"]


PRINTED = {
    "lasten_en_baten/aandeel/lasten_primitief_2025": {
        "bedrag": Decimal("42.8"),
        "teller": 77682000,
    },
    "lasten_en_baten/aandeel/baten_primitief_2025": {"bedrag": Decimal("8.4"), "teller": 14911000},
}


def test_a_share_of_a_whole_that_is_elsewhere_is_the_printed_one_until_its_figure_changes() -> None:
    elements = {"6": programme("6", 77682000, 14911000, gedrukt=PRINTED)}
    report = make("programmabegroting", 2025, elements, onvolledig=["programma"])
    assert shares_of(report, "6") == [Decimal("42.8"), Decimal("8.4")]
    assert findings_of(report) == []
    report.elements["6"].set(("begroting", "1", "lasten_primitief_2025"), 80000000)
    assert shares_of(report, "6") == [None, Decimal("8.4")]
    assert [finding.code for finding in findings_of(report)] == ["C008"]


def test_with_all_programmes_there_the_shares_are_derived() -> None:
    elements = {
        "1": programme("1", 103818000, 162589000),
        "6": programme("6", 77682000, 14911000, gedrukt=PRINTED),
    }
    report = make("programmabegroting", 2025, elements)
    assert shares_of(report, "6") == [Decimal("42.8"), Decimal("8.4")]
    assert findings_of(report) == []
    report.elements["1"].set(("begroting", "1", "lasten_primitief_2025"), 200000000)
    assert shares_of(report, "6") == [Decimal("28.0"), Decimal("8.4")]


def test_a_printed_share_that_the_figures_contradict_is_a_warning() -> None:
    elements = {
        "1": programme("1", 50000000, 162589000),
        "6": programme("6", 77682000, 14911000, gedrukt=PRINTED),
    }
    found = findings_of(make("programmabegroting", 2025, elements))
    assert [(finding.code, finding.params["printed"]) for finding in found] == [("C007", "42,8%")]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_shares_are_rounded_from_the_exact_quotient_and_add_up_to_a_hundred(
    amounts: list[int],
) -> None:
    elements = {str(n): programme(str(n), value, 0) for n, value in enumerate(amounts, start=1)}
    report = make("programmabegroting", 2025, elements)
    found = [shares_of(report, code)[0] for code in elements]
    if not sum(amounts):
        assert found == [None] * len(amounts)
        return
    for value, share in zip(amounts, found, strict=True):
        assert isinstance(share, Decimal)
        assert abs(Fraction(share) - Fraction(value * 100, sum(amounts))) <= Fraction(1, 20)


def test_an_incomplete_kind_that_does_not_exist_is_reported() -> None:
    elements = {"6": programme("6", 1, 1)}
    report = make("programmabegroting", 2025, elements, onvolledig=["hoofdstuk"])
    assert [finding.code for finding in findings_of(report)] == ["R029"]


@pytest.mark.parametrize(("code", "year", "found"), [("6.2", 2022, []), ("6.2", 2025, ["C010"])])
def test_a_task_field_must_exist_in_the_year_of_the_report(
    code: str, year: int, found: list[str]
) -> None:
    elements: dict[str, Data] = {
        "6": {"soort": "programma", "code": "6", "naam": "Sociaal"},
        code: {"soort": "taakveld", "code": code, "ouder": "6", "naam": "Wijkteams"},
    }
    report = make("voortgang_taakvelden", year, elements)
    assert [finding.code for finding in findings_of(report)] == found


def test_a_minus_before_an_amount_with_an_effect_of_its_own_is_reported() -> None:
    elements: dict[str, Data] = {
        "6": {"soort": "programma", "code": "6", "naam": "Sociaal"},
        "6.1": {"soort": "taakveld", "code": "6.1", "ouder": "6", "naam": "Samenkracht"},
        "mutatie-a": mutation(-500, "incidenteel", vermelding="alleen_tabel"),
    }
    (finding,) = findings_of(make("voortgang_taakvelden", 2020, elements))
    assert (finding.code, finding.path) == ("C012", ("bedrag",))


def test_a_text_typed_below_the_limit_is_reported_and_a_missing_one_above_it_too() -> None:
    elements: dict[str, Data] = {
        "6": {"soort": "programma", "code": "6", "naam": "Sociaal"},
        "6.1": {"soort": "taakveld", "code": "6.1", "ouder": "6", "naam": "Samenkracht"},
        "mutatie-a": mutation(9999, "incidenteel", vermelding="toelichting", toelichting="X.\n"),
        "mutatie-b": mutation(10000, "incidenteel", vermelding="toelichting"),
        "mutatie-c": mutation(9999, "incidenteel", vermelding="toelichting"),
    }
    found = findings_of(make("voortgang_taakvelden", 2020, elements))
    assert {(finding.code, finding.element) for finding in found} == {
        ("C009", "mutatie-a"),
        ("C002", "mutatie-b"),
    }
