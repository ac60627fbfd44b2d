"""Opens a workbook in whatever format it is: .xlsx and .xlsm to read and write, others to read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from excel_bridge.errors import OldFormatError, WorkbookTooLargeError
from excel_bridge.excel_file.other_formats.as_package import as_package
from excel_bridge.excel_file.other_formats.plain import PlainBook
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.source import FileSource
from excel_bridge.excel_file.workbook import FileWorkbook

MOST_BYTES: Final = 256 * 1024 * 1024
"""The largest .xls, .xlsb or .ods file that is read, since it is read as a whole."""


class ConvertedSource(FileSource):
    """A file in another format, with its contents as an .xlsx package in memory; the file itself
    must not have changed since.
    """

    def __init__(self, original: FileSource, kind: str) -> None:
        self.path, self.stamp = original.path, original.stamp
        self._data = as_package(_read(original, kind))

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open the package.

        Raises:
            WorkbookChangedError: the file is another one than before.
        """
        with super().open():
            yield io.BytesIO(self._data)


def open_workbook(path: Path, *, read_only: bool = False) -> FileWorkbook:
    """Open a workbook file.

    Raises:
        WorkbookError: a subclass that says why it cannot be opened.
        TooManyCellsError: it is in another format, and spans more cells than memory has room for.
    """
    source = FileSource(path)
    try:
        return FileWorkbook(source, read_only=read_only)
    except OldFormatError as other:
        kind = other.kind
    return FileWorkbook(ConvertedSource(source, kind), read_only=True, other_format=kind)


def _read(source: FileSource, kind: str) -> PlainBook:
    with source.open() as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise WorkbookTooLargeError(source.path, source.path.name, MOST_BYTES)
    if kind == ".xls":
        from excel_bridge.excel_file.other_formats.binary import read_xls

        return read_xls(data, source.path)
    package = Package(source)
    if kind == ".ods":
        from excel_bridge.excel_file.other_formats.ods import read_ods

        return read_ods(package)
    from excel_bridge.excel_file.other_formats.binary import read_xlsb

    return read_xlsb(data, package, package.main_part)
