"""The place that colleagues share a report through: a git server, or a folder on the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stavaza.display import harmless
from stavaza.errors import StavazaError
from stavaza.git_run import GitError, run_git, serving
from stavaza.i18n import _
from stavaza.sharing_words import hint
from stavaza.versions import NAME_OF_TAG

USUAL_NAME = "origin"
_FETCHED_TAGS = "refs/stavaza/tags/"
_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SCP = re.compile(r"(?![A-Za-z]:[\\/])[^/\\]+:")


class PlaceError(StavazaError):
    """A place cannot be used to share through; the text says why."""


@dataclass(frozen=True)
class Place:
    """Where to share: git's name for it, its address, and the branch there."""

    name: str
    address: str
    branch: str

    @property
    def tracking(self) -> str:
        """What we call the branch as it was there when we last looked."""
        return f"refs/remotes/{self.name}/{self.branch}"

    @property
    def shown(self) -> str:
        """The address as it can be shown: without a password in it."""
        return harmless(re.sub(r"//[^/@]*@", "//", self.address))

    def serving(self, option: str, command: str) -> tuple[str, ...]:
        """The option that says how a folder on this computer or network is served."""
        return (f"--{option}={serving(command)}",) if is_folder(self.address) else ()


def is_folder(address: str) -> bool:
    """Whether an address is a folder, which git serves with a program on this computer."""
    if address.lower().startswith("file://"):
        return True
    return not _URL.match(address) and not _SCP.match(address)


def find_place(root: Path, branch: str) -> Place | None:
    """The place that a branch is shared through; None where there is none. Raises GitError."""
    name = _setting(root, f"branch.{branch}.remote")
    merge = _setting(root, f"branch.{branch}.merge").removeprefix("refs/heads/")
    names = run_git(root, "remote").decode("utf-8", "replace").split("\n")
    names = [each for each in names if each]
    if name not in names:
        merge = ""
        name = USUAL_NAME if USUAL_NAME in names else names[0] if len(names) == 1 else ""
    if not name or name.startswith("-"):
        return None
    address = run_git(root, "ls-remote", "--get-url", name).decode("utf-8", "replace").strip()
    return Place(name, address, merge or branch)


def _setting(root: Path, key: str) -> str:
    try:
        return run_git(root, "config", "--get", key).decode("utf-8", "replace").strip()
    except GitError:  # git answers an unset value with a failure
        return ""


def fetch(root: Path, place: Place) -> None:
    """Look what is there now; nothing here changes. Raises GitError, also when offline."""
    run_git(
        root,
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-write-fetch-head",
        *place.serving("upload-pack", "upload-pack"),
        place.name,
        f"+refs/heads/*:refs/remotes/{place.name}/*",
        f"+refs/tags/*:{_FETCHED_TAGS}*",
        patient=True,
    )


def ask_newest(root: Path, place: Place) -> str | None:
    """The newest commit there now; None where the branch is not there yet.

    Nothing is fetched. Raises GitError, also when the place does not answer soon.
    """
    out = run_git(
        root,
        "ls-remote",
        "--heads",
        *place.serving("upload-pack", "upload-pack"),
        place.name,
        f"refs/heads/{place.branch}",
        hasty=True,
    )
    return out.decode("ascii", "replace").partition("\t")[0] or None


def newest_there(root: Path, place: Place) -> str | None:
    """The newest commit there when we last looked; None where the branch is not there yet."""
    return _refs(root, place.tracking).get(place.tracking)


def branches_there(root: Path, place: Place) -> list[str]:
    """The branches there when we last looked. Raises GitError."""
    head = f"refs/remotes/{place.name}/"
    names = (ref.removeprefix(head) for ref in _refs(root, head))
    return sorted(name for name in names if name != "HEAD")


def _refs(root: Path, pattern: str) -> Mapping[str, str]:
    out = run_git(root, "for-each-ref", "--format=%(refname)%00%(objectname)", pattern)
    pairs = (line.split("\0") for line in out.decode("utf-8", "replace").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


def push(root: Path, place: Place, commit: str) -> None:
    """Put a commit there, and the names of versions; only on top of what is there.

    Raises GitError where it is refused, such as when someone else was first.
    """
    tags = _unshared_tags(root)
    run_git(
        root,
        "push",
        "--quiet",
        "--no-verify",
        "--no-signed",
        "--no-follow-tags",
        "--recurse-submodules=no",
        *place.serving("receive-pack", "receive-pack"),
        place.name,
        f"{commit}:refs/heads/{place.branch}",
        *(f"{tag}:{tag}" for tag in tags),
        patient=True,
    )
    run_git(root, "update-ref", place.tracking, commit)


def remember(root: Path, place: Place, branch: str) -> None:
    """Remember where the branch is shared, for other programs that use git. Raises GitError."""
    if not _setting(root, f"branch.{branch}.merge"):
        run_git(root, "config", "--local", f"branch.{branch}.remote", place.name)
        run_git(root, "config", "--local", f"branch.{branch}.merge", f"refs/heads/{place.branch}")


def take_names(root: Path) -> list[tuple[str, str]]:
    """Take over the names of versions that others gave; pairs (name, our new name) of clashes.

    A name that both gave to different versions is theirs; ours becomes the next of that name.
    """
    ours = _refs(root, "refs/tags/")
    theirs = {
        "refs/tags/" + ref.removeprefix(_FETCHED_TAGS): oid
        for ref, oid in _refs(root, _FETCHED_TAGS).items()
        if NAME_OF_TAG.fullmatch(ref.removeprefix(_FETCHED_TAGS))
    }
    moved: list[tuple[str, str]] = []
    taken = {*ours, *theirs}
    for ref, oid in theirs.items():
        if ours.get(ref) == oid:
            continue
        if ref in ours:
            spare = _next_name(ref, taken)
            taken.add(spare)
            run_git(root, "update-ref", spare, ours[ref])
            moved.append((ref.removeprefix("refs/tags/"), spare.removeprefix("refs/tags/")))
        run_git(root, "update-ref", ref, oid)
    return moved


def _next_name(ref: str, taken: set[str]) -> str:
    head = re.sub(r"-\d+\Z", "", ref)
    number = 2
    while f"{head}-{number}" in taken:
        number += 1
    return f"{head}-{number}"


def _unshared_tags(root: Path) -> list[str]:
    there = {
        ref.removeprefix(_FETCHED_TAGS): oid for ref, oid in _refs(root, _FETCHED_TAGS).items()
    }
    here = {ref.removeprefix("refs/tags/"): oid for ref, oid in _refs(root, "refs/tags/").items()}
    return [
        f"refs/tags/{tag}"
        for tag, oid in here.items()
        if NAME_OF_TAG.fullmatch(tag) and there.get(tag) != oid
    ]


def set_place(root: Path, address: str) -> None:
    """Share through an address from now on; an empty folder becomes a place to share through.

    Raises PlaceError where another one is set, GitError, OSError.
    """
    names = run_git(root, "remote").decode("utf-8", "replace").split()
    if USUAL_NAME in names:
        known = run_git(root, "ls-remote", "--get-url", USUAL_NAME).decode("utf-8", "replace")
        if known.strip() != address:
            sentence = _("This report is shared through {place} already.")
            raise PlaceError(sentence.format(place=harmless(known.strip())))
        return
    if address.startswith("-") or "::" in address:
        raise PlaceError(_("{place} cannot be a place to share.").format(place=harmless(address)))
    if is_folder(address):
        make_place(Path(address), _branch(root))
    run_git(root, "remote", "add", "--", USUAL_NAME, address)


def _branch(root: Path) -> str:
    try:
        return run_git(root, "symbolic-ref", "--short", "HEAD").decode("utf-8", "replace").strip()
    except GitError:  # a detached head
        return "main"


def make_place(folder: Path, branch: str) -> None:
    """Make a folder a place to share a branch through, where it is absent or empty.

    Raises PlaceError for a folder that holds something else, GitError, OSError.
    """
    if not folder.is_absolute():
        raise PlaceError(_("Give the whole path of the folder, such as G:/Rapporten/2026.git"))
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "objects").is_dir() or not (folder / "HEAD").is_file():
            sentence = _("{folder} is not empty and is no place to share; name another folder.")
            raise PlaceError(sentence.format(folder=folder))
        return
    folder.mkdir(parents=True, exist_ok=True)
    first = f"--initial-branch={branch}"
    run_git(folder, "init", "--quiet", "--bare", "--shared=group", first, ".")


def get_report(address: str, folder: Path) -> None:
    """Get what colleagues share at an address, in a new folder. Raises PlaceError, GitError."""
    if folder.exists() and any(folder.iterdir()):
        sentence = _("{folder} is not empty; choose another folder.")
        raise PlaceError(sentence.format(folder=folder))
    if address.startswith("-") or "::" in address:
        raise PlaceError(_("{place} cannot be a place to share.").format(place=harmless(address)))
    full = str(Path(address).expanduser().absolute()) if is_folder(address) else address
    if is_folder(address) and not Path(full).is_dir():
        sentence = _("There is no folder {place}; give the folder through which colleagues share.")
        raise PlaceError(sentence.format(place=harmless(full)))
    folder.mkdir(parents=True, exist_ok=True)
    place = Place(USUAL_NAME, full, "")
    served = place.serving("upload-pack", "upload-pack")
    no_modules = "--no-recurse-submodules"
    try:
        run_git(folder, "clone", "--quiet", no_modules, *served, "--", full, ".", patient=True)
    except GitError as error:
        sentence = _(
            "The report could not be fetched from {place}. Look whether the address is right, "
            "whether colleagues shared a report there, and whether you are connected and may read "
            "there; then try again. Git says: {reason}"
        )
        raise PlaceError(sentence.format(place=place.shown, reason=hint(str(error)))) from error
    if not _refs(folder, "refs/heads/"):
        names = branches_there(folder, place)
        if names:
            run_git(folder, "switch", "--quiet", "--no-recurse-submodules", names[0])
