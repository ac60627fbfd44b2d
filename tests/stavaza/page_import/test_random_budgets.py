"""Pages of a programme budget that nobody has seen import with every field right."""

from __future__ import annotations

from hypothesis import given, settings

from stavaza.page_import import ImportResult, import_page
from stavaza.prose import to_plain
from stavaza.template import Template
from tests.stavaza.page_import.budget_pages import (
    Facts,
    Markup,
    Page,
    Style,
    as_html,
    as_text,
    expected,
    markups,
    pages,
    styles,
)
from tests.stavaza.page_import.importing import shipped


def template() -> Template:
    return shipped("programmabegroting")


def values(result: ImportResult) -> Facts:
    """What was imported, in the form of `expected`."""
    (programme,) = [e.data for e in result.elements if e.kind == "programma"]
    found = [e.data for e in result.elements if e.kind == "ontwikkeling"]
    row: dict[str, int] = next(iter(programme.get("begroting", {}).values()), {})
    keys = [f"{measure}_primitief_{result.year}" for measure in ("lasten", "baten")]
    kept = programme.get("gedrukt", {})
    shares = [kept.get(f"lasten_en_baten/aandeel/{key}", {}).get("bedrag") for key in keys]
    shown = [None if share is None else f"{share}".replace(".", ",") for share in shares]
    return Facts(
        programme["naam"],
        to_plain(programme.get("omschrijving", "")).strip(),
        to_plain(programme.get("wat_willen_we", "")).strip(),
        tuple((item.get("titel", ""), to_plain(item["tekst"])) for item in found),
        tuple(
            (item["document"], item.get("geldig_tot"))
            for item in programme.get("beleidskaders", {}).values()
        ),
        (row.get(keys[0]), row.get(keys[1])),
        (shown[0], shown[1]),
    )


def check(result: ImportResult, page: Page) -> None:
    assert result.usable, [finding.message for finding in result.findings]
    assert values(result) == expected(page)
    assert result.rest == []
    assert [f.message for f in result.findings if f.severity != "info"] == []
    assert result.year == page.year


@settings(max_examples=40)
@given(pages(), styles())
def test_text_of_a_budget_imports_with_every_field_right(page: Page, style: Style) -> None:
    check(import_page(as_text(page, style), "pagina.txt", template()), page)


@settings(max_examples=40)
@given(pages(whole=False), markups())
def test_html_of_a_budget_imports_with_every_field_right(page: Page, markup: Markup) -> None:
    check(import_page(as_html(page, markup).encode(), "pagina.html", template()), page)
