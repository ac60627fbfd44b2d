"""A real published page comes in complete: each line in its field, by line number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.finding import KeyPath
from stavaza.page_import import ImportResult, import_page, plan_import, write
from stavaza.places import templates_dir
from stavaza.prose import to_plain
from stavaza.store import open_report
from stavaza.template import Template
from stavaza.template_reader import load_template
from tests.stavaza.page_import import gold

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


def seed(number: int) -> Path:
    """One of the pages that lie beside the repository; they are not part of it."""
    found = sorted(SEEDS.glob(f"{number:03}_*.txt"))
    if not found:
        pytest.skip("the real pages (../shared/seeds) are not on this machine")
    return found[0]


@pytest.fixture(scope="module")
def template() -> Template:
    found, findings = load_template(templates_dir() / "voortgangsrapportage")
    assert found is not None, findings
    return found


@pytest.fixture(scope="module")
def page() -> Path:
    return seed(0)


@pytest.fixture(scope="module")
def result(page: Path, template: Template) -> ImportResult:
    return import_page(page.read_bytes(), page.name, template)


@pytest.fixture(scope="module")
def names(result: ImportResult) -> dict[str, str]:
    """Ids by the names of the gold table, and the other way round for codes."""
    found = {element.id: element.id for element in result.elements if element.code}
    for element in result.elements:
        if not element.code:
            found[f"{element.parent}#{element.data['volgorde']}"] = element.id
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_all_elements_statuses_and_proposals_are_there(result: ImportResult) -> None:
    kinds = Counter(element.kind for element in result.elements)
    moments = [
        values for element in result.elements for values in element.data.get("moment", {}).values()
    ]
    assert kinds == {"programma": 1, "thema": 3, "activiteit": 16, "doel": 14}
    assert sum("status" in values for values in moments) == 48
    assert sum("voorstel_raad" in values for values in moments) == 3
    assert result.rest == []
    assert result.findings == []


def test_every_line_is_used_as_the_gold_table_says(
    result: ImportResult, page: Path, names: dict[str, str]
) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    expected: dict[int, tuple[str, str, KeyPath]] = {}
    for (name, path), ranges in gold.field_lines().items():
        for number in (number for numbers in ranges for number in numbers):
            if lines[number - 1].strip():
                expected[number] = ("field", names[name], path)
    expected |= dict.fromkeys(gold.label_lines(), ("label", "", ()))
    overview = [gold.OVERVIEW_LABEL, *gold.OVERVIEW]
    expected |= {n: ("derived", "", ()) for n in overview if lines[n - 1].strip()}
    expected |= dict.fromkeys(gold.HEADER, ("header", "", ("moment", "vgr2")))
    expected[gold.FOOTER] = ("footer", "", ())
    assert {number for number, line in enumerate(lines, 1) if line.strip()} == set(expected)
    assert {use.number: (use.use, use.element, use.path) for use in result.account} == expected


def test_every_field_holds_the_words_of_its_lines(
    result: ImportResult, page: Path, names: dict[str, str]
) -> None:
    lines = page.read_text(encoding="utf-8").split("\n")
    statuses = {"v": "volgens_plan", "n": "niet_volgens_plan", "g": "niet_gestart"}
    for (name, path), ranges in gold.field_lines().items():
        value = result.by_id[names[name]].get(path)
        if path[-1] == "status":
            key = gold.ACTIVITIES[name].statuses[gold.MOMENTS.index(path[1])]
            assert value == statuses[key], (name, path)
        elif path == ("jaar_realisatie",):
            assert value == gold.YEARS[name]
        else:
            printed = words(" ".join(lines[number - 1] for number in ranges[0]))
            if path == ("naam",):
                printed = printed[len(words(name)) :]
            assert words(to_plain(value)) == printed, (name, path)


def test_header_and_printed_times_are_kept(result: ImportResult) -> None:
    moment = result.moments.by_key("vgr2")
    assert (result.year, result.moments.current) == (2020, "vgr2")
    assert moment.header == ["portal"]
    assert moment.printed == {
        "gebouwd": datetime(2020, 11, 19, 10, 8, 33),
        "export": datetime(2020, 11, 19, 10, 0, 53),
    }


def test_the_report_that_it_makes_has_no_findings(
    result: ImportResult, template: Template, tmp_path: Path
) -> None:
    root = tmp_path / "rapport"
    plan = plan_import(root, template, [result], "Rivierdam")
    write(plan)
    report, findings = open_report(root)
    assert report is not None
    assert findings == []
    assert check_report(report) == []
    assert (root / "rest.toml").read_bytes() == b""
    assert {e.id: e.data for e in report.elements.values()} == {
        e.id: e.data for e in result.elements
    }


def test_the_same_page_gives_the_same_ids_again(
    result: ImportResult, page: Path, template: Template
) -> None:
    again = import_page(page.read_bytes(), page.name, template)
    assert [element.id for element in again.elements] == [e.id for e in result.elements]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_page_of_another_kind_is_refused(number: int, template: Template) -> None:
    page = seed(number)
    result = import_page(page.read_bytes(), page.name, template)
    assert not result.usable
    assert [finding.code for finding in result.findings] == ["I002"]
    assert result.elements == []
