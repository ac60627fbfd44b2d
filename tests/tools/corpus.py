"""Writes one number into each of some hundreds of workbooks and prints what came of them.

`python -m tests.tools.corpus` makes the workbooks in a temporary folder, checks each part by part
and cell by cell, and lets LibreOffice, where it is installed, read the numbers back. It exits with
1 where a workbook is damaged, or refused for another reason than the right one. `--keep FOLDER`
leaves the files there. `--own FOLDER` tries copies of the workbooks in that folder instead, and
says for which reasons some were refused.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.excel_bridge.corpus.cases import from_folder
from tests.excel_bridge.corpus.run import Summary, everything, run
from tests.excel_bridge.excel_file import libreoffice


def main() -> int:
    """Print a table, then what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder for the workbooks")
    parser.add_argument("--own", type=Path, help="a folder with workbooks to try instead")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        cases = from_folder(options.own) if options.own else everything(folder)
        summary = run(folder, cases, read_back=libreoffice.SOFFICE is not None)
    return show(summary)


def show(summary: Summary) -> int:
    """Print the summary; return the exit code."""
    print(f"{'group':14} {'workbooks':>9} {'written':>9} {'refused':>9} {'damaged':>9}")
    for group, counts in summary.counts().items():
        figures = [counts.total(), *(counts[kind] for kind in ("written", "refused", "damaged"))]
        print(f"{group:14}" + "".join(f" {figure:9}" for figure in figures))
    print(f"{'all':14} {len(summary.results):9}")
    for name, reason in summary.refusals():
        print(f"refused {name}: {reason}")
    print(f"LibreOffice read {summary.read} written numbers back")
    for line in summary.not_opened:
        print(f"  LibreOffice does not read: {line}")
    wrong = [*summary.wrong(), *summary.unread]
    for line in wrong:
        print(f"WRONG {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
