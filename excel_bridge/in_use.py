"""What stands in the way of writing a workbook, though it can be read: somebody else has it, Excel
shows it in Protected View, or OneDrive would make a conflict copy of it.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, Final

from excel_bridge.errors import ReadOnlyWorkbookError, WorkbookError, WorkbookInUseError
from excel_bridge.excel_file.owner_files import owner_of
from excel_bridge.roots import config_file
from stavaza.i18n import _
from stavaza.toml_reader import parse_toml

Errors = tuple[type[BaseException], ...]

_LACKING: Final[Errors] = (AttributeError, TypeError)
INSIST: Final = "STAVAZA_CLOUD"
"""Environment variable: `schrijven` writes files in a folder of OneDrive or SharePoint."""
INSIST_KEY: Final = "schrijven_in_cloudmap"
"""The same as a setting in the user's `config.toml`."""
_YES: Final = frozenset({"1", "ja", "true", "schrijven"})

_VARIABLES: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_FOLDER: Final = re.compile(r"onedrive(?: ?- ?.+)?|sharepoint(?: ?- ?.+)?", re.IGNORECASE)
_SERVER: Final = re.compile(r"[\\/]{2}[^\\/]*sharepoint\.com(?:@[^\\/]*)?[\\/]", re.IGNORECASE)
_PROVIDERS: Final = r"Software\SyncEngines\Providers\OneDrive"
"""Where Windows keeps the synchronised folders; those of SharePoint carry no name of their own."""


class CloudFolderError(WorkbookError):
    """The workbook is in a folder of OneDrive or SharePoint and is not open in Excel."""

    def __init__(self, path: Path) -> None:
        text = _(
            "this folder belongs to OneDrive or SharePoint, where writing beside Excel can make a "
            "second copy. Open the workbook in Excel and try again, or set {key} = true in {file}."
        )
        super().__init__(path, text.format(key=INSIST_KEY, file=config_file()))


class ProtectedViewError(WorkbookError):
    """The workbook is open in Excel's Protected View, in which nothing can be changed."""

    def __init__(self, path: Path) -> None:
        text = _(
            "the workbook is open in Excel in Protected View. Click Enable Editing there, then "
            "try again."
        )
        super().__init__(path, text)


def check_folder(path: Path) -> None:
    """Let a file pass that may be written beside Excel.

    Raises:
        CloudFolderError: a sync program looks after its folder, and the user does not insist.
    """
    if in_cloud(path) and not insists():
        raise CloudFolderError(path)


def check_book(book: Any, path: Path, errors: Errors) -> None:
    """Let a book pass that Excel has open for writing; `errors` are how Excel says no.

    Raises:
        WorkbookInUseError: a colleague has it, so that Excel gave it to read only.
        ReadOnlyWorkbookError: it is read-only for another reason.
    """
    if not _is_read_only(book, errors):
        return
    owner = owner_of(path)
    if owner is not None and owner.name:
        raise WorkbookInUseError(path, owner.name)
    raise ReadOnlyWorkbookError(path)


def check_protected_view(apps: Any, path: Path, errors: Errors) -> None:
    """Let a workbook pass that no running Excel shows in Protected View.

    Raises:
        ProtectedViewError: one does.
    """
    for app in apps:
        if path.name.casefold() in _protected_names(app, errors):
            raise ProtectedViewError(path)


def _is_read_only(book: Any, errors: Errors) -> bool:
    facts = getattr(book, "api", None)
    try:
        if sys.platform == "darwin":
            return bool(facts is not None and facts.read_only.get())
        return bool(getattr(facts, "ReadOnly", False))
    except (*_LACKING, *errors):  # it cannot say; saving will
        return False


def _protected_names(app: Any, errors: Errors) -> set[str]:
    """The files in Protected View, of which Excel counts no books; only Windows has that view."""
    try:
        windows = getattr(getattr(app, "api", None), "ProtectedViewWindows", ())
        return {str(window.SourceName).casefold() for window in windows}
    except (*_LACKING, *errors):
        return set()


def in_cloud(path: Path) -> bool:
    """Whether a file lies in a folder that OneDrive or SharePoint synchronises.

    Also by a drive letter: behind it may be a library of SharePoint.
    """
    places = {path.absolute(), path.resolve()}
    if any(says_cloud(place) for place in places):
        return True
    return any(place.is_relative_to(folder) for folder in _synchronised() for place in places)


def says_cloud(whole: PurePath) -> bool:
    """Whether a whole path says itself that a sync program or SharePoint is behind it."""
    named = any(_FOLDER.fullmatch(part) for part in whole.parts[:-1])
    return named or _SERVER.match(str(whole)) is not None


def _synchronised() -> Iterator[Path]:
    for name in _VARIABLES:
        if folder := os.environ.get(name, "").strip():
            yield Path(folder)
    if os.name == "nt":
        yield from mount_points(importlib.import_module("winreg"))


def mount_points(winreg: Any) -> Iterator[Path]:
    """The folders that OneDrive synchronises, as Windows knows them; `winreg` is its registry."""
    try:
        providers = winreg.OpenKey(winreg.HKEY_CURRENT_USER, _PROVIDERS)
    except OSError:  # no OneDrive
        return
    number = 0
    while True:
        try:
            key = winreg.OpenKey(providers, winreg.EnumKey(providers, number))
            folder, _kind = winreg.QueryValueEx(key, "MountPoint")
        except FileNotFoundError:  # a provider without a folder
            number += 1
            continue
        except OSError:  # no more of them
            return
        number += 1
        yield Path(str(folder))


def insists() -> bool:
    """Whether the user wants files in the cloud's folders to be written all the same."""
    if os.environ.get(INSIST, "").strip().lower() in _YES:
        return True
    try:
        raw = config_file().read_bytes()
    except OSError:  # no settings
        return False
    table, _text, _findings = parse_toml(raw, config_file())
    return table is not None and table.get(INSIST_KEY) is True
