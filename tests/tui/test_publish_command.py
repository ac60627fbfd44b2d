"""`stavaza publish`: exit codes and sentences for whatever it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stavaza.making import activity_file, make_report
from tui.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(("publish", *arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_pages_are_written_and_the_index_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = make_report(tmp_path / "verslag"), tmp_path / "uit"
    code, said, _ = run(capsys, "--report", str(root), "--out", str(out))
    assert code == 0
    assert said.splitlines() == [
        f"2 pagina's staan klaar in {out}.",
        f"Open {out / 'index.html'} in een browser.",
    ]
    assert (out / "index.html").is_file()


def test_errors_in_the_report_are_said_and_the_pages_still_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, out = make_report(tmp_path / "verslag"), tmp_path / "uit"
    file = activity_file(root)
    file.write_text(file.read_text(encoding="utf-8").replace("= 2027", '= "x"'), encoding="utf-8")
    code, said, _ = run(capsys, "--report", str(root), "--out", str(out))
    assert code == 1
    assert "6.1.3.toml:6: R004" in said
    assert (out / "programma-6.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--out", "uit", "--moment", "vgr9"), "kies uit: rek, vgr1, vgr2"),
        (("--out", "verslag"), "publiceer in een aparte map"),
        (("--out", "verslag/report.toml"), "is een bestand"),
        (("--out", "verslag/report.toml/x"), "is een bestand; noem een map"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    says: str,
) -> None:
    make_report(tmp_path / "verslag")
    monkeypatch.chdir(tmp_path)
    code, said, wrong = run(capsys, "--report", "verslag", *arguments)
    assert (code, said) == (2, "")
    assert says in wrong
    assert len(wrong.splitlines()) == 1


def test_json_lists_pages_and_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, out = make_report(tmp_path / "verslag"), tmp_path / "uit"
    _, said, _ = run(capsys, "--report", str(root), "--out", str(out), "--format", "json")
    assert json.loads(said) == {
        "files": [str(out / "index.html"), str(out / "programma-6.html")],
        "made": 2,
        "removed": [],
        "findings": [],
    }


def test_publishing_loads_no_terminal_screen_and_no_excel(tmp_path: Path) -> None:
    root = make_report(tmp_path / "verslag")
    program = (
        "import sys\n"
        "from tui.cli import main\n"
        f"code = main(['publish', '--report', {str(root)!r}, '--out', {str(tmp_path / 'uit')!r}])\n"
        "loaded = {'textual', 'rich', 'xlwings'} & set(sys.modules)\n"
        "sys.exit(code or ' '.join(sorted(loaded)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
