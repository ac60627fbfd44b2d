"""Tells git how to treat a report's files: `stavaza git setup`, `unset` and `status`.

What belongs to the report stands in its `.gitattributes` and is shared; what belongs to this
computer stands in the repository's own settings. A key `stavaza.made` there remembers what setup
made, so that `unset` takes away that and nothing else.
"""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stavaza.files import write_safely
from stavaza.git_run import GitError, run_git
from stavaza.i18n import _

ATTRIBUTES_FILE: Final = ".gitattributes"
ATTRIBUTES: Final = (
    "*.toml merge=stavaza diff=stavaza",
    "sjablonen/** !merge !diff",
)
"""A template is written by hand and its order means something, so git merges it as text."""

HUNK_HEADS: Final = r"^(\[.+\])[[:space:]]*$"
"""git shows the last line of this shape above a change, such as `[moment.vgr2]`."""

HOOK: Final = "pre-commit"
_HOOK_MARK = "# Stavaza: made by `stavaza git setup`, taken away by `stavaza git unset`."
_MADE = "stavaza.made"
_SECTIONS = ("merge.stavaza", "diff.stavaza")
_SYNCED = ("onedrive", "sharepoint")


@dataclass(frozen=True)
class Step:
    """One thing that setup or unset did, or left as it was, as a sentence."""

    done: bool
    sentence: str


def program(*, for_setting: bool = False) -> str:
    """How this Stavaza is started from the shell that git uses, which is `sh` on Windows too.

    `-P` keeps Python from importing modules out of the repository. `for_setting` doubles each `%`,
    which git would fill in.
    """
    started = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m tui git"
    return started.replace("%", "%%") if for_setting else started


def settings() -> dict[str, str]:
    """The settings of the repository that name the merge driver and the readable difference."""
    return {
        "merge.stavaza.name": "Stavaza",
        "merge.stavaza.driver": f"{program(for_setting=True)} merge %O %A %B %P",
        "diff.stavaza.textconv": f"{program()} textconv",
        "diff.stavaza.xfuncname": HUNK_HEADS,
    }


def merge_settings() -> tuple[str, ...]:
    """The driver as options of one git command, for a merge that must not depend on setup."""
    names = ("merge.stavaza.name", "merge.stavaza.driver")
    return tuple(part for name in names for part in ("-c", f"{name}={settings()[name]}"))


def setup(root: Path) -> list[Step]:
    """Set the report's repository up; doing it again brings it up to date.

    Raises GitError where there is no repository, OSError where a file cannot be written.
    """
    run_git(root, "rev-parse", "--git-dir")
    steps = [_add_attributes(root)]
    for name, value in settings().items():
        run_git(root, "config", "--local", "--replace-all", name, value)
    steps.append(Step(True, _("This computer merges and compares the report's files by meaning.")))
    return [*steps, _add_fsync(root), _add_hook(root)]


def unset(root: Path) -> list[Step]:
    """Take away what setup made here, and nothing else. Raises GitError, OSError."""
    made = _made(root)
    steps = [_remove_attributes(root, made), _remove_hook(root)]
    for section in _SECTIONS:
        if _settings_like(root, section):
            run_git(root, "config", "--local", "--remove-section", section)
    if "core.fsync" in made:
        run_git(root, "config", "--local", "--unset-all", "core.fsync")
    if made:
        run_git(root, "config", "--local", "--unset-all", _MADE)
    steps.append(Step(True, _("Git merges the report's files as plain text again.")))
    return [step for step in steps if step.sentence]


def problems(root: Path) -> list[str]:
    """What is wrong with how git treats the report, a sentence each; none without a repository."""
    try:
        run_git(root, "rev-parse", "--git-dir")
    except GitError:
        return []
    return [*_driver_problems(root), *_place_problems(root), *_identity_problems(root)]


def is_set_up(root: Path) -> bool:
    """Whether the report names the driver and this computer has it."""
    return _named_driver(root) == "stavaza" and bool(_setting(root, "merge.stavaza.driver"))


# --- what is wrong


def _driver_problems(root: Path) -> list[str]:
    named = _named_driver(root)
    if not named:
        return []
    driver = _setting(root, f"merge.{named}.driver")
    if not driver:
        return [
            _(
                "The report names the merge driver “{name}”, but this computer does not know it, "
                "so git merges as text without a word; run: stavaza git setup"
            ).format(name=named)
        ]
    if named == "stavaza" and not _starts(driver):
        return [
            _(
                "The merge driver is set to a Stavaza that is no longer there; run: "
                "stavaza git setup"
            )
        ]
    return []


def _named_driver(root: Path) -> str:
    """The driver that .gitattributes names for files of the report, '' for git's own ways."""
    out = run_git(root, "check-attr", "-z", "merge", "--", "report.toml").split(b"\0")
    value = out[2].decode("utf-8", "replace") if len(out) > 2 else ""
    return "" if value in {"unspecified", "set", "unset", "text", "binary", "union"} else value


def _starts(driver: str) -> bool:
    """Whether the program that a driver names is there."""
    try:
        words = shlex.split(driver.replace("%%", "%"))
    except ValueError:
        return False
    return bool(words) and Path(words[0]).is_file()


def _place_problems(root: Path) -> list[str]:
    top = root.resolve()
    parts = [part.lower() for part in (*root.parts, *top.parts)]
    folders = [os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial")]
    inside = any(folder and top.is_relative_to(Path(folder).resolve()) for folder in folders)
    if not inside and not any(word in part for part in parts for word in _SYNCED):
        return []
    return [
        _(
            "The report is in a OneDrive or SharePoint folder, which can damage a git repository; "
            "move it to an ordinary folder."
        )
    ]


def _identity_problems(root: Path) -> list[str]:
    if _setting(root, "user.name") and _setting(root, "user.email"):
        return []
    return [
        _(
            "Git does not know who you are; tell it once with: git config --global user.name "
            '"First Last" and: git config --global user.email address'
        )
    ]


# --- the repository's settings


def _setting(root: Path, name: str) -> str:
    try:
        return run_git(root, "config", "--get", name).decode("utf-8", "replace").strip()
    except GitError:  # git answers an unset value with a failure
        return ""


def _settings_like(root: Path, section: str) -> bool:
    pattern = rf"^{section.replace('.', '[.]')}[.]"
    try:
        return bool(run_git(root, "config", "--local", "--name-only", "--get-regexp", pattern))
    except GitError:
        return False


def _made(root: Path) -> list[str]:
    try:
        out = run_git(root, "config", "--local", "--get-all", _MADE)
    except GitError:
        return []
    return out.decode("utf-8", "replace").splitlines()


def _remember(root: Path, what: str) -> None:
    if what not in _made(root):
        run_git(root, "config", "--local", "--add", _MADE, what)


def _add_fsync(root: Path) -> Step:
    if "core.fsync" in _made(root) or not _setting(root, "core.fsync"):
        run_git(root, "config", "--local", "core.fsync", "committed")
        _remember(root, "core.fsync")
        return Step(True, _("Commits survive a power failure."))
    return Step(False, _("The setting core.fsync was there already and is left as it is."))


# --- .gitattributes


def _attributes_key(root: Path, how: str) -> str:
    prefix = run_git(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape")
    return f"{how}:{prefix.removesuffix(chr(10))}{ATTRIBUTES_FILE}"


def _add_attributes(root: Path) -> Step:
    path = root / ATTRIBUTES_FILE
    raw = path.read_bytes() if path.exists() else b""
    present = {line.strip() for line in raw.decode("utf-8", "replace").splitlines()}
    lines = [line for line in ATTRIBUTES if line not in present]
    if not lines:
        return Step(False, _("The report names its merge driver already."))
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    start = raw if not raw or raw.endswith(b"\n") else raw + end
    _remember(root, _attributes_key(root, "lines" if path.exists() else "file"))
    write_safely(path, start + b"".join(line.encode("ascii") + end for line in lines))
    return Step(True, _("The report names its merge driver; commit .gitattributes for the others."))


def _remove_attributes(root: Path, made: list[str]) -> Step:
    path = root / ATTRIBUTES_FILE
    new = _attributes_key(root, "file") in made
    if not path.exists() or not (new or _attributes_key(root, "lines") in made):
        return Step(False, "")
    lines = path.read_bytes().splitlines(keepends=True)
    ours = {line.encode("ascii") for line in ATTRIBUTES}
    left = b"".join(line for line in lines if line.strip() not in ours)
    if left or not new:
        write_safely(path, left)
    else:
        path.unlink()
    return Step(True, _("The report no longer names its merge driver."))


# --- the check before a commit


def _hook_path(root: Path) -> Path | None:
    """Where git looks for the hook; None where the person keeps hooks in a place of their own."""
    for scope in ("--local", "--global", "--system"):
        try:
            run_git(root, "config", scope, "--get", "core.hooksPath")
        except GitError:
            continue
        return None
    folder = os.fsdecode(run_git(root, "rev-parse", "--git-common-dir")).removesuffix("\n")
    return root / folder / "hooks" / HOOK


def _hook_text() -> bytes:
    python = shlex.quote(Path(sys.executable).as_posix())
    lines = ("#!/bin/sh", _HOOK_MARK, f"[ -x {python} ] || exit 0", f"exec {program()} hook")
    return ("\n".join(lines) + "\n").encode("utf-8")


def _add_hook(root: Path) -> Step:
    path = _hook_path(root)
    if path is None:
        return Step(False, _("Your git keeps its hooks elsewhere, so no check was added to them."))
    if path.exists() and not _is_ours(path):
        return Step(False, _("There is a pre-commit hook already; it is left as it is."))
    write_safely(path, _hook_text())
    path.chmod(0o755)  # on Windows git runs it all the same
    return Step(True, _("Before each commit the changed reports are checked; errors stop it."))


def _remove_hook(root: Path) -> Step:
    path = _hook_path(root)
    if path is None or not path.exists() or not _is_ours(path):
        return Step(False, "")
    path.unlink()
    return Step(True, _("Commits are no longer checked beforehand."))


def _is_ours(path: Path) -> bool:
    return _HOOK_MARK.encode("ascii") in path.read_bytes()
