"""`stavaza excel addin` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from excel_bridge.addin.build import build_addin
from tui.cli import main


def test_build_writes_the_add_in_and_says_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "een.xlam", tmp_path / "map"
    second.mkdir()
    assert main(["excel", "addin", "build", "--out", str(first)]) == 0
    assert main(["excel", "addin", "build", "--out", str(second)]) == 0
    assert first.read_bytes() == (second / "stavaza.xlam").read_bytes() == build_addin()
    out = capsys.readouterr().out
    assert "Gebouwd" in out
    assert str(first) in out


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    out = tmp_path / "bestand" / "stavaza.xlam"
    assert main(["excel", "addin", "build", "--out", str(out)]) == 2
    assert "bestand" in capsys.readouterr().err
