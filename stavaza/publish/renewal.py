"""Makes what has to be made of a publication: pages whose key changed, and what goes with them."""

from __future__ import annotations

from itertools import chain

from stavaza.finding import Finding
from stavaza.publish.build import INDEX_FILE, build_index, build_page
from stavaza.publish.datasets import files_of
from stavaza.publish.folder import Publication
from stavaza.publish.keys import keys_of
from stavaza.publish.plan import Plan
from stavaza.publish.render import Renderer
from stavaza.publish.search_files import SearchFiles
from stavaza.publish.search_index import page_line
from stavaza.publish.view import FrameView


class Renewal:
    """The pages that stand in a folder as they have to, and those that have to be made.

    `files` are new, `kept` stay; `keys` says what each page was made from. Pages on which something
    went wrong have no key, so that it is told again next time.
    """

    def __init__(self, planned: Plan, folder: Publication, *, everything: bool) -> None:
        self._plan = planned
        found = keys_of(planned)
        pages = dict(zip((link.file for link in planned.links), found.pages, strict=True))
        self._search = SearchFiles(folder, pages, everything=everything)
        wanted = {INDEX_FILE: found.index, **pages}
        standing = {
            name: files
            for name, key in wanted.items()
            if not everything
            and name not in self._search.without_line
            and (files := folder.page_stands(name, key))
        }
        self.missing = [name for name in wanted if name not in standing]
        self.kept = [*self._search.kept, *chain.from_iterable(standing.values())]
        self.keys = wanted | self._search.keys
        self.findings: list[Finding] = []
        self.files: dict[str, bytes] = {} if self.missing else self._search.made()

    def make(self, shown: FrameView) -> None:
        """Make what is missing; `shown` is the frame around each page."""
        renderer = Renderer(shown, self._plan.report.template.path)
        missing = set(self.missing)
        if INDEX_FILE in missing:
            index = build_index(self._plan)
            self.files[INDEX_FILE] = renderer.index(index)
            self.files |= files_of(index.datasets, shown.title, shown)
        for place, link in enumerate(self._plan.links):
            if link.file not in missing:
                continue
            page, findings = build_page(self._plan, place)
            self.files[page.file] = renderer.page(page)
            self.files |= files_of(page.datasets, page.heading, shown)
            self._search.lines[page.file] = page_line(page)
            self.findings += findings
            if findings:
                del self.keys[page.file]
        self.files |= self._search.made()
