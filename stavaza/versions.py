"""Names versions of the report: concept, college, council; each is a tag in git.

The tag of a version is `<moment>/<name>`, and `<moment>/<name>-2` for the second one of that name,
so that each moment has versions of its own and none is ever moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from stavaza.display import harmless
from stavaza.errors import StavazaError
from stavaza.git_run import GitError, run_git
from stavaza.history import commit_time, git_state, resolve
from stavaza.i18n import _

NAMES: Final = ("concept", "college", "raad")
"""The usual names, in order; any other simple word may be a name too."""

ALIASES: Final = {"council": "raad", "draft": "concept"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,29}")
NAME_OF_TAG: Final = re.compile(r"([A-Za-z0-9_]+)/([a-z][a-z0-9_]*)(?:-([2-9]|[1-9][0-9]+))?")
"""What a tag that names a version looks like."""

_PREFIX: Final = "refs/tags/"


class VersionError(StavazaError):
    """A version cannot be named that way; the text says why."""


@dataclass(frozen=True)
class NamedVersion:
    """A version with a name: the moment, the name, which one of that name, and its commit."""

    moment: str
    name: str
    number: int
    commit: str
    when: datetime

    @property
    def tag(self) -> str:
        """What git calls it."""
        return tag_of(self.moment, self.name, self.number)


def tag_of(moment: str, name: str, number: int) -> str:
    """The tag of a version: `vgr2/college`, `vgr2/college-2`."""
    return f"{moment}/{name}" + (f"-{number}" if number > 1 else "")


def named_versions(root: Path, moment: str | None = None) -> list[NamedVersion]:
    """The versions that have a name, by moment, oldest first. Raises GitError."""
    out = run_git(root, "for-each-ref", "--format=%(refname)%00%(objectname)", "refs/tags/")
    found = []
    for line in out.decode("utf-8", "replace").splitlines():
        tag, _nul, oid = line.partition("\0")
        parsed = _parse(tag.removeprefix(_PREFIX))
        if parsed is None or (moment is not None and parsed[0] != moment):
            continue
        try:
            commit = resolve(root, oid)
        except GitError:  # a tag of something else than a commit
            continue
        found.append(NamedVersion(*parsed, commit, commit_time(root, commit)))
    return sorted(found, key=lambda each: (each.moment, each.when, each.name, each.number))


def _parse(tag: str) -> tuple[str, str, int] | None:
    match = NAME_OF_TAG.fullmatch(tag)
    return (match[1], match[2], int(match[3] or 1)) if match else None


def find_version(root: Path, asked: str, moment: str = "") -> str:
    """The commit that a person means: a name at the moment, else what git understands.

    `college` is the newest one of that name. Raises GitError with a sentence.
    """
    name, _dash, number = asked.partition("-")
    name = ALIASES.get(name, name)
    if moment and _NAME.fullmatch(name) and (not number or number.isdigit()):
        same = [each for each in named_versions(root, moment) if each.name == name]
        wanted = [each for each in same if not number or each.number == int(number)]
        if wanted:
            return max(wanted, key=lambda each: each.number).commit
    return resolve(root, asked)


def name_version(root: Path, moment: str, name: str, text: str = "") -> NamedVersion:
    """Give the last commit a name at a moment; the next number where the name was given before.

    Everything must be recorded. Raises VersionError, GitError.
    """
    name = ALIASES.get(name, name)
    if not _NAME.fullmatch(name):
        sentence = _("“{name}” cannot name a version: use a short word in small letters.")
        raise VersionError(sentence.format(name=harmless(name)))
    state = git_state(root)
    if state is None or state.commit is None:
        raise VersionError(_("Nothing was recorded yet, so there is no version to name."))
    if state.changed:
        raise VersionError(
            _("Some changes are not recorded yet; share first, then name the version.")
        )
    numbers = [each.number for each in named_versions(root, moment) if each.name == name]
    number = max(numbers, default=0) + 1
    tag = tag_of(moment, name, number)
    message = text.strip() or tag
    run_git(root, *_identity(root), "tag", "--no-sign", "--message", message, tag, state.commit)
    return NamedVersion(moment, name, number, state.commit, commit_time(root, state.commit))


def _identity(root: Path) -> tuple[str, ...]:
    from stavaza.recording import identity

    return identity(root)
