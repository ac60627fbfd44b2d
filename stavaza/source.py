"""The file that an element, or report.toml, came from, as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """The file an element came from, as it was read: path, bytes and the data they hold."""

    path: Path
    raw: bytes
    data: Data

    @cached_property
    def digest(self) -> bytes:
        """What tells these bytes from any others."""
        import hashlib  # slow to load, and only publishing asks

        return hashlib.sha256(self.raw).digest()

    @cached_property
    def may_refer(self) -> bool:
        """Whether a text in it can hold `[[`; a backslash can spell a bracket in TOML."""
        return b"\\" in self.raw or (b"[" in self.raw and b"[[" in self.raw)
