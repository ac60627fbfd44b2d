"""LibreOffice as a second opinion: it opens files, recalculates them and saves them anew."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
REASON = "LibreOffice is not installed"

_ALWAYS_RECALCULATE = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    '<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>'
    '<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>'
)


def converted(paths: list[Path], folder: Path, kind: str = "xlsx", seconds: int = 600) -> Path:
    """Let LibreOffice open the files, recalculate and save them as `kind`, in one run; return the
    folder with the results. A file that it cannot open is not there.
    """
    assert SOFFICE is not None
    profile = folder / "profiel"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    out = folder / f"uit-{kind}"
    command = [SOFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", kind, "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=seconds)
    return out
