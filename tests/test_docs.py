"""The documentation tells the truth about what can be checked: links, files, names, commands."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from tui.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EVERY_PAGE = pytest.mark.parametrize(
    "page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?<!\.)(?:stavaza|excel_bridge|tui|tests|docs|templates)/[\w/.-]+\.\w+")
CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)*")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@EVERY_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    local = [
        link for link in LINK.findall(text_of(page)) if not re.match(r"https?:|#|mailto:", link)
    ]
    broken = [link for link in local if not (page.parent / link.partition("#")[0]).exists()]
    assert broken == []


@EVERY_PAGE
def test_files_that_are_named_exist(page: Path) -> None:
    named = {name for code in CODE.findall(text_of(page)) for name in FILE.findall(code)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_terms_name_classes_that_exist() -> None:
    classes = {
        node.name
        for package in ("stavaza", "excel_bridge", "tui")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.ClassDef)
    }
    rows = [row.split("|") for row in text_of(ROOT / "docs" / "begrippen.md").splitlines()]
    named = {
        code
        for row in rows
        if len(row) > 4
        for code in CODE.findall(row[4])
        if CLASS.fullmatch(code)
    }
    assert len(named) > 5
    assert named - classes == set()


def test_the_readme_names_commands_that_exist() -> None:
    existing = {str(import_module(f"tui.commands.{name}").NAME) for name in COMMANDS}
    named = set(re.findall(r"`stavaza ([a-z]+)", text_of(ROOT / "README.md")))
    assert named
    assert named - existing == set()


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=\[ ;]", entry)[0] for entry in wanted}
    reasons = text_of(ROOT / "docs" / "decisions" / "bibliotheken.md")
    rows = [row.split("|")[1] for row in reasons.splitlines() if row.startswith("| ")]
    explained = {name.strip() for cell in rows for name in cell.split(",")}
    assert names - explained == set()


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = text_of(folder / "README.md")
    notes = {page.name for page in folder.glob("*.md")} - {"README.md"}
    assert {note for note in notes if f"({note})" not in index} == set()
