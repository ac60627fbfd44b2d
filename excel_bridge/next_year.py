"""Carries the links of a report over to another year: its columns and headers, no baseline.

The years in keys, headers and paths move along, so that a link never reads the workbook of the old
year as that of the new one. Without a baseline every figure is unknown: equal sides are agreed on,
different ones asked about.
"""

from __future__ import annotations

from typing import Any

from excel_bridge.links import link_bytes, link_files
from stavaza.errors import SaveRefusedError
from stavaza.handmade import edit_text
from stavaza.next_year import shift_years
from stavaza.source import Data
from stavaza.store import LINKS_FOLDER
from stavaza.toml_reader import parse_toml
from stavaza.tree import Report


def carried_links(report: Report, year: int) -> tuple[dict[str, bytes], list[str]]:
    """The links' files as they begin in another year, by path; and those that cannot be read."""
    files: dict[str, bytes] = {}
    unread: list[str] = []
    for path in link_files(report.root):
        raw = path.read_bytes()
        data, text, _findings = parse_toml(raw, path)
        if data is None:
            unread.append(path.name)
        else:
            moved = _moved(data, report.meta.year, year - report.meta.year)
            files[f"{LINKS_FOLDER}/{path.name}"] = _written(text, data, moved)
    return files, unread


def _written(text: str, old: Data, new: Data) -> bytes:
    """The link's file with only the years changed, comments kept where that can be done exactly."""
    try:
        return edit_text(text, old, new).encode("utf-8")
    except SaveRefusedError:
        return link_bytes(new)


def _moved(value: Any, year: int, shift: int) -> Any:
    if isinstance(value, dict):
        return {
            shift_years(key, year, shift): _moved(inner, year, shift)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_moved(item, year, shift) for item in value]
    return shift_years(value, year, shift) if isinstance(value, str) else value
