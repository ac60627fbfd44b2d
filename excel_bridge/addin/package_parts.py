"""The fixed parts of the add-in's package: an empty sheet, and what leads to tab and VBA."""

from __future__ import annotations

from typing import Final

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMA: Final = "http://schemas.openxmlformats.org"
_OFFICE: Final = f"{_SCHEMA}/officeDocument/2006/relationships"
_MAIN: Final = f"{_SCHEMA}/spreadsheetml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument"

CONTENT_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_SCHEMA}/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.ms-excel.addin.macroEnabled.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_TYPE}.spreadsheetml.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.spreadsheetml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/docProps/app.xml" ContentType="{_TYPE}.extended-properties+xml"/>'
    f'<Override PartName="/docProps/custom.xml" ContentType="{_TYPE}.custom-properties+xml"/>'
    "</Types>"
)
RELATIONS: Final = (
    f'{_HEAD}<Relationships xmlns="{_SCHEMA}/package/2006/relationships">{{}}</Relationships>'
)
PACKAGE_RELATIONS: Final = RELATIONS.format(
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    '<Relationship Id="rId2" '
    f'Type="{_SCHEMA}/package/2006/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
    '<Relationship Id="rId5" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    'Target="customUI/customUI14.xml"/>'
)
WORKBOOK: Final = (
    f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr codeName="ThisWorkbook"/>'
    '<sheets><sheet name="Stavaza" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
WORKBOOK_RELATIONS: Final = RELATIONS.format(
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    '<Relationship Id="rId3" '
    'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
    'Target="vbaProject.bin"/>'
)
SHEET: Final = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr codeName="Sheet1"/><sheetData/></worksheet>'
)
STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/>'
    '<top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" '
    'fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle '
    'name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
APP: Final = (
    f'{_HEAD}<Properties xmlns="{_SCHEMA}/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Excel</Application><DocSecurity>0</DocSecurity>"
    "<AppVersion>16.0300</AppVersion></Properties>"
)
CORE: Final = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_SCHEMA}/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Stavaza</dc:title>'
    "<dc:creator>Stavaza</dc:creator></cp:coreProperties>"
)
CUSTOM: Final = (
    f'{_HEAD}<Properties xmlns="{_SCHEMA}/officeDocument/2006/custom-properties" '
    f'xmlns:vt="{_SCHEMA}/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Stavaza">'
    "<vt:lpwstr>{stamp}</vt:lpwstr></property></Properties>"
)
PICTURE_RELATION: Final = (
    f'<Relationship Id="{{name}}" Type="{_OFFICE}/image" Target="images/{{name}}.png"/>'
)
