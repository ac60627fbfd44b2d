"""Writes sheets as plain text in the styles of programs that nobody here made.

`terminal` is what a browser for terminals dumps, `markdown` what a converter makes, `columns` a
copy with tabs and no empty lines, `underlined` a text with lines under its headings, `cells` a copy
in which each cell of a table is a paragraph.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

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

TOP = ("Ga naar de inhoud", "Home", "Bestuur", "Planning en control", "Wij gebruiken cookies.")
BOTTOM = ("Terug naar boven", "Deel deze pagina", "Cookie-instellingen")


@dataclass(frozen=True)
class TextStyle:
    """How text is written; `heading` has {code} and {name}, `grid` says how cells are parted."""

    name: str
    heading: str = "{code}. {name}"
    width: int = 0
    indent: int = 0
    bullet: str = "- "
    label: str = "{}"
    marks: str = ""  # hash, under
    grid: str = "cells"  # cells, tabs, pipes
    statuses: str = "cells"  # cells, pairs, grid
    inline: bool = False
    tight: bool = False
    symbols: bool = False
    around: bool = False
    sides: bool = False


STYLES = {
    style.name: style
    for style in (
        TextStyle(
            "terminal",
            "{code}. {name}",
            width=72,
            indent=3,
            bullet="     * ",
            statuses="pairs",
            around=True,
        ),
        TextStyle(
            "markdown",
            "{code} {name}",
            width=100,
            bullet="* ",
            label="**{}**",
            marks="hash",
            grid="pipes",
            statuses="grid",
        ),
        TextStyle(
            "columns",
            "Programma {code} {name}",
            bullet="•\t",
            label="{}:",
            grid="tabs",
            statuses="grid",
            inline=True,
            tight=True,
        ),
        TextStyle(
            "underlined",
            "Programma {code}: {name}",
            width=72,
            label="{}:",
            marks="under",
            grid="tabs",
            statuses="pairs",
            inline=True,
            sides=True,
        ),
        TextStyle("cells", "Programma {code} - {name}", bullet="  • ", symbols=True, around=True),
        TextStyle("wide", "{code} {name}", width=100, label="{}:", grid="pipes", statuses="pairs"),
    )
}
SYMBOLS = {
    "Volgens plan": "✓ Volgens plan",
    "Niet volgens plan": "✗ Niet volgens plan",
    "Niet gestart": "○ Niet gestart",
    "Afgerond": "● Afgerond",
    "Op schema": "✓ Op schema",
    "Vraagt aandacht": "▲ Vraagt aandacht",
}


def as_text(sheet: Sheet, style: TextStyle) -> str:
    """The whole sheet."""
    writer = _Writer(style)
    if style.around:
        for line in TOP:
            writer.add(line)
    writer.add(sheet.title)
    writer.head(1, style.heading.format(code=sheet.code, name=sheet.name))
    for node in sheet.nodes:
        writer.node(node)
    if style.around:
        for line in BOTTOM:
            writer.add(line)
    between = "\n" if style.tight else "\n\n"
    return between.join("\n".join(block) for block in writer.blocks) + "\n"


class _Writer:
    def __init__(self, style: TextStyle) -> None:
        self.style = style
        self.blocks: list[list[str]] = []

    def add(self, *lines: str) -> None:
        self.blocks.append([f"{' ' * self.style.indent}{line}" for line in lines])

    def head(self, level: int, text: str) -> None:
        if self.style.marks == "hash":
            self.blocks.append([f"{'#' * level} {text}"])
        elif self.style.marks == "under" and level < 3:
            self.blocks.append([text, "=-"[level - 1] * len(text)])
        else:
            self.blocks.append([text])

    def label(self, text: str) -> None:
        self.add(self.style.label.format(text))

    def node(self, node: Node) -> None:
        if isinstance(node, Head):
            self.head(node.level, f"{node.code} {node.text}" if node.code else node.text)
        elif isinstance(node, Label | Field | Status):
            self.labelled(node)
        elif isinstance(node, Prose):
            self.prose(node.text)
        elif isinstance(node, Statuses):
            self.statuses(node)
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
            self.field(node.label, node.value)
        else:
            shown = SYMBOLS[node.status] if self.style.symbols else node.status
            self.field(node.label, shown)

    def plain(self, node: Items | Mark | Foot) -> None:
        if isinstance(node, Items):
            self.add(*(f"{self.style.bullet}{line}" for line in node.lines))
        else:
            self.add(node.text if isinstance(node, Foot) else "-")

    def field(self, label: str, value: str) -> None:
        if self.style.inline:
            self.add(f"{label}: {value}")
        else:
            self.label(label)
            self.add(value)

    def prose(self, text: Text) -> None:
        for block in text:
            if isinstance(block, Paragraph):
                self.add(*(part for line in block.lines for part in self.wrapped(line)))
                continue
            lines = []
            for place, item in enumerate(block.items, start=1):
                sign = f"{place}. " if block.ordered else self.style.bullet
                first, *more = self.wrapped(item)
                lines += [f"{sign}{first}", *(f"{' ' * len(sign)}{line}" for line in more)]
            self.add(*lines)

    def wrapped(self, line: str) -> list[str]:
        width = self.style.width - self.style.indent
        if not self.style.width:
            return [line]
        return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)

    def statuses(self, node: Statuses) -> None:
        shown = [SYMBOLS.get(s, s) if self.style.symbols else s for s in node.statuses]
        if self.style.statuses == "pairs":
            pairs = zip(node.moments, shown, strict=True)
            self.add(*(f"{moment}: {status}" for moment, status in pairs))
        elif self.style.statuses == "grid":
            self.grid((node.moments, tuple(shown)))
        else:
            for cell in (*node.moments, *shown):
                self.add(cell)

    def grid(self, rows: tuple[tuple[str, ...], ...]) -> None:
        if self.style.grid == "tabs":
            self.add(*("\t".join(row) for row in rows))
        elif self.style.grid == "pipes":
            lines = [f"| {' | '.join(row)} |" for row in rows]
            rule = f"|{'|'.join('---' for _cell in rows[0])}|"
            self.add(lines[0], rule, *lines[1:])
        else:
            for cell in (cell for row in rows for cell in row if cell):
                self.add(cell)

    def beside(self, node: Beside) -> None:
        self.label(node.label)
        if self.style.sides:
            self.label("Plan")
        self.prose(node.plan)
        if self.style.sides and node.progress:
            self.label("Voortgang")
        self.prose(node.progress)
