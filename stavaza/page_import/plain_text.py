"""Reads a page that was saved as plain text into numbered lines."""

from __future__ import annotations

import re

from stavaza.page_import.lines import Line

_BULLET_TAB = re.compile(r"(\s*(?:[-–—•·*▪●o]|[0-9]{1,3}[.)]))[ ]*\t\s*(?=[^\t]*\w[^\t]*$)")


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
        line = raw if below_row else _BULLET_TAB.sub(r"\1 ", raw)
        if "\t" in line.strip("\t ") or (row and not previous_blank and _is_row(lines, line)):
            row = row + 1 if not previous_blank and lines and lines[-1].row == row else row + 2
            for column, cell in enumerate(line.split("\t")):
                block += 1
                lines.append(Line(number, cell.strip(), block, "cell", row, column))
            block += 1
        else:
            if previous_blank or (lines and lines[-1].row):
                block += 1
            lines.append(Line(number, line.strip(), block))
        previous_blank = False
    return tuple(lines)


def _is_row(lines: list[Line], line: str) -> bool:
    """Whether a line with tabs at its ends only goes on with the table above it."""
    return bool(lines) and lines[-1].shape == "cell" and "\t" in line
