"""Short values on a page: in Dutch notation where they are what their field wants, else as is."""

from __future__ import annotations

from decimal import Decimal

from stavaza.amounts import LARGEST, Amount, AmountError, exact
from stavaza.fields import AnyField, amount_or_phrase, show_value
from stavaza.notation import PLAIN, Notation, show_amount_or_phrase
from stavaza.publish.view import CellView, StatusView
from stavaza.template import Column, Field, Status
from stavaza.tree import Element, Report

_LONGEST = 400
_AS_WRITTEN = ("regel", "code")
"""Types of which a text of one line is shown as it is."""
EMPTY_AMOUNT = CellView("", numeric=True)


def as_it_stands(value: object) -> str:
    """A value that is not what its field wants: shown all the same, on one line, not endless."""
    try:
        text = str(value)
    except ValueError:  # Python refuses to write integers of thousands of digits
        return "…"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def value_lines(report: Report, spec: AnyField, value: object) -> tuple[str, ...]:
    """The lines of a value that is not long text; none for an empty one."""
    if value is None:
        return ()
    if spec.type == "bedrag_opmerking":
        return (_remark_text(report, spec, value),)
    if spec.type == "bedrag" or isinstance(value, int | Decimal):
        return (_number_text(report, spec, value),)
    shown = show_value(spec, value, persons=report.meta.persons)
    return tuple(line for line in shown.splitlines() if line.strip())


def _notation(report: Report, spec: AnyField) -> Notation:
    return report.template.notation(spec.notation) if isinstance(spec, Field) else PLAIN


def _remark_text(report: Report, spec: AnyField, value: object) -> str:
    found = amount_or_phrase(value)
    if found is None:
        return as_it_stands(value)
    return show_amount_or_phrase(found, _notation(report, spec))


def _number_text(report: Report, spec: AnyField, value: object) -> str:
    if spec.type == "bedrag":
        return amount_text(value, _notation(report, spec))
    if spec.type in ("percentage", "getal") and isinstance(value, int | Decimal):
        if not _plain(value):
            return as_it_stands(value)
        named = isinstance(spec, Field) and bool(spec.notation)
        return _notation(report, spec).show_number(value) if named else show_value(spec, value)
    return as_it_stands(value)


def _plain(value: int | Decimal) -> bool:
    try:
        exact(value)
    except AmountError:
        return isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 15
    return True


def amount_text(value: object, notation: Notation = PLAIN, measure: str | None = None) -> str:
    """An amount in its notation; what is no amount as it stands."""
    if type(value) is int and -LARGEST < value < LARGEST:
        return notation.show(value, measure)
    try:
        return notation.show(exact(value), measure)
    except AmountError:
        return as_it_stands(value)


def amount_cell(
    value: Amount | None,
    raw: object = None,
    notation: Notation = PLAIN,
    measure: str | None = None,
) -> CellView:
    """The cell of an amount; `raw` is what stands in the file where that is no amount."""
    if value is None:
        return EMPTY_AMOUNT if raw is None else CellView(as_it_stands(raw), numeric=True)
    return CellView(amount_text(value, notation, measure), True, value < 0, value)


def as_shown(value: Amount | None, notation: Notation, measure: str | None) -> Amount | None:
    """An amount in euros with the sign that a page gives it."""
    return -value if value is not None and measure in notation.flipped else value


def column_cell(report: Report, column: Column, value: object) -> CellView:
    """A cell of a table that is no amount, with the number in it."""
    text = column_text(report, column, value)
    if column.type not in ("getal", "percentage"):
        return CellView(text)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not _plain(value):
        return CellView(text, numeric=True)
    return CellView(text, numeric=True, value=value)


def column_text(report: Report, column: Column, value: object) -> str:
    """A cell of a table that is no amount."""
    if value is None:
        return ""
    if column.type in _AS_WRITTEN and isinstance(value, str) and value.isprintable():
        return "" if value.isspace() else value
    return " ".join(value_lines(report, column, value))


def status_view(status: Status | None, raw: object) -> StatusView | None:
    """A status to show; an unknown one by what the file says, None where it says nothing."""
    if status is not None:
        return StatusView(status.label, status.color, status.symbol)
    return StatusView(as_it_stands(raw)) if raw not in (None, "") else None


def named(report: Report, element: Element) -> str:
    """What a finding calls an element."""
    return report.heading(element) or element.id
