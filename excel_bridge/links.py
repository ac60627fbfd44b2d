"""Reads, checks and writes the links of a report: `koppelingen/<link>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from excel_bridge.cells import Measure
from excel_bridge.derived_links import DERIVED, DerivedReader
from excel_bridge.link_places import (
    read_block,
    read_direction,
    read_element_key,
    read_measure,
    read_place,
    read_row_key,
    read_texts,
    read_traits,
    with_decimals,
)
from excel_bridge.link_types import ColumnLink, Link, Place, Region, Skip
from excel_bridge.roots import PlaceError, config_file, inside_root, known_roots, split_place
from excel_bridge.targets import Target, targets
from stavaza.canonical import dump
from stavaza.finding import Finding
from stavaza.naming import is_safe_stem
from stavaza.os_reasons import os_reason
from stavaza.store import LINKS_FOLDER
from stavaza.template import YearColumn
from stavaza.toml_reader import TableReader, parse_toml
from stavaza.tree import Report

BASELINE_SUFFIX: Final = ".baseline.toml"


def link_files(root: Path) -> list[Path]:
    """The files of all links of the report in `root`, by name."""
    folder = root / LINKS_FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix == ".toml"
        and not path.name.endswith(BASELINE_SUFFIX)
        and not path.name.startswith(".")
        and path.is_file()
        and not path.is_symlink()
    )


def read_links(report: Report) -> tuple[list[Link], list[Finding]]:
    """The links that can be used, and everything that is wrong with any of them."""
    files = link_files(report.root)
    if not files:
        return [], []
    roots, findings = known_roots(report.root)
    links = []
    for path in files:
        link, wrong = read_link(report, path, roots)
        findings += wrong
        if link is not None:
            links.append(link)
    return links, findings


def read_link(
    report: Report, path: Path, roots: Mapping[str, Path]
) -> tuple[Link | None, list[Finding]]:
    """One link; None with findings where anything in it is wrong."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Finding("R026", {"reason": os_reason(error)}, path)]
    return link_from_bytes(report, path, raw, roots)


def link_from_bytes(
    report: Report, path: Path, raw: bytes, roots: Mapping[str, Path]
) -> tuple[Link | None, list[Finding]]:
    """What the bytes of a link's file say; `path` is where the file is or will be."""
    table, text, findings = parse_toml(raw, path)
    if table is None:
        return None, findings
    link = _LinkReader(report, roots, TableReader(table, path, text, findings)).read()
    return (None if findings else link), findings


def link_bytes(data: dict[str, Any]) -> bytes:
    """The canonical bytes of a link's file."""
    return dump(data)


def link_file(root: Path, name: str) -> Path:
    """Where the link `name` of the report in `root` is kept."""
    return root / LINKS_FOLDER / f"{name}.toml"


def table_fields(report: Report) -> list[str]:
    """The keys of the table fields of all kinds, each once."""
    specs = (spec for kind in report.template.kinds.values() for spec in kind.fields.values())
    return list(dict.fromkeys(spec.key for spec in specs if spec.type == "tabel"))


class _LinkReader:
    """One link being read; what is wrong is collected in the reader's findings."""

    def __init__(self, report: Report, roots: Mapping[str, Path], reader: TableReader) -> None:
        self.report = report
        self.roots = roots
        self.reader = reader

    def read(self) -> Link:
        reader = self.reader
        name = reader.file.stem
        if not is_safe_stem(name):
            reader.report("X005", None, value=name, wanted="a-z 0-9 - _")
        workbook, path = self._workbook()
        region = self._region()
        sheet = reader.text_value("blad", "" if region.name else None)
        if DERIVED in reader.table:
            base = Link(name, reader.file, workbook, path, sheet, "", region, Place(), None, ())
            return self._derived(base)
        target = self._target()
        measure = read_measure(reader, Measure(1, -1))
        keys = reader.sub("sleutel", required=True)
        row, element = read_row_key(keys), read_element_key(keys)
        block = read_block(reader.sub("blok"))
        columns = self._columns(target, measure)
        watched = self._watched(target, measure)
        fields = target.fields(self.report) if target.name else {}
        texts, traits = read_texts(reader.sub("tekst"), fields), read_traits(reader, fields)
        skip = self._skip(Skip())
        under = self._under()
        if keys:
            keys.done()
        if block is not None and not any(column.block for column in columns):
            reader.report("X003", "blok", allowed="[kolom.*] blok")
        reader.done()
        element_key = element.places[0] if element.places else None
        return Link(
            name, reader.file, workbook, path, sheet, target.field, region, row.places[0],
            element_key, columns, skip, under, row.form, row.places[1:], element.form, block,
            target.kind, texts, traits, watched,
        )  # fmt: skip

    def _derived(self, base: Link) -> Link:
        """A link that only compares a derived table."""
        measure = read_measure(self.reader, Measure(1, -1))
        link = DerivedReader(self.report, self.reader, measure).read(base)
        link = replace(link, skip=self._skip(Skip(())), under=self._under())
        self.reader.done()
        return link

    def _under(self) -> tuple[str, ...]:
        under = self.reader.texts("onder")
        for top in under:
            if top not in self.report.elements:
                allowed = ", ".join(list(self.report.elements)[:10])
                self.reader.report("T005", "onder", value=top, allowed=allowed)
        return under

    def _workbook(self) -> tuple[str, Path]:
        place = self.reader.text_value("werkmap")
        if not place:
            return "", Path()
        try:
            root, inside = split_place(place)
            if root not in self.roots:
                self.reader.report("X002", "werkmap", root=root, config=str(config_file()))
                return place, Path()
            return place, inside_root(self.roots[root], inside)
        except PlaceError as error:
            self.reader.report("X001", "werkmap", value=place, reason=error.reason)
            return place, Path()

    def _region(self) -> Region:
        reader = self.reader.sub("gebied")
        if reader is None:
            return Region()
        table, name = reader.text_value("tabel", ""), reader.text_value("naam", "")
        if table and name:
            reader.report("X003", None, allowed="tabel, naam")
        region = Region(table, name, reader.texts("tot"))
        reader.done()
        return region

    def _target(self) -> Target:
        """The table `veld`, or the kind `soort`, whose amounts the lines hold."""
        kinds = [found.kind for found in targets(self.report) if found.kind]
        kind = self.reader.one_of("soort", kinds, "")
        if "soort" in self.reader.table:
            if "veld" in self.reader.table:
                self.reader.used.add("veld")
                self.reader.report("X003", None, allowed="veld, soort")
            return Target(kind=kind)
        fields = table_fields(self.report)
        default = fields[0] if len(fields) == 1 else None
        return Target(self.reader.one_of("veld", fields, default))

    def _columns(self, target: Target, measure: Measure) -> tuple[ColumnLink, ...]:
        spec = target.spec(self.report) if target.field else None
        known: dict[str, YearColumn] = {}
        if spec:
            known = {column.key: column for column in self.report.columns(spec)}
        linkable = [column.key for column in target.columns(self.report)] if target.name else []
        found: list[ColumnLink] = []
        subs = self.reader.subs("kolom", required=True)
        if not subs and isinstance(self.reader.table.get("kolom"), dict):
            self.reader.lacks("kolom", named=True)
        for key, reader in subs:
            if key in known and known[key].derived:
                reader.report("X004", None, column=key)
            elif target.name and key not in linkable:
                reader.report("T005", None, value=key, allowed=", ".join(linkable))
            own = with_decimals(read_measure(reader, measure))
            place, block = read_place(reader), reader.text_value("blok", "")
            same = next((o for o in found if (o.place, o.block) == (place, block)), None)
            if same is not None:
                reader.report("X006", None, other=same.key)
            direction = read_direction(reader.sub("richting"))
            found.append(ColumnLink(key, place, own, block, direction))
            reader.done()
        return tuple(found)

    def _watched(self, target: Target, measure: Measure) -> tuple[ColumnLink, ...]:
        """What is derived and only compared: columns such as a balance, fixed sentences."""
        spec = target.spec(self.report) if target.field else None
        columns = self.report.columns(spec) if spec else ()
        known = [column.key for column in columns if column.derived]
        kind = self.report.template.kinds.get(target.kind)
        known += [field.key for field in kind.fields.values() if field.below] if kind else []
        found = []
        for key, reader in self.reader.subs("afgeleid"):
            if key not in known:
                reader.report("T005", None, value=key, allowed=", ".join(known) or "-")
            own = with_decimals(read_measure(reader, measure))
            found.append(ColumnLink(key, read_place(reader), own))
            reader.done()
        return tuple(found)

    def _skip(self, default: Skip) -> Skip:
        reader = self.reader.sub("overslaan")
        if reader is None:
            return default
        texts = reader.texts("teksten") if "teksten" in reader.table else default.texts
        reader.used.add("teksten")
        skip = Skip(texts, reader.texts("sleutels"))
        reader.done()
        return skip
