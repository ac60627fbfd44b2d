"""Builds the add-in, `stavaza.xlam`, from the sources in `vba/` and `ribbon/`.

The same sources and language give the same bytes on any computer: nothing in the package knows the
time, and it is stored without compression, which differs between versions of zlib.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from excel_bridge.addin import package_parts as parts
from excel_bridge.addin.proposal_table import HEAD_ROW
from excel_bridge.addin.texts import CODE_PAGE, RIBBON, messages_module
from excel_bridge.addin.trouble import AddinError
from excel_bridge.own_sheet import PROPOSAL_SHEET
from stavaza.i18n import _

FILE_NAME: Final = "stavaza.xlam"
MESSAGES_MODULE: Final = "StavazaMessages"
HOST_MODULE: Final = "ThisWorkbook"
_HERE: Final = Path(__file__).parent
_SOURCES: Final = _HERE / "vba"
_RIBBON: Final = _HERE / "ribbon"
_WORDS: Final = re.compile(r'"@([a-z_]+)\.(label|tip|more)"')
_THE_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
_STAMP: Final = re.compile(r'name="Stavaza"[^>]*><vt:lpwstr>([^<]*)<')
_LARGEST_PART: Final = 100_000


def build_addin() -> bytes:
    """The add-in's bytes, in the language in force."""
    ribbon = ribbon_xml()
    modules = sources()
    contents: dict[str, bytes] = {
        "[Content_Types].xml": parts.CONTENT_TYPES.encode(),
        "_rels/.rels": parts.PACKAGE_RELATIONS.encode(),
        "docProps/app.xml": parts.APP.encode(),
        "docProps/core.xml": parts.CORE.encode(),
        "docProps/custom.xml": parts.CUSTOM.format(stamp=escape(stamp())).encode(),
        "xl/workbook.xml": parts.WORKBOOK.encode(),
        "xl/_rels/workbook.xml.rels": parts.WORKBOOK_RELATIONS.encode(),
        "xl/styles.xml": parts.STYLES.encode(),
        "xl/worksheets/sheet1.xml": parts.SHEET.encode(),
        "xl/vbaProject.bin": _project(modules),
        "customUI/customUI14.xml": ribbon.encode(),
    }
    pictures = sorted(set(re.findall(r'image="([a-z_]+)"', ribbon)))
    relations = "".join(parts.PICTURE_RELATION.format(name=name) for name in pictures)
    contents["customUI/_rels/customUI14.xml.rels"] = parts.RELATIONS.format(relations).encode()
    for name in pictures:
        contents[f"customUI/images/{name}.png"] = (_RIBBON / f"{name}.png").read_bytes()
    return _zipped(contents)


def ribbon_xml() -> str:
    """The tab, with its words in the language in force."""
    text = (_RIBBON / "customUI14.xml").read_text(encoding="utf-8")
    return _WORDS.sub(lambda found: _word(found[1], found[2]), text)


def _word(button: str, part: str) -> str:
    text: str = RIBBON[button]._asdict()[part]
    return quoteattr(_(text), {'"': "&quot;"})


def sources() -> dict[str, str]:
    """The VBA of each module by name, lines ending with CR LF as in Excel."""
    found = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted(_SOURCES.iterdir())
        if path.suffix in (".bas", ".cls")
    }
    found[MESSAGES_MODULE] = messages_module(PROPOSAL_SHEET, HEAD_ROW)
    for text in found.values():
        text.encode(CODE_PAGE)  # else a sign would be lost without a word
    return {name: text.replace("\n", "\r\n") for name, text in found.items()}


def apple_script() -> bytes:
    """The script that starts Python on macOS."""
    return (_SOURCES / "stavaza.applescript").read_bytes()


def stamp() -> str:
    """Which add-in this is: the version, and a proof of all sources."""
    proof = hashlib.sha256()
    for name, text in sources().items():
        proof.update(f"{name}\n{text}\n".encode())
    proof.update(ribbon_xml().encode())
    return f"{version('stavaza')} {proof.hexdigest()[:12]}"


def stamp_of(addin: Path) -> str:
    """The stamp of an add-in that is installed; '' where it has none.

    Raises OSError where it cannot be read.
    """
    try:
        with zipfile.ZipFile(addin) as package, package.open("docProps/custom.xml") as part:
            text = part.read(_LARGEST_PART).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        return ""
    found = _STAMP.search(text)
    return found[1] if found else ""


def _project(modules: dict[str, str]) -> bytes:
    """The VBA project with these modules. Raises AddinError where its writer is not installed."""
    try:
        from pyopenvba import ExcelFile, VBAModuleKind
    except ImportError:
        text = _("To build the add-in Stavaza needs pyOpenVBA: pip install {name}")
        raise AddinError(text.format(name="pyOpenVBA==6.5.0")) from None
    with tempfile.TemporaryDirectory(prefix="stavaza-") as folder:
        path = Path(folder) / FILE_NAME
        with ExcelFile.create_new(str(path)) as book:
            project = book.vba_project()
            project.delete_module("Module1")
            for name, text in modules.items():
                if name == HOST_MODULE:
                    book.set_module(name, text)
                elif (_SOURCES / f"{name}.cls").exists():
                    project.add_module(name, text, kind=VBAModuleKind.other)
                else:
                    project.add_module(name, text)
            book.save()
        with zipfile.ZipFile(path) as package:
            return package.read("xl/vbaProject.bin")


def _zipped(contents: dict[str, bytes]) -> bytes:
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as package:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, _THE_BEGINNING)
            entry.create_system = 0  # whatever the computer is
            entry.external_attr = 0
            package.writestr(entry, data)
    return raw.getvalue()
