"""One workbook per feature that XlsxWriter has."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwings as xw

Fill = Callable[[Any, Any], None]
"""Gets the workbook and its first sheet, in which A1:D12 hold figures."""

QUICKSTART = Path(xw.__file__).parent / "quickstart.xlsm"
"""A workbook that Excel itself saved, with a VBA project."""


def png(size: int = 4) -> io.BytesIO:
    """A picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">2I5B", size, size, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\x00" + b"\x80\x20\x20" * size) * size)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return io.BytesIO(data + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def vba_project() -> io.BytesIO:
    with zipfile.ZipFile(QUICKSTART) as package:
        return io.BytesIO(package.read("xl/vbaProject.bin"))


FIGURES = "=Blad!$B$1:$B$12"
CHARTS = ("area", "bar", "column", "line", "pie", "doughnut", "scatter", "stock", "radar")


def chart(kind: str) -> Fill:
    def fill(book: Any, sheet: Any) -> None:
        made = book.add_chart({"type": kind})
        for _ in range(3 if kind == "stock" else 1):
            made.add_series({"values": FIGURES, "categories": "=Blad!$A$1:$A$12"})
        sheet.insert_chart("H2", made)

    return fill


def combined_charts(book: Any, sheet: Any) -> None:
    first, second = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    labels = {"trendline": {"type": "linear"}, "data_labels": {"value": True}}
    first.add_series({"values": FIGURES, **labels})
    second.add_series({"values": FIGURES, "y2_axis": True})
    first.combine(second)
    sheet.insert_chart("H2", first, {"x_scale": 2, "object_position": 3})


def chart_sheet(book: Any, _sheet: Any) -> None:
    made = book.add_chart({"type": "bar"})
    made.add_series({"values": FIGURES})
    book.add_chartsheet("Grafiekblad").set_chart(made)


def sparklines(_book: Any, sheet: Any) -> None:
    for row, kind in enumerate(("line", "column", "win_loss")):
        sheet.add_sparkline(row, 5, {"range": "Blad!B1:B12", "type": kind, "markers": True})


def table(_book: Any, sheet: Any) -> None:
    columns = [{"header": "Nr"}, {"header": "Bedrag", "total_function": "sum"}, {"header": "Soort"}]
    options = {"name": "tblPosten", "columns": columns, "total_row": True}
    sheet.add_table("J3:L9", options)
    sheet.write_column("K4", [1, 2, 3, 4, 5])


def table_formula(_book: Any, sheet: Any) -> None:
    columns = [{"header": "a"}, {"header": "b", "formula": "=[@a]*2"}]
    sheet.add_table("J3:K9", {"columns": columns, "autofilter": False, "banded_columns": True})


RULES: dict[str, dict[str, Any]] = {
    "cell": {"type": "cell", "criteria": ">", "value": 5},
    "data-bar": {"type": "data_bar"},
    "data-bar-2010": {"type": "data_bar", "data_bar_2010": True, "bar_negative_color": "#FF0000"},
    "icons": {"type": "icon_set", "icon_style": "3_traffic_lights"},
    "colours": {"type": "3_color_scale"},
    "formula": {"type": "formula", "criteria": "=$A1>3", "stop_if_true": True},
    "top": {"type": "top", "value": 10},
    "duplicate": {"type": "duplicate"},
    "dates": {"type": "time_period", "criteria": "last month"},
    "text": {"type": "text", "criteria": "containing", "value": "<&'\""},
}


def conditional(rule: dict[str, Any]) -> Fill:
    def fill(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        plain = rule["type"] in ("data_bar", "icon_set", "3_color_scale")
        sheet.conditional_format("A1:D12", rule if plain else {**rule, "format": bold})

    return fill


def validation(_book: Any, sheet: Any) -> None:
    sheet.data_validation("A1:A9", {"validate": "list", "source": ["a", "b & <c>"]})
    whole = {"validate": "whole", "criteria": "between", "minimum": 1, "maximum": 9}
    sheet.data_validation("B1:B9", whole)
    sheet.data_validation("C1", {"validate": "custom", "value": "=C1>0", "error_title": "Let op"})


def images(_book: Any, sheet: Any) -> None:
    sheet.insert_image("H2", "a.png", {"image_data": png(), "description": "logo"})
    sheet.insert_image("H9", "b.png", {"image_data": png(8), "url": "https://example.org/a?b=c&d"})


def image_in_cell(_book: Any, sheet: Any) -> None:
    sheet.embed_image("H2", "a.png", {"image_data": png(), "description": "in cel"})


def background(_book: Any, sheet: Any) -> None:
    sheet.set_background(png())
    sheet.set_header("&L&G", {"image_left": "a.png", "image_data_left": png()})


def drawings(_book: Any, sheet: Any) -> None:
    sheet.insert_textbox("H2", "Tekst\nmet regels", {"fill": {"color": "#EEEEEE"}})
    sheet.insert_button("H9", {"macro": "doe", "caption": "Druk"})


def comments(_book: Any, sheet: Any) -> None:
    sheet.write_comment("A1", "Waarom <zo> & niet anders?", {"author": "J. de Vries"})
    sheet.write_comment("C5", "b", {"visible": True})


def merged(book: Any, sheet: Any) -> None:
    sheet.merge_range("F1:G2", "kop", book.add_format({"align": "center"}))
    sheet.merge_range("F4:G4", 12.5)


def rich_text(book: Any, sheet: Any) -> None:
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    sheet.write_rich_string("F1", "gewoon ", bold, "vet ", red, "rood", " slot ")


def links(_book: Any, sheet: Any) -> None:
    sheet.write_url("F1", "https://example.org/?a=1&b=2#x", string="site", tip="kijk")
    sheet.write_url("F2", "internal:'Blad'!A5")
    sheet.write_url("F3", "external:..\\map\\boek.xlsx#Blad1!A1")
    sheet.write_url("F4", "mailto:a@example.org")


def outline(_book: Any, sheet: Any) -> None:
    for row in range(3, 7):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_row(7, None, None, {"collapsed": True})
    sheet.set_column("B:C", None, None, {"level": 2})


def hidden(book: Any, sheet: Any) -> None:
    book.add_worksheet("Weg").hide()
    book.add_worksheet("Diep").very_hidden()
    sheet.set_column("C:C", None, None, {"hidden": True})
    sheet.set_default_row(hide_unused_rows=True)


def formulas(_book: Any, sheet: Any) -> None:
    sheet.write_formula("F1", "=SUM(A1:D12)", None, 312)
    sheet.write_formula("F2", '=IF(A1>1,"ja","nee")', None, "nee")
    sheet.write_formula("F3", "=1/0", None, "#DIV/0!")
    sheet.write_formula("F4", "=A1=1", None, True)
    sheet.write_formula("F5", "=_xlfn.XLOOKUP(1,A:A,B:B)", None, 2)


def arrays(_book: Any, sheet: Any) -> None:
    sheet.write_array_formula("F1:F3", "{=A1:A3*2}", None, 2)
    sheet.write_dynamic_array_formula("G1:G3", "=SORT(A1:A3)", None, 1)
    sheet.write_dynamic_array_formula("H1", "=LAMBDA(x, x+1)(A1)", None, 2)


def names(book: Any, _sheet: Any) -> None:
    book.define_name("Bedragen", "=Blad!$A$1:$A$9")
    book.define_name("Blad!Lokaal", "=Blad!$B$2")
    book.define_name("Tarief", "=0.21")
    book.define_name("Formule", "=SUM(Blad!$A:$A)/COUNT(Blad!$B:$B)")


def external(book: Any, sheet: Any) -> None:
    sheet.write_formula("F1", "='[ander.xlsx]Blad1'!$A$1", None, 5)
    book.define_name("Ver", "='[ander.xlsx]Blad1'!$A$1")


def filters(_book: Any, sheet: Any) -> None:
    sheet.autofilter("A1:D12")
    sheet.filter_column("A", "x > 3")
    sheet.set_row(1, options={"hidden": True})


def page(_book: Any, sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, 1)
    sheet.print_area("A1:D12")
    sheet.set_h_pagebreaks([5, 9])
    sheet.set_header('&C&"Arial,Bold"Kop & meer', {"margin": 0.5})
    sheet.set_footer("&P / &N")
    sheet.fit_to_pages(1, 0)


def view(_book: Any, sheet: Any) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_zoom(80)
    sheet.hide_gridlines(2)
    sheet.set_tab_color("#00AA00")
    sheet.set_selection("B3:C4")
    sheet.right_to_left()
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})


def formats(book: Any, sheet: Any) -> None:
    codes = ["0.00", '"€" #,##0.00', "dd-mm-yyyy", "[h]:mm", "@", "0%", '#,##0;;"nihil"', "# ?/?"]
    for row, code in enumerate(codes):
        style = {"num_format": code, "border": 1, "bg_color": "#FFEEDD", "locked": False}
        sheet.write_number(row, 5, row + 0.5, book.add_format(style))
    sheet.set_row(20, 30, book.add_format({"italic": True}))
    sheet.set_column("G:H", 20, book.add_format({"num_format": "0.000"}))
    sheet.write_datetime("F20", dt.datetime(2026, 3, 1, 12), book.add_format({"num_format": 22}))


def texts(_book: Any, sheet: Any) -> None:
    sheet.write_string("F1", " voor en na ")
    sheet.write_string("F2", "a\nb\tc")
    sheet.write_string("F3", "\x01 _x0041_ \x1f")
    sheet.write_string("F4", "é € 漢字 😀 & < > \" '")
    sheet.write_string("F5", "x" * 32767)
    sheet.write_string("F6", "=geen formule")


def many_texts(_book: Any, sheet: Any) -> None:
    for row in range(3000):
        sheet.write_string(20 + row, 0, f"tekst nummer {row} " * 5)


def errors(_book: Any, sheet: Any) -> None:
    for row, text in enumerate(("#N/A", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!")):
        sheet.write_formula(row, 5, "=NA()", None, text)
    sheet.write_boolean("G1", True)
    sheet.write_boolean("G2", False)


def checkboxes(_book: Any, sheet: Any) -> None:
    sheet.insert_checkbox("F1", True)
    sheet.insert_checkbox("F2", False)


def properties(book: Any, _sheet: Any) -> None:
    book.set_properties({"title": "Begroting & meer", "author": "Team", "status": "v3 DEF"})
    book.set_custom_property("Peildatum", dt.datetime(2026, 1, 1))
    book.set_custom_property("Aantal", 3)
    book.set_calc_mode("manual")
    book.read_only_recommended()


def vba(book: Any, sheet: Any) -> None:
    book.add_vba_project(vba_project(), is_stream=True)
    sheet.insert_button("H2", {"macro": "doe"})


def blanks(book: Any, sheet: Any) -> None:
    style = book.add_format({"bg_color": "yellow"})
    for row in range(30, 40):
        for column in range(6):
            sheet.write_blank(row, column, None, style)


def far_away(_book: Any, sheet: Any) -> None:
    sheet.write_number("XFD1048576", 7)
    sheet.write_number(500_000, 3, 8)


def many_sheets(book: Any, _sheet: Any) -> None:
    for number in range(40):
        book.add_worksheet(f"P{number}").write_row("A1", [number, f"programma {number}"])


def odd_names(book: Any, _sheet: Any) -> None:
    for name in ("Één & <twee>", "It's", "1e VGR", "a.b", "Ωμ", "R1C1"):
        book.add_worksheet(name).write("A1", 1)


FEATURES: dict[str, Fill] = {
    **{f"chart-{kind}": chart(kind) for kind in CHARTS},
    **{f"rule-{name}": conditional(rule) for name, rule in RULES.items()},
    "charts-combined": combined_charts, "chart-sheet": chart_sheet, "sparklines": sparklines,
    "table": table, "table-formula": table_formula, "validation": validation, "images": images,
    "image-in-cell": image_in_cell, "background": background, "drawings": drawings,
    "comments": comments, "merged": merged, "rich-text": rich_text, "links": links,
    "outline": outline, "hidden": hidden, "formulas": formulas, "arrays": arrays, "names": names,
    "external": external, "filters": filters, "page": page, "view": view, "formats": formats,
    "texts": texts, "many-texts": many_texts, "errors": errors, "checkboxes": checkboxes,
    "properties": properties, "blanks": blanks, "far-away": far_away, "many-sheets": many_sheets,
    "odd-names": odd_names, "plain": lambda _book, _sheet: None,
}  # fmt: skip

OPTIONS: dict[str, dict[str, Any]] = {
    "": {},
    "1904": {"date_1904": True},
    "inline": {"constant_memory": True},
    "wide-zip": {"use_zip64": True},
    "2012": {"excel2003_style": True},
}


def make(path: Path, *fills: Fill, **options: Any) -> Path:
    """A workbook with figures in A1:D12 of `Blad`, a text beside them, and what `fills` add."""
    if "constant_memory" in options:
        options["in_memory"] = False
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, **options})
    sheet = book.add_worksheet("Blad")
    for row in range(12):
        for column in range(4):
            sheet.write_number(row, column, row * 4 + column + 0.25)
        sheet.write_string(row, 4, f"post {row % 5}")
    for fill in fills:
        fill(book, sheet)
    book.close()
    return path
