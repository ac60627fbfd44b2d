"""A short proof of what a person saw: it changes with every figure that a plan compares."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from excel_bridge.plan import CellPlan, Plan


def plan_digest(plan: Plan) -> str:
    """The proof of a whole plan, hexadecimal; equal cells count too, as they are agreed on."""
    cells = (cell_digest(cell) for cell in plan.cells())
    return digest([*cells, str(plan.interrupted)])


def cell_digest(cell: CellPlan) -> str:
    """The proof of one cell: all that the plan says of it."""
    return digest([repr(cell)])


def digest(parts: Iterable[str]) -> str:
    """Texts as 32 hexadecimal digits; no two lists of texts are taken for each other."""
    text = json.dumps(list(parts), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]
