"""Names of published files: any key of a template or element gives one that Windows can hold."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stavaza.naming import is_safe_stem
from stavaza.publish import publish
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
