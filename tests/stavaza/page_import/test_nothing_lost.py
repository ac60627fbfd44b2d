"""Whatever else stands on a page: each line is on the rebuilt page, kept, or in the rest."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stavaza.page_import import import_page, plan_import
from stavaza.publish import render_report
from tests.stavaza.page_import.budget_pages import Style as BudgetStyle
from tests.stavaza.page_import.budget_pages import as_text as budget_text
from tests.stavaza.page_import.budget_pages import pages as budget_pages
from tests.stavaza.page_import.focus_pages import Style as FocusStyle
from tests.stavaza.page_import.focus_pages import as_text as focus_text
from tests.stavaza.page_import.focus_pages import pages as focus_pages
from tests.stavaza.page_import.goals_pages import pages as goals_pages
from tests.stavaza.page_import.goals_text import Style as GoalsStyle
from tests.stavaza.page_import.goals_text import as_text as goals_text
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.page_words import lines_of_text, signs_of_html, squeezed
from tests.stavaza.page_import.progress_pages import pages as progress_pages
from tests.stavaza.page_import.progress_text import Style as ProgressStyle
from tests.stavaza.page_import.progress_text import as_text as progress_text

NOW = datetime(2036, 1, 2, 3, 4, 5)
FOREIGN = (
    "Deel deze pagina",
    "Kwaliteitseisen",
    "3.141",
    "-17",
    "€ 77.777",
    "Naar boven",
    "  • Een los punt over niets",
    "Zie bijlage 8 (pagina 12)",
    "Nog te bepalen",
    "Percentage 9,3%",
    "Baten 99",
    "Reserves 12.345",
    "2025",
    "Meer weten (€ 88.888 structureel, nadeel)",
    "Extra budget € 99.999",
    "Kolom een\tKolom twee",
    "Losse zin zonder verband met de rest.",
)
TEXTS = st.one_of(
    progress_pages().map(lambda p: ("voortgang_taakvelden", progress_text(p, ProgressStyle()))),
    goals_pages().map(lambda p: ("begroting_doelen", goals_text(p, GoalsStyle()))),
    budget_pages().map(lambda p: ("programmabegroting", budget_text(p, BudgetStyle()))),
    focus_pages().map(lambda p: ("jaarverslag_speerpunten", focus_text(p, FocusStyle()))),
)


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[str, str]:
    """A template and a page with lines in it that belong to nothing."""
    key, text = draw(TEXTS)
    blocks = text.split("\n\n")
    for line in draw(st.lists(st.sampled_from(FOREIGN), min_size=1, max_size=4, unique=True)):
        blocks.insert(draw(st.integers(2, len(blocks))), line)
    return key, "\n\n".join(blocks)


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(disturbed())
def test_every_line_of_a_page_with_foreign_lines_is_somewhere(page: tuple[str, str]) -> None:
    key, text = page
    template = shipped(key)
    result = import_page(text, "pagina.txt", template)
    if not result.usable:
        assert result.findings
        return
    plan = plan_import(Path("een-nieuw-rapport"), template, [result], "Rivierdam")
    assert plan.report is not None
    made, _findings = render_report(plan.report, None, now=NOW, export_time=NOW)
    seen = "".join(signs_of_html(html.decode("utf-8")) for html in made.values())
    seen += squeezed("".join(line.text for line in result.rest))
    seen += squeezed("".join(" ".join(finding.params.values()) for finding in result.findings))
    seen += "".join(_stored(element.data) for element in result.elements)
    seen = seen.replace("|", "").replace("€", "")  # between cells, and as the template has it
    words = squeezed((template.path / "template.toml").read_text(encoding="utf-8"))
    cells = lines_of_text(text.replace("\t", "\n"))  # two columns may be two texts
    lines = [line for line in cells if line not in words]
    absent = [line for line in lines if line.replace("€", "") not in seen]
    assert [line for line in absent if not _shown_otherwise(line, seen)] == []


def _stored(value: object) -> str:
    """What an element holds though its page does not show it: an amount that is part of a sum, or
    a text where a fixed sentence stands; `check` says so.
    """
    if isinstance(value, dict):
        return "".join(map(_stored, value.values()))
    if isinstance(value, str):
        return squeezed(value)
    if not isinstance(value, int):
        return ""
    return f" {value:,} {-value:,} {value} {-value} ".replace(",", ".")


def _shown_otherwise(line: str, seen: str) -> bool:
    """An amount in the notation of the template, or a row of which name and amount stand apart."""
    row = re.fullmatch(r"(?P<name>\D+)(?P<figure>[0-9.]+)", line.replace("€", ""))
    if row is not None and row["name"] in seen and row["figure"] in seen:
        return True
    figure = line.partition("(")[0].removesuffix(",--").removesuffix(",-").replace("€", "")
    if figure.endswith("miljoen"):
        figure = f"{figure.removesuffix('miljoen').replace(',', '.')}00.000"
    return line.startswith("€") and figure in seen
