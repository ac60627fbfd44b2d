"""*Koppelen*: ties the workbook in Excel to the report, after showing how well it fits."""

from __future__ import annotations

from excel_bridge.addin.answer import Answer
from excel_bridge.addin.caller import Call
from excel_bridge.addin.digest import digest
from excel_bridge.addin.trouble import AddinError, NotLinkedError
from excel_bridge.links import link_bytes
from excel_bridge.plan import State
from excel_bridge.propose import Proposal, propose, write_link
from stavaza.i18n import _
from stavaza.tree import Report


def link(call: Call) -> Answer:
    """Propose the link that fits best; a yes writes it."""
    already = _already(call)
    if already:
        return Answer("done", already)
    report = call.first_report()
    proposal, findings = propose(report, call.path, desk=call.desk)
    if proposal is None:
        raise AddinError("\n\n".join(f"{found.message} {found.action}" for found in findings))
    proof = digest(["link", link_bytes(proposal.data).decode("utf-8")])
    if call.proof != proof:
        return Answer("ask", _question(report, proposal), proof)
    path = write_link(report, proposal)
    text = _("Linked: {file}. Press Proposal to see what differs.")
    return Answer("done", text.format(file=path.name))


def _already(call: Call) -> str:
    """What there is to say where the workbook is linked; '' where it is not."""
    try:
        linked = call.linked
    except NotLinkedError:
        return ""
    text = _("This workbook is linked already: {links}, in the report {folder}.")
    return text.format(links=", ".join(linked.links), folder=linked.report.root)


def _question(report: Report, proposal: Proposal) -> str:
    link, plan = proposal.link, proposal.reading.plan
    equal = plan.count(State.EQUAL) + sum(cell.agrees for cell in plan.derived)
    columns = "\n".join(f"  {column.place} = {column.key}" for column in link.columns)
    text = _(
        "Link {workbook} to the report {report}?\n\nSheet: {sheet}\nKey: {key}\nColumns:\n{columns}"
        "\n\n{lines} lines are recognised; {equal} of {cells} figures are equal already.\n\nUnit, "
        "sign and columns can be corrected in Stavaza or in the file of the link."
    )
    return text.format(
        workbook=link.path.name,
        report=report.root.name,
        sheet=link.sheet or link.region.name,
        key=link.row_key,
        columns=columns,
        lines=proposal.keys,
        equal=equal,
        cells=len(plan.cells) + len(plan.derived),
    )
