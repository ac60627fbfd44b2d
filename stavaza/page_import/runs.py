"""The runs of a line of HTML: pieces of text with their markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

_SPACES = re.compile(r"[ \t\n\f]+")


@dataclass(frozen=True)
class Run:
    """A piece of a line: whether it is strong or stressed, and the address that it leads to."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""

    @property
    def plain(self) -> bool:
        """Whether it has no markup."""
        return not (self.strong or self.emphasis or self.href)


def collapsed(parts: Sequence[Run]) -> tuple[str, tuple[Run, ...]]:
    """The text of a line with single spaces, and its runs; none where it has no markup."""
    text = _SPACES.sub(" ", "".join(part.text for part in parts)).strip()
    if all(part.plain for part in parts):
        return text, ()
    runs: list[Run] = []
    open_end = True
    for part in parts:
        shown = _SPACES.sub(" ", part.text)
        if open_end:
            shown = shown.lstrip(" ")
        if not shown:
            continue
        open_end = shown.endswith(" ")
        if runs and replace(runs[-1], text="") == replace(part, text=""):
            runs[-1] = replace(runs[-1], text=runs[-1].text + shown)
        else:
            runs.append(replace(part, text=shown))
    if runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return text, tuple(run for run in runs if run.text)
