"""What a button answers to the person in Excel, and how that travels to VBA.

The file holds one `key=value` per line in plain ASCII, because VBA reads files in the computer's
own code page: any other sign, `&` and line ends are numeric entities (`&#235;`, `&#10;`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["done", "ask", "wrong", "shown"]

MOST_CHARACTERS: Final = 1000
"""VBA's MsgBox shows 1,024 characters."""
_ENTITY: Final = re.compile(r"&#(\d{1,7});")


@dataclass(frozen=True)
class Answer:
    """A sentence or more; an `ask` expects yes or no, and yes comes back with `proof`.

    `shown` stands on the proposal sheet already, so that no message box has to say it again.

    The proof (hexadecimal) tells exactly what the question was about, so that a yes cannot be taken
    for something else.
    """

    kind: Kind
    text: str
    proof: str = ""

    def lines(self) -> str:
        """The text of the answer's file."""
        fields = {"kind": self.kind, "proof": self.proof, "text": shortened(self.text)}
        return "".join(f"{key}={encode(value)}\n" for key, value in fields.items())


def shortened(text: str) -> str:
    """The text as far as a message box shows it, cut at the end of a line."""
    if len(text) <= MOST_CHARACTERS:
        return text
    cut = text[: MOST_CHARACTERS - 2]
    return cut[: cut.rfind("\n") + 1 if "\n" in cut else len(cut)].rstrip() + "\n…"


def encode(text: str) -> str:
    """The text in ASCII without line ends; `decode` gives it back."""
    return "".join(
        char if " " <= char <= "~" and char != "&" else f"&#{ord(char)};" for char in text
    )


def decode(text: str) -> str:
    """The text as it was; numbers that are no character become `?`.

    VBA counts a sign outside the first 65,536 as two halves, which become one again.
    """
    halves = _ENTITY.sub(lambda found: _character(int(found[1])), text)
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(number: int) -> str:
    return chr(number) if number < 0x110000 else "?"
