"""What the proposal sheet asks of xlwings is there on Windows and on macOS.

The engines for both are read as source: neither can be loaded elsewhere.
"""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

USED = {
    "App": "books alert run screen_updating engine",
    "Book": "app fullname name sheets",
    "Sheets": "add __iter__ __len__ __call__",
    "Sheet": "delete name range used_range visible",
    "Range": "color= column column_hidden= column_width= data_validation font formula"
    " horizontal_alignment= number_format= raw_value= row shape",
    "Font": "bold= color=",
    "DataValidation": "set_list",
}
"""By class of an engine; `=` behind a member that is set."""


def source(module: str) -> dict[str, ast.ClassDef]:
    spec = find_spec("xlwings")
    assert spec is not None
    assert spec.origin is not None
    text = (Path(spec.origin).parent / f"{module}.py").read_text(encoding="utf-8")
    return {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}


def members(node: ast.ClassDef) -> set[str]:
    """What a class defines itself: the base classes of xlwings only refuse."""
    found = set()
    for each in node.body:
        if isinstance(each, ast.FunctionDef):
            found.add(each.name)
            if any(
                isinstance(d, ast.Attribute) and d.attr == "setter" for d in each.decorator_list
            ):
                found.add(f"{each.name}=")
        elif isinstance(each, ast.Assign):
            found |= {target.id for target in each.targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize("module", ["_xlwindows", "_xlmac"])
@pytest.mark.parametrize("name", USED)
def test_each_member_that_is_used_exists(module: str, name: str) -> None:
    assert set(USED[name].split()) - members(source(module)[name]) == set()


def test_what_is_missing_is_noticed() -> None:
    assert "freeze_panes" not in members(source("_xlwindows")["Sheet"])
