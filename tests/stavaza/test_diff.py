"""The difference between two versions of an element, by meaning."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path

import pytest

from stavaza.diff import Change, element_changes, gap_text, table_changes
from stavaza.source import Data
from stavaza.tree import Report
from stavaza.word_diff import Piece
from tests.tui.reports import small_report


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return small_report(tmp_path)


@pytest.fixture
def old(report: Report) -> Data:
    return report.elements["1.1.1"].snapshot()


def changed(report: Report, old: Data, **places: object) -> list[Change]:
    new = copy.deepcopy(old)
    for place, value in places.items():
        *path, last = place.split("__")
        node = new
        for key in path:
            node = node.setdefault(key, {})
        if value is None:
            del node[last]
        else:
            node[last] = value
    return element_changes(report, old, new)


def test_nothing_differs_between_a_version_and_itself(report: Report, old: Data) -> None:
    assert element_changes(report, old, copy.deepcopy(old)) == []


def test_a_status_reads_as_its_labels(report: Report, old: Data) -> None:
    [change] = changed(report, old, moment__vgr2__status="niet_gestart")
    assert change.path == ("moment", "vgr2", "status")
    assert change.label == "Status · 2e VGR"
    assert (change.old_text, change.new_text) == ("Volgens plan", "Niet gestart")


def test_an_amount_says_by_how_much_it_changed(report: Report, old: Data) -> None:
    [change] = changed(report, old, begroting__660002__lasten_wijziging_2026=Decimal("180000.50"))
    assert change.label == "Begroting · 660002 · Lasten na wijziging"
    assert (change.old_text, change.new_text) == ("185.000", "180.000,50")
    assert gap_text(change) == "-4.999,50"


def test_an_amount_that_was_blank_has_no_difference_but_is_no_zero(
    report: Report, old: Data
) -> None:
    [change] = changed(report, old, begroting__660002__lasten_prognose_2026=0)
    assert (change.old_text, change.new_text, change.gap) == ("", "0", None)


def test_a_text_is_compared_in_words_and_its_layout_in_the_file_does_not_count(
    report: Report, old: Data
) -> None:
    text = "Wij vernieuwen de voorziening in\nwijk 2. De bewoners denken weer mee.\n"
    [change] = changed(report, old, omschrijving=text)
    assert change.form == "text"
    assert [piece for piece in change.pieces if piece.sign != " "] == [Piece("+", "weer ")]


def test_true_is_not_one_and_a_code_is_not_a_number(report: Report, old: Data) -> None:
    changes = changed(report, old, begroting__660002__taakveld="6.1", jaar_realisatie=True)
    assert {change.path[-1] for change in changes} == {"taakveld", "jaar_realisatie"}


def test_changes_stand_in_the_order_in_which_a_person_reads_the_element(
    report: Report, old: Data
) -> None:
    changes = changed(
        report,
        old,
        begroting__770002__baten_primitief_2026=1,
        begroting__660002__baten_primitief_2026=1,
        moment__vgr2__status="niet_gestart",
        moment__rek__status="volgens_plan",
        naam="Anders",
        ouder="1.2",
    )
    assert [change.label for change in changes] == [
        "Staat onder",
        "Naam",
        "Status · Rek. 2025",
        "Status · 2e VGR",
        "Begroting · 660002 · Baten primitief",
        "Begroting · 770002 · Baten primitief",
    ]
    assert changes[0].new_text == "1.2 Thema 1.2"


def test_a_row_that_came_shows_its_cells_and_an_empty_row_is_seen_too(
    report: Report, old: Data
) -> None:
    changes = changed(report, old, begroting__99__taakveld="0.10", begroting__98={})
    assert [(c.path, c.form) for c in changes] == [
        (("begroting", "98"), "row"),
        (("begroting", "99", "taakveld"), "value"),
    ]


def test_keys_that_the_template_does_not_know_are_shown_as_they_are(
    report: Report, old: Data
) -> None:
    [change] = changed(report, old, eigen__aantekening="x")
    assert change.label == "eigen · aantekening"


def test_a_new_element_counts_all_its_values(report: Report, old: Data) -> None:
    changes = element_changes(report, None, old)
    assert {change.old for change in changes} == {None}
    assert ("begroting", "660002", "lasten_primitief_2026") in {c.path for c in changes}
    assert len(element_changes(report, old, None)) == len(changes)


def test_data_of_a_wrong_shape_is_compared_too(report: Report, old: Data) -> None:
    broken: Data = {
        "soort": "activiteit",
        "moment": {"vgr2": 3},
        "begroting": {"66": 4},
        "naam": {},
    }
    assert element_changes(report, old, broken)
    assert element_changes(report, {"soort": 5}, {"soort": ["x"]})


def test_a_change_for_machines_keeps_values_as_they_are(report: Report, old: Data) -> None:
    [change] = changed(report, old, begroting__660002__lasten_wijziging_2026=Decimal("1.50"))
    assert change.as_json() == {
        "field": ["begroting", "660002", "lasten_wijziging_2026"],
        "old": 185000,
        "new": "1.50",
    }


def test_other_files_are_compared_key_by_key() -> None:
    old: Data = {"jaar": 2026, "moment": {"vgr1": {"label": "1e"}}}
    new: Data = {"jaar": 2026, "moment": {"vgr1": {"label": "Eerste"}, "vgr2": {"label": "2e"}}}
    assert [(c.label, c.old_text, c.new_text) for c in table_changes(old, new)] == [
        ("moment · vgr1 · label", "1e", "Eerste"),
        ("moment · vgr2 · label", "", "2e"),
    ]
