"""Puts the add-in where Excel finds it, with the settings that it needs, and takes all away again.

What was written is noted with its proof, so that taking away removes exactly that: a file that
somebody changed since, such as an add-in that IT signed, stays.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from excel_bridge.addin.build import FILE_NAME, apple_script, build_addin, stamp_of
from excel_bridge.addin.places import script_file, startup_folder
from excel_bridge.addin.settings import Settings, read_settings, settings_file, write_settings
from excel_bridge.addin.trouble import AddinError, NoSettingsError
from stavaza.files import write_safely
from stavaza.i18n import _

NOTES: Final = "excel-invoegtoepassing.json"


class NoExcelError(AddinError):
    """This system has no Excel to install an add-in in."""

    def __init__(self) -> None:
        text = _(
            "There is no Excel on this system, so there is nowhere to install the add-in. With "
            "--to FOLDER it is put in a folder, to be taken to a computer that has Excel."
        )
        super().__init__(text)


class InUseError(AddinError):
    """The add-in's file cannot be replaced or removed now."""

    def __init__(self, path: Path) -> None:
        text = _("{file} is in use or may not be written. Close Excel and try again.")
        super().__init__(text.format(file=path))


class NotOursError(AddinError):
    """A file of that name is there already, and it is no add-in of Stavaza."""

    def __init__(self, path: Path) -> None:
        text = _("{file} is there already and is no add-in of Stavaza, so nothing was written.")
        super().__init__(text.format(file=path))


@dataclass
class Installed:
    """What was written on this computer: files with the proof of their contents, and folders."""

    files: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Removed:
    """What an uninstall took away, and what it left because somebody changed it."""

    gone: tuple[Path, ...]
    kept: tuple[Path, ...]


def notes_file() -> Path:
    """Where is noted what was installed."""
    from stavaza.places import state_dir

    return state_dir() / NOTES


def install(
    reports: Sequence[Path],
    *,
    to: Path | None = None,
    source: Path | None = None,
    platform: str = sys.platform,
    interpreter: str = sys.executable,
) -> list[Path]:
    """Write the add-in and its settings; the files that stand there now.

    `to` is a folder instead of Excel's own, `source` an add-in that was built (and signed) before.
    Doing it again is no harm. Raises NoExcelError, InUseError, NotOursError, NoSettingsError.
    """
    folder = to or startup_folder(platform)
    if folder is None:
        raise NoExcelError
    target = folder / FILE_NAME
    if target.exists() and not stamp_of(target):
        raise NotOursError(target)
    data = build_addin() if source is None else source.read_bytes()
    done = _Writer(read_notes())
    script = script_file(platform)
    settings = settings_file(platform)
    try:
        done.write(target, data)
        if script is not None:
            done.write(script, apple_script())
        done.folder(settings.parent)
        write_settings(settings, _with_console(interpreter), tuple(reports))
        done.note(settings)
    finally:  # what was written before something went wrong can be taken away too
        done.save()
    return [target, settings, *([script] if script else [])]


def known_reports(platform: str = sys.platform) -> tuple[Path, ...]:
    """The reports of an earlier install that are still there; none where there are no settings."""
    try:
        found: Settings = read_settings(settings_file(platform))
    except NoSettingsError:
        return ()
    return tuple(root for root in found.reports if (root / "report.toml").is_file())


def _with_console(interpreter: str) -> str:
    """Python as a program that ends with a code; `pythonw` is for windows of its own."""
    program = Path(interpreter)
    if program.stem.lower() == "pythonw":
        return str(program.with_name("python" + program.suffix))
    return interpreter


class _Writer:
    """Writes files and keeps note of what was not there before."""

    def __init__(self, notes: Installed) -> None:
        self.notes = notes

    def folder(self, folder: Path) -> None:
        """Make a folder, and note which of its parents are new."""
        new = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        self.notes.folders += [str(path) for path in new if str(path) not in self.notes.folders]

    def write(self, path: Path, data: bytes) -> None:
        """Write a file, unless it is so already. Raises InUseError."""
        self.folder(path.parent)
        if not (path.is_file() and path.read_bytes() == data):
            try:
                write_safely(path, data)
            except PermissionError as error:
                raise InUseError(path) from error
        self.note(path)

    def note(self, path: Path) -> None:
        """Remember a file as it is now."""
        self.notes.files[str(path)] = _proof(path)

    def save(self) -> None:
        """Write the notes, if there is anything to note."""
        if not self.notes.files:
            return
        data = {"files": self.notes.files, "folders": self.notes.folders}
        write_safely(notes_file(), json.dumps(data, indent=1, sort_keys=True).encode("utf-8"))


def read_notes() -> Installed:
    """What was installed; nothing where there are no notes, or none that can be read."""
    try:
        data: Any = json.loads(notes_file().read_bytes())
        files = {str(path): str(proof) for path, proof in data["files"].items()}
        return Installed(files, [str(path) for path in data["folders"]])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Installed()


def uninstall() -> Removed:
    """Take away what install wrote. Raises InUseError, and then the rest is still noted."""
    notes = read_notes()
    gone, kept = [], []
    for name, proof in list(notes.files.items()):
        path = Path(name)
        if path.is_file() and _proof(path) != proof:
            kept.append(path)
        elif path.is_file():
            try:
                path.unlink()
            except PermissionError as error:
                _Writer(notes).save()
                raise InUseError(path) from error
            gone.append(path)
        del notes.files[name]
    for name in sorted(notes.folders, key=len, reverse=True):
        folder = Path(name)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    notes_file().unlink(missing_ok=True)
    return Removed(tuple(gone), tuple(kept))


def _proof(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
