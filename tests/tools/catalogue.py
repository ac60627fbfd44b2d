"""Collects the messages of the code into the Dutch catalogues: `python -m tests.tools.catalogue`.

It updates the `.po` files and compiles the `.mo` files. Options: names of packages (else all
three); `--prune` to drop what the code no longer says (else it is kept at the end, as `#~`, and
comes back by itself when the message does).
"""

from __future__ import annotations

import argparse
import io
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from stavaza.i18n import DOMAINS, LOCALE_DIR

ROOT = Path(__file__).parents[2]
CATALOGUES = LOCALE_DIR / "nl" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = """\
# Dutch messages of the package {domain}: give the msgstr, then run
# `python -m tests.tools.catalogue`, which writes the rest.
msgid ""
msgstr ""
"Project-Id-Version: stavaza\\n"
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

MessageId = str | tuple[str, str]
"""A message id: the English text, or its singular and its plural."""


def po_path(domain: str) -> Path:
    """Return the catalogue that people edit."""
    return CATALOGUES / f"{domain}.po"


def mo_path(domain: str) -> Path:
    """Return the compiled catalogue that the program reads."""
    return CATALOGUES / f"{domain}.mo"


def message_ids(domain: str) -> set[MessageId]:
    """Return all messages that the code of a package marks for translation."""
    found = extract_from_dir(ROOT / domain, method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {as_id(message) for _file, _line, message, _comments, _context in found}


def read_catalogue(domain: str) -> Catalog:
    """Return a catalogue as it is on disk; an empty one where there is none."""
    path = po_path(domain)
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as stream:
        return read_po(stream, locale="nl", abort_invalid=True)


def messages(catalog: Catalog) -> Iterator[Message]:
    """Yield the messages in use, without the header entry."""
    return (message for message in catalog if message.id)


def merged(ids: Iterable[MessageId], old: Catalog, elsewhere: Iterable[Catalog] = ()) -> Catalog:
    """Return a catalogue of exactly `ids`, with the Dutch that `old`, else `elsewhere`, has."""
    known: dict[str, Message] = {}
    for catalog in (*elsewhere, old):
        known |= {
            _key(m.id): m for m in (*catalog.obsolete.values(), *messages(catalog)) if translated(m)
        }
    new = Catalog(locale="nl")
    for message_id in ids:
        found = known.get(_key(message_id))
        same_shape = found is not None and isinstance(found.id, tuple) == isinstance(
            message_id, tuple
        )
        new.add(message_id, found.string if found is not None and same_shape else None)
    used = {_key(message_id) for message_id in ids}
    for message in (*old.obsolete.values(), *messages(old)):
        if _key(message.id) not in used and translated(message):
            new.obsolete[_key(message.id)] = message
    return new


def po_text(domain: str, catalog: Catalog, *, prune: bool = False) -> str:
    """Return the text of a `.po` file: sorted, no line numbers, no dates: only messages differ."""
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalog,
        width=100,
        no_location=True,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=prune,
    )
    body = buffer.getvalue().decode("utf-8").strip()
    return HEADER.format(domain=domain) + (body + "\n" if body else "")


def compiled(catalog: Catalog) -> bytes:
    """Return the `.mo` file (GNU gettext's binary format); equal catalogues give equal bytes."""
    pairs = {
        "": "Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    }
    pairs |= {_joined(m.id): _joined(m.string) for m in messages(catalog) if translated(m)}
    entries = sorted((key.encode(), value.encode()) for key, value in pairs.items())
    count = len(entries)
    start = 28 + 16 * count
    tables: list[bytes] = []
    texts = b""
    for column in (0, 1):
        for entry in entries:
            tables.append(struct.pack("<II", len(entry[column]), start + len(texts)))
            texts += entry[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, start)
    return head + b"".join(tables) + texts


def update(domain: str, *, prune: bool = False) -> list[str]:
    """Bring both files of a package up to date; return its messages that have no Dutch yet."""
    others = [read_catalogue(other) for other in DOMAINS if other != domain]
    catalog = merged(message_ids(domain), read_catalogue(domain), others)
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    _write(po_path(domain), po_text(domain, catalog, prune=prune).encode())
    _write(mo_path(domain), compiled(catalog))
    return sorted(_key(m.id) for m in messages(catalog) if not translated(m))


def main(argv: list[str] | None = None) -> int:
    """Update the catalogues; exit code 1 while a message lacks its Dutch."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.catalogue", description=__doc__)
    parser.add_argument("domain", nargs="*", metavar="package", help=", ".join(DOMAINS))
    parser.add_argument(
        "--prune", action="store_true", help="drop messages that the code no longer has"
    )
    options = parser.parse_args(argv)
    unknown = set(options.domain) - set(DOMAINS)
    if unknown:
        parser.error(f"no such package: {', '.join(sorted(unknown))}")
    missing = 0
    for domain in options.domain or DOMAINS:
        lacking = update(domain, prune=options.prune)
        missing += len(lacking)
        print(f"{po_path(domain).relative_to(ROOT)}: {len(lacking)} without Dutch")
        for message in lacking:
            print(f"  {message}")
    return 1 if missing else 0


def _write(path: Path, content: bytes) -> None:
    """Write a file only where that changes it."""
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def as_id(message: str | list[str] | tuple[str, ...]) -> MessageId:
    """Return a message id in the one form that compares: a text, or a pair of texts."""
    return message if isinstance(message, str) else (message[0], message[1])


def _key(message_id: str | list[str] | tuple[str, ...]) -> str:
    """Return the text that gettext looks a message up by: the singular."""
    return message_id if isinstance(message_id, str) else message_id[0]


def _joined(text: str | list[str] | tuple[str, ...] | None) -> str:
    return "\0".join(forms(text))


def translated(message: Message) -> bool:
    """Say whether every form of a message has a translation that a person has confirmed."""
    found = forms(message.string)
    return bool(found) and all(found) and not message.fuzzy


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return the forms of a message as a list, whether it has a plural or not."""
    return [text] if isinstance(text, str) else list(text or ())


if __name__ == "__main__":
    sys.exit(main())
