"""Goes through a page along its outline and gives each line of text to an element and a part."""

from __future__ import annotations

from collections.abc import Callable

from stavaza import import_codes as codes
from stavaza.page_import.blocks import ElementReader, Scene
from stavaza.page_import.draft import Account, Draft, Piece, Value
from stavaza.page_import.goals import starts_of
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.readers import element_reader
from stavaza.page_import.result import LineUse
from stavaza.page_import.signs import Outline, Section, Sign, Span
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block


class BodyReader:
    """Reads the sections of a page into drafts."""

    def __init__(self, page: Page, words: Vocabulary, outline: Outline, account: Account) -> None:
        self.page = page
        self.words = words
        self.outline = outline
        self.account = account
        self.drafts: list[Draft] = []
        self._groups: dict[tuple[str, str], Draft] = {}
        self._over: dict[int, Draft] = {}
        self._seen: set[int] = set()
        self._top: Draft | None = None
        self._group: Draft | None = None
        self._current: Draft | None = None
        self._reason = codes.BEFORE_GROUP
        self._starts: dict[int, tuple[Block, Draft | None]] = {}
        self.derived: list[tuple[Span, Draft]] = []
        """The spans of derived tables with the element of their page, to be read at the end."""

    def read(self) -> list[Draft]:
        """All elements of the page in its order."""
        for section in self.outline.sections:
            self._section(section, self._above(section.start))
        return self.drafts

    def _above(self, start: int) -> Draft | None:
        """The nearest elements over a section, the last one innermost."""
        nearest = {h.kind: at for at, h in self.outline.above.items() if at < start}
        last: Draft | None = None
        for at in sorted(nearest.values()):
            if at not in self._over:
                heading = self.outline.above[at]
                kind = self.words.template.kinds[heading.kind]
                group = last if last is not None and last.kind in kind.parents else None
                made = Draft(heading.kind, heading.code, heading.name, at, None, group)
                made.name_line = at
                self._over[at] = made
                self.drafts.append(made)
            last = self._over[at]
        return last

    def _section(self, section: Section, above: Draft | None) -> None:
        heading = section.heading
        own = next(iter(self.words.own), None)
        bare = own if own is not None and not own.heading else None
        top = Draft(heading.kind, heading.code, heading.name, section.start, bare, above)
        top.name_line = section.start
        self.drafts.append(top)
        self._top = top
        self._seen = set()
        self._group = None
        self._current = top if own is not None else None
        self._reason = codes.BEFORE_GROUP
        index = section.start + 1
        while index < section.end:
            overview = section.overview
            if overview is not None and overview.start <= index < overview.end:
                self._overview(section)
                index = overview.end
                continue
            span = section.spans.get(index)
            if span is not None:
                self._span(span, top)
                index = span.end
                continue
            sign = section.signs.get(index)
            if sign is not None:
                self._sign(section, index, sign)
            else:
                self._line(section, index)
            index += 1

    def _overview(self, section: Section) -> None:
        overview = section.overview
        if overview is None:
            return
        for at in overview.derived:
            if self.page.lines[at].text:
                self.account.derived(at)
        for at in overview.stray:
            self.account.leave(at, codes.IN_OVERVIEW)
        self._current = None
        self._reason = codes.IN_OVERVIEW

    def _span(self, span: Span, top: Draft) -> None:
        """Hand the lines of a block to its reader; a derived table waits for the elements."""
        if span.head is not None:
            self.account.label(span.head)
        again = self._stands_again(span.block, span.head, top)
        if span.block.form == "afleiding" and again:
            self.account.leave_all(span.lines, codes.TABLE_AGAIN)
        elif span.block.form == "afleiding":
            self.derived.append((span, top))
        else:
            reader: ElementReader = element_reader(span, self.words)
            self.drafts += reader(Scene(self.page, self.words, self.account, top), span)
        self._current, self._reason = None, codes.BEFORE_GROUP

    def _stands_again(self, block: Block, head: int | None, top: Draft) -> bool:
        """Whether a block of the page was there before; then that is reported."""
        if id(block) not in self._seen:
            self._seen.add(id(block))
            return False
        label = block.heading or self.words.template.kinds[block.kind or top.kind].plural
        self.account.find("I014", head, element=top.code or top.name, label=label)
        return True

    def _sign(self, section: Section, index: int, sign: Sign) -> None:
        actions: dict[str, Callable[[Section, int, Sign], None]] = {
            "footer": self._footer,
            "block": self._block,
            "group": self._open_group,
            "element": self._element,
            "again": self._again,
            "group_label": self._group_label,
        }
        actions[sign.role](section, index, sign)

    def _footer(self, _section: Section, index: int, _sign: Sign) -> None:
        self.account.use(index, LineUse(self.page.lines[index].number, "footer"))
        self._current, self._reason = None, codes.AFTER_FOOTER

    def _block(self, _section: Section, index: int, sign: Sign) -> None:
        self.account.label(index)
        block = sign.block
        if block is not None and block.form == "velden" and self._top is not None:
            self._stands_again(block, index, self._top)
            self._current = self._top
            self._top.block = block
            self._top.pieces.append(Piece(block, _first_bare(block)))
            return
        derived = block is not None and block.form == "afleiding"
        self._current = None
        self._reason = codes.IN_DERIVED if derived else codes.BEFORE_GROUP

    def _open_group(self, _section: Section, index: int, sign: Sign) -> None:
        heading = sign.heading
        if heading is None:
            return
        self._group = self._group_of(heading.kind, heading.code, heading.name, index)
        self.account.use(
            index,
            LineUse(
                self.page.lines[index].number,
                "field",
                self._group.code,
                (self.words.template.kinds[heading.kind].name_field,),
            ),
        )
        if heading.name != self._group.name:
            self.account.find(
                "I006",
                index,
                element=self._group.code,
                field=self.words.template.kinds[heading.kind].label,
                overview=heading.name,
                text=self._group.name,
            )
        self._current = self._group if self._group.block is not None else None
        self._reason = codes.IN_GROUP

    def _group_of(self, kind: str, code: str, name: str, index: int) -> Draft:
        known = self._groups.get((kind, code))
        if known is None:
            block = self.words.group_block(kind)
            known = Draft(kind, code, name, index, block, self._top, name_line=index)
            self._groups[kind, code] = known
            self.drafts.append(known)
        return known

    def _element(self, _section: Section, index: int, sign: Sign) -> None:
        heading, block = sign.heading, sign.block
        if heading is None or block is None:
            return
        group = self._group_for(block, heading.code, index)
        draft = Draft(heading.kind, heading.code, heading.name, index, block, group)
        draft.name_line = index
        self.drafts.append(draft)
        self._current = draft

    def _group_for(self, block: Block, code: str, index: int) -> Draft | None:
        """The group that an element stands in: that of the heading above it, else of its code."""
        if not block.group:
            return self._top
        prefix = code.rpartition(".")[0]
        known = self._groups.get((block.group, prefix))
        if self._group is not None and self._group.kind == block.group and known is None:
            return self._group
        if known is not None:
            return known
        kind = self.words.template.kinds[block.group]
        if not kind.fits_code(prefix):
            return None
        made = Draft(block.group, prefix, "", index, None, self._top)
        self._groups[block.group, prefix] = made
        self.drafts.append(made)
        self.account.find("I011", index, element=code, group=prefix)
        return made

    def _again(self, _section: Section, index: int, sign: Sign) -> None:
        element = sign.heading.code if sign.heading else ""
        self.account.find("I010", index, element=element)
        self._current, self._reason = None, codes.CODE_AGAIN
        self.account.leave(index, codes.CODE_AGAIN)

    def _group_label(self, section: Section, index: int, sign: Sign) -> None:
        block = sign.block
        if block is None:
            return
        self.account.label(index)
        end = index + 1
        while end < section.end and end not in section.signs:
            end += 1
        starts, guessed = starts_of(self.page, self.words, block, range(index + 1, end))
        for at in guessed:
            self.account.find("I013", at, kind=self.words.template.kinds[block.kind].label)
        group = self._group or self._top
        self._current, self._reason = None, codes.IN_GROUP
        self._starts |= dict.fromkeys(starts, (block, group))

    def _line(self, section: Section, index: int) -> None:
        line = self.page.lines[index]
        if index in self._starts:
            block, group = self._starts[index]
            self._current = Draft(block.kind, "", "", index, block, group)
            self.drafts.append(self._current)
            if self.words.is_mark(block, line.text):
                self.account.label(index)
                return
        current = self._current
        if current is None:
            label = self.words.group_labels.get(line.key)
            if label is not None and self._reason != codes.AFTER_FOOTER:
                self._group_label(section, index, Sign("group_label", label))
                return
            if self._reason == codes.AFTER_FOOTER and self.words.quotes_footer(line.text):
                self._footer(section, index, Sign("footer"))
            self.account.leave(index, self._reason)
            return
        own = current.block
        told = self.words.status_behind(own, line.text) if own is not None else None
        if told is not None and not line.bullet:
            current.values.append(Value(told[1], [index], told[2]))
        elif not self._label(current, index):
            if not current.pieces and current.block is not None:
                current.pieces.append(Piece(current.block, _first_bare(current.block)))
            if current.pieces:
                current.pieces[-1].lines.append(index)
            else:
                self.account.leave(index, codes.BEFORE_GROUP)

    def _label(self, current: Draft, index: int) -> bool:
        """Whether the line is the label of a part of the current element."""
        line = self.page.lines[index]
        if not line.text or line.bullet:
            return False
        found = self._part(current, index)
        if found is None:
            return False
        block, part, value = found
        heads = self._table_heads(current, block, part)
        if heads and not self._heads_table(index, heads):
            return False
        if any(p.block is block and p.place == part and p.lines for p in current.pieces):
            self.account.find(
                "I014",
                index,
                element=current.code or current.name or current.kind,
                label=block.parts[part].label,
            )
        current.pieces.append(Piece(block, part, [index] if value else []))
        if not value:
            self.account.label(index)
        return True

    def _part(self, current: Draft, index: int) -> tuple[Block, int, str] | None:
        """The part whose label the line is, with its block and the value behind the label.

        An element of a page has its fields in several blocks; their headings may be missing.
        """
        text = self.page.lines[index].text
        block = current.block
        found = self.words.part_of(block, text) if block is not None else None
        if block is not None and found is not None:
            return block, *found
        if current is not self._top or not self._stands(index):
            return None
        for other in self.words.own:
            place = self.words.part_labels(other).get(self.page.lines[index].key)
            if place is not None:
                current.block = other
                return other, place, ""
        return None

    def _stands(self, index: int) -> bool:
        return self.page.lines[index].shape == "heading" or self.page.alone(index)

    def _heads_table(self, index: int, heads: set[str]) -> bool:
        """Whether a table follows, if need be below a caption: cells, or lines with its heads."""
        if self.page.lines[index].shape == "heading":
            return True
        after: int | None = index
        above = False
        for _ in range(4):
            after = self.page.next_filled(after) if after is not None else None
            line = self.page.lines[after] if after is not None else None
            if line is not None and line.shape == "cell":
                return True
            if line is not None and above and line.key in heads:
                return True
            above = line is not None and line.key in heads
        return False

    def _table_heads(self, current: Draft, block: Block, part: int) -> set[str]:
        """The heads of the tables of a part; none where it holds anything but tables."""
        fields = self.words.template.kinds[current.kind].fields
        specs = [fields[key] for key in block.parts[part].fields]
        if not all(spec.type == "tabel" for spec in specs):
            return set()
        labels = [spec.row_label for spec in specs]
        labels += [column.label for spec in specs for column in spec.columns]
        return {normal(label) for label in labels}


def _first_bare(block: Block | None) -> int:
    """The place of the first part without a label; behind all parts where each has one."""
    parts = block.parts if block is not None else ()
    return next((at for at, part in enumerate(parts) if not part.label), len(parts))
