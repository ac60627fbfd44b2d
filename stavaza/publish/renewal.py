"""Makes what has to be made of a publication: pages whose key changed, and what goes with them."""

from __future__ import annotations

from stavaza.finding import Finding
from stavaza.publish.build import INDEX_FILE, build_index, build_page
from stavaza.publish.datasets import files_of
from stavaza.publish.folder import Publication
from stavaza.publish.keys import keys_of
from stavaza.publish.plan import Plan
from stavaza.publish.render import Renderer
from stavaza.publish.search_index import INDEX_SCRIPT, index_script, lines_of, page_line
from stavaza.publish.view import FrameView


class Renewal:
    """The pages that stand in a folder as they have to, and those that have to be made.

    `files` are new, `kept` stay; `keys` says what each page was made from. Pages on which something
    went wrong have no key, so that it is told again next time.
    """

    def __init__(self, planned: Plan, folder: Publication, *, everything: bool) -> None:
        self._plan = planned
        found = keys_of(planned)
        wanted = {
            INDEX_FILE: found.index,
            **dict(zip((link.file for link in planned.links), found.pages, strict=True)),
        }
        self.files: dict[str, bytes] = {}
        self.keys = wanted
        self.findings: list[Finding] = []
        self.kept: list[str] = []
        self._lines: dict[str, str] = {}
        self.missing: list[str] = list(wanted)
        if everything or not folder.stands(INDEX_SCRIPT):
            return
        self._lines = lines_of(folder.read(INDEX_SCRIPT))
        standing = {name: folder.page_stands(name, key) for name, key in wanted.items()}
        self.missing = [
            name
            for name, files in standing.items()
            if not files or (name != INDEX_FILE and name not in self._lines)
        ]
        gone = set(self._lines) - set(wanted)
        self.kept = [
            n for name, names in standing.items() if name not in self.missing for n in names
        ]
        if not self.missing and not gone:
            self.kept.append(INDEX_SCRIPT)
        elif not self.missing:
            self.files[INDEX_SCRIPT] = self._index_script()

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
            self._lines[page.file] = page_line(page)
            self.findings += findings
            if findings:
                del self.keys[page.file]
        self.files[INDEX_SCRIPT] = self._index_script()

    def _index_script(self) -> bytes:
        return index_script(self._lines[link.file] for link in self._plan.links)
