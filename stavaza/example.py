"""The example report: copied into the user's folder once, so that trying things out is safe."""

from __future__ import annotations

import shutil
from pathlib import Path

from stavaza.files import STATE_FOLDER
from stavaza.git_run import GitError
from stavaza.i18n import _
from stavaza.new_report import write_git_files
from stavaza.places import example_dir, user_documents_dir
from stavaza.recording import record_all, start_repository
from stavaza.report_file import FILE_NAME

FOLDER_NAME = "voorbeeld"


def example_copy() -> Path:
    """The user's copy of the example, made when it is not there yet.

    A copy that was started is left as it is: it may hold somebody's trials. Where git is there,
    the copy is recorded, so that a first change can be seen as a difference.
    """
    target = user_documents_dir() / FOLDER_NAME
    if not (target / FILE_NAME).is_file():
        copy_example(target)
        record_example(target)
    return target


def record_example(folder: Path) -> str:
    """Make the copy a git repository with one commit; why that could not be, or ''."""
    try:
        start_repository(folder)
        record_all(folder, _("The example as it was"))
    except GitError as error:
        return str(error)
    return ""


def copy_example(target: Path) -> None:
    """Copy the example report into the folder `target`, which need not exist.

    report.toml comes last: a copy that was broken off is not taken for a report.
    """
    source = example_dir()
    shutil.copytree(
        source,
        target,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(STATE_FOLDER, "__pycache__", FILE_NAME),
    )
    write_git_files(target)
    shutil.copyfile(source / FILE_NAME, target / FILE_NAME)
