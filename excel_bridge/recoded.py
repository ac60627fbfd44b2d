"""What links know of an element that gets another id: where they look, and what was agreed on."""

from __future__ import annotations

from pathlib import Path

from excel_bridge.baseline import baseline_bytes, read_baseline
from excel_bridge.links import BASELINE_SUFFIX, link_files
from stavaza.handmade import edit_text
from stavaza.toml_reader import parse_toml


def recoded_links(root: Path, old: str, new: str) -> dict[Path, bytes]:
    """The files of links in which the id `old` stands, as they are with `new` in its place.

    A file that cannot be read is left as it is; `check` tells of it. Raises SaveRefusedError,
    OSError.
    """
    found: dict[Path, bytes] = {}
    for path in link_files(root):
        data, text, _findings = parse_toml(path.read_bytes(), path)
        under = data.get("onder") if data is not None else None
        if data is not None and isinstance(under, list) and old in under:
            renamed = {**data, "onder": [new if top == old else top for top in under]}
            found[path] = edit_text(text, data, renamed).encode("utf-8")
        place = path.with_name(f"{path.stem}{BASELINE_SUFFIX}")
        baseline, raw, findings = read_baseline(place)
        if raw is None or findings or not any(old in key[:2] for key in baseline):
            continue
        agreed = {
            (_named(element, old, new), _named(row, old, new), column): cell
            for (element, row, column), cell in baseline.items()
        }
        found[place] = baseline_bytes(agreed)
    return found


def _named(name: str, old: str, new: str) -> str:
    return new if name == old else name
