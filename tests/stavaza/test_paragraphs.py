"""Paragraphs: elements with pages of their own, that a budget must have and that import again."""

from __future__ import annotations

from pathlib import Path

from stavaza.check import check_report
from stavaza.page_import.folder import plan_import, write
from stavaza.page_import.reader import import_page
from stavaza.publish import publish
from stavaza.store import open_report
from tests.stavaza.examples import example, raw
from tests.stavaza.publish.reading import faults, pages


def test_each_paragraph_has_a_page_in_the_official_order_after_the_programmes() -> None:
    made = pages(example("programmabegroting"))
    index = made["index.html"]
    assert [tag.text() for tag in index.all("h2")][-1] == "Paragrafen"
    links = [tag.text() for tag in index.all("a") if "paragraaf-" in tag.attributes["href"]]
    assert links[:3] == [
        "Paragraaf Lokale heffingen",
        "Paragraaf Weerstandsvermogen en risicobeheersing",
        "Paragraaf Onderhoud kapitaalgoederen",
    ]
    assert len(links) == 8
    page = made["paragraaf-heffingen.html"]
    assert faults(page) == []
    for line in raw("programmabegroting")["heffingen"]["inhoud"].splitlines():
        assert line in page.text()


def test_a_budget_without_one_of_its_paragraphs_says_which() -> None:
    report = example("programmabegroting")
    report.elements["grondbeleid"].set(("vervallen",), True)
    (finding,) = check_report(report)
    assert (finding.code, finding.params["name"]) == ("C011", "Grondbeleid")


def test_a_published_paragraph_comes_in_again_as_it_was(tmp_path: Path) -> None:
    report = example("programmabegroting")
    out = tmp_path / "publicatie"
    publish(report, out)
    template = report.template
    results = [
        import_page(path.read_bytes(), path.name, template) for path in sorted(out.glob("p*.html"))
    ]
    plan = plan_import(tmp_path / "terug", template, results, "Rivierdam")
    assert not plan.blocked, [finding.message for finding in plan.findings]
    write(plan)
    again, findings = open_report(tmp_path / "terug")
    assert again is not None, findings
    for code, data in raw("programmabegroting").items():
        if data["soort"] == "paragraaf":
            assert again.elements[code].data == data
    assert "paragraaf" not in again.incomplete


def test_one_imported_page_is_not_asked_for_all_the_others(tmp_path: Path) -> None:
    report = example("programmabegroting")
    publish(report, tmp_path / "publicatie")
    page = tmp_path / "publicatie" / "programma-6.html"
    result = import_page(page.read_bytes(), page.name, report.template)
    plan = plan_import(tmp_path / "terug", report.template, [result], "Rivierdam")
    (found,) = [f for f in plan.findings if f.code == "I040"]
    assert found.params["kind"] == "paragraaf"
    assert "Lokale heffingen" in found.params["missing"]
    write(plan)
    again, _findings = open_report(tmp_path / "terug")
    assert again is not None
    assert "paragraaf" in again.incomplete
    assert [f.code for f in check_report(again) if f.code == "C011"] == []
