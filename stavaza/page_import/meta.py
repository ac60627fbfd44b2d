"""report.toml of an import: a new one from the first page, or the report's own with new moments."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from stavaza.canonical import dump, same
from stavaza.check_derived import INCOMPLETE
from stavaza.handmade import edit_text
from stavaza.page_import.moments import PageMoment
from stavaza.page_import.result import ImportResult
from stavaza.source import Data
from stavaza.template import Template
from stavaza.tree import Meta, Moment, Report

_BOM = b"\xef\xbb\xbf"


def meta_data(template: Template, results: Sequence[ImportResult], organisation: str) -> Data:
    """report.toml of a new report that holds these pages; the first one tells the year."""
    first = results[0]
    data: Data = {
        "organisatie": organisation,
        "jaar": first.year,
        "sjabloon": template.key,
        "huidig_moment": first.moments.current,
        "moment": {},
    }
    for result in results:
        _add_moments(data, result, {moment.key for moment in result.moments.all})
    return data


def meta_of(data: Data) -> Meta:
    """A report's description from the data of its report.toml."""
    moments = tuple(
        Moment(
            key,
            value["label"],
            value["overzicht"],
            value["titel"],
            tuple(value.get("kopregels", ())),
            value.get("gedrukt", {}),
        )
        for key, value in data["moment"].items()
    )
    return Meta(
        data["organisatie"],
        data["jaar"],
        data["sjabloon"],
        data["huidig_moment"],
        moments,
        {},
        False,
        data,
    )


def report_bytes(report: Report, results: Sequence[ImportResult]) -> bytes:
    """The bytes of report.toml with what these pages add to it.

    A file that a person laid out keeps its layout. Raises SaveRefusedError when that cannot be
    done exactly.
    """
    source = report.meta_source
    if source is None:
        return dump(report.meta.data)
    data = copy.deepcopy(source.data)
    for result in results:
        _add_moments(data, result, _used(result))
    incomplete = report.meta.data.get(INCOMPLETE)
    if incomplete is None:
        data.pop(INCOMPLETE, None)
    else:
        data[INCOMPLETE] = incomplete
    if same(data, source.data):
        return source.raw
    plain = source.raw.removeprefix(_BOM).replace(b"\r\n", b"\n").decode("utf-8")
    fresh = edit_text(plain, source.data, data).encode("utf-8")
    if b"\r\n" in source.raw:
        fresh = fresh.replace(b"\n", b"\r\n")
    return _BOM + fresh if source.raw.startswith(_BOM) else fresh


def _used(result: ImportResult) -> set[str]:
    """The moments that the elements of a page have values for."""
    used = {result.moments.current, *result.moments.columns}
    for element in result.elements:
        used |= set(element.data.get("moment", {}))
    return used


def _add_moments(data: Data, result: ImportResult, keys: set[str]) -> None:
    moments = data["moment"]
    for moment in result.moments.all:
        if moment.key in keys:
            _add_moment(moments, moment)


def _add_moment(moments: dict[str, Any], moment: PageMoment) -> None:
    """A moment as report.toml holds it; one that is there gains only what it lacks."""
    if moment.key not in moments:
        places = [item.get("volgorde") for item in moments.values()]
        last = max((place for place in places if isinstance(place, int)), default=0)
        moments[moment.key] = {
            "label": moment.label,
            "overzicht": moment.overview,
            "titel": moment.title,
            "volgorde": last + 1,
        }
    own = moments[moment.key]
    header = list(own.get("kopregels", []))
    header += [line for line in moment.header if line not in header]
    if header:
        own["kopregels"] = header
    printed = {**own.get("gedrukt", {}), **moment.printed}
    if printed:
        own["gedrukt"] = printed
    if moment.footer:
        own["voetregel"] = moment.footer
