"""The paragraphs of a relation, and how they fall into items where no list holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stavaza.page_import.item_tree import Item, sign_of, without_sign
from stavaza.page_import.lines import Line, Page
from stavaza.page_import.money_lines import is_amount, is_memorandum, is_phrase
from stavaza.page_import.relation_pairs import RelationWords
from stavaza.page_import.wrapping import Wrapping, begins_small

ItemLine = tuple[int, Line]


@dataclass
class Block:
    """Lines that stand together: a paragraph, an item of a list with its text, an amount.

    `doubts` are lines in it that may as well begin a block of their own.
    """

    lines: list[ItemLine]
    signed: bool = False
    doubts: list[int] = field(default_factory=list)

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0][1]

    @property
    def index(self) -> int:
        """The index of its first line."""
        return self.lines[0][0]

    @property
    def text(self) -> str:
        """Its text as one line."""
        return " ".join(line.text for _index, line in self.lines)


def blocks_of(lines: Sequence[ItemLine], page: Page, wrapping: Wrapping) -> list[Block]:
    """Lines as blocks: at each paragraph, sign of an item, and break that was made on purpose."""
    found: list[Block] = []
    before: ItemLine | None = None
    for index, line in lines:
        signed = sign_of(line)
        same = before is not None and before[1].block == line.block and before[0] == index - 1
        if found and same and not signed and _goes_on(page, wrapping, index, found[-1].signed):
            found[-1].lines.append((index, line))
            if not (found[-1].signed or page.lines[index].boxes or begins_small(line)):
                found[-1].doubts += [index] if line.text[0].isupper() else []
        else:
            found.append(Block([(index, line)], signed))
        before = (index, line)
    return found


def _goes_on(page: Page, wrapping: Wrapping, index: int, signed: bool) -> bool:
    """Whether a line goes on with the one above it; below a sign lines hang deeper.

    Where a sentence ended there, the line begins a block; whether that is right is told by who
    makes items of the blocks.
    """
    line, before = page.lines[index], page.lines[index - 1]
    if line.boxes:
        return True
    if not wrapping.may_go_on(index - 1) or is_amount(line.text):
        return False
    if signed:
        return line.indent >= before.indent or begins_small(line)
    ended = before.text.endswith((".", "!", "?")) and not begins_small(line)
    return line.indent == before.indent and not ended


def is_money(block: Block, words: RelationWords) -> bool:
    """Whether a block holds nothing but what an item costs."""
    if block.signed or block.first.shape == "heading":
        return False
    text = block.text
    if is_amount(text) or is_memorandum(text) or words.is_field(text):
        return True
    return is_phrase(block.first, text) and words.names_field(text)


@dataclass(frozen=True)
class _Spaces:
    """How many lines plain text goes down inside an item and to the next one; 0 where alike."""

    most_inside: int = 0
    least_between: int = 0

    @classmethod
    def of(cls, blocks: Sequence[Block], words: RelationWords) -> _Spaces:
        """The spaces above amounts and below them, where those below are all larger."""
        money = [is_money(block, words) for block in blocks]
        steps = [(at, _step(blocks, at)) for at in range(1, len(blocks))]
        inside = [step for at, step in steps if money[at] and not money[at - 1]]
        between = [step for at, step in steps if money[at - 1] and not money[at]]
        if not inside or not between or max(inside) >= min(between):
            return cls()
        return cls(max(inside), min(between))

    def inside(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a block stands as close to the one above it as an amount does."""
        return 0 < _step(blocks, at) <= self.most_inside

    def between(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether a block stands as far from the one above it as items do."""
        return 0 < self.least_between <= _step(blocks, at)


def _step(blocks: Sequence[Block], at: int) -> int:
    """From the last line of the block above to the first of a block; 0 in HTML."""
    line, above = blocks[at].first, blocks[at - 1].lines[-1][1]
    return 0 if line.boxes or above.boxes else line.number - above.number


def items_of(blocks: Sequence[Block], words: RelationWords) -> tuple[list[Item], list[int]]:
    """Blocks of the many below a one as items, and the lines of those that are a proposal.

    An amount closes an item, and a sign begins one. Where neither stands between two paragraphs,
    the space between them tells it, or a colon that announces the second; else that is taken for
    an item of its own, which is reported.
    """
    found: list[Item] = []
    unsure: list[int] = []
    closed = True
    spaces = _Spaces.of(blocks, words)
    for at, block in enumerate(blocks):
        if is_money(block, words) and found and not closed:
            found[-1].lines += block.lines
            closed = True
            continue
        if not (closed or block.signed):
            if blocks[at - 1].text.endswith(":") or spaces.inside(blocks, at):
                found[-1].lines += block.lines
                unsure += block.doubts
                continue
            if not spaces.between(blocks, at):
                unsure.append(block.index)
        unsure += block.doubts
        found.append(Item(unsigned(block)))
        closed = False
    return found, unsure


def unsigned(block: Block) -> list[ItemLine]:
    """The lines of a block without the sign of its item."""
    if not block.signed:
        return list(block.lines)
    (index, line), *rest = block.lines
    text = without_sign(line.text) if not line.bullet else line.text
    shown = replace(line, text=text, bullet="", items=line.items[:-1], signs=line.signs[:-1])
    return [(index, shown), *rest]
