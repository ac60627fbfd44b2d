"""What our own pages have around the text, on a page of ours that was saved as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from stavaza.page_import.lines import MARKS, Line, Page, normal
from stavaza.page_import.table_lines import read_caption
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.places import templates_dir
from stavaza.toml_reader import parse_toml

_SIGN = re.compile(rf"(?:[{re.escape(''.join(sorted(MARKS)))}]|[0-9]{{1,3}}[.)])\s+")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE_WORDS = {"in", "euro"}
_CUT = "…"


@dataclass(frozen=True)
class _Words:
    """The lines of `meubilair.toml`: see there."""

    mark: str
    lines: frozenset[str]
    begins: tuple[str, ...]
    contents: str
    data: str
    data_lines: frozenset[str]
    data_begins: tuple[str, ...]
    tail: str


@cache
def _words() -> _Words:
    path = templates_dir() / "_basis" / "meubilair.toml"
    try:
        data, _text, _findings = parse_toml(path.read_bytes(), path)
    except OSError:
        data = None
    found = data or {}

    def texts(key: str) -> tuple[str, ...]:
        return tuple(map(str, found.get(key, [])))

    return _Words(
        str(found.get("kenmerk", "")),
        frozenset(map(normal, texts("regels"))),
        texts("begin"),
        normal(str(found.get("inhoud", ""))),
        str(found.get("gegevens", "")),
        frozenset(map(normal, texts("gegevens_regels"))),
        texts("gegevens_begin"),
        normal(str(found.get("wegen", ""))),
    )


def _letters(key: str) -> set[str]:
    return set(_WORD.findall(key))


def without_own(page: Page, words: Vocabulary) -> tuple[Page, frozenset[int]]:
    """The page with those lines empty, each a block of its own, and the numbers of the lines."""
    known = _words()
    html = any(line.boxes for line in page.lines)
    if html or not known.mark or not any(x.text.startswith(known.mark) for x in page.lines):
        return page, frozenset()
    found = frozenset(_Reader(page, words, known).read())
    lines: list[Line] = []
    block = 0
    for at, line in enumerate(page.lines):
        alone = at in found or at - 1 in found
        block += alone or not at or line.block != page.lines[at - 1].block
        shown = replace(line, text="", bullet="") if at in found else line
        lines.append(replace(shown, block=block))
    return replace(page, lines=tuple(lines)), frozenset(page.lines[at].number for at in found)


@dataclass(frozen=True)
class _Reader:
    page: Page
    words: Vocabulary
    known: _Words

    def read(self) -> Iterator[int]:
        """The lines, some perhaps twice."""
        keys = [line.key for line in self.page.lines]
        begins = (self.known.mark, *self.known.begins)
        for at, line in enumerate(self.page.lines):
            if line.key in self.known.lines or line.text.startswith(begins):
                yield at
            if self.known.data and line.text.startswith(self.known.data):
                yield from self._chart(at)
        if self.known.contents in keys:
            yield from self._contents(keys.index(self.known.contents), keys)
        if self.known.tail in keys:
            yield from self._tail(keys.index(self.known.tail))

    def _contents(self, start: int, keys: list[str]) -> Iterator[int]:
        """The contents: lines that come again, up to where the first of them does.

        A page with little on it has none; there its name may be the label of a text.
        """
        first = ""
        for at in range(start + 1, len(keys)):
            key = normal(_SIGN.sub("", self.page.lines[at].text, count=1))
            if key == first or (key and key not in keys[at + 1 :]):
                return
            if not first and key:
                yield start
            first = first or key
            yield at

    def _tail(self, start: int) -> Iterator[int]:
        """The ways to other pages, up to the footer."""
        for at in range(start, len(self.page.lines)):
            if self.words.footer(self.page.lines[at].text) is not None:
                return
            yield at

    def _chart(self, start: int) -> Iterator[int]:
        """Where to get a table as data, and its chart: words and figures that the page has above.

        Up to the next heading; a line with any other word stays.
        """
        above = {line.key for line in self.page.lines[:start]}
        words = {word for key in above for word in _letters(key)} | _FIGURE_WORDS
        legend = self._legend()
        for at in range(start, len(self.page.lines)):
            line = self.page.lines[at]
            if line.key in self.words.headings or line.key == self.known.tail:
                return
            said = line.key in self.known.data_lines or line.text.startswith(
                (self.known.data, *self.known.data_begins)
            )
            again = line.key in legend or _letters(line.key) <= words
            if said or again or self._is_cut(line, above) or self._caption(line):
                yield at

    def _legend(self) -> set[str]:
        """The choices of all fields: what a chart may call its colours."""
        kinds = self.words.template.kinds.values()
        specs = [spec for kind in kinds for spec in kind.fields.values()]
        return {normal(text) for spec in specs for text in spec.choices.values()}

    @staticmethod
    def _is_cut(line: Line, above: set[str]) -> bool:
        """Whether a line is the beginning of one above it, cut to fit."""
        start = normal(line.text.removesuffix(_CUT))
        return line.text.endswith(_CUT) and any(key.startswith(start) for key in above)

    def _caption(self, line: Line) -> bool:
        names = [derived.label for derived in self.words.template.derivations.values()]
        return read_caption(line.text, names) is not None
