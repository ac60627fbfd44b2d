"""Checks a whole report: every value against its field, the tree, and what must be filled in."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stavaza import intended, revision
from stavaza.by_identity import ByIdentity
from stavaza.check_content import content_findings
from stavaza.check_derived import derived_findings, report_findings
from stavaza.check_figures import ON_A_PAGE, amount_findings, reference_findings
from stavaza.check_marks import mark_findings
from stavaza.conflict_check import open_conflicts, other_files
from stavaza.fields import Problem, Vocabulary, check_value
from stavaza.finding import Finding, KeyPath
from stavaza.finding_codes import RULES
from stavaza.given_codes import given_codes
from stavaza.i18n import N_
from stavaza.naming import is_safe_stem
from stavaza.os_reasons import os_reason
from stavaza.places_in_file import Places
from stavaza.required import required_fields
from stavaza.source import Data
from stavaza.store import REST_FILE
from stavaza.template import RESERVED_KEYS, Field, Kind, YearColumn
from stavaza.toml_lines import key_lines
from stavaza.toml_reader import parse_toml
from stavaza.tree import Element, Report

_SEVERITIES = ("error", "warning", "info")
_CONTENT_CHECKS = (
    mark_findings,
    derived_findings,
    content_findings,
    reference_findings,
    amount_findings,
)


def check_report(report: Report) -> list[Finding]:
    """All findings of a report, those of loading included, by severity and place."""
    findings = list(report.findings)
    for element in report.elements.values():
        findings += check_element(report, element)
    return by_severity([*findings, *_beside_elements(report)])


def page_findings(report: Report, of_elements: list[Finding] | None = None) -> list[Finding]:
    """Those of `check_report` that publishing tells of: errors, and what its readers see as well.

    What can only find something else is not looked for: that is most of the work. `of_elements`
    are those of the elements, where they were found already.
    """
    found = element_faults(report) if of_elements is None else of_elements
    findings = [*report.findings, *found, *_beside_elements(report)]
    return by_severity([finding for finding in findings if _on_a_page(finding.code)])


def element_faults(report: Report, settled: Container[str] = ()) -> list[Finding]:
    """Those about single elements.

    `settled` are the ids of elements in which nothing is wrong: that was seen when they, what is
    above and below them, the template and report.toml were the same.
    """
    findings = []
    for element in report.elements.values():
        if element.id not in settled:
            drafts = _ElementCheck(report, element).run(for_pages=True)
            findings += _located(element, [d for d in drafts if _on_a_page(d.code)])
    return findings


def _on_a_page(code: str) -> bool:
    return code in ON_A_PAGE or RULES[code].severity == "error"


def _beside_elements(report: Report) -> list[Finding]:
    """The findings about a report that are not about one element."""
    return [*report_findings(report), *check_rest(report), *other_files(report)]


def by_severity(findings: list[Finding]) -> list[Finding]:
    """The findings by severity and place, the worst first."""
    return sorted(findings, key=_order)


def _order(finding: Finding) -> tuple[int, str, int, str]:
    return (
        _SEVERITIES.index(finding.severity),
        str(finding.file or ""),
        finding.line or 0,
        finding.code,
    )


def check_element(report: Report, element: Element) -> list[Finding]:
    """The findings about one element, with their lines in its file."""
    return _located(element, list(_ElementCheck(report, element).run()))


def _located(element: Element, drafts: list[_Draft]) -> list[Finding]:
    """Drafts about one element as findings."""
    if not drafts:
        return []
    places = Places(element)
    return [
        Finding(d.code, d.params, places.file, _line(places, d), element.id, d.path) for d in drafts
    ]


def _line(places: Places, draft: _Draft) -> int | None:
    """The line of a finding: that of its words inside a text, else of its nearest key."""
    params = draft.params
    words = params.get("text") if draft.code.startswith("F") else ""
    return places.of_words(draft.path, words or params.get("reference", ""))


@dataclass(frozen=True)
class _Draft:
    code: str
    params: dict[str, str]
    path: KeyPath = ()


class _ElementCheck:
    """The checks of one element, each a generator of drafts without file and line."""

    def __init__(self, report: Report, element: Element) -> None:
        self.report = report
        self.element = element
        self.vocabulary = Vocabulary(report.meta.persons)

    def run(self, *, for_pages: bool = False) -> Iterator[_Draft]:
        """All drafts; `for_pages` leaves out the checks that give none that publishing tells of."""
        kind = self.report.kind(self.element)
        yield from self._identity(kind)
        for code, params, path in open_conflicts(self.report, self.element):
            yield _Draft(code, params, path)
        if kind is None:
            return
        yield from self._parent(kind)
        yield from self._top_level(kind)
        yield from self._moments(kind)
        if not for_pages:
            yield from self._missing()
        yield from self._to_revise(kind)
        yield from self._intended()
        sources = (mark_findings, reference_findings) if for_pages else _CONTENT_CHECKS
        for source in sources:
            for code, params, path in source(self.report, self.element, kind):
                yield _Draft(code, params, path)

    def _identity(self, kind: Kind | None) -> Iterator[_Draft]:
        element = self.element
        if not is_safe_stem(element.id):
            yield _Draft("R013", {"stem": element.id})
        if kind is None:
            yield self._unknown_kind()
            return
        code = element.data.get("code")
        if code is not None and not isinstance(code, str):
            yield _typed("code", code, N_("text between quotes"))
        elif code and code != element.id:
            yield _Draft("R012", {"stem": element.id, "code": code}, ("code",))
        elif kind.code_shape and not code and not kind.fits_code(element.id):
            yield _Draft("C043", {"kind": kind.label, "name": self.report.name(element)})
        elif kind.code_shape and not code:
            yield _Draft("R024", {"kind": kind.label.lower(), "stem": element.id})
        elif kind.code_shape and code and not kind.fits_code(code):
            params = {"code": code, "shape": kind.code_shape, "kind": kind.label.lower()}
            yield _Draft("R019", params, ("code",))
        for key, kinds, expected in (
            ("volgorde", (int,), N_("a whole number")),
            ("vervallen", (bool,), N_("true or false")),
        ):
            value = element.data.get(key)
            wrong = not isinstance(value, kinds) or (kinds == (int,) and isinstance(value, bool))
            if value is not None and wrong:
                yield _typed(key, value, expected)

    def _unknown_kind(self) -> _Draft:
        allowed = ", ".join(self.report.template.kinds)
        said = self.element.data.get("soort", "")
        if not self.element.data:
            return _Draft("R030", {"allowed": allowed})
        if said and not isinstance(said, str):
            return _typed("soort", said, N_("text between quotes"))
        if not said:
            return _Draft("R031", {"allowed": allowed})
        return _Draft("R008", {"kind": said, "allowed": allowed}, ("soort",))

    def _parent(self, kind: Kind) -> Iterator[_Draft]:
        value = self.element.data.get("ouder")
        if value is not None and not isinstance(value, str):
            yield _typed("ouder", value, N_("text between quotes"))
        elif not value:
            if kind.parents:
                params = {"kind": kind.label.lower(), "allowed": self._parents_of(kind)}
                yield _Draft("R025", params)
        elif value not in self.report.elements:
            yield self._absent_parent(value)
        elif self.report.elements[value].kind not in kind.parents:
            allowed = self._parents_of(kind) or "-"
            params = {"kind": kind.label.lower(), "parent": value, "allowed": allowed}
            yield _Draft("R010", params, ("ouder",))
        elif self.report.parent_of(self.element) is None:
            yield _Draft("R011", {"id": self.element.id}, ("ouder",))
        if self.element.retired:
            below = [child for child in self.report.children(self.element.id) if not child.retired]
            if below:
                params = {"element": self._name(), "count": str(len(below))}
                yield _Draft("C005", params, ("vervallen",))

    def _absent_parent(self, parent: str) -> _Draft:
        codes = {old: code for code, old in given_codes(self.report.root).items()}
        code = codes.get(parent, "")
        if code in self.report.elements:
            return _Draft("R032", {"parent": parent, "code": code}, ("ouder",))
        return _Draft("R009", {"parent": parent}, ("ouder",))

    def _parents_of(self, kind: Kind) -> str:
        return ", ".join(self.report.template.kinds[key].label for key in kind.parents)

    def _top_level(self, kind: Kind) -> Iterator[_Draft]:
        for key, value in self.element.data.items():
            if key in RESERVED_KEYS:
                continue
            spec = kind.fields.get(key)
            if spec is None:
                yield _Draft("R005", {"key": key, "kind": kind.label.lower()}, (key,))
            elif spec.per_moment:
                moment = self.report.current_moment.key
                yield _Draft("R020", {"field": spec.label, "moment": moment}, (key,))
            else:
                yield from self._value(spec, value, (key,))

    def _value(self, spec: Field, value: object, path: KeyPath) -> Iterable[_Draft]:
        problem = check_value(spec, value, self.vocabulary, self.report.statuses(spec))
        if problem is not None:
            return (_at(problem, path),)
        if spec.type == "tabel" and isinstance(value, dict):
            return self._table(spec, value, path)
        return ()

    def _table(self, spec: Field, value: Data, path: KeyPath) -> Iterator[_Draft]:
        columns = _by_key(self.report.columns(spec))
        for key, row in value.items():
            if isinstance(row, dict):
                yield from self._row(spec, columns, row, (*path, key))
            else:
                yield _typed(f"{spec.label} {key}", row, N_("a table"), (*path, key))

    def _row(
        self, spec: Field, columns: Mapping[str, YearColumn], row: Data, path: KeyPath
    ) -> Iterator[_Draft]:
        for name, value in row.items():
            column = columns.get(name)
            if column is None and isinstance(value, dict):
                split = f"{path[-1]}.{name}"
                yield _Draft("R006", {"table": spec.key, "key": split}, (*path, name))
            elif column is None:
                yield _Draft("R005", {"key": name, "kind": spec.label.lower()}, (*path, name))
            elif column.derived:
                yield _Draft("R022", {"field": column.label}, (*path, name))
            else:
                problem = check_value(column.column, value, self.vocabulary)
                if problem is not None:
                    yield _at(problem, (*path, name))

    def _moments(self, kind: Kind) -> Iterator[_Draft]:
        moments = self.element.data.get("moment", {})
        if not isinstance(moments, dict):
            yield _typed("moment", moments, N_("a table"))
            return
        known = [moment.key for moment in self.report.meta.moments]
        for moment, values in moments.items():
            path = ("moment", moment)
            if moment not in known:
                yield _Draft("R014", {"moment": moment, "allowed": ", ".join(known)}, path)
            if not isinstance(values, dict):
                yield _typed(f"moment.{moment}", values, N_("a table"), path)
                continue
            for key, value in values.items():
                spec = kind.fields.get(key)
                if spec is None:
                    yield _Draft("R005", {"key": key, "kind": kind.label.lower()}, (*path, key))
                elif not spec.per_moment:
                    params = {"field": spec.label, "moment": moment}
                    yield _Draft("R021", params, (*path, key))
                else:
                    yield from self._value(spec, value, (*path, key))

    def _missing(self) -> Iterator[_Draft]:
        report, element = self.report, self.element
        moment = report.current_moment.key
        for item in required_fields(report, element, moment):
            if item.filled:
                continue
            params = {"element": self._name(), "field": item.field.label}
            if item.because is None:
                yield _Draft("C001", params, item.path)
                continue
            value = element.get(report.path_of(item.because, moment))
            status = report.statuses(item.because).get(str(value))
            shown = status.label if status else str(value)
            params |= {"because": item.because.label, "value": shown}
            yield _Draft("C002", params, item.path)

    def _to_revise(self, kind: Kind) -> Iterator[_Draft]:
        if revision.KEY not in self.element.data:
            return
        marks = self.element.data[revision.KEY]
        if not isinstance(marks, dict) or not all(isinstance(m, str) for m in marks.values()):
            yield _typed(revision.KEY, marks, N_("a table of texts"))
            return
        for path in revision.to_revise(self.report, self.element):
            params = {"element": self._name(), "field": kind.fields[path[0]].label}
            yield _Draft("J003", params, path)

    def _intended(self) -> Iterator[_Draft]:
        if intended.KEY not in self.element.data:
            return
        marks = self.element.data[intended.KEY]
        if not intended.is_sound(marks):
            yield _typed(intended.KEY, marks, N_("a table of tables"))

    def _name(self) -> str:
        return self.report.heading(self.element)


@ByIdentity
def _by_key(columns: tuple[YearColumn, ...]) -> dict[str, YearColumn]:
    return {column.key: column for column in columns}


def _at(problem: Problem, path: KeyPath) -> _Draft:
    return _Draft(problem.code, dict(problem.params), path)


def _typed(field: str, value: object, expected: str, path: KeyPath | None = None) -> _Draft:
    from stavaza.toml_reader import type_name

    mixed = isinstance(value, dict) and expected.startswith("a table")
    found = N_("a table with something else") if mixed else type_name(value)
    params = {"field": field, "expected": expected, "found": found}
    return _Draft("R004", params, path or (field,))


def check_rest(report: Report) -> list[Finding]:
    """What an import could not place; see `stavaza.page_import` for the file's form."""
    path: Path = report.root / REST_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        return [Finding("R026", {"reason": os_reason(error)}, path)]
    data, text, findings = parse_toml(raw, path)
    lines = key_lines(text)
    for key, item in (data or {}).get("rest", {}).items():
        params = {"source": str(item.get("bron", "")), "text": str(item.get("tekst", ""))}
        findings.append(Finding("C004", params, path, lines.get(("rest", key))))
    return findings
