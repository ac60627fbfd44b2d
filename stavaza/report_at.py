"""Opens a report as it was in a commit, in memory: the folder stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from stavaza import history
from stavaza.report_file import FILE_NAME, meta_from_bytes
from stavaza.source import Source
from stavaza.store import is_element_path
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report


def report_at(report: Report, commit: str | None) -> Report:
    """The report in a commit from `history.resolve`; None is the report before all commits.

    The template is that of the open report, and so is what report.toml says where the commit's own
    cannot be used. Files that cannot be read are left out. Raises GitError.
    """
    if commit is None:
        return replace(report, elements={}, findings=[], meta_source=None)
    paths = [path for path in history.files_at(report.root, commit) if path.endswith(".toml")]
    wanted = [path for path in paths if is_element_path(path) or path == FILE_NAME]
    return report_from(report, history.show_all(report.root, commit, wanted))


def report_from(report: Report, files: Mapping[str, bytes]) -> Report:
    """A report of the files given by path, with the open report's template; see `report_at`."""
    elements: dict[str, Element] = {}
    for path in sorted(files):
        if not is_element_path(path):
            continue
        file = report.root.joinpath(*PurePosixPath(path).parts)
        data, _text, _findings = parse_toml(files[path], file)
        stem = PurePosixPath(path).stem
        if data is not None and stem not in elements:
            element = Element(stem, data, Source(file, files[path], data))
            element.data = element.snapshot()
            elements[stem] = element
    raw = files.get(FILE_NAME)
    meta = meta_from_bytes(raw, report.root / FILE_NAME) if raw is not None else None
    return replace(report, meta=meta or report.meta, elements=elements, findings=[])
