"""Finds the line on which a key of a TOML text stands, for messages that name file and line."""

from __future__ import annotations

import re

from stavaza.finding import KeyPath

_KEY_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")
_ERROR_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_STRING = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*\'""")


def split_key(text: str) -> tuple[KeyPath, str]:
    """The parts of a dotted key at the start of `text`, and what follows it."""
    parts: list[str] = []
    rest = text
    while found := _KEY_PART.match(rest):
        quoted, literal, bare = found.groups()
        parts.append(next(part for part in (quoted, literal, bare) if part is not None))
        rest = rest[found.end() :]
        if not rest.startswith("."):
            break
        rest = rest[1:]
    return tuple(parts), rest


def error_line(message: str) -> int | None:
    """The line that a message of the parser names, or None where it names the end of the text."""
    found = _ERROR_PLACE.search(message)
    return int(found.group(1)) if found else None


def key_lines(text: str) -> dict[KeyPath, int]:
    """Every key path of a TOML text with its line, counted from 1.

    An item of an array of tables has its index, as text, in the path. Tables are listed under
    their header's line; the first mention counts.
    """
    return _Scan().run(text)


def line_of(text: str, path: KeyPath) -> int | None:
    """The line of `path`, or of the nearest table around it; None where neither is there."""
    lines = key_lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Scan:
    """One pass over the lines, knowing just enough TOML to skip strings and nested values."""

    def __init__(self) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.table: KeyPath = ()
        self.counts: dict[KeyPath, int] = {}
        self.closing = ""
        self.depth = 0

    def run(self, text: str) -> dict[KeyPath, int]:
        for number, line in enumerate(text.split("\n"), start=1):
            if self.closing:
                self._inside_string(line)
            elif self.depth > 0:
                self._follow_value(line)
            else:
                self._statement(line.strip().lstrip("\ufeff"), number)
        return self.lines

    def _inside_string(self, line: str) -> None:
        end = line.find(self.closing)
        if end >= 0:
            rest = line[end + 3 :]
            self.closing = ""
            self._follow_value(rest)

    def _statement(self, line: str, number: int) -> None:
        if not line or line.startswith("#"):
            return
        if line.startswith("["):
            self._header(line, number)
            return
        key, rest = split_key(line)
        if key and rest.startswith("="):
            path = self.table + key
            for length in range(len(self.table) + 1, len(path) + 1):
                self.lines.setdefault(path[:length], number)
            self._follow_value(rest[1:])

    def _header(self, line: str, number: int) -> None:
        array = line.startswith("[[")
        key, _ = split_key(line.lstrip("["))
        path: KeyPath = ()
        for position, part in enumerate(key):
            path += (part,)
            if path in self.counts and position < len(key) - 1:
                path += (str(self.counts[path] - 1),)
        if array:
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            self.lines.setdefault(path, number)
            path += (str(index),)
        self.table = path
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], number)

    def _follow_value(self, text: str) -> None:
        """Keep track of a value that goes on over the next lines."""
        rest = text
        while rest:
            for mark in ('"""', "'''"):
                if rest.startswith(mark):
                    end = rest.find(mark, 3)
                    if end < 0:
                        self.closing = mark
                        return
                    rest = rest[end + 3 :]
                    break
            else:
                string = _STRING.match(rest)
                if string:
                    rest = rest[string.end() :]
                    continue
                if rest[0] == "#":
                    return
                if rest[0] in "[{":
                    self.depth += 1
                elif rest[0] in "]}":
                    self.depth -= 1
                rest = rest[1:]
