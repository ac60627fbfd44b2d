"""The whole main job from the built wheel, checked with readers that share nothing with Stavaza."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.wheel import InstalledWheel

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

EXAMPLE = Path(__file__).parent.parent / "data"


class Words(HTMLParser):
    """The visible words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words += data.split()


@pytest.fixture(scope="module")
def demo(installed_wheel: InstalledWheel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("demo")
    done = installed_wheel.stavaza(["demo", "--out", "uit"], cwd=work)
    assert done.returncode == 0, done.stdout + done.stderr
    return work / "uit"


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path, value


def toml_changes(demo: Path) -> dict[tuple[str, ...], tuple[Any, Any]]:
    """Every value that differs from the example: (file, keys...) -> (before, after)."""
    found: dict[tuple[str, ...], tuple[Any, Any]] = {}
    for path in sorted((demo / "rapport").rglob("*.toml")):
        name = path.relative_to(demo / "rapport")
        before = dict(leaves(tomllib.loads((EXAMPLE / name).read_text(encoding="utf-8"))))
        after = dict(leaves(tomllib.loads(path.read_text(encoding="utf-8"))))
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                found[(path.stem, *key)] = (before.get(key), after.get(key))
    return found


def cell_changes(demo: Path) -> dict[str, tuple[Any, Any]]:
    before = openpyxl.load_workbook(EXAMPLE / "begroting.xlsx")
    after = openpyxl.load_workbook(demo / "rapport" / "begroting.xlsx")
    assert before.sheetnames == after.sheetnames
    found = {}
    for sheet in before.sheetnames:
        if not hasattr(before[sheet], "iter_rows"):
            continue
        for row in before[sheet].iter_rows():
            for cell in row:
                new = after[sheet][cell.coordinate].value
                if cell.value != new:
                    found[f"{sheet}!{cell.coordinate}"] = (cell.value, new)
    return found


def test_a_status_a_text_and_figures_of_both_sides_change_in_the_toml(demo: Path) -> None:
    changes = {key: pair for key, pair in toml_changes(demo).items() if "baseline" not in key[0]}
    statuses = [key for key in changes if key[-1] == "status"]
    texts = [key for key in changes if key[-1] == "stand_van_zaken"]
    figures = [key for key in changes if key[1] == "begroting"]
    assert (len(statuses), len(texts)) == (1, 1)
    before, after = changes[texts[0]]
    assert after.startswith(before)
    assert len(figures) >= 2
    assert len(changes) == 2 + len(figures)


def test_the_workbook_changes_in_one_cell_to_the_figure_of_the_toml(demo: Path) -> None:
    (change,) = cell_changes(demo).values()
    figures = [pair for key, pair in toml_changes(demo).items() if key[1] == "begroting"]
    assert change in figures


def test_every_other_part_of_the_workbook_stays_byte_for_byte(demo: Path) -> None:
    with (
        zipfile.ZipFile(EXAMPLE / "begroting.xlsx") as before,
        zipfile.ZipFile(demo / "rapport" / "begroting.xlsx") as after,
    ):
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    sheets = [name for name in changed if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert len(sheets) == 1
    assert set(changed) <= {*sheets, "xl/workbook.xml"}


def test_the_figures_of_finance_come_into_the_toml(demo: Path) -> None:
    workbook = openpyxl.load_workbook(EXAMPLE / "begroting.xlsx", data_only=True)
    values = {
        cell.value
        for name in workbook.sheetnames
        if hasattr(workbook[name], "iter_rows")
        for row in workbook[name].iter_rows()
        for cell in row
    }
    cells = cell_changes(demo).values()
    taken = [
        pair
        for key, pair in toml_changes(demo).items()
        if key[1] == "begroting" and pair not in cells
    ]
    assert taken
    assert all(after in values for _before, after in taken)


def test_the_difference_in_git_is_those_lines_and_the_baseline_lines_and_nothing_else(
    demo: Path,
) -> None:
    done = subprocess.run(
        ["git", "diff", "--numstat"],
        cwd=demo / "rapport",
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    added = {Path(name).name: int(plus) for plus, _minus, name in rows}
    changes = toml_changes(demo)
    baseline = added.pop("begroting.baseline.toml")
    figures = [key for key in changes if key[1] == "begroting"]
    assert baseline == len(figures)
    assert sum(added.values()) == len(figures) + 2
    untracked = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],
        cwd=demo / "rapport",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert {line[:2] for line in untracked} == {" M"}


def test_the_pages_show_what_was_changed(demo: Path) -> None:
    pages = Words()
    for path in (demo / "paginas").glob("*.html"):
        pages.feed(path.read_text(encoding="utf-8"))
    text = " ".join(pages.words)
    for key, (_before, after) in toml_changes(demo).items():
        if key[1] == "begroting":
            assert f"{after:,}".replace(",", ".") in text
        elif key[-1] == "stand_van_zaken":
            assert after.split("\n")[-2] in text


def test_what_to_open_is_named_by_its_own_file(
    installed_wheel: InstalledWheel, tmp_path: Path
) -> None:
    done = installed_wheel.stavaza(["demo", "--out", "uit"], cwd=tmp_path)
    (line,) = [line for line in done.stdout.splitlines() if "de werkmap:" in line]
    assert Path(line.partition(": ")[2].strip()).is_file()
