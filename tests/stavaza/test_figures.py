"""Figures have one address each, also the derived ones, and say where they are used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.figure_uses import Uses, named_figure, referring_to, uses
from stavaza.figures import Figure, address_of, figures_of, find_figure, keys_of
from stavaza.tree import Report
from tests.stavaza.examples import NAMES, example
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened

CELL = "6.1.3/begroting/663884/lasten_wijziging_2026"


def with_text(root: Path, text: str) -> Report:
    make_report(root)
    changed = ACTIVITY.replace("De inkoop is begonnen.", text)
    activity_file(root).write_text(changed, encoding="utf-8", newline="\n")
    return opened(root)


def must_find(report: Report, address: str) -> Figure:
    figure = named_figure(report, address)
    assert figure is not None
    return figure


def uses_of(report: Report, address: str) -> Uses:
    return uses(report, must_find(report, address))


@given(st.lists(st.text(min_size=1), min_size=1).map(tuple))
def test_an_address_means_the_keys_it_was_made_of(keys: tuple[str, ...]) -> None:
    assert keys_of(address_of(keys)) == keys


@given(st.lists(st.text(" |[]\\/~ab", min_size=1), min_size=1).map(tuple))
def test_an_address_fits_between_the_brackets_of_a_text(keys: tuple[str, ...]) -> None:
    assert not set(address_of(keys)) & set(" |[]\\")


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_is_found_again_at_its_address(name: str) -> None:
    report = example(name)
    found = 0
    for element in report.elements.values():
        for figure in figures_of(report, element):
            found += 1
            assert find_figure(report, None, figure.address) == figure
            assert find_figure(report, element, figure.address_for(element)) == figure
    assert found or name == "jaarverslag_speerpunten"


@pytest.mark.parametrize(
    ("name", "address", "value"),
    [
        ("programmabegroting", "lasten_en_baten/aandeel/", "percentage"),
        ("voortgang_taakvelden", "effect_op_saldo/totaal/bedrag", "bedrag"),
        ("begroting_doelen", "exploitatie/totaal/saldo_", "bedrag"),
    ],
)
def test_what_a_page_derives_has_an_address(name: str, address: str, value: str) -> None:
    report = example(name)
    found = [f for e in report.elements.values() for f in figures_of(report, e)]
    forms = {f.form for f in found if f"/{address}" in f.address}
    assert forms == {value}


def test_totals_balances_and_counts_are_figures_too(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    for address, value in (
        ("6.1.3/begroting/663884/saldo_primitief_2026", -130000),
        ("6.1.3/begroting/totaal/lasten_wijziging_2026", 185000),
        ("6/begrotingstotaal/totaal/saldo_wijziging_2026", -185000),
        ("6/begrotingstotaal/totaal/lasten_wijziging_2026", 185000),
        ("6/statustelling/volgens_plan/vgr2", 1),
    ):
        figure = named_figure(report, address)
        assert (figure.value if figure else None) == value, address


def test_a_figure_lists_the_texts_and_tables_that_use_it(tmp_path: Path) -> None:
    report = with_text(
        tmp_path,
        "Een zin ervoor.\nDat kost [[begroting/663884/lasten_wijziging_2026]] euro, "
        "samen [[begroting/totaal/lasten_wijziging_2026|€]].",
    )
    found = uses_of(report, CELL)
    assert [(use.line, use.via is None, use.sentence) for use in found.texts] == [
        (19, True, "Dat kost 185.000 euro, samen €\u00a0185.000.".replace("\u00a0", " ")),
        (19, False, "Dat kost 185.000 euro, samen €\u00a0185.000.".replace("\u00a0", " ")),
    ]
    assert [other.address for other in found.derived] == [
        "6.1.3/begroting/663884/saldo_wijziging_2026",
        "6.1.3/begroting/totaal/lasten_wijziging_2026",
        "6.1.3/begroting/totaal/saldo_wijziging_2026",
        "6.1/begrotingstotaal/totaal/lasten_wijziging_2026",
        "6.1/begrotingstotaal/totaal/saldo_wijziging_2026",
        "6/begrotingstotaal/totaal/lasten_wijziging_2026",
        "6/begrotingstotaal/totaal/saldo_wijziging_2026",
    ]


def test_a_text_of_another_element_counts_as_a_use(tmp_path: Path) -> None:
    report = with_text(tmp_path, "Niets.")
    goal = report.elements["doel-bcdfgh"]
    goal.set(("moment", "vgr2", "stand_van_zaken"), f"Het kost [[{CELL}]].\n")
    assert [use.element.id for use in uses_of(report, CELL).texts] == ["doel-bcdfgh"]
    activity = report.elements["6.1.3"]
    assert [use.element.id for use in referring_to(report, activity)] == ["doel-bcdfgh"]
    row = ("begroting", "663884")
    assert [use.element.id for use in referring_to(report, activity, row)] == ["doel-bcdfgh"]
    assert referring_to(report, activity, ("begroting", "663885")) == []


@pytest.mark.parametrize("name", ["programmabegroting", "voortgang_taakvelden", "begroting_doelen"])
def test_what_depends_on_a_figure_is_what_changes_with_it(name: str) -> None:
    report = example(name)
    stored = [f for e in report.elements.values() for f in figures_of(report, e) if not f.derived]
    for figure in stored[:6]:
        if figure.form != "bedrag" or "/" not in figure.address:
            continue
        before = {f.address: f.value for f in derived_of(report)}
        listed = {other.address for other in uses(report, figure).derived}
        old = figure.element.get(figure.path)
        if isinstance(old, dict):
            continue
        figure.element.set(figure.path, figure.value + 900000)
        after = {f.address: f.value for f in derived_of(report)}
        figure.element.set(figure.path, old)
        changed = {key for key in before if key in after and before[key] != after[key]}
        assert changed <= listed, figure.address


def derived_of(report: Report) -> list[Figure]:
    every = [f for e in report.elements.values() for f in figures_of(report, e)]
    return [figure for figure in every if figure.derived]
