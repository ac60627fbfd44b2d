"""Example reports: copied, so that trying things out is safe; each template brings its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from stavaza.files import STATE_FOLDER
from stavaza.git_run import GitError
from stavaza.i18n import _
from stavaza.new_report import write_git_files
from stavaza.places import EXAMPLE_FOLDER, example_dir, user_documents_dir
from stavaza.recording import record_all, start_repository
from stavaza.report_file import FILE_NAME, read_meta
from stavaza.template import Template

FOLDER_NAME = EXAMPLE_FOLDER


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


def example_of(template: Template) -> Path | None:
    """The example report of a template: the folder `voorbeeld` beside it, or the one for newcomers.

    None for a template without an example.
    """
    own = template.path / FOLDER_NAME
    if (own / FILE_NAME).is_file():
        return own
    meta, _source, _findings = read_meta(example_dir())
    return example_dir() if meta is not None and meta.template == template.key else None


def copy_example(target: Path, source: Path | None = None) -> None:
    """Copy an example report (the one for newcomers) into the folder `target`, which need not be.

    report.toml comes last: a copy that was broken off is not taken for a report.
    """
    source = source or example_dir()
    shutil.copytree(
        source,
        target,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns(STATE_FOLDER, "__pycache__", FILE_NAME),
    )
    write_git_files(target)
    shutil.copyfile(source / FILE_NAME, target / FILE_NAME)
