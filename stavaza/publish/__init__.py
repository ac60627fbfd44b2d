"""Publishes a report: static pages, one per element of the kind that the layout names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stavaza.check import check_report
from stavaza.check_figures import ON_A_PAGE
from stavaza.finding import Finding
from stavaza.i18n import _
from stavaza.publish.build import Site, build
from stavaza.publish.datasets import files_of
from stavaza.publish.export_time import export_time as newest_change
from stavaza.publish.folder import PublishError, write_site
from stavaza.publish.render import PageTemplateError, render
from stavaza.publish.search_index import INDEX_SCRIPT, index_script, page_line
from stavaza.tree import Moment, Report

__all__ = ["PageTemplateError", "PublishError", "PublishResult", "publish", "render_report"]


@dataclass(frozen=True)
class PublishResult:
    """The pages that stand in the folder (the index first), old ones that went, and findings.

    What stands beside the pages, such as the search index, is not counted. The findings are the
    report's errors, references in texts that lead nowhere, and what publishing itself met (codes
    P).
    """

    files: tuple[Path, ...]
    removed: tuple[Path, ...]
    findings: tuple[Finding, ...]


def publish(
    report: Report,
    out: Path,
    moment: str | None = None,
    *,
    now: datetime | None = None,
    export_time: datetime | None = None,
) -> PublishResult:
    """Write the pages of a report as published at `moment` (its key; else the current one).

    The same data and times give the same bytes. `now` is the build time and `export_time` that of
    the newest change in the data, both found out where not given. Nothing but the pages and the
    list of them in `out` is written; files of others there stay.

    Raises PublishError for an unknown moment and a folder that cannot be used, PageTemplateError
    for a Jinja template that cannot; OSError when the disk refuses.
    """
    site, pages = _rendered(report, moment, now, export_time)
    files = pages | {INDEX_SCRIPT: index_script(map(page_line, site.pages))}
    files |= files_of(site.index.datasets, site.frame.title, site.frame)
    for page in site.pages:
        files |= files_of(page.datasets, page.heading, site.frame)
    findings = site.findings
    written = write_site(out, _identity(report), files)
    errors = [
        finding
        for finding in check_report(report)
        if finding.severity == "error" or finding.code in ON_A_PAGE
    ]
    found = tuple(errors) + findings + written.findings
    return PublishResult(_pages(written.files), _pages(written.removed), found)


def render_report(
    report: Report,
    moment: str | None = None,
    *,
    now: datetime | None = None,
    export_time: datetime | None = None,
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The pages by file name, the index first, without writing them; parameters as `publish`."""
    site, pages = _rendered(report, moment, now, export_time)
    return pages, site.findings


def _rendered(
    report: Report, moment: str | None, now: datetime | None, export_time: datetime | None
) -> tuple[Site, dict[str, bytes]]:
    built = now or datetime.now().astimezone()
    exported = export_time or newest_change(report)
    site = build(report, _moment(report, moment), built, exported)
    return site, render(site, report.template.path)


def _pages(files: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(path for path in files if path.suffix == ".html")


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
