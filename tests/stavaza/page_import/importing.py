"""Imports a page with one of the shipped templates."""

from __future__ import annotations

from functools import cache

from stavaza.page_import import ImportResult, import_page
from stavaza.places import templates_dir
from stavaza.template import Template
from stavaza.template_reader import load_template


@cache
def shipped(name: str) -> Template:
    """A template by its key."""
    found, findings = load_template(templates_dir() / name)
    assert found is not None, findings
    return found


def read(page: str | bytes, template: str, year: int | None = None) -> ImportResult:
    """The page imported, as a report of a year where that is told."""
    name = "pagina.html" if isinstance(page, str) and "<" in page[:20] else "pagina.txt"
    return import_page(page, name, shipped(template), year)
