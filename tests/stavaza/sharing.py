"""Two colleagues with a clone each and a shared bare repository, for the tests of sharing."""

from __future__ import annotations

from pathlib import Path

from stavaza.sharing import Outcome, share
from stavaza.store import save
from stavaza.tree import Report
from tests.stavaza.test_history import git
from tests.tui.reports import opened, write_report

STATUS = ("moment", "vgr2", "status")
STAND = ("moment", "vgr2", "stand_van_zaken")
AMOUNT = ("begroting", "660002", "lasten_wijziging_2026")


class Colleague:
    """Someone with a clone of the report."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        git(root, "config", "user.name", name)
        git(root, "config", "user.email", f"{name.lower()}@example.org")

    @property
    def report(self) -> Report:
        """The report as it is on disk."""
        return opened(self.root)

    def change(self, key: str, path: tuple[str, ...], value: object) -> None:
        """Save one change."""
        report = self.report
        report.elements[key].set(path, value)
        save(report, report.elements[key])

    def value(self, key: str, path: tuple[str, ...]) -> object:
        """A value as it is on disk."""
        return self.report.elements[key].get(path)

    def share(self, message: str = "") -> Outcome:
        """Share."""
        return share(self.root, message)

    def must_share(self) -> Outcome:
        """Share, which must end well."""
        outcome = self.share()
        assert outcome.end == "shared", outcome.sentences
        return outcome


def two_colleagues(folder: Path) -> tuple[Colleague, Colleague]:
    """Jan and Els, who share a small report through the bare repository `plek.git`."""
    place = folder / "plek.git"
    git(folder, "init", "-q", "--bare", "-b", "main", str(place))
    first = write_report(folder / "jan", 1, 2, 2)
    (first / ".gitignore").write_text(".stavaza/\n", encoding="utf-8")
    git(first, "init", "-q", "-b", "main")
    git(first, "remote", "add", "origin", str(place))
    jan = Colleague(first, "Jan")
    jan.must_share()
    git(folder, "clone", "-q", str(place), "els")
    return jan, Colleague(folder / "els", "Els")
