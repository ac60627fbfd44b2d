"""Every line of a page stands, whole and in order, in the page that is made from its data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings

from stavaza.page_import import ImportResult, import_page, plan_import
from stavaza.publish import render_report
from stavaza.template import Template
from tests.stavaza.page_import import test_focus_pages
from tests.stavaza.page_import.goals_pages import WAYS
from tests.stavaza.page_import.goals_pages import Page as GoalsPage
from tests.stavaza.page_import.goals_pages import pages as goals_pages
from tests.stavaza.page_import.goals_text import Style as GoalsStyle
from tests.stavaza.page_import.goals_text import as_text as goals_text
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.page_words import lines_of_text, missing, signs_of_html, squeezed
from tests.stavaza.page_import.progress_pages import Mutation
from tests.stavaza.page_import.progress_pages import Page as ProgressPage
from tests.stavaza.page_import.progress_pages import pages as progress_pages
from tests.stavaza.page_import.progress_text import Style as ProgressStyle
from tests.stavaza.page_import.progress_text import as_text as progress_text
from tests.stavaza.page_import.test_real_page import seed

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""Making a page smaller takes long: each try publishes it."""
NOW = datetime(2036, 1, 2, 3, 4, 5)


def rebuilt(result: ImportResult, template: Template) -> str:
    """What a reader sees on the page that is published from the imported data, without spaces."""
    plan = plan_import(Path("een-nieuw-rapport"), template, [result], "Rivierdam")
    assert plan.report is not None, [finding.message for finding in plan.findings]
    made, _findings = render_report(plan.report, None, now=NOW, export_time=NOW)
    per = template.layout.per
    (page,) = (html for name, html in made.items() if name.startswith(f"{per}-"))
    return signs_of_html(page.decode("utf-8"))


@settings(max_examples=15, phases=PHASES)
@given(progress_pages())
def test_every_line_of_a_page_per_task_field_is_there_again(page: ProgressPage) -> None:
    template = shipped("voortgang_taakvelden")
    text = progress_text(page, ProgressStyle())
    absent, moved = missing(
        lines_of_text(text), rebuilt(import_page(text, "pagina.txt", template), template)
    )
    assert absent == []
    kinds = [isinstance(item, Mutation) for item in page.order]
    assert moved == [] or kinds != sorted(kinds)


@settings(max_examples=15, phases=PHASES)
@given(goals_pages())
def test_every_line_of_a_page_with_goals_is_there_again(page: GoalsPage) -> None:
    template = shipped("begroting_doelen")
    text = goals_text(page, GoalsStyle())
    labels = {squeezed(way) for way in WAYS}
    lines = [line for line in lines_of_text(text) if line not in labels]
    absent, moved = missing(lines, rebuilt(import_page(text, "pagina.txt", template), template))
    budgets = {squeezed(i.budget.text) for goal in page.goals for i in goal.deliverables}
    assert set(absent) <= budgets  # an amount is shown in the notation of the template
    assert moved == []


def test_a_status_that_nobody_gave_leaves_its_label_on_the_page() -> None:
    template = shipped("jaarverslag_speerpunten")
    result = import_page(test_focus_pages.TEXT, "pagina.txt", template, 2024)
    signs = rebuilt(result, template)
    text = test_focus_pages.TEXT.replace("VOORTGANG SPEERPUNTEN", "Voortgang speerpunten")
    absent, moved = missing(lines_of_text(text), signs)
    assert absent == []
    assert moved == []
    assert signs.count("StatusNognietbekend") == 1


def test_a_page_of_ours_with_an_unknown_status_comes_in_as_it_went_out() -> None:
    template = shipped("jaarverslag_speerpunten")
    result = import_page(test_focus_pages.TEXT, "pagina.txt", template, 2024)
    plan = plan_import(Path("een-nieuw-rapport"), template, [result], "Rivierdam")
    assert plan.report is not None
    made, _findings = render_report(plan.report, None, now=NOW, export_time=NOW)
    again = import_page(made["programma-03.html"], "programma-03.html", template)
    assert again.rest == []
    assert [f.code for f in again.findings] == ["I024"]
    found = {e.id: e.data.get("moment") for e in again.elements}
    assert found == {e.id: e.data.get("moment") for e in result.elements}


@pytest.mark.parametrize(
    ("number", "key", "elements", "moved_labels"),
    [(2, "voortgang_taakvelden", 16, 0), (3, "begroting_doelen", 28, 0)],
)
def test_every_line_of_a_real_page_is_there_again(
    number: int, key: str, elements: int, moved_labels: int
) -> None:
    path = seed(number)
    template = shipped(key)
    result = import_page(path.read_bytes(), path.name, template)
    assert len(result.elements) == elements
    assert result.rest == []
    lines = lines_of_text(path.read_text(encoding="utf-8"))
    absent, moved = missing(lines, rebuilt(result, template))
    assert absent == []
    assert len(moved) == moved_labels
