"""The words of a template as a page prints them: labels, headings with codes, statuses, footer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from stavaza.page_import.heading_notation import Heading, near_heading, near_pattern
from stavaza.page_import.lines import MARKS, normal
from stavaza.page_import.table_lines import after_label
from stavaza.template import Block, Derivation, Field, Kind, Template, shape_pattern

_ONE_LINE = frozenset({"jaar", "datum", "bedrag", "percentage", "regel", "keuze", "code"})
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DASHED = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_LONGEST_HEADING = 300


class Vocabulary:
    """What to look for on a page of a template; nothing here depends on the page."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.per = template.kinds[template.layout.per]
        blocks = template.layout.blocks
        self.elements = tuple(block for block in blocks if block.form == "onderdelen")
        self.own = tuple(block for block in blocks if block.form == "velden")
        self._group_blocks = {
            block.group: Block("velden", kind=block.group, parts=block.group_parts)
            for block in blocks
            if block.group_parts
        }
        self.derived = tuple(block for block in blocks if block.form == "afleiding")
        self.headings = {normal(block.heading): block for block in blocks if block.heading}
        self.group_labels = {
            normal(block.group_label): block for block in self.elements if block.group_label
        }
        self.groups = dict.fromkeys(block.group for block in self.elements if block.group)
        self.coded = {
            block.kind: block for block in self.elements if template.kinds[block.kind].code_shape
        }
        self.own_labels = {label for block in self.own for label in self._labels_of(block)}
        self._patterns = {kind.key: _heading_pattern(kind) for kind in template.kinds.values()}
        self._near = near_pattern(self.per)
        self._nears = {kind: near_pattern(template.kinds[kind]) for kind in template.layout.above}
        self._footer = _footer_pattern(template.layout.footer)
        self._labels: dict[int, dict[str, int]] = {}
        self._statuses: dict[str, dict[str, str]] = {}

    def heading(self, kind: str, text: str) -> Heading | None:
        """The text as a heading of a kind with codes."""
        pattern = self._patterns.get(kind)
        if pattern is None or len(text) > _LONGEST_HEADING:
            return None
        found = pattern.fullmatch(" ".join(text.split()))
        return Heading(kind, found["code"], found["naam"].strip()) if found else None

    def near_heading(self, text: str) -> Heading | None:
        """The text as the heading of a page in another notation, as `Programma 3: Groen`."""
        return near_heading(self.per, self._near, text)

    def above(self, text: str) -> Heading | None:
        """The text as the heading of an element over the page."""
        kinds = self.template.layout.above
        found = (self.heading(kind, text) or self._led(kind, text) for kind in kinds)
        return next((heading for heading in found if heading is not None), None)

    def _led(self, kind: str, text: str) -> Heading | None:
        """A heading in another notation, with the word for its kind before the code."""
        led = normal(text).startswith(f"{normal(self.template.kinds[kind].label)} ")
        return near_heading(self.template.kinds[kind], self._nears.get(kind), text) if led else None

    def has_pattern(self, kind: str) -> bool:
        """Whether headings of a kind can be told by their code."""
        return self._patterns.get(kind) is not None

    def has_reader(self, block: Block) -> bool:
        """Whether a reader of its own takes the lines of a block, below its heading."""
        if block.form == "onderdelen":
            plain = self.template.kinds[block.kind].code_shape is None
            return plain and not block.group and not block.group_label
        return block.form == "relatie" or (block.form == "afleiding" and not self.matrix(block))

    def together(self, block: Block) -> tuple[Block, ...]:
        """A block with those of elements without a heading that follow it in the layout."""
        blocks = self.template.layout.blocks
        place = next(at for at, other in enumerate(blocks) if other is block)
        found = [block]
        for other in blocks[place + 1 :]:
            if other.heading or other.form != "onderdelen" or not self.has_reader(other):
                break
            found.append(other)
        return tuple(found)

    @property
    def first_bare(self) -> tuple[Block, ...]:
        """The blocks of elements that begin directly below the heading of the page."""
        blocks = self.template.layout.blocks
        bare = blocks and not blocks[0].heading and blocks[0].form == "onderdelen"
        return self.together(blocks[0]) if bare and self.has_reader(blocks[0]) else ()

    def group_block(self, kind: str) -> Block | None:
        """The fields directly below the heading of a group; None where there are none."""
        return self._group_blocks.get(kind)

    def matrix(self, block: Block) -> Derivation | None:
        """The overview that a block holds, None for another derived table."""
        derivation = self.template.derivations.get(block.derivation)
        return derivation if derivation is not None and derivation.form == "matrix" else None

    @staticmethod
    def _labels_of(block: Block) -> set[str]:
        return {normal(part.label) for part in block.parts if part.label}

    def part_labels(self, block: Block) -> dict[str, int]:
        """The labels of a block's parts, as compared, with the parts' places."""
        key = id(block)
        if key not in self._labels:
            self._labels[key] = {
                normal(part.label): at for at, part in enumerate(block.parts) if part.label
            }
        return self._labels[key]

    def part_of(self, block: Block, text: str) -> tuple[int, str] | None:
        """The part whose label a line is, with the value where that follows on the line.

        A value is looked for only behind labels of parts that begin with a short value.
        """
        key = normal(text)
        labels = self.part_labels(block)
        if key in labels:
            return labels[key], ""
        kind = self.template.kinds[block.kind] if block.kind else self.per
        for label, at in labels.items():
            if not key.startswith(label):
                continue
            spec = kind.fields[block.parts[at].fields[0]] if block.parts[at].fields else None
            shown = " ".join(text.split())
            value = shown[len(label) :].strip(" :\t")
            joined = shown[len(label) : len(label) + 1] in (" ", ":")
            if spec is not None and joined and _is_short_value(spec, value):
                return at, value
        return None

    def status_keys(self, field: Field) -> Mapping[str, str]:
        """The keys of a status field's values by label as compared; symbols may stand before it."""
        name = field.status_list or ""
        if name not in self._statuses:
            found = {}
            for status in self.template.status_lists.get(name, {}).values():
                found[normal(status.label)] = status.key
                found[normal(f"{status.symbol} {status.label}")] = status.key
                found[normal(f"{status.label} {status.symbol}")] = status.key
            self._statuses[name] = found
        return self._statuses[name]

    def status_behind(self, block: Block, text: str) -> tuple[int, str, str] | None:
        """The label of a status with the status behind it: the part, the field and the status."""
        fields = (self.template.kinds[block.kind] if block.kind else self.per).fields
        for place, part in enumerate(block.parts):
            rest = after_label(text, part.label.rstrip(": ")) if part.label else None
            for spec in (fields[key] for key in part.fields) if rest else ():
                known = self.status_keys(spec) if spec.type == "status" else {}
                if rest and normal(rest) in known:
                    return place, spec.key, known[normal(rest)]
        return None

    def is_mark(self, block: Block, text: str) -> bool:
        """Whether a line is the mark before an element of the block, and nothing else."""
        return bool(block.mark) and (text.strip() in MARKS or normal(text) == normal(block.mark))

    def footer(self, text: str) -> dict[str, datetime] | None:
        """The times that a line prints where it is the template's footer."""
        if self._footer is None:
            return None
        found = self._footer.fullmatch(" ".join(text.split()))
        return _times(found.groupdict()) if found is not None else None

    def quotes_footer(self, text: str) -> bool:
        """Whether a line repeats a footer inside a sentence, as pages built anew do."""
        if self._footer is None or len(text) > _LONGEST_HEADING:
            return False
        return self._footer.search(" ".join(text.split())) is not None


def _is_short_value(spec: Field, value: str) -> bool:
    if spec.type not in _ONE_LINE or not value:
        return False
    return spec.type != "jaar" or re.fullmatch("[0-9]{4}", value) is not None


def _heading_pattern(kind: Kind) -> re.Pattern[str] | None:
    if not kind.code_shape or "{code}" not in kind.heading or "{naam}" not in kind.heading:
        return None
    if kind.heading.index("{naam}") < kind.heading.index("{code}"):
        return _name_first(kind, kind.code_shape)
    before, _, tail = kind.heading.partition("{code}")
    between, _, after = tail.partition("{naam}")
    apart = r"\s*" if between[:1].isspace() else ""
    glue = apart + re.escape(between.strip()) if between.strip() else r"[.:]?"
    gap = r"(?:\s+|(?=[^\W\d]))" if between.strip() else r"\s+"
    lead = rf"(?:{re.escape(before.strip())}\s*)?" if before.strip() else ""
    name = rf"(?:{re.escape(kind.label)}\s+)?"
    pattern = (
        rf"{name}{lead}(?P<code>{shape_pattern(kind.code_shape)}){glue}{gap}"
        rf"(?:[-–:]\s+)?(?P<naam>\S.*?){re.escape(after.strip())}"
    )
    return re.compile(pattern, re.IGNORECASE)


def _name_first(kind: Kind, shape: str) -> re.Pattern[str]:
    """The pattern of a heading whose code stands behind the name, such as `Cultuur (C1)`."""
    before, _, tail = kind.heading.partition("{naam}")
    between, _, after = tail.partition("{code}")
    before, between, after = (
        r"\s*".join(map(re.escape, x.split())) for x in (before, between, after)
    )
    gap = r"\s*" if between else r"\s+"
    return re.compile(
        rf"{before}\s*(?P<naam>\S.*?){gap}{between}\s*(?P<code>{shape_pattern(shape)})\s*{after}",
        re.IGNORECASE,
    )


def _footer_pattern(footer: str) -> re.Pattern[str] | None:
    if not footer.strip():
        return None
    pattern = re.escape(" ".join(footer.split()))
    for name in ("gebouwd", "export"):
        pattern = pattern.replace(re.escape(f"{{{name}}}"), rf"(?P<{name}>[0-9][0-9T/:.\- ]*?)")
    return re.compile(pattern + r"\.?", re.IGNORECASE)


def _times(found: Mapping[str, str]) -> dict[str, datetime] | None:
    """Printed times; slashes mean month/day/year unless one of them cannot."""
    slashed = [match for text in found.values() if (match := _SLASHED.search(text))]
    day_first = any(int(match[1]) > 12 for match in slashed)
    times = {}
    for name, text in found.items():
        time = _time(text, day_first)
        if time is None:
            return None
        times[name] = time
    return times


def _time(text: str, day_first: bool) -> datetime | None:
    if match := _ISO.search(text):
        year, month, day = match.groups()
    elif match := _SLASHED.search(text):
        first, second, year = match.groups()
        month, day = (second, first) if day_first else (first, second)
    elif match := _DASHED.search(text):
        day, month, year = match.groups()
    else:
        return None
    clock = _CLOCK.search(text[match.end() :])
    hour, minute, second_ = clock.groups() if clock else ("0", "0", "0")
    try:
        return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second_ or 0))
    except ValueError:
        return None
