"""Merges three versions of a file: bytes in, bytes out, in the form that the file has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from stavaza.canonical import dump, element_bytes, same
from stavaza.conflicts import Conflict, kept
from stavaza.errors import SaveRefusedError
from stavaza.finding import KeyPath
from stavaza.handmade import edit_text
from stavaza.merge import ELEMENT, PLAIN, Shape, merge
from stavaza.source import Data
from stavaza.toml_text import loads

_BOM = b"\xef\xbb\xbf"
Version = Literal["base", "ours", "theirs"]
VERSIONS: tuple[Version, ...] = get_args(Version)


@dataclass(frozen=True)
class Form:
    """How a file is built, how it is written, and what becomes of conflicts in it.

    With `forgets` a value in conflict is taken out instead of being asked about: right for a
    baseline, where what is not known is asked at the next sync.
    """

    shape: Shape
    write: Callable[[Data], bytes]
    forgets: bool = False


PLAIN_FORM = Form(PLAIN, dump)
"""A file whose keys keep the order that they have."""

LineMerge = Callable[[bytes, bytes, bytes], "bytes | None"]
"""Merges base, ours and theirs by line; None where that gives conflicts."""


@dataclass(frozen=True)
class Broken:
    """The versions that are not valid TOML, so that nothing can be merged by meaning."""

    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Outcome:
    """A merged file.

    `conflicts` stand in it, `forgotten` are conflicts whose value was taken out, `lost_notes` the
    comments of the other that found no place.
    """

    raw: bytes
    conflicts: tuple[Conflict, ...] = ()
    forgotten: tuple[Conflict, ...] = ()
    lost_notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Side:
    """One version: its text with plain line ends, and the data in it."""

    raw: bytes
    text: str
    data: Data


def form_for(path: Path) -> Form:
    """The form of a file of a report, from its place and the report's template.

    Where report.toml or the template cannot be read, keys keep the order that they have.
    """
    from stavaza.report_file import FILE_NAME, find_template, read_meta
    from stavaza.store import OTHER_FOLDERS, REST_FILE, find_report

    root = find_report(path.absolute().parent)
    if root is None:
        return Form(ELEMENT, dump)
    inside = path.absolute().relative_to(root).parts
    if inside[0] in (FILE_NAME, REST_FILE, *OTHER_FOLDERS) or inside[0].startswith("."):
        return PLAIN_FORM
    meta, _source, _findings = read_meta(root)
    template = find_template(root, meta.template)[0] if meta else None
    if meta is None or template is None:
        return Form(ELEMENT, dump)
    moments = [moment.key for moment in meta.moments]
    year = meta.year

    def write(data: Data) -> bytes:
        known = "soort" in data  # else no element, but a file of another kind
        return element_bytes(data, template, moments, year) if known else dump(data)

    return Form(ELEMENT, write)


def merge_bytes(
    base: bytes, ours: bytes, theirs: bytes, form: Form, by_line: LineMerge | None = None
) -> Outcome | Broken:
    """Merge three versions of a file by meaning.

    The result is canonical where ours is; a file laid out by hand keeps its layout, and line ends
    and byte order mark are ours. `by_line` helps where both sides were laid out by hand.
    """
    if theirs in (base, ours):
        return Outcome(ours)
    one, mine, other = read = [_read(raw) for raw in (base, ours, theirs)]
    if one is None or mine is None or other is None:
        broken = zip(VERSIONS, read, strict=True)
        return Broken(tuple(name for name, side in broken if side is None))
    merged = merge(one.data, mine.data, other.data, form.shape)
    forgotten = merged.conflicts if form.forgets else ()
    data = merged.data
    for conflict in forgotten:
        data = _without(data, conflict.path)
    open_ = () if form.forgets else merged.conflicts
    text = _written(kept(data, open_), (one, mine, other), form, by_line)
    lost = _lost_notes(one.text, text, other.text)
    return Outcome(_like(text, ours), open_, forgotten, lost)


def _read(raw: bytes) -> _Side | None:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        return _Side(raw, text, loads(text))
    except (ValueError, RecursionError):  # not UTF-8, not TOML, nested too deep
        return None


def _without(data: Data, path: KeyPath) -> Data:
    """The data without the value at `path`, and without the tables that this leaves empty."""
    below: Any = data.get(path[0])
    left = _without(below, path[1:]) if len(path) > 1 and isinstance(below, dict) else None
    rest = {key: value for key, value in data.items() if key != path[0]}
    return {key: left if key == path[0] else data[key] for key in data} if left else rest


def _written(
    data: Data, sides: tuple[_Side, _Side, _Side], form: Form, by_line: LineMerge | None
) -> str:
    by_hand = [side for side in sides[1:] if not _canonical(side, form)]
    if not by_hand:
        return form.write(data).decode("utf-8")
    if len(by_hand) == 2 and by_line is not None:
        lines = by_line(*(side.text.encode("utf-8") for side in sides))
        side = _read(lines) if lines is not None else None
        if side is not None and same(side.data, data):
            return side.text
    try:
        return edit_text(by_hand[0].text, by_hand[0].data, data)
    except SaveRefusedError:
        return form.write(data).decode("utf-8")


def _canonical(side: _Side, form: Form) -> bool:
    return not side.text or form.write(side.data) == side.text.encode("utf-8")


def _lost_notes(base: str, merged: str, theirs: str) -> tuple[str, ...]:
    """The comment lines that the other added and that are not in the result."""
    known = {line.strip() for text in (base, merged) for line in text.split("\n")}
    lines = (line.strip() for line in theirs.split("\n"))
    return tuple(line for line in lines if line.startswith("#") and line not in known)


def _like(text: str, ours: bytes) -> bytes:
    raw = text.encode("utf-8")
    if b"\r\n" in ours:
        raw = raw.replace(b"\n", b"\r\n")
    return _BOM + raw if ours.startswith(_BOM) else raw
