"""How a file takes the old one's place, and when it does not."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
import xlwings as xw

from excel_bridge import errors
from excel_bridge.excel_file import saving
from excel_bridge.excel_file.owner_files import owner_of
from tests.excel_bridge.excel_file.packages import rows, unpacked

Make = Callable[..., Path]
ONE = rows('<row r="1"><c r="A1"><v>1</v></c></row>')


@pytest.fixture
def path(make: Make) -> Path:
    return make(ONE)


def new_content(stream: BinaryIO) -> None:
    stream.write(b"nieuw")


def excel_owner(name: str) -> bytes:
    narrow = name.encode("cp1252", "replace")
    return (
        bytes([len(narrow)])
        + narrow.ljust(54)
        + len(name).to_bytes(2, "little")
        + name.encode("utf-16-le")
    )


@pytest.mark.parametrize(
    ("file", "content", "name"),
    [
        ("~$map.xlsx", excel_owner("Jansen, F. (Financiën)"), "Jansen, F. (Financiën)"),
        (".~lock.map.xlsx#", b",fjansen,PC01,24.01.2024 10:00,file:///x;", "fjansen"),
        (
            ".~lock.map.xlsx#",
            b"Fatma J\\, team F,fj,PC01,24.01.2024 10:00,file:///x;",
            "Fatma J, team F",
        ),
    ],
)
def test_a_workbook_that_somebody_has_open_is_read_and_not_written(
    path: Path, file: str, content: bytes, name: str
) -> None:
    path.with_name(file).write_bytes(content)
    owner = owner_of(path)
    assert owner is not None
    assert owner.name == name
    before = path.read_bytes()
    with xw.Book(path) as book:
        assert book.sheets[0].range("A1").value == 1
        assert book.api.owner == owner
        book.sheets[0].range("A1").value = 2
        with pytest.raises(errors.WorkbookInUseError) as caught:
            book.save()
        assert name in str(caught.value)
        assert path.read_bytes() == before
        book.api.ignore_owner = True
        book.save()
    assert b"<v>2</v>" in unpacked(path)


def test_an_empty_owner_file_counts_too(path: Path) -> None:
    path.with_name("~$map.xlsx").write_bytes(b"")
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        with pytest.raises(errors.WorkbookInUseError):
            book.save()


def test_a_file_that_changed_meanwhile_is_not_overwritten(path: Path) -> None:
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        other = path.read_bytes() + b""
        path.write_bytes(other)
        os.utime(path, ns=(1, 1))
        with pytest.raises(errors.WorkbookChangedError):
            book.save()
    assert path.read_bytes() == other
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_read_only_file_is_not_replaced(path: Path) -> None:
    path.chmod(0o444)
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        with pytest.raises(errors.ReadOnlyWorkbookError):
            book.save()
    path.chmod(0o644)
    assert b"<v>1</v>" in unpacked(path)


def test_a_book_opened_to_read_only_is_not_saved_in_place_but_elsewhere(
    path: Path, tmp_path: Path
) -> None:
    with xw.Book(path, read_only=True) as book:
        book.sheets[0].range("A1").value = 2
        with pytest.raises(errors.ReadOnlyWorkbookError):
            book.save()
        book.save(tmp_path / "kopie.xlsx")
        assert book.name == "kopie.xlsx"
    assert b"<v>2</v>" in unpacked(tmp_path / "kopie.xlsx")


def test_saving_under_a_new_name_leaves_the_old_file_and_goes_on_with_the_new(
    path: Path, tmp_path: Path
) -> None:
    before = path.read_bytes()
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        book.save(tmp_path / "met spatie é.xlsx")
        book.sheets[0].range("A1").value = 3
        book.save()
        assert book.fullname == str(tmp_path / "met spatie é.xlsx")
    assert path.read_bytes() == before
    assert b"<v>3</v>" in unpacked(tmp_path / "met spatie é.xlsx")


def test_saving_an_unchanged_book_elsewhere_copies_it_byte_for_byte(
    path: Path, tmp_path: Path
) -> None:
    with xw.Book(path) as book:
        book.save(tmp_path / "kopie.xlsx")
    assert (tmp_path / "kopie.xlsx").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["x.xlsm", "x.xlsb", "x.csv", "x"])
def test_another_extension_is_refused(path: Path, tmp_path: Path, name: str) -> None:
    with xw.Book(path) as book, pytest.raises(errors.FormatChangeError):
        book.save(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_file_that_a_scanner_holds_is_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace
    pauses: list[float] = []
    fails = iter([True, True, False])

    def replace(old: str, new: str) -> None:
        if next(fails):
            raise PermissionError(13, "in use")
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)
    saving.replace_file(path, new_content, lambda: None, pauses.append)
    assert path.read_bytes() == b"nieuw"
    assert pauses == [0.05, 0.1]


def test_a_file_that_stays_held_is_left_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(_old: str, _new: str) -> None:
        raise PermissionError(13, "in use")

    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(errors.SaveFailedError):
        saving.replace_file(path, new_content, lambda: None, lambda _: None)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_the_new_file_keeps_the_old_ones_rights(path: Path) -> None:
    path.chmod(0o640)
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        book.save()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_to_the_workbook_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "sub" / "koppeling.xlsx"
    link.parent.mkdir()
    link.symlink_to(path)
    with xw.Book(link) as book:
        book.sheets[0].range("A1").value = 2
        book.save()
    assert link.is_symlink()
    assert b"<v>2</v>" in unpacked(path)


def open_now(path: Path) -> bool:
    """Whether this process has a handle on the file, which on Windows would keep it from being
    replaced.
    """
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("this system does not list open files")
    return str(path) in {str(handle.readlink()) for handle in handles.iterdir() if handle.exists()}


def test_no_handle_stays_open(path: Path) -> None:
    with xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        assert not open_now(path)
        book.save()
        assert not open_now(path)


@pytest.mark.parametrize(
    "inner",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="A1"><f>1</f><v>1</v></c></row>',
    ],
)
def test_no_handle_stays_open_while_an_error_is_kept(make: Make, inner: str) -> None:
    path = make(rows(inner))
    with pytest.raises(errors.BridgeError) as kept, xw.Book(path) as book:
        book.sheets[0].range("A1:A2").raw_value = ((1,), ("x",))
        _ = book.sheets[0].used_range.value
    assert kept.value
    assert not open_now(path)


def test_no_handle_stays_open_after_a_save_that_failed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_old: str, _new: str) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr("os.replace", held)
    monkeypatch.setattr(saving, "_TRIES", 1)
    with pytest.raises(errors.SaveFailedError) as kept, xw.Book(path) as book:
        book.sheets[0].range("A1").value = 2
        book.save()
    assert kept.value
    assert not open_now(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_many_threads_may_use_one_book(path: Path) -> None:
    book = xw.Book(path)
    sheet = book.sheets[0]
    failures: list[Exception] = []

    def work(number: int) -> None:
        try:
            for row in range(1, 30):
                sheet.range((row, number)).value = row * number
                assert sheet.range((row, number)).value == row * number
                if row % 10 == 0:
                    book.save()
        except (errors.BridgeError, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    book.save()
    book.close()
    with xw.Book(path) as again:
        assert again.sheets[0].range("A1:E29").value == [
            [r * n for n in range(1, 6)] for r in range(1, 30)
        ]


def test_a_closed_book_says_so(path: Path) -> None:
    book = xw.Book(path)
    sheet = book.sheets[0]
    book.close()
    with pytest.raises(errors.WorkbookClosedError):
        _ = sheet.range("A1").value


def test_the_original_is_whole_at_any_moment(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "voor.xlsx")

    def explode() -> None:
        raise errors.WorkbookChangedError(path)

    with pytest.raises(errors.WorkbookChangedError):
        saving.replace_file(path, new_content, explode)
    assert path.read_bytes() == (tmp_path / "voor.xlsx").read_bytes()
