"""A table, its CSV, its JSON, its chart and the derivations never say different figures."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza import derive
from stavaza.amounts import Amount
from stavaza.places import example_dir
from stavaza.publish.build import build
from stavaza.publish.data_files import data_of
from stavaza.publish.render import render
from stavaza.tree import Report
from tests.stavaza.examples import NAMES, folder
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, Tag, read

REPORTS = {"voortgangsrapportage": example_dir(), **{name: folder(name) for name in NAMES}}
FIGURE = re.compile(r"-?\d[\d.]*(?:,\d+)?")
KINDS = ("bedrag", "percentage", "getal")

Row = list[Any]


def site(report: Report) -> tuple[dict[str, Tag], dict[str, Any]]:
    """The pages of a report, and the files with data beside them."""
    made = build(report, report.current_moment, BUILT, EXPORTED)
    data: dict[str, Any] = {}
    for datasets in (made.index.datasets, *(page.datasets for page in made.pages)):
        files, line = data_of("x.html", "X", datasets)
        tables_of_page = json.loads(line, parse_float=Decimal)["tabellen"]
        data |= files | {table["csv"].removesuffix(".csv"): table for table in tables_of_page}
    return {n: read(c) for n, c in render(made, report.template.path).items()}, data


def number(text: str) -> Decimal | None:
    """The figure in a cell as Dutch writes it; None for a cell without one."""
    found = FIGURE.search(text.replace("\N{NO-BREAK SPACE}", " "))
    return Decimal(found[0].replace(".", "").replace(",", ".")) if found else None


def tables(root: Tag) -> list[tuple[Tag, str]]:
    """The tables of a page that have data, each with the name of its files."""
    found: list[tuple[Tag, str]] = []
    table: Tag | None = None
    for tag in root.all("table", "p"):
        if tag.name == "table":
            table = tag
        elif "openbaar" in tag.attributes.get("class", "").split():
            assert table is not None
            found.append((table, tag.all("a")[0].attributes["href"].removesuffix(".csv")))
    return found


def rows_of(name: str, data: dict[str, Any]) -> tuple[list[Row], list[Row], list[int]]:
    """The rows in CSV and in JSON, and the columns that hold figures."""
    text = data[f"{name}.csv"].decode("utf-8-sig")
    in_csv = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
    found = data[name]
    places = [at for at, column in enumerate(found["kolommen"]) if column["type"] in KINDS]
    return in_csv, found["rijen"], places


def disagreeing(report: Report) -> list[str]:
    """Where the page, the CSV and the JSON of a report do not say the same."""
    pages, data = site(report)
    wrong = []
    for root in pages.values():
        for table, name in tables(root):
            in_csv, in_json, places = rows_of(name, data)
            for csv_row, row in zip(in_csv, in_json, strict=True):
                for at in places:
                    value = row[at]
                    same = csv_row[at] == "" if value is None else csv_row[at] == value
                    if not isinstance(value, str) and value is not None:
                        same = Decimal(csv_row[at].replace(",", ".")) == value
                    if not same:
                        wrong.append(f"{name}: CSV {csv_row[at]!r}, JSON {value!r}")
            wrong += [f"{name}: {each}" for each in _unlike_the_page(table, in_json, places)]
    return wrong


def _unlike_the_page(table: Tag, in_json: list[Row], places: list[int]) -> list[str]:
    thousands = "1.000" in "".join(tag.text() for tag in table.by_class("eenheid"))
    shown = [
        cell.text()
        for row in table.all("tr")
        for cell in row.all("td")
        if "getal" in cell.attributes.get("class", "").split()
    ]
    lines = [[row[at] for at in places] for row in in_json]
    body = [cell for line in lines for cell in line]
    if "telling" in table.attributes.get("class", "") or "tellingen" in table.attributes["class"]:
        shown = shown[: len(body)] if len(lines) == 1 else shown
        return [] if {str(value) for value in body} <= set(shown) else [f"{shown} and {body}"]
    found = []
    for text, value in zip(shown, body, strict=True):
        told = number(text)
        if value is None or isinstance(value, str) or told is None:
            same = (text or None) == value
        else:
            shift = Decimal(1).scaleb(-len(text.partition(",")[2].rstrip("% ")))
            unit = 1000 if thousands and "%" not in text else 1
            same = abs(abs(told) * unit - abs(Decimal(value))) <= unit * shift / 2
        if not same:
            found.append(f"{text!r} on the page, {value!r} in JSON")
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_every_table_of_every_kind_of_report_says_the_same_as_its_data(name: str) -> None:
    report = opened(REPORTS[name])
    assert disagreeing(report) == []


@cache
def small() -> Report:
    return opened(make_report(Path(mkdtemp()) / "verslag"))


AMOUNTS = st.none() | st.integers(-(10**9), 10**9) | st.decimals(-(10**7), 10**7, places=2)
COLUMNS = [f"{m}_{v}_2026" for m in ("lasten", "baten") for v in ("primitief", "wijziging")]
LINES = st.dictionaries(
    st.from_regex(r"66[0-9]{4}", fullmatch=True),
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, AMOUNTS)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=30, deadline=None)
@given(LINES)
def test_any_amounts_are_the_same_on_the_page_in_both_files_and_where_they_are_derived(
    lines: dict[str, dict[str, Amount | None]],
) -> None:
    report = small()
    element = report.elements["6.1.3"]
    element.data["begroting"] = {
        key: {"taakveld": "6.1"}
        | {name: value for name, value in line.items() if value is not None}
        for key, line in lines.items()
    }
    assert disagreeing(report) == []
    _pages, data = site(report)
    name = "gegevens/programma-6__6.1.3-begroting"
    if name not in data:
        assert all(value is None for line in lines.values() for value in line.values())
        return
    found = data[name]
    heads = [column["naam"] for column in found["kolommen"]]
    spec = report.template.kinds["activiteit"].fields["begroting"]
    derived = derive.totals(report, spec, element)
    for column in report.columns(spec):
        if column.column.type != "bedrag":
            continue
        measure, label = str(column.column.measure), column.column.label
        rows = found["rijen"]
        if (
            label not in heads and "Maat" in heads
        ):  # the measures stand below each other, the versions side by side
            label = {"primitief": "Primitief", "wijziging": "Na wijziging"}.get(
                str(column.column.version), ""
            )
            rows = [row for row in rows if row[heads.index("Maat")] == measure.capitalize()]
        if label not in heads:
            assert derived.get(column.key) is None
            continue
        at = heads.index(label)
        values = [row[at] for row in rows if row[0] != "Totaal" and row[at] is not None]
        assert sum(values, Decimal(0)) == (derived.get(column.key) or 0)
        assert {row[at] for row in rows if row[0] == "Totaal"} <= {derived.get(column.key)}


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_chart_says_in_words_are_the_figures_of_a_table_on_the_page(name: str) -> None:
    pages, data = site(opened(REPORTS[name]))
    seen = 0
    for root in pages.values():
        figures = {
            abs(value)
            for _table, file in tables(root)
            for row in rows_of(file, data)[1]
            for value in row
            if isinstance(value, (int, Decimal))
        }
        figures |= {abs(n) for cell in root.all("td") if (n := number(cell.text())) is not None}
        for drawn in root.by_class("grafiek"):
            said = _said(drawn)
            seen += len(said)
            assert {abs(figure) for figure in said} <= figures
    assert seen


def _said(drawn: Tag) -> list[Decimal]:
    """The figures in the words of a chart; those of counts are held against the table in it."""
    (words,) = drawn.all("desc")
    text = "".join(map(str, words.parts))
    counted = drawn.all("table")
    if counted:
        heads = [head.text().lower() for head in counted[0].all("thead")[0].all("th")][1:]
        for row in counted[0].all("tbody")[0].all("tr"):
            (label, *counts) = [cell.text() for cell in row.all("th", "td")]
            pairs = zip(counts, heads, strict=True)
            told = ", ".join(f"{count} {head}" for count, head in pairs if count != "0")
            assert not told or f"{label}: {told}." in text
        return [Decimal(count.text()) for count in counted[0].all("td")]
    ends = [part.rstrip(".").split()[-1] for part in re.split(r"; |\. (?=[A-Z])", text)]
    return [figure for end in ends if (figure := number(end)) is not None]
