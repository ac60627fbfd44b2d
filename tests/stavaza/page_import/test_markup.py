"""Markup inside the texts of a page survives as prose: strong, emphasis, links, heads, lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.page_import.page_prose import prose_of
from stavaza.prose import canonical, parse, to_html, to_plain
from tests.stavaza.page_import.pages import html_page, text_page


def prose(body: str) -> str:
    """What an import makes of a piece of HTML."""
    return prose_of(html_page(body).lines)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Dit is <strong>heel</strong> <em>fijn</em>.</p>", "Dit is **heel** *fijn*.\n"),
        ("<p><b>Let op</b>: <i>nu</i> al.</p>", "**Let op**: *nu* al.\n"),
        ("<p><strong><em>Beide</em></strong></p>", "***Beide***\n"),
        (
            '<p>Zie <a href="https://www.voorbeeld.nl/a_b">de site</a>.</p>',
            "Zie [de site](https://www.voorbeeld.nl/a_b).\n",
        ),
        ('<p>Zie <a href="mailto:a@b.nl">mail</a>.</p>', "Zie [mail](mailto:a@b.nl).\n"),
        ('<p>Zie <a href="pagina2.html">elders</a>.</p>', "Zie elders.\n"),
        ('<p>Zie <a href="javascript:alert(1)">dit</a>.</p>', "Zie dit.\n"),
        ("<p>Een<br>twee <b>drie</b></p>", "Een\\\ntwee **drie**\n"),
        ("<p>2 * 3 <b>is</b> zes_en [meer]</p>", "2 \\* 3 **is** zes_en \\[meer\\]\n"),
        (
            "<p>A</p><h4>Kop</h4><p>B</p><h5>Onder</h5><p>C</p>",
            "A\n\n### Kop\n\nB\n\n#### Onder\n\nC\n",
        ),
        (
            "<p>Dit:</p><ul><li>een<ul><li>diep</li></ul></li><li><p>twee</p><p>meer</p></li></ul>",
            "Dit:\n\n- een\n  - diep\n- twee\n\n  meer\n",
        ),
        ("<ol start='3'><li>c</li><li>d</li></ol><ul><li>e</li></ul>", "3. c\n4. d\n\n- e\n"),
        ("<ul><li>a</li></ul><p>x</p><ul><li>b</li></ul>", "- a\n\nx\n\n- b\n"),
    ],
)
def test_markup_of_html_becomes_prose(html: str, expected: str) -> None:
    assert prose(html) == expected


def test_markup_that_markdown_cannot_say_is_left_out_and_the_text_stays() -> None:
    found = prose("<p>vóór<b>.Vet.</b>na en <b> ruimte </b>erna</p>")
    assert to_plain(found) == "vóór.Vet.na en ruimte erna"


def test_plain_text_has_no_markup_and_keeps_its_signs() -> None:
    page = text_page("Dit is *geen* nadruk en [geen](http://koppeling.nl).\n\n- een\n- twee")
    found = prose_of(page.lines)
    assert (
        to_plain(found) == "Dit is *geen* nadruk en [geen](http://koppeling.nl).\n\n- een\n- twee"
    )


WORD = st.sampled_from(["aan", "de", "straat", "50%", "(niet)", "€ 3,--", "x_y", "3.", "z*", "[q]"])
RUN = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A line of Markdown with markup in it."""
    pieces = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(["huis en haard", "water", "een plan"]))
        form = draw(st.sampled_from(["{}", "**{}**", "*{}*", "[{}](https://a.nl/b)", "***{}***"]))
        pieces += [draw(RUN).replace("[", "\\[").replace("*", "\\*"), form.format(text)]
    return " ".join(pieces)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A prose text with paragraphs, heads and nested lists."""
    blocks: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["p", "ul", "ol", "nested", "h"]))
        first, second = draw(sentences()), draw(sentences())
        blocks.append(
            {
                "p": f"{first}\\\n{second}",
                "ul": f"- {first}\n- {second}",
                "ol": f"1. {first}\n2. {second}",
                "nested": f"- {first}\n  - {second}\n- eind",
                "h": f"### Kop {len(blocks)}\n\n{first}",
            }[kind]
        )
        blocks.append("Tussen.")
    return canonical("\n\n".join(blocks))


@given(texts())
def test_a_text_that_was_published_reads_back_the_same(text: str) -> None:
    html = to_html(text, lambda path: path)
    assert parse(prose(f"<div>{html}</div>")) == parse(text)
