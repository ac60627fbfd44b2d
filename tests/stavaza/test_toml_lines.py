"""Messages name the right line, whatever the layout of the file."""

from __future__ import annotations

from stavaza.toml_lines import line_of

TEXT = '''\
# [geen.tabel]
a = """
[ook.geen.tabel]
b = 1
"""
"c d".e = [
  1, # ] nog niet
  "]",
]
f = { g = 1, h = { i = 2 } }

[t."6.1"]
x = 'a = 1'

[[rij]]
y = 1
[[rij]]
y = 2
[rij.sub]
z = 3
'''


def test_every_key_is_found_on_its_line() -> None:
    places = {
        ("a",): 2,
        ("c d",): 6,
        ("c d", "e"): 6,
        ("f",): 10,
        ("f", "g"): 10,
        ("t",): 12,
        ("t", "6.1"): 12,
        ("t", "6.1", "x"): 13,
        ("rij",): 15,
        ("rij", "0", "y"): 16,
        ("rij", "1"): 17,
        ("rij", "1", "y"): 18,
        ("rij", "1", "sub", "z"): 20,
    }
    assert {path: line_of(TEXT, path) for path in places} == places


def test_what_is_not_there_gets_the_line_around_it_or_none() -> None:
    assert line_of(TEXT, ("t", "6.1", "weg")) == 12
    assert line_of(TEXT, ("b",)) is None
    assert line_of(TEXT, ("geen",)) is None
