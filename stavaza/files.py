"""Writing files safely: a lock, a temporary file beside it, fsync, rename, fsync of the folder."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from stavaza.errors import SaveRefusedError
from stavaza.i18n import _

STATE_FOLDER = ".stavaza"
_REPLACE_TRIES = 20
_FIRST_PAUSE_SECONDS = 0.01
_LONGEST_PAUSE_SECONDS = 0.5
_WRITERS = 8
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def locked(root: Path, name: str, timeout_seconds: float = 10.0) -> Iterator[None]:
    """Hold the lock `name` of the report in `root` against other programs and threads.

    Raises SaveRefusedError when another program keeps it for longer than the timeout.
    """
    from filelock import FileLock, Timeout

    folder = root / STATE_FOLDER / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"{name}.lock", timeout=timeout_seconds):
            yield
    except Timeout:
        message = _("Another program is busy with {name}. Try again in a moment.")
        raise SaveRefusedError(message.format(name=name)) from None


def is_locked(root: Path, name: str) -> bool:
    """Whether a program that still runs holds the lock `name`; False where nobody can lock."""
    try:
        with locked(root, name, 0):
            return False
    except SaveRefusedError:
        return True
    except (OSError, NotImplementedError):  # a disk without locks
        return False


def forget_lock(root: Path, name: str) -> None:
    """Take away what is left of a lock whose name nobody will use again."""
    with suppress(OSError):
        (root / STATE_FOLDER / "locks" / f"{name}.lock").unlink(missing_ok=True)


def write_quickly(path: str, data: bytes) -> os.stat_result:
    """As `write_safely`, but without waiting for the disk: for what can be made again.

    After a crash of the program the old or the new content stands, of a file that was not there
    perhaps a part; after a power loss perhaps nothing. Returns how the file looks now.
    """
    try:
        handle = os.open(path, _NEW_FILE, 0o666)  # fewer calls of the system than `open` makes
    except FileExistsError:
        pass
    else:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            return os.fstat(handle)
        finally:
            os.close(handle)
    target = Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        _replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return target.stat()


def write_safely(path: Path, data: bytes) -> None:
    """Put `data` in `path` so that a crash leaves the old or the new content, never a mixture.

    Raises OSError when the disk or the rights do not allow it; then the old content stands.
    """
    import secrets  # slow to load, and not needed to read
    import shutil

    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        _replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_files(changes: Mapping[Path, bytes | None]) -> None:
    """Write files, and take away those with None, in this order: all of them or none.

    Raises OSError when the disk or the rights do not allow one; what was done is undone first. A
    power cut in between may leave some written: give what is taken away last.
    """
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, data in changes.items():
            before = path.read_bytes() if path.exists() else None
            if data is not None:
                write_safely(path, data)
            elif before is not None:
                path.unlink()
                sync_folder(path.parent)
            done.append((path, before))
    except BaseException:
        for path, before in reversed(done):
            with suppress(OSError):
                if before is None:
                    path.unlink(missing_ok=True)
                else:
                    write_safely(path, before)
        raise


def _replace(temporary: Path, path: Path) -> None:
    """Rename over `path`; on Windows a virus scanner may hold it for a moment, so try again."""
    waiting = threading.Event()
    pause = _FIRST_PAUSE_SECONDS
    for attempt in range(_REPLACE_TRIES):
        try:
            temporary.replace(path)
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_TRIES - 1:
                raise
            waiting.wait(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        else:
            return


def refuse_file(folder: Path) -> None:
    """Raise SaveRefusedError where a file stands in the place of a folder, or of one above it."""
    for part in (folder, *folder.parents):
        if part.exists():
            if not part.is_dir():
                raise SaveRefusedError(_("{folder} is a file; name a folder.").format(folder=part))
            return


def fill_folder(made: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by their path with `/`, in a new folder that nobody looks in yet.

    All of it is on the disk before this returns, so that `place_folder` may name the folder.
    """
    from concurrent.futures import ThreadPoolExecutor

    paths = {made.joinpath(*name.split("/")): data for name, data in files.items()}
    folders = sorted({path.parent for path in paths})
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(_WRITERS) as pool:  # disks wait for many files as long as for one
        for _done in pool.map(_write_new, paths, paths.values()):
            pass
    for folder in folders:
        sync_folder(folder)


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def place_folder(made: Path, folder: Path) -> None:
    """Give a folder that was made ready its own name; `folder` may exist, but must be empty.

    Raises OSError where the disk or the rights do not allow it; then `made` is still there.
    """
    if folder.exists():
        folder.rmdir()
    _replace(made, folder)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power loss, where the system can (not on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems cannot; the rename itself has happened
        return
    finally:
        os.close(handle)
