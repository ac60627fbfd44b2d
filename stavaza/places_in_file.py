"""On which lines of an element's file its values stand, and words inside them."""

from __future__ import annotations

from stavaza.finding import KeyPath
from stavaza.toml_lines import key_lines
from stavaza.tree import Element


class Places:
    """The lines of one element's file, counted from 1; none for one without a file."""

    def __init__(self, element: Element) -> None:
        self.file = element.source.path if element.source else None
        raw = element.source.raw.decode("utf-8-sig") if element.source else ""
        text = raw.replace("\r\n", "\n")
        self._lines = key_lines(text) if text else {}
        self._text = text.split("\n")

    def of(self, path: KeyPath) -> int | None:
        """The line of a value, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return 1 if self._lines else None

    def of_words(self, path: KeyPath, words: str) -> int | None:
        """The line inside a value on which words stand; that of the value where they do not."""
        line = self.of(path)
        if line is None or not words:
            return line
        later = [number for number in self._lines.values() if number > line]
        for number in range(line, min(later, default=len(self._text) + 1)):
            if words in self._text[number - 1].replace("\u00a0", " "):
                return number
        return line
