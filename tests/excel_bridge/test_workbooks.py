"""The sync on real workbook files, through the file engine and checked with other readers."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from excel_bridge import sync
from excel_bridge.links import link_file
from excel_bridge.plan import Choice, Plan, State
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.excel_bridge.fakes import LASTEN, Rows, make_report

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 185000},
    ("6.1.3", "663885"): {LASTEN: 40000},
    ("6.1.4", "664120"): {LASTEN: 7077, WIJZIGING: 7500},
}
DESK = workbooks.desk()


def report_with(tmp_path: Path, fill: workbooks.Fill, link: str = workbooks.MERGED_LINK) -> Report:
    report = make_report(tmp_path, ROWS, link)
    workbooks.make(tmp_path / "begroting.xlsx", fill)
    return report


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """A report and its workbook, after both sides agreed on what can be read."""
    made = report_with(tmp_path, workbooks.merged_headers)
    sync.apply(made, sync.plan(made, desk=DESK), desk=DESK)
    return made


def set_amount(report: Report, element: str, row: str, column: str, value: int) -> None:
    report.elements[element].set(("begroting", row, column), value)
    store.save(report, report.elements[element])


def states(plan: Plan) -> dict[tuple[str, str], State]:
    return {(cell.id.row, cell.id.column): cell.state for cell in plan.cells()}


def codes(plan: Plan) -> list[str]:
    return [finding.code for finding in plan.all_findings()]


def test_merged_headers_subtotals_and_blank_lines_are_read_through(report: Report) -> None:
    shown = sync.plan(report, desk=DESK)
    assert states(shown) == {
        ("663884", LASTEN): State.EQUAL,
        ("663884", WIJZIGING): State.EQUAL,
        ("663885", LASTEN): State.EQUAL,
        ("663885", WIJZIGING): State.UNREADABLE,
        ("664120", LASTEN): State.EQUAL,
        ("664120", WIJZIGING): State.EQUAL,
    }
    assert codes(shown) == []


def test_a_figure_to_excel_changes_that_cell_and_nothing_else(
    report: Report, tmp_path: Path
) -> None:
    path = tmp_path / "begroting.xlsx"
    before = workbooks.parts(path)
    set_amount(report, "6.1.3", "663884", LASTEN, 163400)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert len(outcome.to_excel) == 1
    assert workbooks.cell(path, "C6") == 163
    after = workbooks.parts(path)
    changed = {name for name in before if before[name] != after[name]}
    assert before.keys() == after.keys()
    assert "xl/worksheets/sheet1.xml" in changed
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    old, new = (part["xl/worksheets/sheet1.xml"] for part in (before, after))
    assert new.replace(b"<v>163</v>", b"<v>150</v>", 1) == old


def test_figures_on_both_sides_of_a_subtotal_go_to_the_workbook_in_one_go(
    report: Report, tmp_path: Path
) -> None:
    set_amount(report, "6.1.3", "663884", LASTEN, 163000)
    set_amount(report, "6.1.4", "664120", LASTEN, 9000)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert (outcome.messages, len(outcome.to_excel)) == ((), 2)
    path = tmp_path / "begroting.xlsx"
    assert [workbooks.cell(path, cell) for cell in ("C6", "C8", "C10")] == [163, "=SUM(C6:C7)", 9]


def test_git_shows_only_the_changed_lines_and_those_of_the_agreement(
    report: Report, tmp_path: Path
) -> None:
    def git(*words: str) -> str:
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        run = subprocess.run(
            ["git", *identity, *words],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return run.stdout

    (tmp_path / ".gitignore").write_text("*.xlsx\n.stavaza/\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "begin")
    set_amount(report, "6.1.3", "663884", LASTEN, 163400)
    change_cell(tmp_path / "begroting.xlsx", "C10", 9.0)
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    lines = [
        line
        for line in git("diff", "-U0", "--no-ext-diff").splitlines()
        if line[0] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert lines == [
        "-lasten_primitief_2026 = 150000",
        "+lasten_primitief_2026 = 163400",
        "-lasten_primitief_2026 = 7077",
        "+lasten_primitief_2026 = 9000",
        "-lasten_primitief_2026 = { nu = 150000 }",
        "+lasten_primitief_2026 = { nu = 163400, excel = 163000, eerder = 150000 }",
        "-lasten_primitief_2026 = { nu = 7077 }",
        "+lasten_primitief_2026 = { nu = 9000, eerder = 7077 }",
    ]


def change_cell(path: Path, address: str, value: object) -> None:
    """Change a cell as a colleague would, through the engine."""
    app = DESK.files.apps.add(add_book=False)
    book = app.books.open(str(path))
    book.sheets["Invoer"].range(address).value = value
    book.save()
    book.close()
    app.quit()


def test_inserted_rows_and_moved_columns_do_no_harm(report: Report, tmp_path: Path) -> None:
    def shuffled(book: Any, sheet: Any) -> None:
        sheet.write("B3", "Nieuwe titel")
        sheet.merge_range("B9:C9", "Begroting 2026", None)
        sheet.write_row("A10", ["Kostenplaats", "na wijziging", "primitief", "Toelichting", "Act."])
        sheet.write_row("A12", [664120, None, 9.0, "verschoven", "6.1.4"])
        sheet.write_row("A14", ["663884", 185, 150, "als tekst", "6.1.3"])
        sheet.write_row("A15", [663885, "PM", 40, "", "6.1.3"])
        sheet.autofilter("A10:E15")
        sheet.set_row(14, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})

    workbooks.make(tmp_path / "begroting.xlsx", shuffled)
    shown = sync.plan(report, desk=DESK)
    assert {cell.cell: cell.state for cell in shown.cells() if cell.state is not State.EQUAL} == {
        "Invoer!C12": State.FROM_EXCEL,
        "Invoer!B12": State.CONFLICT,
        "Invoer!B15": State.UNREADABLE,
    }


def test_keys_that_excel_spoiled_are_listed_and_not_guessed(tmp_path: Path) -> None:
    rows: Rows = {("6.1.3", "0.10"): {LASTEN: 1000}, ("6.1.3", "7"): {LASTEN: 2000}}
    report = make_report(tmp_path, rows, workbooks.MERGED_LINK)

    def spoiled(book: Any, sheet: Any) -> None:
        sheet.write_row("A4", ["Act.", "Kostenplaats", "Begroting 2026"])
        sheet.write_row("C5", ["primitief", "na wijziging"])
        sheet.write_row("A6", ["6.1.3", 0.1, 9])
        sheet.write("A7", "6.1.3")
        sheet.write_formula("B7", "=ROW()", None, 7)
        sheet.write("C7", 9)
        sheet.write_row("A8", ["6.1.3", "8", 1])
        sheet.write_row("A9", ["6.1.3", "8", 2])

    workbooks.make(tmp_path / "begroting.xlsx", spoiled)
    shown = sync.plan(report, desk=DESK)
    assert list(shown.cells()) == []
    assert codes(shown) == ["X022", "X023", "X021"]


def test_a_table_is_found_by_its_name_with_its_total_left_out(tmp_path: Path) -> None:
    link = workbooks.MERGED_LINK.replace('["Begroting 2026", "primitief"]', '"Primitief"')
    link = link.replace('["Begroting 2026", "na wijziging"]', '"Wijziging"')
    link = link.replace("[sleutel]", '[gebied]\ntabel = "tblBegroting"\n\n[sleutel]')

    def table(book: Any, sheet: Any) -> None:
        sheet.write("D2", "Kostenplaats")
        sheet.add_table(
            "D10:G13",
            {
                "name": "tblBegroting",
                "total_row": True,
                "columns": [
                    {"header": "Act.", "total_string": "Totaal"},
                    {"header": "Kostenplaats"},
                    {"header": "Primitief"},
                    {"header": "Wijziging"},
                ],
                "data": [["6.1.3", 663884, 150, 185], ["6.1.4", 664120, 8, 7.5]],
            },
        )

    report = report_with(tmp_path, table, link)
    shown = sync.plan(report, desk=DESK)
    assert {cell.cell: cell.state for cell in shown.cells()} == {
        "Invoer!F11": State.EQUAL,
        "Invoer!G11": State.EQUAL,
        "Invoer!F12": State.CONFLICT,
        "Invoer!G12": State.EQUAL,
    }


def test_a_defined_name_points_at_the_region(tmp_path: Path) -> None:
    link = workbooks.MERGED_LINK.replace('blad = "Invoer"\n', "")
    link = link.replace("[sleutel]", '[gebied]\nnaam = "Ramingen"\n\n[sleutel]')

    def named(book: Any, sheet: Any) -> None:
        workbooks.merged_headers(book, sheet)
        book.define_name("Ramingen", "=Invoer!$A$4:$D$7")

    report = report_with(tmp_path, named, link)
    shown = sync.plan(report, desk=DESK)
    assert {cell.id.row for cell in shown.cells()} == {"663884", "663885"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (('blad = "Invoer"', 'blad = "Weg"'), "X013"),
        (("[sleutel]", '[gebied]\ntabel = "tblWeg"\n\n[sleutel]'), "X013"),
        (("[sleutel]", '[gebied]\nnaam = "Weg"\n\n[sleutel]'), "X013"),
        (('"Kostenplaats"', '"Rekening"'), "X014"),
        (('"primitief"', '"origineel"'), "X016"),
        (("begroting.xlsx", "weg.xlsx"), "X011"),
    ],
)
def test_what_a_link_points_at_and_is_not_there_is_a_sentence(
    tmp_path: Path, change: tuple[str, str], code: str
) -> None:
    report = report_with(tmp_path, workbooks.merged_headers, workbooks.MERGED_LINK.replace(*change))
    assert code in codes(sync.plan(report, desk=DESK))


def test_a_file_that_is_no_workbook_is_a_sentence(report: Report, tmp_path: Path) -> None:
    (tmp_path / "begroting.xlsx").write_bytes(b"PK\x03\x04 not really")
    shown = sync.plan(report, desk=DESK)
    assert codes(shown) == ["X012"]
    assert shown.all_findings()[0].message


@pytest.mark.parametrize("owner_file", ["~$begroting.xlsx", ".~lock.begroting.xlsx#"])
def test_a_workbook_that_someone_has_open_is_read_and_not_written(
    report: Report, tmp_path: Path, owner_file: str
) -> None:
    path = tmp_path / "begroting.xlsx"
    change_cell(path, "C7", 44)
    (tmp_path / owner_file).write_bytes(b"\x05Sanne" if owner_file[0] == "~" else b"Sanne,s,pc,,;")
    before = path.read_bytes()
    set_amount(report, "6.1.4", "664120", LASTEN, 9000)
    shown = sync.plan(report, desk=DESK)
    assert "X018" in codes(shown)
    outcome = sync.apply(report, shown, desk=DESK)
    assert "Sanne" in " ".join(outcome.messages)
    assert path.read_bytes() == before
    assert report.elements["6.1.3"].get(("begroting", "663885", LASTEN)) == 44000
    (tmp_path / owner_file).unlink()
    assert len(sync.apply(report, sync.plan(report, desk=DESK), desk=DESK).to_excel) == 1


def test_a_read_only_workbook_is_left_as_it_is(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "begroting.xlsx"
    path.chmod(stat.S_IREAD)
    set_amount(report, "6.1.4", "664120", LASTEN, 9000)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    path.chmod(stat.S_IREAD | stat.S_IWRITE)
    assert (len(outcome.to_excel), len(outcome.messages)) == (0, 1)
    assert workbooks.cell(path, "C10") == 7.077


def test_a_formula_is_never_overwritten_in_the_file(report: Report, tmp_path: Path) -> None:
    set_amount(report, "6.1.4", "664120", WIJZIGING, 9000)
    shown = sync.plan(report, desk=DESK)
    sync.apply(report, shown, {cell.id: Choice.OURS for cell in shown.cells()}, desk=DESK)
    assert workbooks.cell(tmp_path / "begroting.xlsx", "D10") == "=5+2.5"


def test_a_protected_sheet_refuses_and_the_rest_goes_on(tmp_path: Path) -> None:
    def protected(book: Any, sheet: Any) -> None:
        workbooks.merged_headers(book, sheet)
        sheet.protect("geheim")

    report = report_with(tmp_path, protected)
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    before = (tmp_path / "begroting.xlsx").read_bytes()
    set_amount(report, "6.1.4", "664120", LASTEN, 9000)
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert (len(outcome.to_excel), len(outcome.messages)) == (0, 1)
    assert (tmp_path / "begroting.xlsx").read_bytes() == before


def test_undo_gives_the_workbook_its_figure_back(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "begroting.xlsx"
    set_amount(report, "6.1.4", "664120", LASTEN, 9000)
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert workbooks.cell(path, "C10") == 9
    sync.undo(report, desk=DESK)
    assert workbooks.cell(path, "C10") == 7.077


def test_a_mirrored_column_in_euros_with_cents_goes_both_ways(tmp_path: Path) -> None:
    link = """\
werkmap = "rapport:begroting.xlsx"
blad = "Invoer"
teken = "omgekeerd"

[sleutel]
rij = { letter = "A" }

[kolom.lasten_primitief_2026]
letter = "B"
"""

    def mirrored(book: Any, sheet: Any) -> None:
        euro = book.add_format({"num_format": '"€" #,##0.00'})
        sheet.write("A1", 663884)
        sheet.write("B1", -150000, euro)
        sheet.write("A2", 663885)
        sheet.write("B2", -40000, euro)

    report = report_with(tmp_path, mirrored, link)
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    report.elements["6.1.3"].set(("begroting", "663884", LASTEN), 12)
    store.save(report, report.elements["6.1.3"])
    change_cell(tmp_path / "begroting.xlsx", "B2", -0.07)
    sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert workbooks.cell(tmp_path / "begroting.xlsx", "B1") == -12
    assert str(report.elements["6.1.3"].get(("begroting", "663885", LASTEN))) == "0.07"
    assert link_file(tmp_path, "begroting").read_text(encoding="utf-8") == link
