"""Publishes a report: static pages, one per element of the kind that the layout names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from stavaza.check import element_faults, page_findings
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.publish.build import INDEX_FILE, build, frame
from stavaza.publish.export_time import export_time as newest_change
from stavaza.publish.folder import Publication, keep_out_of_git, refuse_unfit
from stavaza.publish.manifest import PublishError
from stavaza.publish.plan import plan
from stavaza.publish.render import PageTemplateError, render
from stavaza.publish.renewal import Renewal
from stavaza.publish.turn import only_publisher
from stavaza.tree import Moment, Report

__all__ = ["PageTemplateError", "PublishError", "PublishResult", "publish", "render_report"]


@dataclass(frozen=True)
class PublishResult:
    """The names of the pages that stand in the folder, old ones that went, and findings.

    `made` of the pages were made anew. What stands beside the pages, such as the search index, is
    not counted. The findings are the report's errors, references in texts that lead nowhere, and
    what publishing itself met (codes P).
    """

    folder: Path
    names: tuple[str, ...]
    removed: tuple[Path, ...]
    findings: tuple[Finding, ...]
    made: int = 0

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The pages, the index first."""
        return tuple(self.folder / name for name in self.names)


def publish(
    report: Report,
    out: Path,
    moment: str | None = None,
    *,
    now: datetime | None = None,
    export_time: datetime | None = None,
    everything: bool = False,
) -> PublishResult:
    """Write the pages of a report as published at `moment` (its key; else the current one).

    A page that stands in `out` and was made from the same is left as it is, unless `everything` is
    to be made anew. The same data and times give the same bytes. `now` is the build time and
    `export_time` that of the newest change in the data, both found out where not given. Nothing
    but the pages, what goes with them and the list of them is written; files of others stay.

    Raises PublishError for an unknown moment and a folder that cannot be used or in which another
    program is publishing, PageTemplateError for a Jinja template that cannot be used; OSError when
    the disk refuses.
    """
    planned = plan(report, _moment(report, moment))
    refuse_unfit(out)
    with only_publisher(out):
        folder = Publication(out, _identity(report))
        made = Renewal(planned, folder, everything=everything)
        if made.missing:
            built = now or datetime.now().astimezone()
            exported = export_time or newest_change(report)
            made.make(frame(report, planned.moment, built, exported))
        faults = element_faults(report, made.settled)
        made.forget(faults)
        written = folder.write(made.files, made.kept, made.keys)
        keep_out_of_git(out, report.root)
    found = (*page_findings(report, faults), *planned.findings, *made.findings, *written.findings)
    names = (INDEX_FILE, *(link.file for link in planned.links))
    removed = tuple(path for path in written.removed if path.suffix == ".html")
    pages = sum(name.endswith(".html") for name in made.files)
    return PublishResult(out, names, removed, found, pages)


def render_report(
    report: Report,
    moment: str | None = None,
    *,
    now: datetime | None = None,
    export_time: datetime | None = None,
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The pages by file name, the index first, without writing them; parameters as `publish`."""
    built = now or datetime.now().astimezone()
    exported = export_time or newest_change(report)
    site = build(report, _moment(report, moment), built, exported)
    return render(site, report.template.path), site.findings


def _identity(report: Report) -> str:
    """What a folder with pages remembers whose they are by."""
    return f"{report.meta.organisation} {report.meta.year}, {report.template.key}"


def _moment(report: Report, key: str | None) -> Moment:
    if key is None:
        return report.current_moment
    found = report.moment(key)
    if found is None:
        known = ", ".join(moment.key for moment in report.meta.moments)
        sentence = _("This report has no moment “{moment}”; choose from: {known}.")
        raise PublishError(sentence.format(moment=key, known=known))
    return found
