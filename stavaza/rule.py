"""A rule: what the code of a finding means, before it is applied to anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Rule:
    """What one code means: severity, title, the sentence about the data, and what to do.

    `message` may use the finding's parameters as `{name}`; all texts are gettext msgids.
    `without` is what to do where the action names what is `allowed` and there is nothing.
    """

    severity: Severity
    title: str
    message: str
    action: str
    without: str = ""
