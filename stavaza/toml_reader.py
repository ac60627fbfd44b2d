"""Reads a TOML table key by key and turns everything that is wrong with it into findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from stavaza.finding import Finding, KeyPath
from stavaza.i18n import N_, _
from stavaza.toml_lines import error_line, line_of
from stavaza.toml_reasons import reason_of
from stavaza.toml_text import TomlError, loads


def type_name(value: object) -> str:
    """How a TOML value's type is called in a message (a gettext msgid)."""
    names: list[tuple[type, str]] = [
        (bool, N_("true or false")),
        (str, N_("text")),
        (int, N_("a whole number")),
        (Decimal, N_("a number with decimals")),
        (float, N_("a number with decimals")),
        (dict, N_("a table")),
        (list, N_("a list")),
    ]
    return next((name for kind, name in names if isinstance(value, kind)), N_("a date or time"))


def parse_toml(data: bytes, path: Path) -> tuple[dict[str, Any] | None, str, list[Finding]]:
    """TOML bytes as plain data with exact decimals, their text, and what keeps them from parsing.

    A byte order mark and CRLF are accepted.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, "", [Finding("R003", {}, path, line)]
    text = text.replace("\r\n", "\n")
    try:
        return loads(text), text, []
    except TomlError as error:
        line = error_line(str(error)) or text.count("\n") + 1
        return None, text, [Finding("R002", {"reason": reason_of(str(error))}, path, line)]
    except (RecursionError, ValueError):
        return None, text, [Finding("R002", {"reason": _("nested too deep or too long")}, path, 1)]


class TableReader:
    """One TOML table being read: hands out typed values and collects findings on the way."""

    def __init__(
        self,
        table: Mapping[str, Any],
        file: Path,
        text: str,
        findings: list[Finding],
        path: KeyPath = (),
    ) -> None:
        self.table = table
        self.file = file
        self.text = text
        self.findings = findings
        self.path = path
        self.shown = ".".join(path)
        """The path for people, who count tables of an array from 1."""
        self.used: set[str] = set()

    def report(self, code: str, key: str | None = None, **params: str) -> None:
        """Add a finding about `key` of this table, or about the table itself."""
        path = self.path if key is None else (*self.path, key)
        where = self._shown(key) if key is not None else self.shown
        where = where or self.file.name
        line = line_of(self.text, path) or 1
        self.findings.append(Finding(code, {"key": where, **params}, self.file, line, None, path))

    def lacks(self, key: str, *, table: bool = False, named: bool = False) -> None:
        """Report that `key` is missing: a line, a table, or a table of tables with names."""
        whole = self._shown(key)
        line = f"[{whole}.…]" if named else f"[{whole}]" if table else f"{key} = …"
        self.report("T002", None, missing=key, line=line)

    def _typed(self, key: str, kind: type, expected: str, required: bool) -> Any:
        self.used.add(key)
        if key not in self.table:
            if required:
                self.lacks(key, table=kind is dict)
            return None
        value = self.table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.report("T003", key, expected=expected, found=type_name(value))
            return None
        return value

    def text_value(self, key: str, default: str | None = None) -> str:
        """A text; without a default the key must be there. Wrong or missing gives ''."""
        value = self._typed(key, str, N_("text"), default is None)
        return value if isinstance(value, str) else default or ""

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false, the default when absent."""
        value = self._typed(key, bool, N_("true or false"), False)
        return value if isinstance(value, bool) else default

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """A text out of a closed set; '' where it is not."""
        value = self.text_value(key, default)
        blank = not value and default is None and self.table.get(key) == ""
        if blank or (value and value not in allowed):
            self.report("T006", key, value=value, allowed=", ".join(allowed))
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when absent."""
        value = self._typed(key, list, N_("a list"), False) or []
        if not all(isinstance(item, str) for item in value):
            self.report(
                "T003", key, expected=N_("a list of texts"), found=N_("a list with something else")
            )
            return ()
        return tuple(value)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers, empty when absent."""
        value = self._typed(key, list, N_("a list"), False) or []
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in value):
            self.report(
                "T003",
                key,
                expected=N_("a list of whole numbers"),
                found=N_("a list with something else"),
            )
            return ()
        return tuple(value)

    def number(self, key: str, default: int | None) -> int:
        """A whole number; without a default the key must be there. Wrong or missing gives 0."""
        value = self._typed(key, int, N_("a whole number"), default is None)
        return value if isinstance(value, int) else default or 0

    def decimal(self, key: str) -> Decimal | None:
        """A number with or without decimals; None when absent or wrong."""
        self.used.add(key)
        value = self.table.get(key)
        if value is None:
            return None
        exact = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not exact or not Decimal(value).is_finite():
            self.report("T003", key, expected=N_("a number"), found=type_name(value))
            return None
        return Decimal(value)

    def sub(self, key: str, required: bool = False) -> TableReader | None:
        """The table below `key`, or None."""
        value = self._typed(key, dict, N_("a table"), required)
        return self._reader(value, key) if isinstance(value, dict) else None

    def subs(self, key: str, required: bool = False) -> list[tuple[str, TableReader]]:
        """The named tables below the table `key`, in the file's order."""
        if required and key not in self.table:
            self.used.add(key)
            self.lacks(key, named=True)
        outer = self.sub(key)
        if outer is None:
            return []
        found = []
        for name in outer.table:
            inner = outer.sub(name)
            if inner is not None:
                found.append((name, inner))
        return found

    def items(self, key: str) -> list[TableReader]:
        """The tables of an array of tables."""
        value = self._typed(key, list, N_("a list of tables"), False) or []
        if not all(isinstance(item, dict) for item in value):
            self.report(
                "T003", key, expected=N_("a list of tables"), found=N_("a list with something else")
            )
            return []
        return [
            self._reader(item, key, str(index), shown=f"{self._shown(key)} #{index + 1}")
            for index, item in enumerate(value)
        ]

    def done(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.table:
            if key not in self.used:
                self.report("T004", key, allowed=", ".join(sorted(self.used)))

    def _reader(self, table: Mapping[str, Any], *keys: str, shown: str = "") -> TableReader:
        made = TableReader(table, self.file, self.text, self.findings, (*self.path, *keys))
        made.shown = shown or self._shown(*keys)
        return made

    def _shown(self, *keys: str) -> str:
        return ".".join([*([self.shown] if self.shown else []), *keys])
