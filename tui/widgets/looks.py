"""How the colours that a template names look in the theme, and the marks that are no status."""

from __future__ import annotations

from stavaza.template import APP_MARKS

MISSING, UNSAVED = APP_MARKS
"""The marks of what is missing, or asks to be looked at, and of what is not saved yet."""

_STYLES = {
    "groen": "$text-success",
    "oranje": "$text-warning",
    "rood": "$text-error",
    "blauw": "$text-accent",
    "grijs": "$foreground-muted",
}


def status_style(color: str) -> str:
    """The style of a status of `color`; none for a colour that is not known."""
    return _STYLES.get(color, "")
