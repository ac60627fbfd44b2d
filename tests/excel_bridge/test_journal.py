"""The journal: what is meant is on disk before it happens, and is read back whole or not at all."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from excel_bridge.journal import (
    Change,
    Journal,
    last_undoable,
    mark_ended,
    read_journal,
    unfinished,
)
from excel_bridge.plan import Agreed, CellId

CELL = CellId("begroting", "6.1.3", "663884", "lasten_primitief_2026")
CHANGE = Change(
    CELL, ("begroting", "663884", "lasten_primitief_2026"), "excel", Decimal("7.08"), None,
    "rapport:begroting.xlsx", "Invoer", 5, 3,
)  # fmt: skip
AGREEMENTS = {CELL: (None, Agreed(7077, 7000, None, True))}


def write(root: Path, *, end: bool = True) -> Path:
    journal = Journal(root, "sync")
    journal.intend([CHANGE], AGREEMENTS)
    journal.done("excel:begroting")
    journal.end() if end else journal.close()
    return journal.file


def test_an_entry_says_who_when_which_cell_from_and_to(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in write(tmp_path).read_text(encoding="utf-8").splitlines()]
    assert [line["op"] for line in lines] == ["start", "change", "agree", "done", "end"]
    assert lines[0].keys() >= {"who", "when"}
    assert (lines[1]["from"], lines[1]["to"], lines[1]["row"]) == ("7.08", "", 5)


def test_an_entry_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    write(tmp_path)
    (entry,) = read_journal(tmp_path)
    assert (entry.changes, entry.agreements, entry.ended) == ([CHANGE], AGREEMENTS, True)
    assert entry.done == {"excel:begroting"}


def test_a_sync_that_was_cut_off_is_recognised_until_it_is_settled(tmp_path: Path) -> None:
    write(tmp_path, end=False)
    (entry,) = unfinished(tmp_path)
    mark_ended(entry, "finished")
    assert unfinished(tmp_path) == []


def test_a_line_that_was_cut_off_halfway_does_not_hide_the_end(tmp_path: Path) -> None:
    path = write(tmp_path, end=False)
    path.write_bytes(path.read_bytes() + b'{"op": "done", "st')
    (entry,) = unfinished(tmp_path)
    assert entry.changes == [CHANGE]
    mark_ended(entry, "finished")
    assert unfinished(tmp_path) == []


def test_the_newest_complete_sync_is_the_one_to_take_back(tmp_path: Path) -> None:
    assert last_undoable(tmp_path) is None
    first = write(tmp_path)
    second = write(tmp_path)
    newest = last_undoable(tmp_path)
    assert newest is not None
    assert newest.file == second
    Journal(tmp_path, "undo", second.name).end()
    before = last_undoable(tmp_path)
    assert before is not None
    assert before.file == first
