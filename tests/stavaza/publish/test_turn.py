"""Two people who publish in the same folder: one at a time, and nobody waits for a dead program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from stavaza.files import STATE_FOLDER, locked, write_quickly
from stavaza.publish import PublishError, publish, turn
from stavaza.publish.manifest import MANIFEST
from stavaza.publish.turn import only_publisher
from stavaza.tree import Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED

HOLD_AND_WAIT = """
import sys
from pathlib import Path
from stavaza.publish.turn import only_publisher

with only_publisher(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path / "verslag"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE_SECONDS", 0.01)


def run(report: Report, out: Path, moment: str = "vgr2") -> None:
    publish(report, out, moment, now=BUILT, export_time=EXPORTED)


def site(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and STATE_FOLDER not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def test_another_who_publishes_meanwhile_is_refused_and_no_page_is_mixed(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "uit"
    told: list[str] = []

    def write_while_another_tries(path: str, data: bytes) -> os.stat_result:
        if not told:
            told.append("")
            with (
                ThreadPoolExecutor(1) as pool,
                pytest.raises(PublishError) as refused,
            ):
                pool.submit(run, report, out, "vgr1").result()
            told[0] = str(refused.value)
        return write_quickly(path, data)

    monkeypatch.setattr("stavaza.publish.folder.write_quickly", write_while_another_tries)
    run(report, out)
    monkeypatch.undo()
    assert str(out) in told[0]
    run(report, tmp_path / "alleen")
    assert site(out) == site(tmp_path / "alleen")


def test_the_one_who_waits_reads_who_is_busy_where_and_since_when(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "account", lambda: "j.jansen")
    monkeypatch.setattr("platform.node", lambda: "PC-0412")
    with (
        only_publisher(tmp_path),
        pytest.raises(PublishError, match=r"j\.jansen publiceert .* PC-0412, sinds \d\d:\d\d"),
    ):
        run(report, tmp_path)


@pytest.mark.parametrize(
    "note",
    [b"", b"{", b"[]", b"{}", b"\xff", b'{"wie": "x", "computer": "y", "sinds": "gisteren"}'],
)
def test_a_note_that_says_nothing_still_gives_a_sentence(
    report: Report, tmp_path: Path, note: bytes
) -> None:
    with only_publisher(tmp_path):
        (tmp_path / STATE_FOLDER / "publicatie-wie.json").write_bytes(note)
        with pytest.raises(PublishError, match="Een ander programma publiceert"):
            run(report, tmp_path)


def test_a_program_that_was_killed_holds_nobody_up(report: Report, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_WAIT, str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(PublishError, match="publiceert"):
            run(report, out)
        holder.kill()
        holder.wait()
    assert holder.returncode in (-getattr(signal, "SIGKILL", 9), 1)
    run(report, out)
    assert json.loads((out / MANIFEST).read_text(encoding="utf-8"))["paginas"]
    assert not (out / STATE_FOLDER / "publicatie-wie.json").exists()


def test_the_one_who_waited_publishes_also_where_the_other_was_refused(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "PATIENCE_SECONDS", 60)
    out = tmp_path / "uit"
    asked = threading.Event()

    def lock_that_tells(
        root: Path, name: str, timeout_seconds: float
    ) -> AbstractContextManager[None]:
        asked.set()
        return locked(root, name, timeout_seconds)

    with ThreadPoolExecutor(1) as pool:
        with only_publisher(out):
            monkeypatch.setattr(turn, "locked", lock_that_tells)
            second = pool.submit(run, report, out)
            assert asked.wait(60)
        second.result()
    assert (out / MANIFEST).exists()
