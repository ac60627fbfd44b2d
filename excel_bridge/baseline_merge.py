"""How a baseline merges: per cell, and a cell that both sides agreed on differently is forgotten.

What a baseline does not know is adopted at the next sync where report and workbook are alike, and
asked where they are not. So nobody has to decide about a file that they never see.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from excel_bridge.baseline import baseline_bytes, parse_baseline
from stavaza.canonical import dump
from stavaza.merge import CELLS
from stavaza.merge_file import Form
from stavaza.source import Data

ENDING: Final = ".baseline.toml"


def _write(data: Data) -> bytes:
    plain = dump(data)
    baseline, unreadable = parse_baseline(plain, Path(ENDING))
    return plain if unreadable else baseline_bytes(baseline)


BASELINE_FORM: Final = Form(CELLS, _write, forgets=True)
"""The form of a baseline; one with lines that are no agreement keeps them, in plain TOML."""
