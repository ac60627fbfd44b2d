"""Finding header and columns on a sheet, in spite of what stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.cells import Measure
from excel_bridge.grid import Area, Grid, SheetView
from excel_bridge.link_types import ColumnLink, Link, Place, Region, Skip
from excel_bridge.locate import Located, body_rows, locate
from excel_bridge.plan import column_letters, column_number

A, B = "lasten_primitief_2026", "lasten_wijziging_2026"
BOOK = Path("begroting.xlsx")


def link(first: Place, second: Place, until: tuple[str, ...] = ()) -> Link:
    columns = (ColumnLink(A, first, Measure()), ColumnLink(B, second, Measure()))
    return Link(
        "begroting", Path("begroting.toml"), "rapport:begroting.xlsx", BOOK, "Invoer", "begroting",
        Region(until=until), Place(("Kostenplaats",)), None, columns, Skip(),
    )  # fmt: skip


FULL = link(Place(("Begroting 2026", "primitief")), Place(("Begroting 2026", "na wijziging")))
SHORT = link(Place(("primitief",)), Place(("na wijziging",)))


def view(*rows: list[object], area: Area | None = None, header: bool = False) -> SheetView:
    return SheetView("Invoer", Grid(1, 1, list(rows), []), area, header)


def find(wanted: Link, shown: SheetView) -> tuple[Located | None, list[str]]:
    located, findings = locate(wanted, shown, BOOK)
    return located, [finding.code for finding in findings]


TWO_ROWS: list[list[object]] = [
    ["Invoer 2026", None, None, None],
    [None, None, "Begroting 2026", None],
    ["Kostenplaats", "Omschrijving", "primitief", "na wijziging"],
    [663884.0, "x", 1.0, 2.0],
]
MERGED_DOWN: list[list[object]] = [
    ["Kostenplaats", None, "Begroting 2026", None],
    [None, "Omschrijving", "Primitief ", "na\n wijziging"],
    [663884.0, "x", 1.0, 2.0],
]


@pytest.mark.parametrize(("rows", "header"), [(TWO_ROWS, 3), (MERGED_DOWN, 2)])
@pytest.mark.parametrize("wanted", [FULL, SHORT])
def test_a_header_of_two_rows_is_found_by_both_or_by_the_last(
    rows: list[list[object]], header: int, wanted: Link
) -> None:
    located, codes = find(wanted, view(*rows))
    assert codes == []
    assert located == Located({A: 3, B: 4}, 1, None, header, header + 1, header + 1)


def test_the_same_words_below_two_years_need_the_year() -> None:
    rows: list[list[object]] = [
        [None, "Begroting 2026", None, "Begroting 2027", None],
        ["Kostenplaats", "primitief", "na wijziging", "primitief", "na wijziging"],
    ]
    located, codes = find(FULL, view(*rows))
    assert located is not None
    assert (located.columns, codes) == ({A: 2, B: 3}, [])
    located, codes = find(SHORT, view(*rows))
    assert located is not None
    assert (located.columns, codes) == ({}, ["X017", "X017"])


def test_a_column_that_is_gone_is_told_and_the_other_goes_on() -> None:
    located, codes = find(SHORT, view(["Kostenplaats", "primitief"], ["1", 5.0]))
    assert located is not None
    assert (located.columns, codes) == ({A: 2}, ["X016"])


def test_without_the_key_s_header_nothing_is_found() -> None:
    assert find(SHORT, view(["Rekening", "primitief", "na wijziging"])) == (None, ["X014"])


def test_two_blocks_with_other_columns_are_not_chosen_between() -> None:
    shown = view(
        ["Kostenplaats", "primitief", "na wijziging"],
        ["1", 5.0, 6.0],
        [None, None, None],
        ["primitief", "na wijziging", "Kostenplaats"],
    )
    assert find(SHORT, shown) == (None, ["X015"])


def test_a_header_repeated_for_printing_is_no_line() -> None:
    header: list[object] = ["Kostenplaats", "primitief", "na wijziging"]
    shown = view(header, ["1", 5.0, 6.0], header, ["2", 5.0, 6.0])
    located, codes = find(SHORT, shown)
    assert located is not None
    assert (list(body_rows(SHORT, shown, located)), codes) == ([2, 4], [])


def test_a_region_ends_where_the_link_says() -> None:
    ending = link(Place(("primitief",)), Place(("na wijziging",)), ("Totaal programma*",))
    shown = view(
        ["Kostenplaats", "primitief", "na wijziging"],
        ["1", 5.0, 6.0],
        [None, "totaal  Programma 6", None],
        ["1", 7.0, 8.0],
    )
    located, _codes = find(ending, shown)
    assert located is not None
    assert list(body_rows(ending, shown, located)) == [2]


def test_a_table_s_first_row_is_its_header_even_when_the_words_stand_elsewhere() -> None:
    shown = view(
        ["Kostenplaats", "primitief", "na wijziging"],
        [None, None, None],
        ["na wijziging", "Kostenplaats", "primitief"],
        [6.0, "1", 5.0],
        area=Area(3, 1, 4, 3),
        header=True,
    )
    located, codes = find(SHORT, shown)
    assert (located, codes) == (Located({A: 3, B: 1}, 2, None, 3, 4, 4), [])


@given(
    st.permutations(["Kostenplaats", "primitief", "na wijziging", "Toelichting", "Act."]),
    st.integers(0, 6),
    st.integers(0, 3),
)
def test_wherever_the_columns_move_they_are_found(
    headers: list[str], above: int, left: int
) -> None:
    titles: list[list[object]] = [["Gemeente Rivierdam"] for _ in range(above)]
    shown = view(*titles, [None] * left + list(headers), [None] * left + ["1"] * 5)
    located, codes = find(SHORT, shown)
    assert located is not None
    assert codes == []
    assert located.header_row == above + 1
    assert located.columns == {
        A: left + 1 + headers.index("primitief"),
        B: left + 1 + headers.index("na wijziging"),
    }


@given(st.integers(1, 16384))
def test_letters_and_numbers_of_columns_are_each_other_s_inverse(number: int) -> None:
    assert column_number(column_letters(number)) == number
