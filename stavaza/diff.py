"""The difference between two versions of an element by meaning: fields, rows and amounts.

What a person reviews is not lines of TOML but values: which field, what it was, what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from stavaza import conflicts, intended, revision
from stavaza.amounts import Amount, format_dutch, normalise
from stavaza.canonical import same
from stavaza.fields import show_value
from stavaza.finding import KeyPath
from stavaza.i18n import N_, _
from stavaza.prose import to_editor
from stavaza.source import Data
from stavaza.template import Field, Kind, YearColumn
from stavaza.tree import Report
from stavaza.word_diff import Piece, word_diff

Form = Literal["text", "amount", "value", "row"]
"""How a change reads best: prose, an amount with its difference, one value, a row as a whole."""

_HEAD_LABELS = {
    "soort": N_("Kind"),
    "code": N_("Code"),
    "ouder": N_("Stands below"),
    "volgorde": N_("Order"),
    "vervallen": N_("Retired"),
    "gedrukt": N_("Printed figure"),
    "grens": N_("Border between two texts"),
    "te_herzien": N_("Text to revise"),
    "zo_bedoeld": N_("Amount that is meant so"),
}


@dataclass(frozen=True)
class Change:
    """One value that differs: None is a value that is not there.

    `label` names the field for a person, with its moment or row; `old_text` and `new_text` are the
    values in Dutch notation.
    """

    path: KeyPath
    label: str
    form: Form
    old: object | None
    new: object | None
    old_text: str
    new_text: str

    @property
    def gap(self) -> Amount | None:
        """By how much an amount changed, where both are amounts."""
        if self.form != "amount":
            return None
        old, new = amount_of(self.old), amount_of(self.new)
        return None if old is None or new is None else normalise(Decimal(new) - Decimal(old))

    @property
    def pieces(self) -> list[Piece]:
        """The words of a text that differ, among those that do not."""
        return word_diff(self.old_text, self.new_text)

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated; amounts and dates as text."""
        return {"field": list(self.path), "old": _plain(self.old), "new": _plain(self.new)}


def amount_of(value: object) -> Amount | None:
    """A stored value as an amount; None for nothing and for what is no amount."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return value if isinstance(value, int) or value.is_finite() else None


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | None) else str(value)


def element_changes(report: Report, old: Data | None, new: Data | None) -> list[Change]:
    """What differs between two versions of an element's data, in the template's order.

    None is an element that is not there; then every value of the other counts.
    """
    kind = report.template.kinds.get(str((new or old or {}).get("soort", "")))
    before, after = dict(_leaves(old or {})), dict(_leaves(new or {}))
    paths = dict.fromkeys((*before, *after))
    differing = [path for path in paths if not _equal(before, after, path)]
    differing = [path for path in differing if not _revised_by(path, differing)]
    place = _Places(report, kind)
    return [
        _change(report, kind, path, before.get(path), after.get(path))
        for path in sorted(differing, key=place)
    ]


def _revised_by(path: KeyPath, differing: list[KeyPath]) -> bool:
    """Whether a mark went because its text was edited, which is told already."""
    return path[0] == revision.KEY and len(path) == 2 and (path[1],) in differing


def _equal(before: Mapping[KeyPath, Any], after: Mapping[KeyPath, Any], path: KeyPath) -> bool:
    return path in before and path in after and same(before[path], after[path])


def _leaves(data: Data) -> Iterator[tuple[KeyPath, Any]]:
    """The values by path; tables are split in their cells.

    The other reading that an open conflict keeps is no value of the report.
    """
    for key, value in data.items():
        if key == conflicts.KEY:
            continue
        if key == "moment" and isinstance(value, dict):
            for moment, inner in value.items():
                if not isinstance(inner, dict):
                    yield (key, moment), inner
                    continue
                for name, kept in inner.items():
                    yield (key, moment, name), kept
        elif isinstance(value, dict):
            yield from _cells(key, value)
        else:
            yield (key,), value


def _cells(key: str, rows: Data) -> Iterator[tuple[KeyPath, Any]]:
    for row, inner in rows.items():
        if not isinstance(inner, dict) or not inner:
            yield (key, row), inner
            continue
        for column, value in inner.items():
            yield (key, row, column), value


class _Places:
    """Where a path stands when a person reads the element: head, fields, moments, rows."""

    def __init__(self, report: Report, kind: Kind | None) -> None:
        fields = list(kind.fields) if kind else []
        self.order = {key: n for n, key in enumerate((*_HEAD_LABELS, *fields))}
        self.moments = {moment.key: n for n, moment in enumerate(report.meta.moments)}
        self.columns: dict[tuple[str, str], int] = {}
        for spec in kind.fields.values() if kind else ():
            columns = report.columns(spec) if spec.type == "tabel" else ()
            self.columns |= {(spec.key, column.key): n for n, column in enumerate(columns)}

    def __call__(self, path: KeyPath) -> tuple[int, int, str, int, str]:
        last = len(self.order)
        if path[0] == "moment" and len(path) > 2:
            place = self.moments.get(path[1], len(self.moments))
            return (self.order.get(path[2], last), place, path[1], 0, "")
        row = path[1] if len(path) > 1 else ""
        column = path[2] if len(path) > 2 else ""
        at = self.columns.get((path[0], column), len(self.columns))
        return (self.order.get(path[0], last), 0, row, at, column)


def _change(report: Report, kind: Kind | None, path: KeyPath, old: Any, new: Any) -> Change:
    form, spec = _form(report, kind, path, old, new)
    texts = [_shown(report, spec, form, path, value) for value in (old, new)]
    return Change(path, label_of(report, kind, path), form, old, new, texts[0], texts[1])


def _form(
    report: Report, kind: Kind | None, path: KeyPath, old: Any, new: Any
) -> tuple[Form, Field | YearColumn | None]:
    spec = _spec(report, kind, path)
    if isinstance(old, dict) or isinstance(new, dict):
        return "row", spec
    type_ = spec.column.type if isinstance(spec, YearColumn) else spec.type if spec else ""
    if type_ == "bedrag" or (type_ == "bedrag_opmerking" and path[-1] == "bedrag"):
        return "amount", spec
    long = any(isinstance(value, str) and "\n" in value.strip() for value in (old, new))
    return ("text" if type_ == "tekst" or long else "value"), spec


def _spec(report: Report, kind: Kind | None, path: KeyPath) -> Field | YearColumn | None:
    if kind is None:
        return None
    if path[0] == "moment":
        return kind.fields.get(path[2]) if len(path) == 3 else None
    spec = kind.fields.get(path[0])
    if spec is None or len(path) < 3:
        return spec
    return next((column for column in report.columns(spec) if column.key == path[2]), None)


def _shown(
    report: Report, spec: Field | YearColumn | None, form: Form, path: KeyPath, value: Any
) -> str:
    if value is None:
        return ""
    if form == "text":
        return to_editor(value) if isinstance(value, str) else str(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown_leaf(inner)}" for key, inner in value.items())
    if spec is None:
        return _shown_head(report, path, value)
    field = spec.column if isinstance(spec, YearColumn) else spec
    statuses = report.statuses(spec) if isinstance(spec, Field) else None
    return show_value(field, value, statuses, report.meta.persons)


def _shown_head(report: Report, path: KeyPath, value: Any) -> str:
    if path[0] == revision.KEY:
        return _("to be revised")
    shown = _shown_leaf(value)
    if path == ("ouder",) and shown in report.elements:
        return report.heading(report.elements[shown])
    if path == ("soort",) and shown in report.template.kinds:
        return report.template.kinds[shown].label
    return shown


def _shown_leaf(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def label_of(report: Report, kind: Kind | None, path: KeyPath) -> str:
    """How a person calls a value: `Status · 2e VGR`, `Begroting · 663884 · Lasten primitief`.

    Keys that the template does not know stay as they are.
    """
    if path[0] in _HEAD_LABELS:
        marked = path[0] in (revision.KEY, intended.KEY) and kind is not None and path[1:]
        spec = kind.fields.get(path[1]) if kind is not None and marked else None
        below = (spec.label,) if spec else path[1:]
        return " · ".join((_(_HEAD_LABELS[path[0]]), *below))
    fields = kind.fields if kind else {}
    if path[0] == "moment" and len(path) == 3:
        moment = report.moment(path[1])
        spec = fields.get(path[2])
        return f"{spec.label if spec else path[2]} · {moment.label if moment else path[1]}"
    spec = fields.get(path[0])
    if spec is None:
        return " · ".join(path)
    parts = [spec.label, *path[1:2]]
    if len(path) > 2:
        columns = {column.key: column.label for column in report.columns(spec)}
        parts.append(columns.get(path[2], path[2]))
    return " · ".join(parts)


def table_changes(old: Data | None, new: Data | None) -> list[Change]:
    """What differs between two versions of a file that is no element, such as report.toml."""
    before, after = dict(_every_leaf(old or {})), dict(_every_leaf(new or {}))
    found = []
    for path in dict.fromkeys((*before, *after)):
        if _equal(before, after, path):
            continue
        was, is_ = before.get(path), after.get(path)
        texts = ["" if value is None else _shown_leaf(value) for value in (was, is_)]
        found.append(Change(path, " · ".join(path), "value", was, is_, *texts))
    return found


def _every_leaf(data: Data, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from _every_leaf(value, (*path, key))
        else:
            yield (*path, key), value


def gap_text(change: Change) -> str:
    """The difference of an amount with its sign, '' where there is none."""
    gap = change.gap
    return "" if gap is None else format_dutch(gap, sign="always")
