"""Opening the next moment and making the report of the next year, shown before it is done.

Both work on the report as its files are, opened anew, so that they can run beside the screens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from textual.content import Content

from stavaza.errors import NotAReportError
from stavaza.fields import read_date
from stavaza.i18n import _
from stavaza.store import open_report
from stavaza.tree import Report
from tui.widgets.plan_dialog import Asked, PlanDialog, Preview

_MOST_LINES = 12


def round_dialog(report: Report) -> PlanDialog:
    """Asks for the next moment and its deadline, shows what is left, and opens it."""
    from stavaza.deadlines import dutch_date
    from stavaza.next_round import RoundError, next_round

    try:
        likely = next_round(report)
        key, label = likely.key, likely.label
        due = dutch_date(likely.due) if likely.due else ""
    except RoundError:
        key = label = due = ""
    asked = (
        Asked("key", _("Key, such as vgr3"), key),
        Asked("label", _("What it is called"), label),
        Asked("due", _("Deadline (may be blank)"), due),
    )
    root = report.root
    return PlanDialog(_("Open the next moment"), asked, lambda values: _plan_round(root, values))


def _plan_round(root: Path, values: Mapping[str, str]) -> Preview:
    from stavaza.new_report import moments_for
    from stavaza.next_round import RoundError, next_round, open_round, unfinished
    from tui.commands.round import lines_on, unfinished_lines

    report = opened_anew(root)
    due = read_date(values["due"]) if values["due"] else None
    key, label = values["key"], values["label"]
    if report.moment(key) is not None:
        label = ""
    elif not key or not (label or key in moments_for(report.template, report.meta.year)):
        sentence = _("A moment that is new needs a key, such as vgr3, and a name.")
        raise RoundError(sentence)
    planned = next_round(report, key, label, due)
    left = unfinished(report)
    now = report.current_moment.label
    words = {"old": now, "new": planned.label}
    parts = [
        Content.styled(_("From “{old}” to “{new}”.").format(**words), "bold"),
        *map(Content, lines_on(planned)),
        Content(
            _("Only report.toml changes: 1 file. What was written at “{old}” stays.").format(
                **words
            )
        ),
    ]
    if left:
        head = _("“{moment}” is not finished:").format(moment=now)
        parts += [Content(""), Content.styled(head, "$text-warning")]
        parts += _some(unfinished_lines(report, left))

    def do() -> str:
        open_round(report, planned)
        return _("From now on “{new}” is written; “{old}” stays as it is.").format(**words)

    label = _("Open anyway") if left else _("Open it")
    return Preview(Content("\n").join(parts), label, do, risky=bool(left))


def year_dialog(report: Report) -> PlanDialog:
    """Asks where the report of the next year goes, shows what goes along, and makes it."""
    from stavaza.next_year import shift_years

    year = report.meta.year + 1
    name = shift_years(report.root.name, report.meta.year, 1)
    name = name if name != report.root.name else f"{report.root.name}-{year}"
    asked = (
        Asked("folder", _("Folder that is new"), str(report.root.parent / name)),
        Asked("year", _("Budget year"), str(year)),
    )
    root = report.root
    return PlanDialog(
        _("Make the report of the next year"), asked, lambda values: _plan_year(root, values)
    )


def _plan_year(root: Path, values: Mapping[str, str]) -> Preview:
    from excel_bridge.next_year import carried_links
    from stavaza.next_year import NewYearError, plan_year
    from stavaza.year_writing import refuse_folder, write_year
    from tui.commands.common import named_folder
    from tui.commands.year import lines_on

    report = opened_anew(root)
    if not values["folder"] or not values["year"].isdecimal():
        raise NewYearError(_("Name a folder and a year of four digits."))
    folder = named_folder(root.parent / Path(values["folder"]).expanduser())
    refuse_folder(report, folder)
    plan = plan_year(report, folder, int(values["year"]))
    links, unread = carried_links(report, plan.year)
    plan = plan.with_files(links)
    head, *lines = lines_on(report, plan, links, unread)
    goes = _("{n} files in {folder}; this report stays as it is.")
    parts = [
        Content.styled(head, "bold"),
        Content(goes.format(n=len(plan.files), folder=folder)),
        Content(_("Moments: {names}").format(names=", ".join(plan.moments))),
        *_some(lines),
    ]

    def do() -> str:
        write_year(report, plan, folder)
        ready = _("The report of {year} is ready in {folder}.")
        way = _("Open it with: stavaza --report {folder}").format(folder=f'"{folder}"')
        return f"{ready.format(year=plan.year, folder=folder)}\n\n{way}"

    return Preview(Content("\n").join(parts), _("Make it"), do)


def opened_anew(root: Path) -> Report:
    """The report as its files are now. Raises NotAReportError."""
    report, findings = open_report(root)
    if report is None:
        raise NotAReportError("\n".join(finding.line_of_text(root) for finding in findings))
    return report


def _some(lines: Iterable[str]) -> list[Content]:
    """The first lines, and how many more there are."""
    listed = list(lines)
    shown = [Content(line) for line in islice(listed, _MOST_LINES)]
    if len(listed) > _MOST_LINES:
        shown.append(Content("  " + _("and {n} more").format(n=len(listed) - _MOST_LINES)))
    return shown
