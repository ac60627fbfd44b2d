"""Reads a page that was saved as plain text into numbered lines."""

from __future__ import annotations

import re

from stavaza.page_import.lines import Line, is_rule

_MOST_CELLS = 60
_DEEPEST = 200
_BULLET = re.compile(r"[-–—•·*▪●o]|[0-9]{1,3}[.)]")


def read_text(text: str) -> tuple[Line, ...]:
    """The lines of plain text: empty lines part paragraphs, tabs part the cells of a table."""
    lines: list[Line] = []
    block = row = 0
    previous_blank = True
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            previous_blank = True
            continue
        below_row = not previous_blank and bool(lines) and lines[-1].row > 0
        line = " ".join(raw.split()) if raw.count("\t") > _MOST_CELLS else raw
        line = line if below_row else _item(line)
        if "\t" in line.strip("\t ") or (row and not previous_blank and _is_row(lines, line)):
            row = row + 1 if not previous_blank and lines and lines[-1].row == row else row + 2
            for column, cell in enumerate(line.split("\t")):
                block += 1
                lines.append(Line(number, cell.strip(), block, "cell", row, column))
            block += 1
        else:
            drawn = is_rule(line) or (bool(lines) and is_rule(lines[-1].text))
            if previous_blank or drawn or (lines and lines[-1].row):
                block += 1
            lines.append(Line(number, line.strip(), block, indent=_indent(raw)))
        previous_blank = False
    return tuple(lines)


def _indent(raw: str) -> int:
    """How far a line stands from the margin; a tab counts as four spaces."""
    wide = raw.replace("\t", "    ")
    return min(len(wide) - len(wide.lstrip()), _DEEPEST)


def _item(line: str) -> str:
    """A line in which a tab parts the sign of a list item from its text, with a space instead."""
    sign, tab, text = line.strip().partition("\t")
    item = bool(tab) and "\t" not in text and _BULLET.fullmatch(sign.strip()) is not None
    return f"{sign.strip()} {text.strip()}" if item and text.strip("-–— ") else line


def _is_row(lines: list[Line], line: str) -> bool:
    """Whether a line with tabs at its ends only goes on with the table above it."""
    return bool(lines) and lines[-1].shape == "cell" and "\t" in line
