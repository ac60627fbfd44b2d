"""What a template has `check` look for beyond single values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from stavaza.template import Condition

CheckForm = Literal["voorbij", "verlopen", "ongewijzigd", "incidenteel", "bereik", "optelling"]
CHECK_FORMS: tuple[CheckForm, ...] = get_args(CheckForm)


@dataclass(frozen=True)
class ContentCheck:
    """What a template has `check` look for beyond single values; forms: `stavaza.check_content`.

    It looks at `field` of elements of `kind` (in a table: at `column`; without one at all texts per
    moment), of those with one of the values of `when`, not those of `unless`. `end` is the field
    or column of the year in which something ends, `unit` that of the unit of a number, `low` and
    `high` its limits. `moments` are those at which the year of the report counts as past. `parts`
    are summed: kind, field, column.
    """

    key: str
    form: CheckForm
    kind: str
    field: str
    column: str = ""
    when: Condition | None = None
    unless: Condition | None = None
    years: int = 3
    end: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    words: int = 0
    moments: tuple[str, ...] = ()
    parts: tuple[str, str, str] | None = None
