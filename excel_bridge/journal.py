"""The journal of syncs: what each one is about to change, before it does, and what came of it.

One file per sync in `.stavaza/journal`, a JSON object per line. First a `start` line and the
`change` lines (who, when, which cell, from, to), flushed to disk; then a `done` line per step; at
the end `end`. A file without `end` is a sync that was cut off. Amounts are texts as in TOML, ""
is blank.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from excel_bridge.plan import Agreed, CellId
from stavaza.account import account
from stavaza.amounts import Amount, format_toml
from stavaza.files import STATE_FOLDER, sync_folder

FOLDER = "journal"
Kind = Literal["sync", "undo"]


@dataclass(frozen=True)
class Change:
    """One figure that a sync moves, with both sides and the agreement before and after.

    `side` is where the figure is written. The figures of Excel are those of the cell, in the
    workbook's unit.
    """

    id: CellId
    path: tuple[str, ...]
    side: Literal["excel", "report"]
    before: Amount | Decimal | None
    after: Amount | Decimal | None
    workbook: str
    sheet: str
    row: int
    column: int
    row_existed: bool = True
    """Whether the report had the row before; else taking the change back removes it."""
    line: tuple[tuple[int, str], ...] = ()
    """The texts by column of the line that was added for it; taking it back removes the line."""
    values: tuple[tuple[str, str], ...] = ()
    """What the report's row came with besides figures, or what the sync set in it."""
    was: tuple[tuple[str, str], ...] = ()
    """What the fields in `values` said before, where the report had the row."""


@dataclass
class Entry:
    """One sync in the journal, as it was read back."""

    file: Path
    kind: Kind
    who: str
    when: str
    changes: list[Change] = field(default_factory=list)
    agreements: dict[CellId, tuple[Agreed | None, Agreed | None]] = field(default_factory=dict)
    """The agreement before and after, of each cell that the sync agreed on."""
    done: set[str] = field(default_factory=set)
    ended: bool = False
    settled: bool = False
    """Whether it was cut off, and closed by a later run."""
    undoes: str = ""
    """The name of the entry that this one takes back."""


class Journal:
    """The entry of one sync being written; each line is on disk before the next step begins."""

    def __init__(self, root: Path, kind: Kind, undoes: str = "") -> None:
        folder = journal_folder(root)
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now().astimezone()
        # the microseconds keep two syncs within a second in order; the token keeps them apart
        name = f"{now:%Y%m%dT%H%M%S}-{now.microsecond:06}-{secrets.token_hex(3)}.jsonl"
        self.file = folder / name
        self._stream = self.file.open("xb")
        sync_folder(folder)
        start = {"op": "start", "kind": kind, "who": account(), "when": now.isoformat()}
        try:
            self._write([{**start, "undoes": undoes}])
        except BaseException:
            self.close()
            raise

    def intend(
        self,
        changes: Iterable[Change],
        agreements: Mapping[CellId, tuple[Agreed | None, Agreed | None]],
    ) -> None:
        """Note what is about to happen, before anything does."""
        lines = [_change_line(change) for change in changes]
        lines += [
            {"op": "agree", "id": list(cell), "from": _agreed_text(old), "to": _agreed_text(new)}
            for cell, (old, new) in agreements.items()
        ]
        self._write(lines)

    def done(self, step: str) -> None:
        """Note that a step is finished: `excel:<link>`, `report:<element>`, `baseline:<link>`."""
        self._write([{"op": "done", "step": step}])

    def end(self) -> None:
        """Note that the sync is complete, and close the file."""
        self._write([{"op": "end"}])
        self.close()

    def close(self) -> None:
        """Close the file; without `end` the sync counts as cut off."""
        self._stream.close()

    def _write(self, lines: Iterable[Mapping[str, Any]]) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        self._stream.write(text.encode("utf-8"))
        self._stream.flush()
        os.fsync(self._stream.fileno())


def mark_ended(entry: Entry, note: str) -> None:
    """Close an entry that was cut off, with a word on how it was settled."""
    with entry.file.open("ab") as stream:
        text = json.dumps({"op": "end", "settled": note}) + "\n"
        # a line that was cut off halfway must not swallow this one
        stream.write(b"\n" + text.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())
    entry.ended = True


def read_journal(root: Path) -> list[Entry]:
    """All entries, oldest first. Lines that cannot be read are left out: they were cut off."""
    folder = journal_folder(root)
    if not folder.is_dir():
        return []
    found = [_read_entry(path) for path in sorted(folder.glob("*.jsonl"))]
    return [entry for entry in found if entry is not None]


def unfinished(root: Path) -> list[Entry]:
    """The syncs that were cut off, oldest first."""
    return [entry for entry in read_journal(root) if not entry.ended]


def last_undoable(root: Path) -> Entry | None:
    """The newest complete sync that changed something and was not taken back yet."""
    entries = read_journal(root)
    taken_back = {entry.undoes for entry in entries if _complete_undo(entry)}
    for entry in reversed(entries):
        undoable = entry.kind == "sync" and entry.ended and entry.changes
        if undoable and entry.file.name not in taken_back:
            return entry
    return None


def _complete_undo(entry: Entry) -> bool:
    return entry.kind == "undo" and entry.ended and not entry.settled


def find_entry(root: Path, name: str) -> Entry | None:
    """The entry whose file has that name."""
    return next((entry for entry in read_journal(root) if entry.file.name == name), None)


def journal_folder(root: Path) -> Path:
    """Where the journal of a report is; git ignores it."""
    return root / STATE_FOLDER / FOLDER


def _change_line(change: Change) -> dict[str, Any]:
    return {
        "op": "change",
        "id": list(change.id),
        "path": list(change.path),
        "side": change.side,
        "from": _text(change.before),
        "to": _text(change.after),
        "workbook": change.workbook,
        "sheet": change.sheet,
        "row": change.row,
        "column": change.column,
        "row_existed": change.row_existed,
        "line": [list(text) for text in change.line],
        "values": [list(value) for value in change.values],
        "was": [list(value) for value in change.was],
    }


def _text(value: Amount | Decimal | None) -> str:
    return "" if value is None else f"{value}"


def _read_text(text: str) -> Decimal | int | None:
    if not text:
        return None
    return Decimal(text) if "." in text or "E" in text else int(text)


def _agreed_text(agreed: Agreed | None) -> list[str | None] | None:
    if agreed is None:
        return None
    older = _amount_text(agreed.older) if agreed.has_older else None
    return [_amount_text(agreed.report), _amount_text(agreed.excel), older]


def _amount_text(amount: Amount | None) -> str:
    return "" if amount is None else format_toml(amount)


def _read_agreed(value: list[str | None] | None) -> Agreed | None:
    if value is None:
        return None
    report, excel, older = value
    has_older = older is not None
    return Agreed(
        _read_text(report or ""), _read_text(excel or ""), _read_text(older or ""), has_older
    )


def _read_entry(path: Path) -> Entry | None:
    entry: Entry | None = None
    for raw in path.read_bytes().split(b"\n"):
        try:
            line = json.loads(raw)
            if entry is None:
                entry = Entry(path, line["kind"], line["who"], line["when"], undoes=line["undoes"])
            else:
                _take(entry, line)
        except (ValueError, KeyError, TypeError):  # cut off while it was being written
            continue
    return entry


def _take(entry: Entry, line: dict[str, Any]) -> None:
    match line["op"]:
        case "change":
            entry.changes.append(
                Change(
                    CellId(*line["id"]),
                    tuple(line["path"]),
                    line["side"],
                    _read_text(line["from"]),
                    _read_text(line["to"]),
                    line["workbook"],
                    line["sheet"],
                    line["row"],
                    line["column"],
                    line["row_existed"],
                    tuple((column, text) for column, text in line.get("line", ())),
                    tuple((key, text) for key, text in line.get("values", ())),
                    tuple((key, text) for key, text in line.get("was", ())),
                )
            )
        case "agree":
            entry.agreements[CellId(*line["id"])] = (
                _read_agreed(line["from"]),
                _read_agreed(line["to"]),
            )
        case "done":
            entry.done.add(line["step"])
        case "end":
            entry.ended = True
            entry.settled = "settled" in line
