"""A small linked report and a workbook in memory, for tests of the sync without any file format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from excel_bridge.cells import number_for_excel
from excel_bridge.desk import CellWrite, LineWrite, Refusal
from excel_bridge.errors import BridgeError, FormulaCellError
from excel_bridge.grid import Grid, SheetView
from excel_bridge.link_types import Link
from excel_bridge.links import link_file
from stavaza import store
from stavaza.tree import Report
from tests.stavaza.making import PROGRAMME, REPORT, THEME

SHEET = "Invoer"
TITLE_ROWS = 3
LASTEN, BATEN = "lasten_primitief_2026", "baten_primitief_2026"
COLUMNS = (LASTEN, BATEN)
"""In the workbook: Act. in A, Kostenplaats in B, Lasten in C, Baten in D, header in row 4."""

LINK = """\
werkmap = "rapport:begroting.xlsx"
blad = "Invoer"

[sleutel]
rij = "Kostenplaats"
onderdeel = "Act."

[kolom.lasten_primitief_2026]
kop = "Lasten"
eenheid = 1000

[kolom.baten_primitief_2026]
kop = "Baten"
teken = "omgekeerd"
"""

ACTIVITY = """\
soort = "activiteit"
code = "{code}"
ouder = "6.1"
naam = "Activiteit {code}"
"""

Rows = dict[tuple[str, str], dict[str, object]]
"""Rows of the report by element and key: amounts by column."""


def make_report(root: Path, rows: Rows, link: str = LINK, name: str = "begroting") -> Report:
    """A report with one link whose rows are `rows`; the workbook's file is there but empty."""
    root.mkdir(parents=True, exist_ok=True)
    _write(root / "report.toml", REPORT)
    _write(root / "6" / "6.toml", PROGRAMME)
    _write(root / "6" / "6.1.toml", THEME)
    for code in dict.fromkeys(element for element, _key in rows):
        text = ACTIVITY.format(code=code)
        for (element, key), amounts in sorted(rows.items()):
            if element == code:
                text += f'\n[begroting."{key}"]\n'
                text += "".join(f"{column} = {value}\n" for column, value in amounts.items())
        _write(root / "6" / f"{code}.toml", text)
    _write(link_file(root, name), link)
    (root / "begroting.xlsx").write_bytes(b"in memory")
    return open_report(root)


def open_report(root: Path) -> Report:
    """The report as it is on disk."""
    report, findings = store.open_report(root)
    assert report is not None, findings
    assert findings == []
    return report


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@dataclass
class FakeDesk:
    """One sheet in memory: cells by (row, column), formulas beside them."""

    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    stale: set[tuple[int, int]] = field(default_factory=set)
    in_use_by: str = ""
    failure: BridgeError | None = None
    written: list[CellWrite] = field(default_factory=list)

    def read(self, path: Path, link: Link) -> list[SheetView]:
        """All cells from A1 on."""
        return [SheetView(SHEET, self._grid())]

    def _grid(self) -> Grid:
        bottom = max((row for row, _column in self.cells), default=1)
        right = max((column for _row, column in self.cells), default=1)
        values, formulas = (
            [
                [block.get((row, column)) for column in range(1, right + 1)]
                for row in range(1, bottom + 1)
            ]
            for block in (self.cells, self.formulas)
        )
        return Grid(1, 1, values, formulas, frozenset(self.stale))

    def survey(self, path: Path) -> list[SheetView]:
        """The one sheet."""
        return [SheetView(SHEET, self._grid())]

    def write(self, path: Path, sheet: str, cells: Sequence[CellWrite]) -> list[Refusal]:
        """Write all cells but those with a formula."""
        if self.failure is not None:
            raise self.failure
        refusals = []
        for cell in cells:
            if (cell.row, cell.column) in self.formulas:
                error = FormulaCellError(f"{sheet}!{cell.row}")
                refusals.append(Refusal(cell.row, cell.column, str(error)))
                continue
            figure = None if cell.figure is None else number_for_excel(cell.figure)
            self.cells[cell.row, cell.column] = figure
            self.written.append(cell)
        return refusals

    def adds_lines(self, path: Path) -> bool:
        """No: it is not open in any Excel."""
        return False

    def add_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Never."""
        raise AssertionError(line)

    def remove_line(self, path: Path, sheet: str, line: LineWrite) -> list[Refusal]:
        """Never."""
        raise AssertionError(line)

    def owner(self, path: Path) -> str:
        """Whoever the test says."""
        return self.in_use_by

    def notes(self) -> list[str]:
        """Nothing to tell."""
        return []


def sheet_of(rows: dict[tuple[str, str], tuple[object, object]]) -> FakeDesk:
    """Title lines, the header, and a line per row: lasten (x 1000), baten (mirrored)."""
    desk = FakeDesk({(1, 1): "Gemeente Rivierdam", (2, 1): "Invoer 2e VGR"})
    for column, text in enumerate(("Act.", "Kostenplaats", "Lasten", "Baten"), start=1):
        desk.cells[TITLE_ROWS + 1, column] = text
    for number, ((element, key), figures) in enumerate(rows.items(), start=TITLE_ROWS + 2):
        desk.cells[number, 1] = element
        desk.cells[number, 2] = float(key)
        for column, figure in enumerate(figures, start=3):
            desk.cells[number, column] = figure
    return desk
