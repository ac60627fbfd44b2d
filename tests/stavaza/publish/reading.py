"""Reads a published page as a browser would: elements, the text in order, and what is invalid."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser

from stavaza.publish import render_report
from stavaza.tree import Report

BUILT = datetime(2026, 10, 5, 14, 3, 9)
EXPORTED = datetime(2026, 9, 30, 8, 0, 1)
VOID = {"meta", "br", "link", "img", "input", "hr"}
INLINE = {"a", "strong", "em", "span", "title", "rect", "b", "i"}
UNSEEN = {"head", "style", "script", "title", "desc"}


@dataclass
class Tag:
    """An element with its attributes; `parts` holds texts and elements in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[str | Tag] = field(default_factory=list)

    def all(self, *names: str) -> list[Tag]:
        """All elements below with one of these names, in order; without names all."""
        return [tag for tag in self._below() if not names or tag.name in names]

    def _below(self) -> Iterator[Tag]:
        for part in self.parts:
            if isinstance(part, Tag):
                yield part
                yield from part._below()

    def one(self, name: str) -> Tag:
        """The only element below with that name."""
        (found,) = self.all(name)
        return found

    def by_class(self, name: str) -> list[Tag]:
        """All elements below with a class."""
        return [tag for tag in self._below() if name in tag.attributes.get("class", "").split()]

    def by_id(self, name: str) -> Tag:
        """The only element below with that id."""
        (found,) = [tag for tag in self._below() if tag.attributes.get("id") == name]
        return found

    def text(self) -> str:
        """Its text on one line, blocks apart."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            elif part.name not in UNSEEN:
                space = "" if part.name in INLINE else "\n"
                yield space
                yield from part._texts()
                yield space


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Tag("document")
        self.stack = [self.root]
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if len(set(names)) != len(names):
            self.wrong.append(f"attribute twice in <{tag}>")
        made = Tag(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].parts.append(made)
        if tag not in VOID:
            self.stack.append(made)

    def handle_endtag(self, tag: str) -> None:
        if self.stack[-1].name != tag:
            self.wrong.append(f"</{tag}> closes <{self.stack[-1].name}>")
        else:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].parts.append(data)


def read(page: bytes) -> Tag:
    """The page as a tree; every element must be closed in order."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    assert reader.wrong == []
    assert [tag.name for tag in reader.stack] == ["document"]
    return reader.root


def pages(report: Report, moment: str | None = None) -> dict[str, Tag]:
    """The pages of a report by file name, built at a fixed time."""
    made, _findings = render_report(report, moment, now=BUILT, export_time=EXPORTED)
    return {name: read(content) for name, content in made.items()}


def page(report: Report, name: str = "programma-6.html", moment: str | None = None) -> Tag:
    """One page of a report."""
    return pages(report, moment)[name]


def faults(root: Tag, language: str = "nl") -> list[str]:
    """What breaks the rules for a valid and accessible page in that language."""
    found = [*_heading_faults(root), *_table_faults(root), *_link_faults(root)]
    if root.one("html").attributes.get("lang") != language:
        found.append("another language")
    if len(root.all("main")) != 1 or not root.all("footer"):
        found.append("no landmarks")
    for tag in root.all():
        found += [
            f"<{tag.name}> carries {name}" for name in tag.attributes if name in ("src", "style")
        ]
        found += [f"<{tag.name}> runs" for name in tag.attributes if name.startswith("on")]
        if tag.name in ("link", "img", "iframe", "object", "form", "base"):
            found.append(f"<{tag.name}>")
    found += _script_faults(root)
    if re.search(r"@import|url\(|expression\(", "".join(_strings(root.one("style")))):
        found.append("the style sheet fetches something")
    return found


def _script_faults(root: Tag) -> Iterator[str]:
    """A page holds no script but the one that its policy knows by its digest."""
    policy = next(t.attributes["content"] for t in root.all("meta") if "http-equiv" in t.attributes)
    for script in root.all("script"):
        text = "".join(_strings(script)).encode("utf-8")
        digest = base64.b64encode(hashlib.sha256(text).digest()).decode()
        if script.attributes or f"script-src 'sha256-{digest}'" not in policy:
            yield "a script of somebody else"


def _strings(tag: Tag) -> Iterator[str]:
    for part in tag.parts:
        if isinstance(part, str):
            yield part


def _heading_faults(root: Tag) -> Iterator[str]:
    if len(root.all("h1")) != 1:
        yield "not one h1"
    level = 0
    for tag in root.all("h1", "h2", "h3", "h4", "h5", "h6"):
        now = int(tag.name[1])
        if now > level + 1:
            yield f"h{now} after h{level}: {tag.text()}"
        if not tag.text():
            yield "empty heading"
        level = now


def _table_faults(root: Tag) -> Iterator[str]:
    for table in root.all("table"):
        captions = [caption.text() for caption in table.all("caption")]
        if not any(captions) and not table.attributes.get("aria-label"):
            yield "table without a name"
        yield from (
            f"th without scope: {tag.text()}"
            for tag in table.all("th")
            if tag.attributes.get("scope") not in ("row", "col", "rowgroup")
        )
        widths = {
            sum(int(cell.attributes.get("colspan", "1")) for cell in row.all("td", "th"))
            for row in table.all("tr")
        }
        if len(widths) != 1:
            yield f"rows of different width: {widths}"


def _link_faults(root: Tag) -> Iterator[str]:
    ids = [tag.attributes["id"] for tag in root.all() if "id" in tag.attributes]
    if len(set(ids)) != len(ids):
        yield "an id twice"
    for name in ids:
        if not name or re.search(r"\s", name):
            yield f"id {name!r}"
    for link in root.all("a"):
        target = link.attributes.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield f"{target} leads nowhere"
        if not link.text():
            yield "link without words"
