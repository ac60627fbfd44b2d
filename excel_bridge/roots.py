"""The folders in which workbooks may be: `rapport` is the report's own, others are settings.

A link says `root:relative/path`; where a root is differs per computer and stands in the user's
`config.toml`, under `[mappen]`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from excel_bridge.paths import inside_of
from stavaza.finding import Finding
from stavaza.i18n import N_, _
from stavaza.places import config_dir
from stavaza.toml_reader import TableReader, parse_toml

_MOST_SEEN: Final = 5000

REPORT_ROOT: Final = "rapport"
CONFIG_FILE: Final = "config.toml"
FOLDERS_KEY: Final = "mappen"
SUFFIXES: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_ROOT_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]+")  # one letter would look like a drive
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"|?*]')

_REASONS: Final = {
    "shape": N_("it is not of the form folder:path/workbook.xlsx"),
    "absolute": N_("the path must start inside the folder"),
    "outside": N_("the path leads out of the folder"),
    "part": N_("a part of the path cannot be a name on every computer"),
    "suffix": N_("it is not a workbook"),
}


class PlaceError(ValueError):
    """A `root:path` that cannot be used; `reason` is why, in the reader's language."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    @property
    def reason(self) -> str:
        """Why, as part of a sentence."""
        return _(_REASONS[self.code])


def config_file() -> Path:
    """The file with the user's settings; it need not exist."""
    return config_dir() / CONFIG_FILE


def known_roots(report_root: Path) -> tuple[dict[str, Path], list[Finding]]:
    """The folders by name, the report's own first; and what is wrong with the user's settings."""
    roots = {REPORT_ROOT: report_root}
    path = config_file()
    try:
        raw = path.read_bytes()
    except OSError:  # no settings
        return roots, []
    table, text, findings = parse_toml(raw, path)
    if table is None:
        return roots, findings
    reader = TableReader(table, path, text, findings)
    folders = reader.sub(FOLDERS_KEY)
    for name in folders.table if folders else ():
        said = folders.text_value(name) if folders else ""
        if folders is None or not said or name == REPORT_ROOT or not _ROOT_NAME.fullmatch(name):
            continue
        folder = Path(said).expanduser()
        if folder.is_absolute():
            roots[name] = folder
        else:  # it would be another folder in each place that Stavaza is started from
            folders.report("X056", name, value=said)
    return roots, findings


def split_place(place: str) -> tuple[str, PurePosixPath]:
    """The root's name and the path inside it. Raises PlaceError for what is no such place."""
    root, colon, inside = place.partition(":")
    if not colon or not _ROOT_NAME.fullmatch(root) or not inside.strip():
        raise PlaceError("shape")
    plain = inside.replace("\\", "/")
    if plain.startswith(("/", "~")):
        raise PlaceError("absolute")
    parts = plain.split("/")
    if ".." in parts:
        raise PlaceError("outside")
    for part in parts:
        wrong_end = part != part.strip() or part.endswith(".")
        if not part or wrong_end or _FORBIDDEN.search(part) or _RESERVED.fullmatch(part):
            raise PlaceError("part")
    path = PurePosixPath(*parts)
    if path.suffix.lower() not in SUFFIXES:
        raise PlaceError("suffix")
    return root, path


def inside_root(folder: Path, inside: PurePosixPath) -> Path:
    """The path of a workbook in the folder of its root.

    Raises PlaceError where a link in the file system leads out of the folder.
    """
    path = folder.joinpath(*inside.parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise PlaceError("outside")
    return path


def root_folder(place: str, path: Path) -> Path:
    """The folder of its root, for a workbook that a link names `place` and that is at `path`."""
    depth = len(split_place(place)[1].parts)
    return path.parents[depth - 1]


def place_of(workbook: Path, roots: dict[str, Path]) -> str | None:
    """How a link names a workbook: by the deepest root around it; None where none is.

    The name is given with `/`, so that the link works on every system.
    """
    own_first = sorted(roots.items(), key=lambda root: root[0] != REPORT_ROOT)
    found = inside_of(workbook.resolve(), {name: folder.resolve() for name, folder in own_first})
    return None if found is None else f"{found[0]}:{found[1].as_posix()}"


def workbooks_below(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    """The workbooks in a folder, and below it where `deep`; none that Excel keeps for itself."""
    seen = 0
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".")) if deep else []
        for name in sorted(files):
            seen += 1
            if seen > _MOST_SEEN:
                return
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith(("~$", ".")):
                yield Path(here) / name
