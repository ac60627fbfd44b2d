"""Reading links: all errors at once with their lines, and places that stay inside their folder."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.cells import Measure
from excel_bridge.link_types import Link, Place
from excel_bridge.links import link_bytes, link_file, read_links
from excel_bridge.roots import PlaceError, config_file, inside_root, place_of, split_place
from stavaza.finding import Finding
from stavaza.toml_reader import parse_toml
from stavaza.tree import Report
from tests.excel_bridge.fakes import BATEN, LASTEN, LINK, make_report


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return make_report(tmp_path / "rapport", {("6.1.3", "663884"): {LASTEN: 1}})


def read(report: Report, text: str) -> tuple[list[Link], list[Finding]]:
    link_file(report.root, "begroting").write_text(text, encoding="utf-8")
    return read_links(report)


def problems(report: Report, text: str) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in read(report, text)[1]]


def test_a_link_says_where_and_how(report: Report) -> None:
    (link,), findings = read(report, LINK)
    assert findings == []
    assert link.path == report.root / "begroting.xlsx"
    assert (link.sheet, link.field, str(link.row_key)) == ("Invoer", "begroting", "Kostenplaats")
    assert [(column.key, column.measure) for column in link.columns] == [
        (LASTEN, Measure(1000, 0)),
        (BATEN, Measure(1, 2, "omgekeerd")),
    ]


def test_headers_may_be_several_lines_or_a_letter(report: Report) -> None:
    text = LINK.replace('"Lasten"', '["Begroting 2026", "primitief"]')
    text = text.replace('onderdeel = "Act."', 'onderdeel = { letter = "c" }')
    (link,), findings = read(report, text)
    assert findings == []
    assert link.columns[0].place == Place(("Begroting 2026", "primitief"))
    assert link.element_key == Place(letter="C")


def test_all_errors_come_at_once_with_their_lines(report: Report) -> None:
    text = """\
werkmap = "rapport:../begroting.xlsx"
blad = 3
kleur = "rood"
precisie = 9

[sleutel]
onderdeel = "Act."

[kolom.saldo_primitief_2026]
kop = "Saldo"
letter = "B"

[kolom.lasten_primitief_2099]
kop = "Lasten"
teken = "andersom"
eenheid = 10
"""
    assert sorted(problems(report, text), key=lambda found: found[1] or 0) == [
        ("X001", 1),
        ("T003", 2),
        ("T004", 3),
        ("X005", 4),
        ("T002", 6),
        ("X004", 9),
        ("X003", 9),
        ("T005", 13),
        ("T006", 15),
        ("X005", 16),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("rapport:", "finance:"), "X002"),
        (('kop = "Baten"', 'kop = "Lasten"'), "X006"),
        (('kop = "Baten"', 'letter = "B4"'), "X005"),
        (('kop = "Baten"', 'kop = ""'), "X005"),
        (("[sleutel]", 'onder = ["9.9"]\n[sleutel]'), "T005"),
        (("[sleutel]", '[gebied]\ntabel = "a"\nnaam = "b"\n[sleutel]'), "X003"),
        (("[kolom.", "[kolommen."), "T002"),
        (("werkmap =", "werkmap ="), ""),
    ],
)
def test_each_mistake_has_its_own_code(report: Report, change: tuple[str, str], code: str) -> None:
    found = {found for found, _line in problems(report, LINK.replace(*change))}
    assert (code in found) if code else not found


def test_broken_toml_is_a_finding(report: Report) -> None:
    assert problems(report, 'werkmap = "half') == [("R002", 1)]


def test_a_folder_from_the_settings_can_hold_workbooks(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path / "thuis"))
    config_file().parent.mkdir(parents=True)
    folder = tmp_path / "Financiën"
    config_file().write_text(f"[mappen]\nfinance = '{folder}'\n", encoding="utf-8")
    (link,), findings = read(report, LINK.replace("rapport:", "finance:2026/"))
    assert findings == []
    assert link.path == folder / "2026" / "begroting.xlsx"
    assert place_of(folder / "a b" / "c.xlsx", {"finance": folder}) == "finance:a b/c.xlsx"


@pytest.mark.parametrize(
    "place",
    [
        "begroting.xlsx",
        "C:\\begroting.xlsx",
        "rapport:",
        "rapport:/etc/begroting.xlsx",
        "rapport:\\\\server\\deel\\begroting.xlsx",
        "rapport:../begroting.xlsx",
        "rapport:map/..\\..\\begroting.xlsx",
        "rapport:C:\\begroting.xlsx",
        "rapport:~/begroting.xlsx",
        "rapport:map//begroting.xlsx",
        "rapport:./begroting.xlsx",
        "rapport:con/begroting.xlsx",
        "rapport:nul.xlsx",
        "rapport:begroting.xlsx:stroom.xlsx",
        "rapport:map /begroting.xlsx",
        "rapport:begroting.xlsx\x00.xlsx",
        "rapport:begroting.exe",
    ],
)
def test_path_tricks_are_refused(place: str) -> None:
    with pytest.raises(PlaceError) as refusal:
        split_place(place)
    assert refusal.value.reason


@given(st.text(max_size=30))
def test_no_text_leads_out_of_the_folder(text: str) -> None:
    try:
        _root, inside = split_place(f"rapport:{text}.xlsx")
    except PlaceError:
        return
    assert not inside.is_absolute()
    assert ".." not in inside.parts
    assert os.path.normpath(Path("map").joinpath(*inside.parts)).startswith("map" + os.sep)


def test_a_link_in_the_file_system_does_not_lead_out_either(tmp_path: Path) -> None:
    (tmp_path / "rapport").mkdir()
    (tmp_path / "elders").mkdir()
    try:
        (tmp_path / "rapport" / "map").symlink_to(tmp_path / "elders")
    except OSError:
        pytest.skip("this system does not let a test make a symbolic link")
    with pytest.raises(PlaceError):
        inside_root(tmp_path / "rapport", PurePosixPath("map/begroting.xlsx"))


def test_a_link_is_written_as_it_is_read(report: Report) -> None:
    table, _text, _findings = parse_toml(LINK.encode(), Path("x.toml"))
    assert table is not None
    again, _text, _findings = parse_toml(link_bytes(table), Path("x.toml"))
    assert again == table
