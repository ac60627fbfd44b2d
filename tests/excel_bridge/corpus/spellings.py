"""The same workbook spelled in every way that XML and the package format allow."""

from __future__ import annotations

import re
from collections.abc import Callable

from excel_bridge import errors
from tests.excel_bridge.corpus.archives import Parts
from tests.excel_bridge.excel_file.packages import MAIN, OFFICE, STRICT, STRICT_OFFICE

Spelling = Callable[[Parts], Parts]
_MS = "http://schemas.microsoft.com/office/spreadsheetml"
_TAG = re.compile(r"<(/?)([A-Za-z][\w.]*)(?=[\s/>])")
_ATTRIBUTE = re.compile(r"""(\s[\w:.-]+=)"([^"']*)\"""")


def sheets(parts: Parts) -> list[str]:
    return [name for name in parts if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]


def mains(parts: Parts) -> list[str]:
    """The parts in the spreadsheet's main namespace."""
    return [name for name, data in parts.items() if f'xmlns="{MAIN}"'.encode() in data]


def over(change: Callable[[str], str], which: Callable[[Parts], list[str]] = sheets) -> Spelling:
    """Apply a change to the text of some parts."""

    def spell(parts: Parts) -> Parts:
        changed = {
            name: change(parts[name].decode("utf-8")).encode("utf-8") for name in which(parts)
        }
        return {**parts, **changed}

    return spell


def prefixed(text: str) -> str:
    body = _TAG.sub(r"<\1x:\2", text)
    return body.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def strict(parts: Parts) -> Parts:
    def change(data: bytes) -> bytes:
        text = data.replace(MAIN.encode(), STRICT.encode())
        return text.replace(OFFICE.encode(), STRICT_OFFICE.encode())

    return {
        name: change(data) if name.endswith((".xml", ".rels")) else data
        for name, data in parts.items()
    }


def lines(text: str, end: str) -> str:
    for left in ("</row>", "</c>", "<sheetData>", "</sheetData>", "</cols>", "<worksheet"):
        mark = left + end if left != "<worksheet" else end + left
        text = text.replace(left, mark)
    return text


def quotes(text: str) -> str:
    return _ATTRIBUTE.sub(r"\1'\2'", text)


def comments(text: str) -> str:
    text = text.replace(
        "<sheetData>", '<sheetData><!-- <row r="1"><c r="A1"><v>9</v></c></row> -->'
    )
    text = text.replace("</row>", "<?doe <row/> ?></row>", 1)
    return text.replace("</sheetData>", "<!-- </sheetData> --></sheetData>")


def unnumbered(text: str) -> str:
    """Without r attributes; only for sheets whose rows and cells leave no gap."""
    return re.sub(r'(<(?:row|c)) r="[A-Z]*\d+"', r"\1", text)


def loose(text: str) -> str:
    text = text.replace('"><v>', '" ><v >').replace("<c r=", "<c\n\tr = ").replace("</c>", "</c >")
    return text.replace("<v ><", "<v><")


def self_closing(text: str) -> str:
    text = re.sub(r"<row r=\"12\".*?</row>", '<row r="12" ht="20" customHeight="1"/>', text)
    return text.replace("</sheetData>", '<row r="30"/><row r="31" spans="1:4" /></sheetData>')


def bare(text: str) -> str:
    text = re.sub(r"<dimension[^>]*/>", "", text)
    return re.sub(r' spans="[^"]*"', "", text)


def typed_numbers(text: str) -> str:
    text = text.replace('<c r="A1"><v>', '<c r="A1" t="n"><v xml:space="preserve"> ', 1)
    text = text.replace("<v>1.25</v>", "<v>125E-2</v>").replace("<v>2.25</v>", "<v>+2.250</v>")
    return text.replace('<c r="D1">', '<c r="D1" ph="1" vm="1" cm="0">')


def dated(text: str) -> str:
    return text.replace('<c r="A2"><v>4.25</v>', '<c r="A2" t="d"><v>2026-03-01T12:00:00</v>')


def inline(text: str) -> str:
    rich = '<is><r><rPr><b/></rPr><t>vet</t></r><r><t xml:space="preserve"> en </t></r></is>'
    return re.sub(r'(<c r="E\d+") t="s"><v>\d+</v>', rf'\1 t="inlineStr">{rich}', text)


def extended(text: str) -> str:
    """With what Excel itself adds: ignorable namespaces, row heights to a decimal, identities."""
    wanted = {
        "xmlns:mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "xmlns:x14ac": f"{_MS}/2009/9/ac",
        "xmlns:xr": f"{_MS}/2014/revision",
        "mc:Ignorable": "x14ac xr",
        "xr:uid": "{00000000-0001-0000-0000-000000000000}",
    }
    names = " ".join(f'{k}="{v}"' for k, v in wanted.items() if f"{k}=" not in text)
    text = text.replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" {names}', 1)
    text = re.sub(r' x14ac:dyDescent="[^"]*"', "", text)
    text = re.sub(r"(<row r=\"\d+\")", r'\1 x14ac:dyDescent="0.25"', text)
    choice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice Requires="x14"/><mc:Fallback/></mc:AlternateContent>'
    )
    hidden = "<q:iets><![CDATA[<row>]]></q:iets>"
    own = f'<extLst><ext uri="{{AAAA}}" xmlns:q="urn:een">{hidden}</ext></extLst>'
    if "<extLst>" in text:
        return text
    return text.replace("</worksheet>", f"{choice}{own}</worksheet>")


def entities(text: str) -> str:
    text = text.replace("<v>0.25</v>", "<v>&#48;.2&#x35;</v>")
    return text.replace('<c r="B1">', '<c r="&#66;1">')


def absolute(parts: Parts) -> Parts:
    name = "xl/_rels/workbook.xml.rels"
    text = parts[name].decode().replace('Target="', 'Target="/xl/')
    return {**parts, name: text.encode()}


def renamed(parts: Parts) -> Parts:
    """With sheets in another folder, under names with spaces and accents."""
    text = parts["xl/_rels/workbook.xml.rels"].decode()
    types = parts["[Content_Types].xml"].decode()
    made: Parts = {}
    for name, data in parts.items():
        match = re.fullmatch(r"xl/worksheets/(_rels/)?sheet(\d+)\.xml(\.rels)?", name)
        if match is None:
            made[name] = data
            continue
        new = f"xl/bladen/{match[1] or ''}mijn%20blad{match[2]}.XML{match[3] or ''}"
        made[new] = data
        text = text.replace(
            f'"worksheets/sheet{match[2]}.xml"', f'"bladen/mijn%20blad{match[2]}.XML"'
        )
        types = types.replace(
            f'"/xl/worksheets/sheet{match[2]}.xml"', f'"/xl/bladen/mijn%20blad{match[2]}.XML"'
        )
    made["xl/_rels/workbook.xml.rels"] = text.encode()
    made["[Content_Types].xml"] = types.encode()
    return made


def other_case(parts: Parts) -> Parts:
    return {
        name.replace("xl/worksheets/sheet", "xl/Worksheets/Sheet"): d for name, d in parts.items()
    }


def moved_root(parts: Parts) -> Parts:
    """With the whole workbook in another folder than `xl`."""
    made = {re.sub(r"^xl/", "boek/", name): data for name, data in parts.items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        made[name] = made[name].replace(b'"/xl/', b'"/boek/').replace(b'"xl/', b'"boek/')
    return made


SPELLINGS: dict[str, Spelling] = {
    "prefixed": over(prefixed, mains),
    "strict": strict,
    "strict-prefixed": lambda parts: strict(over(prefixed, mains)(parts)),
    "crlf": over(lambda text: lines(text, "\r\n")),
    "indented": over(lambda text: lines(text, "\n    ")),
    "single-quotes": over(quotes, mains),
    "comments": over(comments),
    "loose": over(loose),
    "self-closing": over(self_closing),
    "bare": over(bare),
    "typed-numbers": over(typed_numbers),
    "iso-dates": over(dated),
    "inline-rich": over(inline),
    "extended": over(extended),
    "entities": over(entities),
    "bom": over(lambda text: "\ufeff" + text, mains),
    "no-declaration": over(lambda text: re.sub(r"\A<\?xml[^>]*\?>\s*", "", text), mains),
    "absolute": absolute,
    "renamed": renamed,
    "other-case": other_case,
    "moved-root": moved_root,
}
ONLY_DENSE: dict[str, Spelling] = {"unnumbered": over(unnumbered)}


def utf_16(parts: Parts) -> Parts:
    name = sheets(parts)[0]
    return {**parts, name: parts[name].decode().encode("utf-16")}


def document_type(text: str) -> str:
    return re.sub(r"(\?>\s*)", r'\1<!DOCTYPE x [<!ENTITY a "b">]>', text, count=1)


def without_sheet(parts: Parts) -> Parts:
    return {name: data for name, data in parts.items() if name != sheets(parts)[0]}


def signed(parts: Parts) -> Parts:
    return {**parts, "_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<a/>"}


def wrong_type(parts: Parts) -> Parts:
    name = "[Content_Types].xml"
    return {**parts, name: parts[name].replace(b"sheet.main+xml", b"document.main+xml")}


REFUSED: dict[str, tuple[Spelling, type[errors.WorkbookError]]] = {
    "utf-16": (utf_16, errors.UnsupportedEncodingError),
    "document-type": (over(document_type), errors.HostileWorkbookError),
    "latin-1": (
        over(lambda text: text.replace('"UTF-8"', '"ISO-8859-1"', 1)),
        errors.UnsupportedEncodingError,
    ),
    "broken-xml": (
        over(lambda text: text.replace("</row>", "", 1)),
        errors.DamagedWorkbookError,
    ),
    "no-sheet-part": (without_sheet, errors.DamagedWorkbookError),
    "signed": (signed, errors.SignedWorkbookError),
    "wrong-type": (wrong_type, errors.NotAWorkbookError),
}
"""Spellings that must be refused, each with the reason."""
