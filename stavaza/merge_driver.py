"""What git calls: merging one file, showing one file readably, and the reports of a commit."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stavaza.conflicts import Conflict
from stavaza.display import harmless
from stavaza.git_run import GitError, git_program, run_git
from stavaza.i18n import _, ngettext
from stavaza.merge_file import Broken, Form, Outcome, merge_bytes

_LABELS = {"ours": "onze versie", "base": "samen begonnen", "theirs": "andere versie"}
"""What stands beside the marks of a text merge: in the file, so in Dutch."""


@dataclass(frozen=True)
class Driven:
    """What a merge came to: whether a person must decide something, and what to tell them."""

    undecided: bool
    sentences: tuple[str, ...]


def drive(base: Path, ours: Path, theirs: Path, name: str, form: Form) -> Driven:
    """Merge three files, the result in `ours`; `name` is what the file is called in the report.

    Where a version is not valid TOML, git's own text merge is used, and said so. Raises OSError,
    GitError.
    """
    one, mine, other = (path.read_bytes() for path in (base, ours, theirs))
    done = merge_bytes(one, mine, other, form, clean_lines)
    if isinstance(done, Broken):
        raw, marks = merge_lines(one, mine, other)
        ours.write_bytes(raw)
        return Driven(marks, (_text_merge(name, marks=marks),))
    ours.write_bytes(done.raw)
    return Driven(bool(done.conflicts), tuple(_sentences(name, done)))


def _sentences(name: str, done: Outcome) -> list[str]:
    shown = harmless(name)
    found: list[str] = []
    if done.conflicts:
        count = len(done.conflicts)
        text = ngettext(
            "{file}: two people changed {n} value differently: {fields}. Decide in Stavaza.",
            "{file}: two people changed {n} values differently: {fields}. Decide in Stavaza.",
            count,
        )
        found.append(text.format(file=shown, n=count, fields=_fields(done.conflicts)))
    if done.forgotten:
        text = _("{file}: both agreed with Excel on {fields}, differently; the next sync asks.")
        found.append(text.format(file=shown, fields=_fields(done.forgotten)))
    for note in done.lost_notes:
        text = _("{file}: this remark of the other found no place: {note}")
        found.append(text.format(file=shown, note=harmless(note)))
    return found


def _fields(found: tuple[Conflict, ...]) -> str:
    return ", ".join(harmless(" · ".join(conflict.path)) for conflict in found)


def _text_merge(name: str, *, marks: bool) -> str:
    text = (
        _("{file} is not valid TOML on one of the sides, so it was merged as text, with marks.")
        if marks
        else _("{file} is not valid TOML on one of the sides, so it was merged as text.")
    )
    return text.format(file=harmless(name))


def clean_lines(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """A merge by line; None where it has conflicts."""
    raw, marks = merge_lines(base, ours, theirs)
    return None if marks else raw


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """git's own merge by line, and whether it left marks of conflicts. Raises GitError."""
    program = git_program()
    if program is None:
        raise GitError(_("Git is not installed."))
    with tempfile.TemporaryDirectory() as folder:
        labels: list[str] = []
        paths: list[Path] = []
        for key, raw in (("ours", ours), ("base", base), ("theirs", theirs)):
            path = Path(folder) / key
            path.write_bytes(raw)
            paths.append(path)
            labels += ["-L", _LABELS[key]]
        done = subprocess.run(
            [program, "merge-file", "-p", "-q", *labels, *map(str, paths)],
            capture_output=True,
            check=False,
            cwd=folder,
        )
    if done.returncode < 0 or done.returncode > 127:
        raise GitError(harmless(done.stderr.decode("utf-8", "replace").strip()))
    return done.stdout, done.returncode > 0


def readable(raw: bytes) -> bytes:
    """A file for a difference on screen: canonical, without what could steer a terminal."""
    from stavaza.canonical import dump
    from stavaza.toml_text import loads

    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        text = dump(loads(text)).decode("utf-8")
    except (ValueError, RecursionError):  # shown as it is
        text = raw.decode("utf-8", "replace")
    lines = (harmless(line.replace("\t", "    ")) for line in text.split("\n"))
    return "\n".join(lines).encode("utf-8")


def changed_reports(top: Path) -> list[Path]:
    """The folders of the reports in `top` that hold changes since the last commit."""
    from stavaza.store import find_report

    out = run_git(top, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    names = [part[3:].decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]
    folders = {(top / name).parent for name in names if name.endswith(".toml")}
    found = {find_report(folder) for folder in folders if folder.is_dir()}
    inside = (root for root in found if root is not None and root.is_relative_to(top))
    return sorted(inside)
