"""Pages with focus points that nobody has seen import with every field right."""

from __future__ import annotations

from hypothesis import example, given, settings

from stavaza.page_import import ImportResult, import_page
from stavaza.prose import to_plain
from stavaza.template import Template
from tests.stavaza.page_import.focus_pages import (
    Aspect,
    Facts,
    Markup,
    Page,
    Point,
    Style,
    as_html,
    as_text,
    expected,
    markups,
    pages,
    styles,
    together,
)
from tests.stavaza.page_import.importing import shipped
from tests.stavaza.page_import.random_pages import Paragraph


def template() -> Template:
    return shipped("jaarverslag_speerpunten")


def values(result: ImportResult) -> Facts:
    """What was imported, in the form of `expected`."""
    found: Facts = {}
    for element in result.elements:
        own = dict(element.data)
        own |= own.pop("moment", {}).get(result.moments.current, {})
        place = own.get("volgorde", "")
        name = element.kind if element.code else f"{element.kind}#{place}"
        for key, value in own.items():
            if key not in ("soort", "ouder", "volgorde", "grens"):
                found[name, key] = to_plain(str(value)) if "\n" in str(value) else str(value)
    return found


def check(result: ImportResult, page: Page) -> None:
    assert result.usable, [finding.message for finding in result.findings]
    assert result.rest == []
    assert values(result) == expected(page)
    assert [f.message for f in result.findings if f.severity != "info"] == []
    assert result.year == page.year


BEGINS_WITH_A_YEAR = Page(
    year=2018,
    code="06",
    name="Versterken wijk",
    goal=(Paragraph(("2027 wordt een druk jaar.",)),),
    points=(
        Point(
            "Versterken wijk",
            "afgerond",
            (("wat", Aspect((Paragraph(("Volgens plan is dit in het najaar klaar.",)),), ())),),
        ),
    ),
)


@example(BEGINS_WITH_A_YEAR, Style(1, False, True, "  • "))
@settings(max_examples=40)
@given(pages(), styles())
def test_text_with_focus_points_keeps_every_aspect_whole_and_proposes_its_border(
    page: Page, style: Style
) -> None:
    result = import_page(as_text(page, style), "pagina.txt", template())
    if style.words:
        check(result, page)
        return
    assert result.usable, [finding.message for finding in result.findings]
    assert result.rest == []
    found = values(result)
    assert together(found) == together(expected(page))
    for element in result.elements:
        marks = element.data.get("grens", {})
        parted = {key for _name, key in found if key.endswith("_voortgang")}
        assert all(path.rpartition("/")[2] in parted or marks[path] for path in marks)
    proposed = [name for name, key in found if key.endswith("_voortgang")]
    marked = sum(len(element.data.get("grens", {})) for element in result.elements)
    assert marked >= len(proposed)


@settings(max_examples=40)
@given(pages(), markups())
def test_html_with_focus_points_imports_with_every_field_right(page: Page, markup: Markup) -> None:
    check(import_page(as_html(page, markup).encode(), "pagina.html", template()), page)
