"""What a page with goals leaves uncertain is told with its line, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path

from stavaza.page_import import ImportResult, import_page, plan_import, told_by, write
from stavaza.source import Data
from stavaza.store import open_report
from tests.stavaza.page_import.importing import read, shipped

HEAD = "Begroting 2026\n\nMeedoen\n\nOmschrijving\n\nIedereen telt mee."
PAIRS = """\
  • Doelstelling
  • Prestatie

Toon prestaties bij doelstellingen

  • Doel een.

  • Werk een.

    €12.500

  • Doel twee.

  • Doel een.

  • Doel twee.

  • Werk een.

    €12.500"""
YEARS = """\
Financiën

Exploitatie

(bedragen × €1.000)

20252026202720282029
Lasten12.40012.61112.48012.37712.377
Baten3.1202.9872.9902.9902.991
Saldo-9.280-9.624-9.490-9.387-9.387"""


def page(*blocks: str) -> ImportResult:
    return read("\n\n".join([HEAD, *blocks]), "begroting_doelen")


def programme(result: ImportResult) -> Data:
    return next(element.data for element in result.elements if element.kind == "programma")


def codes(result: ImportResult) -> list[str]:
    return [f.code for f in result.findings if f.code not in ("I015", "I022")]


def left(result: ImportResult) -> list[str]:
    return [line.text for line in result.rest]


def test_the_page_itself_comes_in_with_one_figure_as_printed() -> None:
    result = page(PAIRS, YEARS)
    assert (left(result), codes(result)) == ([], ["I031"])
    assert programme(result)["gedrukt"] == {
        "exploitatie/totaal/saldo_2029": {"bedrag": -9387000, "berekend": -9386000}
    }
    assert programme(result)["exploitatie"]["meedoen"]["lasten_2026"] == 12611000


def test_a_budget_that_is_not_clear_goes_to_the_rest() -> None:
    result = page(PAIRS.replace("€12.500", "€12.50"), YEARS)
    assert left(result) == ["€12.50"]
    assert not any("budget" in element.data for element in result.elements)


def test_a_phrase_for_a_budget_is_kept_and_told() -> None:
    result = page(PAIRS.replace("€12.500", "Uit het budget van de wijken"), YEARS)
    (work,) = [element.data for element in result.elements if element.kind == "prestatie"]
    assert work["budget"] == {"opmerking": "Uit het budget van de wijken"}
    assert "I030" in codes(result)


def test_a_row_that_can_be_split_in_two_ways_goes_to_the_rest_and_gives_no_figures() -> None:
    result = page(PAIRS, YEARS.replace("3.1202.9872.9902.9902.991", "84591.2342.9872.9902.991"))
    assert left(result) == ["Baten84591.2342.9872.9902.991"]
    assert "baten_2025" not in programme(result)["exploitatie"]["meedoen"]


def test_years_that_the_report_has_not_are_left_over() -> None:
    result = page(PAIRS, YEARS.replace("20252026202720282029", "20302031203220332034"))
    assert result.year == 2026
    assert len(left(result)) == 3
    assert "exploitatie" not in programme(result)


def test_a_figure_that_is_still_unknown_goes_to_the_rest_and_the_others_stay() -> None:
    cells = ["2025", "2026", "2027", "2028", "2029", "Lasten", "1", "2", "PM", "4", "5"]
    result = page(PAIRS, "Financiën", "(bedragen × €1.000)", *cells)
    assert left(result) == ["PM"]
    assert programme(result)["exploitatie"]["meedoen"] == {
        "lasten_2025": 1000,
        "lasten_2026": 2000,
        "lasten_2028": 4000,
        "lasten_2029": 5000,
    }


def test_the_caption_of_the_page_says_what_its_figures_are_in() -> None:
    euros = YEARS.replace("(bedragen × €1.000)", "(bedragen in euro's)")
    result = page(PAIRS, euros)
    assert programme(result)["exploitatie"]["meedoen"]["lasten_2026"] == 12611


def test_rows_that_the_report_has_already_are_not_counted_twice(tmp_path: Path) -> None:
    root, template = tmp_path / "rapport", shipped("begroting_doelen")
    text = "\n\n".join([HEAD, PAIRS, YEARS])
    write(plan_import(root, template, [import_page(text, "a.txt", template)], "Rivierdam"))
    (path,) = [p for p in root.rglob("*.toml") if "[exploitatie.meedoen]" in p.read_text("utf-8")]
    written = path.read_text("utf-8").replace("[exploitatie.meedoen]", "[exploitatie.zorg]")
    path.write_text(written, "utf-8")
    report, _findings = open_report(root)
    assert report is not None
    again = import_page(text, "a.txt", template, told=told_by(report))
    write(plan_import(root, template, [again], "Rivierdam", take_over=True))
    assert "[exploitatie.zorg]" in path.read_text("utf-8")
    assert "[exploitatie.meedoen]" not in path.read_text("utf-8")
