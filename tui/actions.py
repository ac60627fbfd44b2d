"""The one list of what a person can do: it feeds the keys, the palette, the help, the key sheet.

Each screen has its own part in `tui/keys/<screen>.py`. Nothing of the screens is imported here, so
that the key sheet in the docs can be made and checked without them.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache

from stavaza.i18n import N_, _

SCREENS: dict[str, str] = {
    "main": N_("Main screen"),
    "form": N_("Editing an element"),
    "border": N_("Border between two texts"),
    "figure": N_("Choosing a figure"),
    "matrix": N_("Status matrix"),
    "budget": N_("Budget table"),
    "findings": N_("Findings list"),
    "todo": N_("To do list"),
    "search": N_("Search screen"),
    "changes": N_("Differences"),
    "conflicts": N_("Conflicts"),
    "excel": N_("Excel screen"),
    "watch": N_("Following a workbook"),
    "link": N_("Linking a workbook"),
    "dialog": N_("Dialogs"),
}
"""The screens that have keys of their own, by name, with how a person calls them (msgids)."""


@dataclass(frozen=True)
class Action:
    """One thing to do on a screen.

    `keys` are Textual's names, comma-separated, the first is the one that is shown. `handler` is
    the name of the screen's (else the app's) method `action_<handler>`, arguments included:
    `jump('x')`. `footer` puts it in the bottom line; `palette` in the command palette. `passive`
    keys are those that a widget already handles: they are listed, not bound.
    """

    id: str
    keys: str
    label: str
    help: str
    group: str
    handler: str
    footer: bool = False
    palette: bool = True
    priority: bool = False
    passive: bool = False

    @property
    def title(self) -> str:
        """Its short name in the reader's language."""
        return _(self.label)

    @property
    def explanation(self) -> str:
        """What it does, a sentence in the reader's language."""
        return _(self.help)

    @property
    def shown_keys(self) -> str:
        """Its keys as a person reads them: `Ctrl+S`, `Shift+↑ of K`."""
        return _(" or ").join(shown_key(key) for key in self.keys.split(",") if key)


_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": N_("Space"),
    "question_mark": "?",
    "slash": "/",
    "full_stop": ".",
    "comma": ",",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "backspace": "Backspace",
    "tab": "Tab",
    "plus": "+",
    "minus": "-",
    "shift": "Shift",
    "ctrl": "Ctrl",
    "alt": "Alt",
}


def shown_key(key: str) -> str:
    """One key as a person reads it: `ctrl+s` is `Ctrl+S`, a capital letter stays alone."""
    parts = key.strip().split("+")
    lone = len(parts) == 1
    shown = [_(_NAMES[part]) if part in _NAMES else part for part in parts]
    if lone:
        return shown[0].upper() if shown[0].startswith("f") and len(shown[0]) > 1 else shown[0]
    return "+".join(part.upper() if len(part) == 1 else part for part in shown)


@cache
def actions(screen: str) -> tuple[Action, ...]:
    """The actions of one screen, in the order in which a person reads them."""
    module = importlib.import_module(f"tui.keys.{screen}")
    found: tuple[Action, ...] = module.ACTIONS
    return found


def everything() -> dict[str, tuple[Action, ...]]:
    """All actions by screen."""
    return {screen: actions(screen) for screen in SCREENS}


def groups(screen: str) -> dict[str, list[Action]]:
    """The actions of a screen by group (a msgid), in order."""
    found: dict[str, list[Action]] = {}
    for action in actions(screen):
        found.setdefault(action.group, []).append(action)
    return found


def key_sheet() -> str:
    """The text of `docs/toetsen.md`: every key of every screen."""
    key, does = _("Key"), _("What it does")
    lines = ["# " + _("Keys"), "", _("This page is made from the program itself."), ""]
    for screen, title in SCREENS.items():
        if not actions(screen):
            continue
        lines += [f"## {_(title)}", "", f"| {key} | {does} |", "|---|---|"]
        for action in actions(screen):
            keys = action.shown_keys.replace("|", "\\|") or _("(palette)")
            lines.append(f"| {keys} | {action.title}: {action.explanation} |")
        lines.append("")
    return "\n".join(lines)
