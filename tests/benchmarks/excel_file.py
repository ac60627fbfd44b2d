"""How long one changed cell in a large workbook takes, as a ratio to openpyxl: run it by hand.

`python -m tests.benchmarks.excel_file` makes a workbook of 200,000 rows of 10 cells with a chart,
and in fresh processes opens it, changes cells and saves it. Goals: one cell at least 20 times
faster than openpyxl and with less than 50 MB on top of the loaded program, a thousand cells in at
most twice the time of one, and no slower than wolfxl where that is installed. Times are those of
the processor, so that a busy computer does not count.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

_MEASURE = """
import sys, time
try:
    import resource
    used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
except ImportError:
    used = lambda: 0.0
{imports}
path, before = sys.argv[1], used()
start = time.process_time()
{work}
print(time.process_time() - start, used() - before)
"""
_ENGINE = "import excel_bridge, xlwings as xw; excel_bridge.use_file_engine()"
_WRITE = """
with xw.Book(path) as book:
    sheet = book.sheets["Data"]
    for row in range(1, 200_000, 200_000 // {cells}):
        sheet.range((row, 3)).value = row + 0.5
    book.save()
"""
_CASES = {
    "one cell": (_ENGINE, _WRITE.format(cells=1)),
    "a thousand cells": (_ENGINE, _WRITE.format(cells=1000)),
    "read a small block": (_ENGINE, "xw.Book(path).sheets['Data'].range('A9:C12').value"),
    "read all": (_ENGINE, "xw.Book(path).sheets['Data'].used_range.value"),
    "openpyxl, one cell": (
        "import openpyxl",
        "book = openpyxl.load_workbook(path); book['Data']['C1'] = 1.5; book.save(path)",
    ),
}
_WOLFXL = (
    "import wolfxl",
    "book = wolfxl.load_workbook(path, modify=True); book['Data']['C1'] = 1.5; book.save(path)",
)
if importlib.util.find_spec("wolfxl"):
    _CASES["wolfxl, one cell"] = _WOLFXL


def large_workbook(path: Path, rows: int) -> None:
    """Write a workbook with a sheet of `rows` x 10 cells and a chart."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, other = book.add_worksheet("Data"), book.add_worksheet("Som")
    for row in range(rows):
        numbers = [row, row * 1.5, row / 3, row % 7, row + 0.25, row, row, row]
        sheet.write_row(row, 0, [f"{row % 977}", "kostenplaats", *numbers])
    other.write_formula("A1", "=SUM(Data!C:C)", None, 1)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$C$1:$C$100"})
    other.insert_chart("C3", chart)
    book.close()


def measure(case: str, original: Path, folder: Path) -> tuple[float, float]:
    """Run a case in a process of its own; return seconds and megabytes."""
    imports, work = _CASES[case]
    path = Path(shutil.copy(original, folder / "work.xlsx"))
    code = _MEASURE.format(imports=imports, work=work)
    result = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    )
    seconds, megabytes = result.stdout.split()
    return float(seconds), float(megabytes)


def main() -> None:
    """Print each case's time as a ratio to one changed cell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        original = Path(name) / "large.xlsx"
        large_workbook(original, options.rows)
        found = {}
        for case in _CASES:
            rounds = 1 if case.startswith("openpyxl") else options.rounds
            runs = [measure(case, original, Path(name)) for _ in range(rounds)]
            found[case] = statistics.median(s for s, _ in runs), max(m for _, m in runs)
        one = found["one cell"][0]
        for case, (seconds, megabytes) in found.items():
            print(f"{case:20} {seconds / one:7.2f} x one cell  {megabytes:7.0f} MB")


if __name__ == "__main__":
    main()
