"""The house rules that no other tool holds: who imports what, what the repository holds."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from stavaza import places
from tui.commands import COMMANDS

ROOT = Path(__file__).parents[1]
PACKAGES = ("stavaza", "excel_bridge", "tui")
LONGEST_FILE = 400
MACHINE_PATH = re.compile(
    r"(?<![\w.{])(/home/\w|/root/|/work/|/tmp/\w|/Users/\w|/opt/\w)|\b[A-Za-z]:\\+Users\\"
)


def repository_files() -> list[Path]:
    """Return the files that are, or are about to be, under version control."""
    run = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        pytest.skip("this is no git checkout")
    return [file for name in run.stdout.split("\0") if name and (file := ROOT / name).is_file()]


def product_modules() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def modules_loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter has loaded after running `code`."""
    report = "\nimport sys\nprint('\\n@' + ' '.join({name.split('.')[0] for name in sys.modules}))"
    run = subprocess.run(
        [sys.executable, "-c", code + report],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.rpartition("@")[2].split())


def test_imports_go_one_way() -> None:
    assert (
        lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)
        == EXIT_STATUS_SUCCESS
    )


@pytest.mark.parametrize("package", ["stavaza", "excel_bridge"])
def test_the_domain_and_the_bridge_load_no_screen(package: str) -> None:
    everything = "".join(
        f"\nimport {'.'.join(path.relative_to(ROOT).with_suffix('').parts)}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.name not in {"__init__.py", "__main__.py"}
    )
    loaded = modules_loaded_by(f"import {package}{everything}")
    assert package in loaded
    assert "textual" not in loaded


def test_importing_the_domain_is_cheap() -> None:
    assert not modules_loaded_by("import stavaza") & {"textual", "xlwings", "jinja2", "tomlkit"}


def loaded_by_command_line(*arguments: str) -> set[str]:
    """Return the top-level modules that a fresh process has loaded after `stavaza ARGUMENTS`."""
    return modules_loaded_by(
        "from tui.cli import main\n"
        f"try:\n    code = main({list(arguments)!r})\n"
        "except SystemExit as stop:\n    code = stop.code\n"
        "assert code in (0, 1), code"
    )


def command_modules() -> list[str]:
    """Return the modules of the command line, such as `check`."""
    return [name for name in COMMANDS if (ROOT / "tui" / "commands" / f"{name}.py").is_file()]


@pytest.mark.parametrize("module", command_modules())
def test_the_help_of_a_command_loads_no_screen(module: str) -> None:
    command = str(import_module(f"tui.commands.{module}").NAME)
    loaded = loaded_by_command_line(*command.split(), "--help")
    assert "tui" in loaded
    assert "textual" not in loaded


def test_help_loads_no_screen() -> None:
    loaded = loaded_by_command_line("--help")
    assert "tui" in loaded
    assert "textual" not in loaded


@pytest.mark.parametrize("command", ["", "check", "todo"])
def test_commands_without_a_screen_load_none(command: str, tmp_path: Path) -> None:
    report = tmp_path / "rapport"
    shutil.copytree(places.example_dir(), report)
    loaded = loaded_by_command_line("--report", str(report), *command.split())
    assert "tomli" in loaded
    assert "textual" not in loaded


def private_names_of_xlwings(path: Path) -> list[str]:
    """Return the lines of a module that reach behind the public face of xlwings."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xlwings"):
            names = [node.module or "", *(alias.name for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("xlwings")]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = [node.attr] if node.value.id in {"xw", "xlwings"} else []
        parts = {part for name in names for part in name.split(".")}
        if any(part.startswith("_") and not part.startswith("__") for part in parts):
            found.append(f"{path.name}:{getattr(node, 'lineno', 0)}")
    return found


def test_only_the_running_excel_module_touches_private_names_of_xlwings() -> None:
    live = ROOT / "excel_bridge" / "live.py"
    touching = [
        hit for path in product_modules() if path != live for hit in private_names_of_xlwings(path)
    ]
    assert touching == []


def test_a_private_name_of_xlwings_is_recognised(tmp_path: Path) -> None:
    module = tmp_path / "some.py"
    module.write_text(
        "import xlwings as xw\nimport xlwings._xlwindows\n"
        "from xlwings import _xlmac\nxw._x\nxw.Book\n",
        encoding="utf-8",
    )
    assert private_names_of_xlwings(module) == ["some.py:2", "some.py:3", "some.py:4"]


def test_no_file_names_a_folder_of_one_machine() -> None:
    naming = []
    for path in repository_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # pictures, workbooks, compiled catalogues
            continue
        naming += [
            f"{path.relative_to(ROOT).as_posix()}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE_PATH.search(line) and path != Path(__file__)
        ]
    assert naming == []


@pytest.mark.parametrize("text", ["/home/" + "jan/x", 'open("/tmp/' + 'a")', "C:\\Users\\" + "jan"])
def test_a_folder_of_one_machine_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)


def test_files_are_short_enough_to_read_in_one_sitting() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in product_modules()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in product_modules()
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip()
    ]
    assert silent == []


def hides_every_error(handler: ast.ExceptHandler) -> bool:
    """Say whether an `except` takes all errors and does not pass them on."""
    caught = handler.type
    names = {"Exception", "BaseException"}
    takes_all = caught is None or (isinstance(caught, ast.Name) and caught.id in names)
    last = handler.body[-1]
    return takes_all and not (isinstance(last, ast.Raise) and last.exc is None)


def test_no_catch_all_hides_an_error() -> None:
    hiding = [
        f"{path.name}:{node.lineno}"
        for path in product_modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and hides_every_error(node)
    ]
    assert hiding == []
