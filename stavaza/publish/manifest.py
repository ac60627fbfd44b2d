"""The list of a publication: the files that Stavaza wrote in a folder, and what pages came from.

`stavaza-publicatie.json` has the digest of each file and the key of each page. Only the files in
it are ever overwritten or deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring
from pathlib import Path

from stavaza.errors import StavazaError
from stavaza.files import write_quickly, write_safely
from stavaza.i18n import _
from stavaza.publish.data_names import is_data_file
from stavaza.publish.search_index import is_index

MANIFEST = "stavaza-publicatie.json"
_SHORTEST_NAME = len("a.html")
_UNFIT = re.compile(r'^\.|[/\\:"\0]')


class PublishError(StavazaError):
    """Nothing was published; the text says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """The list as it stands in a folder: digests by file, keys by page, and its bytes."""

    report: str
    digests: Mapping[str, str]
    keys: Mapping[str, str]
    raw: bytes = b""


def read_manifest(out: Path, report: str) -> Manifest:
    """The list in a folder with the pages of a report; an empty one where there is none.

    Raises PublishError for a list that is no list, or that of another report.
    """
    try:
        raw = (out / MANIFEST).read_bytes()
        data = json.loads(raw)
    except FileNotFoundError:
        return Manifest(report, {}, {})
    except ValueError:
        data = None
    pages = data.get("paginas") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(pages, dict):
        sentence = _("{file} cannot be read; delete it or publish into another folder.")
        raise PublishError(sentence.format(file=out / MANIFEST))
    if data.get("verslag") != report:
        sentence = _("{folder} holds the pages of {other}; publish into another folder.")
        raise PublishError(sentence.format(folder=out, other=data.get("verslag")))
    return Manifest(report, _texts(pages), _texts(data.get("sleutels")), raw)


def write_manifest(
    out: Path,
    before: Manifest,
    digests: Mapping[str, str],
    keys: Mapping[str, str],
    *,
    in_passing: bool = False,
) -> Manifest:
    """Put a list in a folder in the place of the one before it, where it says something else.

    One written `in_passing` stands for a moment only and does not wait for the disk.
    """
    tables = ",\n".join(
        f'  "{name}": {{\n' + ",\n".join(map(_entry, sorted(table.items()))) + "\n  }"
        for name, table in (("paginas", digests), ("sleutels", keys))
    )
    report = json.dumps(before.report, ensure_ascii=False)
    raw = f'{{\n  "verslag": {report},\n{tables}\n}}\n'.encode("utf-8", "replace")
    if raw != before.raw and in_passing:
        write_quickly(str(out / MANIFEST), raw)
    elif raw != before.raw:
        write_safely(out / MANIFEST, raw)
    return Manifest(before.report, digests, keys, raw)


@lru_cache(maxsize=1 << 13)
def _entry(pair: tuple[str, str]) -> str:
    """A line of the list; the list is written twice, and most of it is as it was before."""
    return f"    {encode_basestring(pair[0])}: {encode_basestring(pair[1])}"


def _texts(table: object) -> dict[str, str]:
    """The entries of a table in the list that can be ours."""
    if not isinstance(table, dict):
        return {}
    return {name: text for name, text in table.items() if isinstance(text, str) and is_ours(name)}


def is_ours(name: str) -> bool:
    """Whether a name can be one of ours: a page or data of a page, never a path elsewhere."""
    if name.endswith(".html"):
        return len(name) >= _SHORTEST_NAME and _UNFIT.search(name) is None
    return is_index(name) or is_data_file(name)
