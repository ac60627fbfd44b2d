"""The VBA of the built add-in in LibreOffice: it loads, its buttons run, its functions answer.

LibreOffice opens no add-in, so the same project is put in a macro workbook. What the buttons start
is replaced there by a procedure that remembers which it was.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from excel_bridge.addin.build import _project, build_addin, sources
from tests.excel_bridge.addin.test_build import buttons
from tests.excel_bridge.excel_file.libreoffice import REASON, SOFFICE

pytestmark = pytest.mark.skipif(SOFFICE is None, reason=REASON)

REMEMBER = """
Private remembered As String
Public Function StavazaRemembered(ByVal nothing_ As String) As String
    StavazaRemembered = remembered
    remembered = ""
End Function
Public Sub StavazaPress(ByVal functionName As String, Optional ByVal proof As String = "")
    remembered = functionName
End Sub
"""
PROBE = """
Sub Main(source As String, target As String, calls As String)
  Dim args(1) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden" : args(0).Value = True
  args(1).Name = "MacroExecutionMode" : args(1).Value = 4
  Dim doc, provider, script, one, words, given, result, places(), outs()
  Dim f As Integer
  f = FreeFile
  Open target For Output As #f
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, args())
  Print #f, Join(doc.BasicLibraries.getByName("VBAProject").getElementNames(), " ")
  provider = doc.getScriptProvider()
  For Each one In Split(calls, "|")
    words = Split(one, "=")
    result = "ERROR"
    given = words(1)
    If given = "object" Then given = doc
    script = Null
    On Error Resume Next
    script = provider.getScript("vnd.sun.star.script:VBAProject." & words(0) & _
      "?language=Basic&location=document")
    result = script.invoke(Array(given), places(), outs())
    On Error GoTo 0
    Print #f, words(0) & "=" & result
  Next one
  Close #f
  doc.close(True)
  StarDesktop.terminate()
End Sub
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library"
 xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard"
 xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/>
</library:libraries>"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element
 library:name="Probe"/></library:library>"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Probe"
 script:language="StarBasic">{}</script:module>"""


def clone(path: Path, modules: dict[str, str]) -> Path:
    """The built add-in as a macro workbook with these modules."""
    built = path.with_suffix(".xlam")
    built.write_bytes(build_addin())
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/vbaProject.bin":
                data = _project(modules)
            target.writestr(name, data.replace(b"excel.addin.macro", b"excel.sheet.macro"))
    return path


def office(profile: Path, *words: str) -> None:
    assert SOFFICE is not None
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*command, *words], check=True, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], list[str]]:
    """The modules that LibreOffice found, and what each call answered."""
    folder = tmp_path_factory.mktemp("vba")
    modules = sources()
    press = re.compile(r"Public Sub StavazaPress\(.*?End Sub\r\n", re.DOTALL)
    assert press.search(modules["StavazaAnswer"])
    rest = press.sub("", modules["StavazaAnswer"]).replace("Option Explicit", "")
    modules["StavazaAnswer"] = "Option Explicit\r\n" + REMEMBER.replace("\n", "\r\n") + rest
    workbook = clone(folder / "invoegtoepassing.xlsm", modules)
    profile = folder / "profiel"
    office(profile, "--terminate_after_init")  # else the first start overwrites the library
    library = profile / "user" / "basic" / "Standard"
    (library.parent / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (library / "Probe.xba").write_text(MODULE.format(escape(PROBE)), encoding="utf-8")
    calls = []
    for button in buttons():
        calls += [
            f"StavazaButtons.{button['onAction']}=object",
            "StavazaAnswer.StavazaRemembered=x",
        ]
    calls += [
        "StavazaButtons.IsNotThere=object",
        "StavazaText.StavazaDecode=&#235;&#8364;&#128512;x",
    ]
    calls += ["StavazaText.StavazaEncode=ë b%", "StavazaAnswer.StavazaIsProof=" + "a" * 32]
    calls += ["StavazaFiles.StavazaIsFile=weg.txt", "StavazaPython.StavazaProgram=x"]
    out = folder / "uit.txt"
    places = f'"{workbook}","{out}","{"|".join(calls)}"'
    office(profile, f"macro:///Standard.Probe.Main({places})")
    found, *rest_of = out.read_text(encoding="utf-8").splitlines()
    return set(found.split()), rest_of


def test_libreoffice_loads_every_module(answers: tuple[set[str], list[str]]) -> None:
    assert answers[0] == {*sources(), "Sheet1"}


def test_each_button_is_found_and_calls_its_function(answers: tuple[set[str], list[str]]) -> None:
    called = [
        (one.partition("=")[0].rpartition(".")[2], two.partition("=")[2])
        for one, two in zip(answers[1][::2], answers[1][1::2], strict=False)
        if two.startswith("StavazaAnswer.StavazaRemembered")
    ]
    expected = {
        "StavazaVoorstel": "voorstel",
        "StavazaUitvoeren": "uitvoeren",
        "StavazaVoorstelWeg": "",
        "StavazaOngedaanMaken": "ongedaan_maken",
        "StavazaNaarExcel": "naar_excel",
        "StavazaUitExcel": "uit_excel",
        "StavazaKoppelen": "koppelen",
        "StavazaOpenen": "openen",
        "StavazaOver": "over",
    }
    assert dict(called) == expected
    assert not any(line.startswith("StavazaButtons.S") and "ERROR" in line for line in answers[1])


def test_each_module_compiles_as_far_as_libreoffice_goes(
    answers: tuple[set[str], list[str]],
) -> None:
    said = dict(line.split("=", 1) for line in answers[1])
    assert said["StavazaButtons.IsNotThere"].startswith("ERROR")
    assert said["StavazaText.StavazaDecode"] == "ë€😀x"
    assert said["StavazaText.StavazaEncode"] == "&#235; b&#37;"
    assert said["StavazaAnswer.StavazaIsProof"] == "True"
    assert said["StavazaFiles.StavazaIsFile"] == "False"
    assert said["StavazaPython.StavazaProgram"] == ""
