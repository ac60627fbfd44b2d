"""Records the report's files in git: starting a repository, and a commit of all that changed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from stavaza.display import harmless, harmless_lines
from stavaza.git_run import GitError, run_git
from stavaza.i18n import _

_LONGEST_SUBJECT = 72
_MOST_LINES = 50
_NAME, _EMAIL = "Stavaza", "stavaza@localhost"


def start_repository(root: Path) -> None:
    """Make `root` a git repository. Raises GitError, also where git is not installed."""
    run_git(root, "init", "--quiet", "--initial-branch=main", ".")


def record_all(root: Path, message: str) -> None:
    """Commit all changes below `root` that git does not ignore. Raises GitError.

    Where git knows no name for the person, the commit carries Stavaza's.
    """
    run_git(root, "add", "--all", "--", ".")
    run_git(
        root, *identity(root), "commit", "--quiet", "--no-verify", "--message", message, "--", "."
    )


def message_for(root: Path, head: str | None, paths: Collection[str]) -> str:
    """A message for changes to these files of the report, made up from what they changed."""
    from stavaza.commits import AUTOMATIC
    from stavaza.history import resolve
    from stavaza.review import compare
    from stavaza.store import open_report

    report, _findings = open_report(root)
    subject = _("Changes in {n} files").format(n=len(paths))
    lines: list[str] = []
    if report is not None and head is not None:
        for item in compare(report, resolve(root, head), None):
            fields = dict.fromkeys(change.label.split(" · ")[0] for change in item.changes)
            lines.append(f"{item.heading}: {', '.join(fields)}" if fields else item.heading)
        names = [line.partition(" ")[0] for line in lines]
        if lines:
            subject = lines[0] if len(lines) == 1 else ", ".join(names)
    if len(subject) > _LONGEST_SUBJECT:
        subject = subject[: _LONGEST_SUBJECT - 1].rstrip(" ,") + "…"
    body = "\n".join(f"- {line}" for line in lines[:_MOST_LINES])
    parts = (harmless(subject), harmless_lines(body), AUTOMATIC)
    return "\n\n".join(part for part in parts if part)


def set_identity(root: Path, name: str, address: str) -> None:
    """Tell git who works in this repository. Raises GitError."""
    run_git(root, "config", "--local", "user.name", name)
    run_git(root, "config", "--local", "user.email", address)


def identity(root: Path) -> tuple[str, ...]:
    """Options that give a commit Stavaza's name, where git knows none for the person."""
    return () if has_identity(root) else _fallback_identity()


def has_identity(root: Path) -> bool:
    """Whether git knows the person's name and mail address."""
    try:
        return bool(run_git(root, "config", "user.name").strip()) and bool(
            run_git(root, "config", "user.email").strip()
        )
    except GitError:  # git answers an unset value with a failure
        return False


def _fallback_identity() -> tuple[str, ...]:
    return ("-c", f"user.name={_NAME}", "-c", f"user.email={_EMAIL}")


def difference(root: Path, *, stat: bool = False) -> str:
    """The difference of the files with the last commit, as git prints it. Raises GitError."""
    how = ("--stat=76",) if stat else ("--unified=1",)
    plain = ("--no-ext-diff", "--no-textconv", "--no-color")
    return run_git(root, "diff", *plain, *how, "--", ".").decode("utf-8", "replace")
