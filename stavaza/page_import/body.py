"""Goes through a page along its outline and gives each line of text to an element and a part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from stavaza import import_codes as codes
from stavaza.finding import Finding
from stavaza.page_import.goals import starts_of
from stavaza.page_import.lines import Page
from stavaza.page_import.result import LineUse, RestLine
from stavaza.page_import.signs import Outline, Section, Sign
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block


@dataclass
class Draft:
    """An element as it stands on the page: its heading, and its lines by part of its block.

    `parts` holds (place of the part in the block, lines); lines above any label have the place of
    the first part without a label.
    """

    kind: str
    code: str
    name: str
    start: int
    block: Block | None = None
    group: Draft | None = None
    own_row: bool = False
    name_line: int | None = None
    parts: list[tuple[int, list[int]]] = field(default_factory=list)


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

    def derived(self, index: int) -> None:
        """A line that repeats what elements say."""
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

    def find(self, code: str, index: int | None = None, **params: str) -> None:
        """Report a finding at a line."""
        number = self.page.lines[index].number if index is not None else None
        self.findings.append(Finding(code, params, None, number))


class BodyReader:
    """Reads the sections of a page into drafts."""

    def __init__(self, page: Page, words: Vocabulary, outline: Outline, account: Account) -> None:
        self.page = page
        self.words = words
        self.outline = outline
        self.account = account
        self.drafts: list[Draft] = []
        self._groups: dict[tuple[str, str], Draft] = {}
        self._top: Draft | None = None
        self._group: Draft | None = None
        self._current: Draft | None = None
        self._reason = codes.BEFORE_GROUP
        self._starts: dict[int, tuple[Block, Draft | None]] = {}

    def read(self) -> list[Draft]:
        """All elements of the page in its order."""
        for section in self.outline.sections:
            self._section(section)
        return self.drafts

    def _section(self, section: Section) -> None:
        heading = section.heading
        own = next(iter(self.words.own), None)
        top = Draft(heading.kind, heading.code, heading.name, section.start, own)
        top.name_line = section.start
        self.drafts.append(top)
        self._top = top
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
            self._current = self._top
            self._top.block = block
            self._top.parts.append((_first_bare(block), []))
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
        if not self._label(current, index):
            if not current.parts:
                current.parts.append((_first_bare(current.block), []))
            current.parts[-1][1].append(index)

    def _label(self, current: Draft, index: int) -> bool:
        """Whether the line is the label of a part of the current element."""
        block = current.block
        line = self.page.lines[index]
        if block is None or not line.text or line.bullet:
            return False
        found = self.words.part_of(block, line.text)
        if found is None:
            return False
        part, value = found
        if self._is_table(current, part) and not self._heads_table(index):
            return False
        if any(at == part for at, _lines in current.parts) and block.parts[part].label:
            self.account.find(
                "I014", index, element=current.code or current.kind, label=block.parts[part].label
            )
        current.parts.append((part, [index] if value else []))
        if not value:
            self.account.label(index)
        return True

    def _heads_table(self, index: int) -> bool:
        """Whether a table follows, if need be below a caption."""
        if self.page.lines[index].shape == "heading":
            return True
        after: int | None = index
        for _ in range(3):
            after = self.page.next_filled(after) if after is not None else None
            if after is not None and self.page.lines[after].shape == "cell":
                return True
        return False

    def _is_table(self, current: Draft, part: int) -> bool:
        fields = self.words.template.kinds[current.kind].fields
        keys = current.block.parts[part].fields if current.block else ()
        return bool(keys) and all(fields[key].type == "tabel" for key in keys)


def _first_bare(block: Block | None) -> int:
    """The place of the first part without a label; 0 where all have one."""
    parts = block.parts if block is not None else ()
    return next((at for at, part in enumerate(parts) if not part.label), 0)
