"""Pages per task field that nobody has seen import with every field right."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stavaza.notation import SignForm
from stavaza.page_import import ImportResult, import_page
from stavaza.places import templates_dir
from stavaza.prose import to_plain
from stavaza.template import Template
from stavaza.template_reader import load_template
from tests.stavaza.page_import.progress_pages import Page, Values, expected, pages
from tests.stavaza.page_import.progress_text import (
    MONEY,
    Markup,
    Style,
    as_html,
    as_text,
    markups,
    styles,
)

TEXTS = {"voortgang", "toelichting", "stand_van_zaken"}
REPORTED = {"I013", "I021", "I033", "I036", "I019"}
"""What a page without a source, without a code, or with a row only in the table may be told of."""


@cache
def template() -> Template:
    found, findings = load_template(templates_dir() / "voortgang_taakvelden")
    assert found is not None, findings
    return found


def values(result: ImportResult) -> Values:
    """What was imported, in the form of `expected`."""
    found: Values = {}
    for element in result.elements:
        place = element.code or str(element.data["volgorde"])
        name = f"{element.kind} {place}" if element.code else f"{element.kind}#{place}"
        own = dict(element.data)
        own |= own.pop("moment", {}).get(result.moments.current, {})
        for key, value in own.items():
            if key not in ("soort", "code", "ouder", "volgorde"):
                found[name, key] = to_plain(str(value)) if key in TEXTS else value
    return found


def check(result: ImportResult, page: Page) -> None:
    assert result.usable, [finding.message for finding in result.findings]
    wanted = expected(page)
    found = values(result)
    assert _as_a_set(found) == _as_a_set(wanted)
    assert result.rest == []
    assert [f.message for f in result.findings if f.code not in REPORTED] == []
    assert result.year == page.year


def _as_a_set(found: Values) -> dict[str, list[str]]:
    """Elements of one kind by what they hold: a row of the table says where it belongs there."""
    items: dict[str, dict[str, object]] = {}
    for (element, key), value in found.items():
        items.setdefault(element, {})[key] = value
    kinds: dict[str, list[str]] = {}
    for element, item in items.items():
        kind = element.partition("#")[0]
        kinds.setdefault(kind, []).append(str(sorted(item.items())))
    return {kind: sorted(found) if kind == "mutatie" else found for kind, found in kinds.items()}


@settings(max_examples=40)
@given(pages(), styles())
def test_text_per_task_field_imports_with_every_field_right(page: Page, style: Style) -> None:
    check(import_page(as_text(page, style), "pagina.txt", template()), page)


SIGNS: dict[str, SignForm] = {
    "behind": "achter",
    "before_symbol": "voor_symbool",
    "letter": "letter_voor",
    "letter_joined": "letter_voor",
    "letter_behind": "letter_achter",
}


@settings(max_examples=25)
@given(pages(), styles(), st.sampled_from(list(MONEY)))
def test_effects_in_other_notations_are_the_same_effects(
    page: Page, style: Style, form: str
) -> None:
    assume(all(amount != "0" for _label, amount in page.rows))  # has no letter
    known = template()
    euros = replace(known.notations["euros"], sign=SIGNS.get(form, "voor"))
    other = replace(known, notations={**known.notations, "euros": euros})
    check(import_page(as_text(page, replace(style, money=form)), "pagina.txt", other), page)


@settings(max_examples=40)
@given(pages(), markups())
def test_html_per_task_field_imports_with_every_field_right(page: Page, markup: Markup) -> None:
    check(import_page(as_html(page, markup).encode(), "pagina.html", template()), page)
