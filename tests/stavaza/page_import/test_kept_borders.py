"""A page that comes in once more leaves the borders that a person settled where they are."""

from __future__ import annotations

from pathlib import Path

from stavaza.borders import border_at, meeting, settled
from stavaza.page_import import import_page, plan_import, told_by, write
from stavaza.store import open_report, save
from stavaza.tree import Element, Report
from tests.stavaza.page_import import test_budget_pages, test_focus_pages
from tests.stavaza.page_import.importing import shipped

PROGRESS = ("moment", "jaarverslag", "wat_voortgang")


def opened(root: Path) -> Report:
    report, _findings = open_report(root)
    assert report is not None
    return report


def imported(root: Path, text: str, template: str, year: int) -> Report:
    told = told_by(opened(root)) if root.exists() else year
    result = import_page(text.encode(), "pagina.txt", shipped(template), told)
    write(plan_import(root, shipped(template), [result], "Rivierdam", take_over=True))
    return opened(root)


def move(report: Report, element: Element, path: tuple[str, ...], steps: int) -> None:
    """Move the border at a text and confirm it, as in the app."""
    found = meeting(report, element, path, report.current_moment.key)
    assert found is not None
    border = border_at(report, found)
    for _ in range(abs(steps)):
        assert border.move(1 if steps > 0 else -1)
    for element_id, where, value in settled(report, found, border):
        report.elements[element_id].set(where, value)
    for changed in report.changed_elements():
        save(report, changed)


def focus(root: Path, text: str = test_focus_pages.TEXT) -> tuple[Report, Element]:
    report = imported(root, text, "jaarverslag_speerpunten", 2024)
    name = "Schone straten"
    return report, next(e for e in report.elements.values() if e.data.get("speerpunt") == name)


def test_a_border_inside_an_element_stays_where_a_person_put_it(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    report, element = focus(root)
    move(report, element, PROGRESS, 1)
    _report, again = focus(root)
    assert again.get(PROGRESS) is None
    assert "Er is elke week geveegd." in again.get(("wat_plan",))
    assert "grens" not in again.data


def test_a_text_that_changed_on_the_page_is_taken_over_with_a_new_proposal(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    report, element = focus(root)
    move(report, element, PROGRESS, 1)
    changed = test_focus_pages.TEXT.replace("Er is elke week geveegd.", "Er is niet geveegd.")
    _report, again = focus(root, changed)
    assert again.get(PROGRESS) == "Er is niet geveegd.\n"
    assert list(again.data["grens"]) == ["/".join(PROGRESS)]


def developments(root: Path) -> tuple[Report, list[Element]]:
    extra = "\n\nHet Rijk verandert de regels voor dijken. Wat dat kost is onbekend.\n\n"
    text = test_budget_pages.TEXT.replace("\n\nBeleidskaders\n", f"{extra}Beleidskaders\n")
    report = imported(root, text, "programmabegroting", 2026)
    found = [e for e in report.elements.values() if e.kind == "ontwikkeling"]
    return report, sorted(found, key=lambda element: element.data["volgorde"])


def test_a_development_that_went_to_the_one_before_it_does_not_come_back(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    report, found = developments(root)
    move(report, found[2], ("tekst",), 1)
    report, again = developments(root)
    assert again[2].retired
    assert again[2].get(("tekst",)) is None
    assert "Het Rijk verandert" in again[1].get(("tekst",))
    assert "grens" not in again[2].data
