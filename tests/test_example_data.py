"""The example holds what a newcomer must meet: all statuses, goals, budgets, a workbook."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as ReadWorkbook

from excel_bridge import sync
from excel_bridge.plan import State
from stavaza.check import check_report
from stavaza.store import open_report, serialise
from stavaza.tree import Element, Report
from tests.tools import example_link, example_workbook
from tests.tools.example_figures import CHANGED, DATA, NOT_IN_WORKBOOK, ONLY_IN_WORKBOOK, YEAR
from tests.tools.example_layout import FIRST_AMOUNT, HEADER, INPUT

WORKBOOK = DATA / "begroting.xlsx"
COLUMNS = [
    f"{measure}_{version}"
    for measure in ("lasten", "baten")
    for version in ("primitief", "wijziging", "prognose")
]


@pytest.fixture(scope="module")
def report() -> Report:
    opened, findings = open_report(DATA)
    assert opened is not None
    assert findings == []
    return opened


def kinds(report: Report, kind: str) -> list[Element]:
    return [element for _depth, element in report.walk() if element.kind == kind]


def opened_workbook(content: bytes, *, results: bool = False) -> ReadWorkbook:
    with warnings.catch_warnings():  # openpyxl says which extensions it does not keep
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(content), data_only=results)


def cells(book: ReadWorkbook) -> dict[tuple[str, str], tuple[object, str]]:
    """Every filled cell with its number format, by sheet and address."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_the_example_is_as_large_as_a_newcomer_needs(report: Report) -> None:
    found = Counter(element.kind for _depth, element in report.walk())
    assert found["programma"] == 2
    assert found["thema"] == 5
    assert found["activiteit"] == 24
    assert found["doel"] >= 8
    assert [moment.key for moment in report.meta.moments] == ["rek", "vgr1", "vgr2"]
    assert sum(bool(a.rows("begroting")) for a in kinds(report, "activiteit")) >= 10


def test_every_activity_has_an_owner_that_the_report_knows(report: Report) -> None:
    owners = {activity.get(("eigenaar",)) for activity in kinds(report, "activiteit")}
    assert None not in owners
    assert owners <= set(report.meta.persons)
    assert len(owners) > 3


def test_every_status_occurs(report: Report) -> None:
    spec = report.template.kinds["activiteit"].fields["status"]
    used = {
        activity.get(("moment", moment.key, "status"))
        for activity in kinds(report, "activiteit")
        for moment in report.meta.moments
    }
    assert set(report.statuses(spec)) <= used


def test_texts_are_as_long_as_in_a_real_report(report: Report) -> None:
    texts = [
        str(activity.get(("moment", "vgr2", "stand_van_zaken")) or "")
        for activity in kinds(report, "activiteit")
    ]
    assert sorted(len(text) for text in texts)[len(texts) // 2] > 300


def test_the_example_has_only_the_findings_that_it_shows_on_purpose(report: Report) -> None:
    found = {(f.code, f.element, f.path[-1]) for f in check_report(report)}
    assert found == {
        ("C002", "6.1.3", "voorstel_raad"),
        ("C001", "6.3.5", "status"),
        ("C001", "2.1.8", "stand_van_zaken"),
    }
    assert all(finding.severity == "warning" for finding in check_report(report))


def test_every_file_is_as_stavaza_would_save_it(report: Report) -> None:
    for element in report.elements.values():
        assert element.source is not None
        assert serialise(report, element) == element.source.raw, element.source.path.name


# --- the workbook


def test_the_workbook_is_made_the_same_each_time() -> None:
    first, second = example_workbook.workbook_bytes(), example_workbook.workbook_bytes()
    assert first == second


def test_the_workbook_is_current_with_its_script() -> None:
    # by cell and part, since another version of XlsxWriter or zlib may write other bytes
    made = example_workbook.workbook_bytes()
    stored = WORKBOOK.read_bytes()
    assert cells(opened_workbook(stored)) == cells(opened_workbook(made))
    results = [cells(opened_workbook(content, results=True)) for content in (stored, made)]
    assert results[0] == results[1]
    names = [zipfile.ZipFile(io.BytesIO(content)).namelist() for content in (stored, made)]
    assert sorted(names[0]) == sorted(names[1])


def test_the_workbook_has_what_finance_workbooks_have() -> None:
    book = opened_workbook(WORKBOOK.read_bytes())
    sheet = book[INPUT]
    assert book.sheetnames == ["Toelichting", INPUT, "Mutaties", "Grafiek", "Dump"]
    assert book["Dump"].sheet_state == "hidden"
    assert sheet["A3"].value == "bedragen in euro's"
    assert {"F5:H5", "I5:K5"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "E7"
    assert sheet.auto_filter.ref is not None
    assert len(sheet.data_validations.dataValidation) == 2
    assert len(list(sheet.conditional_formatting)) == 2
    assert sum(cell.comment is not None for row in sheet.iter_rows() for cell in row) == 1
    assert sheet.column_dimensions["D"].width > 25
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} >= {
        "#,##0",
        "#,##0;[Red]-#,##0",
        "@",
    }
    parts = zipfile.ZipFile(WORKBOOK).namelist()
    assert sum(part.startswith("xl/charts/chart") for part in parts) == 1
    assert {"Peildatum", "Kostenplaatsen", "Totaal_lasten_prognose"} <= set(book.defined_names)
    table = book["Mutaties"].tables["tblMutaties"]
    assert "0.10" in {cell.value for (cell,) in book["Mutaties"]["C4:C30"]}
    assert table.totalsRowCount == 1


def test_the_workbook_has_formulas_words_and_subtotals_among_its_figures() -> None:
    sheet = opened_workbook(WORKBOOK.read_bytes())[INPUT]
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [str(value) for value in values if str(value).startswith("=")]
    assert "=200000+12500-2500" in formulas
    assert sum("SUMIFS(Dump!" in formula for formula in formulas) == 3
    assert sum(formula.startswith("=SUBTOTAL(9,") for formula in formulas) == 21
    assert {"PM", "nvt", "Totaal"} <= set(values)


def test_report_and_workbook_agree_except_where_a_plan_must_have_something(report: Report) -> None:
    rows = {
        (activity.id, key): row
        for activity in kinds(report, "activiteit")
        for key, row in activity.rows("begroting").items()
    }
    sheet = opened_workbook(WORKBOOK.read_bytes(), results=True)[INPUT]
    lines = {
        (str(values[2]), str(values[0])): values[FIRST_AMOUNT : FIRST_AMOUNT + len(COLUMNS)]
        for values in sheet.iter_rows(min_row=HEADER + 2, values_only=True)
        if isinstance(values[0], int)
    }
    assert {key for _element, key in rows.keys() - lines.keys()} == {NOT_IN_WORKBOOK}
    assert {key for _element, key in lines.keys() - rows.keys()} == {ONLY_IN_WORKBOOK}
    differing = {
        (key, column): figure
        for (element, key), figures in lines.items()
        for column, figure in zip(COLUMNS, figures, strict=True)
        if key != ONLY_IN_WORKBOOK
        and not isinstance(figure, str)
        and figure != rows[element, key].get(f"{column}_{YEAR}")
    }
    assert differing == CHANGED


def test_the_stored_results_are_those_that_a_spreadsheet_program_computes(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, so nothing here can recalculate")
    formulas = opened_workbook(WORKBOOK.read_bytes())
    bare = tmp_path / "kaal" / "begroting.xlsx"
    bare.parent.mkdir()
    formulas.save(bare)  # openpyxl leaves the stored results out, so all must be computed
    settings = (tmp_path / "instellingen").as_uri()
    arguments = ["--headless", f"-env:UserInstallation={settings}", "--convert-to", "xlsx"]
    subprocess.run(
        [office, *arguments, "--outdir", str(tmp_path), str(bare)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    computed = cells(opened_workbook((tmp_path / "begroting.xlsx").read_bytes(), results=True))
    stored = cells(opened_workbook(WORKBOOK.read_bytes(), results=True))
    places = [
        place for place, (value, _format) in cells(formulas).items() if str(value).startswith("=")
    ]
    assert len(places) > 60
    assert {p: computed[p][0] for p in places} == {p: stored[p][0] for p in places}


# --- the link


def test_the_link_and_its_last_agreement_are_current(tmp_path: Path) -> None:
    folder = DATA / "koppelingen"
    link, agreement = folder / "begroting.toml", folder / "begroting.baseline.toml"
    assert link.read_text(encoding="utf-8") == example_link.link_bytes_now().decode("utf-8")
    made = example_link.agreement_bytes(tmp_path).decode("utf-8")
    assert agreement.read_text(encoding="utf-8") == made


def test_a_first_plan_of_the_example_shows_each_kind_of_difference(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns(".stavaza"))
    copy, _findings = open_report(root)
    assert copy is not None
    plan = sync.plan(copy, desk=example_link.file_desk())
    from_excel = {
        (cell.id.row, cell.id.column.removesuffix(f"_{YEAR}")): cell.excel_value
        for cell in plan.cells()
        if cell.state is State.FROM_EXCEL
    }
    assert from_excel == CHANGED
    assert {c.id.row for c in plan.cells() if c.state is State.NEW_ROW} == {ONLY_IN_WORKBOOK}
    unreadable = {c.excel_text for c in plan.cells() if c.state is State.UNREADABLE}
    assert unreadable == {"nvt", "PM"}
    assert plan.count(State.EQUAL) > 180
    assert plan.count(State.CONFLICT) == plan.count(State.STALE) == 0
    absent = [(finding.code, finding.params["value"]) for finding in plan.all_findings()]
    assert absent == [("X026", NOT_IN_WORKBOOK)]


def test_what_excel_has_newer_is_taken_over_and_then_agreed(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns(".stavaza"))
    copy, _findings = open_report(root)
    assert copy is not None
    desk = example_link.file_desk()
    outcome = sync.apply(copy, sync.plan(copy, desk=desk), desk=desk)
    assert len(outcome.from_excel) == 2
    assert outcome.to_excel == ()
    again = sync.plan(copy, desk=desk)
    assert again.count(State.FROM_EXCEL) == 0
    assert (root / "begroting.xlsx").read_bytes() == WORKBOOK.read_bytes()
