"""Makes what has to be made of a publication: pages whose key changed, and what goes with them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain

from stavaza.finding import Finding
from stavaza.publish.build import INDEX_FILE, build_index, build_page
from stavaza.publish.content import Content
from stavaza.publish.data_files import data_of, tables_files
from stavaza.publish.data_view import Dataset
from stavaza.publish.folder import Publication
from stavaza.publish.keys import keys_of
from stavaza.publish.part_files import Gathered, PartFiles
from stavaza.publish.plan import Plan
from stavaza.publish.render import Renderer
from stavaza.publish.search_index import (
    index_name,
    index_script,
    lines_of,
    number_of_parts,
    page_line,
)
from stavaza.publish.view import FrameView

SEARCH = Gathered(index_name, index_script, lines_of, number_of_parts)


class Renewal:
    """The pages that stand in a folder as they have to, and those that have to be made.

    `files` are new, `kept` stay; `keys` says what each page was made from. Pages on which something
    is wrong have no key, so that it is told again next time; `settled` are the ids of elements of
    pages that stand, in which nothing is. Those that refer to figures are not among them: whether
    that is right depends on the element of the figure as well.
    """

    def __init__(self, planned: Plan, folder: Publication, *, everything: bool) -> None:
        self._plan = planned
        found = keys_of(planned)
        pages = dict(zip((link.file for link in planned.links), found.pages, strict=True))
        wanted = {INDEX_FILE: found.index, **pages}
        self._search = PartFiles(SEARCH, folder, pages, everything=everything)
        meta = planned.report.meta
        organisation = " ".join(meta.organisation.split())
        form = tables_files(planned.moment.title, organisation, meta.year)
        self._tables = PartFiles(form, folder, wanted, everything=everything)
        without_line = self._search.without_line | self._tables.without_line
        standing = {
            name: files
            for name, key in wanted.items()
            if not everything
            and name not in without_line
            and (files := folder.page_stands(name, key))
        }
        self.missing = [name for name in wanted if name not in standing]
        self.kept = [
            *self._search.kept,
            *self._tables.kept,
            *chain.from_iterable(standing.values()),
        ]
        self.keys = wanted | self._search.keys | self._tables.keys
        self.settled = _on_pages(planned, standing) - found.referring
        self.findings: list[Finding] = []
        self.files: dict[str, Content] = {} if self.missing else self._gathered()

    def make(self, shown: FrameView) -> None:
        """Make what is missing; `shown` is the frame around each page."""
        renderer = Renderer(shown, self._plan.report.template.path)
        missing = set(self.missing)
        if INDEX_FILE in missing:
            index = build_index(self._plan)
            self.files[INDEX_FILE] = renderer.index(index)
            self._add_data(INDEX_FILE, shown.title, index.datasets)
        for place, link in enumerate(self._plan.links):
            if link.file not in missing:
                continue
            page, findings = build_page(self._plan, place)
            self.files[page.file] = renderer.page(page)
            self._add_data(page.file, page.heading, page.datasets)
            self._search.lines[page.file] = page_line(page)
            self.findings += findings
            if findings:
                self.keys.pop(page.file, None)
        self.files |= self._gathered()

    def _add_data(self, file: str, heading: str, datasets: Sequence[Dataset]) -> None:
        files, self._tables.lines[file] = data_of(file, heading, datasets)
        self.files |= _whole(files)

    def _gathered(self) -> dict[str, Content]:
        """The files with a line per page that have to be made."""
        return _whole(self._search.made() | self._tables.made())

    def forget(self, findings: Iterable[Finding]) -> None:
        """Leave the pages of elements in which something is wrong without a key."""
        wrong = {finding.element for finding in findings} - {None}
        if not wrong:
            return
        for tree, link in zip(self._plan.trees, self._plan.links, strict=True):
            if any(element.id in wrong for element in (tree.top, *tree.below)):
                self.keys.pop(link.file, None)


def _on_pages(planned: Plan, pages: Container[str]) -> frozenset[str]:
    """The ids of the elements of some pages."""
    return frozenset(
        element.id
        for tree, link in zip(planned.trees, planned.links, strict=True)
        if link.file in pages
        for element in (tree.top, *tree.below)
    )


def _whole(files: Mapping[str, bytes]) -> dict[str, Content]:
    """Files of one piece."""
    return {name: (content,) for name, content in files.items()}
