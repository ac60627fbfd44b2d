"""Writes sheets as HTML in the styles of sites that nobody here made.

`definitions` has its labels in lists of definitions, `cards` bold labels at the head of paragraphs
and boxes around elements, `rows` a table per element, `folding` parts that open and close and an
empty box where a text lacks, `divisions` no headings at all but boxes with a class.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tests.stavaza.page_import.random_pages import Paragraph, Text
from tests.stavaza.page_import.sheets import (
    Beside,
    Field,
    Foot,
    Grid,
    Head,
    Items,
    Label,
    Mark,
    Node,
    Prose,
    Sheet,
    Status,
    Statuses,
)

COOKIES = "<div class='cookie'><p>Wij gebruiken cookies.</p><button>Akkoord</button></div>"
HEADER = (
    "<header><a href='/'>Gemeente Rivierdam</a><nav><ul><li>Home</li><li>Bestuur</li></ul></nav>"
    "<div class='kruimels'><a href='/'>Home</a> <a href='/pc'>Planning en control</a></div>"
    "</header>"
)
FOOTER = "<footer><p>Deel deze pagina</p><ul><li>Contact</li><li>Privacy</li></ul></footer>"


@dataclass(frozen=True)
class HtmlStyle:
    """How HTML is written; `side` says how two texts stand beside each other."""

    name: str
    heading: str = "{code}. {name}"
    top: int = 1
    label: str = "heading"  # heading, strong, dt, bold, div
    side: str = "boxes"  # boxes, cells, dd
    image: str = ""  # alt, title, or words
    boxes: bool = False
    fold: bool = False
    around: bool = False
    one_line: bool = False


STYLES = {
    style.name: style
    for style in (
        HtmlStyle("definitions", "{code}. {name}", label="dt", side="dd", image="alt"),
        HtmlStyle("cards", "Programma {code}: {name}", 2, "bold", boxes=True, around=True),
        HtmlStyle("rows", "{code} {name}", label="strong", side="cells", image="title"),
        HtmlStyle("folding", "Programma {code} {name}", fold=True, image="alt", around=True),
        HtmlStyle("divisions", "{code} - {name}", label="div", one_line=True),
        HtmlStyle("grid", "Programma {code} - {name}", 2, "strong", boxes=True, image="alt"),
    )
}


def as_html(sheet: Sheet, style: HtmlStyle) -> str:
    """The whole sheet."""
    writer = _Writer(style)
    writer.out.append(f"<!DOCTYPE html><html lang='nl'><head><title>{sheet.title}</title></head>")
    writer.out.append(f"<body>{COOKIES + HEADER if style.around else ''}<main>")
    if style.top > 1:
        writer.out.append(f"<h1>{sheet.title}</h1>")
    else:
        writer.out.append(f"<p>{sheet.title}</p>")
    writer.head(1, style.heading.format(code=sheet.code, name=sheet.name))
    for node in sheet.nodes:
        writer.node(node)
    writer.close(1)
    writer.out.append(f"</main>{FOOTER if style.around else ''}</body></html>")
    return ("" if style.one_line else "\n").join(writer.out)


class _Writer:
    def __init__(self, style: HtmlStyle) -> None:
        self.style = style
        self.out: list[str] = []
        self.level = 0
        self.opened: list[tuple[int, str]] = []

    def head(self, level: int, text: str) -> None:
        self.close(level)
        if self.style.fold and level == 3:
            self.out.append(f"<details><summary>{escape(text)}</summary>")
            self.opened.append((level, "details"))
            return
        if self.style.boxes and level > 1:
            self.out.append("<section class='blok'>")
            self.opened.append((level, "section"))
        if self.style.label == "div":
            self.out.append(f"<div class='kop{level}'>{escape(text)}</div>")
            return
        tag = f"h{level + self.style.top - 1}"
        self.out.append(f"<{tag}>{escape(text)}</{tag}>")

    def close(self, level: int) -> None:
        while self.opened and self.opened[-1][0] >= level:
            self.out.append(f"</{self.opened.pop()[1]}>")

    def label(self, text: str) -> None:
        shown = escape(text)
        forms = {
            "heading": f"<h{self.style.top + 4}>{shown}</h{self.style.top + 4}>",
            "strong": f"<p><strong>{shown}</strong></p>",
            "bold": f"<p><b>{shown}:</b></p>",
            "div": f"<div class='label'>{shown}</div>",
            "dt": f"<dl><dt>{shown}</dt></dl>",
        }
        self.out.append(forms[self.style.label])

    def node(self, node: Node) -> None:
        if isinstance(node, Head):
            self.head(node.level, f"{node.code} {node.text}" if node.code else node.text)
        elif isinstance(node, Label | Field | Status):
            self.labelled(node)
        elif isinstance(node, Prose):
            self.out += self.prose(node.text)
        elif isinstance(node, Statuses):
            self.grid((node.moments, tuple(node.statuses)), statuses=True)
        elif isinstance(node, Grid):
            self.grid(node.rows)
        elif isinstance(node, Beside):
            self.beside(node)
        else:
            self.plain(node)

    def labelled(self, node: Label | Field | Status) -> None:
        if isinstance(node, Label):
            self.label(node.text)
        elif isinstance(node, Field):
            self.field(node.label, escape(node.value))
        else:
            self.field(node.label, self.status(node.status))

    def plain(self, node: Items | Mark | Foot) -> None:
        if isinstance(node, Items):
            items = "".join(f"<li>{escape(line)}</li>" for line in node.lines)
            self.out.append(f"<ul>{items}</ul>")
        else:
            self.out.append(f"<p>{escape(node.text) if isinstance(node, Foot) else '-'}</p>")

    def status(self, label: str) -> str:
        if self.style.image and label != "-":
            return f"<img src='bol.png' {self.style.image}='{escape(label)}'>"
        return f"<span>{escape(label)}</span>"

    def field(self, label: str, value: str) -> None:
        shown = escape(label)
        if self.style.label == "dt":
            self.out.append(f"<dl><dt>{shown}</dt><dd>{value}</dd></dl>")
        elif self.style.side == "cells":
            self.out.append(f"<table><tr><th>{shown}</th><td>{value}</td></tr></table>")
        elif self.style.label == "bold":
            self.out.append(f"<p><b>{shown}:</b> {value}</p>")
        else:
            self.label(label)
            self.out.append(f"<p>{value}</p>")

    def prose(self, text: Text) -> list[str]:
        found = []
        for block in text:
            if isinstance(block, Paragraph):
                found.append(f"<p>{'<br>'.join(map(escape, block.lines))}</p>")
            else:
                tag = "ol" if block.ordered else "ul"
                items = "".join(f"<li>{escape(item)}</li>" for item in block.items)
                found.append(f"<{tag}>{items}</{tag}>")
        return found

    def grid(self, rows: tuple[tuple[str, ...], ...], statuses: bool = False) -> None:
        lines = []
        for place, row in enumerate(rows):
            tag = "td" if place else "th"
            cells = [self.status(c) if statuses and place else escape(c) for c in row]
            lines.append("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>")
        self.out.append(f"<table>{''.join(lines)}</table>")

    def beside(self, node: Beside) -> None:
        plan, progress = ("".join(self.prose(text)) for text in (node.plan, node.progress))
        shown = escape(node.label)
        if self.style.side == "cells":
            cells = f"<th>{shown}</th><td>{plan}</td><td>{progress}</td>"
            self.out.append(f"<table><tr>{cells}</tr></table>")
        elif self.style.side == "dd":
            self.out.append(f"<dl><dt>{shown}:</dt><dd>{plan}</dd><dd>{progress}</dd></dl>")
        else:
            self.label(node.label)
            sides = f"<div class='kolom'>{plan}</div><div class='kolom'>{progress}</div>"
            self.out.append(f"<div class='rij'>{sides}</div>")
