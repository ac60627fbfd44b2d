"""A list of changes whose lines are elements of the report: proposed, synchronised, found again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from excel_bridge import carry_out, journal, sync
from excel_bridge.links import read_links
from excel_bridge.plan import Choice, Plan, Reason, State
from excel_bridge.propose import Proposal, proposals, propose, write_link
from excel_bridge.refind import refind, relink
from excel_bridge.roots import known_roots
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import layouts, workbooks
from tests.excel_bridge.fakes import LASTEN, open_report
from tests.excel_bridge.fakes import _write as write_text
from tests.excel_bridge.layouts import BATEN
from tests.excel_bridge.mutations import (
    LINES,
    META,
    PROGRAMMES,
    Layout,
    mutation_book,
    mutation_report,
)
from tests.excel_bridge.test_sync_random import CrashError

DESK = workbooks.desk()
WORKBOOK = "Mutaties v3 DEF (kopie 2).xlsx"
NEW = ("6.1", "Nieuwe balie", "L", "I", "N", 30000)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return mutation_report(tmp_path)


def proposed(report: Report, layout: Layout | None = None) -> Proposal:
    path = mutation_book(report.root / WORKBOOK, layout=layout)
    proposal, findings = propose(report, path, name="mutaties", desk=DESK)
    assert proposal is not None, findings
    return proposal


@pytest.fixture
def linked(report: Report) -> Report:
    """The report with the proposed link, agreed on with its workbook."""
    write_link(report, proposed(report))
    sync.apply(report, planned(report), desk=DESK)
    return report


def planned(report: Report) -> Plan:
    return sync.plan(report, desk=DESK)


def test_the_table_is_proposed_with_a_key_of_columns_that_are_typed(report: Report) -> None:
    proposal = proposed(report)
    data = proposal.data
    assert (data["soort"], data["gebied"]) == ("mutatie", {"tabel": "tblMutaties"})
    assert data["sleutel"] == {
        "rij": {"kolommen": ["Programma", "Taakveld", "Onderwerp"]},
        "onderdeel": "Taakveld",
    }
    assert data["tekst"] == {"naam": "Onderwerp"}
    assert data["kolom"] == {"bedrag": {"kop": "2020"}}
    assert (data["eenheid"], data["precisie"], "teken" in data) == (1, 0, False)
    assert data["kenmerk"] == {
        "duur": {"kop": "I/S", "waarden": {"I": "incidenteel", "S": "structureel"}},
        "effect": {"kop": "V/N", "waarden": {"N": "nadeel", "V": "voordeel"}},
    }
    assert any("“Nr”" in reason and "=ROW()-5" in reason for reason in proposal.reasons)
    cells = proposal.reading.plan.cells
    assert [cell.state for cell in cells] == [State.EQUAL] * len(LINES)
    assert {cell.id.element for cell in cells} == {"0.1", "0.10", "6.1", "6.6"}


def test_a_report_without_any_change_gets_the_lines_offered_as_new_elements(tmp_path: Path) -> None:
    report = mutation_report(tmp_path, [])
    proposal = proposed(report, Layout(code_format="General"))
    write_link(report, proposal)
    shown = planned(report)
    new = [cell for cell in shown.cells() if cell.state is State.NEW_ROW]
    # 0.1 may be 0.10: both are task fields; 6.1 and 6.6 are the only ones with their number
    assert {cell.id.element for cell in new} == {"6.1", "6.6"}
    assert {finding.code for finding in shown.all_findings()} == {"X022"}
    sync.apply(report, shown, {cell.id: Choice.THEIRS for cell in new}, desk=DESK)
    report = open_report(report.root)
    made = {report.name(e): e.data for e in report.elements.values() if e.kind == "mutatie"}
    assert made["Woningaanpassing"]["bedrag"] == 8000
    assert made["Woningaanpassing"]["effect"] == "voordeel"
    assert made["Woningaanpassing"]["duur"] == "incidenteel"
    assert made["Woningaanpassing"]["ouder"] == "6.6"
    assert {cell.state for cell in planned(report).cells()} == {State.EQUAL}
    sync.undo(report, desk=DESK)
    assert not any(e.kind == "mutatie" for e in open_report(report.root).elements.values())


def test_budget_tables_take_the_measure_from_one_column_and_the_sign_from_another(
    tmp_path: Path,
) -> None:
    report = layouts.table_report(tmp_path)
    (tmp_path / "koppelingen" / "mutaties.toml").unlink()
    path = layouts.mutation_table(tmp_path / "Mutaties v3.xlsx")
    proposal, findings = propose(report, path, desk=DESK)
    assert proposal is not None, findings
    assert proposal.data["blok"] == {"kop": "L/B"}
    columns = proposal.data["kolom"]
    assert columns[LASTEN] == {
        "kop": "2026",
        "blok": "L",
        "richting": {"kop": "V/N", "normaal": ["N"], "omgekeerd": ["V"]},
    }
    assert columns[BATEN]["richting"] == {"kop": "V/N", "normaal": ["V"], "omgekeerd": ["N"]}
    assert [cell.state for cell in proposal.reading.plan.cells] == [State.EQUAL] * 3


def test_each_year_gets_its_column_and_lines_become_rows_of_a_table_of_years(
    tmp_path: Path,
) -> None:
    meta = META.replace("voortgang_taakvelden", "begroting_doelen").replace("vgr", "begroting")
    write_text(tmp_path / "report.toml", meta)
    for code, name in PROGRAMMES.items():
        text = f'soort = "programma"\ncode = "{code}"\nnaam = "{name}"\n'
        write_text(tmp_path / code / f"{code}.toml", text)
    report = open_report(tmp_path)
    proposal = proposed(report)
    assert proposal.data["veld"] == "exploitatie"
    assert proposal.data["sleutel"]["onderdeel"] == "Programma"
    columns = proposal.data["kolom"]
    assert list(columns) == [f"{m}_{y}" for m in ("lasten", "baten") for y in range(2020, 2024)]
    assert columns["lasten_2021"]["kop"] == "2021"
    assert columns["lasten_2021"]["richting"]["omgekeerd"] == ["V"]
    assert columns["baten_2021"]["richting"]["omgekeerd"] == ["N"]
    assert list(proposal.data["kenmerk"]) == ["duur"]
    write_link(report, proposal)
    shown = planned(report)
    sync.apply(report, shown, {cell.id: Choice.THEIRS for cell in shown.cells()}, desk=DESK)
    row = open_report(tmp_path).elements["6"].rows("exploitatie")["6-woningaanpassing"]
    assert row == {"duur": "incidenteel"} | {f"lasten_{y}": -8000 * (y == 2020)
                                             for y in range(2020, 2024)}  # fmt: skip
    assert planned(open_report(tmp_path)).settled


def test_figures_of_elements_go_both_ways(linked: Report) -> None:
    ids = {linked.name(element): element for element in linked.elements.values()}
    ids["Scootmobielen"].set(("bedrag",), 14000)
    store.save(linked, ids["Scootmobielen"])
    outcome = sync.apply(linked, planned(linked), desk=DESK)
    assert (len(outcome.to_excel), outcome.messages) == (1, ())
    assert workbooks.cell(linked.root / WORKBOOK, "H10", "Mutaties") == 14000
    lines = [(*line[:-1], 9000) if line[1] == "Rekenkamer" else line for line in LINES]
    lines = [(*line[:-1], 14000) if line[1] == "Scootmobielen" else line for line in lines]
    mutation_book(linked.root / WORKBOOK, lines)
    sync.apply(linked, planned(linked), desk=DESK)
    assert open_report(linked.root).elements[ids["Rekenkamer"].id].get(("bedrag",)) == 9000


def test_a_direction_that_turned_is_told_and_no_figure_moves(linked: Report) -> None:
    lines = [
        ("6.6", "Scootmobielen", "L", "I", "V", 15000) if line[1] == "Scootmobielen" else line
        for line in LINES
    ]
    mutation_book(linked.root / WORKBOOK, lines)
    shown = planned(linked)
    (finding,) = shown.all_findings()
    assert (finding.code, finding.params["cell"]) == ("X048", "Mutaties!G10")
    (cell,) = [cell for cell in shown.cells() if cell.open]
    assert (cell.reason, cell.proposal) == (Reason.OTHER_TRAIT, Choice.LATER)
    assert cell.allowed == (Choice.THEIRS, Choice.LATER)
    assert sync.apply(linked, shown, desk=DESK).left == (cell,)


@pytest.mark.parametrize("amount", [12500, 16000])
def test_a_choice_that_turned_is_taken_over_with_its_figure_and_taken_back(
    linked: Report, amount: int
) -> None:
    def scooters(report: Report) -> tuple[object, object]:
        (found,) = (e for e in report.elements.values() if report.name(e) == "Scootmobielen")
        return found.get(("effect",)), found.get(("bedrag",))

    lines = [
        ("6.6", "Scootmobielen", "L", "I", "V", amount) if line[1] == "Scootmobielen" else line
        for line in LINES
    ]
    mutation_book(linked.root / WORKBOOK, lines)
    before = (linked.root / WORKBOOK).read_bytes()
    shown = planned(linked)
    (cell,) = [cell for cell in shown.cells() if cell.open]
    assert cell.values == (("effect", "voordeel"),)
    sync.apply(linked, shown, {cell.id: Choice.THEIRS}, desk=DESK)
    again = open_report(linked.root)
    assert scooters(again) == ("voordeel", amount)
    assert planned(again).settled
    sync.undo(again, desk=DESK)
    assert scooters(open_report(linked.root)) == ("nadeel", 12500)
    assert (linked.root / WORKBOOK).read_bytes() == before


def test_a_choice_that_was_changed_since_is_not_taken_back(linked: Report) -> None:
    lines = [
        ("6.6", "Scootmobielen", "L", "I", "V", 15000) if line[1] == "Scootmobielen" else line
        for line in LINES
    ]
    mutation_book(linked.root / WORKBOOK, lines)
    shown = planned(linked)
    (cell,) = [cell for cell in shown.cells() if cell.open]
    sync.apply(linked, shown, {cell.id: Choice.THEIRS}, desk=DESK)
    again = open_report(linked.root)
    (found,) = (e for e in again.elements.values() if again.name(e) == "Scootmobielen")
    found.set(("effect",), "nadeel")
    found.set(("bedrag",), 15001)
    store.save(again, found)
    (message,) = sync.undo(again, desk=DESK).messages
    assert "Scootmobielen" in message or "Mutaties!" in message


def test_a_new_line_is_taken_over_as_an_element_and_taken_back(linked: Report) -> None:
    mutation_book(linked.root / WORKBOOK, [*LINES, NEW])
    shown = planned(linked)
    (cell,) = [cell for cell in shown.cells() if cell.state is State.NEW_ROW]
    assert dict(cell.values) == {"naam": "Nieuwe balie", "duur": "incidenteel", "effect": "nadeel"}
    sync.apply(linked, shown, {cell.id: Choice.THEIRS}, desk=DESK)
    again = open_report(linked.root)
    assert again.elements[cell.id.row].get(("bedrag",)) == 30000
    assert planned(again).settled
    sync.undo(again, desk=DESK)
    assert cell.id.row not in open_report(linked.root).elements


def test_next_week_s_copy_is_found_by_its_shape(linked: Report) -> None:
    (linked.root / WORKBOOK).unlink()
    next_week = mutation_book(linked.root / "Mutaties v4 (kopie).xlsx")
    mutation_book(linked.root / "Iets anders.xlsx", [("6.1", "Vreemd", "L", "I", "V", 1)])
    shown = planned(linked)
    assert [finding.code for finding in shown.all_findings()] == ["X011", "X043"]
    roots, _findings = known_roots(linked.root)
    (link,), _wrong = read_links(linked)
    found = refind(linked, link, DESK, roots=roots)
    assert found is not None
    assert (found.path, found.keys) == (next_week, len(LINES))
    relink(link, found, roots)
    assert planned(linked).settled


LAYOUTS = st.builds(
    Layout,
    sheet=st.sampled_from(["Mutaties", "Mutaties 2020 (2)", "blad1"]),
    top=st.integers(3, 9),
    left=st.integers(0, 3),
    order=st.permutations(range(11)).map(tuple),
    as_table=st.booleans(),
    code_format=st.sampled_from(["0.00", "General", "0.0"]),
    hidden=st.booleans(),
    filtered=st.booleans(),
    blanks=st.booleans(),
    subtotals=st.booleans(),
    merged=st.booleans(),
    unit=st.sampled_from([1, 1000]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(layout=LAYOUTS)
def test_whatever_was_moved_merged_or_hidden_the_list_is_proposed(
    tmp_path_factory: pytest.TempPathFactory, layout: Layout
) -> None:
    if layout.merged:  # amounts stand beside each other below a merged header
        layout.order = tuple(range(11))
    report = mutation_report(tmp_path_factory.mktemp("m"))
    path = mutation_book(report.root / WORKBOOK, layout=layout)
    found, findings = proposals(report, path, desk=DESK)
    assert found, findings
    best = found[0]
    assert (best.data["soort"], best.data["eenheid"]) == ("mutatie", layout.unit)
    assert best.data["sleutel"]["onderdeel"] == "Taakveld"
    equal = [cell for cell in best.reading.plan.cells if cell.state is State.EQUAL]
    assert len(equal) == len(LINES), best.data
    write_link(report, best)
    assert {cell.state for cell in planned(report).cells()} == {State.EQUAL}


@pytest.mark.parametrize("number", range(1, 12))
def test_a_new_element_that_is_cut_off_comes_once(linked: Report, number: int) -> None:
    mutation_book(linked.root / WORKBOOK, [*LINES, NEW])
    shown = planned(linked)
    (cell,) = [cell for cell in shown.cells() if cell.state is State.NEW_ROW]
    left = [number]

    def guarded(action: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise CrashError
            return action(*args, **kwargs)

        return run

    with pytest.MonkeyPatch.context() as patch, suppress(CrashError):
        places: list[tuple[Any, str]] = [
            (journal.Journal, "_write"), (store, "write_safely"), (carry_out, "write_safely"),
        ]  # fmt: skip
        for owner, name in places:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        sync.apply(linked, shown, {cell.id: Choice.THEIRS}, desk=DESK)
    again = open_report(linked.root)
    shown = planned(again)
    chosen = {cell.id: Choice.THEIRS for cell in shown.cells() if cell.needs_choice}
    sync.apply(again, shown, chosen, desk=DESK)
    final = open_report(linked.root)
    new = [e for e in final.elements.values() if e.data.get("naam") == "Nieuwe balie"]
    assert [(e.id, e.get(("bedrag",))) for e in new] == [(cell.id.row, 30000)]
    assert planned(final).settled
    sync.undo(final, desk=DESK)
    assert cell.id.row not in open_report(linked.root).elements
