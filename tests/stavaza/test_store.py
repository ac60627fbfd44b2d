"""Loading and saving: nothing is lost, nothing changes that nobody changed."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stavaza import edit, store
from stavaza.errors import ChangedOnDiskError, SaveRefusedError
from stavaza.files import locked
from tests.stavaza.making import ACTIVITY, activity_file, make_report, opened

STATUS = ("moment", "vgr2", "status")


def changed_lines(before: str, after: str) -> list[str]:
    return [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]


def test_saving_without_a_change_writes_nothing(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    before = activity_file(tmp_path).stat()
    assert not store.save(report, report.elements["6.1.3"])
    after = activity_file(tmp_path).stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_the_files_of_the_small_report_are_canonical(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    for element in report.elements.values():
        assert element.source is not None
        assert store.serialise(report, element) == element.source.raw


def test_one_changed_status_is_one_changed_line(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    element.set(STATUS, "niet_volgens_plan")
    assert store.save(report, element)
    after = activity_file(tmp_path).read_text(encoding="utf-8")
    assert changed_lines(ACTIVITY, after) == [
        '-status = "volgens_plan"',
        '+status = "niet_volgens_plan"',
    ]


def test_a_new_moment_stands_in_the_order_of_the_moments(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    element.set(("moment", "rek", "status"), "niet_gestart")
    store.save(report, element)
    text = activity_file(tmp_path).read_text(encoding="utf-8")
    assert text.index("[moment.rek]") < text.index("[moment.vgr1]")
    changed = changed_lines(ACTIVITY, text)
    assert sorted(changed) == ["+", "+[moment.rek]", '+status = "niet_gestart"']


def test_an_emptied_value_takes_its_line_and_an_empty_moment_away(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    element.set(("moment", "vgr1", "status"), None)
    store.save(report, element)
    text = activity_file(tmp_path).read_text(encoding="utf-8")
    assert "[moment.vgr1]" not in text
    assert "[moment.vgr2]" in text


def test_cents_stay_exact(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    assert element.get(("begroting", "663885", "lasten_primitief_2026")) == Decimal("7077.50")
    element.set(("begroting", "663885", "lasten_wijziging_2026"), Decimal("0.10"))
    store.save(report, element)
    text = activity_file(tmp_path).read_text(encoding="utf-8")
    assert "lasten_primitief_2026 = 7077.50\nlasten_wijziging_2026 = 0.10\n" in text


def test_a_file_changed_by_another_program_is_not_overwritten(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    element = report.elements["6.1.3"]
    theirs = ACTIVITY.replace("Wegwijzer", "Gids")
    activity_file(tmp_path).write_bytes(theirs.encode())
    element.set(STATUS, "niet_gestart")
    with pytest.raises(ChangedOnDiskError, match=r"6\.1\.3\.toml"):
        store.save(report, element)
    assert activity_file(tmp_path).read_bytes() == theirs.encode()
    assert element.get(STATUS) == "niet_gestart"


def test_a_new_element_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    path = activity_file(tmp_path).with_name("6.1.4.toml")
    made = edit.create(report, "activiteit", "6.1", "6.1.4", "Nieuw")
    path.write_bytes(b"# van een collega\n")
    with pytest.raises(ChangedOnDiskError):
        store.save(report, made)
    assert path.read_bytes() == b"# van een collega\n"


def test_a_lock_held_elsewhere_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    with (
        locked(root, "6.1.3"),
        pytest.raises(SaveRefusedError, match=r"6\.1\.3"),
        locked(root, "6.1.3", 0.01),
    ):
        pass


HAND = '''\
# Opmerking bovenaan
soort = "activiteit"
naam    = 'Met enkele aanhalingstekens'  # waarom niet
code = "6.1.3"
ouder = "6.1"
jaar_realisatie = 2_027

omschrijving = """Eerste zin.
Tweede zin."""

[moment]
vgr2.status = "volgens_plan"  # besproken

[begroting]
663884 = { omschrijving = "Wegwijzer", lasten_primitief_2026 = 150_000 }
'''


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (STATUS, "niet_gestart", 'vgr2.status = "niet_gestart"  # besproken'),
        (("jaar_realisatie",), 2028, "jaar_realisatie = 2028"),
        (("naam",), "Anders", 'naam    = "Anders"  # waarom niet'),
    ],
)
def test_a_file_laid_out_by_hand_keeps_everything_but_the_changed_value(
    tmp_path: Path, path: tuple[str, ...], value: object, line: str
) -> None:
    root = make_report(tmp_path)
    activity_file(root).write_text(HAND, encoding="utf-8", newline="\n")
    report = opened(root)
    report.elements["6.1.3"].set(path, value)
    store.save(report, report.elements["6.1.3"])
    changed = changed_lines(HAND, activity_file(root).read_text(encoding="utf-8"))
    assert len(changed) == 2
    assert changed[1] == "+" + line


def test_long_text_in_a_file_laid_out_by_hand_stays_on_its_lines(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    activity_file(root).write_text(HAND, encoding="utf-8", newline="\n")
    report = opened(root)
    text = 'Eerste "zin".\nTweede \\ zin.\n'
    report.elements["6.1.3"].set(("omschrijving",), text)
    store.save(report, report.elements["6.1.3"])
    after = activity_file(root).read_text(encoding="utf-8")
    assert tomllib.loads(after)["omschrijving"] == text
    assert 'omschrijving = """\nEerste' in after
    assert "# Opmerking bovenaan" in after


@pytest.mark.parametrize("text", [ACTIVITY, HAND])
def test_windows_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, text: str) -> None:
    root = make_report(tmp_path)
    raw = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")
    activity_file(root).write_bytes(raw)
    report = opened(root)
    element = report.elements["6.1.3"]
    assert not element.changed
    element.set(STATUS, "niet_gestart")
    store.save(report, element)
    after = activity_file(root).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") == after.count(b"\n")
    assert len(changed_lines(raw.decode("utf-8-sig"), after.decode("utf-8-sig"))) == 2


words = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
values = st.one_of(
    words,
    st.integers(-(10**12), 10**12),
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.booleans(),
    st.lists(words, max_size=3),
    st.dates(),
)
keys = st.sampled_from(["naam", "omschrijving", "onbekend", "sleutel met spatie", "663884"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    changes=st.dictionaries(keys, st.one_of(values, st.dictionaries(keys, values, min_size=1))),
    base=st.sampled_from([ACTIVITY, HAND]),
)
def test_whatever_is_saved_reads_back_the_same(
    tmp_path: Path, changes: dict[str, object], base: str
) -> None:
    root = make_report(tmp_path)
    activity_file(root).write_text(base, encoding="utf-8", newline="\n")
    report = opened(root)
    element = report.elements["6.1.3"]
    for key, value in changes.items():
        element.set((key,), value)
    wanted = element.snapshot()
    try:
        store.save(report, element)
    except SaveRefusedError:
        assert activity_file(root).read_text(encoding="utf-8") == base
        return
    assert opened(root).elements["6.1.3"].data == wanted


WRITER = """\
import sys
from pathlib import Path
from stavaza import store
from stavaza.errors import ChangedOnDiskError
root, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
report, _ = store.open_report(root)
element = report.elements["6.1.3"]
done = 0
while done < count:
    element.set(("begroting", f"{name}{done}", "omschrijving"), "x")
    try:
        store.save(report, element)
        done += 1
    except ChangedOnDiskError:
        store.reload(element)
"""


def test_programs_that_save_the_same_file_at_once_lose_no_edit(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(root), name, "40"])
        for name in ("a", "b", "c")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    rows = opened(root).elements["6.1.3"].rows("begroting")
    assert {f"{name}{number}" for name in "abc" for number in range(40)} <= set(rows)


def test_a_failing_disk_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_report(tmp_path)
    report = opened(root)
    element = report.elements["6.1.3"]
    element.set(STATUS, "niet_gestart")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.save(report, element)
    assert activity_file(root).read_text(encoding="utf-8") == ACTIVITY
    assert not list(activity_file(root).parent.glob("*.tmp"))
    assert not list(activity_file(root).parent.glob(".*.tmp"))
    assert element.changed


def test_files_that_cannot_be_read_are_said_and_the_rest_opens(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    folder = activity_file(root).parent
    (folder / "6.1.4.toml").write_bytes(b'soort = "activiteit"\nnaam = "half\n')
    (folder / "6.1.5.toml").write_bytes(b'soort = "activiteit"\nnaam = "caf\xe9"\n')
    (folder / "6.1.6.toml").write_bytes(b"<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n")
    (root / "elders").mkdir()
    (root / "elders" / "6.1.toml").write_bytes(b'soort = "thema"\ncode = "6.1"\n')
    report, findings = store.open_report(root)
    assert report is not None
    assert "6.1.3" in report.elements
    found = {(f.code, f.file.name if f.file else "", f.line) for f in findings}
    assert found == {
        ("R002", "6.1.4.toml", 2),
        ("R003", "6.1.5.toml", 2),
        ("R028", "6.1.6.toml", 1),
        ("R007", "6.1.toml", 1),
    }


def test_codes_that_differ_in_capitals_alone_are_one_file_on_windows(tmp_path: Path) -> None:
    root = make_report(tmp_path)
    for folder, stem in (("a", "6.1.A"), ("b", "6.1.a")):
        (root / folder).mkdir()
        (root / folder / f"{stem}.toml").write_bytes(b'soort = "activiteit"\nouder = "6.1"\n')
    report, findings = store.open_report(root)
    assert report is not None
    assert "6.1.A" in report.elements
    assert [(found.code, found.params) for found in findings] == [
        ("R007", {"id": "6.1.a", "other": str(Path("a", "6.1.A.toml"))})
    ]


def test_a_link_to_a_file_elsewhere_is_not_followed(tmp_path: Path) -> None:
    root = make_report(tmp_path / "report")
    secret = tmp_path / "geheim.toml"
    secret.write_text('soort = "activiteit"\n', encoding="utf-8")
    try:
        activity_file(root).with_name("6.1.9.toml").symlink_to(secret)
    except OSError:
        pytest.skip("this system lets this user make no links")
    report, findings = store.open_report(root)
    assert report is not None
    assert "6.1.9" not in report.elements
    assert [finding.code for finding in findings] == ["R026"]


def test_a_name_that_windows_cannot_hold_is_refused(tmp_path: Path) -> None:
    report = opened(make_report(tmp_path))
    for name in ("con", "6.1.", "a/b", "LPT1.x", ""):
        element = report.elements["6.1.3"]
        element.id = name
        element.set(("naam",), name + "x")
        with pytest.raises(SaveRefusedError):
            store.save(report, element)


def test_a_folder_where_a_file_should_be_is_told(tmp_path: Path) -> None:
    root = make_report(tmp_path / "verslag")
    path = next(root.rglob("6.1.3.toml"))
    path.unlink()
    path.mkdir()
    report, findings = store.open_report(root)
    assert report is not None
    assert [(finding.code, finding.file) for finding in findings] == [("R033", path)]
    (root / "report.toml").unlink()
    (root / "report.toml").mkdir()
    assert store.find_report(root) == root
    assert [finding.code for finding in store.open_report(root)[1]] == ["R033"]
