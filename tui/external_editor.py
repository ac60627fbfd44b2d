"""Hands a text to the editor that the person has chosen for the terminal, and takes it back."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from stavaza.errors import StavazaError
from stavaza.i18n import _

_COMMON = ("notepad",) if os.name == "nt" else ("nano", "vi")


class EditorError(StavazaError):
    """The editor could not be used; the text says why."""


def editor_command() -> list[str]:
    """The command of the person's editor: VISUAL, EDITOR, else what the system has."""
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value:
            parts = shlex.split(value, posix=os.name != "nt")
            return [part.strip('"') for part in parts]
    for program in _COMMON:
        found = shutil.which(program)
        if found:
            return [found]
    raise EditorError(_("No editor was found; name yours in EDITOR."))


def edited(text: str, name: str) -> str:
    """The text as the person leaves it in their editor; `name` is what the file is called.

    The terminal must be free. Raises EditorError.
    """
    with tempfile.TemporaryDirectory(prefix="stavaza-") as folder:
        path = Path(folder) / f"{name}.md"
        path.write_text(text, encoding="utf-8", newline="\n")
        command = editor_command()
        try:
            done = subprocess.run([*command, str(path)], check=False)
            fresh = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            sentence = _("The editor {editor} could not be used: {reason}")
            raise EditorError(sentence.format(editor=command[0], reason=error)) from error
    if done.returncode != 0:
        sentence = _("The editor {editor} stopped with an error, so the text stays as it was.")
        raise EditorError(sentence.format(editor=command[0]))
    return fresh.replace("\r\n", "\n").rstrip("\n")
