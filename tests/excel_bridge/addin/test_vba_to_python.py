"""From a press on a button in VBA to Python and back: the command line, the answer, the yes.

An interpreter of VBA runs the add-in's own modules; only what reaches the computer (files, starting
a program) is played, and the program that is "started" is this Python with an Excel in memory.
"""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from excel_bridge.addin.build import sources
from excel_bridge.addin.settings import interpreter_key, settings_bytes, settings_file
from tests.excel_bridge.addin.conftest import Desk

FILES = """
Public Function StavazaSettingsFile() As String
    StavazaSettingsFile = CreateObject("Test.Files").Settings()
End Function
Public Function StavazaLogFile() As String
    StavazaLogFile = "start.log"
End Function
Public Function StavazaAnswerFile() As String
    StavazaAnswerFile = CreateObject("Test.Files").Answer()
End Function
Public Function StavazaIsFile(ByVal path As String) As Boolean
    StavazaIsFile = CreateObject("Test.Files").IsFile(path)
End Function
Public Sub StavazaErase(ByVal path As String)
    CreateObject("Test.Files").Erase path
End Sub
Public Function StavazaRead(ByVal path As String) As String
    StavazaRead = CreateObject("Test.Files").Read(path)
End Function
Public Sub StavazaLog(ByVal text As String)
    CreateObject("Test.Files").Note text
End Sub
"""
YES, NO = 6, 7


def computer(folder: Path) -> tuple[type[Any], type[Any], list[str], list[list[str]]]:
    """Files and a shell as VBA sees them, with what was noted and what was started."""
    from pyopenvba.exceptions import VBARuntimeError
    from pyopenvba.interpreter._objects import VBAObject, method

    noted: list[str] = []
    started: list[list[str]] = []

    class Files(VBAObject):  # type: ignore[misc]
        @method
        def Settings(self) -> str:  # noqa: N802 - as VBA calls it
            return str(settings_file())

        @method
        def Answer(self) -> str:  # noqa: N802
            return str(folder / "één antwoord 100%.txt")

        @method
        def IsFile(self, path: object) -> bool:  # noqa: N802
            return Path(str(path)).is_file()

        @method
        def Erase(self, path: object) -> None:  # noqa: N802
            Path(str(path)).unlink(missing_ok=True)

        @method
        def Read(self, path: object) -> str:  # noqa: N802
            return Path(str(path)).read_text(encoding="ascii")

        @method
        def Note(self, text: object) -> None:  # noqa: N802
            noted.append(str(text))

    class Shell(VBAObject):  # type: ignore[misc]
        @method
        def Run(self, Command: object, WindowStyle: object, WaitOnReturn: object) -> int:  # noqa: N802, N803
            words = shlex.split(str(Command))
            started.append(words)
            if words[0].endswith("geblokkeerd"):
                raise VBARuntimeError(70, "Access denied")
            at = words.index("-c")
            assert words[1:at] == ["-P", "-B"]
            before, sys.argv = sys.argv, ["-c", *words[at + 2 :]]
            try:
                exec(words[at + 1], {})  # noqa: S102 - as `python -c` does
            finally:
                sys.argv = before
            return 0

    return Files, Shell, noted, started


class Vba:
    """The add-in's VBA, with message boxes that are remembered."""

    def __init__(self, folder: Path) -> None:
        from pyopenvba.apps.excel import ExcelApplication

        files, shell, self.noted, self.started = computer(folder)
        self.app: Any = ExcelApplication()
        self.app.add_workbook()
        made = {"Test.Files": files(), "WScript.Shell": shell()}
        self.app.interpreter.host.create = made.get
        setting = re.search(
            r"Public Function StavazaSetting\(.*?End Function", sources()["StavazaFiles"], re.DOTALL
        )
        assert setting
        for name, text in sources().items():
            if name == "StavazaFiles":
                self.app.add_module(FILES + setting[0], name=name)
            elif name == "StavazaPython":
                hwnd = text.replace("CStr(Application.Hwnd)", '"0"')
                assert hwnd != text
                self.app.add_module(hwnd, name=name)
            elif name not in ("StavazaEvents", "ThisWorkbook"):
                self.app.add_module(text, name=name)

    def press(self, procedure: str, *answers: int) -> list[str]:
        """Press a button, answering questions; what the message boxes said."""
        from pyopenvba.interpreter._values import VBAInt

        del self.app.dialogs[:]
        self.app.answer_dialogs(*(VBAInt(answer, "Integer") for answer in answers))
        self.app.run(procedure, self.app.workbooks()[0])
        return [prompt for _kind, prompt, _title, _style in self.app.dialogs]


@pytest.fixture
def vba(tmp_path: Path, excel: Desk) -> Iterator[Vba]:
    values = {"INTERPRETER_WIN": sys.executable, "REPORTS": str(excel.root)}
    if interpreter_key() != "INTERPRETER_WIN":
        pytest.skip("the interpreter of VBA plays Windows")
    settings_file().write_bytes(settings_bytes(values))
    yield Vba(tmp_path)


def test_yes_moves_the_figure_and_tells(vba: Vba, excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    question, done = vba.press("StavazaNaarExcel", YES)
    assert "Invoer!C5" in question
    assert done.startswith("Klaar: 1 naar Excel, 0 uit Excel.")
    assert excel.cell("C5").value == 163
    first, second = vba.started
    assert not any(word.startswith("--proof=") for word in first)
    assert sum(word.startswith("--proof=") for word in second) == 1


def test_no_moves_nothing(vba: Vba, excel: Desk) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    (question,) = vba.press("StavazaNaarExcel", NO)
    assert question.endswith("Doorgaan?")
    assert excel.cell("C5").value == 150


def test_a_proposal_says_nothing_more_than_its_sheet_and_is_carried_out(
    vba: Vba, excel: Desk
) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    assert vba.press("StavazaVoorstel") == []
    assert len(excel.book.impl.added) == 1
    (done,) = vba.press("StavazaUitvoeren")
    assert done.startswith("Klaar: 1 naar Excel")
    assert excel.book.impl.added == []


def test_what_goes_wrong_is_told_with_its_log_and_in_whole_words(vba: Vba, excel: Desk) -> None:
    excel.book.close()
    (said,) = vba.press("StavazaUitExcel")
    assert "De werkmap is gesloten." in said
    assert "Logboek: " in said


def test_a_program_that_may_not_start_is_told_with_the_way_around(
    vba: Vba, excel: Desk, tmp_path: Path
) -> None:
    blocked = tmp_path / "geblokkeerd"
    blocked.write_bytes(b"")
    values = {"INTERPRETER_WIN": str(blocked), "REPORTS": str(excel.root)}
    settings_file().write_bytes(settings_bytes(values))
    (said,) = vba.press("StavazaVoorstel")
    assert "stavaza excel watch" in said
    assert "70" in said
    assert [note.split()[:2] for note in vba.noted] == [["BLOCKED", "70"]]


def test_no_answer_is_told_with_what_finds_the_cause(
    vba: Vba, excel: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("excel_bridge.addin.over", lambda: None)
    (said,) = vba.press("StavazaOver")
    assert "addin doctor" in said
    assert "start.log" in said
