"""Finds out why the tab in Excel is not there or does nothing: one sentence for each fault."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final

from excel_bridge.addin.answer import decode
from excel_bridge.addin.build import FILE_NAME, apple_script, stamp, stamp_of
from excel_bridge.addin.doctor_windows import Registry, child_processes_blocked, macros_forbidden
from excel_bridge.addin.install import NoExcelError
from excel_bridge.addin.places import script_file, start_log, startup_folder
from excel_bridge.addin.settings import (
    NO_BOOK_FOLDER,
    Settings,
    read_settings,
    settings_file,
)
from excel_bridge.addin.trouble import NoSettingsError
from stavaza import store
from stavaza.i18n import _
from stavaza.os_reasons import os_reason

_SECONDS: Final = 60
_LIBRARIES: Final = ("stavaza", "xlwings")
_ASK: Final = (
    "import json, importlib.metadata as m, excel_bridge.addin; "
    "print(json.dumps([m.version(n) for n in ('stavaza', 'xlwings')]))"
)

Run = Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Computer:
    """What is looked at: this computer, or one that a test plays."""

    platform: str = sys.platform
    to: Path | None = None
    """The folder in which the add-in should be, where that is not Excel's own."""
    registry: Registry = field(default_factory=Registry)

    @property
    def folder(self) -> Path | None:
        """Where the add-in should be; None where there is no Excel."""
        return self.to or startup_folder(self.platform)


def faults(computer: Computer | None = None) -> list[str]:
    """What is wrong with the add-in here, each with its remedy; none where nothing is."""
    here = computer or Computer()
    found = [*_file(here), *_settings(here), *_policies(here)]
    return list(dict.fromkeys(found))


def _file(here: Computer) -> Iterator[str]:
    folder = here.folder
    if folder is None:
        yield str(NoExcelError())
        return
    addin = folder / FILE_NAME
    if not addin.is_file():
        text = _("The add-in is not installed in {folder}: run stavaza excel addin install.")
        yield text.format(folder=folder)
    else:
        yield from _version(addin)
    script = script_file(here.platform)
    if script is not None and not (script.is_file() and script.read_bytes() == apple_script()):
        text = _(
            "The script with which Excel starts Stavaza is missing or old ({file}): run stavaza "
            "excel addin install."
        )
        yield text.format(file=script)


def _version(addin: Path) -> Iterator[str]:
    try:
        found = stamp_of(addin)
    except OSError as error:
        text = _("The add-in {file} cannot be read ({reason}): install it again.")
        yield text.format(file=addin, reason=os_reason(error))
        return
    if found != stamp():
        text = _(
            "The add-in in Excel is of another version ({found}, here is {wanted}): close Excel "
            "and run stavaza excel addin install."
        )
        yield text.format(found=found or "?", wanted=stamp())


def _settings(here: Computer) -> Iterator[str]:
    try:
        settings = read_settings(settings_file(here.platform))
    except NoSettingsError as error:
        yield str(error)
        return
    yield from _interpreter(settings)
    yield from _reports(settings)
    folder = settings.values.get(NO_BOOK_FOLDER[0], "").strip().lower()
    if folder != NO_BOOK_FOLDER[1] or settings.values.get("PYTHONPATH", "").strip():
        text = _(
            "The settings let Python load code from the folder of a workbook ({file}): run stavaza "
            "excel addin install to set that right."
        )
        yield text.format(file=settings.file)


def _interpreter(settings: Settings) -> Iterator[str]:
    program = settings.interpreter
    if not program or not Path(program).is_file():
        text = _("The Python of the settings is not there (any more) ({file}): {remedy}")
        yield text.format(file=program or "?", remedy=_again())
        return
    try:
        found = _versions(program)
    except (OSError, ValueError, subprocess.SubprocessError):
        text = _("The Python of the settings has no Stavaza, or does not run ({file}): {remedy}")
        yield text.format(file=program, remedy=_again())
        return
    wanted = [version(name) for name in _LIBRARIES]
    if found != wanted:
        text = _(
            "The Python of the settings has other versions ({found}; here {wanted}): install "
            "Stavaza there again, or {remedy}"
        )
        yield text.format(found=_named(found), wanted=_named(wanted), remedy=_again())


def _again() -> str:
    return _("run stavaza excel addin install with the Python that has Stavaza.")


def _named(versions: Sequence[str]) -> str:
    return ", ".join(f"{name} {v}" for name, v in zip(_LIBRARIES, versions, strict=False))


def _versions(program: str) -> list[str]:
    """The versions of the libraries in a Python. Raises ValueError where they are not there."""
    run = subprocess.run(
        [program, "-P", "-B", "-c", _ASK],
        capture_output=True,
        check=True,
        timeout=_SECONDS,
        stdin=subprocess.DEVNULL,
        cwd=Path(program).parent,
    )
    found = json.loads(run.stdout)
    return [str(part) for part in found] if isinstance(found, list) else []


def _reports(settings: Settings) -> Iterator[str]:
    for root in settings.reports:
        report, findings = store.open_report(root)
        if report is None:
            reason = findings[0].message if findings else ""
            text = _(
                "{folder} is no report that can be opened ({reason}): run stavaza excel addin "
                "install --report FOLDER with the right folder."
            )
            yield text.format(folder=root, reason=reason)


def _policies(here: Computer) -> Iterator[str]:
    last = _last_start(here)
    if child_processes_blocked(here.registry) or last.startswith("BLOCKED"):
        text = _(
            "Excel may not start other programs here (Defender: “Block all Office applications "
            "from creating child processes”): ask IT for an exclusion of {program} in that rule, "
            "or use stavaza excel watch."
        )
        yield text.format(program=_program(here))
    elif last.startswith("APPLESCRIPT"):
        yield _(
            "macOS did not let Excel start Stavaza: allow it under Privacy and Security, or use "
            "stavaza excel watch."
        )
    folder = here.folder
    policy = macros_forbidden(
        here.registry, trusted_place=here.to is None, signed=folder is not None and _signed(folder)
    )
    if policy:
        text = _(
            "A policy forbids the macros of the add-in ({policy}): ask IT to sign it and to trust "
            "its publisher, or use stavaza excel watch."
        )
        yield text.format(policy=policy)


def _program(here: Computer) -> str:
    try:
        return read_settings(settings_file(here.platform)).interpreter or sys.executable
    except NoSettingsError:
        return sys.executable


def _signed(folder: Path) -> bool:
    try:
        with zipfile.ZipFile(folder / FILE_NAME) as package:
            return any("vbaProjectSignature" in name for name in package.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def _last_start(here: Computer) -> str:
    """What VBA noted last when Python did not start; '' where it did."""
    try:
        text = start_log(here.platform).read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    lines = text.split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    return decode(last[20:]).strip()
