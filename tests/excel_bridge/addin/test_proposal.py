"""The proposal sheet as a person uses it in Excel: look, choose in cells, press Apply."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge import addin, sync
from excel_bridge.addin.answer import Answer
from excel_bridge.addin.digest import plan_digest
from excel_bridge.addin.proposal_table import link_formula, make_table, read_table
from excel_bridge.addin.settings import settings_file, write_settings
from excel_bridge.excel_file.ranges import Range
from excel_bridge.own_sheet import PROPOSAL_SHEET
from excel_bridge.plan import CellId, CellPlan, LinkPlan, Plan, Reason, State
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.addin.conftest import Desk, forget_caller, lines
from tests.excel_bridge.addin.memory_excel import MemorySheet, memory_excel
from tests.excel_bridge.fakes import LASTEN, Rows, make_report

CHOICE, MARK = 9, 10
WIJZIGING = "lasten_wijziging_2026"


def sheet_of(desk: Desk) -> MemorySheet:
    (sheet,) = desk.book.impl.added
    assert isinstance(sheet, MemorySheet)
    return sheet


def line_of(desk: Desk, key: str) -> int:
    """The row on the proposal sheet that is about a row of the report."""
    sheet = sheet_of(desk)
    return next(row for (row, column), value in sheet.cells.items() if (column, value) == (4, key))


def choose(desk: Desk, key: str, text: str) -> None:
    """Type a choice into the cell, as a person does."""
    sheet_of(desk).cells[line_of(desk, key), CHOICE] = text


def shown(desk: Desk, key: str) -> list[Any]:
    row = line_of(desk, key)
    return [sheet_of(desk).value(row, column) for column in range(1, CHOICE + 1)]


def test_each_difference_has_its_cell_both_values_the_agreement_and_a_choice(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.cell("C7").value = "PM"
    answer = addin.voorstel()
    assert answer.kind == "shown"
    assert answer.text.startswith("1 naar Excel, 0 uit Excel, 0 te kiezen, 4 gelijk.")
    line = shown(excel, "663884")
    assert line[:5] == ["Invoer!C5", "naar Excel", "6.1.3", "663884", "Lasten primitief"]
    assert line[5:8] == [163000, 150000, 150000]
    assert line[8] == "naar Excel"
    assert shown(excel, "664120")[6] == "PM"
    assert excel.book.impl.activated == PROPOSAL_SHEET


def test_the_link_leads_to_the_cell_whatever_the_sheet_is_called(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    formula = sheet_of(excel).cells[line_of(excel, "663884"), 1]
    assert formula == '=HYPERLINK("#\'Invoer\'!C5","Invoer!C5")'


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=31))
def test_no_name_of_a_sheet_leaves_the_quotes_of_its_link(name: str) -> None:
    formula = link_formula(name, "C5")
    inside = formula.removeprefix('=HYPERLINK("').removesuffix('")')
    target, shown_name = inside.split('","', 1) if '","' in inside else (inside, "")
    assert formula.count('"') % 2 == 0
    for part in inside.replace('""', "").split('","'):
        assert '"' not in part
    assert target
    assert shown_name


def test_choices_can_be_picked_from_a_list_of_what_is_allowed(excel: Desk) -> None:
    def with_formula(book: Any, sheet: Any) -> None:
        lines(book, sheet)
        sheet.write_formula("C6", "=20+21", None, 41)
        sheet.write("C7", "PM")

    excel.set_amount("6.1.3", "663884", 163000)
    path = Path(excel.book.fullname)
    excel.book.close()
    excel.book = excel.app.books.open(str(workbooks.make(path, with_formula)))
    excel.book.set_mock_caller()
    addin.voorstel()
    lists = sheet_of(excel).settings["list"]
    rows = {row: source for first, last, source in lists for row in range(first[0], last[0] + 1)}
    assert rows[line_of(excel, "663884")] == ["naar Excel", "uit Excel", "later"]
    assert rows[line_of(excel, "663885")] == ["uit Excel", "later"]
    assert line_of(excel, "664120") not in rows


def test_what_was_chosen_is_done_and_the_sheet_goes_when_nothing_is_left(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.cell("C7").value = 8
    addin.voorstel()
    choose(excel, "663884", " Uit  EXCEL ")
    answer = addin.uitvoeren()
    assert answer.text.startswith("Klaar: 0 naar Excel, 2 uit Excel.")
    assert excel.amount("6.1.3", "663884") == 150000
    assert excel.amount("6.1.4", "664120") == 8000
    assert excel.cell("C5").value == 150
    assert excel.book.impl.added == []


def test_a_conflict_waits_until_a_person_chooses(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.cell("C5").value = 170
    addin.voorstel()
    assert shown(excel, "663884")[1] == "te kiezen: aan beide kanten gewijzigd"
    assert shown(excel, "663884")[8] is None
    answer = addin.uitvoeren()
    assert "Er blijft 1 verschil over" in answer.text
    assert excel.cell("C5").value == 170
    choose(excel, "663884", "naar Excel")
    assert addin.uitvoeren().text.startswith("Klaar: 1 naar Excel")
    assert excel.cell("C5").value == 163


def test_later_leaves_a_figure_that_would_have_gone(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    choose(excel, "663884", "later")
    addin.uitvoeren()
    assert excel.cell("C5").value == 150
    assert shown(excel, "663884")[8] == "later"


def test_a_word_that_is_no_choice_is_named_with_its_cell_and_nothing_is_done(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.cell("C7").value = 8
    addin.voorstel()
    choose(excel, "663884", "doe maar")
    answer = addin.uitvoeren()
    assert answer.kind == "wrong"
    place = f"{PROPOSAL_SHEET}!I{line_of(excel, '663884')}"
    assert f"{place}: “doe maar” is geen keuze" in answer.text
    assert excel.amount("6.1.4", "664120") == 7000


def test_a_line_that_a_person_removed_is_left_alone(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.cell("C7").value = 8
    addin.voorstel()
    row = line_of(excel, "663884")
    for column in range(1, MARK + 1):
        sheet_of(excel).cells.pop((row, column), None)
    addin.uitvoeren()
    assert excel.cell("C5").value == 150
    assert excel.amount("6.1.4", "664120") == 8000


def test_sorted_lines_and_an_added_column_keep_their_meaning(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.set_amount("6.1.4", "664120", 9000)
    addin.voorstel()
    choose(excel, "663884", "later")
    sheet = sheet_of(excel)
    one, other = line_of(excel, "663884"), line_of(excel, "664120")
    for column in range(1, MARK + 1):
        a, b = (one, column), (other, column)
        sheet.cells[a], sheet.cells[b] = sheet.cells[b], sheet.cells[a]
    sheet.cells = {(row, column + 1): value for (row, column), value in sheet.cells.items()}
    addin.uitvoeren()
    assert (excel.cell("C5").value, excel.cell("C7").value) == (150, 9)


@pytest.mark.parametrize("side", ["report", "workbook"])
def test_a_stale_proposal_is_never_applied_but_made_anew(excel: Desk, side: str) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.set_amount("6.1.3", "663885", 41000)
    excel.cell("C7").value = 8
    addin.voorstel()
    choose(excel, "663885", "uit Excel")
    if side == "report":
        excel.set_amount("6.1.3", "663884", 164000)
    else:
        excel.cell("C7").value = 9
    answer = addin.uitvoeren()
    assert answer.kind == "wrong"
    assert "niets gedaan" in answer.text
    assert "nieuw voorstel" in answer.text
    assert (excel.cell("C5").value, excel.amount("6.1.4", "664120")) == (150, 7000)
    assert shown(excel, "663885")[8] == "uit Excel"
    addin.uitvoeren()
    assert excel.cell("C5").value == (164 if side == "report" else 163)
    assert excel.amount("6.1.3", "663885") == 40000


def test_a_change_in_the_last_moment_makes_a_new_proposal_too(
    excel: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    real: Any = sync.apply

    def late(*words: Any, **options: Any) -> Any:
        excel.cell("C5").value = 151
        return real(*words, **options)

    monkeypatch.setattr(sync, "apply", late)
    answer = addin.uitvoeren()
    assert answer.kind == "wrong"
    assert "nieuw voorstel" in answer.text
    assert excel.cell("C5").value == 151
    assert shown(excel, "663884")[1].startswith("te kiezen")


def test_a_proposal_whose_mark_is_gone_counts_as_stale(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    del sheet_of(excel).cells[1, MARK]
    assert "niets gedaan" in addin.uitvoeren().text
    assert excel.cell("C5").value == 150


def test_a_line_that_only_excel_has_is_taken_over_where_a_person_says_so(excel: Desk) -> None:
    for address, text in (("A8", "6.1.4"), ("B8", 664999), ("C8", 12)):
        excel.cell(address).value = text
    addin.voorstel()
    line = shown(excel, "664999")
    assert line[1].startswith("nieuwe regel in Excel")
    assert line[8] is None
    lists = sheet_of(excel).settings["list"]
    assert ["uit Excel", "later"] in [source for _first, _last, source in lists]
    choose(excel, "664999", "uit Excel")
    assert addin.uitvoeren().text.startswith("Klaar: 0 naar Excel, 1 uit Excel.")
    assert excel.amount("6.1.4", "664999") == 12000


def test_without_differences_there_is_no_sheet(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    excel.set_amount("6.1.3", "663884", 150000)
    assert "Geen verschillen: 6 bedragen" in addin.voorstel().text
    assert excel.book.impl.added == []
    assert "geen voorstel" in addin.uitvoeren().text


@pytest.mark.parametrize("button", [addin.voorstel, addin.uitvoeren, addin.voorstel_weg])
def test_a_sheet_of_that_name_that_somebody_else_made_stays(
    excel: Desk, button: Callable[[], Answer]
) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    own = excel.book.sheets.add("STAVAZA-Voorstel", after=excel.book.sheets[1])
    own.range((1, 1)).value = "Mijn aantekeningen"
    answer = button()
    assert answer.kind == "wrong"
    assert "niet van Stavaza" in answer.text
    assert sheet_of(excel).value(1, 1) == "Mijn aantekeningen"


def test_one_press_takes_the_sheet_out(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    addin.voorstel()
    assert addin.voorstel_weg().kind == "done"
    assert excel.book.impl.added == []
    assert addin.voorstel_weg().kind == "done"


def test_the_sheet_is_no_part_of_any_link(excel: Desk) -> None:
    link = excel.root / "koppelingen" / "begroting.toml"
    text = link.read_text(encoding="utf-8").replace('blad = "Invoer"', 'blad = "*v*"')
    link.write_text(text, encoding="utf-8")
    excel.set_amount("6.1.3", "663884", 163000)
    before = addin.voorstel().text
    assert addin.voorstel().text == before
    assert "Stavaza-voorstel" not in before


def test_a_workbook_that_takes_no_sheets_says_what_works_instead(excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.book.impl.closed_structure = True
    answer = addin.voorstel()
    assert answer.kind == "wrong"
    assert "Naar Excel en Uit Excel werken zonder" in answer.text


def test_a_text_that_turns_the_reading_around_is_shown_for_what_it_is(excel: Desk) -> None:
    for address, text in (("A8", "6.1.4"), ("B8", "66\u202e0123"), ("C8", 12)):
        excel.cell(address).value = text
    addin.voorstel()
    texts = [str(value) for value in sheet_of(excel).cells.values()]
    assert any("66\ufffd0123" in text for text in texts)
    assert not any("\u202e" in text for text in texts)
    choose(excel, "66\ufffd0123", "uit Excel")
    addin.uitvoeren()
    assert excel.amount("6.1.4", "66\u202e0123") == 12000


def test_a_text_of_excel_cannot_become_a_formula_on_the_sheet(excel: Desk) -> None:
    excel.cell("C7").value = "'+cmd|x"
    addin.voorstel()
    assert not str(shown(excel, "664120")[6]).startswith("'")
    assert "+cmd|x" in str(shown(excel, "664120")[6])
    block = [[sheet_of(excel).cells.get((line_of(excel, "664120"), 7))]]
    assert read_table(block).choices == {}


AMOUNTS = st.none() | st.integers(-(10**9), 10**9) | st.decimals(-1000, 1000, places=2)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
CELLS = st.builds(
    CellPlan,
    st.builds(CellId, NAMES, NAMES, NAMES, NAMES),
    st.just(("begroting", "1", LASTEN)),
    st.sampled_from([state for state in State if state is not State.EQUAL]),
    st.none() | st.just(Reason.BOTH_CHANGED),
    AMOUNTS,
    AMOUNTS,
    st.none(),
    NAMES,
    st.integers(1, 1_000_000),
    st.integers(1, 16_000),
    excel_text=NAMES,
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return make_report(tmp_path_factory.mktemp("klein"), {})


@given(st.lists(CELLS, max_size=6, unique_by=lambda cell: cell.id), st.data())
def test_whatever_is_chosen_for_whatever_figure_is_what_is_read_back(
    small: Report, cells: list[CellPlan], data: st.DataObject
) -> None:
    plan = Plan((LinkPlan("begroting", None, "Invoer", tuple(cells)),))
    chosen = {cell.id: data.draw(st.sampled_from(cell.allowed)) for cell in cells}
    table = make_table(small, plan, "begroting.xlsx", chosen)
    seen = [
        [text[1:] if isinstance(text, str) and text.startswith("'") else text for text in line]
        for line in table.block
    ]
    found = read_table(seen)
    assert found.choices == chosen
    assert found.wrong == ()
    assert found.plan == plan_digest(plan)
    assert sum(count for _allowed, count in table.runs) == len(cells)
    for line in table.block[1:]:
        for text in line[1:]:
            assert not str(text or "").startswith(("=", "@")) or text is None


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """The sizes of the blocks that are read from and written to the workbook's own sheets."""
    sizes: dict[str, list[int]] = {"read": [], "written": []}
    inner: Any = Range.raw_value

    def read(cells: Range) -> Any:
        sizes["read"].append(len(cells))
        return inner.fget(cells)

    def write(cells: Range, value: Any) -> None:
        sizes["written"].append(len(cells))
        inner.fset(cells, value)

    monkeypatch.setattr(Range, "raw_value", property(read, write))
    return sizes


def many(tmp_path: Path, count: int) -> Iterator[Desk]:
    """A linked workbook with `count` figures in two columns, that all differ."""
    lines_in_excel = count // 2
    rows: Rows = {
        ("6.1.3", str(600000 + n)): {LASTEN: 1000 * n + 5000, WIJZIGING: 1000 * n + 7000}
        for n in range(lines_in_excel)
    }
    root = tmp_path / f"rapport-{count}"
    report = make_report(root, rows, workbooks.MERGED_LINK)

    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_row("A3", ["Act.", "Kostenplaats", "Begroting 2026"])
        sheet.write_row("C4", ["primitief", "na wijziging"])
        for n in range(lines_in_excel):
            sheet.write_row(4 + n, 0, ["6.1.3", 600000 + n, n + 5, n + 7])

    path = workbooks.make(root / "begroting.xlsx", fill)
    plain = workbooks.desk()
    sync.apply(report, sync.plan(report, desk=plain), desk=plain)
    write_settings(settings_file(), sys.executable, (root,))
    text = (root / "6" / "6.1.3.toml").read_text(encoding="utf-8")
    changed, replaced = re.subn(
        r"= (\d+)000$",
        lambda found: f"= {int(found[1]) + 1 + int(found[1]) % 7}000",
        text,
        flags=re.M,
    )
    assert replaced == count
    (root / "6" / "6.1.3.toml").write_text(changed, encoding="utf-8", newline="\n")
    app = memory_excel()
    book = app.books.open(str(path))
    book.set_mock_caller()
    yield Desk(root, app, book)
    forget_caller()
    app.quit()


@pytest.mark.parametrize("count", [1000])
def test_a_thousand_figures_are_written_and_applied_in_blocks(
    tmp_path: Path, counted: dict[str, list[int]], count: int
) -> None:
    for desk in many(tmp_path, count):
        blocks = desk.book.impl.counter
        assert addin.voorstel().text.startswith(f"{count} naar Excel")
        assert (blocks.reads, blocks.writes) == (0, 1)
        counted["written"].clear()
        counted["read"].clear()
        answer = addin.uitvoeren()
        assert answer.text.startswith(f"Klaar: {count} naar Excel")
        assert (blocks.reads, blocks.writes) == (1, 1)
        assert counted["written"] == [count]
        assert len(counted["read"]) <= 5  # plan, plan again, as read?, its keys, as written?
        assert desk.cell("C5").value == 5 + 1 + 5 % 7
        last = count // 2 - 1 + 7
        assert desk.cell(f"D{4 + count // 2}").value == last + 1 + last % 7
