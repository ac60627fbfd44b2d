"""Reads statuses as a page prints them: names of moments, with a status each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from stavaza.page_import.lines import NOTHING, Line, Page, normal

UNKNOWN = NOTHING | {"nog niet bekend", "niet bekend", "onbekend", "geen status"}
"""What a page says, as compared, where a status is not known."""
_SIGN = re.compile(r"\s*[^\w\s.,;:()•·*▪●\"'“”‘’–—-]{1,2}\s+(?=\w)")
_LONGEST_LABEL = 40
_LONGEST_RUN = 600
_MOST_LABELS = 24
_BETWEEN = " \t|;,/·-–:"


@dataclass(frozen=True)
class Token:
    """A status on the page, or (`key` None) a place where one is left out."""

    index: int
    key: str | None
    column: int | None = None


@dataclass
class Run:
    """The statuses of one element as printed: labels of moments, and the statuses by label.

    `placed` has statuses by place of their label; `unplaced` those of which the moment is not
    certain; `used` are the indexes of all lines taken up.
    """

    labels: list[tuple[int, str]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    placed: dict[int, Token] = field(default_factory=dict)
    unplaced: list[Token] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    used: list[int] = field(default_factory=list)


def split_known(text: str, known: Collection[str]) -> list[str] | None:
    """The known words that a text is made of, in order; None where it holds anything else.

    A sign before them, as sites put before a status, says nothing more.
    """
    if len(text) > _LONGEST_RUN:
        return None
    return _split(text, known) or _split(_SIGN.sub("", text, count=1), known)


def _split(text: str, known: Collection[str]) -> list[str] | None:
    rest = normal(text)
    words = sorted(known, key=len, reverse=True)
    found: list[str] = []
    while rest:
        word = next((word for word in words if word and _starts(rest, word)), None)
        if word is None:
            return None
        found.append(word)
        rest = rest[len(word) :].lstrip(_BETWEEN)
    return found or None


def _starts(text: str, word: str) -> bool:
    return text.startswith(word) and text[len(word) : len(word) + 1] in ("", *_BETWEEN)


def place(
    tokens: Sequence[Token], count: int, columns: Sequence[int | None]
) -> dict[int, Token] | None:
    """Which of `count` moments each status belongs to; None where that is not certain."""
    filled = [token for token in tokens if token.key is not None]
    known = [column for column in columns if column is not None]
    by_column = len(known) == count and all(token.column in known for token in filled)
    if by_column and len({token.column for token in filled}) == len(filled):
        return {known.index(token.column): token for token in filled if token.column is not None}
    if len(tokens) == count:
        return {at: token for at, token in enumerate(tokens) if token.key is not None}
    return None if filled else {}


class RunReader:
    """Reads the statuses at the beginning of a part of an element.

    `labels` are the moments known so far, as they are compared and as they are written; `columns`
    is how many the overview has, 0 where there is none.
    """

    def __init__(
        self,
        page: Page,
        statuses: Mapping[str, str],
        labels: Mapping[str, str],
        columns: int,
        own_labels: Collection[str] = (),
    ) -> None:
        self.page = page
        self.statuses = statuses
        self.labels = labels
        self.columns = columns
        self.own_labels = own_labels

    def read(self, indexes: Sequence[int]) -> Run:
        """The statuses at the beginning of these lines; an empty run where there are none."""
        run = Run()
        paired = False
        place_in = 0
        while place_in < len(indexes) and len(run.labels) <= _MOST_LABELS:
            index = indexes[place_in]
            line = self.page.lines[index]
            if self._pair(run, index, line):
                paired = True
            elif self._is_empty(run, line):
                run.used.append(index)
                self._empty(run, index, line)
            elif self._statuses_of(run, index, line, paired):
                pass
            elif (words := self._labels_of(run, line)) is not None:
                run.labels += [(index, word) for word in words]
                run.used.append(index)
            elif self._beside_label(run, line):
                run.labels.append((index, line.text))
                run.used.append(index)
            elif line.key in self.own_labels and line.row:
                run.used.append(index)
            elif line.row and run.labels and line.column in self._columns(run):
                run.unknown.append(index)
                run.used.append(index)
            else:
                taken = self._unknown_labels(run, indexes[place_in:])
                if not taken:
                    break
                place_in += taken - 1
            place_in += 1
        self._settle(run)
        return run

    def _columns(self, run: Run) -> list[int | None]:
        return [
            self.page.lines[index].column if self.page.lines[index].row else None
            for index, _label in run.labels
        ]

    def _beside_label(self, run: Run, line: Line) -> bool:
        """Whether a cell stands in the row of cells that name moments."""
        if not line.row or not run.labels or run.tokens or run.placed:
            return False
        return self.page.lines[run.labels[-1][0]].row == line.row

    def _is_empty(self, run: Run, line: Line) -> bool:
        if not line.text:
            return True
        full = len(run.tokens) >= len(run.labels)
        return bool(run.labels) and not full and normal(line.text) in NOTHING and not line.bullet

    def _empty(self, run: Run, index: int, line: Line) -> None:
        rows = {self.page.lines[at].row for at, _label in run.labels}
        if run.labels and line.row not in rows - {0}:
            run.tokens.append(Token(index, None, line.column if line.row else None))

    def _pair(self, run: Run, index: int, line: Line) -> bool:
        """`Rek. 2025: Volgens plan` on one line."""
        key = normal(line.text)
        for label in sorted(self.labels, key=len, reverse=True):
            if not key.startswith(label) or len(key) == len(label):
                continue
            status = self.statuses.get(key[len(label) :].strip(_BETWEEN))
            if status is not None:
                run.placed[len(run.labels)] = Token(index, status)
                run.labels.append((index, self.labels[label]))
                run.used.append(index)
                return True
        return False

    def _statuses_of(self, run: Run, index: int, line: Line, paired: bool) -> bool:
        words = split_known(line.text, self.statuses)
        if words is None or paired or line.bullet:
            return False
        room = len(run.labels) or self.columns or 1
        if len(run.tokens) + len(words) > room:
            return False
        column = line.column if line.row and len(words) == 1 else None
        run.tokens += [Token(index, self.statuses[word], column) for word in words]
        run.used.append(index)
        return True

    def _labels_of(self, run: Run, line: Line) -> list[str] | None:
        words = split_known(line.text, self.labels)
        if words is None or line.bullet:
            return None
        if run.tokens and len(run.tokens) >= len(run.labels) > 0 and not self._interleaved(run):
            return None
        if len(words) == 1:
            return [line.text.strip().rstrip(":").strip()]
        return [self.labels[word] for word in words]

    @staticmethod
    def _interleaved(run: Run) -> bool:
        order = sorted(
            [(index, "l") for index, _label in run.labels]
            + [(token.index, "s") for token in run.tokens]
        )
        return "".join(kind for _index, kind in order).startswith("ls")

    def _unknown_labels(self, run: Run, indexes: Sequence[int]) -> int:
        """How many of these lines name moments that are not known yet: a status each follows."""
        if run.tokens and not self._interleaved(run):
            return 0
        names = []
        for index in indexes[: _MOST_LABELS + 1]:
            if self._is_value(index) or not self._may_be_label(index):
                break
            names.append(index)
        total = len(names) + (0 if run.tokens else len(run.labels))
        count = 0
        for index in indexes[len(names) :]:
            if count >= total or not self._is_value(index):
                break
            words = split_known(self.page.lines[index].text, self.statuses)
            count += len(words) if words else 1
        whole = len(run.labels) + len(names)
        fits = whole <= self.columns if run.tokens else whole == self.columns
        if not names or count != total or (self.columns and not fits):
            return 0
        run.labels += [(index, self.page.lines[index].text) for index in names]
        run.used += names
        return len(names)

    def _is_value(self, index: int) -> bool:
        """Whether a line is a status, or the place of one that is left out."""
        line = self.page.lines[index]
        if line.bullet:
            return False
        nothing = not line.text or normal(line.text) in NOTHING
        return nothing or split_known(line.text, self.statuses) is not None

    def _may_be_label(self, index: int) -> bool:
        line = self.page.lines[index]
        if not line.text or len(line.text) > _LONGEST_LABEL or line.bullet:
            return False
        return not line.text.endswith(("!", "?", ";", ","))

    def _settle(self, run: Run) -> None:
        if run.placed:
            return
        if self._interleaved(run):
            for token in run.tokens:
                before = [at for at, (index, _l) in enumerate(run.labels) if index < token.index]
                if token.key is not None:
                    run.placed[before[-1]] = token
            return
        count = len(run.labels)
        placed = place(run.tokens, count, self._columns(run)) if count else None
        if placed is None:
            run.unplaced = [token for token in run.tokens if token.key is not None]
        else:
            run.placed = placed
