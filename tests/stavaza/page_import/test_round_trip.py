"""A page that Stavaza published reads back as what it was made from."""

from __future__ import annotations

from pathlib import Path

from stavaza.page_import import import_page, plan_import, write
from stavaza.places import example_dir
from stavaza.prose import to_plain
from stavaza.publish import publish
from stavaza.store import open_report
from stavaza.tree import Report
from tests.stavaza.page_import.test_random_pages import template
from tests.stavaza.page_import.test_real_page import seed


def opened(root: Path) -> Report:
    report, findings = open_report(root)
    assert report is not None, findings
    return report


def plain(value: object) -> object:
    """Prose as it reads: a page that is read back has no markup inside a paragraph."""
    return to_plain(value) if isinstance(value, str) else value


def test_a_real_page_published_and_imported_again_is_the_same(tmp_path: Path) -> None:
    page = seed(0)
    first = import_page(page.read_bytes(), page.name, template())
    write(plan_import(tmp_path / "rapport", template(), [first], "Rivierdam"))
    publish(opened(tmp_path / "rapport"), tmp_path / "uit")
    html = (tmp_path / "uit" / "programma-6.html").read_bytes()
    again = import_page(html, "programma-6.html", template())
    assert again.rest == []
    assert again.findings == []
    assert {e.id: e.data for e in again.elements} == {e.id: e.data for e in first.elements}
    assert again.moments.by_key("vgr2").header == ["portal"]


def test_the_example_published_and_imported_again_keeps_texts_and_statuses(
    tmp_path: Path,
) -> None:
    report = opened(example_dir())
    publish(report, tmp_path)
    current = report.current_moment.key
    found = {}
    for page in sorted(tmp_path.glob("programma-*.html")):
        result = import_page(page.read_bytes(), page.name, template())
        assert result.usable
        assert result.rest == []
        for element in result.elements:
            place = element.id if element.code else (element.parent, element.data["volgorde"])
            found[place] = element
    for element in report.elements.values():
        if element.retired:
            continue
        place = element.id if element.code else (element.parent, element.data["volgorde"])
        again = found[place]
        kind = report.template.kinds[element.kind]
        for spec in kind.fields.values():
            if spec.type == "tabel":
                assert again.get((spec.key,)) == element.get((spec.key,)), place
            if spec.type in ("tekst", "regel", "jaar", "status"):
                path = report.path_of(spec, current)
                value = element.get(path)
                if "[[" not in str(value):  # a page shows the figure, not the reference to it
                    assert plain(again.get(path)) == plain(value), (place, path)
