"""Shares of a whole that is elsewhere stay as printed, until all pages are there."""

from __future__ import annotations

from pathlib import Path

from stavaza.check import check_report
from stavaza.page_import import import_page, plan_import, told_by, write
from stavaza.publish import publish
from stavaza.store import open_report
from stavaza.tree import Report
from tests.stavaza.page_import.importing import shipped

NAMES = {"1": "Bestuur", "2": "Wijken", "3": "Zorg"}
AMOUNTS = {"1": (500, 1000), "2": (300, 500), "3": (200, 500)}
SHARES = {"1": ("50,0%", "50,0%"), "2": ("30,0%", "25,0%"), "3": ("20,0%", "25,0%")}


def page(code: str, shares: tuple[str, str] | None = None) -> bytes:
    (out, income), (first, second) = AMOUNTS[code], shares or SHARES[code]
    return f"""\
Programmabegroting 2026

{code}. {NAMES[code]}

Algemeen

Omschrijving

Dit is programma {code}.

Wat willen we?

Goed werk.

Lasten & baten

bedragen x € 1.000

{out}

{first}

{income}

{second}
""".encode()


def imported(root: Path, *codes: str, shares: tuple[str, str] | None = None) -> list[str]:
    """Import these pages in one go; the codes of the findings, without that of missing parts."""
    template = shipped("programmabegroting")
    report = open_report(root)[0] if root.exists() else None
    told = told_by(report) if report is not None else None
    results = [import_page(page(code, shares), f"{code}.txt", template, told) for code in codes]
    plan = plan_import(root, template, results, "Rivierdam")
    write(plan)
    return [finding.code for finding in plan.findings if finding.code != "I040"]


def opened(root: Path) -> Report:
    report, findings = open_report(root)
    assert report is not None
    assert findings == []
    return report


def test_one_page_keeps_its_shares_as_printed(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    assert imported(root, "2") == ["I028"]
    report = opened(root)
    assert report.incomplete == {"programma", "paragraaf"}
    assert check_report(report) == []
    publish(report, tmp_path / "uit")
    text = (tmp_path / "uit" / "programma-2.html").read_text(encoding="utf-8")
    assert "30,0%" in text
    assert "25,0%" in text


def test_with_the_last_page_shares_are_computed_and_nothing_printed_is_kept(
    tmp_path: Path,
) -> None:
    root = tmp_path / "rapport"
    imported(root, "2")
    assert imported(root, "1") == []
    assert opened(root).incomplete == {"programma", "paragraaf"}
    assert imported(root, "3") == ["I029"]
    report = opened(root)
    assert report.incomplete == {"paragraaf"}
    assert check_report(report) == []
    for element in report.elements.values():
        assert "gedrukt" not in element.data
    publish(report, tmp_path / "uit")
    assert "30,0%" in (tmp_path / "uit" / "programma-2.html").read_text(encoding="utf-8")


def test_a_share_that_rounding_explains_stays_as_printed(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    imported(root, "1", "3")
    assert imported(root, "2", shares=("30,1%", "25,0%")) == ["I029"]
    report = opened(root)
    assert list(report.elements["2"].data["gedrukt"]) == [
        "lasten_en_baten/aandeel/lasten_primitief_2026"
    ]
    assert {finding.code for finding in check_report(report)} <= {"C006"}


def test_the_printed_sum_is_not_counted_beside_the_rows_of_the_report(tmp_path: Path) -> None:
    root = tmp_path / "rapport"
    imported(root, "2")
    report = opened(root)
    path = report.elements["2"].source
    assert path is not None
    text = path.path.read_text(encoding="utf-8").replace(
        "[begroting.lasten-baten]", "[begroting.10]"
    )
    path.path.write_text(text.replace("300000", "299900"), encoding="utf-8")
    template = shipped("programmabegroting")
    for wanted, lasten in (([], "300"), (["I027"], "310")):
        data = page("2").replace(b"\n300\n", f"\n{lasten}\n".encode())
        result = import_page(data, "2.txt", template, 2026)
        plan = plan_import(root, template, [result], take_over=True)
        assert not plan.blocked
        assert [f.code for f in plan.findings if f.code == "I027"] == wanted
        assert plan.report is not None
        assert list(plan.report.elements["2"].rows("begroting")) == ["10"]
