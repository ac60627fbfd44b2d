"""A finding: one thing wrong or missing, as a code with parameters that is worded late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stavaza.display import in_sentence
from stavaza.finding_codes import RULES
from stavaza.i18n import N_, _
from stavaza.rule import Rule, Severity

KeyPath = tuple[str, ...]

_NOTHING_TO_CHOOSE = N_("There is nothing yet to choose from: make it, or take the line away.")


@dataclass(frozen=True)
class Finding:
    """One thing wrong or missing at a place in a file.

    `path` is the address of the value inside the element (see `stavaza.tree`), `element` its id,
    `line` counts from 1. All but the code may be unknown.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
    file: Path | None = None
    line: int | None = None
    element: str | None = None
    path: KeyPath = ()

    @property
    def rule(self) -> Rule:
        """The rule that this finding breaks."""
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        """How bad it is: an error blocks publishing and syncing, a warning does not."""
        return self.rule.severity

    @property
    def title(self) -> str:
        """The rule's title in the reader's language."""
        return _(self.rule.title)

    @property
    def message(self) -> str:
        """The sentence about this case in the reader's language."""
        return _(self.rule.message).format(**self._worded())

    @property
    def action(self) -> str:
        """What to do about it, in the reader's language."""
        rule, allowed = self.rule, self.params.get("allowed")
        none = allowed in ("", "-") and "{allowed}" in rule.action
        said = (rule.without or _NOTHING_TO_CHOOSE) if none else rule.action
        return _(said).format(**self._worded())

    def _worded(self) -> dict[str, str]:
        """The parameters for people: names of types and reasons are msgids until here."""
        return {
            key: _(value)
            if key in ("expected", "found", "reason")
            else in_sentence(value)
            if key == "element"
            else value
            for key, value in self.params.items()
        }

    def place(self, root: Path | None = None) -> str:
        """`file:line`, relative to `root` where it lies below it."""
        if self.file is None:
            return ""
        shown = self.file
        if root is not None and self.file.is_relative_to(root):
            shown = self.file.relative_to(root)
        return f"{shown}:{self.line}" if self.line else str(shown)

    def line_of_text(self, root: Path | None = None) -> str:
        """`file:line: code message action`, the form in which a terminal lists findings."""
        place = self.place(root)
        head = f"{place}: " if place else ""
        return f"{head}{self.code} {self.message} {self.action}"

    def as_json(self, root: Path | None = None) -> dict[str, object]:
        """Plain data for machines: never translated."""
        file = self.file
        if file is not None and root is not None and file.is_relative_to(root):
            file = file.relative_to(root)
        return {
            "code": self.code,
            "severity": self.severity,
            "file": file.as_posix() if file else None,
            "line": self.line,
            "element": self.element,
            "field": list(self.path),
            "params": dict(self.params),
        }
