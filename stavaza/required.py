"""Which fields of an element must be filled in at a moment, and which of them are still empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stavaza import derive
from stavaza.finding import KeyPath
from stavaza.revision import to_revise
from stavaza.template import Field
from stavaza.tree import Element, Report


@dataclass(frozen=True)
class Required:
    """A field that must be filled in: where its value is kept and whether it is there.

    `because` is the field whose value makes it required, None where it always is.
    """

    field: Field
    path: KeyPath
    filled: bool
    because: Field | None = None


def is_filled(value: object) -> bool:
    """Whether a stored value says anything: blank text and empty tables do not; 0 does."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value not in ([], {})


def required_fields(report: Report, element: Element, moment: str) -> Iterator[Required]:
    """The fields that an element that is not retired must have at `moment`, in order."""
    kind = report.kind(element)
    if kind is None or element.retired:
        return
    for spec in kind.fields.values():
        if derive.is_below(element, spec):
            continue
        path = report.path_of(spec, moment)
        filled = is_filled(element.get(path))
        if spec.required:
            yield Required(spec, path, filled)
        elif spec.required_when is not None:
            other = kind.fields[spec.required_when.field]
            if element.get(report.path_of(other, moment)) in spec.required_when.values:
                yield Required(spec, path, filled, other)


def progress(report: Report, element: Element, moment: str) -> tuple[int, int]:
    """How many of the element's required fields are filled in at `moment`, out of how many."""
    found = list(required_fields(report, element, moment))
    return sum(item.filled for item in found), len(found)


def is_complete(report: Report, element: Element, moment: str) -> bool:
    """Whether nothing that is required is missing, and no text is still to be revised."""
    filled = all(item.filled for item in required_fields(report, element, moment))
    return filled and not to_revise(report, element)
