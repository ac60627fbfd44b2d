"""The pages that we publish of each kind of report import as the data that they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.page_import import ImportResult, import_page, plan_import
from stavaza.publish import publish
from stavaza.source import Data
from tests.stavaza.examples import NAMES, example

UNPRINTED = {
    "programmabegroting": ("eigenaar", "begroting", "beleidskaders"),
    "voortgang_taakvelden": ("eigenaar",),
    "begroting_doelen": ("eigenaar", "exploitatie"),
    "jaarverslag_speerpunten": ("eigenaar",),
}
"""What a page does not print, or less precisely: it is looked at in tests of its own."""


def imported(name: str, folder: Path) -> list[ImportResult]:
    """The pages of an example, published and imported again."""
    report = example(name)
    publish(report, folder)
    per = report.template.layout.per
    pages = sorted(folder.glob(f"{per}-*.html"))
    results = [import_page(page.read_bytes(), page.name, report.template) for page in pages]
    assert [result.usable for result in results] == [True] * len(pages)
    return results


def printed(data: Data, name: str, hidden: tuple[str, ...] = ()) -> Data:
    """What a page shows of an element: without what it does not print, and without the order."""
    left = (*UNPRINTED[name], "volgorde", "gedrukt", *hidden)
    return {key: value for key, value in data.items() if key not in left}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_our_own_page_is_left_over(name: str, tmp_path: Path) -> None:
    for result in imported(name, tmp_path):
        assert result.rest == []
        serious = [f for f in result.findings if f.severity == "warning" and f.code != "I030"]
        assert serious == []


@pytest.mark.parametrize("name", NAMES)
def test_every_element_comes_back_under_its_id_with_its_values(name: str, tmp_path: Path) -> None:
    report = example(name)
    found = {element.id: element for r in imported(name, tmp_path) for element in r.elements}
    layout = report.template.layout
    shown = {layout.per, *layout.above} | {k for b in layout.blocks for k in (b.kind, b.many)}
    for element in report.elements.values():
        only_in_table = element.data.get("vermelding") == "alleen_tabel"
        if element.retired or only_in_table or element.kind not in shown:
            continue
        assert element.id in found
        assert printed(found[element.id].data, name) == printed(element.data, name)


def test_only_what_is_in_the_table_comes_back_from_the_table(tmp_path: Path) -> None:
    report = example("voortgang_taakvelden")
    own = [e for e in report.elements.values() if e.data.get("vermelding") == "alleen_tabel"]
    again = [
        element
        for result in imported("voortgang_taakvelden", tmp_path)
        for element in result.elements
        if element.data.get("vermelding") == "alleen_tabel"
    ]
    hidden = ("naam", "naam_in_tabel")
    assert own
    assert [printed(e.data, "voortgang_taakvelden", hidden) for e in again] == [
        printed(e.data, "voortgang_taakvelden", hidden) for e in own
    ]


def test_figures_come_back_as_precise_as_the_page_shows_them(tmp_path: Path) -> None:
    report = example("programmabegroting")
    found = {e.id: e for r in imported("programmabegroting", tmp_path) for e in r.elements}
    for element in report.elements.values():
        rows = element.rows("begroting")
        if not rows:
            continue
        (again,) = found[element.id].rows("begroting").values()
        for key in ("lasten_primitief_2026", "baten_primitief_2026"):
            total = sum(row.get(key, 0) for row in rows.values())
            assert again.get(key, 0) == (total + 500) // 1000 * 1000
        documents = [row["document"] for row in element.rows("beleidskaders").values()]
        back = found[element.id].rows("beleidskaders")
        assert [row["document"] for row in back.values()] == documents
        valid = [row.get("geldig_tot") for row in element.rows("beleidskaders").values()]
        assert [row.get("geldig_tot") for row in back.values()] == valid


@pytest.mark.parametrize("name", NAMES)
def test_our_own_pages_say_whose_they_are(name: str, tmp_path: Path) -> None:
    results = imported(name, tmp_path / "publicatie")
    template = example(name).template
    plan = plan_import(tmp_path / "terug", template, results)
    assert plan.report is not None
    assert plan.report.meta.organisation == "Rivierdam"
    assert "I019" not in [finding.code for finding in plan.findings]


def test_a_page_that_we_did_not_make_does_not_say_whose_it_is(tmp_path: Path) -> None:
    report = example("programmabegroting")
    publish(report, tmp_path / "publicatie")
    page = (tmp_path / "publicatie" / "programma-6.html").read_text(encoding="utf-8")
    page = page.replace('content="Stavaza"', 'content="Iets anders"')
    result = import_page(page, "programma-6.html", report.template)
    plan = plan_import(tmp_path / "terug", report.template, [result])
    assert "I019" in [finding.code for finding in plan.findings]


def test_pages_of_two_organisations_do_not_say_whose_the_report_is(tmp_path: Path) -> None:
    report = example("programmabegroting")
    publish(report, tmp_path / "publicatie")
    one, two = (
        (tmp_path / "publicatie" / f"programma-{code}.html").read_text(encoding="utf-8")
        for code in ("2", "6")
    )
    two = two.replace("– Rivierdam</title>", "– Oeverdam</title>")
    results = [import_page(page, f"{n}.html", report.template) for n, page in enumerate((one, two))]
    assert [result.organisation for result in results] == ["Rivierdam", "Oeverdam"]
    plan = plan_import(tmp_path / "terug", report.template, results)
    assert plan.report is not None
    assert plan.report.meta.organisation == ""


def test_two_kinds_that_are_not_whole_are_told_with_what_each_lacks(tmp_path: Path) -> None:
    results = imported("begroting_doelen", tmp_path / "publicatie")
    plan = plan_import(tmp_path / "terug", example("begroting_doelen").template, results)
    found = [f for f in plan.findings if f.code == "I040"]
    assert [f.params["kind"] for f in found] == ["paragraaf", "programma"]
    assert all(f.params["missing"] for f in found)
    assert len({f.params["part"] for f in found}) == 2
