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


def items_of(blocks: Sequence[Block], words: RelationWords) -> tuple[list[Item], list[int]]:
    """Blocks of the many below a one as items, and the lines of those that are a proposal.

    An amount closes an item, and a sign begins one. Where neither stands between two paragraphs,
    the second is taken for an item of its own, which is reported.
    """
    found: list[Item] = []
    unsure: list[int] = []
    closed = True
    for block in blocks:
        if is_money(block, words) and found and not closed:
            found[-1].lines += block.lines
            closed = True
            continue
        if not (closed or block.signed):
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
