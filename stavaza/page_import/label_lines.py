"""Parts a label from the text behind it on its line: `Omschrijving: In ons dorp ...`."""

from __future__ import annotations

import re
from dataclasses import replace

from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.runs import Run
from stavaza.page_import.vocabulary import Vocabulary

_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")


def with_labels(page: Page, words: Vocabulary) -> Page:
    """The page with such a line as two, where the label is that of a text of the page's element.

    Only before a colon, at the beginning of a line, and before words: figures may be a table.
    """
    labels = _labels(words)
    lines: list[Line] = []
    block = 0
    for at, line in enumerate(page.lines):
        behind = _behind(line, labels)
        block += not at or bool(behind) or line.block != page.lines[at - 1].block
        if not behind:
            lines.append(replace(line, block=block))
        else:
            label = line.text[: line.text.index(":")]
            lines.append(replace(line, text=label, block=block, runs=(), bullet=""))
            block += 1
            runs = _behind_runs(line.runs, len(line.text) - len(behind))
            lines.append(replace(line, text=behind, block=block, runs=runs))
    return replace(page, lines=tuple(lines)) if len(lines) > len(page.lines) else page


def _behind_runs(runs: tuple[Run, ...], cut: int) -> tuple[Run, ...]:
    """The runs of a line without its first signs."""
    found: list[Run] = []
    for run in runs:
        kept = run.text[cut:] if cut < len(run.text) else ""
        cut = max(0, cut - len(run.text))
        found += [replace(run, text=kept)] if kept else []
    return tuple(found)


def _labels(words: Vocabulary) -> frozenset[str]:
    fields = words.per.fields
    return frozenset(
        normal(part.label)
        for block in words.own
        for part in block.parts
        if part.label and all(fields[key].type == "tekst" for key in part.fields)
    )


def _behind(line: Line, labels: frozenset[str]) -> str:
    """The text behind a label; '' where there is none."""
    if line.shape != "text" or ":" not in line.text:
        return ""
    label, _colon, text = line.text.partition(":")
    long = len(_WORD.findall(text)) >= _LEAST_WORDS
    return text.strip() if long and normal(label) in labels else ""
