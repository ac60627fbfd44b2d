"""One move of a sync or an undo, and the words for what keeps it from happening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from excel_bridge.journal import Kind
from excel_bridge.plan import Agreed, CellId
from stavaza.amounts import Amount
from stavaza.errors import StavazaError
from stavaza.os_reasons import os_reason


@dataclass(frozen=True)
class Task:
    """One move: a figure (in the workbook's unit) to Excel, or euros to the report."""

    side: Literal["excel", "report"]
    value: Decimal | Amount | None
    drop_row: bool = False
    """Whether the row goes too when this empties it: it came with a sync that is undone."""
    values: tuple[tuple[str, str], ...] = ()
    """What the row came with besides figures, or comes with now."""
    retold: bool = False
    """Whether `values` are to be set in a row that the report has already."""
    line: tuple[tuple[int, str], ...] = ()
    """The texts of the workbook's line that goes away with this: it came with that sync."""


@dataclass(frozen=True)
class Work:
    """What is to be done: moves by cell, and for an undo the agreements to put back."""

    kind: Kind
    tasks: Mapping[CellId, Task]
    restored: Mapping[CellId, Agreed | None] = field(default_factory=dict)
    undoes: str = ""


def exact_decimal(value: Decimal | Amount | None) -> Decimal | None:
    """A figure as a decimal; None is blank."""
    return None if value is None else Decimal(value)


def reason_of(error: Exception) -> str:
    """Why something did not go through, as part of a sentence."""
    if isinstance(error, OSError) and not isinstance(error, StavazaError):
        return os_reason(error)
    return str(error)
