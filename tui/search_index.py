"""The index of the search screen: every code, name, text, owner, row and amount of a report.

Built once and kept up to date per element, so that a key costs a look through the index and no
file is read. Capitals and accents do not count.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from stavaza import derive
from stavaza.amounts import format_dutch, format_toml
from stavaza.diff import label_of
from stavaza.fields import show_value
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.prose import to_editor
from stavaza.template import Field
from stavaza.tree import Element, Report

_SLICE_SECONDS = 0.02
_BEFORE_A_HIT = 24
_LONGEST_SNIPPET = 400
"""No window shows more of a line."""


class _Folding(dict[int, int]):
    """Each sign as its small letter without accent, one for one so that places stay the same."""

    def __missing__(self, code: int) -> int:
        plain = unicodedata.normalize("NFKD", chr(code))[:1].casefold()
        self[code] = ord(plain) if len(plain) == 1 else code
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """A text as it is compared: small letters, no accents, as long as it was."""
    return text.translate(_FOLDING)


@dataclass(frozen=True)
class Entry:
    """One value that can be found. `rank` puts codes and names before texts."""

    element_id: str
    path: KeyPath
    label: str
    text: str
    compared: str
    rank: int


@dataclass(frozen=True)
class Hit:
    """An entry that fits, with a snippet on one line and the places in it to highlight."""

    entry: Entry
    snippet: str
    places: tuple[tuple[int, int], ...]


class SearchIndex:
    """All entries of a report by element."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entries: dict[str, list[Entry]] = {}
        self._places: list[str] = []
        self._whole: dict[str, str] = {}
        self._narrowed: tuple[str, list[str]] = ("", [])

    async def build(self, give_way: Callable[[], Awaitable[None]]) -> None:
        """Index every element that is not yet, letting keys go first every few hundredths."""
        started = time.monotonic()
        for element_id in list(self.report.elements):
            if element_id not in self.entries:
                self.refresh(element_id)
            if time.monotonic() - started > _SLICE_SECONDS:
                await give_way()
                started = time.monotonic()

    def refresh(self, element_id: str | None) -> None:
        """Index an element again after a change; with None forget everything."""
        self._places, self._narrowed = [], ("", [])
        if element_id is None:
            self.entries.clear()
            self._whole.clear()
            return
        element = self.report.elements.get(element_id)
        if element is None:
            self.entries.pop(element_id, None)
        else:
            entries = sorted(_entries(self.report, element), key=lambda entry: entry.rank)
            self.entries[element_id] = entries
            self._whole[element_id] = "\n".join(entry.compared for entry in entries)

    def find(self, query: str, most: int = 200) -> tuple[list[Hit], int]:
        """The best hits, at most `most`, and how many there are; all words must be there."""
        words = [word for word in folded(query).split() if word != "€"]
        if not words:
            return [], 0
        by_rank: dict[int, list[Entry]] = {}
        total = 0
        longest = sorted(words, key=len, reverse=True)
        asked, among = self._narrowed
        going_on = bool(asked) and query.startswith(asked)
        fitting: list[str] = []
        for element_id in among if going_on else self._order():
            found = self._found(element_id, longest)
            if found:
                fitting.append(element_id)
                total += len(found)
                best = found[0].rank
                for entry in found:
                    if entry.rank > best:
                        break
                    if entry.compared == words[0]:
                        best -= 1
                        break
                by_rank.setdefault(best, []).extend(found)
        self._narrowed = query, fitting
        first = islice(chain.from_iterable(by_rank[rank] for rank in sorted(by_rank)), most)
        return [_hit(entry, words) for entry in first], total

    def _found(self, element_id: str, words: list[str]) -> list[Entry]:
        """The entries of an element that have all words, codes and names first."""
        found = self.entries.get(element_id, [])
        if any(word not in self._whole.get(element_id, "") for word in words):
            return []
        for word in words:
            found = [entry for entry in found if word in entry.compared]
        return found

    def _order(self) -> list[str]:
        """The elements in reading order; worked out once until something changes."""
        if not self._places:
            self._places = [element.id for _depth, element in self.report.walk()]
        return self._places


def _entries(report: Report, element: Element) -> Iterator[Entry]:
    kind = report.kind(element)
    if element.code:
        yield _entry(element, ("code",), _("Code"), element.code, rank=1)
    if kind is None:
        return
    for spec in kind.fields.values():
        if spec.type == "status":
            continue  # hundreds of elements share one; the matrix shows them better
        if spec.type == "tabel":
            yield from _rows(report, element, spec)
            continue
        moments = report.meta.moments if spec.per_moment else report.meta.moments[:1]
        for moment in moments:
            path = report.path_of(spec, moment.key)
            text = _shown(report, spec, element.get(path))
            if text:
                rank = 2 if spec.key == kind.name_field else 4
                yield _entry(element, path, label_of(report, kind, path), text, rank=rank)


def _entry(
    element: Element, path: KeyPath, label: str, text: str, *, rank: int, also: str = ""
) -> Entry:
    compared = folded(f"{text} {also}" if also else text)
    return Entry(element.id, path, label, text, compared, rank)


def _shown(report: Report, spec: Field, value: object) -> str:
    if spec.type == "tekst" and isinstance(value, str):
        return " ".join(to_editor(value).split())
    return " ".join(show_value(spec, value, None, report.meta.persons).split())


def _rows(report: Report, element: Element, spec: Field) -> Iterator[Entry]:
    """A row is found by its key and texts together; each amount by itself."""
    kind = report.kind(element)
    columns = report.columns(spec)
    for key, row in element.rows(spec.key).items():
        texts = [
            show_value(column.column, row.get(column.key), None, report.meta.persons)
            for column in columns
            if column.column.type != "bedrag"
        ]
        line = " · ".join(" ".join(text.split()) for text in (key, *texts) if text)
        path: KeyPath = (spec.key, key)
        yield _entry(element, path, label_of(report, kind, (spec.key,)), line, rank=3)
        for column, amount in derive.row_amounts(report, spec, row).items():
            if amount is not None:
                place = (*path, column)
                label = label_of(report, kind, place)
                also = format_toml(amount)
                yield _entry(element, place, label, format_dutch(amount), rank=5, also=also)


def _hit(entry: Entry, words: list[str]) -> Hit:
    start = min((at for word in words if (at := entry.compared.find(word)) >= 0), default=0)
    start = 0 if start <= _BEFORE_A_HIT + 8 else entry.text.rfind(" ", 0, start - _BEFORE_A_HIT) + 1
    cut = "…" if start else ""
    end = min(start + _LONGEST_SNIPPET, len(entry.text))
    snippet = cut + entry.text[start:end]
    compared = cut + entry.compared[start:end]
    places: list[tuple[int, int]] = []
    for word in sorted(words, key=len, reverse=True):
        at = compared.find(word)
        while at >= 0:
            if all(at >= end or at + len(word) <= begin for begin, end in places):
                places.append((at, at + len(word)))
            at = compared.find(word, at + len(word))
    return Hit(entry, snippet, tuple(sorted(places)))
