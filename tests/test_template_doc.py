"""The page on making a template: its example works, and it names the whole language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.standards import STANDARDS, VERSIONS, standard
from stavaza.store import open_report
from stavaza.template import (
    BLOCK_FORMS,
    COLORS,
    DERIVATION_FORMS,
    DOCUMENT_KINDS,
    FIELD_TYPES,
    RESERVED_KEYS,
)
from stavaza.template_content import CHECK_FORMS
from stavaza.template_layout_reader import DERIVED_TEXTS
from stavaza.template_reader import load_template
from stavaza.tree import Report
from tests.stavaza.publish.reading import faults, pages

PAGE = Path(__file__).parents[1] / "docs" / "sjabloon-maken.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The report of the page, file by file."""
    blocks = re.findall(
        r"```toml\n# bestand: (\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(blocks) == 5
    for name, text in blocks:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tmp_path


@pytest.fixture
def report(root: Path) -> Report:
    made, findings = open_report(root)
    assert made is not None, findings
    return made


def test_the_example_template_is_in_order(root: Path) -> None:
    template, findings = load_template(root / "sjablonen" / "subsidieverslag")
    assert template is not None
    assert findings == []


def test_the_example_report_lacks_nothing(report: Report) -> None:
    assert check_report(report) == []


def test_the_example_notices_a_total_that_its_parts_do_not_give(report: Report) -> None:
    report.elements["C1"].set(("toegekend",), 5300)
    (finding,) = check_report(report)
    assert (finding.code, finding.params["sum"]) == ("C026", "5.250")


def test_the_example_publishes_what_the_page_promises(report: Report) -> None:
    root = pages(report)["fonds-C1.html"]
    assert faults(root) == []
    heads = [tag.text() for tag in root.all("h3")]
    assert heads == ["Fanfare De Dijk (€ 4.500)", "Toneelgroep Kloosstraat (€ 750)"]
    assert root.text().count("Kleine subsidies lichten we niet toe.") == 1
    cells = [[cell.text() for cell in row.all("td")] for row in root.all("table")[-1].all("tr")]
    assert cells[1:] == [["48.000", "50.000"], ["12.500", ""], ["-35.500", "-50.000"]]


@pytest.mark.parametrize(
    "word",
    [
        *FIELD_TYPES,
        *DERIVATION_FORMS,
        *BLOCK_FORMS,
        *CHECK_FORMS,
        *DOCUMENT_KINDS,
        *STANDARDS,
        *(item.code for item in standard(VERSIONS).items),
        *COLORS,
        *RESERVED_KEYS,
        *(text for texts in DERIVED_TEXTS.values() for text in texts),
    ],
)
def test_every_word_of_the_language_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE.read_text(encoding="utf-8")


def test_every_key_that_the_readers_know_is_on_the_page() -> None:
    package = Path(__file__).parents[1] / "stavaza"
    code = "".join(
        (package / f"{name}.py").read_text(encoding="utf-8")
        for name in (
            "template_reader",
            "template_layout_reader",
            "template_checks",
            "template_content_reader",
        )
    )
    readers = "text_value|flag|texts|one_of|number|numbers|decimal|sub|subs|items"
    call = rf"(?:{readers}|column|beside|condition)\(\s*\"([a-z_]+)\""
    keys = set(re.findall(call, code))
    assert len(keys) > 40
    page = PAGE.read_text(encoding="utf-8")
    assert {key for key in keys if not re.search(rf"\b{key}\b", page)} == set()
