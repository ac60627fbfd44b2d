"""The colours of the app: calm, dark or light, colour only where it means something."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="stavaza-donker",
    primary="#7aa2d8",
    secondary="#8fa3b8",
    accent="#7ab8c8",
    foreground="#d8dade",
    background="#16181c",
    surface="#1b1e23",
    panel="#262a31",
    success="#7fb98a",
    warning="#d9a860",
    error="#e08080",
    dark=True,
    variables={
        "border": "#3a404a",
        "text-muted": "#8b929c",
        "scrollbar": "#3a404a",
        "scrollbar-hover": "#4d5562",
        "scrollbar-active": "#7aa2d8",
        "scrollbar-background": "#16181c",
        "scrollbar-background-hover": "#16181c",
        "scrollbar-background-active": "#16181c",
        "scrollbar-corner-color": "#16181c",
    },
)
LIGHT = Theme(
    name="stavaza-licht",
    primary="#205c9e",
    secondary="#4a5a6a",
    accent="#0b6b7a",
    foreground="#1d2126",
    background="#fbfaf7",
    surface="#f2f0eb",
    panel="#e4e1d9",
    success="#2c6e3a",
    warning="#8a5a00",
    error="#a3262a",
    dark=False,
    variables={
        "border": "#c4c0b6",
        "text-muted": "#666b73",
        "scrollbar": "#c4c0b6",
        "scrollbar-hover": "#a9a498",
        "scrollbar-active": "#205c9e",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar-corner-color": "#fbfaf7",
    },
)
