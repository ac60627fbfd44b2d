"""The moments of a page: its budget year, the moment it was published at, and their labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stavaza.naming import slug
from stavaza.page_import.lines import Page, normal
from stavaza.template import MomentTemplate, Template

_YEAR = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})(?![0-9])")
_ORDINALS = {
    "eerste": "1e",
    "tweede": "2e",
    "derde": "3e",
    "vierde": "4e",
    "1ste": "1e",
    "2de": "2e",
    "3de": "3e",
    "4de": "4e",
}


@dataclass
class PageMoment:
    """A moment as a page names it; `key` is the template's where it knows the moment.

    `footer` is the line with the printed times in the notation of the page.
    """

    key: str
    label: str
    overview: str
    title: str
    known: bool
    header: list[str] = field(default_factory=list)
    printed: dict[str, datetime] = field(default_factory=dict)
    footer: str = ""


@dataclass
class Moments:
    """The moments of a report in order; `columns` has those of the overview by column."""

    year: int
    all: list[PageMoment]
    current: str = ""
    columns: list[str] = field(default_factory=list)

    def find(self, label: str) -> PageMoment | None:
        """The moment that a label means."""
        key = comparable(label)
        for moment in self.all:
            if key in (comparable(moment.label), comparable(moment.overview)):
                return moment
        return None

    def by_key(self, key: str) -> PageMoment:
        """The moment with that key. Raises KeyError."""
        for moment in self.all:
            if moment.key == key:
                return moment
        raise KeyError(key)

    def keys_for(self, labels: Sequence[str]) -> list[str]:
        """The moments of a row of labels; those of the overview stand in the same order."""
        same = len(labels) == len(self.columns)
        keys = []
        for at, label in enumerate(labels):
            moment = self.find(label)
            if moment is None and same and self.columns[at] not in keys:
                moment = self.by_key(self.columns[at])
                if not moment.known and moment.label == moment.overview:
                    moment.label = label
            keys.append((moment or self.add(label)).key)
        return keys

    def add(self, label: str, overview: str = "") -> PageMoment:
        """A moment that the template does not know, under a key made from its label."""
        base = slug(label).replace("-", "_") or "moment"
        base = base if base[0].isalpha() else f"m{base}"
        key, count = base, 1
        while any(moment.key == key for moment in self.all):
            count += 1
            key = f"{base}_{count}"
        moment = PageMoment(key, label, overview or label, f"{label}", False)
        self.all.append(moment)
        return moment


def comparable(text: str) -> str:
    """A label for comparing: also `tweede` and `2e` are the same."""
    return " ".join(_ORDINALS.get(word, word) for word in normal(text).split())


def column_lead(template: Template) -> str:
    """The word that all columns of the template's overview begin with; '' where they do not."""
    leads = {moment.overview.split(" ")[0].casefold() for moment in template.moments}
    alike = all(moment.overview != moment.label for moment in template.moments)
    return leads.pop() if len(leads) == 1 and alike else ""


def without_lead(template: Template, column: str) -> str:
    """A column's label without the word that all columns of the template begin with."""
    first, _, rest = column.strip().partition(" ")
    return rest.strip() if rest and first.casefold() == column_lead(template) else column


def filled(text: str, year: int) -> str:
    """A text of the template with `{jaar}` and `{vorig}` filled in."""
    return text.replace("{jaar}", str(year)).replace("{vorig}", str(year - 1))


@dataclass(frozen=True)
class Title:
    """The line that names the document: its index (None: the title in the head of HTML)."""

    index: int | None
    text: str
    year: int | None
    moment: str | None


def organisation_of(page: Page, moments: Moments) -> str:
    """Whose a page is, where we published it: its head names that behind the title."""
    title = moments.by_key(moments.current).title
    _before, found, name = page.title.partition(f" – {title} – ")
    return name.strip() if page.own and title and found else ""


def find_title(
    page: Page, template: Template, header_end: int, outside: Collection[int] = ()
) -> Title | None:
    """The title of the document, in the header of the page or else in its head.

    Lines `outside` are no title, such as a line that tells when the page was made.
    """
    places: list[tuple[int | None, str]] = [
        (at, line.text)
        for at, line in enumerate(page.lines[:header_end])
        if line.text and at not in outside
    ]
    if page.title:
        places.append((None, page.title))
    for at, text in places:
        for moment in template.moments:
            year = _year_in(moment.title, text)
            if year is not None:
                return Title(at, text, year, moment.key)
    for at, text in places:
        found = _YEAR.search(text)
        if found:
            return Title(at, text, int(found[1]), None)
    return None


def _year_in(pattern: str, text: str) -> int | None:
    """The budget year, where a text holds a template's text with a year in it."""
    if "{jaar}" not in pattern and "{vorig}" not in pattern:
        return None
    form = re.escape(comparable(pattern))
    form = form.replace(r"\{jaar\}", r"(?P<jaar>[0-9]{4})").replace(
        r"\{vorig\}", r"(?P<vorig>[0-9]{4})"
    )
    found = re.search(rf"(?<![\w]){form}(?![\w])", comparable(text))
    if found is None:
        return None
    groups = found.groupdict()
    if groups.get("jaar"):
        return int(groups["jaar"])
    return int(groups["vorig"]) + 1


def year_from_labels(template: Template, labels: Sequence[str]) -> int | None:
    """The budget year that labels such as `Status 2025` tell."""
    for label in labels:
        for moment in template.moments:
            for pattern in (moment.overview, moment.label, moment.title):
                year = _year_in(pattern, label)
                if year is not None:
                    return year
    return None


def template_moments(template: Template, year: int) -> list[PageMoment]:
    """The moments that the template knows, in a report of `year`."""

    def made(moment: MomentTemplate) -> PageMoment:
        return PageMoment(
            moment.key,
            filled(moment.label, year),
            filled(moment.overview, year),
            filled(moment.title, year),
            True,
        )

    return [made(moment) for moment in template.moments]


def with_columns(
    moments: Moments, template: Template, columns: Sequence[str], labels: Sequence[str]
) -> None:
    """Make the moments of the overview's columns; `labels` is how the texts name them."""
    same = len(columns) == len(labels)
    for at, column in enumerate(columns):
        label = labels[at] if same else without_lead(template, column)
        moment = moments.find(column) or moments.find(label)
        if moment is None:
            moment = moments.add(label, column)
        moments.columns.append(moment.key)
    if not columns:
        moments.keys_for(labels)


def settle_current(moments: Moments, title: Title | None, used: Sequence[str]) -> None:
    """Decide at which moment the page was published: its title, else its last status."""
    if title is not None and title.moment is not None:
        moments.current = title.moment
    else:
        named = [
            moment
            for moment in moments.all
            if title is not None and comparable(moment.label) in comparable(title.text)
        ]
        last = used[-1] if used else (moments.all[-1].key if moments.all else "")
        moments.current = named[-1].key if named else last
    if title is not None:
        moments.by_key(moments.current).title = title.text


def keep_used(moments: Moments, used: Sequence[str]) -> None:
    """Leave out the template's moments where the page has moments of its own instead.

    The moments of the page come in the order of its columns.
    """
    if all(moment.known for moment in moments.all):
        return
    order = [*dict.fromkeys([*used, moments.current])]
    kept = [moments.by_key(key) for key in order if key]
    moments.all = kept or moments.all
