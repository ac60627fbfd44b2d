"""Sees sheets that are laid out alike, such as one for each programme, as one link."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from excel_bridge.draft import Draft
from excel_bridge.link_types import sheet_fits

_LEAST_SHEETS = 2


def over_sheets(drafts: Collection[Draft], names: Collection[str]) -> list[Draft]:
    """One reading for each pattern such as `Prog *` whose sheets hold different lines alike.

    `names` are all sheets of the workbook: a pattern over one that cannot be read so is none.
    """
    by_prefix: dict[str, list[Draft]] = {}
    for draft in drafts:
        prefix = draft.view.sheet.rstrip("0123456789.")
        if prefix and prefix != draft.view.sheet and not draft.view.table:
            by_prefix.setdefault(prefix, []).append(draft)
    found = (_together(prefix, alike, names) for prefix, alike in by_prefix.items())
    return [draft for draft in found if draft is not None]


def _together(prefix: str, drafts: list[Draft], names: Collection[str]) -> Draft | None:
    pattern = f"{prefix}*"
    covered = {name for name in names if sheet_fits(name, pattern) is not None}
    if len(drafts) < _LEAST_SHEETS or covered != {draft.view.sheet for draft in drafts}:
        return None
    lines = [place for draft in drafts for place in draft.lines.values()]
    best = max(drafts, key=lambda draft: (len(draft.guesses), draft.weight()))
    said = _places(best)
    alike = all(_places(draft).items() <= said.items() for draft in drafts)
    if len(set(lines)) < len(lines) or not alike:
        return None
    others = (draft.weight().evidence for draft in drafts if draft is not best)
    return replace(best, sheet=pattern, more_evidence=sum(others))


def _places(draft: Draft) -> dict[str, str]:
    """Where a reading finds its keys and columns, with their unit and sign."""
    data: dict[str, Any] = draft.data("", many_fields=False)
    found = {"sleutel": str(data["sleutel"])}
    for guess in draft.guesses:
        measure, header = guess.measure, data["kolom"][guess.key].get("kop")
        found[guess.key] = f"{header} {measure.unit} {measure.sign}"
    return found
