"""What the readers of a page hand over: elements as they stand on it, and what became of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from stavaza import import_codes as codes
from stavaza.finding import Finding
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.result import LineUse, RestLine
from stavaza.template import Block, Part


@dataclass
class Piece:
    """Lines of an element that stand below a label of its block, or bare: those of one part.

    `place` is the part's place in the block; bare lines have that of the first part without label.
    """

    block: Block
    place: int
    lines: list[int] = field(default_factory=list)

    @property
    def part(self) -> Part | None:
        """The part of the block; None where the block has none."""
        return self.block.parts[self.place] if self.place < len(self.block.parts) else None


@dataclass
class Value:
    """A value that a reader understood: the field, what it says, and the lines that say it.

    For a field of prose `value` is None: its text are the lines.
    """

    field: str
    lines: list[int]
    value: object | None = None


@dataclass
class Border:
    """A border between two texts that the page does not show, so that it is a proposal.

    `field` is the text that begins at line `at`; the text before it is `before`, a field of the
    same element, or '' for the text of the element before it.
    """

    field: str
    at: int
    before: str = ""


@dataclass
class Draft:
    """An element as it stands on the page: its heading, and its lines by part of its block.

    `group` is the element that it stands below. `values` are what a reader understood already,
    `borders` what it could only propose.
    """

    kind: str
    code: str
    name: str
    start: int
    block: Block | None = None
    group: Draft | None = None
    own_row: bool = False
    name_line: int | None = None
    pieces: list[Piece] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    borders: list[Border] = field(default_factory=list)

    @property
    def lines(self) -> list[int]:
        """The lines of all its texts, in the order in which they were given."""
        below = [at for piece in self.pieces for at in piece.lines]
        return below + [at for value in self.values for at in value.lines]


class Account:
    """What became of each line, and what could not be placed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.uses: dict[int, LineUse] = {}
        self.rest: list[RestLine] = []
        self._last_row = 0
        self.findings: list[Finding] = []

    def use(self, index: int, use: LineUse) -> None:
        """Write down what became of a line."""
        self.uses.setdefault(index, use)

    def label(self, index: int) -> None:
        """A line that only names what stands below it."""
        self.use(index, LineUse(self.page.lines[index].number, "label"))

    def derived(self, *indexes: int) -> None:
        """Lines that repeat what elements say."""
        for index in indexes:
            self.use(index, LineUse(self.page.lines[index].number, "derived"))

    def leave(self, index: int, reason: str) -> None:
        """Put a line among what could not be placed."""
        line = self.page.lines[index]
        if not line.text or index in self.uses:
            return
        self.use(index, LineUse(line.number, "rest"))
        text = f"{line.bullet} {line.text}" if line.bullet else line.text
        last = self.rest[-1] if self.rest else None
        if line.row and last is not None and (self._last_row, last.reason) == (line.row, reason):
            self.rest[-1] = RestLine(last.number, f"{last.text} | {text}", reason)
        else:
            self.rest.append(RestLine(line.number, text, reason))
        self._last_row = line.row

    def outside(self, lines: Mapping[int, Line]) -> None:
        """Lines around the page go among what could not be placed, as they were."""
        for index, line in lines.items():
            self.use(index, LineUse(line.number, "rest"))
            text = f"{line.bullet} {line.text}" if line.bullet else line.text
            self.rest.append(RestLine(line.number, text, codes.OUTSIDE))

    def leave_all(self, indexes: Iterable[int], reason: str) -> None:
        """Put lines among what could not be placed."""
        for index in indexes:
            self.leave(index, reason)

    def find(self, code: str, index: int | None = None, **params: str) -> None:
        """Report a finding at a line."""
        number = self.page.lines[index].number if index is not None else None
        self.findings.append(Finding(code, params, None, number))
