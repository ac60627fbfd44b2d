"""Small pages for the readers of tables: plain text or HTML as numbered lines."""

from __future__ import annotations

from stavaza.page_import import read_page
from stavaza.page_import.lines import Page


def text_page(text: str) -> Page:
    """A page of plain text."""
    return read_page(text.encode(), "pagina.txt")


def html_page(body: str) -> Page:
    """A page of HTML."""
    return read_page(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), "pagina.html")


def all_lines(page: Page) -> range:
    """The indexes of all its lines."""
    return range(len(page.lines))


def texts_of(page: Page, indexes: list[int]) -> list[str]:
    """What stands on these lines."""
    return [page.lines[index].text for index in indexes]
