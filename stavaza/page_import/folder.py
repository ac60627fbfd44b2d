"""Puts imported pages into a report's folder: all files of one import, or none at all."""

from __future__ import annotations

import copy
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from stavaza import derive
from stavaza.amounts import agrees, format_dutch
from stavaza.errors import StavazaError
from stavaza.files import locked, write_safely
from stavaza.finding import Finding
from stavaza.i18n import N_, _
from stavaza.naming import is_safe_stem
from stavaza.new_report import GIT_ATTRIBUTES, GIT_IGNORE
from stavaza.page_import.completeness import settle_parts, settle_shares
from stavaza.page_import.kept_borders import keep_borders
from stavaza.page_import.meta import meta_data, meta_of, report_bytes
from stavaza.page_import.rest import rest_bytes
from stavaza.page_import.result import ImportResult
from stavaza.page_import.reworded import keep_reworded
from stavaza.report_file import FILE_NAME
from stavaza.source import Data
from stavaza.store import REST_FILE, changed_on_disk, open_report, path_for, serialise
from stavaza.template import Template
from stavaza.tree import Element, Report


@dataclass
class Plan:
    """What an import would write: bytes by path, in a report that holds the new elements.

    Where `findings` has an error nothing may be written.
    """

    root: Path
    report: Report | None = None
    files: dict[Path, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    added: int = 0
    changed: int = 0

    @property
    def blocked(self) -> bool:
        """Whether something keeps the import from being written."""
        return self.report is None or any(item.severity == "error" for item in self.findings)


def plan_import(
    root: Path,
    template: Template,
    results: Sequence[ImportResult],
    organisation: str = "",
    take_over: bool = False,
) -> Plan:
    """What writing these pages into the folder `root` comes to; nothing is written yet.

    Elements that the report holds already are refused, or with `take_over` given the values that
    the page has; their other values stay.
    """
    plan = Plan(root)
    for result in results:
        page = Path(result.page)
        plan.findings += [replace(finding, file=page) for finding in result.findings]
    usable = [result for result in results if result.usable]
    if not usable or len(usable) < len(results):
        return plan
    report = _report(plan, template, usable, organisation or _told_by(usable))
    if report is None:
        return plan
    plan.report = report
    for result in usable:
        _add(plan, report, result, take_over)
    changed = {element.id for result in usable for element in result.elements}
    plan.findings += settle_shares(report, changed)
    plan.findings += settle_parts(report)
    if not plan.blocked:
        _files(plan, report, usable)
    return plan


def _report(
    plan: Plan, template: Template, results: Sequence[ImportResult], organisation: str
) -> Report | None:
    """The report in the folder, or a new one."""
    root = plan.root
    if root.exists() and not root.is_dir():
        plan.findings.append(_folder(root, N_("it is a file")))
        return None
    if not (root / FILE_NAME).exists():
        if not organisation:
            plan.findings.append(Finding("I019"))
        meta = meta_of(meta_data(template, results, organisation))
        return Report(root, meta, template, {})
    report, findings = open_report(root)
    if report is None:
        plan.findings += findings
        return None
    if report.meta.template != template.key:
        params = {"report": report.meta.template, "template": template.key}
        plan.findings.append(Finding("I018", params, root / FILE_NAME))
        return None
    return report


def _told_by(results: Sequence[ImportResult]) -> str:
    """The organisation that all of these pages are of; '' where one does not say it."""
    names = {result.organisation for result in results}
    return names.pop() if len(names) == 1 else ""


def _folder(root: Path, reason: str) -> Finding:
    return Finding("I017", {"folder": str(root), "reason": reason})


def _add(plan: Plan, report: Report, result: ImportResult, take_over: bool) -> None:
    page = Path(result.page)
    if result.year != report.meta.year:
        params = {"year": str(result.year), "report": str(report.meta.year)}
        plan.findings.append(Finding("I005", params, page))
        return
    if take_over:
        plan.findings += keep_reworded(report, result)
    above = report.template.layout.above
    known = [
        element
        for element in result.elements
        if element.id in report.elements and element.kind not in above
    ]
    if known and not take_over:
        codes = [element.id for element in known if element.code] or [known[0].id]
        plan.findings.append(Finding("I004", {"codes": ", ".join(codes)}, page))
        return
    keep_borders(report, result.elements)
    for element in result.elements:
        own = report.elements.get(element.id)
        if own is not None and element.kind in above and not take_over:
            continue
        if own is not None:
            _drop_sums(plan, report, own, element, result)
        if own is None:
            if not is_safe_stem(element.id):
                plan.findings.append(Finding("R013", {"stem": element.id}, page))
            report.elements[element.id] = Element(element.id, element.snapshot())
        else:
            _take_over(own.data, element.data)


def _drop_sums(
    plan: Plan, report: Report, own: Element, new: Element, result: ImportResult
) -> None:
    """Leave out a row that is no more than the sum of rows that the report has already."""
    for element_id, (table, row) in result.summaries:
        others = {key for key in own.rows(table) if key != row}
        if element_id != new.id or not others:
            continue
        spec = report.template.kinds[new.kind].fields[table]
        unit = report.template.notation(spec.notation).unit
        printed = new.remove_row(table, row)
        given = derive.totals(report, spec, own)
        for column in report.columns(spec):
            amount = derive.stored_amount(printed.get(column.key))
            if amount is None:
                continue
            total = given.get(column.key)
            if total is None or not agrees(total, Decimal(amount) / unit, unit):
                params = {
                    "element": report.heading(own),
                    "field": column.label,
                    "printed": format_dutch(amount),
                    "computed": "-" if total is None else format_dutch(total),
                }
                plan.findings.append(Finding("I027", params, Path(result.page)))


def _take_over(own: Data, new: Mapping[str, object]) -> None:
    """Put the values of the page over those of the report; what the page lacks stays."""
    for key, value in new.items():
        below = own.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            _take_over(below, value)
        else:
            own[key] = copy.deepcopy(value)


def _files(plan: Plan, report: Report, results: Sequence[ImportResult]) -> None:
    """All files that the import changes or adds, as bytes."""
    root = plan.root
    plan.files[root / FILE_NAME] = report_bytes(report, results)
    for element in report.changed_elements():
        path = element.source.path if element.source else path_for(report, element)
        taken = element.source is None and path.exists()
        if taken or changed_on_disk(element):
            reason = _("{file} is in the way").format(file=path.relative_to(root).as_posix())
            plan.findings.append(_folder(root, reason))
            continue
        plan.files[path] = serialise(report, element)
        plan.added += element.source is None
        plan.changed += element.source is not None
    rest, wrong = rest_bytes(root / REST_FILE, results)
    plan.findings += wrong
    plan.files[root / REST_FILE] = rest
    for name, text in ((".gitattributes", GIT_ATTRIBUTES), (".gitignore", GIT_IGNORE)):
        if not (root / name).exists():
            plan.files[root / name] = text.encode("utf-8")


def write(plan: Plan) -> None:
    """Write all files of a plan; when one of them cannot be written, none of them stays.

    Raises StavazaError where the plan is blocked or another program is busy with the report, and
    OSError when the disk refuses.
    """
    if plan.blocked:
        raise StavazaError(_("This import has errors, so nothing was written."))
    if not plan.root.exists():
        _write_new(plan)
        return
    lock = locked(plan.root, "import") if (plan.root / FILE_NAME).exists() else nullcontext()
    with lock:
        _write_over(plan.files)


def _write_new(plan: Plan) -> None:
    """A new folder appears complete: it is made under another name first."""
    root = plan.root
    made = next((at for at in reversed((root, *root.parents)) if not at.exists()), root)
    temporary = root.with_name(f".{root.name}.{secrets.token_hex(4)}.tmp")
    try:
        for path, data in plan.files.items():
            write_safely(temporary / path.relative_to(root), data)
        temporary.replace(root)
    except BaseException:
        shutil.rmtree(temporary if made == root else made, ignore_errors=True)
        raise


def _write_over(files: Mapping[Path, bytes]) -> None:
    """Write files in a folder that exists; put everything back when one fails."""
    before: list[tuple[Path, bytes | None]] = []
    folders: list[Path] = []
    try:
        for path, data in files.items():
            old = path.read_bytes() if path.exists() else None
            if old == data:
                continue
            folders += [at for at in (path.parent, *path.parent.parents) if not at.exists()]
            before.append((path, old))
            write_safely(path, data)
    except BaseException:
        for path, old in reversed(before):
            if old is None:
                path.unlink(missing_ok=True)
            else:
                write_safely(path, old)
        for folder in folders:
            if folder.exists() and not any(folder.iterdir()):
                folder.rmdir()
        raise
