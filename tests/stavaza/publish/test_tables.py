"""Budget tables on the page: how they are laid out, and which figures they show."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from stavaza.publish import render_report
from stavaza.template import Field
from stavaza.tree import Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, Tag, faults, page


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A report whose rows stand in the order of their keys, not of an official list."""
    found = opened(make_report(tmp_path))
    columns = found.template.kinds["activiteit"].fields["begroting"].columns
    with_columns(found, columns=tuple(replace(column, standard="") for column in columns))
    return found


def rows(table: Tag) -> list[list[str]]:
    return [[cell.text() for cell in row.all("th", "td")] for row in table.all("tr")]


def budget(report: Report) -> Tag:
    return page(report).by_class("bedragen")[0]


def with_columns(report: Report, **changes: object) -> None:
    """Give the budget table of activities other columns or settings."""
    kind = report.template.kinds["activiteit"]
    spec: Field = replace(kind.fields["begroting"], **changes)  # type: ignore[arg-type] # any field
    kinds = dict(report.template.kinds)
    kinds["activiteit"] = replace(kind, fields={**kind.fields, "begroting": spec})
    report.template = replace(report.template, kinds=kinds)


def test_measures_stand_below_each_row_and_versions_across(report: Report) -> None:
    assert rows(budget(report)) == [
        ["Post", "Primitief", "Na wijziging"],
        ["663884 Wegwijzer Taakveld 6.1"],
        ["Lasten", "150.000", "185.000"],
        ["Baten", "20.000", ""],
        ["Saldo", "-130.000", "-185.000"],
        ["663885 Uitgave Taakveld 0.10"],
        ["Lasten", "7.077,50", ""],
        ["Saldo", "-7.077,50", ""],
        ["Totaal"],
        ["Lasten", "157.077,50", "185.000"],
        ["Baten", "20.000", ""],
        ["Saldo", "-137.077,50", "-185.000"],
    ]


def test_the_caption_names_the_table_and_its_unit(report: Report) -> None:
    assert budget(report).one("caption").text() == "Begroting, bedragen in euro’s"


def test_negative_amounts_are_marked(report: Report) -> None:
    found = [cell.text() for cell in budget(report).by_class("negatief")]
    assert found == ["-130.000", "-185.000", "-7.077,50", "-137.077,50", "-185.000"]


def test_a_total_of_one_row_is_not_repeated(report: Report) -> None:
    report.elements["6.1.3"].remove_row("begroting", "663885")
    assert "Totaal" not in [row[0] for row in rows(budget(report))]


def test_the_programme_total_adds_the_activities_by_measure(report: Report) -> None:
    second = report.elements["6.1.3"].snapshot() | {"code": "6.1.4", "naam": "Tweede"}
    second["begroting"] = {"1": {"baten_primitief_2026": 5}}
    report.elements["6.1.4"] = type(report.elements["6.1.3"])("6.1.4", second)
    table = page(report).by_class("bedragen")[-1]
    assert table.one("caption").text() == "Begroting van het programma, bedragen in euro’s"
    assert rows(table) == [
        ["Activiteit", "Primitief", "Na wijziging"],
        ["Lasten"],
        ["6.1.3 Informatie toegankelijk maken", "157.077,50", "185.000"],
        ["Totaal lasten", "157.077,50", "185.000"],
        ["Baten"],
        ["6.1.3 Informatie toegankelijk maken", "20.000", ""],
        ["6.1.4 Tweede", "5", ""],
        ["Totaal baten", "20.005", ""],
        ["Saldo"],
        ["6.1.3 Informatie toegankelijk maken", "-137.077,50", "-185.000"],
        ["6.1.4 Tweede", "5", ""],
        ["Totaal saldo", "-137.072,50", "-185.000"],
    ]


def test_columns_of_several_years_keep_their_years(report: Report) -> None:
    columns = report.template.kinds["activiteit"].fields["begroting"].columns
    several = tuple(
        replace(column, years=(0, 1)) if column.version == "primitief" else column
        for column in columns
    )
    with_columns(report, columns=several)
    report.elements["6.1.3"].set(("begroting", "663884", "lasten_primitief_2027"), 90)
    assert rows(budget(report))[0] == [
        "Post",
        "Primitief 2026",
        "Primitief 2027",
        "Na wijziging 2026",
    ]


def test_columns_that_form_no_grid_stand_side_by_side(report: Report) -> None:
    columns = report.template.kinds["activiteit"].fields["begroting"].columns
    plain = tuple(replace(column, measure=None, version=None) for column in columns)
    with_columns(report, columns=plain)
    root = page(report)
    assert faults(root) == []
    table = root.by_class("bedragen")[0]
    heads = [
        "Post",
        "Omschrijving",
        "Taakveld",
        "Lasten primitief",
        "Lasten na wijziging",
        "Baten primitief",
        "Saldo primitief",
        "Saldo na wijziging",
    ]
    assert rows(table) == [
        heads,
        ["663884", "Wegwijzer", "6.1", "150.000", "185.000", "20.000", "-130.000", "-185.000"],
        ["663885", "Uitgave", "0.10", "7.077,50", "", "", "-7.077,50", ""],
        ["Totaal", "", "", "157.077,50", "185.000", "20.000", "-137.077,50", "-185.000"],
    ]
    region = root.by_class("schuif")[0]
    assert region.attributes["tabindex"] == "0"


def test_a_printed_figure_stands_until_one_of_its_inputs_changes(report: Report) -> None:
    activity = report.elements["6.1.3"]
    key = "begroting/663884/saldo_primitief_2026"
    activity.set(("gedrukt", key), {"bedrag": -130001, "berekend": -130000})
    assert rows(budget(report))[4][1] == "-130.001"
    activity.set(("begroting", "663884", "baten_primitief_2026"), 20001)
    assert rows(budget(report))[4][1] == "-129.999"


def test_a_value_that_is_no_amount_is_shown_as_it_stands(report: Report) -> None:
    activity = report.elements["6.1.3"]
    activity.set(("begroting", "663884", "lasten_primitief_2026"), "PM")
    activity.set(("begroting", "los"), 5)
    root = page(report)
    assert rows(root.by_class("bedragen")[0])[2] == ["Lasten", "PM", "185.000"]
    assert "los: 5" in root.text()


@pytest.mark.parametrize("value", [10**16, Decimal("1E+5000"), Decimal("NaN"), Decimal("1.00500")])
def test_an_impossible_amount_costs_the_totals_never_the_page(
    report: Report, value: int | Decimal
) -> None:
    report.elements["6.1.3"].set(("begroting", "663884", "lasten_primitief_2026"), value)
    made, findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert "programma-6.html" in made
    assert {finding.code for finding in findings} <= {"P005"}
    assert rows(budget(report))[2][1] == str(value)
