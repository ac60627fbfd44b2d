"""Open data beside the tables: exact figures, made for Dutch Excel and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.publish import parts, publish
from stavaza.publish.data_files import data_of
from stavaza.publish.data_view import Dataset
from stavaza.tree import Report
from tests.stavaza.examples import NAMES, example
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, read

ROOT = Path(__file__).parents[3]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path / "verslag"))


def published(report: Report, out: Path) -> Path:
    publish(report, out, now=BUILT, export_time=EXPORTED)
    return out / "gegevens"


def table(file: Path) -> list[list[str]]:
    text = file.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def data(folder: Path, name: str) -> dict[str, Any]:
    """A table in the file with all of them, by the name of its CSV."""
    found = json.loads((folder / "tabellen.json").read_text(encoding="utf-8"), parse_float=Decimal)
    tables = {table["csv"]: table for page in found["paginas"] for table in page["tabellen"]}
    made: dict[str, Any] = tables[f"gegevens/{name}.csv"]
    return made


def test_a_budget_table_comes_with_its_exact_euros(report: Report, tmp_path: Path) -> None:
    folder = published(report, tmp_path / "uit")
    file = folder / "programma-6__6.1.3-begroting.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbfPost;")
    rows = table(file)
    assert rows[0] == [
        *("Post", "Maat", "Toelichting", "Soort regel"),
        *("Primitief (euro)", "Na wijziging (euro)"),
    ]
    assert rows[1] == ["663885 Uitgave", "Lasten", "Taakveld 0.10", "regel", "7077,50", ""]
    assert rows[3] == ["663884 Wegwijzer", "Lasten", "Taakveld 6.1", "regel", "150000", "185000"]
    assert rows[-1] == ["Totaal", "Saldo", "", "totaal", "-137077,50", "-185000"]
    found = data(folder, "programma-6__6.1.3-begroting")
    assert found["onderdeel"] == "6.1.3 Informatie toegankelijk maken"
    assert found["kolommen"][4] == {"naam": "Primitief", "type": "bedrag", "eenheid": "euro"}
    assert found["rijen"][0][4:] == [Decimal("7077.50"), None]


def test_a_page_in_thousands_has_data_in_euros(tmp_path: Path) -> None:
    folder = published(example("programmabegroting"), tmp_path / "uit")
    assert table(folder / "programma-6__lasten_en_baten.csv")[0][1:] == [
        "Bedrag (euro)",
        "Aandeel in de hele begroting (procent)",
    ]
    (first, _second) = data(folder, "programma-6__lasten_en_baten")["rijen"]
    assert first[1] % 1000 != 0
    assert isinstance(first[2], Decimal)


def test_the_overview_and_its_counts_are_data_too(report: Report, tmp_path: Path) -> None:
    folder = published(report, tmp_path / "uit")
    assert table(folder / "programma-6__statusoverzicht.csv")[1] == [
        "6.1.3 Informatie toegankelijk maken",
        *("2027", "", "Volgens plan", "Volgens plan"),
    ]
    counted = data(folder, "programma-6__statusoverzicht-telling")
    assert counted["rijen"][0] == ["Status 2025", 0, 0, 0, 1]
    assert data(folder, "index__statustelling")["rijen"] == [
        ["6. Sociaal domein", 1, 0, 0, 0][: len(counted["kolommen"]) - 1]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_on_a_page_has_its_data_beside_it(name: str, tmp_path: Path) -> None:
    published(example(name), tmp_path)
    for page in tmp_path.glob("*.html"):
        root = read(page.read_bytes())
        links = [
            link.attributes["href"] for line in root.by_class("openbaar") for link in line.all("a")
        ]
        tables = [t for t in root.all("table") if "statussen" not in t.attributes.get("class", "")]
        in_csv, in_json = links[::2], links[1::2]
        assert len(in_csv) == len(in_json) == len(tables)
        assert len(set(in_csv)) == len(in_csv)
        assert set(in_json) <= {"gegevens/tabellen.json"}
        for link in in_csv:
            assert table(tmp_path / link)
            assert data(tmp_path / "gegevens", Path(link).stem)["rijen"]


def test_of_many_pages_the_link_leads_to_the_part_with_the_table(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PAGES_IN_PART", 1)
    folder = published(report, tmp_path)
    lines = read((tmp_path / "programma-6.html").read_bytes()).by_class("openbaar")
    (link,) = {line.all("a")[1].attributes["href"] for line in lines}
    assert {line.all("a")[1].text() for line in lines} == {"JSON (ook van andere pagina’s)"}
    (page,) = json.loads((tmp_path / link).read_text(encoding="utf-8"))["paginas"]
    assert page["bestand"] == "programma-6.html"
    told = json.loads((folder / "tabellen.json").read_text(encoding="utf-8"))["delen"]
    assert told == ["tabellen-1.json", Path(link).name]


def _written(dataset: Dataset) -> tuple[bytes, str]:
    """The CSV of a table, and the line of its page in JSON."""
    files, line = data_of("x.html", "X", [dataset])
    return files[f"{dataset.name}.csv"], line


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
VALUES = st.one_of(
    st.none(),
    TEXT,
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**12), 10**12, places=2),
)


@given(st.lists(st.tuples(VALUES, VALUES), max_size=5), TEXT)
def test_any_value_comes_back_and_no_text_is_a_formula(
    rows: list[tuple[str | int | Decimal | None, ...]], title: str
) -> None:
    dataset = Dataset("gegevens/x/y", title, "", (("Een", ""), ("Twee", "euro")), tuple(rows))
    text = _written(dataset)[0].decode("utf-8-sig")
    read_rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(read_rows) == len(rows) + 1
    for made, row in zip(read_rows[1:], rows, strict=True):
        for cell, value in zip(made, row, strict=True):
            if isinstance(value, str):
                assert cell in (value, f"'{value}")
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            elif value is None:
                assert cell == ""
            else:
                assert Decimal(cell.replace(",", ".")) == value
    found = json.loads(_written(dataset)[1], parse_float=Decimal)
    (made,) = found["tabellen"]
    assert [tuple(row) for row in made["rijen"]] == rows


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-PM-", "'-PM-"),
        ("6.10", "'6.10"),
        ("0012", "'0012"),
        ("1-2", "'1-2"),
        ("3 mei", "'3 mei"),
        ("Mei 2026", "'Mei 2026"),
        ("1 1/2", "'1 1/2"),
        ("waar", "'waar"),
        ("Meisjes", "Meisjes"),
        ("Juni is voorbij", "Juni is voorbij"),
        ("6.1 Samenkracht", "6.1 Samenkracht"),
        ("663884", "663884"),
        ("a;b", '"a;b"'),
    ],
)
def test_what_excel_would_take_for_something_else_stays_text(text: str, cell: str) -> None:
    dataset = Dataset("gegevens/x/y", "", "", (("Een", ""),), ((text,),))
    assert _written(dataset)[0].decode("utf-8-sig").split("\r\n")[1] == cell


def test_the_json_has_the_shape_that_the_documentation_gives(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    in_tables = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    sample = json.loads(text.split("```json\n")[1].split("```")[0])
    (page,) = sample["paginas"]
    assert in_tables == {"delen", "onderdeel", *sample, *page, *page["tabellen"][0]}
    for name in NAMES:
        file = published(example(name), tmp_path / name) / "tabellen.json"
        found = json.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        assert set(found) == set(sample)
        assert isinstance(found["jaar"], int)
        for made in found["paginas"]:
            assert set(made) == set(page)
            assert (file.parents[1] / made["bestand"]).is_file()
            for each in made["tabellen"]:
                assert set(each) - {"onderdeel"} == set(page["tabellen"][0])
                assert (file.parents[1] / each["csv"]).is_file()
                check_table(each, text)


def check_table(found: dict[str, Any], text: str) -> None:
    """A table has the types that the documentation names."""
    for column in found["kolommen"]:
        unit = {"bedrag": "euro", "percentage": "procent"}.get(column["type"])
        assert column == {"naam": column["naam"], "type": column["type"]} | (
            {"eenheid": unit} if unit else {}
        )
        assert f"`{column['type']}`" in text
    for row in found["rijen"]:
        assert len(row) == len(found["kolommen"])
        assert all(isinstance(value, (str, int, Decimal, type(None))) for value in row)


def test_the_same_report_gives_the_same_data(report: Report, tmp_path: Path) -> None:
    first, second = (published(report, tmp_path / name) for name in ("een", "twee"))
    files = sorted(path.relative_to(first) for path in first.rglob("*.*"))
    assert len(files) == 7
    assert [(first / f).read_bytes() for f in files] == [(second / f).read_bytes() for f in files]
