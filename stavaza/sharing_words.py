"""Puts what git and a merge say while sharing into sentences with what to do."""

from __future__ import annotations

from stavaza.display import harmless
from stavaza.git_run import GitError
from stavaza.i18n import N_, _

NOTICES = {
    "kept-theirs": N_("{file} was removed here and changed by someone else, so it is kept."),
    "kept-ours": N_("{file} was changed here and removed by someone else, so it is kept."),
    "twice": N_("{file} was changed by both; the other version is in {detail}. Keep one of them."),
    "forgotten": N_("{file}: both agreed with Excel on {detail}, differently; the next sync asks."),
    "note": N_("{file}: this remark of the other found no place: {detail}"),
}


def refusal(error: GitError) -> str:
    """Why a place refuses: its own words, else git's."""
    lines = [line.strip() for line in error.said.splitlines()]
    own = [line for line in lines if line.startswith(("remote: ", "! ["))]
    return hint(harmless(" ".join(own) or str(error)))


def hint(reason: str) -> str:
    """What git says, with what to do where that is known."""
    if "dubious ownership" in reason:
        folder = reason.partition("'")[2].partition("'")[0]
        text = _(
            "the folder belongs to someone else; if you trust it, allow it once with: "
            'git config --global --add safe.directory "{folder}"'
        )
        return text.format(folder=folder)
    if ".lock" in reason:
        return _(
            "another program is busy with git here; if none is, take away the file that this "
            "names: {reason}"
        ).format(reason=reason)
    return reason
