"""How long a merge takes, in process and as git's driver: run it by hand.

`python -m tests.benchmarks.merging` merges realistic files of about 1.7 kB that both sides changed.
The goals are under 2 ms a file in process and under 200 ms as a driver. The first is also given as
a ratio to reading the three versions with tomllib, which says more on a busy machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random

from stavaza.merge_file import Form, form_for, merge_bytes
from tests.stavaza import merging
from tests.stavaza.making import activity_file, make_report

Row = tuple[bytes, bytes, bytes]
_FILES = 300
_STARTS = 15


def rows(form: Form) -> list[Row]:
    """Three versions of each of some files."""
    random = Random(1)  # noqa: S311 - the same files each time, nothing secret
    found: list[Row] = []
    for _ in range(_FILES):
        base = merging.element(random)
        ours, theirs = (merging.edited(base, random, 2, merging.USUAL) for _ in range(2))
        found.append((form.write(base), form.write(ours), form.write(theirs)))
    return found


def processor_seconds(work: Callable[[], object]) -> float:
    """The processor time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def read_all(files: list[Row]) -> None:
    """Read every version, as any merge of TOML must."""
    for row in files:
        for raw in row:
            tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)


def driver_seconds(root: Path, row: Row) -> list[float]:
    """How long git waits for the driver, in a fresh process each time."""
    paths = [root / name for name in ("base", "ours", "theirs")]
    name = activity_file(root).relative_to(root).as_posix()
    command = [sys.executable, "-P", "-m", "tui", "git", "merge", *map(str, paths), name]
    found: list[float] = []
    for _ in range(_STARTS):
        for path, raw in zip(paths, row, strict=True):
            path.write_bytes(raw)
        started = time.perf_counter()
        subprocess.run(command, cwd=root, capture_output=True, check=False)
        found.append(time.perf_counter() - started)
    return found


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        root = make_report(Path(folder))
        form = form_for(activity_file(root))
        files = rows(form)
        merges = [
            processor_seconds(lambda: [merge_bytes(*row, form) for row in files]) for _ in range(5)
        ]
        reads = [processor_seconds(lambda: read_all(files)) for _ in range(5)]
        driver = driver_seconds(root, files[0])
    merge, read = min(merges) / _FILES * 1000, min(reads) / _FILES * 1000
    print(f"in process: {merge:.2f} ms a file, {merge / read:.1f} times reading its versions")
    median, best = statistics.median(driver) * 1000, min(driver) * 1000
    print(f"as a driver: {median:.0f} ms median, {best:.0f} ms at best")


if __name__ == "__main__":
    main()
