"""A link to a workbook in .xls or .ods: figures come from it, none go to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge import sync
from excel_bridge.plan import State
from stavaza import store
from tests.excel_bridge import workbooks
from tests.excel_bridge.excel_file import libreoffice
from tests.excel_bridge.fakes import LASTEN, Rows, make_report

WIJZIGING = "lasten_wijziging_2026"
ROWS: Rows = {
    ("6.1.3", "663884"): {LASTEN: 150000, WIJZIGING: 190000},
    ("6.1.3", "663885"): {LASTEN: 40000, WIJZIGING: 1000},
    ("6.1.4", "664120"): {LASTEN: 7077, WIJZIGING: 7500},
}
DESK = workbooks.desk()


@pytest.mark.skipif(libreoffice.SOFFICE is None, reason=libreoffice.REASON)
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_figures_come_from_another_format_and_none_go_to_it(tmp_path: Path, kind: str) -> None:
    source = workbooks.make(tmp_path / "begroting.xlsx", workbooks.merged_headers)
    made = libreoffice.converted([source], tmp_path / "lo", kind) / f"begroting.{kind}"
    link = workbooks.MERGED_LINK.replace("begroting.xlsx", f"begroting.{kind}")
    report = make_report(tmp_path / "rapport", ROWS, link)
    path = made.rename(report.root / made.name)
    before = path.read_bytes()
    shown = sync.plan(report, desk=DESK)
    found = {(cell.id.row, cell.id.column): cell for cell in shown.cells()}
    assert found["663884", LASTEN].state is State.EQUAL
    assert found["663884", WIJZIGING].excel_value == 185000
    assert found["663885", WIJZIGING].state is State.UNREADABLE
    assert found["664120", WIJZIGING].state is State.EQUAL
    assert found["664120", WIJZIGING].formula
    sync.apply(report, shown, desk=DESK)
    report.elements["6.1.4"].set(("begroting", "664120", LASTEN), 9000)
    store.save(report, report.elements["6.1.4"])
    outcome = sync.apply(report, sync.plan(report, desk=DESK), desk=DESK)
    assert f".{kind}" in outcome.messages[0]
    assert outcome.to_excel == ()
    assert path.read_bytes() == before
