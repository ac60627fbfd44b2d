"""Texts on a page: prose as safe HTML with heads that fit, Dutch dates, anchors, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from markupsafe import Markup

from stavaza.naming import safe_stem
from stavaza.prose import Figure, paragraphs_html, plain_paragraphs, to_html
from stavaza.publish.controls import without_controls
from stavaza.publish.view import TextView
from stavaza.template import Layout

_HEAD = re.compile(r"<(/?)h([1-6])>")
_DEEPEST = 6
_SPARE_NAME = "deel"


def prose_view(text: str, figure: Figure, level: int) -> TextView:
    """A prose text as HTML; its heads begin at `level` and skip none, whatever the text says."""
    plain = plain_paragraphs(text)
    if plain is None:
        return TextView(_marked_html(text, figure, level))
    html = Markup(paragraphs_html(plain))  # noqa: S704 - escaped by paragraphs_html
    return TextView(html, " ".join(plain))


def _marked_html(text: str, figure: Figure, level: int) -> Markup:
    """`to_html` escapes everything, so each tag found here is one that it wrote itself."""
    html = without_controls(to_html(text, figure))
    open_heads: list[int] = []
    shown = level

    def fitted(match: re.Match[str]) -> str:
        nonlocal shown
        if not match[1]:
            written = int(match[2])
            while open_heads and open_heads[-1] >= written:
                open_heads.pop()
            open_heads.append(written)
            shown = min(level + len(open_heads) - 1, _DEEPEST)
        return f"<{match[1]}h{shown}>"

    return Markup(_HEAD.sub(fitted, html))  # noqa: S704 - escaped by to_html


def dutch_time(moment: datetime) -> str:
    """A point in time as the footer writes it: `31-12-2026 14:05:09`."""
    return f"{moment.day}-{moment.month}-{moment.year} {moment:%H:%M:%S}"


def footer(layout: Layout, times: Mapping[str, str]) -> str:
    """The line below every page with its times, `gebouwd` and `export`."""
    text = layout.footer
    for key, value in times.items():
        text = text.replace("{" + key + "}", value)
    return text


def first_capital(text: str) -> str:
    """The text with a capital in front; the rest stays as it is."""
    return text[:1].upper() + text[1:]


class Names:
    """Gives names, safe as those of files, that differ also where capitals do not count."""

    def __init__(self, *taken: str) -> None:
        self._taken = {name.casefold() for name in taken}

    def give(self, wanted: str) -> str:
        """`wanted` as a safe name, with a number behind it where that name is gone."""
        plain = safe_stem(wanted, _SPARE_NAME)
        name, number = plain, 2
        while name.casefold() in self._taken:
            name, number = f"{plain}-{number}", number + 1
        self._taken.add(name.casefold())
        return name

    def free(self, name: str) -> None:
        """Give back a name that was not used after all."""
        self._taken.discard(name.casefold())
