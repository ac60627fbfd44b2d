"""The configuration and the answers survive any name of a folder, and VBA can read both."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.addin.answer import MOST_CHARACTERS, Answer, decode, encode, shortened
from excel_bridge.addin.settings import (
    BETWEEN,
    interpreter_key,
    read_settings,
    settings_file,
    write_settings,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_any_text_travels_in_ascii_on_one_line(text: str) -> None:
    sent = encode(text)
    assert sent.isascii()
    assert sent.isprintable()
    assert decode(sent) == text


@given(TEXT)
def test_a_text_for_a_message_box_fits(text: str) -> None:
    assert len(shortened(text * 40)) <= MOST_CHARACTERS


def test_a_long_answer_is_cut_at_the_end_of_a_line() -> None:
    text = "\n".join(f"regel {number}" for number in range(500))
    kept = shortened(text).split("\n")
    assert kept[-1] == "…"
    assert kept[-2] in text.split("\n")


def test_a_sign_that_vba_sends_in_two_halves_is_one_again() -> None:
    assert decode("map &#55357;&#56832; en &#55357;x") == "map 😀 en \ufffdx"


def test_an_entity_that_is_no_character_breaks_nothing() -> None:
    assert decode("a&#9999999;b&#x;&amp;") == "a?b&#x;&amp;"


@pytest.mark.parametrize("name", ["begroting", 'Zoë & "Co"; 2026', "map%20 met = tekens"])
def test_folders_with_any_name_come_back(tmp_path: Path, name: str) -> None:
    file = tmp_path / "stavaza.conf"
    roots = (tmp_path / name, tmp_path / "tweede")
    write_settings(file, str(tmp_path / name / "python"), roots)
    found = read_settings(file)
    assert found.reports == roots
    assert found.interpreter == str(tmp_path / name / "python")
    assert found.values["ADD_WORKBOOK_TO_PYTHONPATH"] == "false"
    assert BETWEEN not in name


def test_the_file_is_where_an_add_in_of_xlwings_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAVAZA_HOME", raising=False)
    assert settings_file("win32") == Path.home() / ".stavaza" / "stavaza.conf"
    assert settings_file("darwin").parts[-3:] == ("com.microsoft.Excel", "Data", "stavaza.conf")
    assert (interpreter_key("win32"), interpreter_key("darwin")) == (
        "INTERPRETER_WIN",
        "INTERPRETER_MAC",
    )


def test_an_answer_says_what_vba_has_to_do() -> None:
    assert Answer("ask", "Doorgaan?\nJa", "ab12").lines() == (
        "kind=ask\nproof=ab12\ntext=Doorgaan?&#10;Ja\n"
    )
