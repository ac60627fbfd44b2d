"""The built add-in, read back: its tab, its modules, its texts; the same bytes each time."""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from excel_bridge import addin
from excel_bridge.addin.build import (
    FILE_NAME,
    apple_script,
    build_addin,
    ribbon_xml,
    sources,
    stamp,
    stamp_of,
)
from excel_bridge.addin.package_parts import CONTENT_TYPES
from excel_bridge.addin.press import ANSWER, PROOF, WHEN_DONE
from excel_bridge.addin.settings import NAME, interpreter_key
from excel_bridge.addin.texts import MESSAGES, literal
from stavaza.i18n import use_language

NS = "{http://schemas.microsoft.com/office/2009/07/customui}"
ALLOWED = {
    "tab": {"id", "label", "keytip", "insertAfterMso"},
    "group": {"id", "label"},
    "button": {"id", "size", "image", "onAction", "keytip", "label", "screentip", "supertip"},
}
"""The attributes that the tab uses, each of which the schema of customUI (2009/07) knows."""
INSIDE = {
    "customUI": "ribbon", "ribbon": "tabs", "tabs": "tab", "tab": "group", "group": "button",
}  # fmt: skip
"""What the schema lets stand in what, of the elements that the tab uses."""
APPLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        "about above after against and apart around as aside at back before beginning behind "
        "below beneath beside between but by considering contains continue copy div does "
        "eighth else end equals error every exit false fifth first for fourth from front get "
        "given global if ignoring in into is it its last local me middle mod my ninth not of "
        "on onto or out over property put ref repeat return returning second set seventh "
        "since sixth some tell tenth that the then third through timeout times to transaction "
        "true try until where while whose with without result paragraph word character item "
        "text date list number record script file folder process window version name class "
        "contents rest reverse length id quote space tab ",
    )
)
"""What AppleScript keeps for itself, so that no variable may be called so."""
PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\((.*)\)", re.MULTILINE)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / FILE_NAME
    path.write_bytes(build_addin())
    return path


@pytest.fixture(scope="module")
def modules(built: Path) -> dict[str, str]:
    """The VBA as oletools reads it out of the package, by module."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the parser that oletools builds on
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(built))
        found = {name: code for _file, _stream, name, code in parser.extract_macros()}
        parser.close()
    return found


def tab() -> ElementTree.Element:
    found = ElementTree.fromstring(ribbon_xml()).find(f".//{NS}tab")  # noqa: S314 - our own
    assert found is not None
    return found


def buttons() -> list[dict[str, str]]:
    return [dict(button.attrib) for button in tab().iter(f"{NS}button")]


def test_the_same_bytes_come_out_twice() -> None:
    assert build_addin() == build_addin()


def test_nothing_in_the_package_depends_on_time_or_on_a_compressor(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        for entry in package.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.create_system == 0
        assert package.testzip() is None


def test_the_package_and_its_project_are_whole(built: Path) -> None:
    from pyopenvba.integrity import check_file

    report = check_file(built)
    assert report.issues == ()
    assert report.complete


def test_each_module_is_read_back_as_it_was_written(modules: dict[str, str]) -> None:
    for name, text in sources().items():
        (file,) = [found for found in modules if Path(found).stem == name]
        code = re.sub(r"^Attribute VB_.*\r\n", "", modules[file], flags=re.MULTILINE)
        assert code.strip() == text.strip(), name
    assert {Path(name).stem for name in modules} == {*sources(), "Sheet1"}


def test_the_tab_is_of_the_schema_and_leads_to_pictures_that_are_there(built: Path) -> None:
    root = ElementTree.fromstring(ribbon_xml())  # noqa: S314 - our own
    ids = []
    for element in root.iter():
        kind = element.tag.removeprefix(NS)
        assert set(element.attrib) <= ALLOWED.get(kind, set()), kind
        assert {child.tag for child in element} <= {NS + INSIDE.get(kind, "")}, kind
        ids += [element.attrib["id"]] if "id" in element.attrib else []
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]{0,1023}", name) for name in ids)  # xsd:ID
    for element in root.iter():
        assert all(0 < len(value) <= 1024 for value in element.attrib.values())
        assert element.attrib.get("size", "large") in ("large", "normal")
    with zipfile.ZipFile(built) as package:
        relations = package.read("customUI/_rels/customUI14.xml.rels").decode()
        for button in buttons():
            target = f"images/{button['image']}.png"
            assert f'Id="{button["image"]}"' in relations
            assert package.read(f"customUI/{target}").startswith(b"\x89PNG")
        assert package.read("customUI/customUI14.xml").decode() == ribbon_xml()


def test_each_button_has_words_in_dutch_and_a_key_of_its_own() -> None:
    labels = [button["label"] for button in buttons()]
    assert labels == [
        "Voorstel", "Uitvoeren", "Voorstel weghalen", "Ongedaan maken", "Naar Excel", "Uit Excel",
        "Koppelen", "Openen in Stavaza", "Over",
    ]  # fmt: skip
    keytips = [button["keytip"] for button in buttons()]
    assert len(set(keytips)) == len(keytips)
    for button in buttons():
        assert re.fullmatch(r"[A-Z0-9]{1,3}", button["keytip"])
        assert len(button["screentip"]) > 10
        assert button["supertip"].endswith(".")
        assert "@" not in "".join(button.values())


def test_the_script_of_macos_closes_what_it_opens_and_names_no_variable_as_a_word() -> None:
    text = re.sub(r"^\s*--.*$", "", apple_script().decode("utf-8"), flags=re.MULTILINE)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    opened: list[str] = []
    for line in lines:
        match line.split():
            case ["on", rest, *_more]:
                opened.append(rest.partition("(")[0])
            case ["repeat", *_more]:
                opened.append("repeat")
            case ["if", *_more, "then"]:
                opened.append("if")
            case ["end", what]:
                assert opened.pop() == what
    assert opened == []
    assert all(line.count('"') % 2 == 0 for line in lines)
    assert all(line.count("(") == line.count(")") for line in lines)
    named = {name for found in re.findall(r"set (?:\{([^}]*)\}|(\w+)) to", text)
             for name in re.split(r", ", "".join(found))}  # fmt: skip
    assert named >= {"interpreter", "command", "found"}
    assert not {name for name in named if " " not in name} & APPLE_WORDS


def test_in_english_the_tab_is_english() -> None:
    use_language("en")
    try:
        assert [button["label"] for button in buttons()][:2] == ["Proposal", "Carry out"]
        assert "Stavaza is busy" in sources()["StavazaMessages"]
    finally:
        use_language(None)


def test_each_button_calls_a_procedure_that_calls_a_function_of_the_bridge() -> None:
    procedures = dict(PROCEDURE.findall(sources()["StavazaButtons"]))
    pressed = re.findall(r'StavazaPress "(\w+)"', sources()["StavazaButtons"])
    for button in buttons():
        assert procedures[button["onAction"]] == "control As Object"
    assert set(procedures) == {button["onAction"] for button in buttons()}
    for name in pressed:
        assert callable(getattr(addin, name))
    assert len(pressed) == len(procedures) - 1  # taking the proposal out needs no Python


def test_vba_and_python_use_the_same_words() -> None:
    vba = "\n".join(sources().values())
    for word in (ANSWER, PROOF, "--wb=", "--from_xl=1", "--hwnd=", NAME):
        assert word in vba
    assert interpreter_key("win32") in vba
    assert interpreter_key("darwin") in vba
    assert f"Sub {WHEN_DONE.rpartition('!')[2]}()" in vba
    assert WHEN_DONE.startswith(f"'{FILE_NAME}'")
    for kind in ("done", "shown", "ask"):
        assert f'Case "{kind}"' in vba
    for constant in re.findall(r"\bSTAVAZA_T_(\w+)", vba):
        assert constant in MESSAGES
    for key in MESSAGES:
        assert vba.count(f"STAVAZA_T_{key}") > 1, key


def test_no_procedure_is_called_that_is_not_there() -> None:
    vba = "\n".join(sources().values())
    known = {name for name, _arguments in PROCEDURE.findall(vba)} | set(sources())
    called = set(re.findall(r"\bStavaza[A-Z]\w*", re.sub(r'"[^"\n]*"', "", vba)))
    assert called - known == set()


def test_nothing_of_a_paid_library_and_no_shell_in_between() -> None:
    vba = "\n".join(sources().values()).lower()
    for word in ("xlwings.pro", "license", "cmd.exe", "powershell", "declare "):
        assert word not in vba
    assert '""" -p -b -c """' in vba  # python, and nothing loaded from the folder it starts in
    script = apple_script().decode("ascii")
    assert "-P -B -c" in script
    assert script.count("quoted form of") >= 6


def test_vba_fits_its_lines_and_its_code_page() -> None:
    for name, text in sources().items():
        assert max(map(len, text.split("\r\n"))) < 1000, name
        assert text.encode("cp1252").decode("cp1252") == text
        assert text.startswith("Option Explicit\r\n"), name


def test_a_sign_that_vba_cannot_hold_is_refused() -> None:
    assert literal('één "ding"') == '"één ""ding"""'
    assert literal("x" * 450).count(" & _\n") == 2
    with pytest.raises(UnicodeEncodeError):
        literal("✓")


def test_the_add_in_tells_which_one_it_is(built: Path, tmp_path: Path) -> None:
    assert stamp_of(built) == stamp()
    other = tmp_path / "ander.xlam"
    other.write_bytes(b"PK\x03\x04 broken")
    assert stamp_of(other) == ""
    raw = BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
    other.write_bytes(raw.getvalue())
    assert stamp_of(other) == ""


# --- The VBA, run by an interpreter of VBA with a screen that only remembers ---------------------

FILES = """
Public contents As String
Public erased As String
Public logged As String
Public Function StavazaSettingsFile() As String
    StavazaSettingsFile = "settings"
End Function
Public Function StavazaLogFile() As String
    StavazaLogFile = "start.log"
End Function
Public Function StavazaAnswerFile() As String
    StavazaAnswerFile = "answer"
End Function
Public Function StavazaIsFile(ByVal path As String) As Boolean
    StavazaIsFile = Len(StavazaRead(path)) > 0
End Function
Public Sub StavazaErase(ByVal path As String)
    erased = erased & path & ";"
End Sub
Public Function StavazaRead(ByVal path As String) As String
    StavazaRead = StavazaField(contents, path)
    If path = "answer" Then StavazaRead = Replace(StavazaRead, "~", vbLf)
End Function
Public Sub StavazaLog(ByVal text As String)
    logged = logged & text & vbLf
End Sub
Public Sub SetContents(ByVal text As String)
    contents = text
End Sub
Public Function GetLog() As String
    GetLog = logged
End Function
"""


class Host:
    """VBA with a fake for files; the message boxes are remembered, and answered as told."""

    def __init__(self, files: str) -> None:
        from pyopenvba.apps.excel import ExcelApplication

        self.app: Any = ExcelApplication()
        self.app.add_workbook()
        setting = re.search(
            r"Public Function StavazaSetting\(.*?End Function", sources()["StavazaFiles"], re.DOTALL
        )
        assert setting
        for name, text in sources().items():
            if name == "StavazaFiles":
                self.app.add_module(FILES + setting[0], name=name)
            elif name not in ("StavazaEvents", "ThisWorkbook"):
                self.app.add_module(text, name=name)
        self.app.run("SetContents", files)

    def press(self, procedure: str) -> None:
        """Press a button; what Excel gives along is not looked at."""
        self.app.run(procedure, self.app.workbooks()[0])

    def boxes(self) -> list[str]:
        return [prompt for _kind, prompt, _title, _style in self.app.dialogs]


def test_the_command_line_keeps_every_name_in_its_quotes() -> None:
    host = Host("")
    line = host.app.run(
        "StavazaCommandLine",
        r"C:\Py thon\python.exe",
        "import x; x.y()",
        r"C:\T\a%b.txt",
        "a" * 32,
        'be"%PATH%&=ë.xlsx',
    )
    assert line == (
        r'"C:\Py thon\python.exe" -P -B -c "import x; x.y()" '
        '"--wb=be&#34;&#37;PATH&#37;&#38;&#61;&#235;.xlsx" --from_xl=1 '
        r'"--answer=C:\T\a&#37;b.txt" --proof=' + "a" * 32
    )
    odd = host.app.run("StavazaCommandLine", "p", "c", "a", '" & calc', "b.xlsx")
    assert "calc" not in odd


def test_an_answer_is_shown_with_all_its_signs() -> None:
    host = Host("")
    host.app.run("StavazaShow", "kind=done\r\nproof=\r\ntext=Klaar&#10;&#235;&#8364;", "over")
    assert host.boxes() == ["Klaar\në€"]


def test_no_to_a_question_does_nothing_more() -> None:
    host = Host("")
    host.app.answer_dialogs(7)  # vbNo
    host.app.run("StavazaShow", f"kind=ask\nproof={'a' * 32}\ntext=Doorgaan?", "naar_excel")
    assert host.boxes() == ["Doorgaan?"]


def test_without_settings_a_button_says_how_to_get_them() -> None:
    host = Host("")
    host.press("StavazaVoorstel")
    (said,) = host.boxes()
    assert "stavaza excel addin install" in said
    assert "settings" in said


def test_a_program_that_is_gone_is_told_and_logged() -> None:
    host = Host('settings="INTERPRETER_WIN","C:\\weg\\python.exe"')
    host.press("StavazaVoorstel")
    (said,) = host.boxes()
    assert "C:\\weg\\python.exe" in said
    assert host.app.run("GetLog") == "INTERPRETER C:\\weg\\python.exe\n"


def test_the_proposal_is_taken_out_without_python() -> None:
    host = Host("")
    book = host.app.workbooks()[0]
    host.app.add_module(
        'Sub AddIt()\nWorksheets.Add.Name = "stavaza-VOORSTEL"\nEnd Sub\n', name="Test"
    )
    host.app.run("AddIt")
    assert host.app.run("StavazaHasProposal", book)
    host.press("StavazaVoorstelWeg")
    assert not host.app.run("StavazaHasProposal", book)
    host.press("StavazaVoorstelWeg")
    assert host.boxes() == []


@pytest.mark.parametrize(
    ("button", "kept", "cancelled"), [(6, False, False), (7, True, False), (2, True, True)]
)
def test_saving_asks_whether_the_proposal_goes_along(
    button: int, kept: bool, cancelled: bool
) -> None:
    from pyopenvba.interpreter._values import VBAInt

    host = Host("")
    events = sources()["StavazaEvents"].replace("WithEvents Host As Application", "Host As Object")
    events = events.replace("Private Sub", "Public Sub").replace("book.AutoSaveOn", "False")
    host.app.add_module(events, name="StavazaEvents")
    host.app.add_module(
        "Function Save() As Boolean\n    Dim cancel As Boolean\n"
        "    Host_WorkbookBeforeSave ActiveWorkbook, False, cancel\n    Save = cancel\n"
        'End Function\nSub AddIt()\nWorksheets.Add.Name = "Stavaza-voorstel"\nEnd Sub\n',
        name="Test",
    )
    assert host.app.run("Save") is False
    assert host.boxes() == []
    host.app.run("AddIt")
    host.app.answer_dialogs(VBAInt(button, "Integer"))
    assert host.app.run("Save") is cancelled
    assert len(host.boxes()) == 1
    assert host.app.run("StavazaHasProposal", host.app.workbooks()[0]) is kept
