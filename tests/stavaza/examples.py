"""The example reports of each further kind, in `tests/examples`, as reports and as plain TOML."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from stavaza.store import open_report
from stavaza.tree import Report

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = (
    "programmabegroting",
    "voortgang_taakvelden",
    "begroting_doelen",
    "jaarverslag_speerpunten",
)


def example(name: str, root: Path = EXAMPLES) -> Report:
    """An example report, which must open without findings."""
    report, findings = open_report(root / name)
    assert report is not None, findings
    assert findings == []
    return report


def raw(name: str) -> dict[str, dict[str, Any]]:
    """The element files of an example by stem, read by nothing of the product."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for path in (EXAMPLES / name).rglob("*.toml")
        if path.name != "report.toml"
    }
