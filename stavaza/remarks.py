"""Remarks: what colleagues say about an element or one of its fields, until it is resolved.

They stand in `opmerkingen/<element>.toml` and are never published:

    [opmerking.20261231-140509-bcdfgh]
    veld = "moment/vgr2/status"
    door = "Jan de Wit"
    op = 2026-12-31T14:05:09Z
    tekst = "Klopt dit nog?"

    [opmerking.20261231-140509-bcdfgh.opgelost."Els Bakker"]
    op = 2027-01-02T09:00:00Z
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stavaza import side_files
from stavaza.conflicts import address, path_at
from stavaza.errors import StavazaError
from stavaza.finding import KeyPath
from stavaza.i18n import _
from stavaza.naming import is_safe_stem
from stavaza.side_files import Person, Table
from stavaza.store import REMARKS_FOLDER
from stavaza.tree import Report

KEY = "opmerking"


class RemarkError(StavazaError):
    """A remark cannot be made or resolved; the text says why."""


@dataclass(frozen=True)
class Remark:
    """One remark: about which element and field (() the element itself), by whom, when.

    `resolved_by` is '' while it is open.
    """

    id: str
    element: str
    path: KeyPath
    who: str
    when: datetime
    text: str
    resolved_by: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "id": self.id,
            "element": self.element,
            "field": list(self.path),
            "who": self.who,
            "when": self.when.isoformat(),
            "text": self.text,
            "resolved_by": self.resolved_by or None,
        }


def file_of(root: Path, element_id: str) -> Path:
    """Where the remarks about an element are kept."""
    return root / REMARKS_FOLDER / f"{element_id}.toml"


def remarks(root: Path, element_id: str) -> list[Remark]:
    """The remarks about an element, oldest first, those that are resolved too."""
    if not is_safe_stem(element_id):
        return []
    table = side_files.read(file_of(root, element_id))
    return [_remark(element_id, key, entry) for key, entry in side_files.entries(table, KEY)]


def _remark(element_id: str, key: str, entry: Table) -> Remark:
    field = str(entry.get("veld", ""))
    done = entry.get("opgelost")
    return Remark(
        key,
        element_id,
        path_at(field) if field else (),
        str(entry.get("door", "")),
        side_files.time_of(entry),
        str(entry.get("tekst", "")).strip(),
        ", ".join(done) if isinstance(done, dict) else "",
    )


def all_remarks(report: Report, *, resolved: bool = False) -> Iterator[Remark]:
    """The open remarks in reading order, those about elements that are gone last."""
    known = [element.id for _depth, element in report.walk()]
    folder = report.root / REMARKS_FOLDER
    others = sorted(path.stem for path in folder.glob("*.toml") if path.stem not in known)
    for element_id in (*known, *others):
        for remark in remarks(report.root, element_id):
            if resolved or not remark.resolved_by:
                yield remark


def add_remark(
    report: Report, element_id: str, path: KeyPath, text: str, who: Person | None = None
) -> Remark:
    """Make a remark about a field, or with () about the element. Raises RemarkError, OSError."""
    if element_id not in report.elements:
        raise RemarkError(_("There is no element “{element}”.").format(element=element_id))
    if not text.strip():
        raise RemarkError(_("A remark needs a text."))
    person = who or side_files.me(report.root)
    when = side_files.now()
    key = side_files.mint(when)
    entry: Table = {"veld": address(path)} if path else {}
    entry |= {"door": person.name, "op": when, "tekst": text.strip()}
    side_files.update(
        report.root,
        file_of(report.root, element_id),
        lambda table: table.setdefault(KEY, {}).update({key: entry}),
    )
    return _remark(element_id, key, entry)


def resolve_remark(report: Report, remark_id: str, who: Person | None = None) -> Remark:
    """Say that a remark is dealt with. Raises RemarkError, OSError."""
    found = [each for each in all_remarks(report, resolved=True) if each.id == remark_id]
    if not found:
        raise RemarkError(_("There is no remark “{id}”.").format(id=remark_id))
    person = who or side_files.me(report.root)
    done = {person.name: {"op": side_files.now()}}

    def change(table: Table) -> None:
        table[KEY][remark_id].setdefault("opgelost", {}).update(done)

    side_files.update(report.root, file_of(report.root, found[0].element), change)
    return remarks_by_id(report.root, found[0].element)[remark_id]


def remarks_by_id(root: Path, element_id: str) -> dict[str, Remark]:
    """The remarks about an element by their id."""
    return {remark.id: remark for remark in remarks(root, element_id)}
