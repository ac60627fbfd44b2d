"""The main job from beginning to end on a copy of the example, with the real components.

Copy and record in git, change a status, a text and a figure, bring the workbook and the report in
agreement, show the difference, publish. The report's own data say what is changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.errors import StavazaError
from stavaza.i18n import _, ngettext
from tui.commands.common import emit

if TYPE_CHECKING:
    from excel_bridge.plan import CellPlan, Outcome
    from stavaza.template import Field
    from stavaza.tree import Element, Report

REPORT_FOLDER, PAGES_FOLDER = "rapport", "paginas"
_RAISE_EUROS = 5000


class DemoError(StavazaError):
    """The example is not as the demonstration needs it."""


@dataclass(frozen=True)
class StatusChange:
    """A status that the demonstration gives: where, and the key it changes into."""

    element: Element
    field: Field
    status: str


def run_demo(folder: Path) -> int:
    """Do the main job in `folder`, which must be empty, and tell each step. 0 when all agrees."""
    from excel_bridge import sync
    from stavaza.check import check_report
    from stavaza.publish import publish

    root = folder / REPORT_FOLDER
    _step(1, _("The example report is copied and recorded in git."))
    in_git = _copy_and_record(root)
    report = _open(root)
    emit(f"   {report.root}")

    _step(2, _("A status, a text and a figure are changed in the report."))
    _change_words(report)
    _change_figure(report)

    _step(3, _("Report and workbook are compared; each side takes over what the other changed."))
    outcome = sync.apply(report, sync.plan(report))
    _tell_sync(outcome)
    left = [cell for cell in sync.plan(report).cells() if cell.open and not cell.needs_choice]
    left = [cell for cell in left if cell.proposal is not cell.proposal.LATER]
    emit(
        "   "
        + (
            _("Still different: {n}").format(n=len(left))
            if left
            else _("Compared again: nothing is left to take over.")
        )
    )

    if in_git:
        _step(4, _("This is what changed in the files, and nothing else:"))
        _tell_difference(root)

    _step(5, _("The pages are published."))
    result = publish(report, folder / PAGES_FOLDER)
    for path in result.files:
        emit(f"   {path}")

    findings = [f for f in check_report(report) if f.severity != "info"]
    _step(
        6,
        ngettext(
            "{n} finding is left for the author:",
            "{n} findings are left for the author:",
            len(findings),
        ).format(n=len(findings)),
    )
    for finding in findings:
        emit(f"   {finding.message}")
    books = [link.workbook for link in sync.plan(report).links if link.workbook is not None]
    _tell_what_to_open(folder, result.files[0], books)
    return 1 if left else 0


def _step(number: int, text: str) -> None:
    emit()
    emit(f"{number}. {text}")


def _copy_and_record(root: Path) -> bool:
    from stavaza.example import copy_example, record_example

    copy_example(root)
    reason = record_example(root)
    if reason:
        emit("   " + _("Without git: {reason}").format(reason=reason))
    return not reason


def _open(root: Path) -> Report:
    from stavaza.store import open_report

    report, findings = open_report(root)
    if report is None:
        raise DemoError(" ".join(finding.message for finding in findings))
    return report


def _change_words(report: Report) -> None:
    from stavaza import store
    from stavaza.prose import canonical

    moment = report.current_moment.key
    change = _a_status_to_change(report)
    path = report.path_of(change.field, moment)
    old = report.statuses(change.field)[change.element.get(path)].label
    change.element.set(path, change.status)
    new = report.statuses(change.field)[change.status].label
    emit(f"   {report.heading(change.element)}: {change.field.label} {old} -> {new}")
    text = _a_text(report, change.element)
    if text is not None:
        place = report.path_of(text, moment)
        before = change.element.get(place)
        added = _("In the meantime the planning has been adjusted.")
        change.element.set(place, canonical(f"{before.rstrip()}\n{added}\n", before))
        emit(f"   {report.heading(change.element)}: {text.label} + “{added}”")
    store.save(report, change.element)


def _a_status_to_change(report: Report) -> StatusChange:
    """The first status that can change for the better: into the first that needs nothing else."""
    moment = report.current_moment.key
    for _depth, element in report.walk():
        kind = report.kind(element)
        if kind is None or element.retired:
            continue
        needing = {
            value
            for spec in kind.fields.values()
            if spec.required_when
            for value in spec.required_when.values
        }
        for spec in kind.fields.values():
            now = str(element.get(report.path_of(spec, moment)))
            best = next((key for key in report.statuses(spec) if key not in needing), now)
            if now in report.statuses(spec) and now != best:
                return StatusChange(element, spec, best)
    raise DemoError(_("No element has a status at the current moment."))


def _a_text(report: Report, element: Element) -> Field | None:
    moment = report.current_moment.key
    kind = report.template.kinds[element.kind]
    for spec in kind.fields.values():
        if spec.type == "tekst" and spec.per_moment and element.get(report.path_of(spec, moment)):
            return spec
    return None


def _change_figure(report: Report) -> None:
    from excel_bridge import sync
    from excel_bridge.plan import State
    from stavaza import store
    from stavaza.amounts import format_dutch

    for cell in sync.plan(report).cells():
        old = cell.report_value
        if cell.state is State.EQUAL and not cell.formula and old is not None:
            element = report.elements[cell.id.element]
            element.set(cell.path, old + _RAISE_EUROS)
            store.save(report, element)
            emit(
                f"   {report.heading(element)}: {_column(report, cell)}"
                f" {format_dutch(old)} -> {format_dutch(old + _RAISE_EUROS)}"
            )
            return
    raise DemoError(_("No figure of the report stands in the workbook."))


def _column(report: Report, cell: CellPlan) -> str:
    spec = report.field(report.elements[cell.id.element], cell.path[0])
    columns = report.columns(spec) if spec else ()
    label = next((made.label for made in columns if made.key == cell.id.column), cell.id.column)
    return f"{cell.id.row} {label}"


def _tell_sync(outcome: Outcome) -> None:
    from stavaza.amounts import format_dutch

    for title, cells in (
        (_("to Excel"), outcome.to_excel),
        (_("from Excel"), outcome.from_excel),
    ):
        for cell in cells:
            value = cell.report_value if cells is outcome.to_excel else cell.excel_value
            shown = format_dutch(value) if value is not None else _("blank")
            emit(f"   {title}: {cell.cell} {cell.id.row} {cell.id.column} = {shown}")
    for message in outcome.messages:
        emit(f"   {message}")
    if outcome.left:
        emit(
            "   "
            + ngettext(
                "{n} line waits for a person: see stavaza excel plan",
                "{n} lines wait for a person: see stavaza excel plan",
                len(outcome.left),
            ).format(n=len(outcome.left))
        )


def _tell_difference(root: Path) -> None:
    from stavaza.recording import difference

    for line in (*difference(root, stat=True).splitlines(), "", *difference(root).splitlines()):
        emit(f"   {line}")


def _tell_what_to_open(folder: Path, index: Path, books: list[Path]) -> None:
    emit()
    emit(_("To look at it:"))
    emit(
        "   "
        + _("the report in the app: {command}").format(
            command=f'stavaza --report "{folder / REPORT_FOLDER}"'
        )
    )
    emit("   " + _("the pages in a browser: {file}").format(file=index))
    for book in dict.fromkeys(books):
        emit("   " + _("the workbook: {file}").format(file=book))
