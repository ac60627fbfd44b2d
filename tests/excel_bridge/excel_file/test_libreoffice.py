"""LibreOffice opens what was written, recalculates, and reads the values back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.excel_bridge.excel_file import libreoffice
from tests.excel_bridge.excel_file.corpus import MAKERS, old_calendar
from tests.excel_bridge.excel_file.packages import parts, rows, worksheet, write

pytestmark = [
    pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON),
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]


def test_written_values_arrive_and_formulas_follow_them(tmp_path: Path) -> None:
    makers = {**MAKERS, "1904": old_calendar}
    paths = [make(tmp_path / f"{name}.xlsx") for name, make in makers.items()]
    hand = (
        worksheet("<sheetData/>"),
        rows(
            "<row><c><v>1</v></c></row><row "
            'r="5"/><row '
            'r="9"><c '
            'r="B9"><f>D5*2</f><v>0</v></c></row>'
        ),
    )
    paths += [write(tmp_path / f"hand{n}.xlsx", parts(sheet)) for n, sheet in enumerate(hand)]
    for path in paths:
        with xw.Book(path) as book:
            sheet = book.sheets[0]
            sheet.range("D5").value = 1_000_000.25
            sheet.range("A27:C27").value = [" tekst & <b> ", True, -0.1]
            sheet.range("H40").value = "0.10"
            book.save()
    out = libreoffice.converted(paths, tmp_path)
    for path in paths:
        found = openpyxl.load_workbook(out / path.name, data_only=True).worksheets[0]
        assert found["D5"].value == 1_000_000.25, path.name
        assert [cell.value for cell in found["A27:C27"][0]] == [" tekst & <b> ", True, -0.1]
        assert found["H40"].value == "0.10"
        if path.stem in makers:
            assert found["E5"].value == pytest.approx(1_100_000.275)
            assert found["D25"].value == pytest.approx(
                1_000_000.25 + sum(row * 1234.5 for row in range(6, 25))
            )
    assert (
        openpyxl.load_workbook(out / "hand1.xlsx", data_only=True).worksheets[0]["B9"].value
        == 2_000_000.5
    )
