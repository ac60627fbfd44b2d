"""Other municipalities need a template, not code: their reports go through the whole program.

`tests/reports` holds reports that were made with docs/sjabloon-maken.md alone.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from excel_bridge import sync
from excel_bridge.plan import State
from stavaza.check import check_report
from stavaza.page_import.folder import plan_import, write
from stavaza.page_import.reader import import_page
from stavaza.publish import publish
from stavaza.store import open_report, serialise
from stavaza.template_reader import load_template
from stavaza.tree import Element, Report
from tests.excel_bridge import workbooks
from tests.stavaza.publish.reading import Tag, faults, pages
from tests.tui.running import calm, run_app
from tui.screens.form import FormScreen
from tui.session import Session
from tui.widgets.reading import page_of

REPORTS = Path(__file__).parent / "reports"
NAMES = sorted(path.name for path in REPORTS.iterdir())


def opened(root: Path) -> Report:
    report, findings = open_report(root)
    assert report is not None, findings
    assert findings == []
    return report


@pytest.mark.parametrize("name", NAMES)
def test_the_template_and_the_report_are_in_order(name: str) -> None:
    report = opened(REPORTS / name)
    assert load_template(report.template.path)[1] == []
    assert check_report(report) == []
    assert {element.kind for element in report.elements.values()} == set(report.template.kinds)
    for element in report.elements.values():
        assert element.source is not None
        assert serialise(report, element) == element.source.raw, element.id


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_valid_and_shows_every_text_of_the_moment(name: str) -> None:
    report = opened(REPORTS / name)
    made = pages(report)
    language = report.template.language
    assert {file: found for file, root in made.items() if (found := faults(root, language))} == {}
    shown = " ".join(root.text() for root in made.values())
    for element in report.elements.values():
        for text in _texts(report, element):
            for line in text.splitlines():
                assert line in shown, (element.id, line)


def test_a_frisian_page_says_that_it_is_and_which_of_its_words_are_dutch() -> None:
    for root in pages(opened(REPORTS / "foarutgong")).values():
        assert root.one("html").attributes["lang"] == "fy"
        assert root.by_class("overslaan")[0].attributes["lang"] == "nl"
        assert root.by_class("zoeken")[0].attributes["lang"] == "nl"
    for root in pages(opened(REPORTS / "bestuursrapportage")).values():
        assert root.one("html").attributes["lang"] == "nl"
        assert all("lang" not in tag.attributes for tag in root.by_class("zoeken"))


def _texts(report: Report, element: Element) -> Iterator[str]:
    kind = report.kind(element)
    assert kind is not None
    for spec in kind.fields.values():
        value = element.get(report.path_of(spec, report.current_moment.key))
        if spec.type in ("tekst", "regel") and isinstance(value, str):
            yield value


@pytest.mark.parametrize("name", NAMES)
def test_what_its_own_pages_say_comes_in_again(name: str, tmp_path: Path) -> None:
    report = opened(REPORTS / name)
    publish(report, tmp_path / "uit")
    back = tmp_path / "terug"
    shutil.copytree(report.template.path, back / "sjablonen" / report.template.key)
    files = [file for file in sorted((tmp_path / "uit").glob("*.html")) if file.stem != "index"]
    results = [import_page(f.read_bytes(), f.name, report.template, 2026) for f in files]
    plan = plan_import(back, report.template, results, report.meta.organisation)
    assert not plan.blocked, [finding.message for finding in plan.findings]
    write(plan)
    assert (back / "rest.toml").read_text(encoding="utf-8").strip() == ""
    again = opened(back)
    named = {(e.kind, again.name(e)): e for e in again.elements.values()}
    assert len(named) == len(report.elements)
    for element in report.elements.values():
        other = named[element.kind, report.name(element)]
        assert _on_page(again, other) == _on_page(report, element)


def _on_page(report: Report, element: Element) -> dict[str, Any]:
    """What a page shows of an element by itself: statuses of all moments, texts of this one."""
    kind = report.kind(element)
    assert kind is not None
    layout = report.template.layout_of(kind.key) or report.template.layout
    parts = [
        part
        for block in layout.blocks
        for part in (*block.parts, *block.many_parts)
        if kind.key in (block.kind or layout.per, block.many)
    ]
    found: dict[str, Any] = {}
    for spec in (kind.fields[key] for part in parts for key in part.fields if key in kind.fields):
        if spec.type == "tabel":
            found[spec.key] = list(element.rows(spec.key).values())
        elif spec.type == "status":
            moments = [moment.key for moment in report.meta.moments]
            found[spec.key] = [element.get(report.path_of(spec, key)) for key in moments]
        else:
            found[spec.key] = element.get(report.path_of(spec, report.current_moment.key))
    return {key: value for key, value in found.items() if value is not None}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [44, 100])
def test_every_element_can_be_read_in_the_app(name: str, width: int) -> None:
    session = Session(opened(REPORTS / name))
    for element in session.report.elements.values():
        lines = page_of(session, element, width).lines
        assert max(line.cell_length for line in lines) <= width, element.id


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_every_kind_opens(name: str, tmp_path: Path) -> None:
    root = Path(shutil.copytree(REPORTS / name, tmp_path / name))
    kinds = {element.kind: element.id for element in opened(root).elements.values()}

    async def steps(app: Any, pilot: Any) -> None:
        for element in kinds.values():
            app.push_screen(FormScreen(app.session, element))
            await calm(app, pilot)
            assert isinstance(app.screen, FormScreen)
            app.pop_screen()
            await calm(app, pilot)

    run_app(root, steps)


def table(root: Tag, caption: str) -> dict[str, list[str]]:
    """The rows of the table with that caption: label and cells."""
    (found,) = [each for each in root.all("table") if caption in each.text()]
    return {
        row.all("th")[0].text(): [cell.text() for cell in row.all("td")]
        for row in found.all("tr")
        if row.all("td")
    }


def test_expenditure_is_negative_and_the_balance_is_expenditure_less_income_on_the_page() -> None:
    page = pages(opened(REPORTS / "bestuursrapportage"))["programma-2.html"]
    assert table(page, "Lasten, baten en saldo") == {
        "Lasten": ["-1.515", "-1.210", "", ""],
        "Baten": ["1.788", "1.188", "", ""],
        "Saldo": ["-274", "22", "", ""],
    }
    assert "Noodlokalen (krediet € 980.000,--)" in re.sub(r"\s", " ", page.text())


def test_a_letter_joined_to_the_figure_says_what_it_does_to_the_balance() -> None:
    page = pages(opened(REPORTS / "foarutgong"))["tema-Wetter.html"]
    assert list(table(page, "Effekt op it saldo").items()) == [
        ("Bagger is djoerder", ["N498.000"]),
        ("Grutte mutaasjes", ["N498.000"]),
        ("Mear lizjild *", ["V12.500"]),
        ("Oare mutaasjes", ["N3.100"]),
        ("Lytse mutaasjes", ["V9.400"]),
        ("Alle mutaasjes 2026", ["N488.600"]),
    ]
    assert table(page, "Lesten en baten") == {
        "Lesten": ["€ 4,6 miljoen", "47,42%"],
        "Baten": ["€ 2,3 miljoen", "90,20%"],
    }


LINK = """\
werkmap = "rapport:begroting.xlsx"
blad = "Invoer"
eenheid = 1000

[sleutel]
rij = { kop = "Taakveld" }
onderdeel = "Programma"

[kolom.lasten_2026]
kop = "Lasten"
teken = "omgekeerd"

[kolom.baten_2026]
kop = "Baten"

[afgeleid.saldo_2026]
kop = "Saldo"
teken = "omgekeerd"
"""


def test_a_workbook_with_their_signs_says_the_same(tmp_path: Path) -> None:
    root = Path(shutil.copytree(REPORTS / "bestuursrapportage", tmp_path / "rapport"))
    (root / "koppelingen").mkdir()
    (root / "koppelingen" / "begroting.toml").write_text(LINK, encoding="utf-8")
    report = opened(root)

    def fill(book: Any, sheet: Any) -> None:
        text = book.add_format({"num_format": "@"})
        sheet.write_row("A1", ["Programma", "Taakveld", "Lasten", "Baten", "Saldo"])
        lines = [
            (element.code, key, row)
            for element in report.elements.values()
            for key, row in element.rows("exploitatie").items()
        ]
        for at, (code, key, row) in enumerate(lines, start=2):
            sheet.write_string(f"A{at}", code, text)
            sheet.write_string(f"B{at}", key, text)
            out, income = row["lasten_2026"], row.get("baten_2026", 0)
            sheet.write(f"C{at}", -round(out / 1000))
            sheet.write(f"D{at}", round(income / 1000))
            wrong = 90 if key == "8.3" else 0
            value = round((out - income) / 1000) + wrong
            sheet.write_formula(f"E{at}", f"=-C{at}-D{at}", None, value)

    workbooks.make(root / "begroting.xlsx", fill)
    shown = sync.plan(report, desk=workbooks.desk())
    assert {cell.state for cell in shown.cells()} == {State.EQUAL}
    assert len(list(shown.cells())) == 8
    (finding,) = shown.all_findings()
    assert (finding.code, finding.params["cell"]) == ("X051", "Invoer!E5")
