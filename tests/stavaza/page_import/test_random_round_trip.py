"""A random page that was imported and published imports again as the same data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stavaza.page_import import ImportResult, import_page, plan_import
from stavaza.prose import to_plain
from stavaza.publish import render_report
from tests.stavaza.page_import.budget_pages import Markup as BudgetMarkup
from tests.stavaza.page_import.budget_pages import as_html as budget_html
from tests.stavaza.page_import.budget_pages import pages as budget_pages
from tests.stavaza.page_import.focus_pages import Markup as FocusMarkup
from tests.stavaza.page_import.focus_pages import as_html as focus_html
from tests.stavaza.page_import.focus_pages import pages as focus_pages
from tests.stavaza.page_import.goals_html import Markup as GoalsMarkup
from tests.stavaza.page_import.goals_html import as_html as goals_html
from tests.stavaza.page_import.goals_pages import pages as goals_pages
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.progress_pages import pages as progress_pages
from tests.stavaza.page_import.progress_text import Markup as ProgressMarkup
from tests.stavaza.page_import.progress_text import as_html as progress_html

NOW = datetime(2036, 1, 2, 3, 4, 5)
PAGES = st.one_of(
    progress_pages().map(lambda p: ("voortgang_taakvelden", progress_html(p, ProgressMarkup()))),
    goals_pages().map(lambda p: ("begroting_doelen", goals_html(p, GoalsMarkup()))),
    budget_pages(False).map(lambda p: ("programmabegroting", budget_html(p, BudgetMarkup()))),
    focus_pages().map(lambda p: ("jaarverslag_speerpunten", focus_html(p, FocusMarkup()))),
)
"""A template and a page of its kind, as HTML in which structure decides."""


def held(result: ImportResult) -> list[tuple[str, str]]:
    """What each element holds, by kind; texts as they read."""
    return sorted((element.kind, _plain(element.data)) for element in result.elements)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        inner = {key: _plain(item) for key, item in value.items() if key != "ouder"}
        return str(sorted(inner.items()))
    return to_plain(value).strip() if isinstance(value, str) else str(value)


@settings(max_examples=30, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(PAGES)
def test_a_page_of_our_own_reads_back_as_what_it_was_made_from(page: tuple[str, str]) -> None:
    key, html = page
    template = shipped(key)
    first = import_page(html.encode(), "pagina.html", template)
    plan = plan_import(Path("een-nieuw-rapport"), template, [first], "Rivierdam")
    assert plan.report is not None
    made, _findings = render_report(plan.report, None, now=NOW, export_time=NOW)
    per = f"{template.layout.per}-"
    (own,) = (content for name, content in made.items() if name.startswith(per))
    again = import_page(own, "eigen.html", template)
    assert again.rest == []
    assert held(again) == held(first)
