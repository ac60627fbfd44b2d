"""The report as pages: which pages there are, and what stands on each, in the template's order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from stavaza import derived_tables
from stavaza.finding import Finding
from stavaza.publish.datasets import Datasets
from stavaza.publish.derived import DerivedPieces
from stavaza.publish.index_view import IndexView
from stavaza.publish.overviews import index_tables
from stavaza.publish.pieces import Pieces
from stavaza.publish.plan import Plan, Tree, nearest_above, plan
from stavaza.publish.texts import Names, dutch_time, footer
from stavaza.publish.view import (
    BlockView,
    ElementView,
    FrameView,
    GroupView,
    LinkView,
    PageView,
    PartView,
    PieceView,
    RelationView,
    TocEntry,
)
from stavaza.template import Block, Layout
from stavaza.tree import Element, Moment, Report

INDEX_FILE = "index.html"
CONTENTS_ANCHOR = "inhoud"
MAIN_ANCHOR = "hoofdinhoud"
_FIXED_ANCHORS = (
    *(CONTENTS_ANCHOR, MAIN_ANCHOR, "kop-inhoud", "kop-bladeren"),
    *("zoekveld", "zoekstand"),
)
_TOP_LEVEL = 2
"""Heads below the title of the page begin here."""


@dataclass(frozen=True)
class Site:
    """All that is to be published: the frame, the index and the pages, with what went wrong."""

    frame: FrameView
    index: IndexView
    pages: tuple[PageView, ...]
    findings: tuple[Finding, ...]


def build(report: Report, moment: Moment, now: datetime, exported: datetime) -> Site:
    """The whole site of a report as published at a moment."""
    planned = plan(report, moment)
    made = [build_page(planned, place) for place in range(len(planned.trees))]
    findings = tuple(finding for _page, found in made for finding in found)
    pages = tuple(page for page, _found in made)
    shown = frame(report, moment, now, exported)
    return Site(shown, build_index(planned), pages, planned.findings + findings)


def build_index(planned: Plan) -> IndexView:
    """The index of all pages."""
    template = planned.report.template
    datasets = Datasets(INDEX_FILE, planned.tables_file(-1))
    by_kind: dict[str, list[tuple[Tree, LinkView]]] = {each.per: [] for each in template.layouts}
    for tree, link in zip(planned.trees, planned.links, strict=True):
        by_kind[tree.top.kind].append((tree, link))
    pages, *others = by_kind.values()
    counted = [((tree.top, *tree.below), link) for tree, link in pages]
    tables = index_tables(planned.report, counted, planned.moment.key, datasets)
    more = tuple(
        (template.kinds[kind].plural, tuple(link for _tree, link in found))
        for kind, found in zip(list(by_kind)[1:], others, strict=True)
        if found
    )
    links = tuple(link for _tree, link in pages)
    plural = template.kinds[template.layout.per].plural
    return IndexView(plural, links, tables, tuple(datasets.found), more)


def build_page(planned: Plan, place: int) -> tuple[PageView, tuple[Finding, ...]]:
    """One page by its place, and what went wrong on it."""
    link = planned.links[place]
    builder = _PageBuilder(planned, place)
    page = builder.page(link, *planned.neighbours(place))
    return page, tuple(builder.pieces.findings + builder.derived.findings)


def frame(report: Report, moment: Moment, now: datetime, exported: datetime) -> FrameView:
    """What all pages share, with the times of building and export in the footer."""
    meta = report.meta
    times = {"gebouwd": dutch_time(now), "export": dutch_time(exported)}
    return FrameView(
        " ".join(meta.organisation.split()),
        moment.title,
        meta.year,
        tuple(line for line in moment.header if line.strip()),
        meta.example,
        footer(report.template.layout, times),
        report.template.language,
    )


def _is_shown(layout: Layout, element: Element) -> bool:
    """Whether a block of the layout shows the element itself."""
    return any(
        block.many == element.kind
        or (block.kind == element.kind and not derived_tables.holds(element, block.without))
        for block in layout.blocks
    )


class _PageBuilder:
    """Builds the page of one element."""

    def __init__(self, planned: Plan, place: int) -> None:
        tree = planned.trees[place]
        report = planned.report
        self.planned = planned
        self.report = report
        self.top = tree.top
        self.alone = tree.alone
        template = report.template
        self.layout: Layout = template.layout_of(tree.top.kind) or template.layout
        self.datasets = Datasets(planned.links[place].file, planned.tables_file(place))
        self.pieces = Pieces(planned, self.datasets)
        self.names = Names(*_FIXED_ANCHORS)
        self.below = [item for item in tree.below if not item.retired]
        self.anchors = {
            item.id: self.names.give(item.id) for item in self.below if _is_shown(self.layout, item)
        }
        self.unused = set(self.anchors)
        self.derived = DerivedPieces(planned, tree, self.anchors, self.names, self.datasets)

    def page(self, own: LinkView, before: LinkView | None, after: LinkView | None) -> PageView:
        """The page with its contents."""
        layout = self.layout
        made = (self._block(block) for block in layout.blocks)
        blocks = tuple(block for block in made if block is not None)
        contents = tuple(entry for block in blocks for entry in _entries(block))
        above = self.planned.above(self.top, layout.above)
        data = tuple(self.datasets.found)
        return PageView(
            own.file, own.text, blocks, contents, self.planned.printed, before, after, above, data
        )

    def _block(self, block: Block) -> BlockView | None:
        level = _TOP_LEVEL + 1 if block.heading else _TOP_LEVEL
        pieces: tuple[PieceView, ...] = ()
        groups: tuple[GroupView, ...] = ()
        label = block.heading
        if block.form == "velden":
            pieces = self.pieces.of(self.top, block.parts, level)
        elif block.form == "afleiding":
            derivation = self.report.template.derivations[block.derivation]
            label = label or derivation.label
            piece = self.derived.piece(derivation)
            pieces = (piece,) if piece is not None else ()
        else:
            label = label or self.report.template.kinds[block.kind].plural
        anchor = self.names.give(label.lower() or "tekst")
        relation = None
        if block.form == "onderdelen":
            groups = self._groups(block, level)
        elif block.form == "relatie":
            relation = self._relation(block, level, anchor)
        if not pieces and not groups and relation is None:
            self.names.free(anchor)
            return None
        if not block.heading:
            pieces = tuple(map(self._anchored, pieces))
        return BlockView(anchor, block.heading, pieces, groups, relation)

    def _anchored(self, piece: PieceView) -> PieceView:
        """A part that heads a section of the page, with an anchor for the contents."""
        if not isinstance(piece, PartView):
            return piece
        anchor = self.names.give(piece.label.lower())
        return PartView(piece.label, piece.level, piece.pieces, anchor)

    def _relation(self, block: Block, level: int, name: str) -> RelationView | None:
        """The elements of one kind with those of the other below each."""
        pairs = []
        for one in self.below:
            if one.kind != block.kind or derived_tables.holds(one, block.without):
                continue
            inner = replace(block, parts=block.many_parts, mark="")
            below = self.alone.children(one.id, block.many)
            first = self._element(block, one, level)
            under = level + bool(first.heading)
            many = tuple(self._element(inner, item, under) for item in below if not item.retired)
            pairs.append((first, many))
        return RelationView(f"{name}-weergave", tuple(pairs), block.ways) if pairs else None

    def _groups(self, block: Block, level: int) -> tuple[GroupView, ...]:
        found: dict[str, list[Element]] = {}
        for element in self.below:
            if element.kind == block.kind and not derived_tables.holds(element, block.without):
                group = nearest_above(self.report, element, block.group)
                found.setdefault(group.id if group else "", []).append(element)
        groups = (self._group(block, key, elements, level) for key, elements in found.items())
        return tuple(group for group in groups if group.elements)

    def _group(
        self, block: Block, group_id: str, elements: Iterable[Element], level: int
    ) -> GroupView:
        heading, anchor = "", ""
        pieces: tuple[PieceView, ...] = ()
        if group_id:
            heading = self.planned.heading(self.report.elements[group_id])
            anchor = self.names.give(f"{block.kind}-{group_id}")
            level += 1
            pieces = self.pieces.of(self.report.elements[group_id], block.group_parts, level)
        label = block.group_label
        label_level = level
        level += bool(label)
        views = (self._element(block, element, level) for element in elements)
        shown = tuple(view for view in views if view.heading or view.pieces)
        return GroupView(anchor, heading, label_level - 1, label, label_level, pieces, shown)

    def _element(self, block: Block, element: Element, level: int) -> ElementView:
        kind = self.report.template.kinds[element.kind]
        named_inside = any(kind.name_field in part.fields for part in block.parts)
        heading = "" if named_inside else self.report.title(element)
        pieces = self.pieces.of(element, block.parts, level + 1 if heading else level)
        anchor = self._anchor(block, element)
        return ElementView(anchor, heading, level, block.mark, pieces)

    def _anchor(self, block: Block, element: Element) -> str:
        """The element's own anchor the first time that it is shown, then another one."""
        if element.id in self.unused:
            self.unused.remove(element.id)
            return self.anchors[element.id]
        return self.names.give(f"{block.kind}-{element.id}")


def _entries(block: BlockView) -> list[TocEntry]:
    groups = [entry for group in block.groups for entry in _group_entries(group)]
    if block.heading:
        return [TocEntry(block.anchor, block.heading, tuple(groups))]
    parts = [piece for piece in block.pieces if isinstance(piece, PartView) and piece.anchor]
    return [TocEntry(part.anchor, part.label) for part in parts] + groups


def _group_entries(group: GroupView) -> list[TocEntry]:
    below = tuple(
        TocEntry(element.anchor, element.heading) for element in group.elements if element.heading
    )
    if not group.heading:
        return list(below)
    text = f"{group.heading}: {group.label}" if group.label else group.heading
    return [TocEntry(group.anchor, text, below)]
