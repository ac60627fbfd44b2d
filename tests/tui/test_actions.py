"""The registry of actions, and everything that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding

from tui.actions import SCREENS, Action, actions, key_sheet, shown_key
from tui.widgets.dialogs import Dialog
from tui.widgets.line_grid import LineGrid

SHEET = Path(__file__).parents[2] / "docs" / "toetsen.md"
EVERY = [(screen, action) for screen in SCREENS for action in actions(screen)]


def test_the_key_sheet_in_the_docs_is_current() -> None:
    assert SHEET.read_text(encoding="utf-8") == key_sheet(), "run python -m tests.tools.key_sheet"


def test_the_key_sheet_names_every_key() -> None:
    sheet = key_sheet()
    assert all(action.title in sheet and action.shown_keys in sheet for _s, action in EVERY)


@pytest.mark.parametrize(("screen", "action"), EVERY, ids=[f"{s}:{a.id}" for s, a in EVERY])
def test_an_action_says_what_it_does(screen: str, action: Action) -> None:
    assert action.title
    assert action.explanation.endswith(".")
    assert action.keys or action.palette, "neither a key nor in the palette: nobody can reach it"
    assert action.handler or action.passive


@pytest.mark.parametrize("screen", ["matrix", "budget", "excel", "watch"])
def test_the_keys_that_move_in_a_table_are_named(screen: str) -> None:
    assert moving_keys() <= keys_of(screen)


@pytest.mark.parametrize("screen", ["findings", "todo", "changes", "conflicts"])
def test_the_keys_that_move_in_a_list_are_named(screen: str) -> None:
    assert moving_keys() - {"left", "right"} <= keys_of(screen)


def moving_keys() -> set[str]:
    return {binding.key for binding in LineGrid.BINDINGS if isinstance(binding, Binding)}


def keys_of(screen: str) -> set[str]:
    return {key for action in actions(screen) for key in action.keys.split(",")}


def test_the_keys_that_scroll_in_a_dialog_are_named() -> None:
    handled = {name.removeprefix("key_") for name in vars(Dialog) if name.startswith("key_")}
    assert handled
    assert handled <= keys_of("dialog")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_key_does_one_thing_on_a_screen(screen: str) -> None:
    keys = [key for action in actions(screen) for key in action.keys.split(",") if key]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("ctrl+s", "Ctrl+S"),
        ("question_mark", "?"),
        ("f4", "F4"),
        ("K", "K"),
        ("shift+up", "Shift+↑"),
        ("ctrl+pagedown", "Ctrl+PgDn"),
        ("space", "Spatie"),
        ("f", "f"),
    ],
)
def test_a_key_is_shown_as_it_stands_on_the_keyboard(key: str, shown: str) -> None:
    assert shown_key(key) == shown
