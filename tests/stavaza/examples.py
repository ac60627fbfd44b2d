"""The example reports that further templates bring along, as reports and as plain TOML."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from stavaza.store import open_report
from stavaza.tree import Report

NAMES = (
    "programmabegroting",
    "voortgang_taakvelden",
    "begroting_doelen",
    "jaarverslag_speerpunten",
)


def folder(name: str) -> Path:
    """The folder of the example that a template brings along."""
    return Path(__file__).parents[2] / "templates" / name / "voorbeeld"


def example(name: str) -> Report:
    """An example report, which must open without findings."""
    report, findings = open_report(folder(name))
    assert report is not None, findings
    assert findings == []
    return report


def raw(name: str) -> dict[str, dict[str, Any]]:
    """The element files of an example by stem, read by nothing of the product."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for path in folder(name).rglob("*.toml")
        if path.name != "report.toml"
    }
