"""The baseline's file: what is written is read back, and one cell is one line."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from excel_bridge.baseline import BaselineKey, baseline_bytes, parse_baseline, read_baseline
from excel_bridge.plan import Agreed
from stavaza.amounts import normalise

FILE = Path("begroting.baseline.toml")
AMOUNTS = st.none() | st.integers(-(10**9), 10**9).map(lambda n: normalise(Decimal(n).scaleb(-2)))
AGREED = st.builds(Agreed, AMOUNTS, AMOUNTS) | st.builds(
    Agreed, AMOUNTS, AMOUNTS, AMOUNTS, st.just(True)
)
KEYS = st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)] * 3)
BASELINES = st.dictionaries(KEYS, AGREED, max_size=6)


@given(BASELINES)
def test_a_baseline_is_read_back_exactly(baseline: dict[BaselineKey, Agreed]) -> None:
    raw = baseline_bytes(baseline)
    tomllib.loads(raw.decode("utf-8"))
    assert parse_baseline(raw, FILE) == (baseline, [])


@given(BASELINES, KEYS, AGREED)
def test_a_changed_cell_is_at_most_one_line_more_or_other(
    baseline: dict[BaselineKey, Agreed], key: BaselineKey, agreed: Agreed
) -> None:
    baseline[key] = Agreed(1, 1)
    before = baseline_bytes(baseline).splitlines()
    after = baseline_bytes(baseline | {key: agreed}).splitlines()
    assert len(before) == len(after)
    assert sum(old != new for old, new in zip(before, after, strict=True)) <= 1


@pytest.mark.parametrize(
    "line",
    [
        "kolom = 150000",
        "kolom = { eerder = 1 }",
        "kolom = { nu = 150.000 }",
        'kolom = { nu = "150" }',
        "kolom = { nu = 1, straks = 2 }",
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_the_others_count(line: str) -> None:
    text = f'["6.1.3".7]\n{line}\ngoed = {{ nu = "leeg" }}\n'
    baseline, findings = parse_baseline(text.encode(), FILE)
    assert baseline == {("6.1.3", "7", "goed"): Agreed(None, None)}
    assert [(finding.code, finding.line) for finding in findings] == [("X007", 2)]


def test_no_file_is_no_agreement(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "weg.baseline.toml") == ({}, None, [])


def test_a_file_with_windows_line_ends_is_read() -> None:
    raw = baseline_bytes({("6.1.3", "7", "kolom"): Agreed(1, 1)}).replace(b"\n", b"\r\n")
    assert parse_baseline(raw, FILE)[0] == {("6.1.3", "7", "kolom"): Agreed(1, 1)}


PLAIN = st.tuples(*[st.sampled_from(["6.1.3", "0.10", "663884", "é ü", 'a"b', "a\\b"])] * 3)


@given(st.dictionaries(st.one_of(PLAIN, KEYS), AGREED, max_size=6))
def test_a_file_that_is_not_as_it_was_written_is_read_as_toml_to_the_same(
    baseline: dict[BaselineKey, Agreed],
) -> None:
    raw = baseline_bytes(baseline)
    assert parse_baseline(raw, FILE) == (baseline, [])
    assert parse_baseline(raw.replace(b" = { nu", b"  = { nu"), FILE) == (baseline, [])


def test_a_line_that_stands_there_twice_is_told() -> None:
    raw = b'["6.1.3".663884]\nlasten = { nu = 1 }\nlasten = { nu = 2 }\n'
    found, findings = parse_baseline(raw, FILE)
    assert (found, len(findings)) == ({}, 1)
