"""The exceptions of the Excel bridge: one class per kind of trouble, each naming the place and what
to do.
"""

from __future__ import annotations

from pathlib import Path

from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.os_reasons import os_reason


class BridgeError(StavazaError):
    """Something between Stavaza and a workbook that a person has to know about."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return self.message


class NotServedError(BridgeError, NotImplementedError):
    """A part of the xlwings API that needs a running Excel."""

    def __init__(self, member: str) -> None:
        self.member = member
        text = _(
            "{member} is not possible without Excel. Open the workbook in Excel and do it there."
        )
        super().__init__(text.format(member=member))


class MissingError(BridgeError, KeyError):
    """A sheet, name, table or range that the workbook does not have."""


class NoSuchSheetError(MissingError):
    """The workbook has no worksheet of that name or number."""

    def __init__(self, book: str, sheet: str) -> None:
        text = _("{book} has no sheet {sheet}. Look at the sheet's name in Excel.")
        super().__init__(text.format(book=book, sheet=sheet))


class NoSuchNameError(MissingError):
    """The workbook has no defined name like that."""

    def __init__(self, book: str, name: str) -> None:
        text = _("{book} has no defined name {name}. Look in Excel under Formulas, Name Manager.")
        super().__init__(text.format(book=book, name=name))


class NoSuchTableError(MissingError):
    """The sheet has no table of that name or number."""

    def __init__(self, sheet: str, table: str) -> None:
        text = _("Sheet {sheet} has no table {table}. Look in Excel under Table Design.")
        super().__init__(text.format(sheet=sheet, table=table))


class BadAddressError(BridgeError, ValueError):
    """An address that is no cell, block, name or table on the sheet."""

    def __init__(self, sheet: str, address: str) -> None:
        text = _("{address} is not a cell, block, name or table on sheet {sheet}.")
        super().__init__(text.format(address=address, sheet=sheet))


class NotARangeError(BridgeError):
    """A defined name that stands for a formula or constant, not for one block of cells."""

    def __init__(self, name: str, refers_to: str) -> None:
        text = _("The name {name} stands for {refers_to}, not for one block of cells.")
        super().__init__(text.format(name=name, refers_to=refers_to))


class WorkbookError(BridgeError):
    """A workbook that cannot be opened or saved; `path` is the file, `reason` the rest."""

    def __init__(self, path: Path | str, message: str) -> None:
        self.path = Path(path)
        self.reason = message
        super().__init__(f"{self.path.name}: {message}")


def reason_of(error: BridgeError | OSError) -> str:
    """Why something went wrong, for a sentence that names the workbook itself."""
    if isinstance(error, WorkbookError):
        return error.reason
    return str(error) if isinstance(error, BridgeError) else os_reason(error)


def _filled(reason: str, details: dict[str, object]) -> str:
    """A reason with its details in it; one without details is another program's own text."""
    return reason.format(**details) if details else reason


class NotAWorkbookError(WorkbookError):
    """The file is not a workbook in the .xlsx or .xlsm format."""

    def __init__(self, path: Path | str, reason: str, **details: object) -> None:
        text = _(
            "this is not a workbook that can be read ({reason}). Save it in Excel as .xlsx "
            "or .xlsm."
        )
        super().__init__(path, text.format(reason=_filled(reason, details)))


class UnreadFormatError(NotAWorkbookError):
    """An .xls or .xlsb that the library cannot read, though Excel may; `reason` is its own text."""

    def __init__(self, path: Path | str, reason: str) -> None:
        kind = Path(path).suffix.lower() or ".xls"
        text = _(
            "this {kind} file cannot be read without Excel ({reason}). Open it in Excel and save "
            "it as .xlsx or .xlsm."
        )
        WorkbookError.__init__(self, path, text.format(kind=kind, reason=reason))


class OldFormatError(WorkbookError):
    """A workbook in a format that is read and never written (`kind`): .xls, .xlsb, .ods."""

    def __init__(self, path: Path | str, kind: str) -> None:
        self.kind = kind
        text = _(
            "a workbook in the format {kind} can be read, not written. Save it in Excel as .xlsx "
            "or .xlsm."
        )
        super().__init__(path, text.format(kind=kind))


class EncryptedWorkbookError(WorkbookError):
    """The workbook opens with a password only."""

    def __init__(self, path: Path | str) -> None:
        text = _(
            "the workbook is locked with a password. Remove the password in Excel, or work "
            "with it in Excel."
        )
        super().__init__(path, text)


class SignedWorkbookError(WorkbookError):
    """The workbook carries a digital signature, which any change would break."""

    def __init__(self, path: Path | str) -> None:
        text = _(
            "the workbook is digitally signed; any change breaks the signature. Remove it in "
            "Excel first."
        )
        super().__init__(path, text)


class DamagedWorkbookError(WorkbookError):
    """The file contradicts itself: broken archive, wrong checksum, broken XML."""

    def __init__(self, path: Path | str, reason: str, **details: object) -> None:
        text = _("the file is damaged ({reason}). Open it in Excel, let it repair, and save it.")
        super().__init__(path, text.format(reason=_filled(reason, details)))


def unreadable(path: Path | str, part: str, error: Exception) -> DamagedWorkbookError:
    """A part that breaks off or is no XML; the library that read it says where."""
    return DamagedWorkbookError(
        path, _("{part} cannot be read: {error}"), part=part, error=str(error)
    )


class HostileWorkbookError(WorkbookError):
    """The file uses something that no spreadsheet program writes and that attacks do."""

    def __init__(self, path: Path | str, reason: str, **details: object) -> None:
        text = _(
            "the file is not trusted ({reason}). Ask where it comes from; Excel can save a "
            "clean copy."
        )
        super().__init__(path, text.format(reason=_filled(reason, details)))


class UnsupportedEncodingError(WorkbookError):
    """A part of the workbook is written in another encoding than UTF-8."""

    def __init__(self, path: Path | str, part: str, encoding: str) -> None:
        text = _("{part} is written in {encoding}, not in UTF-8. Save it once in Excel.")
        super().__init__(path, text.format(part=part, encoding=encoding))


class WorkbookTooLargeError(WorkbookError):
    """A part of the workbook is larger than can be handled safely."""

    def __init__(self, path: Path | str, part: str, limit: int) -> None:
        text = _("{part} is larger than {limit} bytes. Split the workbook in Excel.")
        super().__init__(path, text.format(part=part, limit=limit))


class WorkbookChangedError(WorkbookError):
    """The file is no longer what was opened: somebody saved it meanwhile."""

    def __init__(self, path: Path | str) -> None:
        text = _("somebody saved the file since it was opened. Nothing was written; open it again.")
        super().__init__(path, text)


class WorkbookClosedError(WorkbookError):
    """The book was closed; it cannot be used any more."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, _("the workbook was closed. Open it again."))


class WorkbookInUseError(WorkbookError):
    """Somebody has the workbook open; `owner` is the name that the owner file gives."""

    def __init__(self, path: Path | str, owner: str) -> None:
        self.owner = owner
        text = _("{owner} has the workbook open. Nothing was written; wait until it is closed.")
        super().__init__(path, text.format(owner=owner or _("somebody")))


class ReadOnlyWorkbookError(WorkbookError):
    """The file or its folder cannot be written."""

    def __init__(self, path: Path | str) -> None:
        text = _("the file is read-only, or was opened to read only. Nothing was written.")
        super().__init__(path, text)


class SaveFailedError(WorkbookError):
    """The operating system did not let the new file take the old one's place."""

    def __init__(self, path: Path | str, reason: str) -> None:
        text = _("saving failed ({reason}). The file is as it was; try again.")
        super().__init__(path, text.format(reason=reason))


class ReadFailedError(WorkbookError):
    """The operating system did not let the file be read."""

    def __init__(self, path: Path | str, reason: str) -> None:
        text = _("the file cannot be read now ({reason}). Close it elsewhere and try again.")
        super().__init__(path, text.format(reason=reason))


class FormatChangeError(WorkbookError):
    """Saving under another extension would make another kind of file."""

    def __init__(self, path: Path | str, wanted: str) -> None:
        text = _("it cannot be saved as {wanted} without Excel. Keep the extension.")
        super().__init__(path, text.format(wanted=wanted))


class StaleValueError(BridgeError):
    """The stored result of a formula belongs to older figures; nothing has recalculated since."""

    def __init__(self, cell: str) -> None:
        self.cell = cell
        text = _(
            "{cell}: this formula uses changed cells and was not recalculated since. "
            "Open and save the workbook in Excel, then read it again."
        )
        super().__init__(text.format(cell=cell))


class TooManyCellsError(BridgeError):
    """A block larger than can be read or written in one go."""

    def __init__(self, where: str, limit: int) -> None:
        text = _("{where} has more than {limit} cells. Take a smaller block.")
        super().__init__(text.format(where=where, limit=limit))


class UsedTooFarError(BridgeError):
    """Excel counts far more cells of a sheet as used than can be read, mostly for their format."""

    def __init__(self, sheet: str, cell: str) -> None:
        text = _(
            "sheet {sheet} counts as used down to {cell}. Select the empty columns and rows behind "
            "the figures in Excel, choose Home, Clear, Clear All, and save."
        )
        super().__init__(text.format(sheet=sheet, cell=cell))


class ShapeError(BridgeError, ValueError):
    """The values do not have the block's number of rows and columns."""

    def __init__(self, where: str) -> None:
        text = _("{where}: the values do not fit the block's number of rows and columns.")
        super().__init__(text.format(where=where))


class CellRefusedError(BridgeError):
    """A cell that must not be written; `cell` is `sheet!A1`. Nothing of the block was written."""

    def __init__(self, cell: str, message: str) -> None:
        self.cell = cell
        super().__init__(f"{cell}: {message}")


class FormulaCellError(CellRefusedError):
    """The cell holds a formula, which is never overwritten."""

    def __init__(self, cell: str) -> None:
        super().__init__(cell, _("the cell holds a formula. Its figure can only come from Excel."))


class ArrayCellError(CellRefusedError):
    """The cell is part of an array formula or a what-if data table."""

    def __init__(self, cell: str) -> None:
        super().__init__(
            cell, _("the cell belongs to an array formula or data table. Change it in Excel.")
        )


class MergedCellError(CellRefusedError):
    """The cell lies under a merged cell; only the merged area's first cell holds a value."""

    def __init__(self, cell: str, anchor: str) -> None:
        text = _("the cell is covered by a merged cell. Write {anchor} instead.")
        super().__init__(cell, text.format(anchor=anchor))


class TableCellError(CellRefusedError):
    """The cell is a header or total of a table, which the table's definition repeats."""

    def __init__(self, cell: str, table: str) -> None:
        text = _("the cell is in the header or total row of table {table}. Change it in Excel.")
        super().__init__(cell, text.format(table=table))


class PivotCellError(CellRefusedError):
    """The cell shows a pivot table's output."""

    def __init__(self, cell: str) -> None:
        super().__init__(
            cell, _("the cell belongs to a pivot table. Change the pivot's source instead.")
        )


class ProtectedSheetError(CellRefusedError):
    """The sheet is protected."""

    def __init__(self, cell: str, sheet: str) -> None:
        text = _(
            "sheet {sheet} is protected. Remove the protection in Excel, or allow writing in "
            "the link."
        )
        super().__init__(cell, text.format(sheet=sheet))


class FormulaTextError(CellRefusedError):
    """A text that Excel would take for a formula."""

    def __init__(self, cell: str) -> None:
        text = _(
            "formulas are not written without Excel. For a text that begins with =, put ' "
            "before it."
        )
        super().__init__(cell, text)


class ValueRefusedError(CellRefusedError):
    """A value that a cell cannot hold."""

    def __init__(self, cell: str, reason: str) -> None:
        text = _("the value cannot be written ({reason}).")
        super().__init__(cell, text.format(reason=reason))


class DateFormatError(CellRefusedError):
    """A date for a cell whose number format would show it as a plain number."""

    def __init__(self, cell: str) -> None:
        text = _(
            "the cell has no date format, so a date would show as a number. Format it as a "
            "date in Excel."
        )
        super().__init__(cell, text)
