"""Whether a page is one of the template's kind: enough of the template's own words are on it."""

from __future__ import annotations

from collections.abc import Sequence

from stavaza.finding import Finding
from stavaza.page_import.draft import Draft
from stavaza.page_import.heading_notation import closest, example
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.moments import Title
from stavaza.page_import.page_heading import HeadingFinder
from stavaza.page_import.signs import Outline
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Block

_LEAST = 3
_MONEY = 2
"""What a heading with an amount in the template's own form counts for."""


def is_such_page(
    page: Page, words: Vocabulary, outline: Outline, drafts: Sequence[Draft], title: Title | None
) -> bool:
    """Whether a page is of the template's kind.

    Elements with codes say so by themselves. Else names of blocks and labels, a title, a heading
    with a code or of the official list, and headings with amounts count together: an element
    without a code may be any text.
    """
    kinds = words.template.kinds
    blocks = words.template.layout.blocks
    coded = {b.kind for b in blocks if b.form == "onderdelen" and kinds[b.kind].code_shape}
    if any(draft.kind in coded and draft.pieces for draft in drafts):
        return True
    grouped = {b.kind for b in blocks if b.form == "onderdelen" and (b.group or b.group_label)}
    if any(draft.kind in grouped and draft.pieces for draft in drafts):
        return True
    finder = HeadingFinder(page, words)
    listed = any(finder.is_listed(section.heading.name) for section in outline.sections)
    found = bool(outline.above) or words.has_pattern(words.per.key)
    known = title is not None and title.moment is not None
    money = any(
        kinds[draft.kind].fields[value.field].type == "bedrag" and value.value is not None
        for draft in drafts
        for value in draft.values
    )
    score = found + known + _MONEY * listed + _MONEY * money + _names(page, words, outline)
    return score >= _LEAST


def no_heading(page: Page, words: Vocabulary) -> Finding:
    """What to say of a page without the heading of what it is about: what was looked for.

    Where the page has other words of the template, the line that comes closest is told as well.
    """
    shape = example(words.per)
    known = {*words.headings, *words.own_labels, *words.group_labels}
    known |= {label for block in words.elements for label in _labels(block)}
    found = [at for at, line in enumerate(page.lines) if line.key in known]
    at = closest(page, words.per, found) if len({page.lines[n].key for n in found}) > 1 else None
    params = {"template": words.template.name}
    if at is None:
        missing = f"{words.per.label} (“{shape}”)"
        return Finding("I002", params | {"missing": missing})
    line = page.lines[at]
    return Finding("I042", params | {"shape": shape, "text": line.text}, None, line.number)


def _names(page: Page, words: Vocabulary, outline: Outline) -> int:
    """How many different names of the layout a page prints: of blocks, of parts, of groups."""
    signs = [sign for section in outline.sections for sign in section.signs.values()]
    derivations = words.template.derivations.values()
    blocks = {id(sign.block) for sign in signs if sign.role in ("block", "group_label")}
    labels = {label for block in words.template.layout.blocks for label in _labels(block)}
    labels |= {normal(text) for d in derivations for text in (d.label, d.name_label) if text}
    keys = {line.key for line in page.lines[outline.header_end :]}
    return len(blocks) + len(labels & keys)


def _labels(block: Block) -> set[str]:
    parts = (*block.parts, *block.many_parts, *block.group_parts)
    own = {normal(part.label) for part in parts if part.label}
    return own | {normal(part.heading) for part in parts if part.heading}
