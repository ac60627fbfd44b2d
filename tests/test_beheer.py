"""What the page for IT tells people to type is understood, and what it names is what is written."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from excel_bridge.addin.build import FILE_NAME
from excel_bridge.addin.doctor_windows import CHILD_RULE
from excel_bridge.addin.install import NOTES
from excel_bridge.addin.log import NAME as LOG_NAME
from excel_bridge.addin.places import START_LOG
from excel_bridge.addin.settings import NAME as SETTINGS_NAME
from excel_bridge.own_sheet import PROPOSAL_SHEET
from tui.cli import make_parser

TEXT = (Path(__file__).parents[1] / "docs" / "beheer.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```\w+\n(.*?)```", TEXT, re.DOTALL)
TYPED = [line for block in BLOCKS for line in block.splitlines()]
OURS = [line for line in TYPED if line.startswith(("stavaza ", "py -m tui "))]


@pytest.mark.parametrize("line", sorted(set(OURS)))
def test_a_command_for_it_is_understood(line: str) -> None:
    words = shlex.split(line.removeprefix("py -m tui ").removeprefix("stavaza "))
    assert make_parser().parse_args(words).action in {"addin", "watch"}


@pytest.mark.parametrize(
    "name", [FILE_NAME, SETTINGS_NAME, START_LOG, NOTES, LOG_NAME, CHILD_RULE, PROPOSAL_SHEET]
)
def test_every_file_and_rule_is_on_the_page_for_it(name: str) -> None:
    assert name in TEXT


@pytest.mark.parametrize(
    "policy", ["VBAOff", "DisableAllAddins", "RequireAddinSig", "AllLocationsDisabled"]
)
def test_every_policy_that_the_doctor_reads_is_on_the_page(policy: str) -> None:
    source = Path(__file__).parents[1] / "excel_bridge" / "addin" / "doctor_windows.py"
    assert policy in source.read_text(encoding="utf-8")
    assert f"`{policy}`" in TEXT or f"\\{policy}`" in TEXT


def test_the_program_opens_no_connections_of_its_own_as_the_page_says() -> None:
    opening = re.compile(
        r"^\s*(?:import|from) (?:socket|ssl|smtplib|ftplib|urllib\.request|http|requests)\b",
        re.MULTILINE,
    )
    root = Path(__file__).parents[1]
    files = [
        path for name in ("stavaza", "excel_bridge", "tui") for path in (root / name).rglob("*.py")
    ]
    assert len(files) > 100
    assert [path.name for path in files if opening.search(path.read_text(encoding="utf-8"))] == []
    assert "geen eigen verbindingen" in TEXT
