"""Makes the link of the example and its last agreement: `python -m tests.tools.example_link`.

The agreement is made by Stavaza itself, in a copy of the example with the workbook as it was when
both sides agreed last.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

from excel_bridge import live, sync
from excel_bridge.links import BASELINE_SUFFIX, link_bytes, link_file
from stavaza.store import open_report
from tests.tools.example_figures import DATA, YEAR
from tests.tools.example_layout import INPUT
from tests.tools.example_workbook import TARGET, workbook_bytes

LINK: Final = "begroting"
_VERSIONS: Final = {
    "primitief": "primitief",
    "wijziging": "na wijziging",
    "prognose": "prognose",
}


def link_data() -> dict[str, Any]:
    """What the link's file says: the two rows of headers, the keys, euros without decimals."""
    columns = {
        f"{measure}_{version}_{YEAR}": {"kop": [f"{measure.capitalize()} {YEAR}", header]}
        for measure in ("lasten", "baten")
        for version, header in _VERSIONS.items()
    }
    return {
        "werkmap": f"rapport:{TARGET.name}",
        "blad": INPUT,
        "veld": "begroting",
        "eenheid": 1,
        "precisie": 0,
        "sleutel": {"rij": "Kostenplaats", "onderdeel": "Activiteit"},
        "tekst": {"omschrijving": "Omschrijving", "taakveld": "Taakveld"},
        "kolom": columns,
    }


def link_bytes_now() -> bytes:
    """The link's file."""
    return link_bytes(link_data())


def file_desk() -> live.XlwingsDesk:
    """Workbooks as files, also where Excel is installed."""
    return live.XlwingsDesk(None, live.file_engine(), live.engine_errors())


def agreement_bytes(folder: Path) -> bytes:
    """The baseline after both sides agreed; made in the empty folder `folder`."""
    root = folder / "rapport"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns("koppelingen", ".stavaza"))
    (root / TARGET.name).write_bytes(workbook_bytes(changed=False))
    file = link_file(root, LINK)
    file.parent.mkdir()
    file.write_bytes(link_bytes_now())
    report, _findings = open_report(root)
    if report is None:
        raise SystemExit("the example cannot be opened")
    desk = file_desk()
    sync.apply(report, sync.plan(report, desk=desk), desk=desk)
    return file.with_name(LINK + BASELINE_SUFFIX).read_bytes()


def main() -> None:
    """Write both files, where they are not current."""
    file = link_file(DATA, LINK)
    file.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        agreement = agreement_bytes(Path(folder))
    for path, content in (
        (file, link_bytes_now()),
        (file.with_name(LINK + BASELINE_SUFFIX), agreement),
    ):
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


if __name__ == "__main__":
    main()
