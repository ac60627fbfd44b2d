"""Each button through `Book.caller()` on the file engine, and what goes wrong around it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge import addin
from excel_bridge.addin.answer import Answer, decode
from excel_bridge.addin.caller import calling_book
from excel_bridge.addin.log import log_file
from excel_bridge.addin.settings import settings_file, write_settings
from excel_bridge.addin.trouble import NoCallerError
from excel_bridge.links import link_file
from tests.excel_bridge import workbooks
from tests.excel_bridge.addin.conftest import Desk
from tests.excel_bridge.addin.memory_excel import MemoryBook

Button = Callable[[], Answer]
BUTTONS: tuple[Button, ...] = (
    addin.voorstel,
    addin.uitvoeren,
    addin.voorstel_weg,
    addin.naar_excel,
    addin.uit_excel,
    addin.koppelen,
    addin.ongedaan_maken,
    addin.openen,
    addin.over,
)
EVERY = pytest.mark.parametrize("button", BUTTONS, ids=[button.__name__ for button in BUTTONS])
WITH_REPORT = [b for b in BUTTONS if b not in (addin.over, addin.voorstel_weg, addin.uitvoeren)]
EVERY_WITH_REPORT = pytest.mark.parametrize(
    "button", WITH_REPORT, ids=[button.__name__ for button in WITH_REPORT]
)


def say_yes(button: Button, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Press a button and answer its question with yes."""
    asked = button()
    assert asked.kind == "ask", asked.text
    assert asked.proof
    monkeypatch.setattr(sys, "argv", [*sys.argv, f"--proof={asked.proof}"])
    return button()


def test_a_figure_goes_to_excel_after_a_yes(files: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    files.set_amount("6.1.3", "663884", 163000)
    asked = addin.naar_excel()
    assert "Invoer!C5" in asked.text
    assert "150.000 wordt 163.000" in asked.text
    assert files.cell("C5").value == 150
    done = say_yes(addin.naar_excel, monkeypatch)
    assert done.text.startswith("Klaar: 1 naar Excel, 0 uit Excel.")
    assert "bewaar" in done.text.lower() or "sla" in done.text.lower()
    assert files.cell("C5").value == 163
    assert workbooks.cell(Path(files.book.fullname), "C5") == 150  # the person saves it in Excel
    files.book.save()
    assert workbooks.cell(Path(files.book.fullname), "C5") == 163


def test_a_figure_comes_from_excel_as_it_stands_in_the_open_book(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.cell("C7").value = 8
    assert say_yes(addin.uit_excel, monkeypatch).text.startswith("Klaar: 0 naar Excel, 1 uit Excel")
    assert files.amount("6.1.4", "664120") == 8000


def test_a_direction_without_figures_says_what_there_is(files: Desk) -> None:
    files.cell("C7").value = 8
    answer = addin.naar_excel()
    assert answer.kind == "done"
    assert "Er gaat niets naar Excel." in answer.text
    assert "1 uit Excel" in answer.text


def test_a_yes_to_what_has_changed_meanwhile_does_nothing(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.set_amount("6.1.3", "663884", 163000)
    proof = addin.naar_excel().proof
    files.set_amount("6.1.3", "663884", 199000)
    monkeypatch.setattr(sys, "argv", [*sys.argv, f"--proof={proof}"])
    answer = addin.naar_excel()
    assert answer.kind == "ask"
    assert answer.proof != proof
    assert "niets gedaan" in answer.text
    assert files.cell("C5").value == 150


def test_a_yes_for_one_button_is_none_for_another(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.set_amount("6.1.3", "663884", 163000)
    files.cell("C7").value = 8
    proof = addin.naar_excel().proof
    monkeypatch.setattr(sys, "argv", [*sys.argv, f"--proof={proof}"])
    assert addin.uit_excel().kind == "ask"
    assert files.amount("6.1.4", "664120") == 7000


def test_undo_asks_names_the_sync_and_takes_it_back(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert addin.ongedaan_maken().kind == "wrong"
    files.cell("C7").value = 8
    with monkeypatch.context() as patch:
        say_yes(addin.uit_excel, patch)
    asked = addin.ongedaan_maken()
    assert "1 bedrag" in asked.text
    assert "begroting.xlsx" in asked.text
    assert say_yes(addin.ongedaan_maken, monkeypatch).text.startswith("Teruggedraaid")
    assert files.amount("6.1.4", "664120") == 7000


def test_a_workbook_is_linked_after_a_yes(files: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = link_file(files.root, "begroting")
    assert "al gekoppeld" in addin.koppelen().text
    file.unlink()
    asked = addin.koppelen()
    assert "Kostenplaats" in asked.text
    assert not file.exists()
    assert "Gekoppeld: begroting.toml" in say_yes(addin.koppelen, monkeypatch).text
    assert file.exists()


@pytest.mark.parametrize("button", [addin.naar_excel, addin.koppelen, addin.ongedaan_maken])
def test_a_question_has_only_signs_that_a_message_box_can_show(
    files: Desk, button: Button, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.cell("C7").value = 8
    with monkeypatch.context() as patch:
        say_yes(addin.uit_excel, patch)
    files.set_amount("6.1.3", "663884", 163000)
    if button is addin.koppelen:
        link_file(files.root, "begroting").unlink()
    asked = button()
    assert asked.kind == "ask"
    assert asked.text.encode("cp1252").decode("cp1252") == asked.text


def test_the_app_is_opened_on_the_report_of_the_workbook(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr("excel_bridge.addin.opening.start_app", started.append)
    assert addin.openen().kind == "done"
    assert started == [files.root]


def test_about_names_versions_and_places(files: Desk) -> None:
    text = addin.over().text
    for part in ("xlwings: 0.", str(files.root), str(settings_file()), str(log_file())):
        assert part in text


def test_on_files_the_proposal_says_what_works_instead(files: Desk) -> None:
    files.set_amount("6.1.3", "663884", 163000)
    answer = addin.voorstel()
    assert answer.kind == "wrong"
    assert "stavaza excel watch" in answer.text


@EVERY
def test_a_closed_workbook_is_told(files: Desk, button: Button) -> None:
    files.book.close()
    answer = button()
    assert answer.kind == "wrong"
    assert "gesloten" in answer.text


@EVERY
def test_a_button_outside_excel_answers_with_its_log(button: Button) -> None:
    answer = button()
    assert answer.kind == "wrong"
    assert str(log_file()) in answer.text
    assert "Traceback" not in answer.text
    assert "Traceback" in log_file().read_text(encoding="utf-8")


@EVERY_WITH_REPORT
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\x00\xffnot a configuration", "beschadigd"),
        (b'"INTERPRETER_WIN","x"\r\n', "geen rapport"),
        (b"[rapport]\nmap = 1\n", "beschadigd"),
        (None, "het bestand is er niet"),
    ],
)
def test_a_broken_configuration_is_told_with_its_file(
    files: Desk, button: Button, raw: bytes | None, reason: str
) -> None:
    settings_file().unlink()
    if raw is not None:
        settings_file().write_bytes(raw)
    answer = button()
    assert answer.kind == "wrong"
    assert reason in answer.text
    assert str(settings_file()) in answer.text
    assert "stavaza excel addin install" in answer.text


@EVERY_WITH_REPORT
def test_a_report_that_is_gone_is_told(files: Desk, button: Button, tmp_path: Path) -> None:
    write_settings(settings_file(), sys.executable, (tmp_path / "weg",))
    answer = button()
    assert answer.kind == "wrong"
    assert "install --report" in answer.text


@pytest.mark.parametrize("button", [addin.voorstel, addin.naar_excel, addin.ongedaan_maken])
def test_a_workbook_of_another_report_is_told_with_what_is_linked(
    files: Desk, button: Button, tmp_path: Path
) -> None:
    other = workbooks.make(tmp_path / "anders.xlsx", lambda _book, sheet: sheet.write("A1", 1))
    book = files.app.books.open(str(other))
    book.set_mock_caller()
    answer = button()
    assert "anders.xlsx is niet aan een rapport gekoppeld" in answer.text
    assert "begroting.xlsx" in answer.text


def test_another_book_that_is_in_the_cloud_alone_does_no_harm(
    excel: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = workbooks.make(excel.root / "wolk.xlsx", lambda _book, sheet: sheet.write("A1", 1))
    excel.app.books.open(str(other))

    def nowhere(book: MemoryBook) -> str:
        if book.name == "wolk.xlsx":
            raise xw.XlwingsError("no local path")
        return str(excel.root / book.name)

    monkeypatch.setattr(MemoryBook, "fullname", property(nowhere))
    excel.set_amount("6.1.3", "663884", 163000)
    assert addin.voorstel().kind == "shown"


def test_a_workbook_with_an_odd_name_is_found(files: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = Path(files.book.fullname).with_name("a=b & 100% één.xlsx")
    odd.write_bytes(Path(files.book.fullname).read_bytes())
    other = files.app.books.open(str(odd))
    files.app.engine.activate()
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=a&#61;b &#38; 100&#37; &#233;&#233;n.xlsx"])
    assert calling_book() == other
    monkeypatch.setattr(sys, "argv", ["-c", "--wb=a&#61;c.xlsx"])
    with pytest.raises(NoCallerError):
        calling_book()


def test_two_reports_with_the_same_workbook_are_told(files: Desk, tmp_path: Path) -> None:
    from tests.excel_bridge.addin.conftest import ROWS
    from tests.excel_bridge.fakes import make_report

    second = tmp_path / "tweede"
    make_report(second, ROWS, workbooks.MERGED_LINK)
    (second / "begroting.xlsx").unlink()
    (second / "begroting.xlsx").hardlink_to(files.root / "begroting.xlsx")
    write_settings(settings_file(), sys.executable, (files.root, second))
    answer = addin.naar_excel()
    assert answer.kind == "wrong"
    assert "meer dan één rapport" in answer.text


def test_a_book_that_was_never_saved_is_told(files: Desk) -> None:
    book = files.app.books.add()
    book.set_mock_caller()
    assert "nog geen bestand" in addin.voorstel().text


def test_the_answer_goes_to_the_file_that_excel_named(
    files: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "antwoord.txt"
    monkeypatch.setattr(sys, "argv", [*sys.argv, f"--answer={target}"])
    answer = addin.over()
    raw = target.read_bytes()
    assert raw.isascii()
    fields = dict(line.split("=", 1) for line in raw.decode("ascii").splitlines())
    assert fields["kind"] == "done"
    assert decode(fields["text"]) == answer.text


def test_a_disk_that_refuses_the_answer_raises_nothing(
    files: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bestand").write_text("x", encoding="utf-8")
    target = tmp_path / "bestand" / "antwoord.txt"
    monkeypatch.setattr(sys, "argv", [*sys.argv, f"--answer={target}"])
    assert addin.over().kind == "done"
    assert "bestand" in log_file().read_text(encoding="utf-8")


def test_a_mistake_of_the_program_itself_never_reaches_excel_as_a_traceback(
    files: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_call: object) -> Answer:
        raise RuntimeError("boom")

    monkeypatch.setattr("excel_bridge.addin.moves.to_excel", breaks)
    answer = addin.naar_excel()
    assert answer.kind == "wrong"
    assert "boom" in answer.text
    assert "Traceback" not in answer.text
    assert "Traceback" in log_file().read_text(encoding="utf-8")


def run_as_excel_does(button: str, folder: Path, answer: Path) -> subprocess.CompletedProcess[str]:
    """Start Python with the words that VBA gives it, in the folder of a workbook."""
    code = f"import excel_bridge.addin; excel_bridge.addin.{button}()"
    words = ["-P", "-B", "-c", code, "--wb=begroting.xlsx", "--from_xl=1", f"--answer={answer}"]
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3]), "PYTHONUTF8": "1"},
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there may be an Excel here")
def test_the_command_of_vba_answers_and_loads_nothing_of_the_workbooks_folder(
    tmp_path: Path,
) -> None:
    for name in ("json.py", "xlwings.py", "decimal.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('loaded')\n", encoding="utf-8")
    answer = tmp_path / "antwoord.txt"
    run = run_as_excel_does("over", tmp_path, answer)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert answer.read_text(encoding="ascii").startswith("kind=wrong\n")  # no Excel here


def test_without_a_place_for_the_answer_excel_shows_it(excel: Desk) -> None:
    answer = addin.over()
    assert excel.book.app.impl.alerts == [answer.text]
    assert xw.Book.caller() == excel.book


@pytest.mark.parametrize(("says", "figure"), [("yes", 163), ("no", 150)])
def test_without_vba_xlwings_asks_the_question(excel: Desk, says: str, figure: int) -> None:
    excel.set_amount("6.1.3", "663884", 163000)
    excel.book.app.impl.says = says
    addin.naar_excel()
    assert excel.cell("C5").value == figure
    assert "Doorgaan?" in excel.book.app.impl.alerts[0]
    assert len(excel.book.app.impl.alerts) == (2 if says == "yes" else 1)
