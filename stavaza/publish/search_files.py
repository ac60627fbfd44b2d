"""The files of the search index: one, or for a large report parts of some pages each.

`zoekindex.js` holds the lines of all pages. Of more than `PAGES_IN_PART` pages it says how many
parts there are, `zoekindex-1.js` and on: a page that changed then costs a part, not the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from stavaza.publish.folder import Publication
from stavaza.publish.search_index import (
    INDEX_SCRIPT,
    index_script,
    is_index,
    lines_of,
    number_of_parts,
    part_name,
)

PAGES_IN_PART = 50


class SearchFiles:
    """The files of the search index of a site: which stand as they have to, and the others.

    `pages` are the names of all pages in order with the keys of what they are made from. `keys`
    are those of the files; `kept` stand. `lines` are those of the old files that can be used;
    `without_line` are pages that have to be made for what can be found on them.
    """

    def __init__(self, folder: Publication, pages: Mapping[str, str], *, everything: bool) -> None:
        self._parts = _shared_out(tuple(pages))
        self.keys = {name: _key(inside, pages) for name, inside in self._parts.items()}
        if INDEX_SCRIPT not in self._parts:
            self.keys[INDEX_SCRIPT] = str(len(self._parts))
        self.kept = [
            name
            for name, key in self.keys.items()
            if not everything and folder.page_stands(name, key)
        ]
        self._to_make = [name for name in self._parts if name not in self.kept]
        wanted = {page for name in self._to_make for page in self._parts[name]}
        self.lines = {} if everything else _old_lines(folder, self._to_make, wanted)
        self.without_line = wanted - set(self.lines)

    def made(self) -> dict[str, bytes]:
        """The files that have to be made; `lines` must have all their pages by now."""
        found = {
            name: index_script(self.lines[page] for page in self._parts[name])
            for name in self._to_make
        }
        if INDEX_SCRIPT not in (*self._parts, *self.kept):
            found[INDEX_SCRIPT] = number_of_parts(len(self._parts))
        return found


def _shared_out(pages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The names of the files with the pages in each."""
    if len(pages) <= PAGES_IN_PART:
        return {INDEX_SCRIPT: pages}
    starts = range(0, len(pages), PAGES_IN_PART)
    return {
        part_name(number): pages[start : start + PAGES_IN_PART]
        for number, start in enumerate(starts, start=1)
    }


def _key(inside: tuple[str, ...], pages: Mapping[str, str]) -> str:
    made_from = "\n".join(f"{page} {pages[page]}" for page in inside)
    return hashlib.sha256(made_from.encode("utf-8", "backslashreplace")).hexdigest()


def _old_lines(
    folder: Publication, names: Collection[str], wanted: Collection[str]
) -> dict[str, str]:
    """The lines of pages as the old files have them; others are read where these fall short."""
    found: dict[str, str] = {}
    others = (name for name in folder.known if is_index(name) and name not in names)
    for name in (*names, *others):
        if all(page in found for page in wanted):
            break
        if folder.stands(name):
            found |= lines_of(folder.read(name))
    return {page: line for page, line in found.items() if page in wanted}
