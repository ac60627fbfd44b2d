"""The table of texts that cells refer to by number; a large one is read in pieces."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import OrderedDict
from pathlib import Path
from typing import Final
from xml.parsers import expat

from excel_bridge.errors import DamagedWorkbookError, unreadable
from excel_bridge.excel_file.package import Package
from excel_bridge.excel_file.parts import LargePart
from excel_bridge.excel_file.text_codes import SPACE, decode_text, without_edges
from excel_bridge.excel_file.xml_mask import mask
from excel_bridge.excel_file.xml_tree import check_encoding, new_parser, root_preserves
from stavaza.i18n import _

_SMALL = 4 * 1024 * 1024
_PIECE = 1 << 19
_KEPT: Final = 24


class SharedStrings:
    """Texts by number."""

    def __init__(self, package: Package, part: str) -> None:
        self._path = package.path
        self._name = part
        self._large: LargePart | None = None
        self._texts: list[str] = []
        if not part:
            return
        if package.entry(part).size <= _SMALL:
            data = package.read(part)
            check_encoding(data[:256], self._path, part)
            self._texts = _texts(data, self._path, part, preserve=root_preserves(mask(data)[0]))
        else:
            self._large = LargePart(package.source, package.entry(part))
            self._index(self._large)

    def _index(self, large: LargePart) -> None:
        """Find where each piece begins: its first text, and that text's number."""
        self._starts, self._numbers = array("Q"), array("L")
        self._pieces: OrderedDict[int, list[str]] = OrderedDict()
        carry, base, count, item = b"", 0, 0, None
        for chunk in large.scan():
            buffer = carry + chunk
            if item is None:
                check_encoding(buffer[:256], self._path, self._name)
                opening = re.search(rb"<((?:[\w.-]+:)?)si(?=[\s/>])", buffer)
                self._prefix = opening[1] if opening else b""
                self._preserve = root_preserves(mask(buffer)[0])
                item = re.compile(rb"<" + self._prefix + rb"si(?=[\s/>])")
            view, safe = mask(buffer)
            for match in item.finditer(view, 0, safe):
                at = base + match.start()
                if not self._starts or at - self._starts[-1] >= _PIECE:
                    self._starts.append(at)
                    self._numbers.append(count)
                count += 1
            stop = max(view.rfind(b"<" + self._prefix + b"si", 0, safe) + 1, 0)
            if not stop and len(buffer) > 1 << 26:
                raise DamagedWorkbookError(
                    self._path, _("the texts of {part} do not end"), part=self._name
                )
            carry, base = buffer[stop:], base + stop
        tail = carry.rfind(b"</" + self._prefix + b"sst")
        self._end = base + (tail if tail >= 0 else len(carry))
        self._count = count

    def __getitem__(self, number: int) -> str:
        """Return a text.

        Raises:
            DamagedWorkbookError: the table is shorter.
        """
        if self._large is None:
            if 0 <= number < len(self._texts):
                return self._texts[number]
        elif 0 <= number < self._count:
            piece = bisect_right(self._numbers, number) - 1
            return self._piece(self._large, piece)[number - self._numbers[piece]]
        raise DamagedWorkbookError(
            self._path,
            _("a cell points at text {number} of {part}, which is not there"),
            part=self._name,
            number=number,
        )

    def _piece(self, large: LargePart, number: int) -> list[str]:
        kept = self._pieces.get(number)
        if kept is None:
            stop = self._starts[number + 1] if number + 1 < len(self._starts) else self._end
            data = b"<d>" + large.read(self._starts[number], stop) + b"</d>"
            kept = _texts(data, self._path, self._name, preserve=self._preserve)
            self._pieces[number] = kept
            if len(self._pieces) > _KEPT:
                self._pieces.popitem(last=False)
        else:
            self._pieces.move_to_end(number)
        return kept


def _texts(data: bytes, path: Path, part: str, *, preserve: bool) -> list[str]:
    return _Texts(preserve=preserve).read(data, path, part)


class _Texts:
    """The handlers of one parse, with the text that is being read.

    White space around a plain text counts only where `xml:space` says so; in rich text it counts.
    """

    def __init__(self, *, preserve: bool) -> None:
        self._preserve = preserve
        self._texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = {"t": 0, "rPh": 0, "r": 0}
        self._trimmed = False

    def read(self, data: bytes, path: Path, part: str) -> list[str]:
        parser = new_parser(path, part)
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise unreadable(path, part, error) from error
        return self._texts

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            self._pieces.clear()
            self._trimmed = False
        elif name in self._inside:
            self._inside[name] += 1
            if name == "t" and not self._inside["r"] and not self._inside["rPh"]:
                space = attributes.get(SPACE)
                self._trimmed = not (space == "preserve" if space else self._preserve)

    def _close(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "si":
            text = "".join(self._pieces)
            self._texts.append(decode_text(without_edges(text) if self._trimmed else text))
        elif name in self._inside:
            self._inside[name] -= 1

    def _text(self, value: str) -> None:
        if self._inside["t"] and not self._inside["rPh"]:
            self._pieces.append(value)
