"""Reads the checks that a template asks for (`[controle.*]`), and all that is wrong there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from stavaza.template import (
    Condition,
    Field,
    FieldType,
    Kind,
    Status,
)
from stavaza.template_checks import check_key, check_known, read_condition
from stavaza.template_content import CHECK_FORMS, CheckForm, ContentCheck
from stavaza.toml_reader import TableReader

Types = tuple[FieldType, ...]

_FIELD_TYPES: dict[CheckForm, Types] = {
    "voorbij": ("jaar", "datum"),
    "verlopen": ("jaar", "datum", "tabel"),
    "ongewijzigd": ("tekst",),
    "incidenteel": ("bedrag", "tabel"),
    "bereik": ("getal", "percentage", "tabel"),
    "optelling": ("bedrag", "tabel"),
}
"""The types of field that each form looks at."""
_COLUMN_TYPES: dict[CheckForm, Types] = {
    "verlopen": ("jaar", "datum"),
    "bereik": ("getal", "percentage"),
    "optelling": ("bedrag",),
}
"""The types of column that a form needs, where the field is a table."""
_MOST_YEARS = 3


@dataclass(frozen=True)
class Known:
    """What the template has that a check may name."""

    kinds: Mapping[str, Kind]
    lists: Mapping[str, Mapping[str, Status]]
    moments: Collection[str]


def read_check(key: str, reader: TableReader, known: Known) -> ContentCheck:
    """One check with the parameters of its form; what is wrong is reported on its line."""
    check_key(reader, key)
    form = cast(CheckForm, reader.one_of("vorm", CHECK_FORMS))
    kind = known.kinds.get(reader.one_of("soort", tuple(known.kinds)))
    spec = _field(reader, form, kind)
    make = _Parameters(reader, form, kind, spec, known)
    check = ContentCheck(
        key,
        form,
        kind.key if kind else "",
        spec.key if spec else "",
        make.column("kolom", _COLUMN_TYPES.get(form, ())),
        make.condition("bij", needed=form in ("voorbij", "incidenteel")),
        make.condition("behalve"),
        make.years() if form == "incidenteel" else _MOST_YEARS,
        make.beside("eindjaar", ("jaar",)) if form == "incidenteel" else "",
        make.beside("eenheid", ("regel",)) if form == "bereik" else "",
        reader.decimal("van") if form == "bereik" else None,
        reader.decimal("tot") if form == "bereik" else None,
        reader.number("woorden", 0) if form == "ongewijzigd" else 0,
        make.moments() if form == "voorbij" else (),
        make.parts() if form == "optelling" else None,
    )
    if form == "bereik" and check.low is check.high is None and not check.unit:
        reader.lacks("eenheid")
    if form:
        reader.done()
    return check


def _field(reader: TableReader, form: CheckForm, kind: Kind | None) -> Field | None:
    """The field that is looked at; None where there is no usable one, or where none is named."""
    if kind is None:
        reader.text_value("veld")
        return None
    name = reader.one_of("veld", tuple(kind.fields), "" if form == "ongewijzigd" else None)
    spec, allowed = kind.fields.get(name), _FIELD_TYPES.get(form, ())
    if spec is None or not allowed:
        return None
    per_moment = form == "ongewijzigd"
    if spec.type in allowed and (spec.per_moment == per_moment or form == "bereik"):
        return spec
    code = "T021" if per_moment else "T016"
    reader.report(code, "veld", value=name, expected=" / ".join(allowed))
    return None


@dataclass(frozen=True)
class _Parameters:
    """The parameters of one check that depend on its kind and field."""

    reader: TableReader
    form: CheckForm
    kind: Kind | None
    spec: Field | None
    known: Known

    @property
    def _rows(self) -> bool:
        return self.spec is not None and self.spec.type == "tabel"

    def column(self, key: str, types: Types) -> str:
        """The column that is looked at in a table."""
        if self.spec is None:
            self.reader.used.add(key)
        if self.spec is None or not self._rows or not types:
            return ""
        return _column(self.reader, key, self.spec, types)

    def beside(self, key: str, types: Types) -> str:
        """A column of the same row, or a field of the same element where there are no rows."""
        name = self.reader.text_value(key, "")
        if not name or self.spec is None or self.kind is None:
            return name
        if self._rows:
            return _column(self.reader, key, self.spec, types)
        other = self.kind.fields.get(name)
        if other is None:
            check_known(self.reader, key, (name,), self.kind.fields)
        elif other.type not in types or other.per_moment:
            self.reader.report("T016", key, value=name, expected=" / ".join(types))
        return name

    def condition(self, key: str, needed: bool = False) -> Condition | None:
        """Values of a choice or status: of the row where there is one, else of the element."""
        sub = self.reader.sub(key, required=needed)
        found = read_condition(sub)
        if sub is None or found is None or self.spec is None or self.kind is None:
            return found
        values = self._values(found.field, self.kind, self.spec)
        if values is None:
            sub.report("T022", "veld", value=found.field)
        else:
            check_known(sub, "waarden", found.values, values)
        return found

    def _values(self, name: str, kind: Kind, spec: Field) -> Collection[str] | None:
        """The values that a condition may name; None where there is no such choice or status."""
        for column in spec.columns:
            if column.key == name:
                return column.choices if column.type == "keuze" else None
        other = kind.fields.get(name)
        if other is None or other.type not in ("keuze", "status"):
            return None
        if other.type == "keuze":
            return other.choices
        return self.known.lists.get(other.status_list or "", ())

    def years(self) -> int:
        """How many years in a row money may be incidental."""
        years = self.reader.number("jaren", _MOST_YEARS)
        if years < 1:
            self.reader.report("T006", "jaren", value=str(years), allowed="1, 2, 3 ...")
        return years

    def moments(self) -> tuple[str, ...]:
        """The moments at which the year of the report counts as past."""
        found = self.reader.texts("ook_dit_jaar")
        check_known(self.reader, "ook_dit_jaar", found, self.known.moments)
        return found

    def parts(self) -> tuple[str, str, str] | None:
        """What adds up to the figure: a kind, a field of it, and a column where it is a table."""
        sub = self.reader.sub("delen", required=True)
        if sub is None:
            return None
        kind = self.known.kinds.get(sub.one_of("soort", tuple(self.known.kinds)))
        spec = _field(sub, "optelling", kind)
        if kind is None or spec is None:
            return None
        column = _column(sub, "kolom", spec, ("bedrag",)) if spec.type == "tabel" else ""
        sub.done()
        return kind.key, spec.key, column


def _column(reader: TableReader, key: str, spec: Field, types: Types) -> str:
    name = reader.text_value(key)
    known = [column.key for column in spec.columns if column.type in types]
    if name:
        check_known(reader, key, (name,), known)
    return name
