"""Charts: what they say in words, that what is drawn fits, and that colour never stands alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.publish.chart_view import ChartView
from stavaza.publish.charts import WIDTH, Series, bars, columns, stacked
from stavaza.publish.view import StatusView
from stavaza.tree import Report
from tests.stavaza.examples import NAMES, example
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import Tag, page, pages
from tests.stavaza.publish.test_style import contrast, palettes

AMOUNTS = st.one_of(
    st.none(), st.integers(-(10**14), 10**14), st.decimals(-(10**9), 10**9, places=2)
)
STATUSES = [StatusView("Volgens plan", "groen"), StatusView("Gestopt", "rood"), None]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path / "verslag"))


def figure(root: Tag) -> Tag:
    return root.by_class("grafiek")[0]


def fits(chart: ChartView) -> bool:
    """Whether every bar lies on the canvas."""
    return all(
        Decimal(bar.x) >= 0
        and Decimal(bar.y) >= 0
        and Decimal(bar.width) >= 0
        and Decimal(bar.x) + Decimal(bar.width) <= WIDTH + 1
        and Decimal(bar.y) + Decimal(bar.height) <= chart.height + 1
        for bar in chart.bars
    )


def test_the_statuses_of_each_moment_are_a_bar_with_a_table(report: Report) -> None:
    drawn = figure(page(report))
    svg = drawn.all("svg")[0]
    assert svg.attributes["role"] == "img"
    described = drawn.by_id(svg.attributes["aria-describedby"])
    assert "".join(map(str, described.parts)) == (
        "Status 2025: 1 geen status. Status 1e VGR: 1 volgens plan. Status 2e VGR: 1 volgens plan."
    )
    rows = [[cell.text() for cell in row.all("th", "td")] for row in drawn.one("table").all("tr")]
    assert rows == [
        ["Moment", "Volgens plan", "Niet volgens plan", "Niet gestart", "Geen status"],
        ["Status 2025", "0", "0", "0", "1"],
        ["Status 1e VGR", "1", "0", "0", "0"],
        ["Status 2e VGR", "1", "0", "0", "0"],
    ]


def test_a_template_decides_whether_there_is_a_chart(report: Report) -> None:
    for derivation in report.template.derivations.values():
        object.__setattr__(derivation, "chart", "")
    assert page(report).by_class("grafiek") == []


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_report_has_a_chart_with_words_and_patterns(name: str) -> None:
    found = [tag for root in pages(example(name)).values() for tag in root.by_class("grafiek")]
    assert found
    for drawn in found:
        assert "data-geen-tekst" in drawn.attributes
        svg = drawn.all("svg")[0]
        assert all("".join(map(str, tag.parts)) for tag in svg.all("title", "desc"))
        patterns = {tag.attributes["id"] for tag in svg.all("pattern")}
        used = {
            rect.attributes["fill"][5:-1] for rect in drawn.all("rect") if "fill" in rect.attributes
        }
        assert used == patterns
        colors = [li.all("rect")[0].attributes["class"] for li in drawn.all("li")]
        assert len(patterns) >= len(set(colors)) - 1


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=3, max_size=3), max_size=4))
def test_any_counts_fit_in_a_stacked_bar_of_full_width(rows: list[list[int]]) -> None:
    chart = stacked("g", "Titel", [(f"M{n}", row) for n, row in enumerate(rows)], STATUSES)
    if not any(map(sum, rows)):
        assert chart is None
        return
    assert chart is not None
    assert fits(chart)
    for y in {bar.y for bar in chart.bars}:
        widths = [Decimal(bar.width) for bar in chart.bars if bar.y == y]
        assert abs(sum(widths, Decimal(0)) - WIDTH) < 1


@given(st.lists(st.lists(AMOUNTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_amounts_fit_in_columns(rows: list[list[int | Decimal | None]]) -> None:
    series = [Series(f"S{n}", tuple(row)) for n, row in enumerate(rows)]
    chart = columns("g", "Titel", ["2026", "2027", "2028"], series)
    if all(value is None for row in rows for value in row):
        assert chart is None
        return
    assert chart is not None
    assert fits(chart)
    assert len(chart.bars) == sum(value is not None for row in rows for value in row)
    assert len(chart.rules) <= 12
    assert any(rule.strong for rule in chart.rules)


@given(st.lists(AMOUNTS, max_size=6), st.booleans())
def test_any_amounts_fit_in_bars_on_both_sides_of_zero(
    values: list[int | Decimal | None], signed: bool
) -> None:
    rows = [(f"Regel {n}", value) for n, value in enumerate(values)]
    chart = bars("g", "Titel", rows, texts=[str(value) for value in values], signed=signed)
    if all(value is None for value in values):
        assert chart is None
        return
    assert chart is not None
    assert fits(chart)
    for bar, value in zip(chart.bars, (v for v in values if v is not None), strict=True):
        assert bar.pattern == (1 if signed and value < 0 else 0)


def test_a_drawing_stands_out_from_its_ground() -> None:
    """WCAG 2.1, criterion 1.4.11: at least 3 to 1 for what carries meaning."""
    weak = [
        (place, color)
        for place, colors in enumerate(palettes())
        for color in ("groen", "oranje", "rood", "blauw", "grijs", "paars")
        if contrast(colors[f"{color}-vol"], colors["vlak"]) < 3
    ]
    assert weak == []
