"""Names of published files: any key of a template or element gives one that Windows can hold."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.naming import is_safe_stem
from stavaza.publish import publish
from stavaza.publish.data_names import page_of, page_stem, table_name
from stavaza.publish.manifest import is_ours
from stavaza.publish.texts import Names
from stavaza.report_file import OWN_TEMPLATES
from stavaza.tree import Element
from tests.stavaza import examples
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, pages, read

WANTED = st.sampled_from(["con", "Con", "nul.x", "aux", "AUX", "com1", "a", "A", "a.", "a-2"])


@given(st.lists(WANTED | st.text(max_size=90), max_size=12))
def test_names_are_safe_and_differ_where_capitals_do_not_count(wanted: list[str]) -> None:
    names = Names("index")
    given_names = [names.give(each) for each in wanted]
    assert len({name.casefold() for name in given_names} - {"index"}) == len(wanted)
    for name in given_names:
        assert is_safe_stem(name)
        assert is_ours(f"gegevens/{name}__{name}.csv")


@given(st.text("ab_-. é", max_size=12), st.integers(0, 80))
def test_the_page_of_a_table_can_be_told_from_its_name(wanted: str, length: int) -> None:
    names = Names("index")
    page = names.give(page_stem("a" * length + wanted))
    again = names.give(page_stem("a" * length + wanted))
    for each in (page, again):
        assert page_of(table_name(f"{each}.html", "deel__b")) == each


@pytest.mark.parametrize("element_id", ["a__b", "a_", "a_-", "y" * 68 + "_zzzzz"])
def test_the_data_of_a_page_stay_whatever_its_element_is_called(
    tmp_path: Path, element_id: str
) -> None:
    report = opened(make_report(tmp_path / "verslag"))
    report.elements = {
        "6": report.elements["6"],
        element_id: Element(element_id, {"soort": "programma", "code": element_id, "naam": "A"}),
        "6.1": Element("6.1", report.elements["6.1"].data | {"ouder": element_id}),
        "6.1.3": report.elements["6.1.3"],
    }
    found = []
    for _time in range(2):
        publish(report, tmp_path / "uit", now=BUILT, export_time=EXPORTED)
        found.append({path.name for path in (tmp_path / "uit" / "gegevens").iterdir()})
    assert found[0] == found[1]
    assert {name.partition("__")[0] for name in found[0]} > {"index", "tabellen.json"}


def test_a_page_says_its_kind_once_also_where_there_is_no_code(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    data = {"soort": "programma", "naam": "Veilig"}
    report.elements["programma-bcdfgh"] = Element("programma-bcdfgh", data)
    assert {"programma-6.html", "programma-bcdfgh.html"} <= set(pages(report))


@pytest.mark.parametrize("key", ["nul", "con", "com1", "lpt9"])
def test_a_key_that_is_a_device_of_windows_gives_files_that_it_can_hold(
    key: str, tmp_path: Path
) -> None:
    root, out = tmp_path / "verslag", tmp_path / "uit"
    shutil.copytree(examples.folder("programmabegroting"), root)
    own = root / OWN_TEMPLATES / "programmabegroting"
    shutil.copytree(
        examples.folder("programmabegroting").parent, own, ignore=lambda *_: ["voorbeeld"]
    )
    template = own / "template.toml"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("lasten_en_baten", key), encoding="utf-8")
    publish(opened(root), out, now=BUILT, export_time=EXPORTED)
    files = [path.relative_to(out) for path in (out / "gegevens").rglob("*.*")]
    assert any(file.name == f"programma-6__{key}-.csv" for file in files)
    for file in files:
        assert all(is_safe_stem(part) for part in (*file.parts[:-1], file.stem))
    assert len({str(file).casefold() for file in files}) == len(files)
    page = read((out / "programma-6.html").read_bytes())
    links = {a.attributes["href"] for line in page.by_class("openbaar") for a in line.all("a")}
    assert f"gegevens/programma-6__{key}-.csv" in links
    assert all(out.joinpath(*PurePosixPath(link).parts).is_file() for link in links)
