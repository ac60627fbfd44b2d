"""References in texts: they read as the figure does, follow it, and break where all can see it."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.amounts import LARGEST, format_dutch, parse_dutch
from stavaza.check import check_report
from stavaza.figures import Figure, figures_of
from stavaza.notation import Notation
from stavaza.prose import to_html, to_plain
from stavaza.publish import publish, render_report
from stavaza.publish.tables import element_table
from stavaza.references import FORMS, figure_text, figure_words, filled, references
from stavaza.tree import Element, Report
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened

WHOLE = st.integers(-LARGEST + 1, LARGEST - 1)
CENTS = WHOLE.map(lambda cents: Decimal(cents) / 100).filter(lambda v: v.as_integer_ratio()[1] > 1)
DATA = Path(__file__).parents[2] / "data"
CELL = "begroting/663884/lasten_wijziging_2026"


def figure(value: int | Decimal, notation: Notation | None = None, **more: str) -> Figure:
    return Figure(Element("x", {}), ("x",), "X", value, notation=notation or Notation(), **more)  # type: ignore[arg-type]


def report_with(root: Path, text: str) -> Report:
    make_report(root)
    changed = ACTIVITY.replace("De inkoop is begonnen.", text)
    activity_file(root).write_text(changed, encoding="utf-8", newline="\n")
    return opened(root)


@given(WHOLE | CENTS)
def test_a_reference_reads_as_the_figure_and_is_read_back(value: int | Decimal) -> None:
    shown = figure_words(figure(value))
    assert shown == format_dutch(value)
    assert parse_dutch(shown) == value


@given(WHOLE)
def test_a_table_in_thousands_gives_a_sentence_whole_euros(value: int) -> None:
    assert parse_dutch(figure_words(figure(value, Notation(unit=1000)))) == value


@given(
    st.integers(-(10**14), 10**14) | CENTS,
    st.sampled_from([("duizend",), ("miljoen",), ("€", "miljoen"), ("€",)]),
)
def test_a_form_reads_as_the_amount_to_its_precision(
    value: int | Decimal, forms: tuple[str, ...]
) -> None:
    shown = figure_words(figure(value), forms)
    unit = {"duizend": 1000, "miljoen": 100_000}.get(forms[-1], 0)
    assert " " not in shown
    read = parse_dutch(shown.replace("\u00a0", " ").replace(".", ""))
    assert abs(Decimal(read) - Decimal(value)) * 2 <= unit


@pytest.mark.parametrize(
    ("value", "forms", "shown"),
    [
        (1_312_400, ("miljoen",), "1,3 miljoen"),
        (2_000_000, ("€", "miljoen"), "€ 2 miljoen"),
        (184_900, ("duizend",), "185 duizend"),
        (184_900, ("x1000",), "185"),
        (-5_577, ("€",), "€ -5.577"),
        (-5_577, ("€", "zonder_min"), "€ 5.577"),
    ],
)
def test_each_form_reads_as_people_write_it(value: int, forms: tuple[str, ...], shown: str) -> None:
    assert figure_words(figure(value), forms).replace("\u00a0", " ") == shown


def test_the_sign_is_that_of_the_field(tmp_path: Path) -> None:
    letters = Notation(sign="letter_achter")
    assert figure_words(figure(-31_393, letters)) == "31.393\u00a0N"
    flipped = Notation(flipped=("lasten",))
    assert figure_words(figure(31_393, flipped, measure="lasten")) == "-31.393"
    assert set(FORMS) == {"€", "duizend", "miljoen", "x1000", "zonder_min"}


def test_a_reference_follows_its_figure(tmp_path: Path) -> None:
    report = report_with(tmp_path, f"Het kost [[{CELL}]] euro.")
    element = report.elements["6.1.3"]
    text = str(element.get(("moment", "vgr2", "stand_van_zaken")))
    assert filled(report, element, text) == "Het kost 185.000 euro.\n"
    element.set(("begroting", "663884", "lasten_wijziging_2026"), 190000)
    assert filled(report, element, text) == "Het kost 190.000 euro.\n"


def test_a_broken_reference_is_marked_on_the_page_and_publishing_tells_of_it(
    tmp_path: Path,
) -> None:
    report = report_with(
        tmp_path / "in", "Eerste zin.\nHet kost [[begroting/999/lasten_wijziging_2026]]."
    )
    result = publish(report, tmp_path / "uit")
    [found] = [finding for finding in result.findings if finding.code == "C003"]
    assert found.file is not None
    assert (found.file.name, found.line) == ("6.1.3.toml", 19)
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "uit").glob("*.html"))
    marked = '<mark class="ontbreekt">[[begroting/999/lasten_wijziging_2026: ?]]</mark>'
    assert marked in pages


@pytest.mark.parametrize("reference", [f"{CELL}|knots", f"{CELL}|duizend|miljoen", "6.1.3", "x/"])
def test_a_form_that_is_unknown_breaks_the_reference(tmp_path: Path, reference: str) -> None:
    report = report_with(tmp_path, "Niets.")
    assert figure_text(report, report.elements["6.1.3"], reference) is None


def test_a_reference_with_spaces_is_told_of(tmp_path: Path) -> None:
    report = report_with(tmp_path, "Het kost [[begroting / 663884]].")
    assert {finding.code for finding in check_report(report)} == {"F004"}


def test_an_escaped_reference_is_text(tmp_path: Path) -> None:
    report = report_with(tmp_path, r"Schrijf \\[[a/b]] zo.")
    text = str(report.elements["6.1.3"].get(("moment", "vgr2", "stand_van_zaken")))
    assert references(text) == []
    assert check_report(report) == []
    assert filled(report, report.elements["6.1.3"], text) == text


def test_a_figure_of_a_retired_element_is_told_of(tmp_path: Path) -> None:
    report = report_with(tmp_path, "Niets.")
    goal = report.elements["doel-bcdfgh"]
    goal.set(("moment", "vgr2", "stand_van_zaken"), f"Het kost [[6.1.3/{CELL}]].\n")
    assert check_report(report) == []
    report.elements["6.1.3"].set(("vervallen",), True)
    assert "F001" in {finding.code for finding in check_report(report)}


def test_what_a_figure_says_cannot_become_markup() -> None:
    html = to_html("Zie [[a/b]].\n", lambda _reference: "<b>&")
    assert "&lt;b&gt;&amp;" in html
    assert to_plain("Zie [[a/b]].\n", lambda _reference: None) == "Zie [[a/b: ?]]."


PIECES = st.sampled_from(
    [
        "[[",
        "]]",
        "|",
        "/",
        "~",
        "~1",
        "begroting",
        "663884",
        "totaal",
        "lasten_wijziging_2026",
        "6.1.3",
        "moment",
        "vgr2",
        "€",
    ]
) | st.sampled_from(("miljoen", "\\", " ", "\n\n", "- ", "**", "1.250", "zonder_min"))


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join))
def test_no_text_stops_checking_or_publishing(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        report = opened(make_report(Path(folder)))
        element = report.elements["6.1.3"]
        element.set(("moment", "vgr2", "stand_van_zaken"), text or None)
        found = [f for f in check_report(report) if f.code == "C003"]
        broken = [r for r in references(text) if figure_text(report, element, r) is None]
        assert [f.params["reference"] for f in found] == broken
        pages, _findings = render_report(report)
        shown = b"".join(pages.values()).decode("utf-8")
        assert shown.count('<mark class="ontbreekt">') >= len(broken)


def test_a_name_that_refers_to_a_figure_is_told_of(tmp_path: Path) -> None:
    report = report_with(tmp_path, "Niets.")
    goal = report.elements["doel-bcdfgh"]
    goal.set(("doelstelling",), f"Voor [[6.1.3/{CELL}]] doen we het.\n")
    assert {finding.code for finding in check_report(report)} == {"F005"}


def test_a_name_of_one_line_that_refers_to_a_figure_is_told_of_too(tmp_path: Path) -> None:
    report = report_with(tmp_path, "Niets.")
    report.elements["6.1.3"].set(("naam",), f"Voor [[{CELL}]] doen we het")
    assert "F005" in {finding.code for finding in check_report(report)}


def test_a_text_and_the_table_beside_it_show_the_same_figure() -> None:
    report = opened(DATA)
    seen = 0
    for element in report.elements.values():
        spec = report.field(element, "begroting")
        if spec is None or not element.rows("begroting"):
            continue
        view, _findings = element_table(report, element, spec)
        assert view is not None
        shown = {cell.text for g in view.groups for line in g.lines for cell in line.cells}
        for figure in figures_of(report, element):
            if figure.path[0] == "begroting" and figure.path[1] in element.rows("begroting"):
                text = figure_text(report, element, figure.address_for(element))
                assert text in shown, figure.address
                seen += 1
    assert seen > 100
