"""Imports published pages: plain text or HTML into elements, driven by a template's layout."""

from stavaza.page_import.decode import LARGEST_PAGE_BYTES
from stavaza.page_import.folder import Plan, plan_import, write
from stavaza.page_import.identity import Told, told_by
from stavaza.page_import.reader import import_page, read_page
from stavaza.page_import.result import ImportResult, LineUse, RestLine

__all__ = [
    "LARGEST_PAGE_BYTES",
    "ImportResult",
    "LineUse",
    "Plan",
    "RestLine",
    "Told",
    "import_page",
    "plan_import",
    "read_page",
    "told_by",
    "write",
]
