"""What the manual for finance tells people to type is understood, and its links are links."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path, PureWindowsPath

import pytest

from excel_bridge.links import link_from_bytes
from stavaza.store import open_report
from tests.excel_bridge.mutations import mutation_report
from tests.stavaza.examples import example
from tests.tools.example_figures import DATA
from tui.actions import everything
from tui.cli import make_parser

MANUAL = Path(__file__).parents[1] / "docs" / "excel.md"
TEXT = MANUAL.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", TEXT, re.DOTALL)
IN_LINE = [code for code in re.findall(r"`([^`\n]+)`", TEXT) if code.startswith("stavaza ")]
TYPED = sorted({line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()})
TOML = [block for kind, block in BLOCKS if kind == "toml"]
LINKS = [block for block in TOML if "werkmap =" in block]


@pytest.mark.parametrize("line", sorted({*TYPED, *IN_LINE}))
def test_a_command_in_the_manual_for_finance_is_understood(line: str) -> None:
    args = make_parser().parse_args(shlex.split(line)[1:])
    assert args.command == "check" or args.action


def test_the_keys_of_the_wizard_are_those_of_the_program() -> None:
    keys = {key for part in everything().values() for a in part for key in a.shown_keys.split()}
    said = set(re.findall(r"`([a-z])`", TEXT))
    assert said >= {"e", "k", "d", "t", "w"}
    assert said <= keys


DERIVED = [text for text in LINKS if "\nafleiding = " in text]
EXAMPLES = ("programmabegroting", "voortgang_taakvelden", "begroting_doelen")


@pytest.mark.parametrize(
    "text",
    [text for text in LINKS if text not in DERIVED],
    ids=["invoerblad", "programmas", "mutaties", "onderdelen"],
)
def test_a_link_in_the_manual_for_finance_is_a_link(text: str, tmp_path: Path) -> None:
    report, _findings = open_report(DATA)
    if "soort" in text:
        report = mutation_report(tmp_path)
    assert report is not None
    columns = {f"{kind}_primitief_{report.meta.year}" for kind in ("lasten", "baten")}
    columns.add("kolom.bedrag")
    shown = re.sub(r"_2026\]", f"_{report.meta.year}]", text)
    assert any(column in shown for column in columns)
    path = DATA / "koppelingen" / "uit-de-handleiding.toml"
    link, findings = link_from_bytes(report, path, shown.encode(), {"rapport": DATA})
    assert (findings, link is not None) == ([], True)


@pytest.mark.parametrize(("text", "name"), [*zip(DERIVED, EXAMPLES, strict=True)], ids=EXAMPLES)
def test_a_link_to_a_derived_table_in_the_manual_is_a_link(text: str, name: str) -> None:
    report = example(name)
    path = report.root / "koppelingen" / "uit-de-handleiding.toml"
    link, findings = link_from_bytes(report, path, text.encode(), {"rapport": report.root})
    assert (findings, link is not None) == ([], True)


def test_the_folders_in_the_manual_for_finance_are_whole_paths_on_windows() -> None:
    (settings,) = (tomllib.loads(block) for block in TOML if "[mappen]" in block)
    folders = settings["mappen"].values()
    assert len(folders) == 2
    assert all(PureWindowsPath(folder).is_absolute() for folder in folders)
