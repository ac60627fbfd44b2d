"""The Excel side of Stavaza: links, the three-way sync and an xlwings engine for files."""

from __future__ import annotations

from excel_bridge.finding_codes import EXCEL_RULES
from stavaza.finding_codes import RULES

RULES.update(EXCEL_RULES)  # so that findings of the bridge can be worded wherever they are shown


def use_file_engine() -> None:
    """Make xlwings work on .xlsx and .xlsm files without Excel, and read .xls, .xlsb and .ods;
    calling it again does nothing more.

    Registers the engine `stavaza-file` once and makes it the active one for the whole process.
    Nothing of xlwings is loaded before the first call.
    """
    from excel_bridge.excel_file.engine import activate

    activate()
