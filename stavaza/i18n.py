"""Puts messages for people into their language: Dutch, or English with `STAVAZA_LANG=en`.

The code holds English, a catalogue per package holds the Dutch: `stavaza/locale/nl/LC_MESSAGES/`
has `stavaza.po`, `excel_bridge.po` and `tui.po`, each with its compiled `.mo` beside it. The three
are looked up as one chain, so a module in any package imports the same functions from here.

Adding a message, as a developer:

1. Write it in English, as a literal, with named placeholders that are filled in afterwards::

       from stavaza.i18n import _, ngettext

       _("{file} has no key {key}").format(file=name, key=key)
       ngettext("{n} finding", "{n} findings", n).format(n=n)

   Never an f-string or a glued sentence: those cannot be found, nor translated. A message in a
   table at module level is marked with `N_("...")` there and looked up with `_(entry)` where it is
   shown, because a module is imported before the language is known.
2. Run `python -m tests.tools.catalogue` (or with names of packages: `... catalogue tui`). It puts
   the messages of the code into the `.po` files and lists those that have no Dutch yet.
3. Give the `msgstr` in the `.po` file, run the command again (it compiles the `.mo` files), and
   commit both with the code.

`tests/stavaza/test_locale.py` fails on a message without Dutch, on placeholders that differ, and
on an `.mo` that lags behind.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

LANGUAGES: Final = ("nl", "en")
"""The languages that a person can choose; the first is the default."""

DOMAINS: Final = ("stavaza", "excel_bridge", "tui")
"""The catalogues, in the order of looking up."""

LOCALE_DIR: Final = Path(__file__).parent / "locale"

_chosen: list[str] = []


def language() -> str:
    """Return the language in force: `nl`, or `en` where the environment or the program asks."""
    if _chosen:
        return _chosen[-1]
    wanted = os.environ.get("STAVAZA_LANG", "").strip().lower()
    return "en" if wanted[:2] == "en" else "nl"


def use_language(code: str | None) -> None:
    """Set the language of this process, over `STAVAZA_LANG`; `None` leaves it to that again.

    Raises:
        ValueError: for a language that is not in `LANGUAGES`.
    """
    if code is not None and code not in LANGUAGES:
        msg = f"no such language: {code!r}; choose from {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    _chosen[:] = [] if code is None else [code]


def _(message: str) -> str:
    """Return `message` in the language in force, or as it is where no catalogue has it."""
    return _catalogues(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a message that fits the number `n`, in the language in force."""
    return _catalogues(language()).ngettext(singular, plural, n)


def N_(message: str) -> str:  # noqa: N802 - the name that every gettext tool looks for
    """Mark a message for the catalogue and return it as it is; `_` looks it up later."""
    return message


@cache
def _catalogues(code: str) -> NullTranslations:
    """Return the chain of catalogues of a language, without the absent and unreadable ones."""
    import struct
    from gettext import GNUTranslations, NullTranslations

    chain = NullTranslations()
    if code == "en":  # the messages in the code are English
        return chain
    for domain in DOMAINS:
        file = LOCALE_DIR / code / "LC_MESSAGES" / f"{domain}.mo"
        try:
            with file.open("rb") as stream:
                chain.add_fallback(GNUTranslations(stream))
        except (OSError, ValueError, struct.error):  # absent, no catalogue, cut off
            continue
    return chain
