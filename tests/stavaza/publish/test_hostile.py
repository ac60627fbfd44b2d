"""Whatever stands in the data: the page stays a page, and shows it as text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stavaza.publish import render_report
from stavaza.tree import Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, faults, page, read

ATTACK = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;</style></title><!--"
FEW = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])

texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\x7f", exclude_categories=("Cc", "Cs")),
    max_size=40,
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=True, allow_infinity=True)
    | st.dates()
    | st.datetimes()
    | st.text(max_size=20)
    | st.just(Decimal("1E+400")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path))


def test_hostile_text_is_shown_and_never_run(report: Report) -> None:
    activity = report.elements["6.1.3"]
    for path in (
        ("naam",),
        ("omschrijving",),
        ("jaar_realisatie",),
        ("moment", "vgr1", "status"),
        ("moment", "vgr2", "stand_van_zaken"),
        ("begroting", "663884", "omschrijving"),
        ("begroting", "663884", "lasten_primitief_2026"),
    ):
        activity.set(path, ATTACK)
    report.elements["6"].set(("naam",), ATTACK)
    report.elements["doel-bcdfgh"].set(("doelstelling",), f"[klik](javascript:alert) {ATTACK}\n")
    report.meta.organisation = ATTACK
    root = page(report)
    assert faults(root) == []
    assert root.one("h1").text() == f"6. {ATTACK}"
    assert not [a for a in root.all("a") if "javascript" in a.attributes["href"]]


@FEW
@given(name=texts, text=texts)
def test_any_text_comes_out_as_it_went_in(report: Report, name: str, text: str) -> None:
    report.elements["6.1"].set(("naam",), name)
    report.meta.organisation = text
    root = page(report)
    assert faults(root) == []
    heading = " ".join(f"6.1 {' '.join(name.split()) or '6.1'}".split())
    assert heading in [tag.text() for tag in root.all("h2")]
    if text.strip():
        assert root.by_class("kruimel")[0].all("a")[0].text() == " ".join(text.split())


@FEW
@given(value=anything, place=st.integers(0, 11))
def test_a_value_of_any_type_anywhere_never_stops_the_page(
    report: Report, value: object, place: int
) -> None:
    paths = [
        ("6", ("naam",)),
        ("6", ("omschrijving",)),
        ("6.1", ("naam",)),
        ("6.1.3", ("naam",)),
        ("6.1.3", ("jaar_realisatie",)),
        ("6.1.3", ("omschrijving",)),
        ("6.1.3", ("moment",)),
        ("6.1.3", ("moment", "vgr2")),
        ("6.1.3", ("moment", "vgr2", "status")),
        ("6.1.3", ("begroting",)),
        ("6.1.3", ("begroting", "663884")),
        ("6.1.3", ("begroting", "663884", "lasten_primitief_2026")),
    ]
    element_id, path = paths[place]
    element = report.elements[element_id]
    kept = element.snapshot()
    try:
        element.set(path, value)
        made, _findings = render_report(report, now=BUILT, export_time=EXPORTED)
    finally:
        element.data = kept
    assert faults(read(made["programma-6.html"])) == []


def test_a_value_of_a_wrong_type_is_shown_not_hidden(report: Report) -> None:
    activity = report.elements["6.1.3"]
    activity.set(("omschrijving",), 4321)
    activity.set(("jaar_realisatie",), "volgend jaar")
    activity.set(("moment", "vgr2", "status"), "bijna_klaar")
    text = page(report).text()
    for shown in ("4321", "volgend jaar", "bijna_klaar"):
        assert shown in text


def test_names_of_files_and_anchors_are_safe_whatever_an_element_is_called(report: Report) -> None:
    programme = report.elements.pop("6")
    programme.id = '../weg "6"'
    report.elements[programme.id] = programme
    report.elements["6.1"].set(("ouder",), programme.id)
    made, _findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert list(made) == ["index.html", "programma-..-weg-6.html"]
    assert faults(read(made["programma-..-weg-6.html"])) == []


def test_elements_whose_names_differ_in_capitals_only_get_pages_of_their_own(
    report: Report,
) -> None:
    for key in ("a", "A"):
        programme = type(report.elements["6"])(key, {"soort": "programma", "naam": key})
        report.elements[key] = programme
    made, _findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert len({name.casefold() for name in made}) == len(made) == 4
