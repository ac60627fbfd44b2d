"""Reads report.toml: organisation, year, template, people, ordered moments, the current moment."""

from __future__ import annotations

import os
import re
from pathlib import Path

from stavaza.deadlines import check_deadlines, read_due
from stavaza.fields import FIRST_YEAR, LAST_YEAR
from stavaza.finding import Finding
from stavaza.i18n import N_
from stavaza.os_reasons import os_reason
from stavaza.places import templates_dir
from stavaza.source import Data, Source
from stavaza.template import DOCUMENT_KINDS, Template
from stavaza.template_reader import FILE_NAME as TEMPLATE_FILE
from stavaza.template_reader import load_template
from stavaza.toml_lines import line_of
from stavaza.toml_reader import TableReader, parse_toml, type_name
from stavaza.tree import Meta, Moment

FILE_NAME = "report.toml"
OWN_TEMPLATES = "sjablonen"
_TEMPLATE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def read_meta(root: Path) -> tuple[Meta | None, Source | None, list[Finding]]:
    """What report.toml in `root` says; None with findings where it cannot be used."""
    path = root / FILE_NAME
    try:
        raw = path.read_bytes()
    except OSError as error:
        if path.is_dir():
            return None, None, [Finding("R033", {"name": path.name}, path)]
        if os.path.lexists(path):
            return None, None, [Finding("R026", {"reason": os_reason(error)}, path)]
        return None, None, [Finding("R001", {"folder": str(root)}, path)]
    meta, table, findings = _read(raw, path)
    return meta, Source(path, raw, table) if meta is not None else None, findings


def meta_from_bytes(raw: bytes, path: Path) -> Meta | None:
    """What a report.toml says that was read before, such as an earlier version; None as above."""
    return _read(raw, path)[0]


def _read(raw: bytes, path: Path) -> tuple[Meta | None, Data, list[Finding]]:
    table, text, findings = parse_toml(raw, path)
    if table is None:
        return None, {}, findings
    reader = TableReader(table, path, text, findings)
    meta = _meta(reader)
    if any(finding.severity == "error" for finding in findings):
        return None, table, findings
    if meta.current not in {moment.key for moment in meta.moments}:
        allowed = ", ".join(moment.key for moment in meta.moments)
        reader.report("R027", "huidig_moment", moment=meta.current, allowed=allowed)
    return meta, table, findings


def _meta(reader: TableReader) -> Meta:
    moments = [(_moment(key, sub), sub) for key, sub in reader.subs("moment", required=True)]
    if not moments and "moment" in reader.table:  # else it is said already
        reader.lacks("moment", named=True)
    ordered = sorted(moments, key=lambda pair: _place(pair[1]))
    persons = {key: sub.text_value("naam", key) for key, sub in reader.subs("persoon")}
    check_deadlines(ordered, persons)
    year = reader.table.get("jaar")
    reader.used.add("jaar")
    if year is None:
        reader.lacks("jaar")
        year = 0
    elif isinstance(year, bool) or not isinstance(year, int):
        reader.report("T003", "jaar", expected=N_("a year"), found=type_name(year))
        year = 0
    elif not FIRST_YEAR <= year <= LAST_YEAR:
        reader.report("R023", "jaar", field="jaar", found=str(year))
    return Meta(
        reader.text_value("organisatie"),
        year,
        reader.text_value("sjabloon"),
        reader.text_value("huidig_moment", ""),
        tuple(moment for moment, _ in ordered),
        persons,
        reader.flag("voorbeeld"),
        dict(reader.table),
    )


def _place(reader: TableReader) -> int:
    value = reader.table.get("volgorde")
    return value if isinstance(value, int) and not isinstance(value, bool) else 1_000_000


def _moment(key: str, reader: TableReader) -> Moment:
    label = reader.text_value("label")
    printed = reader.sub("gedrukt")
    return Moment(
        key,
        label,
        reader.text_value("overzicht", label),
        reader.text_value("titel", label),
        reader.texts("kopregels"),
        printed.table if printed is not None else {},
        reader.one_of("document", DOCUMENT_KINDS, ""),
        *read_due(reader),
    )


def find_template(root: Path, name: str) -> tuple[Template | None, list[Finding]]:
    """The template `name`: the report's own in `sjablonen`, else the bundled one."""
    own = root / OWN_TEMPLATES / name
    if name not in template_names(root):
        return None, [_unknown_template(root / FILE_NAME, name)]
    return load_template(own if (own / TEMPLATE_FILE).is_file() else templates_dir() / name)


def template_names(root: Path) -> list[str]:
    """The templates that a report in `root` can have: those that come along, then its own."""
    folders = (templates_dir(), root / OWN_TEMPLATES)
    found = (sorted(each.glob(f"*/{TEMPLATE_FILE}")) for each in folders)
    names = (path.parent.name for paths in found for path in paths)
    return list(dict.fromkeys(name for name in names if _TEMPLATE_NAME.fullmatch(name)))


def _unknown_template(file: Path, name: str) -> Finding:
    """That no template has that name, at its line of report.toml where there is one."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    params = {"value": name, "allowed": ", ".join(template_names(file.parent))}
    line = line_of(text.replace("\r\n", "\n"), ("sjabloon",)) if text else None
    return Finding("T024", params, file, line, None, ("sjabloon",))


def lent_template(root: Path, name: str, lender: Path | None) -> dict[Path, bytes]:
    """The files that a new report in `root` needs of a template that the report `lender` has.

    By their places in `root`; none where `root` has a report or the template already, or where the
    lender has no template of that name. Raises OSError.
    """
    if lender is None or not _TEMPLATE_NAME.fullmatch(name) or (root / FILE_NAME).exists():
        return {}
    there, here = lender / OWN_TEMPLATES / name, root / OWN_TEMPLATES / name
    if here.exists() or not (there / TEMPLATE_FILE).is_file():
        return {}
    return {
        here / path.relative_to(there): path.read_bytes()
        for path in sorted(there.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
