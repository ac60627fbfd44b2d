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
        "block-cursor-background": "#33445c",
        "block-cursor-foreground": "#f2f4f7",
        "block-cursor-blurred-background": "#262a31",
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
        "block-cursor-background": "#d3e0f0",
        "block-cursor-foreground": "#14181d",
        "block-cursor-blurred-background": "#e4e1d9",
        "scrollbar": "#c4c0b6",
        "scrollbar-hover": "#a9a498",
        "scrollbar-active": "#205c9e",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
        "scrollbar-corner-color": "#fbfaf7",
    },
)

# For terminals of 16 colours: exactly their colours, so that none is rounded to grey.
DARK_16 = Theme(
    name="stavaza-donker-16",
    primary="#55ffff",
    secondary="#aaaaaa",
    accent="#55ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#555555",
    success="#55ff55",
    warning="#ffff55",
    error="#ff5555",
    dark=True,
    variables={
        "border": "#555555",
        "text-primary": "#55ffff",
        "text-accent": "#55ffff",
        "text-success": "#55ff55",
        "text-warning": "#ffff55",
        "text-error": "#ff5555",
        "text-muted": "#aaaaaa",
        "block-cursor-background": "#0000aa",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#555555",
        "scrollbar": "#555555",
        "scrollbar-background": "#000000",
        "scrollbar-corner-color": "#000000",
    },
)
LIGHT_16 = Theme(
    name="stavaza-licht-16",
    primary="#0000aa",
    secondary="#555555",
    accent="#00aaaa",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#aaaaaa",
    success="#00aa00",
    warning="#aa5500",
    error="#aa0000",
    dark=False,
    variables={
        "border": "#aaaaaa",
        "text-primary": "#0000aa",
        "text-accent": "#0000aa",
        "text-success": "#00aa00",
        "text-warning": "#aa5500",
        "text-error": "#aa0000",
        "text-muted": "#555555",
        "block-cursor-background": "#aaaaaa",
        "block-cursor-foreground": "#000000",
        "block-cursor-blurred-background": "#aaaaaa",
        "scrollbar": "#aaaaaa",
        "scrollbar-background": "#ffffff",
        "scrollbar-corner-color": "#ffffff",
    },
)


def themes_for(color_system: str | None) -> tuple[Theme, Theme]:
    """The dark and the light theme for what the terminal can show (Rich's name of it)."""
    return (DARK_16, LIGHT_16) if color_system in ("standard", "windows") else (DARK, LIGHT)
