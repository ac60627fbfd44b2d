"""Open conflicts as a person decides them: in elements and in all other files of a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.conflicts import Choice, ConflictError
from stavaza.open_conflicts import OpenConflict, decide, open_conflicts_of
from tests.stavaza.sharing import AMOUNT, STAND, Colleague, two_colleagues
from tui.cli import main

Both = tuple[Colleague, Colleague]


@pytest.fixture
def els(tmp_path: Path) -> Colleague:
    """Els, with open conflicts about an amount, a text and the name of the municipality."""
    jan, els = two_colleagues(tmp_path)
    for colleague, amount, text in ((jan, 190000, "Van Jan."), (els, 170000, "Van Els.")):
        colleague.change("1.1.1", AMOUNT, amount)
        colleague.change("1.1.1", STAND, f"{text}\n")
        file = colleague.root / "report.toml"
        content = file.read_text(encoding="utf-8").replace('"Rivierdam"', f'"{text}"')
        file.write_text(f"# met de hand\n{content}", encoding="utf-8")
    jan.must_share()
    assert els.share().end == "conflicts"
    return els


def found(els: Colleague) -> dict[str, OpenConflict]:
    return {each.path[-1]: each for each in open_conflicts_of(els.report)}


def test_each_conflict_has_both_versions_in_full(els: Colleague) -> None:
    each = found(els)
    assert list(each) == ["lasten_wijziging_2026", "stand_van_zaken", "organisatie"]
    assert each["lasten_wijziging_2026"].label == "Begroting · 660002 · Lasten na wijziging"
    texts = {key: (c.text(ours=True), c.text(ours=False)) for key, c in each.items()}
    assert texts == {
        "lasten_wijziging_2026": ("170.000", "190.000"),
        "stand_van_zaken": ("Van Els.", "Van Jan."),
        "organisatie": ("Van Els.", "Van Jan."),
    }


@pytest.mark.parametrize(
    ("choice", "text"),
    [("ours", "Van Els.\n"), ("theirs", "Van Jan.\n"), ("both", "Van Els.\nVan Jan.\n")],
)
def test_a_text_is_chosen_or_both_are_kept(els: Colleague, choice: Choice, text: str) -> None:
    decide(els.report, found(els)["stand_van_zaken"], choice)
    assert els.value("1.1.1", STAND) == text
    assert "stand_van_zaken" not in found(els)


def test_amounts_are_never_both(els: Colleague) -> None:
    with pytest.raises(ConflictError):
        decide(els.report, found(els)["lasten_wijziging_2026"], "both")


def test_a_file_that_is_no_element_keeps_its_layout(els: Colleague) -> None:
    decide(els.report, found(els)["organisatie"], "theirs")
    text = (els.root / "report.toml").read_text(encoding="utf-8")
    assert text.startswith("# met de hand\n")
    assert 'organisatie = "Van Jan."' in text
    assert "conflict" not in text


def test_when_all_is_decided_nothing_is_left_and_it_can_be_shared(els: Colleague) -> None:
    for each in found(els).values():
        decide(els.report, each, "theirs")
    assert open_conflicts_of(els.report) == []
    assert not [f for f in check_report(els.report) if f.code.startswith("G")]
    assert els.share().end == "shared"


def test_the_command_lists_and_decides(els: Colleague, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(els.root)
    assert main(["conflicts", "--report", root]) == 1
    shown = capsys.readouterr().out
    assert "hier: 170.000" in shown
    assert "de ander: 190.000" in shown
    address = "/".join(AMOUNT)
    assert address in shown
    assert main(["conflicts", "both", "1.1.1", address, "--report", root]) == 1
    assert "Alleen van teksten" in capsys.readouterr().err
    assert main(["conflicts", "theirs", "1.1.1", address, "--report", root]) == 1
    assert els.value("1.1.1", AMOUNT) == 190000
    assert main(["conflicts", "ours", "--report", root]) == 0
    assert "stavaza share" in capsys.readouterr().out
    assert els.share().end == "shared"
