"""An import into a folder: all files or none, and nobody's work is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza import files
from stavaza.check import check_report
from stavaza.page_import import Plan, import_page, plan_import, write
from stavaza.store import open_report
from stavaza.tree import Report
from tests.stavaza.page_import.small_page import PIECES, text
from tests.stavaza.page_import.test_random_pages import template

NOW = ("moment", "vgr2")


def planned(root: Path, *pages: str, take_over: bool = False) -> Plan:
    results = [
        import_page(page, f"pagina-{number}.txt", template())
        for number, page in enumerate(pages, 1)
    ]
    return plan_import(root, template(), results, "Rivierdam", take_over=take_over)


def imported(root: Path, *pages: str, take_over: bool = False) -> Report:
    plan = planned(root, *pages, take_over=take_over)
    assert not plan.blocked, [finding.message for finding in plan.findings]
    write(plan)
    return opened(root)


def opened(root: Path) -> Report:
    report, findings = open_report(root)
    assert report is not None
    assert findings == []
    return report


def content(root: Path) -> dict[str, bytes]:
    """All files below a folder but for locks."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".stavaza" not in path.parts
    }


def other_programme() -> str:
    return text().replace("6.", "7.").replace("Sociaal domein", "Milieu")


def test_a_new_folder_gets_all_that_a_report_needs(tmp_path: Path) -> None:
    root = tmp_path / "diep" / "rapport"
    report = imported(root, text())
    goal = next(e.id for e in report.elements.values() if e.kind == "doel")
    assert set(content(root)) == {
        ".gitattributes",
        ".gitignore",
        "report.toml",
        "rest.toml",
        *(f"6-sociaal-domein/{name}.toml" for name in ("6", "6.1", "6.1.1", "6.1.4", goal)),
    }
    assert (report.meta.organisation, report.meta.year, report.meta.current) == (
        "Rivierdam",
        2026,
        "vgr2",
    )
    assert b"eol=lf" in content(root)[".gitattributes"]
    assert check_report(report) == []


def test_a_second_page_joins_the_report(tmp_path: Path) -> None:
    imported(tmp_path, text())
    before = content(tmp_path)
    report = imported(tmp_path, other_programme())
    assert [e.id for e in report.children(None)] == ["6", "7"]
    after = content(tmp_path)
    assert {name: after[name] for name in before} == before


def test_several_pages_come_in_together(tmp_path: Path) -> None:
    report = imported(tmp_path / "rapport", text(), other_programme())
    assert len(report.elements) == 10


def test_codes_that_exist_are_refused_and_no_file_changes(tmp_path: Path) -> None:
    imported(tmp_path, text())
    before = content(tmp_path)
    plan = planned(tmp_path, other_programme(), text())
    assert plan.blocked
    found = [finding for finding in plan.findings if finding.severity == "error"]
    assert [finding.code for finding in found] == ["I004"]
    assert "6.1.4" in found[0].message
    assert content(tmp_path) == before


def test_taking_over_changes_what_the_page_says_and_keeps_the_rest(tmp_path: Path) -> None:
    report = imported(tmp_path, text())
    path = report.elements["6.1.1"].source
    assert path is not None
    own = '\n[begroting.663884]\nomschrijving = "Beheer"\nlasten_primitief_2026 = 150000\n'
    path.path.write_bytes(
        path.raw.replace(b"jaar_realisatie", b'eigenaar = "wijk"\njaar_realisatie') + own.encode()
    )
    page = text(first=PIECES["first"].replace("zijn open", "zijn weer open"))
    after = imported(tmp_path, page, take_over=True).elements["6.1.1"]
    assert after.get((*NOW, "stand_van_zaken")) == "Alle buurthuizen zijn weer open.\n"
    assert after.get(("eigenaar",)) == "wijk"
    assert after.get(("begroting", "663884", "lasten_primitief_2026")) == 150000


def test_taking_over_the_same_page_changes_no_byte(tmp_path: Path) -> None:
    imported(tmp_path, text())
    before = content(tmp_path)
    imported(tmp_path, text(), take_over=True)
    assert content(tmp_path) == before


def test_an_earlier_document_adds_its_moment_to_the_report(tmp_path: Path) -> None:
    imported(tmp_path, text())
    earlier = text(
        title="1e Voortgangsrapportage 2026\n\nVastgesteld in juni",
        first=PIECES["first"].replace("zijn open", "gaan open"),
    )
    report = imported(tmp_path, earlier, take_over=True)
    element = report.elements["6.1.1"]
    assert element.get(("moment", "vgr1", "stand_van_zaken")) == "Alle buurthuizen gaan open.\n"
    assert element.get((*NOW, "stand_van_zaken")) == "Alle buurthuizen zijn open.\n"
    assert report.meta.current == "vgr2"
    moment = report.moment("vgr1")
    assert moment is not None
    assert moment.header == ("Vastgesteld in juni",)


def test_a_report_file_laid_out_by_hand_keeps_its_comments(tmp_path: Path) -> None:
    imported(tmp_path, text())
    meta = tmp_path / "report.toml"
    own = b"# van ons\r\n" + meta.read_bytes().replace(b"\n", b"\r\n")
    meta.write_bytes(own)
    footer = "Deze pagina is gebouwd op 11/19/2026 10:08:33 met de export van 11/19/2026 10:00:53"
    report = imported(tmp_path, other_programme() + "\n" + footer)
    assert report.current_moment.printed["export"].minute == 0
    after = meta.read_bytes()
    assert after.startswith(b"# van ons\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_what_could_not_be_placed_is_in_the_rest_with_line_and_reason(tmp_path: Path) -> None:
    page = text(theme="Wat kost het?\n\nLosse regel onder de kosten.\n\n6.1 Meedoen")
    report = imported(tmp_path, page)
    found = [finding for finding in check_report(report) if finding.code == "C004"]
    number = page.split("\n").index("Losse regel onder de kosten.") + 1
    assert [finding.params["text"] for finding in found] == ["Losse regel onder de kosten."]
    assert f'[rest.{number:04}]\nbron = "pagina-1.txt"\nregel = {number}\n' in (
        tmp_path / "rest.toml"
    ).read_text(encoding="utf-8")


def test_the_rest_of_two_pages_stands_side_by_side_and_goes_with_its_page(tmp_path: Path) -> None:
    loose = "Wat kost het?\n\nLosse regel.\n\n6.1 Meedoen"
    results = [
        text(theme=loose),
        other_programme().replace("7.1 Meedoen", "Wat kost het?\n\nOok los.\n\n7.1 Meedoen", 1),
    ]
    imported(tmp_path, *results)
    rest = (tmp_path / "rest.toml").read_text(encoding="utf-8")
    assert "Losse regel." in rest
    assert "Ook los." in rest
    imported(tmp_path, text(), take_over=True)
    rest = (tmp_path / "rest.toml").read_text(encoding="utf-8")
    assert "Losse regel." not in rest
    assert "Ook los." in rest


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (text(title="2e Voortgangsrapportage 2027"), "I005"),
        ("Een heel andere pagina", "I002"),
        ("", "I001"),
    ],
)
def test_a_page_that_does_not_belong_stops_the_whole_import(
    tmp_path: Path, page: str, code: str
) -> None:
    imported(tmp_path, text())
    before = content(tmp_path)
    plan = planned(tmp_path, other_programme(), page)
    assert plan.blocked
    assert code in [finding.code for finding in plan.findings]
    assert content(tmp_path) == before


def test_a_folder_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "rapport").write_text("iets", encoding="utf-8")
    plan = planned(tmp_path / "rapport", text())
    assert [finding.code for finding in plan.findings] == ["I017"]


def test_a_file_that_is_in_the_way_is_named_and_stays(tmp_path: Path) -> None:
    (tmp_path / "6-sociaal-domein").mkdir()
    mine = tmp_path / "6-sociaal-domein" / "6.1.4.toml"
    mine.write_text("van mij", encoding="utf-8")
    plan = planned(tmp_path, text())
    assert [finding.code for finding in plan.findings] == ["I017"]
    assert "6.1.4.toml" in plan.findings[0].message
    assert content(tmp_path) == {"6-sociaal-domein/6.1.4.toml": b"van mij"}


@pytest.mark.parametrize("exists", [True, False])
@pytest.mark.parametrize("after", [0, 1, 4])
def test_a_disk_that_gives_up_halfway_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool, after: int
) -> None:
    root = tmp_path / "map" / "rapport"
    page = text()
    if exists:
        imported(root, text())
        page = other_programme()
    before = content(tmp_path)
    plan = planned(root, page)
    calls = []
    real = files.write_safely

    def failing(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == after + 1:
            raise OSError(28, "No space left on device")
        real(path, data)

    monkeypatch.setattr("stavaza.page_import.folder.write_safely", failing)
    with pytest.raises(OSError, match="No space"):
        write(plan)
    assert content(tmp_path) == before
    assert list(tmp_path.rglob("*.tmp")) == []
    assert (tmp_path / "map").exists() == exists


def test_a_text_between_a_theme_and_its_first_activity_describes_the_theme(tmp_path: Path) -> None:
    page = text(theme="6.1 Meedoen\n\nInwoners doen mee.\nDat blijft zo.")
    report = imported(tmp_path, page)
    assert report.elements["6.1"].get(("omschrijving",)) == "Inwoners doen mee.\\\nDat blijft zo.\n"
    assert not [finding for finding in check_report(report) if finding.code == "C004"]
