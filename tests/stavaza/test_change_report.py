"""The change report: what it tells college and council, and that everyone can read it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stavaza import edit
from stavaza.change_effects import Money
from stavaza.change_report import ChangedElement, ChangeReport, change_report, version
from stavaza.history import resolve
from stavaza.publish.change_page import html_page, markdown
from stavaza.store import save
from stavaza.tree import Report
from tests.stavaza.test_history import git
from tests.tui.reports import opened, write_report

STAND = ("moment", "vgr2", "stand_van_zaken")
AMOUNT = ("begroting", "660002", "lasten_wijziging_2026")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    root = write_report(tmp_path / "rapport")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    return opened(root)


def changes_of(report: Report) -> ChangeReport:
    root = report.root
    return change_report(
        report, version(root, "HEAD", resolve(root, "HEAD")), version(root, None, None)
    )


def only(changes: ChangeReport) -> ChangedElement:
    [group] = changes.groups
    [element] = group.elements
    return element


def set_and_save(report: Report, key: str, path: tuple[str, ...], value: object) -> None:
    report.elements[key].set(path, value)
    save(report, report.elements[key])


def test_a_changed_amount_shifts_its_own_total_and_that_of_its_programme(report: Report) -> None:
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    changes = changes_of(report)
    own = only(changes)
    assert Money("Lasten na wijziging", 185000, 190000) in own.money
    assert own.rows[0].money == (Money("Lasten na wijziging", 185000, 190000),)
    assert changes.groups[0].heading == "1. Programma 1"
    expenses = [money for money in changes.groups[0].money if money.label == "Lasten na wijziging"]
    assert [money.gap for money in expenses] == [5000]
    assert [page.heading for page in changes.pages] == ["1. Programma 1"]
    assert "Begroting van het programma" in changes.pages[0].derived


def test_a_changed_text_shifts_no_total(report: Report) -> None:
    set_and_save(report, "1.1.1", STAND, "De uitvoering is klaar.\n")
    changes = changes_of(report)
    assert changes.total == ()
    assert only(changes).money == ()
    assert changes.pages[0].derived == ()


def test_renaming_moving_and_retiring_are_told_as_what_happened(report: Report) -> None:
    for key, act in (
        ("1.1.1", lambda e: edit.rename(report, e, "Anders")),
        ("1.1.2", lambda e: edit.move(report, e, "1.2")),
        ("1.1.3", edit.retire),
    ):
        act(report.elements[key])
        save(report, report.elements[key])
    found = {item.review.element_id: item for item in changes_of(report).groups[0].elements}
    assert found["1.1.1"].events == ("Heette eerst “Vernieuwen van voorziening 1.1.1”.",)
    assert found["1.1.2"].events == ("Verplaatst van “1.1 Thema 1.1” naar “1.2 Thema 1.2”.",)
    assert found["1.1.3"].events == ("Vervallen.",)
    assert all(item.changes == () for item in found.values())


def test_an_element_that_retires_takes_its_money_along(report: Report) -> None:
    edit.retire(report.elements["1.1.1"])
    save(report, report.elements["1.1.1"])
    own = only(changes_of(report))
    assert Money("Lasten na wijziging", 185000, None) in own.money


def test_reasons_are_what_people_wrote_when_they_recorded_it(report: Report) -> None:
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    git(report.root, "commit", "-q", "-am", "De aanneemsom valt hoger uit")
    root = report.root
    old, new = resolve(root, "HEAD~1"), resolve(root, "HEAD")
    changes = change_report(report, version(root, "toen", old), version(root, "nu", new))
    [reason] = only(changes).reasons
    assert (reason.who, reason.text) == ("Test", "De aanneemsom valt hoger uit")


def test_a_message_that_stavaza_made_up_is_no_reason(report: Report) -> None:
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    git(report.root, "commit", "-q", "-am", "1.1.1\n\nOmschrijving: automatisch")
    root = report.root
    old, new = resolve(root, "HEAD~1"), resolve(root, "HEAD")
    changes = change_report(report, version(root, "toen", old), version(root, "nu", new))
    assert only(changes).reasons == ()


def test_a_sentence_elsewhere_that_names_a_changed_figure_is_listed(report: Report) -> None:
    text = "Het kost [[1.1.1/begroting/660002/lasten_wijziging_2026]] euro.\n"
    set_and_save(report, "2.1.1", STAND, text)
    git(report.root, "commit", "-q", "-am", "verwijzing")
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    changes = changes_of(report)
    [named] = changes.in_texts
    assert (named.heading[:5], named.old, named.new) == ("2.1.1", "185.000", "190.000")
    assert named.sentence == "Het kost 190.000 euro."
    assert {page.heading for page in changes.pages} == {"1. Programma 1", "2. Programma 2"}


class Outline(HTMLParser):
    """Gathers what makes a page accessible and self-contained."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: list[int] = []
        self.loose_heads = 0
        self.links: list[str] = []
        self.ids: list[str] = []
        self.language = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        if re.fullmatch("h[1-6]", tag):
            self.heads.append(int(tag[1]))
        if tag == "th" and "scope" not in found:
            self.loose_heads += 1
        if tag == "html":
            self.language = found.get("lang") or ""
        if "id" in found:
            self.ids.append(found["id"] or "")
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.fixture
def page(report: Report) -> str:
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    set_and_save(report, "1.1.1", STAND, "De uitvoering is <b>helemaal</b> klaar.\n")
    set_and_save(report, "2.1.1", ("moment", "vgr2", "status"), "niet_gestart")
    return html_page(changes_of(report)).decode("utf-8")


def test_the_page_can_be_read_by_everyone(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.language == "nl"
    assert outline.heads.count(1) == 1
    steps = zip(outline.heads, outline.heads[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)
    assert outline.loose_heads == 0
    assert {"del", "ins", "caption", "main", "nav"} <= outline.tags
    assert "[weg: " in page
    assert "[nieuw: " in page


def test_the_page_needs_nothing_else_and_every_link_in_it_leads_somewhere(page: str) -> None:
    outline = Outline()
    outline.feed(page)
    assert outline.links
    assert all(link.startswith("#") for link in outline.links)
    assert {link[1:] for link in outline.links} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    assert not outline.tags & {"script", "img", "link", "iframe"}
    assert "url(" not in page
    assert "@import" not in page


def test_a_name_of_git_is_told_as_when_it_was_recorded(report: Report) -> None:
    set_and_save(report, "1.1.1", AMOUNT, 190000)
    page = html_page(changes_of(report)).decode("utf-8")
    assert "HEAD" not in page
    assert re.search(r"“de vastlegging van \d\d:\d\d” van \d+-\d+-\d{4}", page)


def test_what_is_new_has_no_column_for_what_it_was(report: Report) -> None:
    made = edit.create(report, "activiteit", "1.1", "1.1.9", "Nieuwe activiteit")
    made.set(("eigenaar",), "team-1")
    save(report, made)
    page = html_page(changes_of(report)).decode("utf-8")
    assert ">Waarde</th>" in page
    assert ">Was</th>" not in page


def test_what_is_in_a_text_is_shown_not_run(page: str) -> None:
    assert "<b>" not in page
    assert "&lt;b&gt;" in page or "&lt;" in page


def test_markdown_gives_no_meaning_to_signs_in_names(report: Report) -> None:
    set_and_save(report, "1.1.1", ("naam",), "Pad [x](http://y) | *z*")
    shown = markdown(changes_of(report))
    assert "[x](" not in shown
    assert r"\[x\]" in shown


def test_the_page_of_equal_versions_says_that_nothing_changed(report: Report) -> None:
    assert "Er is niets gewijzigd." in html_page(changes_of(report)).decode("utf-8")
