"""Reads a block of pairs, such as goals with their deliverables, into elements."""

from __future__ import annotations

from stavaza import import_codes as codes
from stavaza.page_import.blocks import Scene
from stavaza.page_import.draft import Draft, Piece, Value
from stavaza.page_import.item_tree import Item
from stavaza.page_import.lines import Line, normal
from stavaza.page_import.money_lines import Budget, apart, read_budget
from stavaza.page_import.page_prose import prose_of
from stavaza.page_import.relation_pairs import words_of
from stavaza.page_import.relation_text import read_relation
from stavaza.page_import.signs import Span
from stavaza.template import Block, Field, Kind, Part

ItemLine = tuple[int, Line]
"""A line of an item with its place on the page."""


def read_pairs(scene: Scene, span: Span) -> list[Draft]:
    """The ones and, behind each, its many; views that repeat them are compared."""
    return _Reader(scene, span).read()


class _Reader:
    def __init__(self, scene: Scene, span: Span) -> None:
        self.scene = scene
        self.page = scene.page
        self.block = span.block
        self.span = span
        kinds = scene.words.template.kinds
        self.one = kinds[self.block.kind]
        self.many = kinds[self.block.many]
        self.labels: list[int] = []

    def read(self) -> list[Draft]:
        account = self.scene.account
        words = words_of(self.scene.words.template, self.block)
        found = read_relation(self.page, self.span.lines, words)
        for at in found.labels:
            account.label(at)
        self.labels = sorted(found.labels)
        account.derived(*found.repeated)
        account.leave_all(found.differing, codes.OTHER_VIEW)
        account.leave_all(found.left, codes.NO_ROLE)
        for at in found.unsure:
            account.find("I013", at, kind=self.many.label)
        drafts: list[Draft] = []
        for pair in found.pairs:
            one = self._draft(self.one, self.block.parts, pair.one, self.scene.top)
            drafts.append(one)
            drafts += [
                self._draft(self.many, self.block.many_parts, item, one) for item in pair.many
            ]
        return drafts

    def _draft(self, kind: Kind, parts: tuple[Part, ...], item: Item, group: Draft) -> Draft:
        block = Block("velden", kind=kind.key, parts=parts)
        start = item.indexes[0] if item.indexes else self.span.start
        draft = Draft(kind.key, "", "", start, block, group)
        lines, draft.pieces[:] = self._labelled(block, item)
        bare = [part for part in parts if not part.label]
        specs = [kind.fields[key] for part in bare for key in part.fields]
        money = next((spec for spec in specs if spec.type == "bedrag_opmerking"), None)
        if money is not None:
            notation = self.scene.words.template.notation(money.notation)
            lines = apart(lines)
            budget = read_budget(lines, notation, money.label)
            if budget is not None:
                self._money(draft, money, budget)
                lines = lines[:-1]
        text = next((spec for spec in specs if spec.type == "tekst"), None)
        indexes = list(dict.fromkeys(index for index, _line in lines))
        if text is None:
            self.scene.account.leave_all(indexes, codes.NO_FIELD)
        elif indexes:
            prose = prose_of([line for _index, line in lines])
            draft.values.insert(0, Value(text.key, indexes, prose))
        return draft

    def _labelled(self, block: Block, item: Item) -> tuple[list[ItemLine], list[Piece]]:
        """The bare lines of an item, and those below each label of its parts."""
        places = {normal(part.label): n for n, part in enumerate(block.parts) if part.label}
        bare: list[ItemLine] = []
        pieces: list[Piece] = []
        last = item.indexes[0] if item.indexes else 0
        for index, line in item.lines:
            labels = [at for at in self.labels if last < at < index]
            named = [places[key] for at in labels if (key := self.page.lines[at].key) in places]
            last = index
            if named:
                pieces.append(Piece(block, named[-1]))
            if not pieces:
                bare.append((index, line))
            elif index not in pieces[-1].lines:
                pieces[-1].lines.append(index)
        return bare, pieces

    def _money(self, draft: Draft, spec: Field, budget: Budget) -> None:
        """The budget as it is stored; what looks like an amount and is not clear is left over."""
        value = budget.value
        if value is None:
            self.scene.account.leave(budget.index, codes.UNCLEAR_AMOUNT)
            return
        stored: dict[str, object] = {} if value.amount is None else {"bedrag": value.amount}
        stored |= {"opmerking": value.remark} if value.remark else {}
        draft.values.append(Value(spec.key, [budget.index], stored))
        if not budget.sure:
            self.scene.account.find(
                "I030", budget.index, field=spec.label.lower(), text=value.remark
            )
