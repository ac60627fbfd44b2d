"""A derived figure is the same on the page, in the app and in check: one test per form.

That a workbook's balances and totals are compared with the same ones: see
`tests/excel_bridge/test_totals.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import derive
from stavaza.amounts import format_dutch
from stavaza.check import check_report
from stavaza.finding import KeyPath
from stavaza.places import example_dir
from stavaza.store import open_report
from stavaza.template import DERIVATION_FORMS
from stavaza.tree import Report
from tests.stavaza.examples import example
from tests.stavaza.publish.reading import Tag, page
from tui.screens.budget_source import BudgetSource
from tui.screens.matrix_source import MatrixSource
from tui.session import Session
from tui.widgets.reading import page_of


@pytest.fixture(scope="module")
def progress() -> Report:
    """The example of a newcomer: activities with statuses and budgets."""
    report, findings = open_report(example_dir())
    assert report is not None, findings
    return report


def app_lines(report: Report, element: str, width: int = 92) -> list[str]:
    session = Session(report)
    return [line.plain for line in page_of(session, report.elements[element], width).lines]


def app_table(report: Report, element: str, label: str) -> dict[str, list[str]]:
    """The lines below a head in the reading pane: label and figures."""
    lines = app_lines(report, element)
    start = next(n for n, line in enumerate(lines) if line.startswith(label))
    found: dict[str, list[str]] = {}
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        words = line.rsplit(maxsplit=max(1, len(line.split()) - 1))
        figures = [word for word in words if word[:1].isdigit() or word[:1] in "-·"]
        found[" ".join(word for word in line.split() if word not in figures)] = figures
    return found


def rows(table: Tag) -> dict[str, list[str]]:
    return {
        row.all("th")[0].text(): [cell.text() for cell in row.all("td")]
        for row in table.all("tr")
        if row.all("td")
    }


def budget_source(report: Report, element: str) -> BudgetSource:
    spec = report.template.kinds["activiteit"].fields["begroting"]
    return BudgetSource(Session(report), element, spec, lambda *_: None)


def computed_by_check(report: Report, element: str, path: KeyPath, **extra: object) -> str:
    """What check says that a derived figure is, when a printed one is far off."""
    holder = report.elements[element]
    before = holder.snapshot()
    holder.set(("gedrukt", "/".join(path)), {"bedrag": 10**9, **extra})
    (finding,) = [f for f in check_report(report) if f.code == "C007"]
    holder.data = before
    return finding.params["computed"]


def test_every_form_of_derivation_has_its_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [form for form in DERIVATION_FORMS if f"_{form}_" not in text] == []


def test_a_matrix_is_the_same_on_the_page_and_in_the_app(progress: Report) -> None:
    table = page(progress, "programma-6.html").by_class("matrix")[0]
    on_page = {
        row.all("th")[0].text(): [cell.text() for cell in row.all("td")][1:]
        for row in table.all("tr")
        if row.all("td")
    }
    source = MatrixSource(Session(progress), "status")
    shown = [n for n, row in enumerate(source.rows) if row.field and row.element.id[0] == "6"]
    in_app = {
        progress.heading(source.rows[n].element): [
            source.cell(n, column).text.lstrip("✓✗○ ").replace("·", "")
            for column in range(len(source.moments))
        ]
        for n in shown
    }
    plain = {name: [cell.lstrip("✓✗○ ") for cell in cells] for name, cells in on_page.items()}
    assert [[c.replace("–", "") for c in cells] for cells in plain.values()] == list(
        in_app.values()
    )


def test_a_telling_is_the_same_on_the_page_and_in_the_app(progress: Report) -> None:
    derivation = progress.template.derivations["statustelling"]
    counts = derive.counts(progress, derivation, "6", "vgr2")
    expected = {c.status.label: str(c.number) for c in counts if c.status and c.number}
    lines = app_lines(progress, "6")
    for label, number in expected.items():
        assert any(line.split()[:1] == [number] and label in line for line in lines), label
    source = MatrixSource(Session(progress), "status")
    column = [moment.key for moment in source.moments].index("vgr2")
    everything = derive.counts(progress, derivation, None, "vgr2")
    assert source.counts(column) == [(c.status, c.number) for c in everything]


def test_a_som_is_the_same_on_the_page_in_the_app_and_in_check(progress: Report) -> None:
    derivation = progress.template.derivations["begrotingstotaal"]
    found = derive.sum_table(progress, derivation, "6")
    in_app = app_table(progress, "6", derivation.label)
    table = page(progress, "programma-6.html").by_class("bedragen")[-1]
    balance = [
        format_dutch(found.total[key] or 0)
        for key in found.total
        if key.startswith("saldo") and found.total[key] is not None
    ]
    assert in_app["Saldo"] == balance
    lines = [line for line in rows(table).values() if line == balance]
    assert lines, rows(table)
    element, amounts = found.rows[0]
    key = next(key for key in amounts if key.startswith("saldo") and amounts[key] is not None)
    said = computed_by_check(
        progress, element.id, ("begroting", "totaal", key), berekend=amounts[key]
    )
    assert said == format_dutch(amounts[key] or 0)
    source = budget_source(progress, element.id)
    number = [column.key for column in source.year_columns].index(key)
    assert source.cell(source.row_count - 1, number).text == said


def test_an_aandeel_is_the_same_on_the_page_in_the_app_and_in_check() -> None:
    report = example("programmabegroting")
    table = page(report, "programma-6.html").by_class("bedragen")[-1]
    share = rows(table)["Lasten"][1]
    assert app_table(report, "6", "Lasten & baten")["Lasten"][1] == share
    path = ("lasten_en_baten", "aandeel", "lasten_primitief_2026")
    amount = derive.totals(
        report, report.template.kinds["programma"].fields["begroting"], report.elements["6"]
    )["lasten_primitief_2026"]
    assert computed_by_check(report, "6", path, teller=amount) == share


def test_a_drempel_is_the_same_on_the_page_in_the_app_and_in_check() -> None:
    report = example("voortgang_taakvelden")
    table = rows(page(report, "taakveld-6.1.html").one("table"))
    label = "Totaal effect begrotingssaldo 2026 taakveld 6.1"
    lines = app_lines(report, "6.1")
    assert lines[-1].split()[-1] == table[label][0]
    path = ("effect_op_saldo", "totaal", "bedrag")
    assert computed_by_check(report, "6.1", path, berekend=-183919) == table[label][0]


def test_a_jaren_table_is_the_same_on_the_page_in_the_app_and_in_check() -> None:
    report = example("begroting_doelen")
    programme = report.elements["3"]
    programme.set(("gedrukt",), None)
    table = rows(page(report, "programma-3.html").all("table")[-1])
    in_app = app_table(report, "3", "Exploitatie")
    notation = report.template.notation("duizenden")
    spec = report.template.kinds["programma"].fields["exploitatie"]
    totals = derive.totals(report, spec, programme)
    balance = [totals[f"saldo_{year}"] for year in range(2025, 2030)]
    assert in_app["Saldo"] == [format_dutch(amount or 0) for amount in balance]
    assert table["Saldo"] == [notation.show(amount or 0) for amount in balance]
    path = ("exploitatie", "totaal", "saldo_2027")
    assert computed_by_check(report, "3", path, berekend=balance[2]) == format_dutch(
        balance[2] or 0
    )


def test_a_printed_total_is_what_page_and_app_both_show(progress: Report) -> None:
    holder = next(e for e in progress.elements.values() if len(e.rows("begroting")) > 1)
    before = holder.snapshot()
    spec = progress.template.kinds["activiteit"].fields["begroting"]
    key = f"lasten_primitief_{progress.meta.year}"
    total = derive.totals(progress, spec, holder)[key]
    printed = {"bedrag": (total or 0) + 1, "berekend": total}
    holder.set(("gedrukt", f"begroting/totaal/{key}"), printed)
    shown = format_dutch((total or 0) + 1)
    source = budget_source(progress, holder.id)
    number = [column.key for column in source.year_columns].index(key)
    assert source.cell(source.row_count - 1, number).text == shown
    pages = [page(progress, f"programma-{code}.html").text() for code in ("2", "6")]
    assert any(shown in text for text in pages)
    holder.data = before
