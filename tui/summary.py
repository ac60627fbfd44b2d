"""The state of affairs of a report in a few lines, for where there is no terminal."""

from __future__ import annotations

import argparse

from stavaza.i18n import _, ngettext
from tui.commands.common import FINDINGS, FINE, count_findings, emit, opened


def print_summary(args: argparse.Namespace) -> int:
    """Print what report it is, how far it is and what is missing; exit codes as everywhere."""
    from stavaza.check import check_report
    from stavaza.derive import counts
    from stavaza.required import progress

    report = opened(args)
    moment = report.current_moment
    mark = " " + _("(EXAMPLE)") if report.meta.example else ""
    emit(f"{report.meta.organisation} {report.meta.year} - {moment.label}{mark}")
    emit(str(report.root))
    done = [progress(report, element, moment.key) for element in report.elements.values()]
    filled, required = sum(pair[0] for pair in done), sum(pair[1] for pair in done)
    emit(
        _("{filled} of {required} required fields are filled in.").format(
            filled=filled, required=required
        )
    )
    for derivation in report.template.derivations.values():
        if derivation.form == "telling":
            parts = [
                f"{count.status.label if count.status else _('without status')} {count.number}"
                for count in counts(report, derivation, None, moment.key)
            ]
            emit(f"{derivation.label}: {', '.join(parts)}")
    findings = [finding for finding in check_report(report) if finding.severity != "info"]
    emit(
        ngettext("{n} finding", "{n} findings", len(findings)).format(n=len(findings))
        + f" ({count_findings(findings)}). "
        + _("See: stavaza check")
    )
    return FINDINGS if findings else FINE
