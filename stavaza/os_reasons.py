"""Says in words for people why the system refused to read or write; its own words are English."""

from __future__ import annotations

import errno
import os
import re

from stavaza.i18n import N_, _

_TEMPORARY = re.compile(r"(?<![^\\/])\.([^\\/]+)\.(?:[0-9a-f]{8}|[0-9]+)\.tmp(?=[\\/]|$)")
_OWN_FOLDER = re.compile(r"[\\/]\.stavaza(?:[\\/].*)?$")
_REASONS = {
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("a part of its path is a file, not a folder"),
    errno.EACCES: N_("no permission, or another program has it open"),
    errno.EPERM: N_("no permission, or another program has it open"),
    errno.EBUSY: N_("another program has it open"),
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
}


def os_reason(error: OSError) -> str:
    """Why, in a part of a sentence; what is not known by number is said as the system does."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def os_sentence(error: OSError) -> str:
    """The whole sentence for a command that stops here, with the file where it is known."""
    place = f"{_named(str(error.filename))}: " if error.filename else ""
    return _("Stavaza cannot go on: {reason}.").format(reason=place + os_reason(error))


def _named(path: str) -> str:
    """A path as the person knows it: what is written beside a file first is called after it.

    The folder for locks and drafts is of the program, so the folder that holds it is named.
    """
    return _OWN_FOLDER.sub("", _TEMPORARY.sub(r"\1", path))


def reason_in(line: str) -> str:
    """The reason with which another program's line ends, as `os_reason` says it; '' for none."""
    for number in (errno.EROFS, errno.EACCES, errno.ENOSPC, errno.EDQUOT):
        if line.rstrip(" .").endswith(f": {os.strerror(number)}"):
            return _(_REASONS[number])
    if "insufficient permission" in line:
        return _(_REASONS[errno.EACCES])
    return ""
