"""Checks of content that a template asks for in `[controle.*]`: each form is a function here.

The parameters are the template's; what they mean stands with `ContentCheck`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from stavaza import derive, units
from stavaza.amounts import Amount, format_dutch, rounding_tolerance
from stavaza.finding import KeyPath
from stavaza.notation import show_number
from stavaza.standards import standard
from stavaza.template import Condition, Field, Kind
from stavaza.template_content import CheckForm, ContentCheck
from stavaza.tree import Element, Report

Params = dict[str, str]
Draft = tuple[str, Params, KeyPath]
Row = Mapping[str, object]


def content_findings(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """Code, parameters and address of what the template's checks find in one element."""
    if element.retired:
        return
    for check in report.template.checks.values():
        if check.kind != kind.key:
            continue
        for spec in _looked_at(check, kind):
            case = _Case(report, element, check, spec)
            if not case.excepted():
                yield from _FORMS[check.form](case)


def _looked_at(check: ContentCheck, kind: Kind) -> list[Field]:
    """The field of the check; where it names none, all texts per moment of the kind."""
    if check.field:
        return [kind.fields[check.field]]
    return [spec for spec in kind.fields.values() if spec.type == "tekst" and spec.per_moment]


@dataclass(frozen=True)
class _Case:
    """One check of one element."""

    report: Report
    element: Element
    check: ContentCheck
    spec: Field

    @property
    def name(self) -> str:
        return self.report.heading(self.element)

    def value_of(self, key: str, row: Row | None = None) -> object:
        """The value that a condition looks at: of the row, else of the element at this moment."""
        if row is not None and any(column.key == key for column in self.spec.columns):
            return row.get(key)
        other = self.report.field(self.element, key)
        if other is None:
            return None
        return self.element.get(self.report.path_of(other, self.report.current_moment.key))

    def holds(self, condition: Condition | None, row: Row | None = None) -> bool:
        return condition is not None and self.value_of(condition.field, row) in condition.values

    def excepted(self, row: Row | None = None) -> bool:
        """Whether the conditions leave the element, or a row of it, out."""
        if row is None and self.spec.type == "tabel":
            return False
        unwanted = self.holds(self.check.unless, row)
        return unwanted or (self.check.when is not None and not self.holds(self.check.when, row))

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The rows that are looked at."""
        for key, row in self.element.rows(self.spec.key).items():
            if not self.excepted(row):
                yield key, row

    def row_name(self, key: str, row: Row) -> str:
        """How a person calls a row: its first line of text, with its key where that is shown."""
        lines = (row.get(column.key) for column in self.spec.columns if column.type == "regel")
        first = next((line for line in lines if isinstance(line, str) and line.strip()), "")
        return f"{key} {first}".strip() if self.spec.row_label else first or key


def _past(case: _Case) -> Iterator[Draft]:
    """The year in which something was to be ready is past, and it is not."""
    year = _year(case.element.get((case.spec.key,)))
    now = case.report.meta.year
    closed = case.report.current_moment.key in case.check.moments
    condition = case.check.when
    if year is None or condition is None or not (year < now or (closed and year == now)):
        return
    value = case.value_of(condition.field)
    yield (
        "C020",
        {
            "element": case.name,
            "field": case.spec.label,
            "year": str(year),
            "because": _label(case, condition.field),
            "value": _shown(case, condition.field, value),
        },
        (case.spec.key,),
    )


def _expired(case: _Case) -> Iterator[Draft]:
    """Something holds until a year before that of the report."""
    places: list[tuple[str, object, KeyPath]] = []
    if case.spec.type == "tabel":
        column = case.check.column
        places += [
            (case.row_name(key, row), row.get(column), (case.spec.key, key, column))
            for key, row in case.rows()
        ]
    else:
        own = (case.spec.key,)
        places.append((case.spec.label, case.element.get(own), own))
    now = case.report.meta.year
    for name, value, path in places:
        year = _year(value)
        if year is not None and year < now:
            params = {"element": case.name, "name": name, "until": _day(value), "year": str(now)}
            yield "C021", params, path


def _unchanged(case: _Case) -> Iterator[Draft]:
    """A text says word for word what it said at the moment before."""
    report, spec = case.report, case.spec
    moments = report.moments_until(report.current_moment.key)
    path = report.path_of(spec, moments[-1].key)
    words = _words(derive.shown_text(case.element, spec, path))
    if len(words) < max(1, case.check.words) or derive.is_below(case.element, spec):
        return
    for moment in reversed(moments[:-1]):
        before = _words(case.element.get(report.path_of(spec, moment.key)))
        if before:
            if before == words:
                params = {"element": case.name, "field": spec.label, "moment": moment.label}
                yield "C022", params, path
            return


def _incidental(case: _Case) -> Iterator[Draft]:
    """Money that is called incidental goes on for more years than that may be."""
    check, spec = case.check, case.spec
    if spec.type != "tabel":
        end = case.element.get((check.end,)) if check.end else None
        yield from _too_long(case, case.name, end, (check.end,))
        return
    for key, row in case.rows():
        name = case.row_name(key, row)
        if check.end:
            yield from _too_long(case, name, row.get(check.end), (spec.key, key, check.end))
        years = _years_in_a_row(case, row)
        if years > check.years:
            yield (
                "C024",
                {
                    "element": case.name,
                    "name": name,
                    "count": str(years),
                    "most": str(check.years),
                },
                (spec.key, key),
            )


def _too_long(case: _Case, name: str, end: object, path: KeyPath) -> Iterator[Draft]:
    last = case.report.meta.year + case.check.years - 1
    year = _year(end)
    if year is not None and year > last:
        params = {"element": case.name, "name": name, "end": str(year)}
        yield "C023", {**params, "most": str(case.check.years), "last": str(last)}, path


def _years_in_a_row(case: _Case, row: Row) -> int:
    """The longest run of years in which the row has any amount but 0."""
    filled = {
        column.year
        for column in case.report.columns(case.spec)
        if column.year is not None
        and not column.derived
        and derive.stored_amount(row.get(column.key))
    }
    longest = run = 0
    for year in range(min(filled, default=0), max(filled, default=-1) + 1):
        run = run + 1 if year in filled else 0
        longest = max(longest, run)
    return longest


def _out_of_range(case: _Case) -> Iterator[Draft]:
    """A number that its unit does not allow."""
    spec, check = case.spec, case.check
    found: list[tuple[str, str, object, object, KeyPath]] = []
    if spec.type == "tabel":
        for key, row in case.rows():
            place = (spec.key, key, check.column)
            name = case.row_name(key, row)
            found.append((key, name, row.get(check.column), row.get(check.unit), place))
    else:
        own = case.report.path_of(spec, case.report.current_moment.key)
        unit = case.element.get((check.unit,)) if check.unit else None
        if spec.type == "percentage":
            unit = unit or "%"
        found.append(("", spec.label, case.element.get(own), unit, own))
    for key, name, value, unit, path in found:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            continue
        if not Decimal(value).is_finite():
            continue
        low, high = _range(case, key, name, str(unit or ""))
        if (low is None or value >= low) and (high is None or value <= high):
            continue
        shown = f"{show_number(value)} {unit or ''}".strip()
        params = {"element": case.name, "name": name, "value": shown}
        yield "C025", params | {"range": units.shown_range(low, high)}, path


def _range(case: _Case, key: str, name: str, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """The limits of a number: of the check, of the indicator with that number, of its unit."""
    check = case.check
    if check.low is not None or check.high is not None:
        return check.low, check.high
    if case.spec.standard and case.spec.type == "tabel":
        item = standard(case.spec.standard).in_year(case.report.meta.year).get(key)
        if item is not None and (item.low is not None or item.high is not None):
            return item.low, item.high
    return units.range_of(unit, name)


def _sum(case: _Case) -> Iterator[Draft]:
    """A figure that is not what the figures below it add up to, rounding aside."""
    report, check = case.report, case.check
    if check.parts is None:
        return
    kind, field, column = check.parts
    below = report.template.kinds[kind].fields[field]
    elements = [e for e in report.descendants(case.element.id) if e.kind == kind and not e.retired]
    for key, label, path, total in _figures(report, case.element, case.spec, check.column):
        parts: list[Amount] = []
        for element in elements:
            found = _figures(report, element, below, column)
            parts += [v for k, _l, _p, v in found if k == key and v is not None]
        summed = derive.sum_of(parts)
        if total is None or summed is None:
            continue
        step = report.template.notation(case.spec.notation).step
        if abs(Fraction(total) - Fraction(summed)) > rounding_tolerance(len(parts)) * step:
            params = {"element": case.name, "field": label, "parts": below.label}
            figures = {"total": format_dutch(total), "sum": format_dutch(summed)}
            yield "C026", params | figures, path


def _figures(
    report: Report, element: Element, spec: Field, column: str
) -> Iterator[tuple[int | None, str, KeyPath, Amount | None]]:
    """The figures of a field by year: an amount once, the totals of a table per year."""
    if spec.type != "tabel":
        own = (spec.key,)
        yield report.meta.year, spec.label, own, derive.stored_amount(element.get(own))
        return
    totals = derive.totals(report, spec, element)
    for each in report.columns(spec):
        if each.column.key == column:
            yield each.year, each.label, (spec.key,), totals.get(each.key)


_FORMS: dict[CheckForm, Callable[[_Case], Iterator[Draft]]] = {
    "voorbij": _past,
    "verlopen": _expired,
    "ongewijzigd": _unchanged,
    "incidenteel": _incidental,
    "bereik": _out_of_range,
    "optelling": _sum,
}


def _year(value: object) -> int | None:
    """The year of a stored year or date; what is neither counts as blank."""
    if isinstance(value, date):
        return value.year
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return f"{value.day}-{value.month}-{value.year}"
    return str(value)


def _words(value: object) -> list[str]:
    return value.casefold().split() if isinstance(value, str) else []


def _label(case: _Case, key: str) -> str:
    spec = case.report.field(case.element, key)
    return spec.label if spec else key


def _shown(case: _Case, key: str, value: object) -> str:
    spec = case.report.field(case.element, key)
    if spec is None:
        return str(value)
    status = case.report.statuses(spec).get(str(value))
    return status.label if status else spec.choices.get(str(value), str(value))
