"""The baseline: what both sides of a link agreed on last, in `koppelingen/<link>.baseline.toml`.

A keyed table per row and one line per cell, so that a `git diff` shows the lines of the figures
that changed and no others. Amounts are euros; `leeg` is an agreed blank.

    ["6.1.3".663884]
    lasten_wijziging_2026 = { nu = 185000, eerder = 150000 }
    baten_wijziging_2026 = { nu = 17450, excel = 17000 }
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from sys import intern
from typing import Any, Final

from excel_bridge.plan import Agreed
from stavaza.amounts import Amount, AmountError, exact, format_toml
from stavaza.finding import Finding
from stavaza.os_reasons import os_reason
from stavaza.toml_lines import key_lines
from stavaza.toml_reader import parse_toml

BaselineKey = tuple[str, str, str]
"""Element, row, column."""

Baseline = dict[BaselineKey, Agreed]

BLANK: Final = "leeg"
_NOW, _EXCEL, _OLDER = "nu", "excel", "eerder"
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_CONFLICT_MARKS: Final = (b"<<<<<<< ", b">>>>>>> ")
_KEY_TEXT: Final = r"""([A-Za-z0-9_-]+|"[^"\\\x00-\x1f]+")"""
_VALUE_TEXT: Final = r"""(-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,2})?|"leeg")"""
_ROW_LINE: Final = re.compile(rf"\[{_KEY_TEXT}\.{_KEY_TEXT}\]")
_CELL_LINE: Final = re.compile(
    rf"{_KEY_TEXT} = \{{ nu = {_VALUE_TEXT}(?:, excel = {_VALUE_TEXT})?"
    rf"(?:, eerder = {_VALUE_TEXT})? \}}"
)
_HEAD: Final = "# Laatste afstemming met de werkmap. Stavaza houdt dit bestand bij.\n"


def read_baseline(path: Path) -> tuple[Baseline, bytes | None, list[Finding]]:
    """The agreements, the file's bytes (None where there is no file), and unreadable lines.

    A line that cannot be read counts as no agreement: its cell is asked about or agreed on again.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}, None, []
    except OSError as error:
        return {}, None, [Finding("R026", {"reason": os_reason(error)}, path)]
    baseline, findings = parse_baseline(raw, path)
    return baseline, raw, findings


def parse_baseline(raw: bytes, path: Path) -> tuple[Baseline, list[Finding]]:
    """The agreements that the bytes of a baseline file hold, and the lines that hold none."""
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if line.startswith(_CONFLICT_MARKS):
            return {}, [Finding("R028", {}, path, number)]
    plain = _plain(raw)
    if plain is not None:
        return plain, []
    table, text, findings = parse_toml(raw, path)
    if table is None:
        return {}, findings
    baseline: Baseline = {}
    wrong: list[tuple[str, ...]] = []
    for key, value in _cells(table):
        agreed = _agreed(value) if len(key) == 3 else None
        if agreed is None:
            wrong.append(key)
        else:
            baseline[key[0], key[1], key[2]] = agreed
    lines = key_lines(text) if wrong else {}
    findings += [
        Finding("X007", {"key": ".".join(key)}, path, lines.get(key), None, key) for key in wrong
    ]
    return baseline, findings


def _plain(raw: bytes) -> Baseline | None:
    """What a file says in which every line is as `baseline_bytes` writes it; else None.

    TOML itself takes some ten times as long, and a large link has hundreds of thousands of lines.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found: Baseline = {}
    row: tuple[str, str] | None = None
    for line in text.splitlines():
        cell = _CELL_LINE.fullmatch(line)
        if cell is not None and row is not None:
            column, now, excel, older = cell.groups()
            key = (*row, intern(column.strip('"')))
            if key in found:
                return None
            report = _written(now)
            found[key] = Agreed(
                report,
                report if excel is None else _written(excel),
                None if older is None else _written(older),
                older is not None,
            )
        elif head := _ROW_LINE.fullmatch(line):
            element, name = (part.strip('"') for part in head.groups())
            row = intern(element), name
        elif line and not line.startswith("#"):
            return None
    return found


def _written(text: str) -> Amount | None:
    if text.startswith('"'):
        return None
    return exact(Decimal(text)) if "." in text else int(text)


def _cells(table: Mapping[str, Any]) -> list[tuple[tuple[str, ...], Any]]:
    """Every value three levels down with its path; what ends earlier comes with a shorter one."""
    found: list[tuple[tuple[str, ...], Any]] = []
    for element, rows in table.items():
        if not isinstance(rows, dict):
            found.append(((element,), rows))
            continue
        for row, columns in rows.items():
            if not isinstance(columns, dict):
                found.append(((element, row), columns))
                continue
            found += [((element, row, column), value) for column, value in columns.items()]
    return found


def _agreed(value: object) -> Agreed | None:
    if not isinstance(value, dict) or _NOW not in value:
        return None
    if not set(value) <= {_NOW, _EXCEL, _OLDER}:
        return None
    try:
        now = _amount(value[_NOW])
        excel = _amount(value[_EXCEL]) if _EXCEL in value else now
        older = _amount(value[_OLDER]) if _OLDER in value else None
    except AmountError:
        return None
    return Agreed(now, excel, older, _OLDER in value)


def _amount(value: object) -> Amount | None:
    return None if value == BLANK else exact(value)


def baseline_bytes(baseline: Mapping[BaselineKey, Agreed]) -> bytes:
    """The canonical bytes of a baseline: rows and cells in plain order of key."""
    parts = [_HEAD]
    before: tuple[str, str] | None = None
    for (element, row, column), agreed in sorted(baseline.items()):
        if (element, row) != before:
            parts.append(f"\n[{_key(element)}.{_key(row)}]\n")
            before = (element, row)
        parts.append(f"{_key(column)} = {_line(agreed)}\n")
    return "".join(parts).encode("utf-8")


def _line(agreed: Agreed) -> str:
    values = {_NOW: agreed.report}
    if agreed.excel != agreed.report:
        values[_EXCEL] = agreed.excel
    if agreed.has_older:
        values[_OLDER] = agreed.older
    shown = ", ".join(f"{key} = {_value(amount)}" for key, amount in values.items())
    return f"{{ {shown} }}"


def _value(amount: Amount | None) -> str:
    return f'"{BLANK}"' if amount is None else format_toml(amount)


def _key(key: str) -> str:
    """A key as TOML writes it: bare where it can be, else in quotes."""
    if _BARE.fullmatch(key):
        return key
    escaped = "".join(_escaped(sign) for sign in key)
    return f'"{escaped}"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x20 or ord(sign) == 0x7F else sign
