"""Goals and deliverables are told apart by nesting and by the views that repeat them."""

from __future__ import annotations

import pytest

from stavaza.amounts import AmountError
from stavaza.notation import AmountOrPhrase
from stavaza.page_import.lines import Line
from stavaza.page_import.money_lines import read_budget
from stavaza.page_import.relation_pairs import RelationText, RelationWords
from stavaza.page_import.relation_text import read_relation
from tests.stavaza.page_import.pages import all_lines, html_page, text_page, texts_of

WORDS = RelationWords(("Samen", "Doel", "Prestatie"))


def shown(found: RelationText) -> list[tuple[str, list[str]]]:
    return [
        (pair.one.lines[0][1].text, [item.lines[0][1].text for item in pair.many])
        for pair in found.pairs
    ]


def from_text(text: str) -> tuple[RelationText, list[str]]:
    page = text_page(text)
    found = read_relation(page, all_lines(page), WORDS)
    return found, texts_of(page, sorted({*found.left, *found.differing}))


def listed(*items: str) -> str:
    return "\n\n".join(f"  • {item}" for item in items)


def test_one_row_of_items_is_told_apart_by_the_two_lists_behind_it() -> None:
    found, left = from_text(listed("G1", "P1", "P2", "G2", "P3", "G1", "G2", "P1", "P2", "P3"))
    assert shown(found) == [("G1", ["P1", "P2"]), ("G2", ["P3"])]
    assert (left, found.unsure) == ([], [])


def test_the_same_words_may_be_a_goal_and_a_deliverable() -> None:
    found, left = from_text(listed("A", "B", "B", "A", "B", "B"))
    assert sorted(text for one, many in shown(found) for text in (one, *many)) == ["A", "B", "B"]
    assert left == []


def test_an_item_that_a_view_tells_in_other_words_is_left_over_for_its_words() -> None:
    found, left = from_text(listed("G1", "P1", "G2", "P2", "G1", "G2", "P1", "P2 anders"))
    assert shown(found) == [("G1", ["P1"]), ("G2", ["P2"])]
    assert left == ["• P2 anders"]


def test_where_the_order_does_not_tell_the_split_is_a_proposal() -> None:
    found, left = from_text(listed("A", "B", "C", "A", "B", "C"))
    assert found.unsure
    assert left == []


def test_an_amount_below_an_item_tells_that_it_is_no_goal() -> None:
    found, left = from_text("  • A\n\n  • B\n\n    €5.000\n\n  • A\n\n  • B\n\n    €5.000")
    assert shown(found) == [("A", ["B"])]
    assert (left, found.unsure) == ([], [])


def test_labels_between_the_views_tell_where_they_part() -> None:
    views = ["Samen", listed("A", "B", "C"), "Doel", listed("A", "B"), "Prestatie", listed("C")]
    found, left = from_text("\n\n".join(views))
    assert shown(found) == [("A", []), ("B", ["C"])]
    assert (left, found.unsure) == ([], [])


def test_items_that_nothing_tells_apart_are_left_over() -> None:
    found, left = from_text(listed("A", "B", "C"))
    assert found.pairs == []
    assert left == ["• A", "• B", "• C"]


def test_lists_in_lists_of_html_are_pairs_also_when_shown_once() -> None:
    page = html_page("<ul><li>A<ul><li>B<li>C</ul><li>D<ul><li>E</ul></ul>")
    found = read_relation(page, all_lines(page), WORDS)
    assert shown(found) == [("A", ["B", "C"]), ("D", ["E"])]


def test_a_flat_list_of_html_with_lists_in_its_texts_is_told_apart_by_its_repeats() -> None:
    first = "<li>A<li><p>B</p><ul><li>b1<li>b2</ul><li>C<li>D"
    page = html_page(
        f"<ul>{first}</ul><ul><li>A<li>C</ul><ul><li><p>B</p><ul><li>b1<li>b2</ul><li>D</ul>"
    )
    found = read_relation(page, all_lines(page), WORDS)
    assert shown(found) == [("A", ["B"]), ("C", ["D"])]
    assert found.left == []


def test_without_indentation_what_follows_a_list_in_an_item_is_a_proposal() -> None:
    items = ("G1", "• P1 a", "P1 b", "G2", "P2")
    second = ("G1", "G2", "• P1 a", "P1 b", "P2")
    page = text_page("\n\n".join(f"• {item}" for item in (*items, *second)))
    found = read_relation(page, all_lines(page), WORDS)
    assert texts_of(page, found.unsure) == ["• P1 b"]


def lines(*texts: str) -> list[tuple[int, Line]]:
    return [(at, Line(at + 1, text, at)) for at, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "amount", "remark"),
    [
        ("€4.486.000", 4486000, ""),
        ("€ 60.000,--", 60000, ""),
        ("€ 1,3 miljoen", 1300000, ""),
        ("1000000 euro", 1000000, ""),
        ("4.486.000", 4486000, ""),
        ("€ -5.577", -5577, ""),
        ("€981.000 (budget wijken)", 981000, "budget wijken"),
        ("-PM-", None, "-PM-"),
    ],
)
def test_the_last_line_of_an_item_is_its_budget(text: str, amount: int | None, remark: str) -> None:
    found = read_budget(lines("De tekst.", text))
    assert found is not None
    assert (found.value, found.sure) == (AmountOrPhrase(amount, remark), True)


def test_a_phrase_below_an_item_is_a_proposal() -> None:
    found = read_budget(lines("De tekst.", "Binnen het budget van de wijken"))
    assert found is not None
    assert (found.value, found.sure) == (
        AmountOrPhrase(None, "Binnen het budget van de wijken"),
        False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Dit is een zin.",
        "- een punt van de lijst",
        "• een punt van de lijst",
        "De uitgaven zijn € 5.000",
        "En wel:",
        "2027",
        "9 wijken",
    ],
)
def test_text_is_no_budget(text: str) -> None:
    found = read_budget(lines("De tekst.", text))
    assert found is None or (not found.sure and found.value == AmountOrPhrase(None, text))


def test_what_looks_like_an_amount_and_is_not_clear_is_refused() -> None:
    found = read_budget(lines("De tekst.", "€ 12.34"))
    assert found is not None
    assert found.value is None
    assert isinstance(found.wrong, AmountError)


def test_an_item_of_one_line_has_no_budget() -> None:
    assert read_budget(lines("€ 5.000")) is None
