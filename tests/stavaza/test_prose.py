"""Prose is read, shown, written and edited without a change of meaning and without loss."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.prose import (
    Break,
    Emphasis,
    FigureRef,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Strong,
    Text,
    canonical,
    from_editor,
    from_plain,
    parse,
    sentences,
    to_editor,
    to_html,
    to_plain,
    words,
)

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

WORDS = ["De raad besluit.", "Dat kost € 1.000,00.", "o.a.", "zin", "Zin", "3", "é", "\u00a0"]
STARTS = [
    "- ",
    "-",
    "   - ",
    "1.",
    "2. ",
    "10.",
    "0. ",
    "# ",
    "###",
    "### ",
    "+ ",
    "* ",
    "> ",
    "• ",
]
SPACES = [" ", "  ", "    ", "\t", "\n", "\n", "\n\n", "\r\n", "\u2028", "\x0b", "\\\n"]
SIGNS = [
    "*",
    "**",
    "_",
    "\\",
    "\\\\",
    "[",
    "]",
    "[[",
    "]]",
    "(",
    ")",
    "<",
    "`",
    "|",
    "~~",
    "---",
    "–",
]
LINKS = ["[[a/b]]", "](b)", "[t](http://x.nl)", '[t](u "v")', "[](u)", "&amp;"]
STOPS = ["!", "? ", ". ", "…", "“", "”"]
PIECES = st.sampled_from([*WORDS, *STARTS, *SPACES, *SIGNS, *LINKS, *STOPS])
MARKUP = st.lists(PIECES, max_size=14).map("".join)
ANY_TEXT = st.one_of(MARKUP, st.text(max_size=60))


def visible(text: str) -> str:
    """Text without white space and without the signs that can be markup."""
    return re.sub(r"[\s\\*_#\[\]()<>\"']", "", text)


# What a text consists of


def test_paragraphs_lists_heads_and_what_is_inside_are_read() -> None:
    text = (
        "Een **vet** en *schuin* woord\nop [de site](https://zaak.nl).\\\nNieuwe regel.\n\n"
        "### Kop\n\n- een\n- twee\n  - binnen\n\n3. drie\n4. [[begroting/663884/lasten]]\n"
    )
    assert parse(text) == (
        Paragraph(
            (
                Text("Een "),
                Strong((Text("vet"),)),
                Text(" en "),
                Emphasis((Text("schuin"),)),
                Text(" woord op "),
                Link((Text("de site"),), "https://zaak.nl"),
                Text("."),
                Break(),
                Text("Nieuwe regel."),
            )
        ),
        Heading(3, (Text("Kop"),)),
        ListBlock(
            False,
            0,
            (
                (Paragraph((Text("een"),)),),
                (
                    Paragraph((Text("twee"),)),
                    ListBlock(False, 0, ((Paragraph((Text("binnen"),)),),)),
                ),
            ),
        ),
        ListBlock(
            True,
            3,
            (
                (Paragraph((Text("drie"),)),),
                (Paragraph((FigureRef("begroting/663884/lasten"),)),),
            ),
        ),
    )


@pytest.mark.parametrize(
    "text",
    [
        "> citaat",
        "`code`",
        "<b>vet</b>",
        "&amp;",
        "~~weg~~",
        "| a | b |",
        "* ster",
        "+ plus",
        "1) een",
        "http://zaak.nl",
        "![beeld](b.png",
        "[zie de bijlage]",
        "[[geen verwijzing]]",
        "[klik](javascript:alert(1))",
        "[klik](//elders.nl)",
        "---",
        "#kop",
        "###",
        "2020. Een jaar",
        "snake_case_naam",
        "5 * 3 * 2",
    ],
)
def test_what_is_no_markup_of_ours_stays_text(text: str) -> None:
    assert parse(text) == (Paragraph((Text(text),)),)
    assert to_plain(text) == text


def test_a_backslash_takes_the_meaning_from_a_sign() -> None:
    text = "\\*geen nadruk\\*, \\[[a/b]], C:\\map en 1\\. geen lijst"
    assert to_plain(text) == "*geen nadruk*, [[a/b]], C:\\map en 1. geen lijst"


def test_numbers_of_lists_stay_as_they_were_typed() -> None:
    assert to_plain("1. a\n3. b\n3. c\n") == "1. a\n\n3. b\n\n3. c"


def test_a_text_that_nests_without_end_is_read_without_loss() -> None:
    assert to_plain("- " * 500 + "bodem").endswith("bodem")
    deep = "*a " * 500 + "b*" * 500
    assert visible(to_plain(deep)) == visible(deep)
    assert words(to_plain("**_" * 300 + "diep" + "_**" * 300))[0].strip("*_") == "diep"


@given(ANY_TEXT.filter(lambda text: "](" not in text))
def test_nothing_but_signs_of_markup_is_left_out_of_any_text(text: str) -> None:
    assert visible(to_plain(text)) == visible(text)


@given(MARKUP)
def test_the_words_before_and_after_a_link_are_read(text: str) -> None:
    letters = re.sub(r"[^A-Z€é3]", "", to_plain(text))
    assert letters == re.sub(r"[^A-Z€é3]", "", text)


# Shown


def test_html_has_paragraphs_lists_heads_and_only_safe_links() -> None:
    html = to_html(
        "Lasten: [[b/1/l]] & <baten>\\\n[site](https://a.nl?x=1&y=2) [x](javascript:alert())\n\n"
        "### Kop\n\n- een\n  1. binnen\n\n5. vijf\n",
        lambda path: f"<{path}>",
        heading_offset=1,
    )
    assert html == (
        "<p>Lasten: &lt;b/1/l&gt; &amp; &lt;baten&gt;<br>\n"
        '<a href="https://a.nl?x=1&amp;y=2">site</a> [x](javascript:alert())</p>\n'
        "<h4>Kop</h4>\n"
        "<ul>\n<li>een\n<ol>\n<li>binnen</li>\n</ol></li>\n</ul>\n"
        '<ol start="5">\n<li>vijf</li>\n</ol>\n'
    )


@given(ANY_TEXT)
def test_html_shows_the_words_of_the_plain_text_and_holds_no_tag_of_the_author(text: str) -> None:
    html = to_html(text)
    tags = re.findall(r"<[^>]*>?", html)
    own = (
        r"</?(?:p|h[1-6]|ul|ol|li|strong|em|a)>|<br>|<ol start=\"\d+\">"
        r"|<a href=\"[^\"<>]*\"(?: title=\"[^\"<>]*\")?>"
    )
    assert all(re.fullmatch(own, tag) for tag in tags)
    shown = unescape(re.sub(r"<[^>]*>", "", html))
    assert "".join(shown.split()) == "".join("".join(words(text)).split())


SCRAPS = st.lists(
    st.sampled_from(["een", " ", "  ", "\n", "\n\n", "twee", "<b>", "&", "-", "#", "1.", "\t", "."])
)


@given(SCRAPS.map("".join))
def test_a_text_without_markup_reads_the_same_the_short_way_and_the_long(text: str) -> None:
    link = "[x](https://stavaza.nl)"
    long = to_html(f"{link}\n\n{text}")
    assert long == to_html(link) + to_html(f"\n{text}")


def test_plain_text_is_as_read() -> None:
    text = "Een *zin*.\nNog een.\\\nRegel.\n\n- a\n  b\n- c\n  - d\n\n1. [e](f)\n"
    assert to_plain(text) == "Een zin. Nog een.\nRegel.\n\n- a b\n- c\n  - d\n\n1. e"
    assert to_plain("Nu [[b/1/l]].", lambda _path: "€ 5") == "Nu € 5."


def test_sentences_and_words_are_those_a_reader_sees() -> None:
    text = "### Kop\n\nEen **zin**. Nog een\n(o.a. deze).\n\n- Item. Tweede.\n"
    assert sentences(text) == ["Kop", "Een zin.", "Nog een (o.a. deze).", "Item.", "Tweede."]
    assert words(text)[:3] == ["Kop", "Een", "zin."]


# For a file


def test_a_file_has_a_sentence_per_line_and_a_newline_at_the_end() -> None:
    assert canonical("Een zin. Nog een.\nEn een\nderde. \n\n\nNieuw. Ja!\\\nRegel.") == (
        "Een zin.\nNog een.\nEn een derde.\n\nNieuw.\nJa!\\\nRegel.\n"
    )
    assert canonical("- Een. Twee.\n- Drie.\n   - Vier. Vijf.\n") == (
        "- Een.\n  Twee.\n- Drie.\n  - Vier.\n    Vijf.\n"
    )
    assert canonical(" \n ") == ""


@given(ANY_TEXT)
def test_the_form_of_a_file_means_the_same_and_is_stable(text: str) -> None:
    written = canonical(text)
    assert parse(written) == parse(text)
    assert canonical(written) == written
    assert written == "" or (written.endswith("\n") and not written.endswith("\n\n"))


@given(ANY_TEXT, ANY_TEXT)
def test_lines_of_an_earlier_text_never_change_the_meaning(text: str, previous: str) -> None:
    assert parse(canonical(text, previous)) == parse(text)
    assert canonical(previous, previous) == previous


@given(st.lists(MARKUP, max_size=5), st.integers(0, 4), MARKUP)
def test_a_mixed_text_with_one_changed_part_keeps_its_meaning(
    parts: list[str], place: int, new: str
) -> None:
    previous = "\n\n".join(parts)
    text = "\n\n".join([*parts[:place], new, *parts[place + 1 :]])
    assert parse(canonical(text, previous)) == parse(text)
    assert parse(from_editor(to_editor(text), previous)) == parse(text)


def test_only_what_changed_gets_other_lines() -> None:
    previous = (
        "Met de hand\nafgebroken. Zo blijft het.\n\n\nDeze verandert.\nDeze niet.\n\n"
        "-   een item met de hand\n-   tweede\n"
    )
    text = previous.replace("Deze verandert.", "Deze is veranderd. En langer.")
    assert canonical(text, previous) == (
        "Met de hand\nafgebroken. Zo blijft het.\n\nDeze is veranderd.\nEn langer.\nDeze niet.\n\n"
        "-   een item met de hand\n-   tweede\n"
    )


def test_in_a_changed_list_the_other_items_keep_their_lines() -> None:
    previous = "- met de\n  hand\n- oud\n"
    assert canonical("- met de hand\n- nieuw. Zin.\n", previous) == (
        "- met de\n  hand\n- nieuw. Zin.\n".replace(". Zin", ".\n  Zin")
    )


# In a text box


def test_a_text_box_shows_paragraphs_on_one_line_and_breaks_as_breaks() -> None:
    text = "Een zin.\nNog een.\\\nRegel.\n\n- Een.\n  Twee.\\\n  Drie.\n- Vier.\n\n### Kop\n"
    edited = "Een zin. Nog een.\nRegel.\n\n- Een. Twee.\n  Drie.\n- Vier.\n\n### Kop"
    assert to_editor(text) == edited
    assert from_editor(edited) == text
    assert from_editor(edited.replace("Vier.", "Vier. Vijf.\nSlot."), text) == (
        text.replace("- Vier.\n", "- Vier.\n  Vijf.\n\nSlot.\n")
    )


@given(ANY_TEXT)
def test_opening_and_saving_without_a_change_changes_nothing(text: str) -> None:
    written = canonical(text)
    assert from_editor(to_editor(written), written) == written
    assert from_editor(to_editor(written)) == written
    assert from_editor(to_editor(text), text) == text


@given(ANY_TEXT, ANY_TEXT)
def test_edited_text_loses_no_character_but_white_space(edited: str, previous: str) -> None:
    written = from_editor(edited, previous)
    assert from_editor(to_editor(written), written) == written
    kept = "".join(re.sub(r"[\s\\]", "", line) for line in written.splitlines())
    assert kept == re.sub(r"[\s\\]", "", edited)
    assert written.count("\\") >= edited.count("\\")


@given(st.lists(st.sampled_from(["Een zin.", "Nog. Een", "woord", "C:\\", "é*"]), max_size=6))
def test_each_line_of_a_text_box_is_a_line_for_the_reader(lines: list[str]) -> None:
    assert to_plain(from_editor("\n".join(lines))).split("\n") == (lines or [""])


# From plain text

PLAIN_LINE = st.one_of(st.text(max_size=20), MARKUP).map(lambda line: re.sub(r"[\r\n]", " ", line))


def as_read(lines: list[str]) -> list[list[str]]:
    """The words of each line, bullets alike, without empty lines."""
    found = [line.split() for line in lines]
    for line in found:
        if len(line) > 1 and line[0] in {"•", "–"}:
            line[0] = "-"
    return [line for line in found if line]


@given(st.lists(PLAIN_LINE, max_size=8))
def test_plain_text_reads_back_literally_line_by_line(lines: list[str]) -> None:
    prose = from_plain(lines)
    assert as_read(to_plain(prose).split("\n")) == as_read(lines)
    assert canonical(prose) == prose


@given(st.lists(st.lists(st.text("abc*_[]\\#.€ ", min_size=1), min_size=1), max_size=4))
def test_paragraphs_of_plain_text_stay_paragraphs(paragraphs: list[list[str]]) -> None:
    lines = [line for paragraph in paragraphs for line in (*(f"x{t}" for t in paragraph), "")]
    shown = to_plain(from_plain(lines))
    assert [
        [line.split() for line in part.split("\n")] for part in shown.split("\n\n") if part
    ] == [[f"x{line}".split() for line in paragraph] for paragraph in paragraphs]


def test_plain_text_is_escaped_no_more_than_it_needs() -> None:
    assert from_plain(["Kosten* (5 * 3) voor snake_case [zie bijlage], C:\\map & <b> `c`."]) == (
        "Kosten* (5 * 3) voor snake_case [zie bijlage], C:\\map & <b> `c`.\n"
    )
    assert from_plain(["# kop", "*a* [[b/c]] [d](e) \\"]) == (
        "\\# kop\\\n\\*a\\* \\[\\[b/c]] \\[d](e) \\\\\n"
    )


def test_lists_in_plain_text_become_lists() -> None:
    assert from_plain(
        ["Wij doen:", "• Een.", "– Twee. Drie.", "", "6. Naam", "7. Nog", "9. x"]
    ) == ("Wij doen:\n\n- Een.\n- Twee.\n  Drie.\n\n6. Naam\n7. Nog\n\n9. x\n")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the published pages are not beside the repository")
def test_published_pages_read_back_word_for_word() -> None:
    for seed in sorted(SEEDS.glob("*.txt")):
        lines = seed.read_text(encoding="utf-8").splitlines()
        assert as_read(to_plain(from_plain(lines)).split("\n")) == as_read(lines)


# Speed


@pytest.mark.parametrize(
    "piece",
    [
        "*a ",
        "[",
        "[a](",
        "**a*b",
        "*_",
        "\\",
        "\\\n",
        "- a\n",
        "- ",
        ".",
        '."',
        "[[a ",
        "_a_ ",
        " \n",
    ],
)
def test_a_long_text_of_one_pattern_is_read_and_written(piece: str) -> None:
    # What would take quadratic time does not come back within anybody's patience.
    text = piece * (60_000 // len(piece))
    assert parse(canonical(text)) == parse(text)


def test_importing_prose_loads_no_markdown_library() -> None:
    code = "import sys, stavaza.prose; print('markdown_it' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
