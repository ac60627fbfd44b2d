"""A real published page, imported and published again: nothing of it is lost, or out of order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from stavaza.page_import import import_page, plan_import, write
from stavaza.places import templates_dir
from stavaza.prose import to_plain
from stavaza.publish import render_report
from stavaza.source import Data
from stavaza.store import open_report
from stavaza.template import Template
from stavaza.template_reader import load_template
from stavaza.tree import Report
from tests.stavaza.publish.reading import BUILT, EXPORTED, Tag, faults, read

PAGE = Path(__file__).parents[4] / "shared" / "seeds" / "000_d8b6b8ab59ca51b4.txt"
PROGRAMME = "programma-6.html"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the real pages are not here")


@cache
def template() -> Template:
    made, findings = load_template(templates_dir() / "voortgangsrapportage")
    assert made is not None, findings
    return made


@pytest.fixture
def report(tmp_path: Path) -> Report:
    out = tmp_path / "verslag"
    write(plan_import(out, template(), [import_page(PAGE.read_bytes(), PAGE.name, template())]))
    made, findings = open_report(out)
    assert made is not None, findings
    return made


def published(report: Report) -> bytes:
    made, findings = render_report(report, now=BUILT, export_time=EXPORTED)
    assert findings == ()
    return made[PROGRAMME]


def plain(text: str) -> str:
    """Words with single spaces; quotation marks and the dashes of lists aside."""
    for sign in "“”":
        text = text.replace(sign, " ")
    words = text.split()
    return " ".join(words[1:] if words[:1] == ["-"] else words)


def lines() -> list[str]:
    found = (plain(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return [line for line in found if line]


def missing(root: Tag) -> list[str]:
    """The lines of the original that do not follow in the text, each after the one before."""
    text = f" {plain(root.text())} "
    lost, at = [], 0
    for line in lines():
        found = text.find(f" {line} ", at)
        if found < 0:
            lost.append(line)
        else:
            at = found + len(line) + 1
    return lost


def test_every_line_of_the_original_stands_on_the_page_in_its_order(report: Report) -> None:
    root = read(published(report))
    assert len(lines()) > 300
    assert missing(root) == []
    assert faults(root) == []


def test_a_text_that_is_taken_away_is_missed(report: Report) -> None:
    path = ("moment", "vgr2", "stand_van_zaken")
    text = to_plain(report.elements["6.2.4"].get(path))
    report.elements["6.2.4"].set(path, None)
    assert missing(read(published(report))) == [plain(text)]


def test_the_overview_shows_the_statuses_in_words(report: Report) -> None:
    (matrix,) = read(published(report)).by_class("matrix")
    statuses = [tag.text() for tag in matrix.by_class("status")]
    assert len(statuses) == 48
    assert set(statuses) == {"Volgens plan", "Niet volgens plan", "Niet gestart"}


def test_the_published_page_imports_as_the_same_elements(report: Report) -> None:
    again = import_page(published(report), PROGRAMME, template())
    before: list[Data] = [element.data for element in report.elements.values()]
    after: list[Data] = [element.data for element in again.elements]

    def key(data: Data) -> str:
        return str(sorted(data.items(), key=lambda item: item[0]))

    assert sorted(map(key, after)) == sorted(map(key, before))
