"""Parts that XlsxWriter cannot make, added by hand: what Excel keeps beside the cells."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.excel_bridge.corpus.archives import Parts
from tests.excel_bridge.excel_file.packages import KIND, MAIN, OFFICE

Extra = Callable[[Parts], Parts]
SHEET = "xl/worksheets/sheet1.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_MS = "http://schemas.microsoft.com/office"


def add(
    parts: Parts,
    name: str,
    data: str | bytes,
    *,
    kind: str = "",
    rels: str = SHEET_RELS,
    relation: str = "",
    target: str = "",
    external: bool = False,
) -> Parts:
    """Add a part with its content type, and a relationship to it."""
    made = dict(parts)
    if name:
        made[name] = data.encode("utf-8") if isinstance(data, str) else data
        types = made["[Content_Types].xml"].decode()
        override = f'<Override PartName="/{name}" ContentType="{kind or "application/xml"}"/>'
        made["[Content_Types].xml"] = types.replace("</Types>", override + "</Types>").encode()
    if relation:
        old = made.get(rels, f"{_RELS}</Relationships>".encode()).decode()
        number = f"rIdX{old.count('<Relationship ')}"
        where = target or f"/{name}"
        line = (
            f'<Relationship Id="{number}" Type="{relation}" Target="{where}"'
            + (' TargetMode="External"' if external else "")
            + "/>"
        )
        made[rels] = old.replace("</Relationships>", line + "</Relationships>").encode()
    return made


def in_sheet(parts: Parts, old: str, new: str) -> Parts:
    text = parts[SHEET].decode()
    assert old in text, old
    return {**parts, SHEET: text.replace(old, new, 1).encode()}


def pivot(parts: Parts) -> Parts:
    """A pivot table over A1:B12, its output at H3:I6."""
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" recordCount="0">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:B12" sheet="Blad"/></cacheSource>'
        '<cacheFields count="2"><cacheField name="a"><sharedItems/></cacheField>'
        '<cacheField name="b"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    )
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Draaitabel" cacheId="1" dataCaption="W">'
        '<location ref="H3:I6" firstHeaderRow="1" firstDataRow="1" firstDataCol="1" '
        'rowPageCount="1" colPageCount="1"/></pivotTableDefinition>'
    )
    made = add(parts, "xl/pivotTables/pivotTable1.xml", table, kind=f"{KIND}.pivotTable+xml",
               relation=f"{OFFICE}/pivotTable")  # fmt: skip
    name = "xl/pivotCache/pivotCacheDefinition1.xml"
    made = add(made, name, cache, kind=f"{KIND}.pivotCacheDefinition+xml", rels=BOOK_RELS,
               relation=f"{OFFICE}/pivotCacheDefinition")  # fmt: skip
    return add(made, "xl/pivotCache/pivotCacheRecords1.xml",
               f'<pivotCacheRecords xmlns="{MAIN}" count="0"/>',
               rels="xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels",
               kind=f"{KIND}.pivotCacheRecords+xml",
               relation=f"{OFFICE}/pivotCacheRecords")  # fmt: skip


def threaded_comments(parts: Parts) -> Parts:
    thread = (
        f'<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" dT="2026-01-01T10:00:00.00" personId="{1}" id="{2}">'
        "<text>Klopt dit?</text></threadedComment></ThreadedComments>"
    )
    people = f'<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments"/>'
    made = add(parts, "xl/threadedComments/threadedComment1.xml", thread,
               kind="application/vnd.ms-excel.threadedcomments+xml",
               relation=f"{_MS}/2017/10/relationships/threadedComment")  # fmt: skip
    return add(made, "xl/persons/person.xml", people, rels=BOOK_RELS,
               kind="application/vnd.ms-excel.person+xml",
               relation=f"{_MS}/2017/10/relationships/person")  # fmt: skip


def slicer(parts: Parts) -> Parts:
    inner = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{A8765BA9-456A-4DAB-B4F3-ACF838C121DE}"><x14:slicerList/></ext></extLst>'
    )
    made = in_sheet(parts, "</worksheet>", inner + "</worksheet>")
    return add(made, "xl/slicers/slicer1.xml", "<slicers/>",
               kind="application/vnd.ms-excel.slicer+xml",
               relation=f"{_MS}/2007/relationships/slicer")  # fmt: skip


def external_link(parts: Parts) -> Parts:
    link = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"><sheetNames>'
        '<sheetName val="Blad1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1">'
        '<cell r="A1"><v>5</v></cell></row></sheetData></sheetDataSet></externalBook>'
        "</externalLink>"
    )
    made = add(parts, "xl/externalLinks/externalLink1.xml", link, rels=BOOK_RELS,
               kind=f"{KIND}.externalLink+xml", relation=f"{OFFICE}/externalLink")  # fmt: skip
    return add(made, "", "", rels="xl/externalLinks/_rels/externalLink1.xml.rels", external=True,
               relation=f"{OFFICE}/externalLinkPath",
               target="file:///\\\\server\\map\\ander%20boek.xlsx")  # fmt: skip


def opaque(
    name: str, relation: str, rels: str = BOOK_RELS, data: bytes = b"\x00\x01\xff" * 999
) -> Extra:
    """A part of which nothing but its bytes is known."""

    def extra(parts: Parts) -> Parts:
        return add(parts, name, data, kind="application/octet-stream", rels=rels, relation=relation)

    return extra


def phonetic(parts: Parts) -> Parts:
    name = "xl/sharedStrings.xml"
    text = parts[name].decode()
    reading = '<rPh sb="0" eb="2"><t>toukyou</t></rPh><phoneticPr fontId="1"/></si>'
    return {**parts, name: text.replace("</si>", reading, 1).encode()}


def data_table(parts: Parts) -> Parts:
    cells = (
        '<row r="40"><c r="B40"><f t="dataTable" ref="B40:B41" dt2D="0" dtr="0" r1="A1"/>'
        '<v>1</v></c></row><row r="41"><c r="B41"><v>2</v></c></row></sheetData>'
    )
    return in_sheet(parts, "</sheetData>", cells)


def shared_formula(parts: Parts) -> Parts:
    cells = (
        '<row r="40"><c r="B40"><f t="shared" ref="B40:B42" si="0">A1*2</f><v>1</v></c></row>'
        '<row r="41"><c r="B41"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="42"><c r="B42"><f t="shared" si="0"/><v>3</v></c></row></sheetData>'
    )
    return in_sheet(parts, "</sheetData>", cells)


def calculation_chain(parts: Parts) -> Parts:
    made = in_sheet(
        parts, "</sheetData>", '<row r="50"><c r="A50"><f>A1</f><v>0.25</v></c></row></sheetData>'
    )
    chain = f'<calcChain xmlns="{MAIN}"><c r="A50" i="1"/></calcChain>'
    return add(made, "xl/calcChain.xml", chain, rels=BOOK_RELS,
               kind=f"{KIND}.calcChain+xml", relation=f"{OFFICE}/calcChain")  # fmt: skip


def controls(parts: Parts) -> Parts:
    inner = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="x14"><controls xmlns="{MAIN}"><control shapeId="1" name="k"/>'
        "</controls>"
        "</mc:Choice></mc:AlternateContent></worksheet>"
    )
    made = in_sheet(parts, "</worksheet>", inner)
    return add(
        made, "xl/ctrlProps/ctrlProp1.xml", "<formControlPr/>", relation=f"{OFFICE}/ctrlProp"
    )


def custom_xml(parts: Parts) -> Parts:
    made = add(parts, "customXml/item1.xml", "<a xmlns='urn:x'>é</a>", rels="_rels/.rels",
               relation=f"{OFFICE}/customXml")  # fmt: skip
    return add(made, "customXml/itemProps1.xml", "<b/>", rels="customXml/_rels/item1.xml.rels",
               relation=f"{OFFICE}/customXmlProps")  # fmt: skip


def protected(parts: Parts) -> Parts:
    return in_sheet(parts, "</sheetData>", '</sheetData><sheetProtection sheet="1" objects="1"/>')


def calculation(attributes: str) -> Extra:
    """Other calculation settings than XlsxWriter's."""

    def extra(parts: Parts) -> Parts:
        text = parts["xl/workbook.xml"].decode()
        new = f"<calcPr {attributes}/>" if attributes else ""
        return {**parts, "xl/workbook.xml": re.sub(r"<calcPr[^>]*/>", new, text).encode()}

    return extra


_BESIDE_THE_SHEET = {
    "printer": ("xl/printerSettings/printerSettings1.bin", f"{OFFICE}/printerSettings"),
    "ole-object": ("xl/embeddings/oleObject1.bin", f"{OFFICE}/oleObject"),
    "active-x": ("xl/activeX/activeX1.bin", f"{OFFICE}/control"),
}
_BESIDE_THE_BOOK = {
    "data-model": ("xl/model/item.data", f"{OFFICE}/powerPivotData"),
    "query": ("xl/queries/query1.bin", f"{OFFICE}/queries"),
    "volatile": ("xl/volatile.bin", f"{OFFICE}/volatileDependencies"),
    "rich-data": ("xl/richData/rdrichvalue.bin", f"{_MS}/2017/06/relationships/rdRichValue"),
}
_BESIDE_ALL = {
    "label": ("docMetadata/Label.bin", f"{_MS}/2020/02/relationships/classificationlabels"),
    "thumbnail": ("docProps/thumbnail.wmf", f"{OFFICE}/metadata/thumbnail"),
    "pane": ("xl/webextensions/panes.bin", f"{_MS}/2011/relationships/webextensiontaskpanes"),
}
_CALCULATION = {
    "excel": 'calcId="191029"',
    "none": "",
    "spaced": 'calcId="191029" ',
    "manual": 'calcId="191029" calcMode="manual" calcOnSave="0"',
    "circular": 'calcId="191029" iterate="1" iterateCount="50" concurrentCalc="0"',
}


def macro_module(parts: Parts) -> Parts:
    """A module sheet, as Excel keeps it from its oldest formats: in the list, without a part."""
    name = "xl/workbook.xml"
    listed = '<sheet name="Module1" sheetId="99" state="veryHidden" r:id=""/></sheets>'
    return {**parts, name: parts[name].replace(b"</sheets>", listed.encode())}


EXTRAS: dict[str, Extra] = {
    "pivot": pivot, "threaded-comments": threaded_comments, "slicer": slicer,
    "external-link": external_link, "phonetic": phonetic, "data-table": data_table,
    "shared-formula": shared_formula, "calculation-chain": calculation_chain,
    "controls": controls, "custom-xml": custom_xml, "macro-module": macro_module,
    **{name: opaque(*facts, SHEET_RELS) for name, facts in _BESIDE_THE_SHEET.items()},
    **{name: opaque(*facts, BOOK_RELS) for name, facts in _BESIDE_THE_BOOK.items()},
    **{name: opaque(*facts, "_rels/.rels") for name, facts in _BESIDE_ALL.items()},
    **{f"calculation-{name}": calculation(text) for name, text in _CALCULATION.items()},
}  # fmt: skip
