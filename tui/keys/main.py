"""What a person can do on the main screen."""

from __future__ import annotations

from stavaza.i18n import N_
from tui.actions import Action

_SCREEN, _ELEMENT, _REPORT, _VIEW = N_("Screens"), N_("Element"), N_("Report"), N_("View")

_TREE = N_("Tree and text")


def _tree(id: str, keys: str, label: str, help: str) -> Action:
    """A key that the tree handles itself."""
    return Action(id, keys, label, help, _TREE, "", palette=False, passive=True)


ACTIONS: tuple[Action, ...] = (
    Action(
        "edit",
        "enter",
        N_("Edit"),
        N_("Open the form of the chosen element."),
        _ELEMENT,
        "edit",
        footer=True,
    ),
    Action(
        "status",
        "s",
        N_("Status"),
        N_("Set the status of the chosen element with one key."),
        _ELEMENT,
        "status",
        footer=True,
    ),
    Action(
        "new", "n", N_("New"), N_("Add an element here or below the chosen one."), _ELEMENT, "new"
    ),
    Action(
        "rename",
        "r,f2",
        N_("Rename"),
        N_("Give the element another name; its code and file stay."),
        _ELEMENT,
        "rename",
    ),
    Action(
        "code",
        "C",
        N_("Give a code"),
        N_("Give the element the code that was left open; file and references follow."),
        _ELEMENT,
        "give_code",
    ),
    Action("move", "w", N_("Move"), N_("Put the element below another parent."), _ELEMENT, "move"),
    Action(
        "shift_up",
        "shift+up,K",
        N_("Up"),
        N_("Move the element one place up, where no code gives its place."),
        _ELEMENT,
        "shift(-1)",
    ),
    Action(
        "shift_down",
        "shift+down,J",
        N_("Down"),
        N_("Move the element one place down, where no code gives its place."),
        _ELEMENT,
        "shift(1)",
    ),
    Action(
        "retire",
        "delete,x",
        N_("Retire or restore"),
        N_("Report no longer on the element, or again; its code stays taken."),
        _ELEMENT,
        "retire",
    ),
    Action(
        "border",
        "f5",
        N_("Border"),
        N_("To the next border between two texts that an import proposed: move or confirm it."),
        _ELEMENT,
        "border",
    ),
    Action(
        "next_missing",
        "full_stop",
        N_("Next to fill in"),
        N_("To the next element where something is missing or to be revised."),
        _ELEMENT,
        "next_missing",
    ),
    Action(
        "matrix",
        "m",
        N_("Matrix"),
        N_("The statuses of all activities, per moment."),
        _SCREEN,
        "matrix",
        footer=True,
    ),
    Action(
        "budget",
        "b",
        N_("Budget"),
        N_("The budget table of the chosen element."),
        _SCREEN,
        "budget",
        footer=True,
    ),
    Action(
        "excel",
        "e",
        N_("Excel"),
        N_("Compare the budget tables with the workbooks of finance."),
        _SCREEN,
        "excel",
        footer=True,
    ),
    Action(
        "changes",
        "v",
        N_("Differences"),
        N_("What is not committed yet, sentence by sentence."),
        _SCREEN,
        "changes",
        footer=True,
    ),
    Action(
        "search",
        "slash,ctrl+f",
        N_("Search"),
        N_("Search names and texts while typing."),
        _SCREEN,
        "search",
        footer=True,
    ),
    Action(
        "findings",
        "a",
        N_("Findings"),
        N_("What is wrong or missing, with a jump to the field."),
        _SCREEN,
        "findings",
        footer=True,
    ),
    Action(
        "todo",
        "i",
        N_("To do"),
        N_("What is missing or to be revised, by deadline and owner."),
        _SCREEN,
        "todo",
        footer=True,
    ),
    Action(
        "revised",
        "h",
        N_("Revised"),
        N_("Confirm that the texts of last year in this element still hold."),
        _ELEMENT,
        "revised",
    ),
    Action(
        "share",
        "d",
        N_("Share"),
        N_("Save and record your work, merge it with that of colleagues, and share it."),
        _REPORT,
        "share",
        footer=True,
    ),
    Action(
        "conflicts",
        "c",
        N_("Conflicts"),
        N_("Choose where you and someone else changed the same value differently."),
        _SCREEN,
        "conflicts",
    ),
    Action("save", "ctrl+s", N_("Save"), N_("Save all unsaved work."), _REPORT, "save"),
    Action(
        "undo", "ctrl+z,u", N_("Undo"), N_("Take back the last change of a value."), _REPORT, "undo"
    ),
    Action(
        "reload",
        "ctrl+r",
        N_("Reload"),
        N_("Read the files again; unsaved work stays."),
        _REPORT,
        "reload",
    ),
    Action(
        "moment", "o", N_("Moment"), N_("Look at, and write, another moment."), _REPORT, "moment"
    ),
    Action(
        "tree",
        "t",
        N_("Tree or text"),
        N_("Switch between tree and text; in a wide window, hide the tree."),
        _VIEW,
        "toggle_tree",
    ),
    Action(
        "retired",
        "R",
        N_("Show retired"),
        N_("Show or hide elements that are no longer reported on."),
        _VIEW,
        "toggle_retired",
    ),
    Action(
        "theme",
        "",
        N_("Light or dark"),
        N_("Switch between light and dark colours."),
        _VIEW,
        "switch_theme",
    ),
    Action(
        "palette",
        "ctrl+p",
        N_("Commands"),
        N_("All commands, by typing a part of their name."),
        _VIEW,
        "command_palette",
        footer=True,
        palette=False,
        passive=True,
    ),
    Action(
        "help",
        "question_mark,f1",
        N_("Help"),
        N_("All keys of this screen."),
        _VIEW,
        "help",
        footer=True,
    ),
    Action(
        "quit",
        "q,ctrl+q",
        N_("Quit"),
        N_("Close Stavaza; unsaved work is asked about."),
        _VIEW,
        "quit",
    ),
    _tree(
        "tree.choose",
        "up,down,k,j",
        N_("Choose"),
        N_("To the element above or below; its text is shown at once."),
    ),
    _tree(
        "tree.fold",
        "left,right,space",
        N_("Fold"),
        N_("Fold an element up or unfold it; from inside, left goes to the one above it."),
    ),
    _tree("tree.page", "pageup,pagedown", N_("Page"), N_("A screenful up or down.")),
    _tree("tree.edge", "home,end", N_("First or last"), N_("To the first or the last element.")),
    _tree(
        "tree.text",
        "tab",
        N_("To the text"),
        N_("To the text and back; arrows then scroll the text."),
    ),
)
