"""rest.toml: the lines of imported pages that could not be placed, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stavaza.canonical import dump
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.page_import.result import ImportResult
from stavaza.source import Data
from stavaza.toml_reader import parse_toml


def rest_bytes(path: Path, results: Sequence[ImportResult]) -> tuple[bytes, list[Finding]]:
    """The bytes of rest.toml with what these pages left over; empty where nothing is.

    What is left over from other pages stays, and so does a file in which nothing changes.
    """
    raw = path.read_bytes() if path.exists() else b""
    data, _text, findings = parse_toml(raw, path)
    if data is None:
        return raw, findings
    known = data.get("rest", {})
    if not isinstance(known, dict):
        return raw, []
    names = {Path(result.page).name for result in results}
    rest: Data = {
        key: item
        for key, item in known.items()
        if not (isinstance(item, dict) and item.get("bron") in names)
    }
    for result in results:
        _add(rest, result)
    if rest == known:
        return raw, []
    others = {key: value for key, value in data.items() if key != "rest"}
    ordered = {key: rest[key] for key in sorted(rest)}
    return dump({**others, "rest": ordered} if ordered else others), []


def _add(rest: Data, result: ImportResult) -> None:
    for line in result.rest:
        key = base = f"{line.number:04}"
        count = 1
        while key in rest:
            count += 1
            key = f"{base}-{count}"
        rest[key] = {
            "bron": Path(result.page).name,
            "regel": line.number,
            "tekst": line.text,
            "reden": _(line.reason),
        }
