"""A new year takes along what still holds, leaves what was of the old year, and loses no word."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from excel_bridge.links import read_links
from excel_bridge.next_year import carried_links
from stavaza import year_writing
from stavaza.check import check_report
from stavaza.next_year import NewYearError, plan_year, shift_years
from stavaza.prose import canonical
from stavaza.required import is_complete
from stavaza.revision import KEY, marked
from stavaza.standards import standard
from stavaza.store import save
from stavaza.tree import Element, Report
from stavaza.year_writing import write_year
from tests.stavaza.examples import NAMES, example
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened

DATA = Path(__file__).parents[2] / "data"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)


def next_year(report: Report, folder: Path) -> Report:
    plan = plan_year(report, folder)
    write_year(report, plan.with_files(carried_links(report, plan.year)[0]), folder)
    return opened(folder)


def once_texts(report: Report) -> dict[tuple[str, str], Any]:
    """All texts that are held once, by element and field."""
    found = {}
    for element in report.elements.values():
        kind = report.kind(element)
        for spec in kind.fields.values() if kind else ():
            if spec.type in ("tekst", "regel", "lijst") and not spec.per_moment:
                found[element.id, spec.key] = element.get((spec.key,))
    return found


def places(report: Report) -> dict[str, tuple[str, str | None, object, bool]]:
    return {
        e.id: (e.kind, e.parent, e.data.get("volgorde"), e.retired)
        for e in report.elements.values()
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_example_goes_to_a_new_year_with_all_its_texts(name: str, tmp_path: Path) -> None:
    old = example(name)
    new = next_year(old, tmp_path / "nieuw")
    assert new.meta.year == old.meta.year + 1
    assert once_texts(new) == once_texts(old)
    assert places(new) == places(old)
    assert {f.code for f in check_report(new) if f.severity == "error"} == set()
    for element in new.elements.values():
        assert "moment" not in element.data
        assert "gedrukt" not in element.data
        kind = new.kind(element)
        texts = [k for k, s in kind.fields.items() if s.type == "tekst"] if kind else []
        assert marked(element.data) == [k for k in element.data.get(KEY, {}) if k in texts]
        assert sorted(marked(element.data)) == sorted(k for k in texts if element.get((k,)))


@settings(max_examples=15, deadline=None)
@given(TEXT, TEXT, st.booleans(), st.booleans())
def test_two_new_years_in_a_row_keep_every_word_and_code(
    text: str, name: str, retired: bool, revise: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        old = opened(make_report(root / "a"))
        activity = old.elements["6.1.3"]
        activity.set(("omschrijving",), canonical(text) or None)
        activity.set(("naam",), " ".join(name.split()))
        activity.set(("vervallen",), True if retired else None)
        save(old, activity)
        middle = next_year(opened(root / "a"), root / "b")
        if revise:
            element = middle.elements["6.1.3"]
            element.set((KEY,), None)
            save(middle, element)
        new = next_year(opened(root / "b"), root / "c")
        assert once_texts(new) == once_texts(old)
        assert places(new) == places(old)
        assert new.meta.year == 2028
        assert bool(marked(new.elements["6.1.3"].data)) == (
            not retired and new.elements["6.1.3"].get(("omschrijving",)) is not None
        )


def test_the_figures_of_a_year_go_to_the_column_of_that_year(tmp_path: Path) -> None:
    old = example("begroting_doelen")
    plan = plan_year(old, tmp_path / "nieuw")
    new = next_year(old, tmp_path / "nieuw")
    year = old.meta.year
    seen = 0
    for element in old.elements.values():
        for key, row in element.rows("exploitatie").items():
            fresh = new.elements[element.id].rows("exploitatie")[key]
            for measure in ("lasten", "baten"):
                for about in range(year, year + 4):
                    cell = f"{measure}_{about}"
                    assert fresh.get(cell) == row.get(cell)
                    seen += cell in row
                assert f"{measure}_{year - 1}" not in fresh
                assert f"{measure}_{year + 4}" not in fresh
    assert plan.figures == seen > 0


def test_a_multi_year_estimate_fills_the_same_measure_and_version(tmp_path: Path) -> None:
    root = tmp_path / "oud"
    report = opened(make_report(root))
    template = root / "sjablonen" / "voortgangsrapportage"
    shutil.copytree(report.template.path, template)
    file = template / "template.toml"
    text = file.read_text(encoding="utf-8").replace(
        "[soort.activiteit.veld.begroting.kolom.lasten_wijziging]",
        "[soort.activiteit.veld.begroting.kolom.raming]\n"
        'type = "bedrag"\nlabel = "Raming"\nmaat = "lasten"\nversie = "primitief"\n'
        "jaren = [1, 2]\n\n[soort.activiteit.veld.begroting.kolom.lasten_wijziging]",
    )
    file.write_text(text, encoding="utf-8", newline="\n")
    rows = "raming_2027 = 151000\nraming_2028 = 152000\nlasten_primitief_2026 = 150000"
    changed = ACTIVITY.replace("lasten_primitief_2026 = 150000", rows)
    activity_file(root).write_text(changed, encoding="utf-8", newline="\n")
    new = next_year(opened(root), tmp_path / "nieuw")
    row = new.elements["6.1.3"].rows("begroting")["663884"]
    assert row == {
        "omschrijving": "Wegwijzer",
        "taakveld": "6.1",
        "lasten_primitief_2027": 151000,
        "raming_2028": 152000,
    }


def test_moments_people_and_git_files_are_as_in_a_new_report(tmp_path: Path) -> None:
    old = opened(make_report(tmp_path / "oud"))
    new = next_year(old, tmp_path / "nieuw")
    assert [moment.label for moment in new.meta.moments] == ["Rek. 2026", "1e VGR", "2e VGR"]
    assert new.meta.moments[2].title == "2e Voortgangsrapportage 2027"
    assert new.meta.current == "rek"
    assert new.meta.persons == old.meta.persons
    assert new.elements["6.1.3"].get(("eigenaar",)) == "team-samenleving"
    attributes = (tmp_path / "nieuw" / ".gitattributes").read_text(encoding="utf-8")
    assert "*.toml text eol=lf" in attributes
    assert (tmp_path / "nieuw" / ".gitignore").is_file()
    assert not (tmp_path / "nieuw" / ".stavaza").exists()


def test_a_moment_that_the_template_lacks_goes_along_with_its_year(tmp_path: Path) -> None:
    root = make_report(tmp_path / "oud")
    meta = root / "report.toml"
    more = '\n[moment.vgr3]\nlabel = "3e VGR 2026"\nvolgorde = 4\nuiterlijk = 2026-12-01\n'
    meta.write_text(meta.read_text(encoding="utf-8") + more, encoding="utf-8", newline="\n")
    moment = next_year(opened(root), tmp_path / "nieuw").meta.moments[-1]
    assert (moment.key, moment.label, moment.due) == ("vgr3", "3e VGR 2027", None)


def test_links_go_along_without_agreement_and_read_the_new_year(tmp_path: Path) -> None:
    root = tmp_path / "oud"
    shutil.copytree(DATA, root)
    new = next_year(opened(root), tmp_path / "nieuw")
    [link], findings = read_links(new)
    assert findings == []
    assert {column.key[-4:] for column in link.columns} == {"2027"}
    assert any("Lasten 2027" in column.place.header for column in link.columns)
    assert not link.baseline_file.exists()


def test_what_could_not_be_read_stops_it_all(tmp_path: Path) -> None:
    root = make_report(tmp_path / "oud")
    (root / "6-sociaal-domein" / "6.1.9.toml").write_text("soort = [", encoding="utf-8")
    with pytest.raises(NewYearError, match=r"6\.1\.9\.toml"):
        plan_year(opened(root), tmp_path / "nieuw")


def test_an_open_conflict_stops_it_all(tmp_path: Path) -> None:
    root = make_report(tmp_path / "oud")
    text = ACTIVITY + '\n[conflict."naam"]\nandere = "Anders"\nwas = "Was"\n'
    activity_file(root).write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(NewYearError, match="G001"):
        plan_year(opened(root), tmp_path / "nieuw")


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = opened(make_report(tmp_path / "oud"))
    plan = plan_year(old, tmp_path / "nieuw")

    def fail(_made: Path, _folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(year_writing, "place_folder", fail)
    with pytest.raises(OSError, match="No space"):
        write_year(old, plan, tmp_path / "nieuw")
    assert [path.name for path in tmp_path.iterdir()] == ["oud"]


@pytest.mark.parametrize("inside", [".", "nieuw", "6-sociaal-domein/x"])
def test_a_folder_in_the_old_report_is_refused(tmp_path: Path, inside: str) -> None:
    old = opened(make_report(tmp_path / "oud"))
    plan = plan_year(old, tmp_path / "nieuw")
    with pytest.raises(NewYearError):
        write_year(old, plan, old.root / inside)
    assert not (tmp_path / "oud" / "nieuw").exists()


def test_a_code_that_the_new_year_does_not_know_is_told(tmp_path: Path) -> None:
    known = standard("taakvelden")
    year, code = next(
        (year, code)
        for year in range(2015, 2035)
        for code in known.in_year(year)
        if known.covers(year) and known.covers(year + 1) and code not in known.in_year(year + 1)
    )
    old = example("programmabegroting")
    old.meta.year = year
    element = next(e for e in old.elements.values() if e.kind == "programma")
    row = {"taakveld": code}
    copied = Element(element.id, {**element.data, "begroting": {"x": row}}, element.source)
    old.elements = {**old.elements, element.id: copied}
    plan = plan_year(unchanged(old), tmp_path / "nieuw", year + 1)
    assert [finding.params["code"] for finding in plan.findings] == [code]


def unchanged(report: Report) -> Report:
    """The report as if its elements had no files: none of them counts as unsaved."""
    for element in report.elements.values():
        if element.source is not None:
            element.source = type(element.source)(
                element.source.path, element.source.raw, element.snapshot()
            )
    return report


def test_a_carried_element_is_complete_once_its_texts_were_looked_at(tmp_path: Path) -> None:
    new = next_year(opened(make_report(tmp_path / "oud")), tmp_path / "nieuw")
    goal = new.elements["doel-bcdfgh"]
    goal.set(("moment", "rek", "stand_van_zaken"), "Klaar.\n")
    assert not is_complete(new, goal, "rek")
    goal.set((KEY,), None)
    assert is_complete(new, goal, "rek")


@given(st.integers(2000, 2090), st.integers(1, 3), st.text("0123456789 ab.", max_size=30))
def test_only_years_near_the_old_one_move(year: int, shift: int, text: str) -> None:
    assert shift_years(f"Lasten {year}", year, shift) == f"Lasten {year + shift}"
    assert shift_years("12026 en 20261", 2026, 1) == "12026 en 20261"
    assert len(shift_years(text, year, shift)) == len(text)


def test_a_link_of_several_years_moves_each_column_along(tmp_path: Path) -> None:
    root = tmp_path / "oud"
    shutil.copytree(example("begroting_doelen").root, root)
    old = opened(root)
    year = old.meta.year
    columns = "".join(
        f'\n[kolom.lasten_{about}]\nkop = "{about}"   # jaar {about}\n'
        for about in range(year - 1, year + 4)
    )
    link = (
        f'werkmap = "rapport:begroting {year}.xlsx"\nblad = "Meerjaren"\nveld = "exploitatie"\n'
        f'eenheid = 1000\n\n[sleutel]\nrij = "Post"\n{columns}'
    )
    (root / "koppelingen").mkdir()
    (root / "koppelingen" / "meerjaren.toml").write_text(link, encoding="utf-8", newline="\n")
    new = next_year(opened(root), tmp_path / "nieuw")
    [carried], findings = read_links(new)
    assert findings == []
    assert carried.workbook == f"rapport:begroting {year + 1}.xlsx"
    assert {column.key: column.place.header for column in carried.columns} == {
        f"lasten_{about}": (str(about),) for about in range(year, year + 5)
    }
