"""Wraps text into lines of the screen."""

from __future__ import annotations

from textual.content import Content


def wrapped(content: Content, width: int) -> list[Content]:
    """The content as lines of at most `width` cells."""
    return [line.rstrip() for line in content.wrap(max(1, width))]
