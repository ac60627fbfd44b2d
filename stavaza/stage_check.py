"""Reports what is wrong with stages, corrections and remarks; nothing where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stavaza.corrections import corrections, file_of
from stavaza.finding import Finding
from stavaza.store import CORRECTIONS_FOLDER, REMARKS_FOLDER, STAGES_FOLDER
from stavaza.toml_reader import parse_toml
from stavaza.tree import Report

FOLDERS = (REMARKS_FOLDER, STAGES_FOLDER, CORRECTIONS_FOLDER)


def side_file_paths(report: Report) -> list[Path]:
    """The files with remarks, stages and corrections."""
    return [path for name in FOLDERS for path in sorted((report.root / name).glob("*.toml"))]


def check_side_files(report: Report) -> Iterator[Finding]:
    """The findings about files with remarks, stages and corrections."""
    paths = side_file_paths(report)
    if not paths:
        return
    for path in paths:
        try:
            raw = path.read_bytes()
        except OSError:  # gone in the meantime
            continue
        yield from parse_toml(raw, path)[2]
        about_element = path.parent.name != CORRECTIONS_FOLDER
        if about_element and path.stem not in report.elements and not _unread(report, path.stem):
            shown = path.relative_to(report.root).as_posix()
            yield Finding("G007", {"file": shown, "element": path.stem}, path)
    yield from _numbers(report)
    if (report.root / STAGES_FOLDER).is_dir():
        yield from _uncorrected(report)


def _unread(report: Report, stem: str) -> bool:
    return any(
        finding.file is not None and finding.file.stem == stem for finding in report.findings
    )


def _numbers(report: Report) -> Iterator[Finding]:
    for moment in report.meta.moments:
        seen: set[int] = set()
        for correction in corrections(report.root, moment.key):
            if correction.number in seen:
                file = file_of(report.root, moment.key)
                yield Finding("G006", {"number": str(correction.number)}, file)
            seen.add(correction.number)


def _uncorrected(report: Report) -> Iterator[Finding]:
    from stavaza.conflicts import path_at
    from stavaza.diff import label_of
    from stavaza.stage_config import StageError
    from stavaza.stages import Progress

    try:
        progress = Progress(report)
    except StageError as error:
        yield Finding("G008", {"reason": str(error)}, report.root / "report.toml")
        return
    for element in progress.elements():
        changed = [path_at(key) for key in progress.figures_changed(element)]
        if not changed:
            continue
        labels = [label_of(report, report.kind(element), path) for path in changed]
        params = {
            "element": report.heading(element),
            "id": element.id,
            "figures": ", ".join(labels),
        }
        file = element.source.path if element.source else None
        yield Finding("G005", params, file, None, element.id, changed[0])
