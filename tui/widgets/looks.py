"""How the colours that a template names look in the theme."""

from __future__ import annotations

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
