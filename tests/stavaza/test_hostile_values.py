"""Whatever stands in a file of any kind of report: it is checked, shown and published, no crash."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stavaza.check import check_report
from stavaza.publish import render_report
from stavaza.source import Data
from stavaza.tree import Report
from tests.stavaza.examples import NAMES, example
from tests.stavaza.publish.reading import BUILT, EXPORTED, read

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 10**14, 10**30, -(10**30), 10**4000]),
    st.sampled_from([Decimal("1e1000000"), Decimal("NaN"), Decimal("-Infinity"), Decimal("0.001")]),
    st.text(max_size=20),
    st.sampled_from(["{naam}", "[[a/b/c]]", "<b>", "]]>", "€ [x]", "../../x"]),
    st.dates(),
    st.just(date(1, 1, 1)),
    st.lists(st.one_of(st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(
        st.sampled_from(["bedrag", "opmerking", "x", "vgr"]),
        st.one_of(st.integers(), st.text(max_size=5), st.just({"y": [1]})),
        max_size=3,
    ),
)


def leaves(data: Data, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The addresses of all values and tables."""
    found = []
    for key, value in data.items():
        found.append((*path, key))
        if isinstance(value, dict):
            found += leaves(value, (*path, key))
    return found


def put(data: Data, path: tuple[str, ...], value: object) -> None:
    node = data
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_any_kind_stops_nothing(name: str, data: st.DataObject) -> None:
    report = example(name)
    for _change in range(data.draw(st.integers(1, 4))):
        element = data.draw(st.sampled_from(list(report.elements.values())))
        changed = copy.deepcopy(element.data)
        addresses = [path for path in leaves(changed) if path != ("soort",)]
        if not addresses:
            continue
        put(changed, data.draw(st.sampled_from(addresses)), data.draw(JUNK))
        element.data = changed
    survives(report)


@pytest.mark.parametrize("name", NAMES)
@given(value=JUNK)
def test_whatever_is_called_incomplete_stops_nothing(name: str, value: object) -> None:
    report = example(name)
    report.meta.data["onvolledig"] = value
    survives(report)


def survives(report: Report) -> None:
    """Every finding has its words, and every page is whole."""
    for finding in check_report(report):
        assert finding.message
    for element in report.elements.values():
        assert isinstance(report.heading(element), str)
    pages, findings = render_report(report, now=BUILT, export_time=EXPORTED)
    for finding in findings:
        assert finding.message
    for content in pages.values():
        read(content)
