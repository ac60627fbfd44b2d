"""Names of elements and their files: ids, safe file stems, folder names and natural order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import Final

_SAFE_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<![.])")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
"""Names of devices on Windows, with any ending."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
MAX_STEM: Final = 80
"""How many signs a stem has at most."""
_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: six of these never spell a word
_DIGITS = re.compile(r"(\d+)")
_MAX_SLUG = 40


def is_safe_stem(stem: str) -> bool:
    """Whether `stem` can be a file name on Windows, macOS and Linux alike."""
    return (
        len(stem) <= MAX_STEM
        and _SAFE_STEM.fullmatch(stem) is not None
        and _RESERVED.fullmatch(stem) is None
    )


def is_device(name: str) -> bool:
    """Whether Windows takes the name for a device, such as `con` or `com1.a`."""
    return _RESERVED.fullmatch(name) is not None


def safe_stem(wanted: str, spare: str) -> str:
    """`wanted` as a stem that is safe everywhere, the same where it is safe; `spare` for nothing.

    Two texts may give the same stem.
    """
    plain = _UNSAFE.sub("-", wanted).lstrip("._-")[: MAX_STEM - 1].rstrip(".-")
    return _no_device(plain) or spare


def _no_device(name: str) -> str:
    """The name with a dash in it where Windows would take it for a device."""
    found = _RESERVED.fullmatch(name)
    return f"{found[1]}-{found[2] or ''}" if found else name


def mint_id(kind: str, taken: Container[str], origin: str | None = None) -> str:
    """A new id `<kind>-<six letters>` that is not in `taken`.

    With an `origin` text the letters follow from it, so that importing the same page twice gives
    the same ids; without one they are random.
    """
    import hashlib  # slow to load, and rarely needed
    import secrets

    for attempt in range(1_000_000):
        if origin is None:
            letters = "".join(secrets.choice(_LETTERS) for _ in range(6))
        else:
            digest = hashlib.sha256(f"{origin}\0{attempt}".encode()).digest()
            letters = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:6])
        made = f"{kind}-{letters}"
        if made not in taken:
            return made
    raise RuntimeError("no free id left")


def slug(text: str) -> str:
    """A text as the name of a folder, safe everywhere: small letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return _no_device(words[:_MAX_SLUG].rstrip("-"))


@lru_cache(maxsize=1 << 16)
def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key in which 6.1.10 comes after 6.1.9 and 0.10 stays apart from 0.1."""
    parts = _DIGITS.split(text)
    key: list[tuple[int, int, str]] = []
    for part in parts:
        digits = part.lstrip("0") if part.isascii() else ""
        if digits.isdigit() or (part and not part.strip("0")):
            key.append((0, len(digits), digits + "\0" + part))
        elif part:
            key.append((1, 0, part.casefold()))
    return tuple(key)
