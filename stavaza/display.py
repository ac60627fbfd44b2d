"""Makes text from outside safe to show: names and texts may hold signs that steer a terminal."""

from __future__ import annotations


def harmless(text: str) -> str:
    """A text as long as it was, without signs that steer a terminal or turn the reading around.

    Those become `�`; every kind of space, newlines too, becomes a plain one.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text
    )


def harmless_lines(text: str) -> str:
    """The same for a text of several lines, which stay lines."""
    return "\n".join(harmless(line) for line in text.split("\n"))


def in_sentence(heading: str) -> str:
    """A heading as a part of a sentence: a goal that is a sentence itself loses its full stop."""
    return heading if heading.endswith("..") else heading.removesuffix(".")
