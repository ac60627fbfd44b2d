"""The corpus: which workbooks there are, and how each is made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import xlwings as xw

from excel_bridge import errors
from tests.excel_bridge.corpus import archives, extras, features, spellings
from tests.excel_bridge.corpus.archives import Parts
from tests.excel_bridge.excel_file import libreoffice

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A workbook: how it is made at a path, and which refusals are right."""

    name: str
    make: Make
    refusal: type[errors.BridgeError] | None = None
    suffix: str = ".xlsx"
    libreoffice_reads: bool = True
    """Whether LibreOffice can open it; some spellings that the formats allow it cannot."""
    foreign: bool = False
    """Whether it was made elsewhere, so that nobody here knows whether a refusal is right."""


@lru_cache(maxsize=16)
def _base_parts(name: str, folder: Path) -> Parts:
    path = folder / f"basis-{name}.xlsx"
    fills = [features.FEATURES[part] for part in BASES[name]]
    return archives.parts_of(features.make(path, *fills))


BASES: dict[str, tuple[str, ...]] = {
    "plain": (),
    "budget": ("formulas", "table", "merged", "formats", "names", "chart-column"),
    "rich": (
        "rule-data-bar-2010", "rule-icons", "sparklines", "comments", "images", "rich-text",
        "validation", "links",
    ),
    "hidden": ("hidden", "outline", "filters", "page", "view", "arrays", "texts"),
}  # fmt: skip


def _spelled(base: str, spelling: spellings.Spelling) -> Make:
    def make(path: Path) -> None:
        path.write_bytes(archives.plain(spelling(_base_parts(base, path.parent))))

    return make


def _archived(base: str, archive: Callable[[Parts], bytes]) -> Make:
    def make(path: Path) -> None:
        path.write_bytes(archive(_base_parts(base, path.parent)))

    return make


def _featured(*names: str, option: str = "") -> Make:
    fills = [features.FEATURES[name] for name in names]
    return lambda path: features.make(path, *fills, **features.OPTIONS[option])


def _chained(base: str, *steps: spellings.Spelling) -> Make:
    def make(path: Path) -> None:
        parts = _base_parts(base, path.parent)
        for step in steps:
            parts = step(parts)
        path.write_bytes(archives.plain(parts))

    return make


def _from_features() -> Iterator[Case]:
    names = list(features.FEATURES)
    for name in names:
        suffix = ".xlsm" if name == "vba" else ".xlsx"
        yield Case(f"feature/{name}", _featured(name), suffix=suffix)
    yield Case("feature/vba", _vba, suffix=".xlsm")
    apart = ("inline", "1904", "wide-zip", "2012")
    no_tables = [name for name in names if not name.startswith("table") and name != "image-in-cell"]
    for place, name in enumerate(no_tables):
        option = apart[place % len(apart)]
        yield Case(f"option/{name}-{option}", _featured(name, option=option))
    alone = {"far-away", "many-sheets", "plain"}
    mixed = [name for name in names if name not in alone]
    for first, second in pairwise(mixed[::2]):
        yield Case(f"pair/{first}+{second}", _featured(first, second))


def _vba(path: Path) -> None:
    features.make(path, features.vba, features.table, features.formulas)


def _from_spellings() -> Iterator[Case]:
    unread = {"renamed", "moved-root", "strict-prefixed", "other-case"}
    for base in BASES:
        for name, spelling in spellings.SPELLINGS.items():
            reads = name not in unread
            yield Case(f"spelling/{name}-{base}", _spelled(base, spelling), libreoffice_reads=reads)
    for name, spelling in spellings.ONLY_DENSE.items():
        yield Case(f"spelling/{name}", _spelled("plain", spelling))
    for first, second in (
        ("crlf", "single-quotes"), ("bom", "prefixed"), ("comments", "bare"), ("absolute", "bom"),
        ("extended", "self-closing"), ("loose", "entities"), ("inline-rich", "crlf"),
    ):  # fmt: skip
        steps = spellings.SPELLINGS[first], spellings.SPELLINGS[second]
        yield Case(f"spelling/{first}+{second}", _chained("plain", *steps))
    for name, (spelling, reason) in spellings.REFUSED.items():
        yield Case(f"refused/{name}", _spelled("budget", spelling), reason)


def _from_archives() -> Iterator[Case]:
    for base in ("plain", "budget", "rich"):
        for name, archive in archives.ARCHIVES.items():
            reads = name != "backslashes"
            case = f"archive/{name}-{base}"
            yield Case(case, _archived(base, archive), libreoffice_reads=reads)
    for name, (archive, reason) in archives.HOSTILE.items():
        yield Case(f"refused/{name}", _archived("budget", archive), reason)


def _from_extras() -> Iterator[Case]:
    for name, extra in extras.EXTRAS.items():
        yield Case(f"extra/{name}", _chained("plain", extra))
    for name in ("pivot", "threaded-comments", "slicer", "controls", "external-link", "data-table"):
        extra = extras.EXTRAS[name]
        for spelling in ("prefixed", "strict", "crlf"):
            # an extra keeps its own namespaces, so it comes after the spelling of the rest
            steps = (extra, spellings.SPELLINGS[spelling])
            yield Case(f"extra/{name}-{spelling}", _chained("budget", *steps))
    yield Case("refused/protected", _chained("plain", extras.protected), errors.ProtectedSheetError)


def _from_excel() -> Iterator[Case]:
    for name in ("quickstart.xlsm", "quickstart_standalone.xlsm"):
        source = Path(xw.__file__).parent / name
        if source.exists():
            yield Case(f"excel/{source.stem}", _copy(source), suffix=".xlsm")


def _copy(source: Path) -> Make:
    return lambda path: shutil.copyfile(source, path)


def from_folder(folder: Path) -> list[Case]:
    """The workbooks in a folder and the folders in it; they are copied, never changed."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".xlsx", ".xlsm"))
    return [
        Case(f"{number:04}-{path.stem}", _copy(path), suffix=path.suffix.lower(), foreign=True)
        for number, path in enumerate(paths)
    ]


def all_cases() -> list[Case]:
    """Every workbook that needs no other program to be made."""
    found = [
        *_from_features(), *_from_spellings(), *_from_archives(), *_from_extras(), *_from_excel(),
    ]  # fmt: skip
    names = [case.name for case in found]
    assert len(names) == len(set(names))
    return found


def resaved_by_libreoffice(folder: Path) -> list[Case]:
    """Workbooks that LibreOffice saved anew; none where it is not installed."""
    if libreoffice.SOFFICE is None:
        return []
    source = folder / "bron"
    source.mkdir()
    paths = [
        features.make(source / f"{name}.xlsx", fill)
        for name, fill in features.FEATURES.items()
        if name not in ("far-away", "image-in-cell")
    ]
    out = libreoffice.converted(paths, folder)
    return [Case(f"libreoffice/{path.stem}", _copy(path)) for path in sorted(out.glob("*.xlsx"))]
