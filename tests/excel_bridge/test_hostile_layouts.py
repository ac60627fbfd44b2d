"""Whatever people do to a sheet, its link reads the same figures, and so does a new proposal."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from excel_bridge import sync
from excel_bridge.links import link_file, read_links
from excel_bridge.plan import Plan, State
from excel_bridge.propose import propose
from excel_bridge.refind import refind, relink
from excel_bridge.roots import known_roots
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.hostile import (
    ENTRY_SHAPES,
    PROGRAMME_SHAPES,
    EntryShape,
    ProgrammeShape,
    entry_book,
    programme_book,
)
from tests.excel_bridge.layouts import BATEN, LASTEN, WIJZIGING

DESK = workbooks.desk()
SOME = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
BY_YEAR = layouts.ENTRY_LINK.replace("[kolom.", '[blok]\nkop = "Jaar"\n\n[kolom.', 1)


def different(plan: Plan) -> dict[str, tuple[str, str]]:
    return {
        f"{cell.id.element} {cell.id.row} {cell.id.column}": (cell.state.value, cell.cell)
        for cell in plan.cells()
        if cell.state is not State.EQUAL
    }


def entry_link(report: Report, shape: EntryShape) -> None:
    """The link of the layouts; with fewer header rows it names only the line that is there."""
    text = BY_YEAR if shape.year_rows else layouts.ENTRY_LINK
    if shape.year_rows:
        head, first, second = text.partition("[kolom.lasten_primitief_2026]")
        amended = second.replace("[kolom.lasten_wijziging", 'blok = "2026"\n\n[kolom.lasten_wijz')
        text = head + first + amended.replace("lasten_wijz_2026", "lasten_wijziging_2026")
        text += 'blok = "2026"\n'
    if shape.header_rows == 1:
        text = text.replace('["Begroting 2026", "primitief"]', '"primitief"')
        text = text.replace('["Begroting 2026", "na wijziging"]', '"na wijziging"')
    link_file(report.root, "invoer").write_text(text, encoding="utf-8")


def found_again(report: Report) -> Plan:
    """The plan, after the sheet was found again where it was renamed."""
    roots, _findings = known_roots(report.root)
    (link,), wrong = read_links(report)
    assert wrong == []
    found = refind(report, link, DESK, roots=roots)
    assert found is not None
    relink(link, found, roots)
    return sync.plan(report, desk=DESK)


@SOME
@given(shape=ENTRY_SHAPES)
def test_an_entry_sheet_is_found_and_read_in_any_shape(
    tmp_path_factory: pytest.TempPathFactory, shape: EntryShape
) -> None:
    report = layouts.entry_report(tmp_path_factory.mktemp("e"))
    report.elements["6.1.3"].data["begroting"]["0.10"][WIJZIGING] = 0
    entry_link(report, shape)
    entry_book(report.root / "invoer.xlsx", shape)
    shown = found_again(report)
    assert different(shown) == {}, shape
    assert len(list(shown.cells())) == 8
    assert shown.all_findings() == ()


@SOME
@given(shape=ENTRY_SHAPES.filter(lambda shape: not shape.year_rows))
def test_an_entry_sheet_is_proposed_in_any_shape(
    tmp_path_factory: pytest.TempPathFactory, shape: EntryShape
) -> None:
    report = layouts.entry_report(tmp_path_factory.mktemp("e"))
    report.elements["6.1.3"].data["begroting"]["0.10"][WIJZIGING] = 0
    link_file(report.root, "invoer").unlink()
    path = entry_book(report.root / "invoer.xlsx", shape)
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    assert {column.key for column in proposal.link.columns} >= {LASTEN, WIJZIGING}
    wrong = [cell.cell for cell in proposal.reading.plan.cells if cell.state is not State.EQUAL]
    assert wrong == [], (shape, proposal.data)
    assert len(proposal.reading.plan.cells) == 8


@SOME
@given(shape=PROGRAMME_SHAPES)
def test_sheets_per_programme_are_read_and_proposed_in_any_shape(
    tmp_path_factory: pytest.TempPathFactory, shape: ProgrammeShape
) -> None:
    report = layouts.programme_report(tmp_path_factory.mktemp("p"))
    file = link_file(report.root, "programmas")
    letter = "ABCD"[shape.left]
    link = layouts.PROGRAMME_LINK.replace('"P*"', f'"{shape.prefix}*"')
    link = link.replace('letter = "A"', f'letter = "{letter}"')
    file.write_text(link, encoding="utf-8")
    path = programme_book(report.root / "programmas.xlsx", shape)
    shown = sync.plan(report, desk=DESK)
    assert different(shown) == {}, shape
    assert len(list(shown.cells())) == 12
    file.unlink()
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    cells = proposal.reading.plan.cells
    assert {cell.state for cell in cells} == {State.EQUAL}, (shape, proposal.data)
    assert {cell.id.column for cell in cells} == {LASTEN, WIJZIGING, BATEN}, proposal.data
