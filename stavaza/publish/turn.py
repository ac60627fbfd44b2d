"""One publisher at a time in a folder with pages, and who it is that the others wait for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from stavaza.account import account
from stavaza.errors import SaveRefusedError
from stavaza.files import STATE_FOLDER, locked
from stavaza.i18n import _
from stavaza.publish.folder import GIT_IGNORE
from stavaza.publish.manifest import PublishError

PATIENCE_SECONDS = 10.0
_LOCK = "publicatie"
_HOLDER = "publicatie-wie.json"


@contextmanager
def only_publisher(out: Path) -> Iterator[None]:
    """Hold the folder against others who publish in it, on this computer and on others.

    The system lets go of the lock of a program that was killed; what such a program leaves of the
    note on who it was says nothing any more. Raises PublishError when another is busy for longer
    than the patience, OSError when nothing can be written in the folder.
    """
    state = out / STATE_FOLDER
    with ExitStack() as held:
        try:
            held.enter_context(locked(out, _LOCK, PATIENCE_SECONDS))
        except SaveRefusedError:
            raise PublishError(_busy(out, state)) from None
        if not (state / GIT_IGNORE).exists():
            (state / GIT_IGNORE).write_bytes(b"*\n")
        note = state / _HOLDER
        with suppress(OSError):  # only a courtesy; one that another account left may resist
            note.write_bytes(_note())
        try:
            yield
        finally:
            with suppress(OSError):
                note.unlink()


def _note() -> bytes:
    import platform  # slow to load

    since = datetime.now().astimezone().isoformat(timespec="seconds")
    holder = {"wie": account(), "computer": platform.node(), "sinds": since}
    return json.dumps(holder, ensure_ascii=False).encode("utf-8", "replace")


def _busy(out: Path, state: Path) -> str:
    """Who is busy, as far as the note says; it can be gone again, or half written."""
    try:
        note = json.loads((state / _HOLDER).read_bytes())
        since = datetime.fromisoformat(note["sinds"]).astimezone()
        who, computer = str(note["wie"]).strip(), str(note["computer"]).strip()
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        who = ""
    if not who:
        sentence = _("Another program is publishing in {folder}. Try again in a moment.")
        return sentence.format(folder=out)
    sentence = _(
        "{who} is publishing in {folder}, on computer {computer}, since {time}, so nothing was "
        "published now. Try again in a moment."
    )
    return sentence.format(who=who, folder=out, computer=computer, time=f"{since:%H:%M}")
