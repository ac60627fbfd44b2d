"""Why the system refused, said in Dutch."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stavaza.os_reasons import os_reason, os_sentence, reason_in


def test_a_file_that_is_not_there_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="weg") as absent:
        (tmp_path / "weg.html").read_bytes()
    assert os_reason(absent.value) == "het is er niet"
    with pytest.raises(OSError, match=tmp_path.name) as present:
        tmp_path.mkdir()
    assert os_reason(present.value) == "het is er al"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ENOSPC", "de schijf is vol"),
        ("EACCES", "geen toestemming, of een ander programma heeft het open"),
        ("EROFS", "daar kan niets worden geschreven"),
        ("ENAMETOOLONG", "de naam is te lang"),
    ],
)
def test_what_the_system_refuses_is_said_in_dutch(name: str, said: str) -> None:
    import errno

    number: int = getattr(errno, name)
    assert os_reason(OSError(number, os.strerror(number))) == said


def test_what_nobody_foresaw_is_said_as_the_system_does() -> None:
    assert os_reason(OSError(99999, "Iets anders")) == "Iets anders"
    assert os_reason(OSError("zonder nummer")) == "zonder nummer"


def test_a_command_that_stops_says_so_in_a_sentence_with_the_file() -> None:
    import errno

    full = OSError(errno.ENOSPC, "No space left on device")
    assert os_sentence(full) == "Stavaza kan niet verder: de schijf is vol."
    full.filename = "rapport/6.1.toml"
    assert os_sentence(full) == "Stavaza kan niet verder: rapport/6.1.toml: de schijf is vol."


def test_what_another_program_says_the_system_refused_is_said_in_dutch_too() -> None:
    said = reason_in("unable to create temporary file: Read-only file system")
    assert said == "daar kan niets worden geschreven"
    assert reason_in("could not write .git/config: No space left on device.") == "de schijf is vol"
    assert reason_in("git@plek: Permission denied (publickey).") == ""
    assert reason_in("not something to commit") == ""
