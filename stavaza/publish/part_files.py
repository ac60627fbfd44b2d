"""Files with a line per page, such as the search index: which stand as they have to.

One file holds the lines of all pages, or it says how many parts there are (`parts`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from stavaza.publish.folder import Publication
from stavaza.publish.parts import shared_out


@dataclass(frozen=True)
class Gathered:
    """What such files look like.

    `name` gives that of a part by its number, and of the file with everything by 0. `written` makes
    a file of lines, `lines_of` gives those of an old file by page, and `counted` makes what stands
    in the place of everything where there are parts.
    """

    name: Callable[[int], str]
    written: Callable[[Iterable[str]], bytes]
    lines_of: Callable[[bytes], dict[str, str]]
    counted: Callable[[int], bytes]


class PartFiles:
    """The files of one kind for a site.

    `pages` are the names of all pages in order with the keys of what they are made from. `keys`
    are those of the files; `kept` stand. `lines` are those of the old files that can be used;
    `without_line` are pages that have to be made for their line.
    """

    def __init__(
        self,
        form: Gathered,
        folder: Publication,
        pages: Mapping[str, str],
        *,
        everything: bool,
    ) -> None:
        self._form = form
        shared = shared_out(tuple(pages))
        self._count = len(shared)
        self._parts = {form.name(number): inside for number, inside in shared.items()}
        self.keys = {name: _key(inside, pages) for name, inside in self._parts.items()}
        if 0 not in shared:
            self.keys[form.name(0)] = hashlib.sha256(form.counted(self._count)).hexdigest()
        self.kept = [
            name
            for name, key in self.keys.items()
            if not everything and folder.page_stands(name, key)
        ]
        self._to_make = [name for name in self._parts if name not in self.kept]
        wanted = {page for name in self._to_make for page in self._parts[name]}
        self.lines = {} if everything else self._old_lines(folder, wanted)
        self.without_line = wanted - set(self.lines)

    def made(self) -> dict[str, bytes]:
        """The files that have to be made; `lines` must have all their pages by now."""
        found = {
            name: self._form.written([self.lines[page] for page in self._parts[name]])
            for name in self._to_make
        }
        whole = self._form.name(0)
        if whole not in (*self._parts, *self.kept):
            found[whole] = self._form.counted(self._count)
        return found

    def _old_lines(self, folder: Publication, wanted: Collection[str]) -> dict[str, str]:
        """The lines of pages as the old files have them; others are read where these fall short."""
        found: dict[str, str] = {}
        others = (name for name in self._former(folder) if name not in self._to_make)
        for name in (*self._to_make, *others):
            if all(page in found for page in wanted):
                break
            if folder.stands(name):
                found |= self._form.lines_of(folder.read(name))
        return {page: line for page, line in found.items() if page in wanted}

    def _former(self, folder: Publication) -> Iterable[str]:
        """The names of files of this kind that were written before."""
        number = 0
        while (name := self._form.name(number)) in folder.known or number == 0:
            yield name
            number += 1


def _key(inside: tuple[str, ...], pages: Mapping[str, str]) -> str:
    made_from = "\n".join(f"{page} {pages[page]}" for page in inside)
    return hashlib.sha256(made_from.encode("utf-8", "backslashreplace")).hexdigest()
