"""The history of an element, a field or a cell: who changed it when, from what to what.

An element is its id, the stem of its file, so a file that was put in another folder stays itself.
Where the id itself changed, git's likeness of the files is followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from stavaza.commits import Commit, FileChange, commits, contents
from stavaza.diff import Change, element_changes
from stavaza.git_run import run_git
from stavaza.history import git_state
from stavaza.i18n import _
from stavaza.naming import is_safe_stem
from stavaza.source import Data
from stavaza.store import is_element_path
from stavaza.toml_reader import parse_toml
from stavaza.tree import Report

_ALIKE = "-M60%"


@dataclass(frozen=True)
class Step:
    """One moment in the history: who, when, why (`''` unknown), and which values went how.

    `commit` is '' for what was saved but not recorded yet. `note` tells of a file that moved, came
    or went.
    """

    who: str
    when: datetime | None
    reason: str
    commit: str
    note: str
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "who": self.who,
            "when": self.when.isoformat() if self.when else None,
            "reason": self.reason,
            "commit": self.commit or None,
            "changes": [change.as_json() for change in self.changes],
        }


def element_history(report: Report, element_id: str, field: str = "") -> list[Step]:
    """The steps of an element, newest first; with `field` only those of that field.

    A field is meant by its key, by an address with `/` (`begroting/663884/lasten_prognose_2026`)
    or by the start of one. Raises GitError.
    """
    root = report.root
    state = git_state(root)
    head = state.commit if state else None
    found: list[Step] = []
    if head is not None:
        found = _recorded(report, head, element_id)
    unsaved = _not_recorded(report, element_id, head)
    steps = [*([unsaved] if unsaved else []), *found]
    return [step for step in (_only(step, field) for step in steps) if step is not None]


def _only(step: Step, field: str) -> Step | None:
    """A step with the changes of one field; None where it has none."""
    if not field:
        return step
    asked = tuple(part for part in field.split("/") if part)
    kept = tuple(change for change in step.changes if _meant(change.path, asked))
    return Step(step.who, step.when, step.reason, step.commit, "", kept) if kept else None


def _meant(path: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    if path[0] == "moment" and asked and asked[0] != "moment":
        return path[2:] == asked or path[1:] == asked
    return path[: len(asked)] == asked


def _recorded(report: Report, head: str, element_id: str) -> list[Step]:
    found: list[Step] = []
    stem, start = element_id, head
    seen: set[str] = set()
    while is_safe_stem(stem) and stem not in seen:
        seen.add(stem)
        touching = commits(report.root, start, None, [f":(glob)**/{stem}.toml"])
        before = _before(report.root, touching, stem)
        found += _steps(report, touching, stem, before)
        stem, start = (PurePosixPath(before.path).stem, before.commit) if before else ("", "")
    return found


@dataclass(frozen=True)
class _Before:
    """The file that the element was before its first commit: git's name, its path, the commit."""

    old: str
    path: str
    commit: str


def _before(root: Path, touching: list[Commit], stem: str) -> _Before | None:
    first = touching[-1] if touching else None
    if first is None or not first.parents:
        return None
    parent = first.parents[0]
    safe = ("--no-ext-diff", "--no-textconv", "--no-color", "--relative")
    how = ("-r", "-z", "--raw", "--no-abbrev", _ALIKE, "--diff-filter=R")
    out = run_git(root, "diff-tree", *safe, *how, parent, first.id, "--", ".")
    records = [part.decode("utf-8", "surrogateescape") for part in out.split(b"\0") if part]
    for state, old, new in zip(records[::3], records[1::3], records[2::3], strict=False):
        if PurePosixPath(new).stem == stem and is_element_path(old):
            return _Before(state.split()[2], old, parent)
    return None


@dataclass(frozen=True)
class _Touch:
    """What a commit did to the element, against one parent: git's names and paths, '' for none."""

    commit: Commit
    old: str
    new: str
    old_path: str
    new_path: str


def _steps(
    report: Report, touching: Iterable[Commit], stem: str, before: _Before | None
) -> list[Step]:
    touches = [touch for commit in touching if (touch := _touch(commit, stem)) is not None]
    if before is not None and touches and not touches[-1].old:
        touches[-1] = replace(touches[-1], old=before.old, old_path=before.path)
    held = contents(report.root, (oid for touch in touches for oid in (touch.old, touch.new)))
    by_commit: dict[str, list[_Touch]] = {}
    for touch in touches:
        by_commit.setdefault(touch.commit.id, []).append(touch)
    found = []
    for sides in by_commit.values():
        if len(sides) < len(sides[0].commit.parents):
            continue  # a merge that has it exactly as one of its parents had it
        step = _step(report, sides, held)
        if step is not None:
            found.append(step)
    return found


def _touch(commit: Commit, stem: str) -> _Touch | None:
    own = [
        f for f in commit.files if is_element_path(f.path) and PurePosixPath(f.path).stem == stem
    ]
    if not own:
        return None
    old = next((file for file in own if file.old), FileChange("", "", ""))
    new = next((file for file in own if file.new), FileChange("", "", ""))
    return _Touch(commit, old.old, new.new, old.path, new.path)


def _step(report: Report, sides: list[_Touch], held: Mapping[str, bytes]) -> Step | None:
    """What a commit changed; of a merge, what it made different from all its parents."""
    first = sides[0]
    new = _data(held.get(first.new))
    per_side = [element_changes(report, _data(held.get(side.old)), new) for side in sides]
    paths = set.intersection(*({change.path for change in changes} for changes in per_side))
    changes = tuple(change for change in per_side[0] if change.path in paths)
    note = _note(first) if len(sides) == 1 else ""
    if not changes and not note:
        return None
    commit = first.commit
    return Step(commit.who, commit.when, commit.reason, commit.id, note, changes)


def _note(touch: _Touch) -> str:
    if not touch.old:
        return _("Made.")
    if not touch.new:
        return _("Removed.")
    if touch.old_path != touch.new_path:
        places = {"old": touch.old_path, "new": touch.new_path}
        return _("The file went from {old} to {new}.").format(**places)
    return ""


def _data(raw: bytes | None) -> Data | None:
    if raw is None:
        return None
    return parse_toml(raw, Path("x.toml"))[0]


def _not_recorded(report: Report, element_id: str, head: str | None) -> Step | None:
    """What was saved since the last commit."""
    from stavaza.report_at import report_at

    now = report.elements.get(element_id)
    was = report_at(report, head).elements.get(element_id)
    old = was.data if was else None
    new = now.source.data if now and now.source else None
    changes = tuple(element_changes(report, old, new))
    if not changes:
        return None
    return Step("", None, "", "", _("Saved, not recorded yet."), changes)
