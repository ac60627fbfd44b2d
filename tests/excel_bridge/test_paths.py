r"""Paths as Windows has them: shares, drive letters, capitals, SharePoint, very long ones."""

from __future__ import annotations

import os
from pathlib import Path, PureWindowsPath

import pytest

from excel_bridge import paths, sync
from excel_bridge.in_use import says_cloud
from excel_bridge.links import link_file
from excel_bridge.paths import inside_of, is_there, same_file
from excel_bridge.roots import PlaceError, config_file, known_roots, split_place
from tests.excel_bridge import workbooks
from tests.excel_bridge.fakes import LASTEN, LINK, make_report


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAVAZA_HOME", str(tmp_path_factory.mktemp("thuis")))


def settings(text: str) -> None:
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(text, encoding="utf-8")


SHARE = PureWindowsPath(r"\\srv-fin\Financien$\Begroting")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (r"\\srv-fin\Financien$\Begroting\2026\raming.xlsx", ("financien", "2026/raming.xlsx")),
        (r"\\SRV-FIN\FINANCIEN$\begroting\Raming.xlsx", ("financien", "Raming.xlsx")),
        (r"h:\Rapport\Bijlagen\a b é.xlsx", ("rapport", "Bijlagen/a b é.xlsx")),
        (r"\\srv-fin\Ander\Begroting\raming.xlsx", None),
        (r"\\srv\Financien$\Begroting\raming.xlsx", None),
        (r"H:\Rapportage\raming.xlsx", None),
    ],
)
def test_a_workbook_on_a_share_is_named_by_its_folder(
    path: str, found: tuple[str, str] | None
) -> None:
    folders = {"rapport": PureWindowsPath("H:/Rapport"), "financien": SHARE}
    place = inside_of(PureWindowsPath(path), folders)
    assert (place and (place[0], place[1].as_posix())) == found


@pytest.mark.parametrize(
    "inside",
    [r"\\srv\deel\a.xlsx", "//srv/deel/a.xlsx", r"H:\a.xlsx", "H:a.xlsx", r"..\a.xlsx", "~/a.xlsx",
     "a.xlsx:geheim.xlsx", r"\\?\C:\a.xlsx", "nul.xlsx", "map ./a.xlsx"],
)  # fmt: skip
def test_a_link_never_leads_to_a_share_or_drive_of_its_own(inside: str) -> None:
    with pytest.raises(PlaceError):
        split_place(f"rapport:{inside}")


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        (r"\\gemeente.sharepoint.com@SSL\DavWWWRoot\sites\fin\a.xlsx", True),
        (r"\\gemeente-my.sharepoint.com\personal\a.xlsx", True),
        (r"D:\Profielen\jan\OneDrive - Gemeente Rivierdam\a.xlsx", True),
        (r"D:\Profielen\jan\ONEDRIVE\a.xlsx", True),
        (r"\\srv-fin\OneDrive\Begroting\a.xlsx", False),
        (r"H:\Financien\onedrive.xlsx", False),
    ],
)
def test_sharepoint_is_known_by_its_share_and_onedrive_by_its_folder(
    path: str, *, cloud: bool
) -> None:
    assert says_cloud(PureWindowsPath(path)) is cloud


@pytest.mark.parametrize("folder", ["Financien", r"\srv\Financien", "../Financien"])
def test_a_folder_that_begins_nowhere_is_a_finding_and_no_folder(
    tmp_path: Path, folder: str
) -> None:
    settings(f"[mappen]\nfinancien = '{folder}'\n")
    roots, (finding,) = known_roots(tmp_path)
    assert roots == {"rapport": tmp_path}
    assert (finding.code, finding.line, finding.params["value"]) == ("X056", 2, folder)


def test_files_without_a_number_are_one_only_if_their_paths_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "a" / "begroting.xlsx", tmp_path / "b" / "begroting.xlsx"
    for path in (one, other):
        path.parent.mkdir()
        path.write_bytes(b"")
    link = tmp_path / "c.xlsx"
    link.hardlink_to(one)
    assert same_file(one, link)
    real = Path.stat

    def numberless(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = list(real(path, follow_symlinks=follow_symlinks))
        found[1] = found[2] = 0
        return os.stat_result(found)

    monkeypatch.setattr(Path, "stat", numberless)
    assert same_file(one, tmp_path / "b" / ".." / "a" / "begroting.xlsx")
    assert not same_file(one, other)


def test_a_share_that_hangs_up_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = make_report(tmp_path, {("6.1.3", "663884"): {LASTEN: 1000}})
    desk = workbooks.desk()
    real = Path.stat

    def hang_up(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "begroting.xlsx":
            raise OSError(22, "network name is gone")
        return real(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", hang_up)
        assert not is_there(tmp_path / "begroting.xlsx")
        assert [found.code for found in sync.plan(report, desk=desk).all_findings()] == ["X011"]
    gone = tmp_path / "weg"
    settings(f"[mappen]\nfinancien = '{gone}'\n")
    text = LINK.replace("rapport:", "financien:2026/")
    link_file(tmp_path, "begroting").write_text(text, encoding="utf-8")
    (finding,) = sync.plan(report, desk=desk).all_findings()
    assert (finding.code, finding.params["folder"]) == ("X054", str(gone))
    gone.mkdir()
    assert [f.code for f in sync.plan(report, desk=desk).all_findings()] == ["X011"]
    monkeypatch.setattr(paths, "LONGEST", 20)
    monkeypatch.setattr(paths, "_ON_WINDOWS", True)
    assert [f.code for f in sync.plan(report, desk=desk).all_findings()] == ["X055"]
