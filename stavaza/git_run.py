"""Runs git's command line, trusting nothing that comes along in the repository.

A repository can name programs in many settings: hooks, filters, a file monitor, helpers for
passwords, transports. A person who opens somebody's folder did not choose those, so they are
switched off; what is in the person's own settings stays. docs/decisions/git.md lists them.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from stavaza.display import harmless
from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.os_reasons import os_reason, reason_in

_HARDENED = (
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "submodule.recurse=false",
    "-c",
    "gc.autoDetach=false",
)
_KEPT_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")
_TRANSPORTS = "file:https:http:ssh"
_TIMEOUT_SECONDS = 60.0
_PATIENT_SECONDS = 900.0
_HASTY_SECONDS = 8.0
_NO_WINDOW = 0x08000000  # CREATE_NO_WINDOW: no flash of a console on Windows

_FILTER_KEYS = (".clean", ".smudge", ".process", ".required")
_OWN_VALUES = {
    "core.askpass": "",
    "core.alternaterefscommand": ":",
    "commit.gpgsign": "false",
    "tag.gpgsign": "false",
    "push.gpgsign": "false",
    "log.showsignature": "false",
    "core.editor": ":",
}
"""What a setting that the repository gives is replaced with."""


_Signature = tuple[tuple[str, int, int], ...]


class GitError(StavazaError):
    """git could not do what was asked; the text says why, `said` is all that git said."""

    def __init__(self, text: str, said: str = "") -> None:
        self.said = said
        super().__init__(text)


def git_program() -> str | None:
    """The git on the search path; never one in the current folder, as Windows would take."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if folder and Path(folder).is_absolute():
            found = shutil.which(str(Path(folder) / "git"))
            if found:
                return found
    return None


def run_git(
    root: Path,
    *arguments: str,
    stdin: bytes = b"",
    index: Path | None = None,
    patient: bool = False,
    hasty: bool = False,
) -> bytes:
    """What a git command prints. Raises GitError with its own words where it fails.

    `index` replaces the repository's index; `patient` waits long, for what crosses a network;
    `hasty` gives up soon, for what a person need not wait for.
    """
    program = git_program()
    if program is None:
        raise GitError(_("Git is not installed."))
    environment = clean_environment() | _neutral(program, str(root.absolute()))
    if index is not None:
        environment["GIT_INDEX_FILE"] = str(index)
    seconds = _PATIENT_SECONDS if patient else _HASTY_SECONDS if hasty else _TIMEOUT_SECONDS
    return _run(program, root, arguments, environment, stdin, seconds=seconds)


def _run(
    program: str,
    root: Path,
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    stdin: bytes = b"",
    *,
    seconds: float = _TIMEOUT_SECONDS,
) -> bytes:
    try:
        done = subprocess.run(
            [program, *_HARDENED, *arguments],
            cwd=root,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=seconds,
            env=dict(environment),
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )
    except subprocess.TimeoutExpired:
        raise GitError(_("Git did not answer in time.")) from None
    except OSError as error:
        raise GitError(os_reason(error)) from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace")
        raise GitError(_reason(said), said)
    return done.stdout


def _reason(said: str) -> str:
    """The line in which git says what is wrong: the first fatal one, else the first."""
    lines = said.strip().splitlines()
    grave = next((line for line in lines if line.startswith(("fatal: ", "error: "))), None)
    line = grave or (lines[0] if lines else "git")
    if reason := reason_in(line):
        return _("Git could not go on: {reason}").format(reason=reason)
    return harmless(line.removeprefix("fatal: ").removeprefix("error: "))


def clean_environment() -> dict[str, str]:
    """The environment without GIT_ variables, which may point at another repository.

    Those that only say where a person keeps their settings stay.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("GIT_") or name in _KEPT_SETTINGS
    }
    return kept | {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": _TRANSPORTS,
        "GIT_EDITOR": ":",
        "LC_ALL": "C",
    }


_known: dict[tuple[str, str], tuple[_Signature, dict[str, str]]] = {}


def _neutral(program: str, root: str) -> dict[str, str]:
    """Variables that switch off each program that the repository's own settings name.

    Those in the person's own settings, such as Git LFS or a store of passwords, stay. Read again
    when one of the files changed that the settings came from.
    """
    known = _known.get((program, root))
    if known is not None and known[0] and known[0] == _signature(path for path, *_ in known[0]):
        return known[1]
    try:
        asked = ("config", "--includes", "--show-scope", "--show-origin", "-z", "--list")
        out = _run(program, Path(root), asked, clean_environment())
    except GitError:  # no repository
        return {}
    records = [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]
    local: list[str] = []
    person: list[tuple[str, str]] = []
    files: set[str] = set()
    triples = zip(records[::3], records[1::3], records[2::3], strict=False)
    for scope, origin, record in triples:
        key, _newline, value = record.partition("\n")
        if scope in ("local", "worktree"):
            local.append(key)
            files.add(str(Path(root) / origin.removeprefix("file:")))
        else:
            person.append((key, value))
    settings = _replaced(local, person)
    found = {"GIT_SSH_COMMAND": dict(person).get("core.sshcommand") or "ssh -oBatchMode=yes"}
    for number, (key, value) in enumerate(settings):
        found[f"GIT_CONFIG_KEY_{number}"] = key
        found[f"GIT_CONFIG_VALUE_{number}"] = value
    if settings:
        found["GIT_CONFIG_COUNT"] = str(len(settings))
    _known[program, root] = (_signature(files), found)
    return found


def _signature(files: Iterable[str]) -> _Signature:
    """What shows that files are as they were; empty where one cannot be seen."""
    found = []
    for path in sorted(files):
        try:
            state = Path(path).stat()
        except OSError:
            return ()
        found.append((path, state.st_mtime_ns, state.st_size))
    return tuple(found)


def _replaced(local: list[str], person: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The settings to give git, in order, in place of dangerous ones of the repository."""
    found = [(key, _OWN_VALUES[key]) for key in local if key in _OWN_VALUES]
    filters = {key.rsplit(".", 1)[0] for key in local if key.startswith("filter.")}
    for name in sorted(filters):
        found += [(name + key, "false" if key == ".required" else "") for key in _FILTER_KEYS]
    if any(key.startswith("credential.") for key in local):
        # An empty helper forgets all before it; then the person's own come back.
        found.append(("credential.helper", ""))
        found += [(key, value) for key, value in person if key.startswith("credential.")]
    return found


def serving(command: str) -> str:
    """How git on this computer serves a shared folder: without the hooks that lie in there.

    `command` is `receive-pack` or `upload-pack`. Git starts it through a shell, `sh` on Windows
    too, and with the settings of the folder, which anyone may have written who can reach it.
    """
    program = git_program() or "git"
    safe = (f"core.hooksPath={os.devnull}", "core.fsmonitor=false", "core.alternateRefsCommand=:")
    options = [part for setting in safe for part in ("-c", setting)]
    return shlex.join([Path(program).as_posix(), *options, command])
