"""The findings of working together, letter G: what a merge left for a person to decide."""

from __future__ import annotations

from stavaza import stage_codes
from stavaza.i18n import N_
from stavaza.rule import Rule

_DECIDE = N_("Choose one of the two, or write what it must be; until then the conflict stays open.")

RULES: dict[str, Rule] = {
    "G001": Rule(
        "error",
        N_("Two people changed this differently"),
        N_("{element}: “{field}” is here “{ours}”; the other made it “{theirs}”."),
        _DECIDE,
    ),
    "G002": Rule(
        "error",
        N_("Changed here, removed by another"),
        N_("{element}: “{field}” is here “{ours}”; the other removed it."),
        _DECIDE,
    ),
    "G003": Rule(
        "error",
        N_("Removed here, changed by another"),
        N_("{element}: “{field}” was removed here; the other made it “{theirs}”."),
        _DECIDE,
    ),
    "G004": Rule(
        "error",
        N_("Conflict cannot be read"),
        N_("{element}: the entry “{key}” below [conflict] is not what a merge writes."),
        N_("Take the entry away, or get the file from an earlier version."),
    ),
    **stage_codes.RULES,
}
