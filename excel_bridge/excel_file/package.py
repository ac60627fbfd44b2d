"""The package around the parts: content types, relationships, and which part is which."""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from excel_bridge.errors import (
    DamagedWorkbookError,
    EncryptedWorkbookError,
    HostileWorkbookError,
    NotAWorkbookError,
    OldFormatError,
)
from excel_bridge.excel_file.parts import read_part
from excel_bridge.excel_file.source import Source
from excel_bridge.excel_file.xml_tree import Node, parse_tree
from excel_bridge.excel_file.zip_read import Directory, Entry, read_directory
from stavaza.i18n import _

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK_TYPES: Final = (
    "spreadsheetml.sheet.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.template.macroenabled.main+xml",
    "ms-excel.addin.macroenabled.main+xml",
)


class Relation:
    """One relationship of a part: its type's last word, and the target part's name."""

    __slots__ = ("external", "kind", "target")

    def __init__(self, kind: str, target: str, *, external: bool) -> None:
        self.kind, self.target, self.external = kind, target, external


class Package:
    """An .xlsx or .xlsm file's parts."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = source.path
        with source.open() as stream:
            self._refuse_other_formats(stream.read(8))
            self.directory: Directory = read_directory(stream, self.path)
        self._entries = {entry.name.lower(): entry for entry in self.directory.entries}

    def _refuse_other_formats(self, magic: bytes) -> None:
        if magic == _OLE:
            with self.source.open() as stream:
                if "EncryptedPackage".encode("utf-16-le") in stream.read(1 << 24):
                    raise EncryptedWorkbookError(self.path)
            raise OldFormatError(self.path, ".xls")
        if magic[:2] != b"PK":
            raise NotAWorkbookError(self.path, _("no zip archive"))

    def entry(self, name: str) -> Entry:
        """Return the entry of a part; names differ in nothing but case are the same part.

        Raises:
            DamagedWorkbookError: there is none.
        """
        found = self._entries.get(name.lower())
        if found is None:
            raise DamagedWorkbookError(
                self.path, _("the file refers to {part}, which is not in it"), part=name
            )
        return found

    def has(self, name: str) -> bool:
        """Tell whether the package has that part."""
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        with self.source.open() as stream:
            return read_part(stream, self.entry(name), self.path)

    def tree(self, name: str) -> Node:
        """Return a part as nodes."""
        return parse_tree(self.read(name), self.path, name)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relationships of a part by id; `""` is the package itself."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if not self.has(rels):
            return {}
        found = {}
        for node in self.tree(rels).all("Relationship"):
            external = node.get("TargetMode") == "External"
            target = node.get("Target")
            kind = node.get("Type").rpartition("/")[2]
            found[node.get("Id")] = Relation(
                kind, target if external else self._inside(folder, target), external=external
            )
        return found

    def _inside(self, folder: str, target: str) -> str:
        written = target.partition("#")[0].replace("\\", "/")
        path = unquote(written)
        joined = posixpath.normpath(posixpath.join("/" + folder, path))
        if joined.startswith("/..") or (
            path.startswith("..") and path.count("../") > folder.count("/") + 1
        ):
            raise HostileWorkbookError(self.path, _("a relation to {target!r}"), target=target)
        as_it_stands = posixpath.normpath(posixpath.join("/" + folder, written)).lstrip("/")
        # a part's name is percent-encoded in the archive too, except by programs that forget that
        return as_it_stands if self.has(as_it_stands) else joined.lstrip("/")

    @cached_property
    def workbook_part(self) -> str:
        """The name of the workbook part.

        Raises:
            OldFormatError, NotAWorkbookError: the package is of another kind.
        """
        if self.has("mimetype") and self.has("content.xml"):
            raise OldFormatError(self.path, ".ods")
        if not self.has("[Content_Types].xml"):
            raise NotAWorkbookError(
                self.path,
                _("{part} is not in the file"),
                part="[Content_Types].xml",
            )
        content_type = self._content_type(self.main_part).lower()
        if "binary" in content_type:
            raise OldFormatError(self.path, ".xlsb")
        if not content_type.endswith(_WORKBOOK_TYPES):
            raise NotAWorkbookError(self.path, content_type or _("no content type"))
        return self.main_part

    @cached_property
    def main_part(self) -> str:
        """The part that the package is about, of whatever kind.

        Raises:
            NotAWorkbookError: there is none.
        """
        mains = [r.target for r in self.relations("").values() if r.kind == "officeDocument"]
        if not mains or not self.has(mains[0]):
            raise NotAWorkbookError(self.path, _("no workbook in it"))
        return mains[0]

    def _content_type(self, part: str) -> str:
        extension = part.rpartition(".")[2].lower()
        default = ""
        for node in self.tree("[Content_Types].xml").children:
            if node.name == "Override" and node.get("PartName").lstrip("/").lower() == part.lower():
                return node.get("ContentType")
            if node.name == "Default" and node.get("Extension").lower() == extension:
                default = node.get("ContentType")
        return default

    @cached_property
    def signed(self) -> bool:
        """Whether the package carries a digital signature."""
        return any(
            r.kind == "origin" and "signature" in r.target.lower()
            for r in self.relations("").values()
        ) or any(name.startswith("_xmlsignatures/") for name in self._entries)
