"""What a page is made from, as one key per page: a page whose key is the same need not be made.

A key covers the code, the template, report.toml, the moment, the element of the page with all
below it, and what the page shows of others: headings, neighbours, wholes of shares, figures in its
texts. What is above it is there with its kind too, so that elements in which nothing was wrong
under a key still are sound under it. The times in the footer are left out: a page says when it was
made itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path

import stavaza
from stavaza.places import EXAMPLE_FOLDER, templates_dir
from stavaza.publish.plan import Plan
from stavaza.references import figure_text, has_references, references
from stavaza.tree import Element, Report

_SHARED_FOLDERS = ("_basis", "_normen")


@dataclass(frozen=True)
class Keys:
    """The keys of the pages, in the order of the plan, and that of the index.

    `referring` are the ids of elements whose texts refer to figures, perhaps those of others.
    """

    pages: tuple[str, ...]
    index: str
    referring: frozenset[str]


def keys_of(planned: Plan) -> Keys:
    """The keys of all pages of a report."""
    shared = _shared(planned)
    pages = _Pages(planned, shared)
    found = tuple(pages.key(place) for place in range(len(planned.trees)))
    return Keys(found, _index(planned, shared), frozenset(pages.referring))


def _index(planned: Plan, shared: str) -> str:
    """The key of the index: which pages there are, and the statuses that it counts."""
    report = planned.report
    moments = report.moments_until(planned.moment.key)
    found: list[object] = []
    for derivation in report.template.derivations.values():
        if derivation.form != "telling":
            continue
        kind = derivation.kind
        spec = report.template.kinds[kind].fields[derivation.field]
        paths = [report.path_of(spec, moment.key) for moment in moments]
        found.append([[e.id for e in tree.below if e.kind == kind] for tree in planned.trees])
        counted = [
            (e.id, e.retired, [e.get(path) for path in paths])
            for e in report.elements.values()
            if e.kind == kind
        ]
        found.append(sorted(counted, key=itemgetter(0)))
    tops = [(tree.top.kind, tree.top.id) for tree in planned.trees]
    return _digest(shared, planned.links, tops, found)


class _Pages:
    """Makes the keys of pages; what several pages share is worked out once."""

    def __init__(self, planned: Plan, shared: str) -> None:
        self._plan = planned
        self._report = planned.report
        self._shared = shared
        self._links = [repr(link) for link in planned.links]
        self._above: dict[str | None, str] = {}
        self.referring: set[str] = set()
        self._fixed = {
            key: [spec.below.sentence for spec in kind.fields.values() if spec.below]
            for key, kind in self._report.template.kinds.items()
        }

    def key(self, place: int) -> str:
        """The key of one page."""
        tree = self._plan.trees[place]
        beside = self._links[max(0, place - 1) : place + 2]  # the page itself is one of them
        others = (
            *(self._shared, str(place == 0), *beside),
            *(self._headings(tree.top), self._plan.tables_file(place)),
        )
        found = hashlib.sha256("\n".join(others).encode("utf-8", "backslashreplace"))
        for element in (tree.top, *tree.below):
            digest, refers = _held(element)
            found.update(f"{element.id} ".encode("utf-8", "backslashreplace") + digest)
            for shown in self._figures(element, refers):
                found.update(repr(shown).encode("utf-8", "backslashreplace"))
        return found.hexdigest()

    def _headings(self, top: Element) -> str:
        """The headings over a page; pages share them."""
        parent = self._report.parent_of(top)
        if parent not in self._above:
            self._above[parent] = repr(list(_headings_above(self._report, top)))
        return self._above[parent]

    def _figures(self, element: Element, refers: bool) -> Iterator[tuple[str, str | None]]:
        """The figures that the texts of an element refer to, as they read."""
        fixed = self._fixed.get(element.kind, [])
        for text in (*_texts(element.data), *fixed) if refers else fixed:
            for reference in references(text):
                self.referring.add(element.id)
                yield reference, figure_text(self._report, element, reference)


def _held(element: Element) -> tuple[bytes, bool]:
    """What tells the data of an element from any other, and whether a text can hold a reference.

    Its file tells while it says the same: an app that publishes again need not read it again.
    """
    if element.source is not None and not element.changed:
        return element.source.digest, element.source.may_refer
    written = repr(element.data).encode("utf-8", "backslashreplace")
    return hashlib.sha256(written).digest(), has_references(element.data)


def _headings_above(report: Report, element: Element) -> Iterator[str]:
    above = report.parent_of(element)
    while above is not None:
        found = report.elements[above]
        yield f"{above} {found.kind} {found.retired} {report.heading(found)}"
        above = report.parent_of(found)


def _texts(value: object) -> Iterator[str]:
    """The texts with references."""
    if isinstance(value, str):
        if "[[" in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _shared(planned: Plan) -> str:
    """What all pages depend on."""
    report = planned.report
    own = report.template.path
    return _digest(
        _code(),
        [(name, _files(templates_dir() / name)) for name in _SHARED_FOLDERS],
        _files(own),
        report.template,
        report.meta,
        planned.moment.key,
        planned.wholes,
    )


def _files(folder: Path) -> list[tuple[str, str]]:
    """The files of a template folder, the example report in it left out."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path.relative_to(folder), path) for path in paths)
    return [
        (name.as_posix(), hashlib.sha256(path.read_bytes()).hexdigest())
        for name, path in names
        if name.parts[0] != EXAMPLE_FOLDER
    ]


@cache
def _code() -> str:
    """Which code makes the pages: ours by its text, that of others by its version."""
    package = Path(stavaza.__file__).parent
    ours = [
        (path.relative_to(package).as_posix(), path.read_bytes())
        for path in sorted(package.rglob("*.py"))
    ]
    others = [version(name) for name in ("jinja2", "markupsafe", "markdown-it-py")]
    return _digest(stavaza.__version__, ours, others)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()
