"""Changes to the tree as a whole: create, rename, move and retire elements, mint row keys."""

from __future__ import annotations

from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.naming import MAX_STEM, is_device, is_safe_stem, mint_id
from stavaza.template import Kind
from stavaza.tree import Element, Report


class EditError(StavazaError):
    """A change that would break the tree; the text says why."""


def create(
    report: Report, kind: str, parent: str | None, code: str = "", name: str = ""
) -> Element:
    """Add a new, unsaved element below `parent`.

    A kind with codes needs one that was never used; other kinds get a minted id. Raises EditError.
    """
    spec = report.template.kinds[kind]
    _check_parent(report, spec, parent)
    element_id = _new_id(report, spec, code)
    data: dict[str, object] = {"soort": kind}
    if spec.code_shape:
        data["code"] = element_id
    if parent is not None:
        data["ouder"] = parent
    if not spec.code_shape:
        data["volgorde"] = next_place(report, kind, parent)
    if name:
        data[spec.name_field] = _as_stored(spec, name)
    element = Element(element_id, data)
    report.elements[element_id] = element
    return element


def _as_stored(kind: Kind, name: str) -> str:
    if kind.fields[kind.name_field].type != "tekst":
        return " ".join(name.split())
    from stavaza.prose import canonical

    return canonical(name)


def _new_id(report: Report, kind: Kind, code: str) -> str:
    if not kind.code_shape:
        return mint_id(kind.key, report.elements)
    return usable_code(report, kind, code)


def usable_code(report: Report, kind: Kind, code: str) -> str:
    """A code as typed, without spaces around it. Raises EditError where it cannot be a new one."""
    code = code.strip()
    if not code:
        raise EditError(_("A {kind} needs a code.").format(kind=kind.label))
    if len(code) > MAX_STEM:
        message = _("“{code}…” cannot be used: it has {n} signs, and a code has {most} at most.")
        raise EditError(message.format(code=code[:20], n=len(code), most=MAX_STEM))
    if is_device(code):
        message = _("“{code}” cannot be used: Windows keeps this name for itself.")
        raise EditError(message.format(code=code))
    if not is_safe_stem(code):
        message = _(
            "“{code}” cannot be used: a code has letters, digits, dots and dashes only, begins "
            "with a letter or digit and does not end with a dot."
        )
        raise EditError(message.format(code=code))
    if not kind.fits_code(code):
        message = _("“{code}” is not a code of a {kind}; write it like {shape} (9 is a number).")
        raise EditError(message.format(code=code, kind=kind.label.lower(), shape=kind.code_shape))
    if code.casefold() in _taken(report):
        message = _("The code {code} is already in use; codes are never used twice.")
        raise EditError(message.format(code=code))
    return code


def _taken(report: Report) -> set[str]:
    """All codes and ids in use, those of files that cannot be read too, in small letters."""
    unread = {finding.file.stem for finding in report.findings if finding.file is not None}
    return {name.casefold() for name in (*report.elements, *unread)}


def suggest_code(report: Report, kind: str, parent: str | None) -> str:
    """The next free code of `kind` below `parent`, retired codes counted as used."""
    spec = report.template.kinds[kind]
    if not spec.code_shape:
        return ""
    head = f"{report.elements[parent].code}." if parent in report.elements else ""
    tails = [code.removeprefix(head) for code in _taken(report) if code.startswith(head)]
    highest = max((int(tail) for tail in tails if tail.isascii() and tail.isdigit()), default=0)
    code = f"{head}{highest + 1}"
    return code if spec.fits_code(code) else ""


def next_place(report: Report, kind: str, parent: str | None) -> int:
    """The `volgorde` of a new element of `kind` below `parent`: after all that are there."""
    places = [
        place
        for element in report.children(parent, kind)
        if isinstance(place := element.data.get("volgorde"), int)
    ]
    return max(places, default=0) + 1


def _check_parent(report: Report, kind: Kind, parent: str | None) -> None:
    if parent is None:
        if kind.parents:
            names = ", ".join(report.template.kinds[key].label for key in kind.parents)
            message = _("A {kind} stands below another element: {allowed}.")
            raise EditError(message.format(kind=kind.label, allowed=names))
        return
    above = report.elements.get(parent)
    if above is None or above.kind not in kind.parents:
        message = _("A {kind} cannot stand below “{parent}”.")
        shown = report.heading(above) if above else parent
        raise EditError(message.format(kind=kind.label, parent=shown))


def possible_parents(report: Report, element: Element) -> list[Element]:
    """The elements below which `element` may be moved, in reading order."""
    kind = report.kind(element)
    if kind is None:
        return []
    return [
        other
        for _depth, other in report.walk()
        if other.kind in kind.parents and not other.retired and other.id != element.id
    ]


def rename(report: Report, element: Element, name: str) -> None:
    """Give an element another name; its code and file stay. Raises EditError for a blank name."""
    kind = report.template.kinds[element.kind]
    if not name.strip():
        raise EditError(_("An element needs a name."))
    element.set((kind.name_field,), _as_stored(kind, name))


def move(report: Report, element: Element, parent: str) -> None:
    """Put an element below another parent, last among its kind. Raises EditError."""
    kind = report.template.kinds[element.kind]
    _check_parent(report, kind, parent)
    if parent == element.id or any(below.id == parent for below in report.descendants(element.id)):
        raise EditError(_("An element cannot stand below itself."))
    if "volgorde" in element.data:
        element.set(("volgorde",), next_place(report, element.kind, parent))
    element.set(("ouder",), parent)


def shift(report: Report, element: Element, step: int) -> bool:
    """Move an element `step` places among its siblings that are ordered by `volgorde`.

    Whether anything moved; elements with codes stand in the order of their codes.
    """
    kind = report.kind(element)
    if kind is None or kind.code_shape:
        return False
    siblings = report.children(report.parent_of(element), element.kind)
    old = siblings.index(element)
    new = old + step
    if not 0 <= new < len(siblings):
        return False
    siblings.insert(new, siblings.pop(old))
    for place, sibling in enumerate(siblings, start=1):
        if sibling.data.get("volgorde") != place:
            sibling.set(("volgorde",), place)
    return True


def retire(element: Element) -> None:
    """Report no longer on an element; its code stays taken."""
    element.set(("vervallen",), True)


def restore(element: Element) -> None:
    """Report on a retired element again."""
    element.set(("vervallen",), None)


def discard(report: Report, element: Element) -> None:
    """Forget an element that was never saved. Raises EditError for one that has a file."""
    if element.source is not None:
        raise EditError(_("An element that was saved is retired, not removed."))
    del report.elements[element.id]
