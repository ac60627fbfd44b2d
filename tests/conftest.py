"""What all tests share: a neutral environment, and the installed wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.wheel import InstalledWheel, install_wheel

# the same examples each time where nobody watches; at a desk they search on
unattended = os.environ.get("CI") == "true"
settings.register_profile("stavaza", deadline=None, print_blob=True, derandomize=unattended)
settings.load_profile("stavaza")


@pytest.fixture(scope="session", autouse=True)
def neutral_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the person's own settings out of the tests, and the tests out of their folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STAVAZA_HOME", str(tmp_path_factory.mktemp("thuis")))
        patch.delenv("STAVAZA_LANG", raising=False)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture(scope="session")
def installed_wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> InstalledWheel:
    """Stavaza from its wheel, outside the checkout; made once, however many processes test."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "wheel"
    folder.mkdir(exist_ok=True)
    done = folder / "done.txt"
    with FileLock(folder / "wheel.lock"):
        if done.exists():
            environment, wheel = done.read_text(encoding="utf-8").splitlines()
            return InstalledWheel(Path(environment), Path(wheel))
        installed = install_wheel(folder)
        done.write_text(f"{installed.folder}\n{installed.wheel}\n", encoding="utf-8")
        return installed
