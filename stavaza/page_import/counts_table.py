"""Recognises a printed count per status: it is derived, so that nothing of it is taken over."""

from __future__ import annotations

from stavaza import derive
from stavaza import import_codes as codes
from stavaza.page_import.blocks import Ground
from stavaza.page_import.lines import normal
from stavaza.page_import.signs import Span
from stavaza.page_import.table_lines import rows_of
from stavaza.page_import.witness import report_of
from stavaza.template import Derivation


def read_counts(ground: Ground, span: Span, derivation: Derivation) -> None:
    """Account for the rows that say what the elements of the page say; others go to the rest."""
    report = report_of(ground)
    spec = ground.words.template.kinds[derivation.kind].fields[derivation.field]
    keys = ground.words.status_keys(spec)
    counts = derive.counts(report, derivation, ground.top.id, ground.moments.current)
    expected = {count.status.key if count.status else "": count.number for count in counts}
    numbers = {"": expected[""], "*": sum(expected.values())}
    rows = rows_of(ground.page, span.lines)
    for place, row in enumerate(rows):
        indexes = [cell.index for cell in row]
        label, figure = normal(row[0].text), row[-1].text.strip()
        if label == normal(derivation.label) or (len(row) == 2 and not figure.isdigit()):
            ground.account.derived(*indexes)
            continue
        key = keys.get(label, "*" if place == len(rows) - 1 else "")
        known = expected.get(key, numbers.get(key))
        if len(row) == 2 and figure == str(known):
            ground.account.derived(*indexes)
        else:
            ground.account.leave_all(indexes, codes.IN_DERIVED)
