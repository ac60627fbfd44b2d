"""Writes a workbook with the waiting changes of its sheets in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.parts import stream_part
from excel_bridge.excel_file.patch_sheet import patched_sheet
from excel_bridge.excel_file.patch_workbook import with_recalculation
from excel_bridge.excel_file.sheet_data import SheetData
from excel_bridge.excel_file.workbook_part import WorkbookPart
from excel_bridge.excel_file.zip_write import write_archive


def write_workbook(
    stream: BinaryIO, package: Package, part: WorkbookPart, sheets: Iterable[SheetData]
) -> None:
    """Write the package to `stream`; parts without a change are checked and copied as they are.

    Raises:
        DamagedWorkbookError: a part does not have the checksum that the archive gives.
    """
    changed: dict[str, Iterable[bytes]] = {}
    for sheet in sheets:
        if sheet.changes:
            name = package.entry(sheet.entry.part).name
            changed[name] = patched_sheet(sheet, date1904=part.date1904)
    if changed:
        name = package.entry(part.part).name
        changed[name] = [with_recalculation(package.read(name), package.path, name)]
    with package.source.open() as original:
        for entry in package.directory.entries:
            if entry.name not in changed:
                for _ in stream_part(original, entry, package.path):
                    pass
        write_archive(stream, original, package.directory, changed, package.path)
