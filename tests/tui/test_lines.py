"""Lines made for the screen: they fit their width and lose nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from stavaza.prose import canonical, to_plain
from tests.tui.running import session_on
from tui.actions import SCREENS, actions
from tui.outline import Outline
from tui.widgets.budget_lines import ShortTable, short_table, table_lines
from tui.widgets.keyline import laid_out
from tui.widgets.prose_view import prose_lines
from tui.widgets.reading import page_of

WORDS = st.lists(
    st.sampled_from(["sociale", "kaart", "één", "**nu**", "*wel*", "10%", "wijk-Waterkant", "é"]),
    min_size=1,
    max_size=30,
).map(" ".join)
TEXTS = st.lists(
    st.one_of(WORDS, WORDS.map("- {}".format), WORDS.map("### {}".format)), max_size=6
).map("\n\n".join)


@given(text=TEXTS, width=st.integers(20, 100))
def test_a_text_keeps_every_word_and_fits_its_width(text: str, width: int) -> None:
    lines = prose_lines(canonical(text), width)
    shown = " ".join(line.plain for line in lines).replace("• ", "")
    assert shown.split() == to_plain(canonical(text)).replace("- ", "").split()
    assert all(line.cell_length <= width for line in lines)


def test_items_of_a_list_hang_below_their_first_word() -> None:
    lines = prose_lines("- een lange regel die niet past\n1. vast\n", 20)
    assert [line.plain for line in lines] == [
        "• een lange regel",
        "  die niet past",
        "",
        "1. vast",
    ]


def test_weight_stress_and_figures_are_kept() -> None:
    (line,) = prose_lines(
        "Een **zwaar** woord en [[begroting/1/x]].\n", 60, lambda _ref: Content("1.500")
    )
    assert line.plain == "Een zwaar woord en 1.500."
    assert any(str(span.style) == "bold" for span in line.spans)


AMOUNTS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 100),
)


@given(
    rows=st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=4),
    width=st.integers(30, 110),
)
def test_amounts_stand_right_and_fit_or_go_below_each_other(
    rows: list[tuple[object, ...]], width: int
) -> None:
    table = ShortTable(
        ("primitief", "na wijziging", "prognose"),
        tuple((f"Rij {n}", row) for n, row in enumerate(rows)),  # type: ignore[misc] # hypothesis knows no narrower type
        tuple(False for _row in rows),
    )
    lines = [line.plain for line in table_lines(table, width)]
    assert all(len(line) <= max(width, 40) for line in lines)
    assert len(lines) in (len(rows) + 1, 3 * len(rows))
    amounts = lines[1:] if len(lines) == len(rows) + 1 else lines
    assert len({len(line) for line in amounts}) == 1


def test_totals_stand_by_measure_and_version(report_folder: Path) -> None:
    session = session_on(report_folder)
    element = session.report.elements["6.1.3"]
    spec = session.report.field(element, "begroting")
    assert spec is not None
    table = short_table(session.report, spec, element)
    assert table.heads == ("primitief", "na wijziging", "prognose")
    assert table.rows == (
        ("Lasten", (150000, 185000, 185000)),
        ("Baten", (20000, 20000, 17500)),
        ("Saldo", (-130000, -165000, -167500)),
    )
    assert table.derived == (False, False, True)


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("width", [56, 80, 100, 200])
def test_the_keys_at_the_bottom_fit_and_keep_the_last(screen: str, width: int) -> None:
    listed = [action for action in actions(screen) if action.footer]
    lines = laid_out(listed, width)
    shown = [action for line in lines for action in line]
    assert len(lines) <= 2
    assert not listed or shown[-1] == listed[-1]
    assert shown[:-1] == listed[: len(shown) - 1]


@given(width=st.integers(20, 120))
def test_every_place_of_a_page_is_one_of_its_lines(width: int) -> None:
    import tempfile

    from tests.tui.conftest import write_fixture

    with tempfile.TemporaryDirectory() as name:
        session = session_on(write_fixture(Path(name)))
        for element in session.report.elements.values():
            page = page_of(session, element, width)
            assert all(0 <= line < len(page.lines) for line in page.places.values())
            assert page.lines[0].plain.strip()


class TestOutline:
    """The tree as lines."""

    def test_lines_stand_in_reading_order_with_counts(self, report_folder: Path) -> None:
        outline = Outline(session_on(report_folder))
        rows = [outline.row(line) for line in range(len(outline.visible))]
        assert [(row.element_id, row.depth) for row in rows[:4]] == [
            ("6", 0),
            ("6.1", 1),
            ("6.1.1", 2),
            ("6.1.3", 2),
        ]
        assert [(row.done, row.total) for row in rows[:3]] == [(2, 5), (1, 3), (0, 0)]
        assert (rows[2].symbol, rows[2].color) == ("✓", "groen")

    def test_counts_follow_a_change(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        outline = Outline(session)
        session.set_value("6.1.3", ("moment", "vgr2", "status"), "volgens_plan")
        outline.changed("6.1.3")
        assert outline.counts("6.1") == (2, 3)
        assert outline.all_counts() == (3, 5) == session.progress()

    def test_revealing_unfolds_all_above(self, report_folder: Path) -> None:
        outline = Outline(session_on(report_folder))
        outline.toggle("6.1")
        outline.toggle("6")
        assert outline.line_of("6.1.3") is None
        assert outline.reveal("6.1.3") is not None

    def test_hidden_retired_elements_come_back_when_asked_for(self, report_folder: Path) -> None:
        outline = Outline(session_on(report_folder))
        outline.show_retired = False
        outline.unfold()
        assert outline.line_of("6.2.1") is None
        assert outline.reveal("6.2.1") is not None

    def test_an_element_in_a_circle_is_still_in_sight(self, report_folder: Path) -> None:
        session = session_on(report_folder)
        session.report.elements["6.1"].set(("ouder",), "6.1")
        outline = Outline(session)
        assert {key for _d, key in outline.visible} == set(session.report.elements)
