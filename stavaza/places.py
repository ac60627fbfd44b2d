"""Says where things are: what comes along with Stavaza, and the folders of the person.

`STAVAZA_HOME` names a folder that replaces the person's own folders: for tests, for a shared
machine, and for a stick that carries everything with it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
_BUNDLED: Final = _PACKAGE / "_bundled"
EXAMPLE_FOLDER: Final = "voorbeeld"
"""The folder of a template with the example report that it brings along."""


def templates_dir() -> Path:
    """Return the folder with the templates that come along, one folder each; `_x` is shared."""
    return _shipped("templates")


def example_dir() -> Path:
    """Return the example report that comes with Stavaza; to be copied, never edited where it is."""
    return _shipped("data")


def user_documents_dir() -> Path:
    """Return the folder for a person's reports, among which the copy of the example.

    Stavaza's own folder inside the documents of the system; it need not exist yet.
    """
    if home := _home():
        return home
    import platformdirs

    return platformdirs.user_documents_path() / "Stavaza"


def config_dir() -> Path:
    """Return the folder for a person's settings, such as where the drives with workbooks are.

    On Windows it follows the person from one desktop to the next; it need not exist yet.
    """
    if home := _home():
        return home / "config"
    import platformdirs

    return platformdirs.user_config_path("stavaza", appauthor=False, roaming=True)


def state_dir() -> Path:
    """Return the folder for what Stavaza remembers on this computer; nothing in it is needed.

    It need not exist yet.
    """
    if home := _home():
        return home / "state"
    import platformdirs

    return platformdirs.user_state_path("stavaza", appauthor=False)


def _home() -> Path | None:
    """Return the folder that `STAVAZA_HOME` names, as an absolute path."""
    named = os.environ.get("STAVAZA_HOME", "").strip()
    return Path(named).expanduser().absolute() if named else None


def _shipped(name: str) -> Path:
    """Return a folder that is packed into the wheel, and at the top of a checkout otherwise."""
    packed = _BUNDLED / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
