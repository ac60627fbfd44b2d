"""Reports the open conflicts of a report: those in elements, and those in its other files."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stavaza.conflicts import KEY, Conflict, conflicts_in, is_entry
from stavaza.finding import Finding, KeyPath
from stavaza.source import Data
from stavaza.stage_check import check_side_files, side_file_paths
from stavaza.store import LINKS_FOLDER, REST_FILE
from stavaza.toml_lines import key_lines
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report

if TYPE_CHECKING:
    from stavaza.diff import Change

_LONGEST = 80

Params = dict[str, str]


def open_conflicts(report: Report, element: Element) -> Iterator[tuple[str, Params, KeyPath]]:
    """Code, parameters and address of each open conflict in an element."""
    if KEY not in element.data:
        return
    from stavaza.diff import element_changes, label_of

    heading = report.heading(element)
    yield from _unreadable(element.data, heading)
    for conflict in conflicts_in(element.data):
        ours, theirs = versions(element.data, conflict)
        changes = element_changes(report, ours, theirs)
        label = label_of(report, report.kind(element), conflict.path)
        yield _worded(conflict, heading, label, changes)


def other_files(report: Report) -> list[Finding]:
    """The findings about the files of a report that are no elements, open conflicts first."""
    folder = report.root / LINKS_FOLDER
    paths = [report.root / REST_FILE, *sorted(folder.glob("*.toml"))]
    if report.meta_source is not None:
        paths.insert(0, report.meta_source.path)
    paths += side_file_paths(report)
    found = [finding for path in paths for finding in file_conflicts(path)]
    return [*found, *check_side_files(report)]


def file_conflicts(path: Path) -> list[Finding]:
    """The open conflicts in a TOML file; none where it is absent or cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError:
        return []
    if KEY.encode("ascii") not in raw:
        return []
    from stavaza.diff import table_changes

    data, text, _findings = parse_toml(raw, path)
    found = list(_unreadable(data or {}, path.name))
    for conflict in conflicts_in(data or {}):
        changes = table_changes(*versions(data or {}, conflict))
        found.append(_worded(conflict, path.name, " · ".join(conflict.path), changes))
    lines = key_lines(text) if found else {}
    return [
        Finding(code, params, path, lines.get(place, lines.get((KEY,))), None, place)
        for code, params, place in found
    ]


def _unreadable(data: Data, heading: str) -> Iterator[tuple[str, Params, KeyPath]]:
    table = data.get(KEY, {})
    if not isinstance(table, dict):
        yield "G004", {"element": heading, "key": KEY}, (KEY,)
        return
    for key, entry in table.items():
        if not is_entry(entry):
            yield "G004", {"element": heading, "key": key}, (KEY, key)


def versions(data: Data, conflict: Conflict) -> tuple[Data, Data]:
    """The data with our value and with the other's, without the list of conflicts."""
    ours = {key: value for key, value in data.items() if key != KEY}
    theirs = copy.deepcopy(ours)
    node: Any = theirs
    for key in conflict.path[:-1]:
        node = node.setdefault(key, {}) if isinstance(node, dict) else {}
    if isinstance(node, dict):
        node.pop(conflict.path[-1], None)
        if conflict.theirs is not None:
            node[conflict.path[-1]] = conflict.theirs
    return ours, theirs


def _worded(
    conflict: Conflict, heading: str, label: str, changes: list[Change]
) -> tuple[str, Params, KeyPath]:
    params = {"element": heading, "field": label}
    if conflict.ours is not None:
        params["ours"] = _shown(changes, old=True)
    if conflict.theirs is not None:
        params["theirs"] = _shown(changes, old=False)
    code = "G003" if conflict.ours is None else "G002" if conflict.theirs is None else "G001"
    return code, params, conflict.path


def _shown(changes: list[Change], *, old: bool) -> str:
    """One of two versions in short: of a long text what the other does not have."""
    parts: list[str] = []
    for change in changes:
        mine, other = change.old_text, change.new_text
        if not old:
            mine, other = other, mine
        if change.form == "text":
            mine = _own_part(mine, other)
        parts.append(mine)
    text = " · ".join(" ".join(part.split()) for part in parts if part)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _own_part(mine: str, other: str) -> str:
    """The text from the first sentence that differs to the last one."""
    from stavaza.merge_prose import sentences_of

    own, known = sentences_of(mine), set(sentences_of(other))
    differing = [place for place, sentence in enumerate(own) if sentence not in known]
    return " ".join(own[differing[0] : differing[-1] + 1]) if differing else mine
