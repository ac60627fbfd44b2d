"""Workbooks that show derived tables, as finance lays them out, for reports of the examples."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from excel_bridge import sync
from excel_bridge.links import link_file
from excel_bridge.plan import Plan
from stavaza import store
from stavaza.tree import Report
from tests.excel_bridge import workbooks
from tests.stavaza.examples import folder

Row = Sequence[object]
"""Cells from the first column on; a formula is a pair of its text and its stored result."""


def report_of(root: Path, example: str, link: str = "", name: str = "overzicht") -> Report:
    """A copy of the example of a template, with one link."""
    shutil.copytree(folder(example), root, dirs_exist_ok=True)
    if link:
        file = link_file(root, name)
        file.parent.mkdir(exist_ok=True)
        file.write_text(link, encoding="utf-8")
    report, findings = store.open_report(root)
    assert report is not None, findings
    return report


def book(path: Path, sheets: Mapping[str, Sequence[Row]], percent: str = "0.0%") -> Path:
    """A workbook with these sheets, each a list of rows from A1 on."""
    with xlsxwriter.Workbook(str(path)) as made:
        share = made.add_format({"num_format": percent})
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    small = isinstance(value, float) and 0 < value < 1
                    if isinstance(value, tuple):
                        sheet.write_formula(number, column, value[0], share, value[1])
                    elif value is not None:
                        sheet.write(number, column, value, share if small else None)
    return path


def planned(report: Report) -> Plan:
    """The plan, read from files."""
    return sync.plan(report, desk=workbooks.desk())


def told(report: Report) -> list[tuple[str, str]]:
    """The findings of the plan as code and cell."""
    return [(f.code, str(f.params.get("cell", ""))) for f in planned(report).all_findings()]


@dataclass
class Programme:
    """The figures of a programme of the budget example, added up by this file alone."""

    code: str
    name: str
    lasten: int = 0
    baten: int = 0


@dataclass
class Budget:
    """The programmes of the budget example, and the shares that they have."""

    programmes: list[Programme] = field(default_factory=list)

    def share(self, programme: Programme, measure: str) -> float:
        """A share as a fraction, unrounded."""
        whole = sum(getattr(each, measure) for each in self.programmes)
        return float(Fraction(getattr(programme, measure), whole))

    def rounded_share(self, programme: Programme, measure: str) -> float:
        """The share that a workbook works out from thousands."""
        whole = sum(round(getattr(each, measure) / 1000) for each in self.programmes)
        return float(round(getattr(programme, measure) / 1000) / whole)


def budget(raw: Mapping[str, Mapping[str, Any]]) -> Budget:
    """The budget of an example's raw files."""
    found = Budget()
    for data in raw.values():
        if data.get("soort") == "programma":
            made = Programme(data["code"], data["naam"])
            for row in data.get("begroting", {}).values():
                made.lasten += int(Decimal(row.get("lasten_primitief_2026", 0)))
                made.baten += int(Decimal(row.get("baten_primitief_2026", 0)))
            found.programmes.append(made)
    found.programmes.sort(key=lambda programme: programme.code)
    return found
