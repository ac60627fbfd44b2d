"""A heading in other words than those of the template is told, with where its text went."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from stavaza.finding import Finding
from stavaza.page_import import ImportResult, import_page
from stavaza.publish import publish
from tests.stavaza.examples import NAMES, example
from tests.stavaza.page_import.as_html import Markup, as_html
from tests.stavaza.page_import.as_text import Style, as_text
from tests.stavaza.page_import.budget_pages import Markup as BudgetMarkup
from tests.stavaza.page_import.budget_pages import Style as BudgetStyle
from tests.stavaza.page_import.budget_pages import as_html as budget_html
from tests.stavaza.page_import.budget_pages import as_text as budget_text
from tests.stavaza.page_import.budget_pages import pages as budget_pages
from tests.stavaza.page_import.focus_pages import Markup as FocusMarkup
from tests.stavaza.page_import.focus_pages import Style as FocusStyle
from tests.stavaza.page_import.focus_pages import as_html as focus_html
from tests.stavaza.page_import.focus_pages import as_text as focus_text
from tests.stavaza.page_import.focus_pages import pages as focus_pages
from tests.stavaza.page_import.goals_html import Markup as GoalsMarkup
from tests.stavaza.page_import.goals_html import as_html as goals_html
from tests.stavaza.page_import.goals_pages import pages as goals_pages
from tests.stavaza.page_import.goals_text import Style as GoalsStyle
from tests.stavaza.page_import.goals_text import as_text as goals_text
from tests.stavaza.page_import.importing import read, shipped
from tests.stavaza.page_import.page_words import lines_of_text, squeezed
from tests.stavaza.page_import.progress_pages import pages as progress_pages
from tests.stavaza.page_import.progress_text import Markup as ProgressMarkup
from tests.stavaza.page_import.progress_text import Style as ProgressStyle
from tests.stavaza.page_import.progress_text import as_html as progress_html
from tests.stavaza.page_import.progress_text import as_text as progress_text
from tests.stavaza.page_import.random_pages import pages

OTHER = "Iets met andere woorden"
CODES = {"I046", "I047"}
TEXTS = st.one_of(
    pages().map(lambda p: ("voortgangsrapportage", as_text(p, Style()))),
    progress_pages().map(lambda p: ("voortgang_taakvelden", progress_text(p, ProgressStyle()))),
    goals_pages().map(lambda p: ("begroting_doelen", goals_text(p, GoalsStyle()))),
    budget_pages().map(lambda p: ("programmabegroting", budget_text(p, BudgetStyle()))),
    focus_pages().map(lambda p: ("jaarverslag_speerpunten", focus_text(p, FocusStyle()))),
)
HTML = st.one_of(
    pages().map(lambda p: ("voortgangsrapportage", as_html(p, Markup()))),
    progress_pages().map(lambda p: ("voortgang_taakvelden", progress_html(p, ProgressMarkup()))),
    goals_pages().map(lambda p: ("begroting_doelen", goals_html(p, GoalsMarkup()))),
    budget_pages(False).map(lambda p: ("programmabegroting", budget_html(p, BudgetMarkup()))),
    focus_pages().map(lambda p: ("jaarverslag_speerpunten", focus_html(p, FocusMarkup()))),
)
LABELS = {
    "voortgangsrapportage": ["Stand van zaken", "Voorstel raad", "Doelstelling", "Jaar realisatie"],
    "voortgang_taakvelden": ["Budgetoverhevelingen vanuit eerdere jaren"],
    "begroting_doelen": ["Actuele beleidscontext", "Indicatoren", "Baten", "Verbonden Partijen"],
    "programmabegroting": ["Wat willen we?", "Ontwikkelingen", "Beleidskaders"],
    "jaarverslag_speerpunten": ["Planning:", "Indicator:", "Financiële middelen:", "Risico's:"],
}


def renamed(page: str, label: str) -> tuple[str, int]:
    """The page with other words for a label where it stands by itself, and how often it did."""
    word = re.escape(label.rstrip(":")).replace("'", "(?:'|&\\#x27;|’)")
    line = re.compile(rf"(?m)(^|>)([ \t]*){word}(:?[ \t]*)(?=$|<)")
    return line.subn(rf"\g<1>\g<2>{OTHER}\g<3>", page)


def told(result: ImportResult) -> list[Finding]:
    """What the import says about the other words."""
    return [f for f in result.findings if any(OTHER in text for text in f.params.values())]


def kept(result: ImportResult) -> str:
    """All that the import holds of a page, without spaces."""
    values = "".join(str(element.data) for element in result.elements)
    rest = "".join(line.text for line in result.rest)
    findings = "".join(" ".join(finding.params.values()) for finding in result.findings)
    return re.sub(r"\\+n|[-*#\\]", "", squeezed(values + rest + findings))


def check_kept(result: ImportResult, lines: list[str]) -> None:
    held = kept(result)
    sentences = [
        line for line in lines if re.fullmatch(r"De[a-z]+gaat(door|goed|langzaam)\.", line)
    ]
    assert [line for line in sentences if re.sub(r"[-*#\\]", "", line) not in held] == []


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(HTML, st.data())
def test_other_words_for_a_heading_of_html_are_told(
    page: tuple[str, str], data: st.DataObject
) -> None:
    key, html = page
    changed, count = renamed(html, data.draw(st.sampled_from(LABELS[key])))
    assume(count)
    result = import_page(changed, "pagina.html", shipped(key))
    assert result.usable
    assert told(result)
    check_kept(result, lines_of_text(re.sub("<[^>]*>", "\n", changed)))


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(TEXTS, st.data())
def test_other_words_for_a_heading_of_text_are_told(
    page: tuple[str, str], data: st.DataObject
) -> None:
    key, text = page
    label = data.draw(st.sampled_from(LABELS[key]))
    changed, count = renamed(text, label)
    per_element = key in ("voortgangsrapportage", "jaarverslag_speerpunten")
    assume(count > per_element)  # of a single line among many elements plain text shows nothing
    result = import_page(changed, "pagina.txt", shipped(key))
    assert result.usable
    assert told(result)
    check_kept(result, lines_of_text(changed))


@settings(max_examples=60, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.one_of(TEXTS, HTML))
def test_a_page_in_the_words_of_its_template_is_told_nothing(page: tuple[str, str]) -> None:
    key, text = page
    name = "pagina.html" if text.startswith("<!") else "pagina.txt"
    result = import_page(text, name, shipped(key))
    assert [f.message for f in result.findings if f.code in CODES] == []


@pytest.mark.parametrize("name", NAMES)
def test_our_own_pages_are_told_nothing(name: str, tmp_path: Path) -> None:
    report = example(name)
    publish(report, tmp_path)
    for page in tmp_path.glob("*.html"):
        result = import_page(page.read_bytes(), page.name, report.template)
        assert [f.message for f in result.findings if f.code in CODES] == []


TWO = (
    "2e Voortgangsrapportage 2026\n\n6. Sociaal domein\n\n6.1 Meedoen\n\n"
    "6.1.1 Wonen\n\nJaar realisatie\n\n2026\n\nEerst dit.\n\n{state}\n\nWij bouwen.\n\n{money}\n\n"
    "Het kost wat.\n\n6.1.2 Werken\n\nJaar realisatie\n\n2027\n\nDan dat.\n\n{state}\n\n"
    "Wij werken.\n\n{money}\n\nHet kost meer.\n"
)


def test_the_finding_says_which_line_which_field_and_what_to_do() -> None:
    result = read(TWO.format(state="Stand van zaken", money="Geld"), "voortgangsrapportage")
    (found,) = [f for f in result.findings if f.code in CODES]
    assert (found.code, found.line, found.params["heading"]) == ("I047", 19, "Geld")
    assert (found.params["field"], found.params["element"]) == ("Stand van zaken", "6.1.1")
    assert found.params["count"] == "2"
    assert "“Begroting”" in found.params["labels"]
    assert "6.1.1" in found.message
    assert "label" in found.action


@pytest.mark.parametrize("mark", ["### {}", "**{}**"])
def test_marks_of_markdown_say_for_certain_that_a_line_is_a_heading(mark: str) -> None:
    text = TWO.format(state=mark.format("Stand van zaken"), money=mark.format("Geld"))
    text = text.replace("6. Soc", "# 6. Soc").replace("6.1 Mee", "## 6.1 Mee")
    result = read(text, "voortgangsrapportage")
    (found,) = [f for f in result.findings if f.code in CODES]
    assert (found.code, found.params["heading"]) == ("I046", "Geld")


def test_a_label_resembling_that_of_the_template_is_told_where_it_stands_once() -> None:
    text = TWO.format(state="Stand van zaken", money="Daarna.")
    text = text.replace("Stand van zaken", "Stand der zaken", 1)
    (found,) = [f for f in read(text, "voortgangsrapportage").findings if f.code in CODES]
    assert (found.params["heading"], found.params["field"]) == ("Stand der zaken", "Omschrijving")


@pytest.mark.parametrize("head", ["Resultaten", "Wat goed gaat"])
def test_a_small_head_that_one_text_has_is_no_label(head: str) -> None:
    text = TWO.format(state="Stand van zaken", money="Daarna.").replace("Daarna.", head, 1)
    assert [f for f in read(text, "voortgangsrapportage").findings if f.code in CODES] == []


def test_a_heading_that_ends_a_block_of_a_web_page_is_no_title_in_it() -> None:
    page = (
        "<!DOCTYPE html><html><body><p>Begroting 2026</p><h1>6. Sociaal domein</h1>"
        "<h2>Algemeen</h2><h3>Omschrijving</h3><p>Wat wij doen.</p><h2>Ontwikkelingen</h2>"
        "<h3>Jeugd</h3><p>Er komt meer.</p><h3>Zorg</h3><p>Er komt minder.</p>"
        "<h2>Kaders</h2><ul><li>Nota wonen (2024)</li></ul></body></html>"
    )
    result = read(page, "programmabegroting", 2026)
    names = [e.data.get("titel") for e in result.elements if e.kind == "ontwikkeling"]
    assert names == ["Jeugd", "Zorg"]
    (found,) = [f for f in result.findings if f.code in CODES]
    assert (found.code, found.params["heading"]) == ("I046", "Kaders")


HEADED = "<!DOCTYPE html><html><body><p>Jaarverslag 2024</p><h1>Programma 06 Zorg</h1>"
POINT = "<h2>Voortgang speerpunten</h2><h3>Wonen</h3>"


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        (
            "<h4>Status</h4><p>Op schema</p><table>"
            "<tr><th></th><th>Plan</th><th>Voortgang</th></tr>"
            "<tr><th>Planning:</th><td>Eerst.</td><td>Toen.</td></tr>"
            "<tr><th>Geld:</th><td>Veel.</td><td>Weinig.</td></tr></table>",
            "Geld:",
        ),
        (
            "<div class='kop4'>Status</div><p>Op schema</p><div class='kop4'>Planning:</div>"
            "<p>Eerst.</p><div class='kop4'>Geld:</div><p>Veel.</p>",
            "Geld:",
        ),
    ],
)
def test_a_line_in_the_form_of_the_label_above_it_is_a_heading(body: str, rest: str) -> None:
    result = read(HEADED + POINT + body + "</body></html>", "jaarverslag_speerpunten")
    found = [f for f in result.findings if f.code in CODES]
    assert [(f.code, f.params["heading"]) for f in found] == [("I046", rest)]


def test_a_row_of_a_table_with_the_name_of_a_label_does_not_hide_that_it_is_missing() -> None:
    text = (
        "Meedoen\n\nOmschrijving\n\nWij doen mee.\n\nFinanciën\n\nExploitatie\n\n2026\n\n2027\n\n"
        "Lasten\n\n5\n\n6\n\nBaten\n\n1\n\n2\n\nSaldo\n\n-4\n\n-4\n\nToelichting\n\nLasten\n\n"
        "Wij geven meer uit.\n\nInkomsten\n\nWij krijgen meer.\n\nVerbonden Partijen\n\n- GGD\n"
    )
    found = [f for f in read(text, "begroting_doelen", 2026).findings if f.code in CODES]
    assert [f.params["heading"] for f in found] == ["Inkomsten"]
    assert "“Baten”" in found[0].params["labels"]
