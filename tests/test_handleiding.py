"""What the manual tells people to type is understood by the program."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from excel_bridge.links import link_from_bytes
from stavaza.store import open_report
from tests.tools.example_figures import DATA
from tui.actions import everything
from tui.cli import make_parser

MANUAL = Path(__file__).parents[1] / "docs" / "handleiding.md"
TEXT = MANUAL.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
IN_LINE = [code for code in re.findall(r"`([^`\n]+)`", TEXT) if code.startswith("stavaza ")]
TYPED = sorted(
    {
        line.partition("#")[0].strip()
        for language, block in BLOCKS
        if language == "sh"
        for line in block.splitlines()
        if line.startswith("stavaza ")
    }
    | set(IN_LINE)
)
KEY = re.compile(r"[a-zA-Z./]|F\d{1,2}|Ctrl\+\S+|Shift\+\S+|Del|Tab|Enter|Esc|[←→↑↓]")


@pytest.mark.parametrize("line", TYPED)
def test_a_command_in_the_manual_is_understood(line: str) -> None:
    arguments = make_parser().parse_args(shlex.split(line)[1:])
    assert arguments.command or arguments.report


def test_the_manual_shows_enough_commands() -> None:
    assert len(TYPED) >= 15
    named = {shlex.split(line)[1] for line in TYPED}
    assert {"new", "import", "check", "todo", "publish", "excel", "diff", "template"} <= named


def test_a_key_in_the_manual_does_something() -> None:
    shown = {key for part in everything().values() for a in part for key in a.shown_keys.split()}
    prose = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
    keys = {code for code in re.findall(r"`([^`\n]+)`", prose) if KEY.fullmatch(code)}
    assert len(keys) > 20
    assert keys - shown == set()


def test_the_link_that_the_manual_shows_is_a_link() -> None:
    report, _findings = open_report(DATA)
    assert report is not None
    (shown,) = [block for language, block in BLOCKS if block.startswith("werkmap = ")]
    path = DATA / "koppelingen" / "uit-de-handleiding.toml"
    link, findings = link_from_bytes(report, path, shown.encode(), {"rapport": DATA})
    assert findings == []
    assert link is not None
    assert [column.key for column in link.columns] == ["lasten_prognose_2026"]
