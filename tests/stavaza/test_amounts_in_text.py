"""Amounts in texts: only money is seen, and what is a figure or almost one is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza import store
from stavaza.amounts import format_dutch
from stavaza.amounts_in_text import is_close, mentions
from stavaza.check import check_report
from stavaza.finding import Finding
from stavaza.intended import KEY, with_mark
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened


def findings_of(root: Path, text: str) -> list[Finding]:
    make_report(root)
    changed = ACTIVITY.replace("De inkoop is begonnen.", text)
    activity_file(root).write_text(changed, encoding="utf-8", newline="\n")
    return [finding for finding in check_report(opened(root)) if finding.code.startswith("F")]


def money_in(text: str) -> list[tuple[str, object]]:
    return [(found.text, found.value) for found in mentions(text) if found.money]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Het kost € 185.000.", 185000),
        ("Het kost €4.486.000, meer niet", 4486000),
        ("Het kost € 60.000,-- per jaar", 60000),
        ("Het kost € 1,3 miljoen.", 1300000),
        ("Het kost 1000000 euro.", 1000000),
        ("Het kost 30 mln. euro.", 30000000),
        ("Het kost €\u00a031.393 extra", 31393),
        ("Het kost (EUR 3.000).", 3000),
        ("Het kost € 1,3 à 1,5 miljoen.", 1300000),
        ("Een nadeel van € -5.577", None),
    ],
)
def test_money_in_a_sentence_is_read(text: str, value: int | None) -> None:
    assert [found for _text, found in money_in(text)] == ([] if value is None else [value])


@pytest.mark.parametrize(
    "text",
    [
        "In 2026 en 2027 gaan we door.",
        "Activiteit 6.1.3 en taakveld 0.10 uit artikel 12.",
        "Op 1-1-2026 en 31.12.2026 om 14.30 uur.",
        "Dat is 45% of 50,60 % van 100 procent, 7‰.",
        "1. Eerst dit.\n2. Dan dat.\n10. Tot slot.",
        "Er wonen 45 miljoen mensen.",
        "Bedragen x € 1.000 (× € 1.000).",
        "Zie [[begroting/663884/lasten_wijziging_2026|€]] en [hier](https://a.nl/€185.000).",
        "Nummer 1.2.3.4 en 06-12345678 en NL00BANK0123456789.",
    ],
)
def test_years_codes_dates_percentages_and_lists_are_no_money(text: str) -> None:
    assert money_in(text) == []


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    for found in mentions(text):
        assert text[found.start : found.end] == found.text
        assert found.value > 0


@given(st.integers(1, 10**12))
def test_an_amount_written_in_a_sentence_is_the_amount(value: int) -> None:
    [found] = mentions(f"Dat kost € {format_dutch(value)} in totaal.")
    assert found.value == value
    assert found.rounds(value)
    assert not is_close(found, value)


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("€ 185.050", 185500, 1),
        ("€ 158.000", 185000, 1),
        ("€ 1.234.567", 1234576, 1),
        ("€ 1.234.567", 1234967, 1),
        ("€ 125.000", 1250000, 1),
        ("€ 1.250", 1250000, 1),
        ("€ 1,3 duizend", 1312400, 1),
        ("€ 185", 185000, 1000),
        ("€ 1,4 miljoen", 1312400, 1),
        ("€ 1.312.000", 1311400, 1),
        ("€ 185.000,50", 185000, 1),
    ],
)
def test_an_amount_that_is_almost_a_figure_is_close(text: str, figure: int, unit: int) -> None:
    [found] = mentions(f"Dat kost {text}, zegt men.")
    assert is_close(found, figure, unit)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("€ 1,3 miljoen", 1312400),
        ("€ 150.000", 185000),
        ("€ 200.000", 185000),
        ("€ 100.000", 1000000),
        ("€ 15", 15000),
        ("€ 64.000", 61200),
        ("€ 500", 50000),
        ("€ 2 miljoen", 1312400),
        ("185.050", 185500),
    ],
)
def test_another_amount_is_no_mistake(text: str, figure: int) -> None:
    [found] = mentions(f"Dat kost {text}, zegt men.")
    assert not is_close(found, figure)


@pytest.mark.parametrize(
    ("said", "reference"),
    [
        ("€ 150.000", "begroting/663884/lasten_primitief_2026"),
        ("185.000", "begroting/663884/lasten_wijziging_2026"),
        ("€ 185 duizend", "begroting/663884/lasten_wijziging_2026|duizend"),
        ("€ 130.000", "begroting/663884/saldo_primitief_2026|zonder_min"),
        ("€ 7.077,50", "begroting/663885/lasten_primitief_2026"),
    ],
)
def test_an_amount_that_is_a_figure_is_offered_as_a_reference(
    tmp_path: Path, said: str, reference: str
) -> None:
    [found] = findings_of(tmp_path, f"Een zin.\nDat kost {said} dit jaar.")
    assert (found.code, found.severity, found.line) == ("F002", "info", 19)
    assert found.params["reference"] == reference


def test_an_amount_that_is_almost_a_figure_is_warned_of_on_its_line(tmp_path: Path) -> None:
    [found] = findings_of(tmp_path, "Een zin.\nDat kost € 185.050 dit jaar.")
    assert (found.code, found.severity, found.line) == ("F003", "warning", 19)
    assert (found.params["text"], found.params["value"]) == ("€ 185.050", "185.000")


def test_an_amount_that_is_meant_so_is_left_until_text_or_figure_changes(tmp_path: Path) -> None:
    [found] = findings_of(tmp_path, "Een zin.\nDat kost €\u00a0185.050 dit jaar.")
    report = opened(tmp_path)
    element = report.elements[found.element or ""]
    element.set((KEY,), with_mark(element, found.path, str(found.params["text"]), 185000))
    assert check_report(report) == []
    store.save(report, element)
    assert '"€ 185.050" = 185000' in activity_file(tmp_path).read_text(encoding="utf-8")
    report = opened(tmp_path)
    assert check_report(report) == []
    element = report.elements[element.id]
    element.set(("begroting", "663884", "lasten_wijziging_2026"), 185100)
    assert [finding.code for finding in check_report(report)] == ["F003"]
    element.set(found.path, "Dat kost veel.\n")
    store.save(report, element)
    assert KEY not in activity_file(tmp_path).read_text(encoding="utf-8")


def test_marks_that_hold_something_else_are_told_and_kept(tmp_path: Path) -> None:
    findings_of(tmp_path, "Een zin.")
    report = opened(tmp_path)
    (element,) = [e for e in report.elements.values() if e.id == "6.1.3"]
    element.set((KEY,), {"omschrijving": {"€ 5": "veel"}})
    assert "R004" in [finding.code for finding in check_report(report)]
    store.save(report, element)
    assert element.data[KEY] == {"omschrijving": {"€ 5": "veel"}}


def test_what_was_true_at_an_earlier_moment_is_not_held_against_it(tmp_path: Path) -> None:
    make_report(tmp_path)
    changed = ACTIVITY.replace(
        '[moment.vgr1]\nstatus = "volgens_plan"',
        '[moment.vgr1]\nstatus = "volgens_plan"\nstand_van_zaken = "Dat kost € 158.000.\\n"',
    )
    activity_file(tmp_path).write_text(changed, encoding="utf-8", newline="\n")
    assert check_report(opened(tmp_path)) == []


NO_MONEY = st.one_of(
    st.integers(1900, 2200).map(str),
    st.tuples(st.integers(0, 9), st.integers(0, 99)).map(lambda t: f"taakveld {t[0]}.{t[1]}"),
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 99)).map(
        lambda t: f"activiteit {t[0]}.{t[1]}.{t[2]}"
    ),
    st.dates().map(lambda d: f"op {d.day}-{d.month}-{d.year}"),
    st.dates().map(lambda d: f"op {d.day:02}.{d.month:02}.{d.year:04}"),
    st.integers(0, 100000).map(lambda n: f"{n}%"),
    st.integers(0, 10000).map(lambda n: f"{n / 100:.2f} procent".replace(".", ",")),
    st.integers(0, 999).map(lambda n: f"{n} inwoners"),
    st.integers(0, 99).map(lambda n: f"\n{n}. punt"),
    st.integers(0, 10**9).map(lambda n: f"post {n}"),
)


@given(st.lists(NO_MONEY, min_size=1, max_size=8).map(", ".join))
def test_what_is_no_money_is_never_held_against_a_figure(text: str) -> None:
    assert money_in(f"In {text} gebeurt het.") == []


@given(st.integers(1000, 10**9), st.sampled_from([1, 1000]))
def test_a_figure_itself_and_its_rounding_to_thousands_are_never_a_mistake(
    figure: int, unit: int
) -> None:
    rounded = (figure + 500) // 1000 * 1000
    for said in {figure, rounded}:
        [found] = mentions(f"Dat kost € {format_dutch(said)} nu.")
        if found.digits > 1:
            assert not is_close(found, figure, unit)
