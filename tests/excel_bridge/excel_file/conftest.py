"""What the tests of the file engine share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

import excel_bridge
from tests.excel_bridge.excel_file import packages


@pytest.fixture(autouse=True)
def file_engine() -> Iterator[None]:
    """Let xlwings use the file engine for one test."""
    before = xw.engines.active
    excel_bridge.use_file_engine()
    yield
    for app in list(xw.apps):
        app.quit()
    xw.engines.active = before


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAVAZA_LANG", "en")


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Path]:
    """Give a function that writes a one-sheet workbook from the sheet's XML."""

    def build(sheet: str | bytes, workbook: str = "", **more: str | bytes) -> Path:
        return packages.write(tmp_path / "map.xlsx", packages.parts(sheet, workbook, **more))

    return build
