"""Whether all is in the report: the whole of which pages print shares, and the parts it must have.

A share is derived from the sum over all elements of a kind. As long as the printed shares say that
this sum is larger than what the report holds, the kind is not complete (`onvolledig` in
report.toml), and shares stay as printed; when all printed shares agree, they are computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stavaza import derived_tables
from stavaza.check_derived import INCOMPLETE, lacking
from stavaza.derive import Amounts
from stavaza.finding import Finding
from stavaza.source import Data
from stavaza.standards import Item
from stavaza.template import Derivation, Field, Kind
from stavaza.tree import Element, Report

_MOST_NAMES = 5
_SLACK = Fraction(101, 100)
"""Rounding of the amounts may move a share by one of its last digit."""


@dataclass(frozen=True)
class _Printed:
    """A printed share beside the one that the elements of the report give."""

    element: Element
    key: str
    printed: Fraction
    given: Fraction
    unit: Fraction

    @property
    def agrees(self) -> bool:
        return abs(self.printed - self.given) <= self.unit * _SLACK


def settle_shares(report: Report, changed: set[str]) -> list[Finding]:
    """Name or free the kinds of elements of which the printed shares tell whether all are there.

    `changed` are the ids of the elements of this import; without a share among them nothing moves.
    """
    findings: list[Finding] = []
    for derivation in report.template.derivations.values():
        if derivation.form != "aandeel":
            continue
        printed = list(_all_printed(report, derivation))
        if not any(item.element.id in changed for item in printed):
            continue
        known = derivation.kind in report.incomplete
        if all(item.agrees for item in printed):
            _keep_rounded(printed)
            if known:
                _set(report.meta.data, derivation.kind, False)
                findings.append(Finding("I029", {"kind": derivation.kind}))
        elif not known and any(i.given > i.printed and not i.agrees for i in printed):
            _set(report.meta.data, derivation.kind, True)
            findings.append(Finding("I028", {"kind": derivation.kind}))
    return findings


def settle_parts(report: Report) -> list[Finding]:
    """Name the kinds that lack what the document must have, in a report that pages begin.

    One page is seldom the whole document. In a report that was there before, a kind is freed once
    nothing is lacking; it is named by a person only.
    """
    absent = list(lacking(report))
    lacked = {kind.key for kind, _spec, _missing in absent}
    if report.meta_source is None:
        for kind in sorted(lacked - report.incomplete):
            _set(report.meta.data, kind, True)
        return [_not_whole(kind, absent) for kind in sorted(lacked)]
    shared = {d.kind for d in report.template.derivations.values() if d.form == "aandeel"}
    needing = {
        kind.key
        for kind in report.template.kinds.values()
        if kind.complete or any(spec.complete for spec in kind.fields.values())
    }
    for kind in (needing & report.incomplete) - lacked - shared:
        _set(report.meta.data, kind, False)
    return []


def _not_whole(kind: str, absent: Sequence[tuple[Kind, Field | None, list[Item]]]) -> Finding:
    """Which lines of its lists no element of a kind has."""
    own = [(found, spec, items) for found, spec, items in absent if found.key == kind]
    parts = (found.plural if spec is None else spec.label for found, spec, _items in own)
    names = [item.name for _found, _spec, items in own for item in items]
    more = [f"+{len(names) - _MOST_NAMES}"] if names[_MOST_NAMES:] else []
    params = {
        "kind": kind,
        "part": ", ".join(parts),
        "missing": ", ".join([*names[:_MOST_NAMES], *more]),
    }
    return Finding("I040", params)


def _all_printed(report: Report, derivation: Derivation) -> Iterator[_Printed]:
    whole: Amounts = derived_tables.wholes(report, derivation)
    for element in report.elements.values():
        if element.kind != derivation.kind or element.retired:
            continue
        for share in derived_tables.shares(report, derivation, element, whole):
            kept = derived_tables.printed_share(element, share.path, derivation.decimals)
            if kept is None or share.amount is None or not share.whole or kept[1] != share.amount:
                continue
            given = Fraction(share.amount) * 100 / Fraction(share.whole)
            unit = Fraction(1, 10**derivation.decimals)
            yield _Printed(element, "/".join(share.path), Fraction(kept[0]), given, unit)


def _keep_rounded(printed: list[_Printed]) -> None:
    """Drop the printed shares that are what is computed; keep those that rounding moved."""
    for item in printed:
        scaled = item.given / item.unit
        half_up = (2 * abs(scaled) + 1) // 2 * (1 if scaled >= 0 else -1)
        if half_up * item.unit == item.printed:
            table = item.element.data["gedrukt"]
            del table[item.key]
            if not table:
                del item.element.data["gedrukt"]


def _set(data: Data, kind: str, incomplete: bool) -> None:
    value = data.get(INCOMPLETE)
    kinds = [item for item in value if item != kind] if isinstance(value, list) else []
    if incomplete:
        kinds.append(kind)
    if kinds:
        data[INCOMPLETE] = kinds
    else:
        data.pop(INCOMPLETE, None)
