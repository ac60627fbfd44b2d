"""Builds the wheel and installs it away from the checkout, for tests that use what users get."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_OWN_SETTINGS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "STAVAZA_LANG")


@dataclass(frozen=True)
class InstalledWheel:
    """Stavaza as a user has it: installed from the wheel, in an environment of its own."""

    folder: Path
    """The virtual environment, outside the checkout."""

    wheel: Path
    """The wheel that is installed there."""

    @property
    def scripts(self) -> Path:
        """The folder with its programs."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.scripts / ("python.exe" if os.name == "nt" else "python")

    @property
    def command(self) -> Path:
        """Its console command `stavaza`."""
        return self.scripts / ("stavaza.exe" if os.name == "nt" else "stavaza")

    def run(
        self, args: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run its Python with `args` in `cwd`; `env` comes on top of a neutral environment.

        Output is read as UTF-8; `STAVAZA_HOME` is a folder inside `cwd` unless `env` says else.
        """
        return self._start([self.python, *args], cwd, env)

    def stavaza(
        self, args: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run its console command `stavaza`, in the same circumstances as `run`."""
        return self._start([self.command, *args], cwd, env)

    def _start(
        self, command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None
    ) -> subprocess.CompletedProcess[str]:
        neutral = {key: value for key, value in os.environ.items() if key not in _OWN_SETTINGS}
        neutral |= {"PYTHONUTF8": "1", "STAVAZA_HOME": str(cwd / "thuis")}
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=neutral | dict(env or {}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )


def install_wheel(folder: Path) -> InstalledWheel:
    """Build the wheel of this checkout and install it in a new environment in `folder`.

    Nothing comes from the network: hatchling and all that Stavaza depends on are those of the
    environment that runs the tests. Of that only the packages are visible, not its `.pth` files,
    and so not an editable install of Stavaza itself.
    """
    _checked([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist"])
    (wheel,) = (folder / "dist").glob("*.whl")
    installed = InstalledWheel(folder / "omgeving", wheel)
    venv.create(installed.folder, with_pip=True)
    _checked([installed.python, "-m", "pip", "install", "-q", "--no-index", "--no-deps", wheel])
    (own,) = installed.folder.rglob("site-packages")
    lines = "".join(f"{path}\n" for path in _dependency_folders())
    (own / "dependencies.pth").write_text(lines, encoding="utf-8")
    return installed


def _dependency_folders() -> list[str]:
    """Return the parts of the module search path that hold installed packages."""
    homes = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *site.getsitepackages()}
    homes.add(site.getusersitepackages())
    return [
        path
        for path in sys.path
        if any(Path(path).is_relative_to(home) for home in homes)
        and not (Path(path) / "stavaza" / "__init__.py").exists()
    ]


def _checked(command: Sequence[str | Path]) -> None:
    """Run a step of building or installing; its output is the message when it fails."""
    run = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode != 0:
        msg = f"{command}\n{run.stdout}\n{run.stderr}"
        raise RuntimeError(msg)
