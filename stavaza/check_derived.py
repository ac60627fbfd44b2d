"""Checks what is derived or from a list: printed figures, fixed sentences, codes of a year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from stavaza import derive, derived_tables
from stavaza.amounts import Amount, format_dutch, rounding_tolerance
from stavaza.borders import proposed
from stavaza.finding import Finding, KeyPath
from stavaza.required import is_filled
from stavaza.standards import Item, standard
from stavaza.template import Derivation, Field, Kind
from stavaza.toml_lines import line_of
from stavaza.tree import Element, Report

Params = dict[str, str]
Draft = tuple[str, Params, KeyPath]
INCOMPLETE = "onvolledig"


def derived_findings(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """Code, parameters and address of what is wrong with one element."""
    yield from _typed_below(report, element, kind)
    yield from _signs(report, element, kind)
    yield from _codes(report, element, kind)
    yield from _borders(report, element, kind)
    if not isinstance(element.data.get("gedrukt"), dict):
        return
    for spec in kind.fields.values():
        if spec.type == "tabel":
            yield from _printed_table(report, element, spec)
    for derivation in report.template.derivations.values():
        if derivation.form == "aandeel" and derivation.kind == kind.key:
            yield from _printed_shares(report, element, derivation)
        elif derivation.form == "drempel" and report.template.layout.per == kind.key:
            yield from _printed_rows(report, element, derivation)


def _typed_below(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    for spec in kind.fields.values():
        if spec.below is None or not derive.is_below(element, spec):
            continue
        moments = [moment.key for moment in report.meta.moments] if spec.per_moment else [""]
        for path in (report.path_of(spec, moment) for moment in moments):
            if is_filled(element.get(path)):
                params = {"field": spec.label, "limit": format_dutch(spec.below.limit)}
                yield "C009", {"element": report.heading(element), **params}, path


def _borders(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """Borders between two texts that an import proposed and nobody confirmed."""
    for after, before in proposed(element).items():
        spec, first = kind.fields.get(after[-1]), kind.fields.get(before[-1] if before else "")
        label = spec.label if spec is not None else after[-1]
        params = {"element": report.heading(element), "after": label}
        if first is not None:
            yield "C041", {**params, "before": first.label}, after
        else:
            yield "C042", {**params, "kind": kind.label.lower()}, after


def _signs(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    """An amount whose direction stands in another field has no sign of its own."""
    for derivation in report.template.derivations.values():
        if derivation.kind != kind.key or derivation.negative is None:
            continue
        path = (derivation.field,)
        amount = derive.stored_amount(element.get(path))
        if amount is not None and amount < 0:
            params = {"field": kind.fields[derivation.field].label, "amount": format_dutch(amount)}
            yield "C012", {"element": report.heading(element), **params}, path


def _codes(report: Report, element: Element, kind: Kind) -> Iterator[Draft]:
    found: list[tuple[str, str, object, KeyPath]] = []
    if kind.standard:
        found.append((kind.standard, kind.label, element.code, ("code",)))
    for spec in kind.fields.values():
        if spec.standard and spec.type == "tabel":
            keys = element.rows(spec.key)
            found += [(spec.standard, spec.label, key, (spec.key, key)) for key in keys]
        elif spec.standard and not spec.per_moment:
            found.append((spec.standard, spec.label, element.get((spec.key,)), (spec.key,)))
        for column in spec.columns:
            if column.standard:
                found += [
                    (
                        column.standard,
                        column.label,
                        row.get(column.key),
                        (spec.key, key, column.key),
                    )
                    for key, row in element.rows(spec.key).items()
                ]
    year = report.meta.year
    for name, label, code, path in found:
        if isinstance(code, str) and code and not standard(name).knows(code, year):
            params = {"field": label, "code": code, "list": name, "year": str(year)}
            yield "C010", {"element": report.heading(element), **params}, path


def _printed_table(report: Report, element: Element, spec: Field) -> Iterator[Draft]:
    """The derived amounts of a table: those of its rows and those of its total."""
    step = report.template.notation(spec.notation).step
    rows = element.rows(spec.key)
    found = [(key, derive.row_amounts(report, spec, row), 2) for key, row in rows.items()]
    found.append(("totaal", derive.totals(report, spec, element), max(len(rows), 2)))
    for row, computed, addends in found:
        for column in report.columns(spec):
            path = (spec.key, row, column.key)
            figure = _Figure(column.label, path, computed.get(column.key), addends)
            yield from _printed(report, element, figure, step)


def _printed_rows(report: Report, element: Element, derivation: Derivation) -> Iterator[Draft]:
    table = derived_tables.threshold_table(report, derivation, element)
    step = report.template.notation(derivation.notation).step
    listed = sum(row.element is not None for row in table.rows)
    for row in table.rows:
        if row.path:
            figure = _Figure(row.label, row.path, row.computed, listed + 1)
            yield from _printed(report, element, figure, step)


@dataclass(frozen=True)
class _Figure:
    """A derived figure: how it is called, where it stands, and from how many it is computed."""

    label: str
    path: KeyPath
    value: Amount | None
    addends: int


def _printed(report: Report, element: Element, figure: _Figure, step: Fraction) -> Iterator[Draft]:
    kept = derive.printed_amount(element, figure.path)
    value = figure.value
    if kept is None or kept[1] != value or kept[0] == value:
        return
    gap = abs(Fraction(kept[0]) - Fraction(value or 0))
    explained = value is not None and gap <= rounding_tolerance(figure.addends) * step
    params = {
        "element": report.heading(element),
        "field": figure.label,
        "printed": format_dutch(kept[0]),
        "computed": "-" if value is None else format_dutch(value),
    }
    yield "C006" if explained else "C007", params, ("gedrukt", "/".join(figure.path))


def _printed_shares(report: Report, element: Element, derivation: Derivation) -> Iterator[Draft]:
    whole = derived_tables.wholes(report, derivation)
    for share in derived_tables.shares(report, derivation, element, whole):
        kept = derived_tables.printed_share(element, share.path, derivation.decimals)
        if kept is None:
            continue
        params = {"element": report.heading(element), "field": share.column.label}
        path = ("gedrukt", "/".join(share.path))
        if share.computed is None:
            if share.shown is None and share.amount is not None:
                yield "C008", {**params, "kind": derivation.kind}, path
        elif kept[0] != share.computed and kept[1] == share.amount:
            explained = derived_tables.same_share(kept[0], share.computed, derivation.decimals)
            notation = report.template.share_notation(derivation)
            shown = {
                "printed": notation.show_number(kept[0]),
                "computed": notation.show_number(share.computed),
            }
            yield "C006" if explained else "C007", {**params, **shown}, path


def report_findings(report: Report) -> list[Finding]:
    """What is missing in the report as a whole: kinds that must be complete, and unknown ones."""
    source = report.meta_source
    text = source.raw.decode("utf-8-sig", "replace").replace("\r\n", "\n") if source else ""
    file = source.path if source else None
    return [
        Finding(code, params, file, line_of(text, path) or 1, None, path)
        for code, params, path in (*_unknown_kinds(report), *_absent(report))
    ]


def _unknown_kinds(report: Report) -> Iterator[Draft]:
    value = report.meta.data.get(INCOMPLETE, [])
    allowed = ", ".join(report.template.kinds)
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, str) or item not in report.template.kinds:
            params = {"key": INCOMPLETE, "value": str(item), "allowed": allowed}
            yield "R029", params, (INCOMPLETE,)


def _absent(report: Report) -> Iterator[Draft]:
    """The codes that the document of the current moment must have, and that nothing has."""
    for kind, spec, missing in lacking(report):
        if kind.key in report.incomplete:
            continue
        if spec is None:
            for item in missing:
                params = {"kind": kind.label.lower(), "name": item.name, "code": item.code}
                yield "C011", params, ()
        else:
            names = ", ".join(f"{item.code} {item.name}" for item in missing)
            yield "C027", {"field": spec.label, "count": str(len(missing)), "names": names}, ()


def lacking(report: Report) -> Iterator[tuple[Kind, Field | None, list[Item]]]:
    """Per kind (and table of it) that must be complete: the lines of its list that nothing has."""
    year = report.meta.year
    document = report.document_of(report.current_moment)
    for kind in report.template.kinds.values():
        elements = [e for e in report.elements.values() if e.kind == kind.key and not e.retired]
        found: list[tuple[Field | None, str, set[str]]] = []
        if kind.complete:
            found.append((None, kind.standard, {element.code for element in elements}))
        for spec in kind.fields.values():
            if spec.complete:
                keys = {key for element in elements for key in element.rows(spec.key)}
                found.append((spec, spec.standard, keys))
        for part, name, codes in found:
            needed = standard(name).needed(year, document)
            missing = [item for item in needed if item.code not in codes]
            if missing:
                yield kind, part, missing
