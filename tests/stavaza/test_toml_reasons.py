"""Why a file is no TOML, said in Dutch."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.toml_reader import parse_toml
from stavaza.toml_reasons import reason_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('naam = "half', "de tekst is niet afgesloten met aanhalingstekens"),
        ('naam = "half\njaar = 2026', "het aanhalingsteken aan het eind ontbreekt"),
        ('tekst = """half', "de tekst is niet afgesloten met aanhalingstekens"),
        ("lasten = 150.000,00", "achter de waarde staat nog iets"),
        ("naam = Fietsroute", "er staat geen waarde, of tekst zonder aanhalingstekens"),
        ("naam =", "er staat geen waarde"),
        ("naam", "na de naam ontbreekt ="),
        ("jaar = 1\njaar = 2", "dezelfde naam of tabel staat er twee keer"),
        ("[a]\n[a]", "dezelfde naam of tabel staat er twee keer"),
        ("[moment.vgr2", "er ontbreekt een vierkant haakje"),
        ("= 3", "het heeft niet de vorm naam = waarde"),
        ("mappen = [1, 2", "de lijst is niet afgesloten met ]"),
        ("mappen = { a = 1", "de tabel is niet afgesloten met }"),
        ('map = "G:\\Financien"', "een \\ in een tekst schrijft u als \\\\"),
        ("dag = 2026-02-31", "deze datum of tijd bestaat niet"),
        ("naam = 'a\tb'\x01", "achter de waarde staat nog iets"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_in_dutch(text: str, said: str) -> None:
    data, _text, findings = parse_toml(text.encode("utf-8"), Path("x.toml"))
    assert data is None
    assert said in findings[0].message


def test_a_message_that_nobody_foresaw_stays_readable() -> None:
    assert reason_of("Something new (at line 3, column 4)") == "Something new"
