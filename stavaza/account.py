"""Who is at this computer, as the system knows it."""

from __future__ import annotations


def account() -> str:
    """The name of the account; '' for one without a name, as in some containers."""
    import getpass  # slow to load, and rarely needed

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
