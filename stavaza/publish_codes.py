"""The findings of publishing, letter P: what could not come on a page or be cleaned up."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "P001": Rule(
        "warning",
        N_("Nothing to publish"),
        N_("There is no element of the kind {kind}, so no page was made but the index."),
        N_("Add one, or choose another report."),
    ),
    "P002": Rule(
        "warning",
        N_("On no page"),
        N_("{element} stands below no element of the kind {kind}, so it is on no page."),
        N_("Move it, or retire it."),
    ),
    "P003": Rule(
        "warning",
        N_("Old page left as it is"),
        N_("{page} is no longer part of this report, but was changed after it was made."),
        N_("Delete it yourself when nobody needs it."),
    ),
    "P004": Rule(
        "warning",
        N_("Page was changed by hand"),
        N_("{page} was changed after it was made; it has been made again from the report."),
        N_("Change the report or its template instead of the page."),
    ),
    "P005": Rule(
        "error",
        N_("Figure too large or too precise"),
        N_("The totals of “{field}” of {element} cannot be computed, so the page lacks them."),
        N_("Check the amounts of this table."),
    ),
}
