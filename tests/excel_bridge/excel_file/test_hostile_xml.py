"""XML that is made to keep a reader busy is refused, or read, at once.

A reader that looks at some bytes again for each of many marks needs hours for these few hundred
kilobytes, so these tests then do not end.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge import errors
from excel_bridge.excel_file.xml_mask import mask
from excel_bridge.excel_file.xml_tree import set_attribute, tag_attributes, tag_end
from tests.excel_bridge.excel_file.packages import MAIN, rows, unpacked, worksheet

Make = Callable[..., Path]
MANY = 200_000
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize("mark", ["<!--", "<![CDATA[", "<?"])
@pytest.mark.parametrize("place", ["before", "inside"])
def test_stretches_that_nothing_ends_are_refused(make: Make, mark: str, place: str) -> None:
    marks = mark * MANY
    sheet = rows(ROW + marks) if place == "inside" else worksheet("", marks)
    with pytest.raises(errors.DamagedWorkbookError), xw.Book(make(sheet)) as book:
        _ = book.sheets[0].used_range


@pytest.mark.parametrize(
    "sheet",
    [
        rows(ROW + "<f " * MANY),
        rows(f'<row r="1"><c r="A1"><f {" ref " * MANY}>1</f></c></row>'),
        rows(f'<row {"a" * 5 * MANY}><c r="A1"/></row>'),
        rows(f'<row {"".join(f"a{n}={chr(34)}1{chr(34)} " for n in range(MANY))} r="1"/>'),
        worksheet(f"<sheetData>{ROW}</sheetData>", "<dimension " * MANY),
    ],
)
def test_tags_without_end_are_read_or_refused_in_one_go(make: Make, sheet: str) -> None:
    path = make(sheet)
    before = unpacked(path)
    with contextlib.suppress(errors.DamagedWorkbookError), xw.Book(path) as book:
        _ = book.sheets[0].used_range.value
    assert unpacked(path) == before


@pytest.mark.parametrize(
    "inner",
    ["<row r='1'><c  a=\"x><v>1</v></c></row>", "<row  r='1><c r='A1'/></row>", "<row \xe9='1'/>"],
)
def test_a_tag_that_nothing_closes_is_damage(make: Make, inner: str) -> None:
    path = make(rows(inner).encode("latin-1"))
    with pytest.raises(errors.DamagedWorkbookError), xw.Book(path) as book:
        book.sheets[0].range("A1").value = 5
        _ = book.sheets[0].used_range.value
        book.save()


PIECES = st.lists(
    st.sampled_from([b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?", b"?>", b"<row>", b"x", b'"'])
)


@given(PIECES)
def test_masking_keeps_offsets_and_blanks_whole_stretches_alone(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    view, safe = mask(data)
    assert len(view) == len(data)
    assert 0 <= safe <= len(data)
    assert all(seen in (was, 32) for seen, was in zip(view, data, strict=True))
    assert b"<!" not in view[:safe]
    assert b"<?" not in view[:safe]


VALUES = st.text(st.characters(exclude_characters="<&\"'", codec="utf-8"), max_size=5)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,3}", fullmatch=True), VALUES, max_size=4))
def test_a_tag_ends_where_no_value_is_open_and_its_attributes_are_found(
    attributes: dict[str, str],
) -> None:
    inner = "".join(f" {key}='{value}'" for key, value in attributes.items())
    tag = f"<c{inner}>".encode()
    assert tag_end(tag + b">'\"", 0) == len(tag)
    assert tag_attributes(tag) == attributes
    changed = set_attribute(tag, "t", "b")
    assert tag_attributes(changed) == {**attributes, "t": "b"}
    assert tag_attributes(set_attribute(changed, "t", None)) == {
        key: value for key, value in attributes.items() if key != "t"
    }


@pytest.mark.parametrize("unit", ["'", "[1]", "$", "A1:", "(", '"'])
def test_a_formula_longer_than_excel_takes_is_not_taken_apart(make: Make, unit: str) -> None:
    text = unit.replace('"', "&quot;") * MANY
    path = make(
        rows(
            '<row r="1"><c r="A1"><v>1</v></c>'
            f'<c r="B1"><f t="shared" si="0" ref="B1:B2">{text}</f><v>1</v></c></row>'
            '<row r="2"><c r="B2"><f t="shared" si="0"/><v>1</v></c><c r="C2"><v>3</v></c></row>'
        )
    )
    with xw.Book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("B1").formula == "=" + unit * MANY
        with pytest.raises(errors.DamagedWorkbookError):
            _ = sheet.range("B2").formula
        sheet.range("A1").value = 2
        assert sheet.range("C2").value == 3
        for cell in ("B1", "B2"):
            with pytest.raises(errors.StaleValueError):
                _ = sheet.range(cell).value


@pytest.mark.parametrize("unit", ["[", '"', "_", "\\", "0."])
def test_a_number_format_longer_than_excel_takes_is_read_at_once(make: Make, unit: str) -> None:
    code = (unit * MANY).replace('"', "&quot;")
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>'
        f'<numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    )
    with xw.Book(make(rows(ROW), **{"xl/styles.xml": styles})) as book:
        assert book.sheets[0].range("A1").value == 1
        assert book.sheets[0].range("A1").number_format == unit * MANY
