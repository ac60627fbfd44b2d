"""Lays out a new report: report.toml and the files that make git treat its files well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stavaza.canonical import dump
from stavaza.errors import StavazaError
from stavaza.files import write_safely
from stavaza.i18n import _
from stavaza.report_file import FILE_NAME
from stavaza.template import Template

GIT_ATTRIBUTES = "*.toml text eol=lf\n*.xlsx binary\n*.xlsm binary\n"
GIT_IGNORE = ".stavaza/\n*.xlsx\n*.xlsm\n*.xls\n*.xlsb\n~$*\n.~lock.*#\n"


class NewReportError(StavazaError):
    """A report cannot be laid out there."""


def write_git_files(folder: Path) -> None:
    """Write `.gitattributes` and `.gitignore` where they are not there yet."""
    for name, text in ((".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)):
        path = folder / name
        if not path.exists():
            write_safely(path, text.encode("utf-8"))


def refuse_taken(folder: Path) -> None:
    """Raise NewReportError where the folder holds a report already."""
    if (folder / FILE_NAME).exists():
        message = _("{folder} holds a report already; nothing was written.")
        raise NewReportError(message.format(folder=folder))


def write_new(folder: Path, meta: dict[str, Any]) -> None:
    """Lay out a report in `folder` with `meta` as its report.toml.

    The folder may exist, but not with a report in it. Raises NewReportError, OSError.
    """
    refuse_taken(folder)
    folder.mkdir(parents=True, exist_ok=True)
    write_git_files(folder)
    write_safely(folder / FILE_NAME, dump(meta))


def meta_for(template: Template, organisation: str, year: int) -> dict[str, Any]:
    """report.toml of a new report: all moments that the template knows, the first one current."""
    moments = moments_for(template, year)
    return {
        "organisatie": organisation,
        "jaar": year,
        "sjabloon": template.key,
        "huidig_moment": next(iter(moments), ""),
        "moment": moments,
    }


def moments_for(template: Template, year: int) -> dict[str, dict[str, Any]]:
    """The moments that the template knows, as report.toml has them for a year."""
    return {
        moment.key: {
            "label": filled(moment.label, year),
            "overzicht": filled(moment.overview, year),
            "titel": filled(moment.title, year),
            "volgorde": place,
        }
        for place, moment in enumerate(template.moments, start=1)
    }


def filled(text: str, year: int) -> str:
    """A moment's text from the template with `{jaar}` and `{vorig}` filled in."""
    return text.replace("{jaar}", str(year)).replace("{vorig}", str(year - 1))
