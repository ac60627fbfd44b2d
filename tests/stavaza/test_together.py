"""Files that belong together change all or not at all, also when the power fails halfway."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from stavaza.open_codes import give_code
from stavaza.store import open_report as open_folder
from stavaza.together import NOTE, finish, replace_together
from tests.stavaza.making import opened
from tests.stavaza.test_open_codes import OPEN, open_report
from tests.tui.running import files_of

CUT = """
import os, sys
from pathlib import Path
from stavaza import files, open_codes, store
root, left = Path(sys.argv[1]), int(sys.argv[2])
report, _findings = store.open_report(root)
real = files.write_safely, Path.unlink
def one_less():
    global left
    left -= 1
    if left < 0:
        os._exit(9)
def write(path, data):
    if path.name != "codes.json":
        one_less()
    real[0](path, data)
def unlink(path, missing_ok=False):
    if path.suffix in (".toml", ".json"):
        one_less()
    real[1](path, missing_ok=missing_ok)
files.write_safely, Path.unlink = write, unlink
open_codes.give_code(report, report.elements[sys.argv[3]], "6")
"""
"""Gives a code, and ends without any further word before the given number of changes is passed."""


def cut_after(root: Path, steps: int) -> bool:
    """Give the code with the power failing after some changes; whether it failed."""
    done = subprocess.run(
        [sys.executable, "-c", CUT, str(root), str(steps), OPEN], check=False, timeout=60
    )
    assert done.returncode in (0, 9)
    return done.returncode == 9


def test_after_a_power_cut_at_any_step_the_report_has_all_of_it_or_nothing(tmp_path: Path) -> None:
    whole = tmp_path / "heel"
    whole.mkdir()
    report = open_report(whole)
    before = files_of(whole)
    give_code(report, report.elements[OPEN], "6")
    after = files_of(whole)
    seen = []
    for steps in range(20):
        root = tmp_path / str(steps)
        root.mkdir()
        open_report(root)
        if not cut_after(root, steps):
            break
        opened(root)
        assert files_of(root) in (before, after)
        assert not (root / ".stavaza" / NOTE).exists()
        seen.append(files_of(root) == after)
    assert seen[0] is False
    assert seen[1:]
    assert all(seen[1:])


def noted(root: Path, *entries: tuple[str, bytes, bytes | None]) -> Path:
    """Leave a note as a power cut does: file, its bytes before, and after."""
    note = root / ".stavaza" / NOTE
    note.parent.mkdir(parents=True, exist_ok=True)
    listed = [
        {
            "bestand": name,
            "was": hashlib.sha256(old).hexdigest() if old else "",
            "wordt": None if new is None else base64.b64encode(new).decode("ascii"),
        }
        for name, old, new in entries
    ]
    note.write_text(json.dumps(listed), encoding="ascii")
    return note


def test_what_somebody_changed_since_stays_and_then_nothing_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"x = 3\n")
    (tmp_path / "b.toml").write_bytes(b"b = 1\n")
    note = noted(
        tmp_path,
        ("a.toml", b"x = 1\n", b"x = 2\n"),
        ("c.toml", b"", b"c = 1\n"),
        ("b.toml", b"b = 1\n", None),
    )
    finish(tmp_path)
    assert not note.exists()
    assert files_of(tmp_path) == {"a.toml": b"x = 3\n", "b.toml": b"b = 1\n", "c.toml": b"c = 1\n"}


@pytest.mark.parametrize(
    "name", ["../buiten.toml", ".git/hooks/x.toml", "/x.toml", "x.py", "C:/x.toml", "a\\b.toml"]
)
def test_a_note_from_somebody_else_reaches_no_other_file(tmp_path: Path, name: str) -> None:
    root = tmp_path / "rapport"
    root.mkdir()
    note = noted(root, ("goed.toml", b"", b"x = 1\n"), (name, b"", b"x = 1\n"))
    open_folder(root)
    assert not note.exists()
    assert list(files_of(tmp_path)) == []


def test_a_note_that_makes_no_sense_is_dropped(tmp_path: Path) -> None:
    note = noted(tmp_path)
    for text in ("", "{", '[{"bestand": 3}]', "3"):
        note.write_text(text, encoding="utf-8")
        finish(tmp_path)
        assert not note.exists()


def test_without_a_power_cut_nothing_is_left_behind(tmp_path: Path) -> None:
    replace_together(tmp_path, {tmp_path / "a.toml": b"x = 1\n"})
    assert files_of(tmp_path) == {"a.toml": b"x = 1\n"}
    assert not (tmp_path / ".stavaza" / NOTE).exists()
