"""White space around a text counts where the file says so, as in Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from excel_bridge.excel_file import shared_strings
from tests.excel_bridge.excel_file.packages import MAIN, relations, rows, unpacked

Make = Callable[..., Path]
CELLS = (
    '<c r="A1" t="inlineStr"><is><t> a </t></is></c>'
    '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> b </t></is></c>'
    '<c r="C1" t="str"><v>\tc\n</v></c>'
    '<c r="D1" t="str"><v xml:space="preserve"> d </v></c>'
    '<c r="E1" t="inlineStr"><is><r><t>rijke </t></r><r><t> tekst</t></r></is></c>'
)
TEXTS = ["a", " b ", "c", " d ", "rijke  tekst"]


def shared(make: Make, texts: str, root: str = "") -> Path:
    items = relations(
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    )
    return make(
        rows('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'),
        **{
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"{root}>{texts}</sst>',
            "xl/_rels/workbook.xml.rels": items,
        },
    )


@pytest.mark.parametrize("many", [1, 50])
def test_white_space_around_a_text_in_a_cell_counts_only_where_it_is_kept(
    make: Make, many: int
) -> None:
    lines = [
        f'<row r="{n}">{CELLS.replace("1" + chr(34) + " t=", f"{n}" + chr(34) + " t=")}</row>'
        for n in range(1, many + 1)
    ]
    with xw.Book(make(rows("".join(lines)))) as book:
        found = book.sheets[0].range((1, 1), (many, 5)).options(ndim=2).value
    assert found == [TEXTS] * many


def test_a_sheet_may_keep_all_white_space(make: Make) -> None:
    sheet = rows(f'<row r="1">{CELLS}</row>').replace(
        "<worksheet", '<worksheet xml:space="preserve"'
    )
    with xw.Book(make(sheet)) as book:
        assert book.sheets[0].range("A1:C1").value == [" a ", " b ", "\tc\n"]


@pytest.mark.parametrize("small", [True, False])
def test_shared_texts_follow_the_same_rule(
    make: Make, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    if not small:
        monkeypatch.setattr(shared_strings, "_SMALL", 1)
    texts = "<si><t> a </t></si><si><r><t>b </t></r></si>"
    with xw.Book(shared(make, texts)) as book:
        assert book.sheets[0].range("A1:B1").value == ["a", "b "]
    with xw.Book(shared(make, texts, ' xml:space="preserve"')) as book:
        assert book.sheets[0].range("A1:B1").value == [" a ", "b "]


def test_a_text_is_written_although_the_file_has_it_without_its_white_space(make: Make) -> None:
    path = make(rows('<row r="1"><c r="A1" t="inlineStr"><is><t> a</t></is></c></row>'))
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = " a"
        book.save()
        assert book.sheets[0].range("A1").value == " a"
    assert b'<t xml:space="preserve"> a</t>' in unpacked(path)
