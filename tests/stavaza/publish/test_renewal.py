"""Publishing again makes what changed and leaves the rest, and ends where a fresh start would."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stavaza import derive
from stavaza.check import check_report, page_findings
from stavaza.check_figures import ON_A_PAGE
from stavaza.publish import PublishResult, keys, parts, publish
from stavaza.publish import folder as publication_folder
from stavaza.source import Source
from stavaza.store import open_report
from stavaza.template import Field
from stavaza.template_reader import load_template
from stavaza.tree import Element, Report
from tests.stavaza.examples import NAMES, example
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED
from tests.stavaza.publish.test_folder import contents

LATER = datetime(2027, 1, 1, 12, 0, 0)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Two programmes; the second refers to a figure of the first."""
    found = opened(make_report(tmp_path / "verslag"))
    for element_id, parent, kind in (("7", "", "programma"), ("7.1", "7", "thema")):
        data = {"soort": kind, "code": element_id, "naam": "Milieu"}
        found.elements[element_id] = Element(
            element_id, data | ({"ouder": parent} if parent else {})
        )
    found.elements["7.1.1"] = Element(
        "7.1.1",
        {
            "soort": "activiteit",
            "code": "7.1.1",
            "ouder": "7.1",
            "naam": "Meten",
            "omschrijving": "Samen [[6.1.3/begroting/663884/lasten_primitief_2026]] euro.\n",
        },
    )
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "uit"


def run(report: Report, out: Path, now: datetime = BUILT) -> PublishResult:
    return publish(report, out, now=now, export_time=EXPORTED)


def changed_pages(report: Report, out: Path, change: Callable[[], object]) -> set[str]:
    """The pages that get another build time by publishing after a change."""
    run(report, out)
    before = contents(out)
    change()
    result = run(report, out, LATER)
    after = contents(out)
    made = {name for name in after if after[name] != before.get(name) and name.endswith("html")}
    assert result.made == len(made)
    return made


ALL = {"index.html", "programma-6.html", "programma-7.html"}


def test_nothing_is_made_again_when_nothing_changed(report: Report, out: Path) -> None:
    assert run(report, out).made == 3
    before = contents(out)
    assert run(report, out, LATER).made == 0
    assert contents(out) == before


def test_everything_is_made_again_when_that_is_asked(report: Report, out: Path) -> None:
    run(report, out)
    again = publish(report, out, now=LATER, export_time=EXPORTED, everything=True)
    assert again.made == 3
    assert b"1-1-2027 12:00:00" in contents(out)["programma-7.html"]


def test_a_changed_text_makes_its_page_only(report: Report, out: Path) -> None:
    path = ("moment", "vgr2", "stand_van_zaken")
    change = report.elements["6.1.3"].set
    made = changed_pages(report, out, lambda: change(path, "Het loopt.\n"))
    assert made == {"programma-6.html"}
    script = contents(out)["zoekindex.js"].decode()
    assert "Het loopt." in script
    assert "Milieu" in script


def test_a_changed_status_makes_its_page_and_the_index(report: Report, out: Path) -> None:
    change = report.elements["6.1.3"].set
    made = changed_pages(report, out, lambda: change(("moment", "vgr2", "status"), "niet_gestart"))
    assert made == {"index.html", "programma-6.html"}


def test_a_figure_that_another_page_refers_to_makes_that_page_too(
    report: Report, out: Path
) -> None:
    path = ("begroting", "663884", "lasten_primitief_2026")
    change = report.elements["6.1.3"].set
    made = changed_pages(report, out, lambda: change(path, 160000))
    assert made == {"programma-6.html", "programma-7.html"}
    assert "Samen 160.000 euro." in contents(out)["programma-7.html"].decode()


def test_a_reference_that_its_file_spells_with_escapes_counts_too(
    report: Report, out: Path
) -> None:
    element = report.elements["7.1.1"]
    spelled = element.data["omschrijving"].replace("[", "\\u005b").encode()
    element.source = Source(report.root / "7.1.1.toml", spelled, element.snapshot())
    path = ("begroting", "663884", "lasten_primitief_2026")
    change = report.elements["6.1.3"].set
    made = changed_pages(report, out, lambda: change(path, 160000))
    assert made == {"programma-6.html", "programma-7.html"}


def test_another_name_makes_the_page_beside_it_too(report: Report, out: Path) -> None:
    change = report.elements["6"].set
    assert changed_pages(report, out, lambda: change(("naam",), "Mens")) == ALL


def test_a_share_follows_the_whole_that_is_elsewhere(tmp_path: Path, out: Path) -> None:
    report = example("programmabegroting")
    row = next(iter(report.elements["6"].rows("begroting")))
    change = report.elements["6"].set
    made = changed_pages(
        report, out, lambda: change(("begroting", row, "lasten_primitief_2026"), 1)
    )
    assert {"programma-0.html", "programma-2.html", "programma-6.html"} <= made


def test_the_template_the_moment_and_the_settings_count(report: Report, out: Path) -> None:
    run(report, out)
    report.meta.persons["nieuw"] = "Nieuw"
    assert run(report, out).made == 3
    report.template = replace(report.template, layout=replace(report.template.layout, footer=""))
    assert run(report, out).made == 3
    assert publish(report, out, "vgr1", now=BUILT, export_time=EXPORTED).made == 3
    assert publish(report, out, "vgr1", now=BUILT, export_time=EXPORTED).made == 0


def test_a_page_template_of_the_report_counts(report: Report, out: Path) -> None:
    run(report, out)
    own = report.root / "sjablonen" / report.template.key
    shutil.copytree(report.template.path, own)
    template, findings = load_template(own)
    assert template is not None, findings
    report.template = template
    run(report, out)
    assert run(report, out).made == 0
    (own / "stijl.css").write_text("a { color: red }", encoding="utf-8")
    assert run(report, out).made == 3


def test_another_version_of_the_program_counts(
    report: Report, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(report, out)
    monkeypatch.setattr(keys, "_code", lambda: "anders")
    assert run(report, out).made == 3


@pytest.mark.parametrize(
    "name", ["programma-7.html", "gegevens/index__statustelling.csv", "index.html"]
)
def test_a_file_that_was_changed_or_taken_away_is_made_again(
    report: Report, out: Path, name: str
) -> None:
    run(report, out)
    before = contents(out)
    (out / name).write_bytes(b"x")
    assert run(report, out).made == 1
    (out / name).unlink()
    assert run(report, out).made == 1
    assert contents(out) == before


@pytest.mark.parametrize("name", ["zoekindex.js", "gegevens/tabellen.json"])
def test_without_a_file_with_all_pages_everything_is_made_again(
    report: Report, out: Path, name: str
) -> None:
    run(report, out)
    before = contents(out)
    (out / name).unlink()
    run(report, out)
    assert contents(out) == before


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part for each page of what has a line per page."""
    monkeypatch.setattr(parts, "PAGES_IN_PART", 1)


@pytest.mark.usefixtures("in_parts")
def test_a_changed_text_costs_its_part_of_the_search_index_only(report: Report, out: Path) -> None:
    run(report, out)
    before = contents(out)
    assert before["zoekindex.js"] == b"stavazaZoekindex(2);\n"
    report.elements["7.1.1"].set(("omschrijving",), "Een slang.\n")
    run(report, out)
    after = contents(out)
    assert b"Een slang." in after["zoekindex-2.js"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"programma-7.html", "zoekindex-2.js", "stavaza-publicatie.json"}


def test_an_index_and_tables_that_were_whole_are_parted_and_back(
    report: Report, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(report, out)
    whole = contents(out)
    both = {"zoekindex-1.js", "zoekindex-2.js"} | {
        f"gegevens/tabellen-{number}.json" for number in (1, 2, 3)
    }
    for pages, found in ((1, both), (50, set())):
        monkeypatch.setattr(parts, "PAGES_IN_PART", pages)
        run(report, out)
        assert {name for name in contents(out) if "index-" in name or "tabellen-" in name} == found
    assert contents(out) == whole


@pytest.mark.usefixtures("in_parts")
def test_a_part_of_the_search_index_that_went_is_made_again(report: Report, out: Path) -> None:
    run(report, out)
    before = contents(out)
    (out / "zoekindex-2.js").unlink()
    run(report, out)
    assert contents(out) == before


def aged(out: Path) -> None:
    """Let all files be older than the note of how they look."""
    for path in out.rglob("*.*"):
        if path.name != "publicatie-gezien.json":
            os.utime(path, (1_700_000_000, 1_700_000_000))


def test_a_file_that_looks_as_it_did_is_not_read_again(
    report: Report, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(report, out)
    aged(out)
    run(report, out)
    read: list[str] = []
    digest = publication_folder._digest_of

    def noted(path: str) -> str | None:
        read.append(path)
        return digest(path)

    monkeypatch.setattr(publication_folder, "_digest_of", noted)
    assert run(report, out).made == 0
    assert read == []
    page = out / "programma-7.html"
    page.write_bytes(page.read_bytes().replace(b"Milieu", b"Natuur"))
    assert run(report, out).made == 1
    assert b"Natuur" not in page.read_bytes()


def test_a_note_of_looks_that_is_no_note_or_of_another_list_says_nothing(
    report: Report, out: Path
) -> None:
    run(report, out)
    aged(out)
    run(report, out)
    before = contents(out)
    note = out / ".stavaza" / "publicatie-gezien.json"
    for content in (b"", b"[]", b"{}", b'{"lijst": 1, "bestanden": 2}', b"\xff"):
        (out / "programma-7.html").write_bytes(b"x")
        note.write_bytes(content)
        assert run(report, out).made == 1
        assert contents(out) == before


def test_what_went_wrong_on_a_page_is_told_every_time(
    report: Report, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(*_args: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(derive, "total_of", impossible)
    assert "P005" in {finding.code for finding in run(report, out).findings}
    assert "P005" in {finding.code for finding in run(report, out).findings}


def texts() -> st.SearchStrategy[str]:
    address = "6/begroting/610/lasten_primitief_2026"
    return st.sampled_from(["Een zin.\n", "Nog een zin.\n", f"Het is [[{address}]] euro.\n", ""])


EDITS = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.sampled_from(["tekst", "bedrag", "fout", "naam", "weg", "vervallen", "ouder", "status"])
        | st.sampled_from(["soort", "persoon"]),
        st.integers(0, 10**6),
        texts(),
    ),
    min_size=1,
    max_size=4,
)


def told(result: PublishResult) -> set[str]:
    """What publishing told of."""
    return {repr((each.code, each.element, each.params)) for each in result.findings}


def edit(report: Report, at: int, what: str, number: int, text: str) -> None:
    """Change something of some element; what makes no sense for it changes nothing."""
    ids = sorted(report.elements)
    element = report.elements[ids[at % len(ids)]]
    kind = report.kind(element)
    assert kind is not None
    if what == "weg" and len(ids) > 3:
        del report.elements[element.id]
    elif what == "vervallen":
        element.set(("vervallen",), not element.retired)
    elif what == "ouder" and element.parent:
        element.set(("ouder",), ids[number % len(ids)])
    elif what == "soort":
        element.set(("soort",), sorted(report.template.kinds)[number % len(report.template.kinds)])
    elif what == "persoon":
        report.meta.persons[f"p{number % 3}"] = f"Naam {number}"
    elif what == "naam":
        element.set((kind.name_field,), f"Naam {number}")
    for spec in kind.fields.values():
        edit_field(report, element, spec, (what, number, text))


def edit_field(report: Report, element: Element, spec: Field, change: tuple[str, int, str]) -> None:
    what, number, text = change
    path = report.path_of(spec, report.current_moment.key)
    if what == "tekst" and spec.type == "tekst":
        element.set(path, text or None)
    elif what == "status" and spec.type == "status":
        element.set(path, list(report.statuses(spec))[number % 2])
    elif what in ("bedrag", "fout") and spec.type == "tabel":
        amounts = [c for c in report.columns(spec) if c.column.type == "bedrag"]
        said = number if what == "bedrag" else "veel"
        for key in element.rows(spec.key) if amounts else ():
            element.set((spec.key, key, amounts[number % len(amounts)].key), said)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["", *NAMES]),
    rounds=st.lists(EDITS, min_size=1, max_size=3),
    in_part=st.sampled_from([1, 2, 50]),
)
def test_after_any_edits_the_folder_is_what_a_fresh_start_gives(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    rounds: list[list[tuple[int, str, int, str]]],
    in_part: int,
) -> None:
    monkeypatch.setattr(parts, "PAGES_IN_PART", in_part)
    for folder in tmp_path.iterdir():
        shutil.rmtree(folder)
    report = example(name) if name else opened(make_report(tmp_path / "verslag"))
    for edits in ([], *rounds):
        for each in edits:
            edit(report, *each)
        again = run(report, tmp_path / "uit")
        assert told(again) == told(run(report, tmp_path / "vers"))
        assert contents(tmp_path / "uit") == contents(tmp_path / "vers")
        found = check_report(report)
        shown = [each for each in found if each.severity == "error" or each.code in ON_A_PAGE]
        assert page_findings(report) == shown
        shutil.rmtree(tmp_path / "vers")


def test_a_report_that_is_opened_anew_has_the_same_keys(tmp_path: Path, out: Path) -> None:
    root = make_report(tmp_path / "verslag")
    run(opened(root), out)
    again, _findings = open_report(root)
    assert again is not None
    assert run(again, out).made == 0
