"""Records the report's files in git: starting a repository, and a commit of all that changed."""

from __future__ import annotations

from pathlib import Path

from stavaza.git_run import GitError, run_git

_NAME, _EMAIL = "Stavaza", "stavaza@localhost"


def start_repository(root: Path) -> None:
    """Make `root` a git repository. Raises GitError, also where git is not installed."""
    run_git(root, "init", "--quiet", ".")


def record_all(root: Path, message: str) -> None:
    """Commit all changes below `root` that git does not ignore. Raises GitError.

    Where git knows no name for the person, the commit carries Stavaza's.
    """
    run_git(root, "add", "--all", "--", ".")
    run_git(
        root, *identity(root), "commit", "--quiet", "--no-verify", "--message", message, "--", "."
    )


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
