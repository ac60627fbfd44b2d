"""A change report as one web page and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stavaza.change_report import ChangeReport
from stavaza.display import harmless
from stavaza.publish.change_view import (
    ChangesView,
    ElementView,
    MoneyView,
    TextView,
    ValueView,
    VersionView,
    changes_view,
)
from stavaza.publish.render import render_alone
from stavaza.publish.view import FrameView

PAGE_TEMPLATE = "wijzigingen.html"
STYLE = "wijzigingen.css"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_MARKS = {"-": "~~", "+": "**", " ": ""}


def html_page(changes: ChangeReport) -> bytes:
    """The page: one file that needs nothing else. Raises PageTemplateError."""
    report = changes.report
    meta = report.meta
    frame = FrameView(
        " ".join(meta.organisation.split()),
        report.current_moment.title,
        meta.year,
        (),
        meta.example,
        "",
    )
    shared = {"kader": frame, "wijzigingen": changes_view(changes)}
    return render_alone(PAGE_TEMPLATE, STYLE, shared, report.template.path)


def markdown(changes: ChangeReport) -> str:
    """The same in Markdown, for a mail or a merge request."""
    view = changes_view(changes)
    title = f"{changes.report.meta.organisation} {changes.report.meta.year}"
    return "\n".join(_lines(title, view)).rstrip() + "\n"


def _lines(title: str, view: ChangesView) -> Iterator[str]:
    yield f"# Wijzigingen {_plain(title)}"
    yield ""
    yield f"Van {_version(view.old)} naar {_version(view.new)}."
    yield ""
    yield from _money(view.total)
    for group in view.groups:
        yield f"## {_plain(group.heading or 'Overige onderdelen')}"
        yield ""
        yield from _money(group.money)
        for element in group.elements:
            yield from _element(element)
    if view.pages:
        yield "## Gevolgen"
        yield ""
        for page, derived in view.pages:
            yield f"- {_plain(page)}" + (f": {_plain(derived)}" if derived else "")
        for text in view.in_texts:
            yield f"- {_plain(text.label)}: {_plain(text.old)} → {_plain(text.new)}"
        yield ""
    if view.files:
        yield "## Overige bestanden"
        yield ""
        for file, state in view.files:
            yield f"- {_plain(file)} ({state})"


def _version(version: VersionView) -> str:
    name = f"“{_plain(version.name)}”"
    return f"{name} ({version.when})" if version.when else name


def _element(element: ElementView) -> Iterator[str]:
    yield f"### {_plain(element.heading)}" + (f" ({element.state})" if element.state else "")
    yield ""
    yield from _money(element.money)
    for row in element.rows:
        yield f"{_plain(row.table)} {_plain(row.name)}:"
        yield ""
        yield from _money(row.money)
        yield from _values(row.values)
    events = (*element.events, *([element.note] if element.note else []))
    for event in events:
        yield f"- {_plain(event)}"
    if events and not element.values:
        yield ""
    yield from _values(element.values)
    for text in element.texts:
        yield from _text(text)
    for reason in element.reasons:
        yield f"> {_plain(reason.text)} ({_plain(reason.who)}, {reason.when})"
        yield ""


def _values(values: tuple[ValueView, ...]) -> Iterator[str]:
    for value in values:
        yield f"- {_plain(value.label)}: {_plain(value.old)} → {_plain(value.new)}"
    if values:
        yield ""


def _text(text: TextView) -> Iterator[str]:
    yield f"{_plain(text.label)}:"
    yield ""
    for paragraph in text.paragraphs:
        yield "".join(_marked(sign, words) for sign, words in paragraph)
        yield ""


def _marked(sign: str, words: str) -> str:
    """Markdown wants its marks against the words, not against the space around them."""
    inside = words.strip()
    if sign == " " or not inside:
        return _plain(words)
    start = words.index(inside)
    mark = _MARKS[sign]
    return f"{words[:start]}{mark}{_plain(inside)}{mark}{words[start + len(inside) :]}"


def _money(found: tuple[MoneyView, ...]) -> Iterator[str]:
    if not found:
        return
    yield "| bedrag | was | wordt | verschil |"
    yield "| --- | ---: | ---: | ---: |"
    for money in found:
        yield f"| {_plain(money.label)} | {money.old} | {money.new} | {money.gap} |"
    yield ""


def _plain(text: str) -> str:
    """A text on one line in which no sign means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", harmless(text))
