"""No workbook of the corpus is damaged; `-m corpus` adds what LibreOffice saved anew, and lets it
read every number back.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge.excel_file.patch_sheet import patched_sheet
from excel_bridge.excel_file.sheet_data import SheetData
from tests.excel_bridge.corpus import check
from tests.excel_bridge.corpus.cases import Case, all_cases, from_folder
from tests.excel_bridge.corpus.run import Summary, everything, run, stored_by_openpyxl
from tests.excel_bridge.excel_file import libreoffice

CASES = all_cases()


def test_the_corpus_has_hundreds_of_workbooks() -> None:
    assert len(CASES) >= 300
    assert sum(case.refusal is None for case in CASES) >= 250


@pytest.mark.parametrize("part", range(4))
def test_each_is_written_undamaged_or_refused_untouched(tmp_path: Path, part: int) -> None:
    summary = run(tmp_path, CASES[part::4], read_back=False)
    assert summary.wrong() == []
    assert sum(result.outcome == "written" for result in summary.results) > 60


def test_openpyxl_sees_the_number_where_it_was_written(tmp_path: Path) -> None:
    cases = [case for case in CASES if case.name.startswith("feature/chart")]
    for result in run(tmp_path, cases, read_back=False).results:
        for sheet, address in result.cells:
            assert stored_by_openpyxl(result.path, sheet, address) == check.NUMBER


def test_the_check_itself_notices_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = next(case for case in CASES if case.name == "feature/formulas")

    def lossy(sheet: SheetData, *, date1904: bool) -> list[bytes]:
        text = b"".join(patched_sheet(sheet, date1904=date1904))
        return [text.replace(b"<v>1.25</v>", b"<v>1.5</v>", 1)]

    monkeypatch.setattr("excel_bridge.excel_file.workbook_write.patched_sheet", lossy)
    (result,) = run(tmp_path, [case], read_back=False).results
    assert (result.outcome, result.why.partition(":")[0]) == ("damaged", "B1")


def test_workbooks_made_elsewhere_are_tried_on_copies_and_may_be_refused(tmp_path: Path) -> None:
    theirs, work = tmp_path / "van hen" / "2024", tmp_path / "werk"
    theirs.mkdir(parents=True)
    work.mkdir()
    for case in CASES:
        if case.name in ("feature/table", "refused/protected", "refused/path-trick"):
            made = tmp_path / f"{case.name.rpartition('/')[2]}.xlsx"
            case.make(made)
            made.rename(theirs / made.name)
    before = {path.name: path.read_bytes() for path in theirs.glob("*.xlsx")}
    summary = run(work, from_folder(theirs.parent), read_back=False)
    assert summary.wrong() == []
    assert summary.counts() == {"foreign": {"written": 1, "refused": 2}}
    assert sorted(why for _name, why in summary.refusals()) == [
        "HostileWorkbookError",
        "ProtectedSheetError",
    ]
    after = {path.name: path.read_bytes() for path in theirs.glob("*.xlsx")}
    assert after == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    folder = tmp_path_factory.mktemp("corpus")
    return run(folder, everything(folder), read_back=libreoffice.SOFFICE is not None)


@pytest.mark.corpus
def test_no_workbook_is_damaged(whole: Summary) -> None:
    assert whole.wrong() == []


@pytest.mark.corpus
@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
def test_libreoffice_reads_every_number_back(whole: Summary) -> None:
    assert whole.unread == []
    assert whole.read > 400


def test_case_names_are_files_everywhere() -> None:
    def plain(case: Case) -> str:
        return case.name.replace("/", "_").replace("+", "_")

    assert all(set(plain(case)).isdisjoint('<>:"|?*\\') for case in CASES)
    assert len({plain(case).casefold() for case in CASES}) == len(CASES)
