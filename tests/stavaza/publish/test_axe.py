"""axe-core finds nothing against WCAG 2.1 AA on any kind of page: light and dark, any width."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from stavaza.places import example_dir
from stavaza.publish import publish
from stavaza.publish.change_page import html_page
from stavaza.store import save
from stavaza.tree import Report
from tests.browser import axe_violations
from tests.stavaza.examples import NAMES, folder
from tests.stavaza.publish.reading import BUILT, EXPORTED
from tests.stavaza.test_change_report import changes_of
from tests.stavaza.test_history import git
from tests.tui.reports import opened, write_report

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (320, 1280)
REPORTS = {"voortgangsrapportage": example_dir(), **{name: folder(name) for name in NAMES}}


def violations(page: Page) -> list[str]:
    """What axe-core finds in both colour schemes, narrow and wide; and whether the page fits."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: the page scrolls sideways")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {text}" for text in axe_violations(page)]
    return found


@pytest.mark.parametrize("name", REPORTS)
def test_the_pages_of_every_kind_of_report_have_no_violations(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    result = publish(opened(REPORTS[name]), tmp_path, now=BUILT, export_time=EXPORTED)
    page = browser.new_page()
    found = {}
    index, *pages = sorted(result.files, key=lambda file: (file.name != "index.html", file.name))
    richest = pages[0] if name == "voortgangsrapportage" else max(pages, key=_size)
    for file in (index, richest):
        page.goto(file.as_uri())
        found[file.name] = violations(page)
    page.fill("#zoekveld", "de")
    page.wait_for_selector(".zoeken li")
    found["treffers"] = violations(page)
    page.close()
    assert found == {name: [] for name in found}


def _size(file: Path) -> int:
    return file.stat().st_size


def changed(folder: Path) -> Report:
    """A report in which a figure, a text and a status differ from what was committed."""
    root = write_report(folder / "rapport")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "begin")
    report = opened(root)
    activity = report.elements["1.1.1"]
    activity.set(("begroting", "660002", "lasten_wijziging_2026"), 190000)
    activity.set(("moment", "vgr2", "stand_van_zaken"), "De uitvoering is helemaal klaar.\n")
    activity.set(("moment", "vgr2", "status"), "niet_gestart")
    save(report, activity)
    return opened(root)


def test_the_change_report_has_no_violations(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "wijzigingen.html"
    file.write_bytes(html_page(changes_of(changed(tmp_path))))
    page = browser.new_page()
    page.goto(file.as_uri())
    assert violations(page) == []
    page.close()
