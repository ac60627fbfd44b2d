"""Reads the overview of a page: the derived matrix of elements, a value or two, and statuses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from stavaza.fields import InputError, parse_value
from stavaza.page_import.heading_notation import Heading
from stavaza.page_import.lines import NOTHING, Line, Page, normal
from stavaza.page_import.statuses import Token, place, split_known
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block, Derivation, Kind

_LONGEST_LABEL = 60
_MOST_COLUMNS = 24


@dataclass
class Row:
    """A row of the overview: an element's code and name, values by field, statuses as printed.

    `more` are further lines that may belong to the name, which without them is `first_name`.
    """

    index: int
    code: str
    name: str
    values: dict[str, tuple[int, object]] = field(default_factory=dict)
    tokens: list[Token] = field(default_factory=list)
    more: list[int] = field(default_factory=list)
    first_name: str = ""
    statuses: dict[int, str] = field(default_factory=dict)


@dataclass
class Overview:
    """An overview: its lines `start` to `end` (not included), columns of moments, and rows.

    `derived` are the lines that were understood, `stray` those that were not.
    """

    block: Block
    derivation: Derivation
    start: int
    end: int = 0
    columns: list[tuple[int, str]] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    derived: list[int] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)
    uncertain: list[Token] = field(default_factory=list)


class OverviewReader:
    """Reads one overview from the line where it begins."""

    def __init__(
        self, page: Page, words: Vocabulary, block: Block, derivation: Derivation, start: int
    ) -> None:
        self.page = page
        self.words = words
        self.kind: Kind = words.template.kinds[derivation.kind]
        self.elements = words.coded.get(derivation.kind)
        self.found = Overview(block, derivation, start)
        self.statuses = words.status_keys(self.kind.fields[derivation.field])
        self.with_labels = {
            normal(self.kind.fields[key].label): key for key in derivation.with_fields
        }
        self.row: Row | None = None
        self.named = False
        self.coded = words.has_pattern(self.kind.key)
        lists = [self.kind.fields[key] for key in (*derivation.with_fields, derivation.field)]
        self.words_of_statuses = {
            word for spec in lists if spec.type == "status" for word in words.status_keys(spec)
        }

    def read(self) -> Overview:
        """The overview, up to the first line that belongs to what follows."""
        index = self.found.start
        if self.words.headings.get(self.page.lines[index].key) is self.found.block:
            self.found.derived.append(index)
            index += 1
        while index < len(self.page.lines) and not self._ends(index):
            taken = self._row(index) or (self._value(index) if self.row else self._label(index))
            (self.found.derived if taken else self.found.stray).append(index)
            index += 1
        self.found.end = index
        self.found.stray = [at for at in self.found.stray if self.page.lines[at].text]
        settle(self.page, self.found)
        return self.found

    def _ends(self, index: int) -> bool:
        line = self.page.lines[index]
        if line.shape == "heading" or self.words.footer(line.text) is not None:
            return True
        if line.key in self.words.group_labels or line.key in self.words.headings:
            return True
        heading = self.words.heading(self.kind.key, line.text)
        if heading is not None and line.shape != "cell":
            return self._is_element(index) or self._strip(index, heading).code in self.found.rows
        return any(
            self.words.heading(group, line.text) is not None and not self._group_row(index)
            for group in self.words.groups
        )

    def _is_element(self, index: int) -> bool:
        """Whether the line is the heading of an element itself: a label of its parts follows."""
        after = self.page.next_filled(index)
        if after is None or self.elements is None:
            return False
        return self.words.part_of(self.elements, self.page.lines[after].text) is not None

    def _group_row(self, index: int) -> bool:
        """Whether a heading of a group only parts the rows of the overview."""
        after = self.page.next_filled(index)
        if after is None:
            return False
        line = self.page.lines[after]
        heading = self.words.heading(self.kind.key, line.text)
        if heading is None or heading.code in self.found.rows or line.shape == "heading":
            return False
        if line.shape == "cell":
            return True
        beyond = self.page.next_filled(after)
        if self._is_element(after) or beyond is None:
            return False
        values = self._with_value(self.page.lines[beyond].text)
        return values is not None or self._strip(after, heading).name != heading.name

    def _label(self, index: int) -> bool:
        line = self.page.lines[index]
        name = normal(self.found.derivation.name_label)
        key = line.key
        if not self.coded and self.found.columns and self._in_body(index):
            return True
        if not key:
            return True
        if name and key.startswith(f"{name} "):
            return self._label_line(index, key[len(name) :].strip())
        if key == name or key in self.with_labels:
            self.named = True
            return True
        full = len(self.found.columns) >= _MOST_COLUMNS
        if not self.named or full or len(line.text) > _LONGEST_LABEL or line.text.endswith("."):
            return False
        self.found.columns.append((index, line.text))
        return True

    def _in_body(self, index: int) -> bool:
        """Whether a line is a cell of an element without a code: its row is not read as such.

        The element's own heading, values and statuses say the same further down.
        """
        line = self.page.lines[index]
        head = self.page.lines[self.found.columns[0][0]]
        if line.shape == "cell":
            return line.row != head.row
        if line.key in self.words_of_statuses or line.key in NOTHING:
            return True
        if self._with_value(line.text) is not None:
            return True
        return any(other.key == line.key for other in self.page.lines[index + 1 :])

    def _label_line(self, index: int, rest: str) -> bool:
        """All labels of columns on one line."""
        self.named = True
        for label in self.with_labels:
            rest = rest.removeprefix(label).strip()
        known = [
            normal(_any_year(text))
            for moment in self.words.template.moments
            for text in (moment.overview, moment.label)
        ]
        pattern = "|".join(re.escape(word).replace("9999", "[0-9]{4}") for word in known)
        found = re.findall(pattern, rest)
        self.found.columns += [(index, word) for word in found if word][:_MOST_COLUMNS]
        return not rest or bool(found)

    def _row(self, index: int) -> bool:
        line = self.page.lines[index]
        heading = self.words.heading(self.kind.key, line.text)
        if heading is None or heading.code in self.found.rows:
            return any(self.words.heading(group, line.text) for group in self.words.groups)
        self.row = self._strip(index, heading)
        self.found.rows[self.row.code] = self.row
        return True

    def _strip(self, index: int, heading: Heading) -> Row:
        """A row with the values that stand behind the name on the same line."""
        row = Row(index, heading.code, heading.name)
        if self.page.lines[index].shape == "cell":
            return row
        tail = self._tail(row.name)
        if tail:
            cut, words = tail
            row.name = row.name[:cut].rstrip()
            row.tokens = [Token(index, self.statuses.get(word)) for word in words]
        after = self.page.next_filled(index)
        if not tail and after is not None and self._with_value(self.page.lines[after].text):
            return row
        for key in reversed(self.found.derivation.with_fields):
            name, _, last = row.name.rpartition(" ")
            value = self._parsed(key, last)
            if name and value is not None:
                row.values[key] = (index, value)
                row.name = name.rstrip()
        return row

    def _tail(self, name: str) -> tuple[int, list[str]] | None:
        """Where the statuses at the end of a line begin, and which they are."""
        best = None
        for match in re.finditer(r"\s+", name):
            words = split_known(name[match.end() :], [*self.statuses, *NOTHING])
            if words and any(word in self.statuses for word in words):
                best = match.start(), words
                break
        return best

    def _with_value(self, text: str) -> tuple[str, object] | None:
        for key in self.found.derivation.with_fields:
            value = self._parsed(key, text)
            if value is not None:
                return key, value
        return None

    def _parsed(self, key: str, text: str) -> object | None:
        spec = self.kind.fields[key]
        if spec.type in ("tekst", "tabel", "status", "lijst"):
            return None
        try:
            return parse_value(spec, text)
        except InputError:
            return None

    def _value(self, index: int) -> bool:
        row = self.row
        line = self.page.lines[index]
        if row is None:
            return False
        for key in self.found.derivation.with_fields:
            value = self._parsed(key, line.text) if key not in row.values else None
            if value is not None:
                row.values[key] = (index, value)
                return True
        words = split_known(line.text, self.statuses)
        column = line.column if line.row else None
        if words:
            row.tokens += [Token(index, self.statuses[word], column) for word in words]
            return True
        if not line.text or normal(line.text) in NOTHING:
            row.tokens.append(Token(index, None, column))
            return True
        return self._goes_on(row, index, line)

    def _goes_on(self, row: Row, index: int, line: Line) -> bool:
        """Take up the second line of a name."""
        if line.shape == "cell" or line.block != self.page.lines[row.index].block:
            return False
        if row.values or row.tokens:
            return False
        row.first_name = row.first_name or row.name
        row.name = f"{row.name} {line.text}"
        row.more.append(index)
        return True


def settle(page: Page, overview: Overview) -> None:
    """Give each status of the overview its column; `uncertain` are those without one."""
    lines = page.lines
    columns = [lines[at].column if lines[at].row else None for at, _label in overview.columns]
    overview.uncertain = []
    for row in overview.rows.values():
        spare = len(row.tokens) - len(columns)
        first = 0
        while first < spare and row.tokens[first].key is None:
            first += 1
        tokens = row.tokens[first:]
        placed = place(tokens, len(columns), columns)
        if placed is None:
            overview.uncertain += [token for token in tokens if token.key is not None]
        row.statuses = {at: t.key for at, t in (placed or {}).items() if t.key is not None}


def drop_columns(page: Page, overview: Overview, labels: Sequence[str], lead: str) -> list[str]:
    """Leave out columns that are none: not known as a moment, nor begun like the others.

    `labels` are those of the template and of the texts, `lead` the word that columns of the
    template begin with. Hands back the labels that stay; lines left out become stray.
    """
    known = {normal(label) for label in labels}

    def stays(label: str) -> bool:
        key = normal(label)
        begun = not lead or key.startswith(f"{lead} ")
        return begun or key in known or any(key.endswith(f" {word}") for word in known)

    dropped = [at for at, label in overview.columns if not stays(label)]
    overview.columns = [(at, label) for at, label in overview.columns if stays(label)]
    overview.derived = [at for at in overview.derived if at not in dropped]
    overview.stray += dropped
    settle(page, overview)
    return [label for _at, label in overview.columns]


def _any_year(text: str) -> str:
    return text.replace("{jaar}", "9999").replace("{vorig}", "9999")
