"""Creating, renaming, moving and retiring elements."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import edit, store
from stavaza.edit import EditError
from tests.stavaza.making import make_report, opened


def test_a_new_activity_gets_the_next_code_and_lands_beside_its_programme(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    code = edit.suggest_code(report, "activiteit", "6.1")
    assert code == "6.1.4"
    made = edit.create(report, "activiteit", "6.1", code, "  Nieuwe   activiteit ")
    store.save(report, made)
    again = opened(tmp_path).elements["6.1.4"]
    assert again.data == {
        "soort": "activiteit",
        "code": "6.1.4",
        "ouder": "6.1",
        "naam": "Nieuwe activiteit",
    }
    assert again.source is not None
    assert again.source.path == tmp_path / "6-sociaal-domein" / "6.1.4.toml"


def test_a_new_goal_gets_a_minted_name_and_the_last_place(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    made = edit.create(report, "doel", "6.1", name="Twee zinnen. Echt waar.")
    assert made.id.startswith("doel-")
    assert made.data["volgorde"] == 2
    assert made.data["doelstelling"] == "Twee zinnen.\nEcht waar.\n"


@pytest.mark.parametrize(
    ("kind", "parent", "code"),
    [
        ("activiteit", "6.1", "6.1.3"),  # in use
        ("activiteit", "6.1", ""),
        ("activiteit", "6.1", "6.1"),
        ("activiteit", "6.1", "../../x"),
        ("activiteit", "6", "6.1.7"),
        ("activiteit", None, "6.1.7"),
        ("thema", "weg", "6.7"),
    ],
)
def test_an_element_that_would_break_the_tree_is_refused_with_a_sentence(
    tmp_path: Path, kind: str, parent: str | None, code: str
) -> None:
    report = opened(make_report(tmp_path))
    before = dict(report.elements)
    with pytest.raises(EditError) as refused:
        edit.create(report, kind, parent, code, "Naam")
    assert str(refused.value).endswith((".", ")"))
    assert report.elements == before


def test_the_code_of_a_retired_element_is_never_used_again(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    edit.retire(report.elements["6.1.3"])
    store.save(report, report.elements["6.1.3"])
    report = opened(tmp_path)
    assert report.elements["6.1.3"].retired
    assert edit.suggest_code(report, "activiteit", "6.1") == "6.1.4"
    with pytest.raises(EditError):
        edit.create(report, "activiteit", "6.1", "6.1.3", "Naam")


def test_the_code_of_a_file_that_cannot_be_read_counts_as_used(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    (root / "6-sociaal-domein" / "6.1.4.toml").write_bytes(b"stuk = \n")
    report = opened(root)
    assert edit.suggest_code(report, "activiteit", "6.1") == "6.1.5"


def test_restoring_a_retired_element_leaves_its_file_as_it_was(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    edit.retire(element)
    edit.restore(element)
    assert not element.changed


def test_moving_changes_the_parent_and_nothing_else(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    theme = edit.create(report, "thema", "6", "6.2", "Zorg")
    element = report.elements["6.1.3"]
    edit.move(report, element, theme.id)
    assert [child.id for child in report.children("6.2")] == ["6.1.3"]
    assert {
        key
        for key in element.data
        if element.source and element.data[key] != element.source.data.get(key)
    } == {"ouder"}
    with pytest.raises(EditError):
        edit.move(report, element, "6")


def test_goals_change_places(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    second = edit.create(report, "doel", "6.1", name="Tweede.")
    assert edit.shift(report, second, -1)
    assert [goal.id for goal in report.children("6.1", "doel")] == [second.id, "doel-bcdfgh"]
    assert not edit.shift(report, second, -1)
