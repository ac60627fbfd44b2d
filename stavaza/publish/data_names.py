"""Names of the files of open data.

All stand in one folder: a folder for each of a thousand pages costs more than what is in it.
"""

from __future__ import annotations

import re

from stavaza.naming import safe_stem

FOLDER = "gegevens"
_BETWEEN = "__"
LONGEST_NAME = 60
_NAME = r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:\.+[A-Za-z0-9_-]+)*"
_DATA_FILE = re.compile(rf"{FOLDER}/(?:{_NAME}/)?{_NAME}\.(?:csv|json)")
"""Also those of earlier versions, which had a folder for each page."""


def page_stem(wanted: str) -> str:
    """A safe name for a page, without what stands between it and the name of a table."""
    return re.sub("_+", "_", safe_stem(wanted, "")).rstrip("_.-")


def table_name(page: str, name: str) -> str:
    """The path of a table of a page (`programma-6.html`), without its ending."""
    return f"{FOLDER}/{page.removesuffix('.html')}{_BETWEEN}{name}"


def page_of(path: str) -> str:
    """The page that a table belongs to by its path, without its ending."""
    return path.removeprefix(f"{FOLDER}/").partition(_BETWEEN)[0]


def tables_name(number: int) -> str:
    """The path of the file with all tables (0), or of a part of it, counted from 1."""
    return f"{FOLDER}/tabellen-{number}.json" if number else f"{FOLDER}/tabellen.json"


def is_data_file(path: str) -> bool:
    """Whether a path can be that of a file of open data."""
    return _DATA_FILE.fullmatch(path) is not None
