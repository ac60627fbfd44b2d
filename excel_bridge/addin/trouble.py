"""What stops a button: each a sentence for the person in Excel that says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from excel_bridge.errors import BridgeError
from stavaza.i18n import _


class AddinError(BridgeError):
    """Something that keeps a button from doing its work."""


class NoCallerError(AddinError):
    """The workbook from which the button was pressed is closed by now."""

    def __init__(self) -> None:
        super().__init__(_("The workbook was closed. Open it again and press the button again."))


class NotAFileError(AddinError):
    """The workbook is no file on this computer: never saved, or in the cloud alone."""

    def __init__(self, name: str) -> None:
        text = _(
            "{workbook} is no file in a folder of this computer yet. Save it in the folder of the "
            "report, or in a folder that your settings name, and press the button again."
        )
        super().__init__(text.format(workbook=name))


class NoSettingsError(AddinError):
    """The configuration of the add-in cannot be used."""

    def __init__(self, path: Path, reason: str) -> None:
        text = _(
            "The settings of the add-in cannot be used ({reason}): {file}. Run in a terminal: "
            "stavaza excel addin install"
        )
        super().__init__(text.format(reason=reason, file=path))


class NoReportError(AddinError):
    """A report of the configuration cannot be opened."""

    def __init__(self, root: Path, reason: str) -> None:
        text = _(
            "The report {folder} cannot be opened ({reason}). If it has moved, run in a terminal: "
            "stavaza excel addin install --report FOLDER"
        )
        super().__init__(text.format(folder=root, reason=reason))


class NotLinkedError(AddinError):
    """No link of the reports is about this workbook."""

    def __init__(self, name: str, linked: Iterable[str], wrong: Iterable[str]) -> None:
        parts = [
            _("{workbook} is not linked to a report. Press Link to do that.").format(workbook=name)
        ]
        known = sorted(dict.fromkeys(linked))
        if known:
            parts.append(_("Linked are: {workbooks}.").format(workbooks=", ".join(known[:8])))
        parts += list(wrong)[:3]
        super().__init__("\n\n".join(parts))


class TwoReportsError(AddinError):
    """More than one report has a link to this workbook, so that nobody knows which is meant."""

    def __init__(self, name: str, roots: Iterable[Path]) -> None:
        text = _(
            "{workbook} is linked to more than one report: {folders}. Keep one of them with: "
            "stavaza excel addin install --report FOLDER"
        )
        super().__init__(text.format(workbook=name, folders=", ".join(map(str, roots))))
