"""Imports published pages: plain text or HTML into elements, driven by a template's layout."""

from stavaza.page_import.reader import import_page, read_page
from stavaza.page_import.result import ImportResult, LineUse, RestLine

__all__ = ["ImportResult", "LineUse", "RestLine", "import_page", "read_page"]
