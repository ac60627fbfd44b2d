"""How a share is written is the template's: page, app, sentence, and what is read back."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from stavaza.check import check_report
from stavaza.notation import read_number
from stavaza.page_import import import_page
from stavaza.places import templates_dir
from stavaza.publish import publish
from stavaza.references import shown_reference
from stavaza.store import open_report
from stavaza.tree import Report
from tests.stavaza.examples import folder
from tui.widgets.derived_lines import derived_tables_of

SHARE = "lasten_en_baten/aandeel/lasten_primitief_2026"
SAID = 'notatie_aandeel = "procenten"\n'
TEMPLATE = templates_dir() / "programmabegroting" / "template.toml"


def report_with(root: Path, notation: str, *, decimals: str = "") -> Report:
    """The example with a template of its own, which says how shares are written."""
    shutil.copytree(folder("programmabegroting"), root)
    own = root / "sjablonen" / "eigen"
    own.mkdir(parents=True)
    text = TEMPLATE.read_text(encoding="utf-8").replace("decimalen = 1\n", decimals + SAID)
    text = text.replace(
        "[soort.programma]\n", f"[notatie.procenten]\n{notation}\n[soort.programma]\n", 1
    )
    (own / "template.toml").write_text(text, encoding="utf-8")
    meta = root / "report.toml"
    changed = meta.read_text(encoding="utf-8").replace('"programmabegroting"', '"eigen"')
    meta.write_text(changed, encoding="utf-8")
    report, findings = open_report(root)
    assert report is not None, findings
    assert findings == []
    return report


@pytest.mark.parametrize(
    ("notation", "form"),
    [
        ('decimalen = 2\nachtervoegsel = " procent"\n', r"\d+,\d{2}\u00a0procent"),
        ('decimalen = 0\nachtervoegsel = "%"\n', r"\d+%"),
        ('achtervoegsel = " %"\n', r"\d+,\d\u00a0%"),
    ],
)
def test_page_app_and_sentence_write_a_share_alike(
    tmp_path: Path, notation: str, form: str
) -> None:
    report = report_with(tmp_path / "r", notation)
    top = report.elements["6"]
    said = shown_reference(report, top, SHARE)
    assert re.fullmatch(form, said)
    lines = [line for _derivation, lines in derived_tables_of(report, top) for line in lines]
    assert said in [shown for _label, shown_cells, _total in lines for shown in shown_cells]
    publish(report, tmp_path / "uit")
    html = (tmp_path / "uit" / "programma-6.html").read_text(encoding="utf-8")
    assert said in html.replace("&nbsp;", "\u00a0")
    page = import_page(html.encode(), "programma-6.html", report.template)
    kept = page.by_id["6"].data["gedrukt"][SHARE]["bedrag"]
    figure = read_number(re.split(r"[^0-9,]", said)[0])
    assert figure is not None
    assert kept == Decimal(figure)
    assert page.rest == []


def test_a_printed_share_that_is_off_is_told_in_that_notation(tmp_path: Path) -> None:
    report = report_with(tmp_path / "r", 'decimalen = 2\nachtervoegsel = " procent"\n')
    top = report.elements["6"]
    amount = sum(row.get("lasten_primitief_2026", 0) for row in top.rows("begroting").values())
    top.set(("gedrukt", SHARE), {"bedrag": 12, "teller": amount})
    (found,) = [finding for finding in check_report(report) if finding.code == "C007"]
    assert found.params["printed"] == "12,00\u00a0procent"


@pytest.mark.parametrize(
    ("notation", "decimals"),
    [('symbool = "€ "\n', ""), ('decimalen = 2\nachtervoegsel = "%"\n', "decimalen = 1\n")],
)
def test_a_notation_that_cannot_tell_a_share_is_a_fault_of_the_template(
    tmp_path: Path, notation: str, decimals: str
) -> None:
    with pytest.raises(AssertionError) as told:
        report_with(tmp_path / "r", notation, decimals=decimals)
    assert "T006" in str(told.value)
