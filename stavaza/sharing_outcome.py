"""How far a share came, and what stops one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from stavaza.errors import StavazaError
from stavaza.finding import Finding

End = Literal["shared", "conflicts", "errors", "offline", "no-place"]


class ShareError(StavazaError):
    """Sharing cannot start or go on; the text says what to do. What was saved is safe."""


@dataclass
class Outcome:
    """How far it came: shared, or recorded here and why it went no further.

    `recorded` and `received` count files; `findings` are conflicts to decide or errors to mend;
    `sentences` tell a person the whole story in order.
    """

    end: End = "no-place"
    recorded: int = 0
    received: int = 0
    sentences: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self, root: Path) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "end": self.end,
            "recorded": self.recorded,
            "received": self.received,
            "findings": [finding.as_json(root) for finding in self.findings],
        }
