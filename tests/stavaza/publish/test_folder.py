"""The folder with pages: what publishing writes, replaces, cleans up and leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stavaza.files import STATE_FOLDER
from stavaza.publish import PublishError, PublishResult, publish
from stavaza.publish.manifest import MANIFEST
from stavaza.tree import Element, Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED

PAGES = {
    *("index.html", "programma-6.html", "zoekindex.js", MANIFEST),
    *("gegevens", "gegevens/tabellen.json", "gegevens/programma-6__6.1.3-begroting.csv"),
    *(f"gegevens/programma-6__status{name}.csv" for name in ("overzicht", "overzicht-telling")),
    "gegevens/programma-6__begrotingstotaal.csv",
    *(f"gegevens/index__statustelling{name}.csv" for name in ("", "-per-moment")),
}


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path / "verslag"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit" / "web"


def run(report: Report, out: Path, moment: str | None = None) -> PublishResult:
    return publish(report, out, moment, now=BUILT, export_time=EXPORTED)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    files = (path for path in files if STATE_FOLDER not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder: Path) -> set[str]:
    """The files in the folder itself, and those with data."""
    return {path.name for path in folder.iterdir() if path.name != STATE_FOLDER} | {
        path.relative_to(folder).as_posix() for path in folder.glob("gegevens/*")
    }


def second_programme(report: Report) -> None:
    report.elements["7"] = Element("7", {"soort": "programma", "code": "7", "naam": "Milieu"})


def test_publishing_writes_the_pages_and_nothing_in_the_report(report: Report, out: Path) -> None:
    before = contents(report.root)
    result = run(report, out)
    assert contents(report.root) == before
    assert names(out) == PAGES
    assert result.files == (out / "index.html", out / "programma-6.html")
    assert result.findings == ()


def test_publishing_again_changes_nothing_on_disk(report: Report, out: Path) -> None:
    run(report, out)
    before = {name: (out / name).stat().st_mtime_ns for name in contents(out)}
    run(report, out)
    assert {name: (out / name).stat().st_mtime_ns for name in contents(out)} == before


def test_a_page_that_is_no_longer_made_goes(report: Report, out: Path) -> None:
    second_programme(report)
    report.elements["7.1.1"] = Element("7.1.1", {"soort": "activiteit", "ouder": "7"})
    run(report, out)
    assert list((out / "gegevens").glob("programma-7__*"))
    del report.elements["7"], report.elements["7.1.1"]
    result = run(report, out)
    assert result.removed == (out / "programma-7.html",)
    assert names(out) == PAGES


def test_an_old_page_that_somebody_changed_is_left_and_reported(report: Report, out: Path) -> None:
    second_programme(report)
    run(report, out)
    (out / "programma-7.html").write_text("mijn eigen tekst", encoding="utf-8")
    del report.elements["7"]
    result = run(report, out)
    assert [finding.code for finding in result.findings] == ["P003"]
    assert (out / "programma-7.html").read_text(encoding="utf-8") == "mijn eigen tekst"


def test_a_page_that_was_changed_by_hand_is_made_again_and_reported(
    report: Report, out: Path
) -> None:
    run(report, out)
    made = contents(out)
    (out / "programma-6.html").write_text("x", encoding="utf-8")
    result = run(report, out)
    assert [finding.code for finding in result.findings] == ["P004"]
    assert contents(out) == made


def test_files_of_others_in_the_folder_stay(report: Report, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "robots.txt").write_text("eigen", encoding="utf-8")
    (out / "programma-9.html").write_text("eigen", encoding="utf-8")
    result = run(report, out)
    assert result.findings == ()
    assert names(out) == PAGES | {"robots.txt", "programma-9.html"}


def test_a_file_where_earlier_versions_had_a_folder_with_data_stays(
    report: Report, out: Path
) -> None:
    run(report, out)
    listed = json.loads((out / MANIFEST).read_bytes())
    listed["paginas"]["gegevens/programma-9/begroting.csv"] = "0" * 64
    (out / MANIFEST).write_text(json.dumps(listed), encoding="utf-8")
    (out / "gegevens" / "programma-9").write_text("eigen", encoding="utf-8")
    assert run(report, out).findings == ()
    assert (out / "gegevens" / "programma-9").read_text(encoding="utf-8") == "eigen"


def test_a_file_of_somebody_else_is_never_overwritten(report: Report, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "index.html").write_text("eigen", encoding="utf-8")
    with pytest.raises(PublishError, match=r"index\.html"):
        run(report, out)
    assert contents(out) == {"index.html": b"eigen"}


def test_the_pages_of_another_report_are_not_mixed_with_these(report: Report, out: Path) -> None:
    run(report, out)
    before = contents(out)
    report.meta.organisation = "Bergwoude"
    with pytest.raises(PublishError, match="Rivierdam 2026"):
        run(report, out)
    assert contents(out) == before


def test_the_folder_of_a_report_is_refused(report: Report) -> None:
    before = contents(report.root)
    with pytest.raises(PublishError, match="aparte map"):
        run(report, report.root)
    assert contents(report.root) == before


def test_a_file_as_folder_is_refused(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(PublishError, match="bestand"):
        run(report, file)


@pytest.mark.parametrize("text", ["", "[]", '{"verslag": "x", "paginas": []}', "{", "\xff"])
def test_a_damaged_list_of_pages_is_refused(report: Report, out: Path, text: str) -> None:
    out.mkdir(parents=True)
    (out / MANIFEST).write_bytes(text.encode("latin-1"))
    with pytest.raises(PublishError, match=MANIFEST):
        run(report, out)


def test_a_hostile_list_of_pages_deletes_nothing_elsewhere(report: Report, out: Path) -> None:
    run(report, out)
    victim = out.parent / "elders.html"
    victim.write_bytes(b"")
    data = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    victim.with_suffix(".csv").write_bytes(b"")
    for name in (
        *("../elders.html", str(victim), "..\\elders.html", ".html"),
        *("gegevens/../../elders.csv", "gegevens/x/../../../elders.csv", "gegevens/../elders.csv"),
    ):
        data["paginas"][name] = empty
    (out / MANIFEST).write_text(json.dumps(data), encoding="utf-8")
    run(report, out)
    assert victim.exists()
    assert victim.with_suffix(".csv").exists()


def test_data_are_never_written_through_a_link_to_elsewhere(
    report: Report, out: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elders"
    elsewhere.mkdir()
    out.mkdir(parents=True)
    try:
        (out / "gegevens").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(PublishError, match="gegevens"):
        run(report, out)
    assert list(elsewhere.iterdir()) == []


def test_an_unknown_moment_is_refused_with_those_that_exist(report: Report, out: Path) -> None:
    with pytest.raises(PublishError, match="rek, vgr1, vgr2"):
        run(report, out, "vgr9")
    assert not out.exists()


def test_a_report_with_errors_is_published_and_its_errors_are_said(tmp_path: Path) -> None:
    root = make_report(tmp_path / "verslag")
    (root / "6-sociaal-domein" / "stuk.toml").write_text("soort = ", encoding="utf-8")
    result = run(opened(root), tmp_path / "uit")
    assert [finding.code for finding in result.findings] == ["R002"]
    assert (tmp_path / "uit" / "programma-6.html").exists()


def test_pages_inside_the_report_stay_out_of_git_and_elsewhere_they_may_go_in(
    report: Report, out: Path
) -> None:
    inside = report.root / "publicatie"
    run(report, inside)
    assert (inside / ".gitignore").read_bytes() == b"*\n"
    (inside / ".gitignore").write_bytes(b"# eigen keuze\n")
    run(report, inside)
    assert (inside / ".gitignore").read_bytes() == b"# eigen keuze\n"
    run(report, out)
    assert not (out / ".gitignore").exists()


@pytest.mark.parametrize(
    "name", ["6-sociaal-domein", "koppelingen", ".git", ".stavaza/uit", "stadia"]
)
def test_a_folder_in_which_the_report_keeps_files_is_refused(report: Report, name: str) -> None:
    out = report.root / name
    out.mkdir(parents=True, exist_ok=True)
    if name == "6-sociaal-domein":
        (out / "6.9.9.toml").write_text("soort = 'activiteit'\n", encoding="utf-8")
    before = sorted(out.rglob("*"))
    with pytest.raises(PublishError, match="deel van een rapport"):
        publish(report, out, now=BUILT, export_time=EXPORTED)
    assert sorted(out.rglob("*")) == before
