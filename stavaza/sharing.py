"""Sharing a report in one action: record, look what others did, merge, check, put it there.

Nothing is ever forced, and nothing that was saved is lost: each step can be broken off and done
again. Where two people changed one value differently both stay in the file, and what must be
decided is shown; until then the merged report is recorded here, not put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from stavaza import git_objects, shared_place
from stavaza.check import check_report
from stavaza.commits import AUTOMATIC, contents
from stavaza.display import harmless
from stavaza.files import locked
from stavaza.finding import Finding
from stavaza.git_run import GitError
from stavaza.history import absence, changed_files, empty_tree, git_state
from stavaza.i18n import _, ngettext
from stavaza.merge_file import Form, form_for
from stavaza.recording import has_identity, message_for
from stavaza.report_at import report_at
from stavaza.sharing_outcome import End, Outcome, ShareError
from stavaza.sharing_words import NOTICES, hint, refusal
from stavaza.store import open_report
from stavaza.together import finish
from stavaza.tree import Report
from stavaza.tree_merge import MergedTree, Notice, TreeMerge, UnmergeableError

__all__ = ["Outcome", "ShareError", "record", "share"]

TRIES = 10
"""How often to merge again when others put something there in the meantime."""

CONFLICT_CODES = ("G001", "G002", "G003", "G004", "R028")
"""The findings about values and files with two versions."""

_RACES = (
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "failed to update ref",
    "incorrect old value",
    "File exists",
)
"""What git says when two put something there at the same moment."""


def share(root: Path, message: str = "", form: Callable[[Path], Form] = form_for) -> Outcome:
    """Record and share the report in `root`.

    Without a message one is made up from the changes. `form` tells how a file of the report is
    merged. Raises ShareError, SaveRefusedError where another program is sharing.
    """
    with locked(root, "share", timeout_seconds=60.0):
        finish(root)
        return _Sharing(root, message, form).run()


def record(root: Path, message: str = "") -> Outcome:
    """Record the changes here, and share nothing. Raises ShareError."""
    with locked(root, "share", timeout_seconds=60.0):
        finish(root)
        work = _Sharing(root, message, form_for)
        work.ready()
        work.record()
        return work.outcome


class _Sharing:
    """One action on its way."""

    def __init__(self, root: Path, message: str, form: Callable[[Path], Form]) -> None:
        self.root = root
        self.message = message.strip()
        self.form = form
        self.outcome = Outcome()
        self.branch = ""
        self.head: str | None = None

    def run(self) -> Outcome:
        """All steps; again from the second where others were first."""
        self.ready()
        self.record()
        try:
            place = shared_place.find_place(self.root, self.branch)
        except GitError as error:
            told = _("Git cannot say where this report is shared: {reason}")
            raise ShareError(told.format(reason=hint(str(error)))) from error
        if place is None:
            return self._end(
                "no-place",
                _(
                    "Nothing was shared: this report has no place to share yet. Choose one with: "
                    "stavaza share --place FOLDER"
                ),
            )
        for _attempt in range(TRIES):
            if not self._look(place):
                return self.outcome
            if not self._merge(place):
                continue
            if not self._checked(place) or self._put(place):
                return self.outcome
        raise ShareError(
            _("Others are sharing all the time. Your work is recorded; share again in a moment.")
        )

    def ready(self) -> None:
        """Whether git can be used here at all. Raises ShareError."""
        reason = absence(self.root)
        if reason:
            raise ShareError(reason)
        state = git_state(self.root)
        if state is None:
            raise ShareError(_("Git did not answer in time."))
        if state.merging:
            raise ShareError(
                _(
                    "Git is in the middle of a merge that was begun outside Stavaza. Finish it "
                    "with: git commit. Or take it back with: git merge --abort"
                )
            )
        if state.branch is None:
            raise ShareError(
                _(
                    "An earlier version is open in git (detached head), so there is no branch to "
                    "record on. Go back with: git switch main"
                )
            )
        if not has_identity(self.root):
            raise ShareError(
                _(
                    "Git does not know who you are, and colleagues must see that. Say it once "
                    'with: stavaza share --name "First Last" --mail address'
                )
            )
        self.branch, self.head = state.branch, state.commit

    # --- recording

    def record(self) -> None:
        """Record what was saved in the report; what others hold open stays as it is."""
        try:
            self._record()
        except GitError as error:
            raise ShareError(
                _("Git could not record the changes: {reason}").format(reason=hint(str(error)))
            ) from error

    def _record(self) -> None:
        paths = [f.path for f in changed_files(self.root) if not f.path.endswith("/")]
        if not paths:
            self._settle()
            return
        text = self.message or message_for(self.root, self.head, paths)
        with git_objects.other_index(self.root, self.head) as index:
            git_objects.put_files(self.root, paths, index)
            tree = git_objects.write_tree(self.root, index)
        old = git_objects.tree_of(self.root, self.head) if self.head else empty_tree(self.root)
        if tree != old:
            parents = [self.head] if self.head else []
            new = git_objects.make_commit(self.root, tree, parents, text)
            git_objects.advance(self.root, new, self.head)
            self.head = new
            self.outcome.recorded += len(paths)
            told = ngettext("{n} file was recorded.", "{n} files were recorded.", len(paths))
            self.outcome.sentences.append(told.format(n=len(paths)))
        git_objects.put_files(self.root, paths)
        self._settle()

    def _settle(self) -> None:
        """Let git's list of files agree with the commit, also after an earlier interruption."""
        if self.head is not None:
            git_objects.put_files(self.root, git_objects.staged(self.root, self.head))

    # --- looking and merging

    def _look(self, place: shared_place.Place) -> bool:
        try:
            shared_place.fetch(self.root, place)
            for old, new in shared_place.take_names(self.root):
                told = _("Another version is called {old} already; yours is now called {new}.")
                self.outcome.sentences.append(told.format(old=old, new=new))
        except GitError as error:
            told = _(
                "The place to share cannot be reached now ({place}: {reason}). Your work is "
                "recorded here; share again later."
            )
            self._end("offline", told.format(place=place.shown, reason=hint(str(error))))
            return False
        return True

    def _merge(self, place: shared_place.Place) -> bool:
        """Bring in what others did; False where something was saved meanwhile: begin again."""
        theirs = shared_place.newest_there(self.root, place)
        if theirs is None:
            others = shared_place.branches_there(self.root, place)
            if others:
                told = _(
                    "Colleagues share on the branch {theirs}, and here the branch is {ours}. "
                    "Go there with: git switch {theirs}"
                )
                raise ShareError(told.format(theirs=harmless(others[0]), ours=self.branch))
            return True
        try:
            return self._merge_with(theirs)
        except UnmergeableError as error:
            told = _("Two people changed the link {path}; only git itself can decide that.")
            raise ShareError(told.format(path=harmless(str(error)))) from error
        except GitError as error:
            told = _("The work of others cannot be merged now: {reason}")
            raise ShareError(told.format(reason=hint(str(error)))) from error

    def _merge_with(self, theirs: str) -> bool:
        if self.head is None:
            return self._bring(theirs, None)
        bases = git_objects.merge_bases(self.root, self.head, theirs)
        if theirs in bases:
            return True
        if self.head in bases:
            return self._bring(theirs, self.head)
        if not bases:
            raise ShareError(
                _(
                    "The place to share holds another report, or one that began apart from this "
                    "one. Nothing was merged."
                )
            )
        merged = self._merged_tree(bases, self.head, theirs)
        tree = self._tree(self.head, merged)
        text = _("Merged with the work of others") + "\n\n" + AUTOMATIC
        commit = git_objects.make_commit(self.root, tree, [self.head, theirs], text)
        if not self._bring(commit, self.head):
            return False
        self._tell_notices(merged.notices)
        return True

    def _merged_tree(self, bases: list[str], ours: str, theirs: str) -> MergedTree:
        prefix = git_objects.prefix_of(self.root)
        base = self._virtual_base(bases)
        work = TreeMerge(prefix, self._read, self._form_at(prefix))
        sides = [git_objects.entries(self.root, rev) for rev in (base, ours, theirs)]
        return work.run(*sides)

    def _virtual_base(self, bases: list[str]) -> str:
        """The one version from which two went apart; several are first merged themselves."""
        base = bases[0]
        for other in bases[1:]:
            below = git_objects.merge_bases(self.root, base, other)
            if not below:
                continue
            tree = self._tree(base, self._merged_tree(below, base, other))
            base = git_objects.make_commit(self.root, tree, [base, other], "basis")
        return base

    def _read(self, oids: Iterable[str]) -> dict[str, bytes]:
        return contents(self.root, oids)

    def _form_at(self, prefix: str) -> Callable[[str], Form]:
        return lambda path: self.form(self.root / path.removeprefix(prefix))

    def _tree(self, commit: str, merged: MergedTree) -> str:
        fresh = {path: raw for path, raw in merged.changes.items() if isinstance(raw, bytes)}
        names = git_objects.write_contents(self.root, list(fresh.values()))
        changes: dict[str, git_objects.Entry | None] = {
            path: entry for path, entry in merged.changes.items() if not isinstance(entry, bytes)
        }
        for path, oid in zip(fresh, names, strict=True):
            mode = merged.modes.get(path, git_objects.FILE_MODES[0])
            changes[path] = git_objects.Entry(path, mode, oid)
        with git_objects.other_index(self.root, commit) as index:
            git_objects.put_entries(self.root, index, changes)
            return git_objects.write_tree(self.root, index)

    def _bring(self, commit: str, old: str | None) -> bool:
        """Bring the folder to a commit, then the branch: broken off in between nothing is lost.

        False where something was saved since it was recorded, which is then recorded too.
        """
        before = {} if old is None else {e.path: e for e in git_objects.entries(self.root, old)}
        after = {entry.path: entry for entry in git_objects.entries(self.root, commit)}
        count = sum(before.get(path) != after.get(path) for path in {*before, *after})
        start = old or empty_tree(self.root)
        try:
            git_objects.update_folder(self.root, start, commit)
        except GitError:
            recorded = self.outcome.recorded
            self._record()
            if self.outcome.recorded == recorded:
                raise
            return False
        git_objects.advance(self.root, commit, old)
        self.head = commit
        self.outcome.received += count
        if count:
            told = ngettext(
                "{n} file of others was brought in.", "{n} files of others were brought in.", count
            )
            self.outcome.sentences.append(told.format(n=count))
        return True

    def _tell_notices(self, notices: Iterable[Notice]) -> None:
        for notice in notices:
            path = harmless(notice.path)
            told = _(NOTICES[notice.kind]).format(file=path, detail=harmless(notice.detail))
            self.outcome.sentences.append(told)

    # --- checking and putting it there

    def _checked(self, place: shared_place.Place) -> bool:
        """Whether the report may go there: no open conflicts, and no errors that are new there."""
        report, findings = open_report(self.root)
        found = check_report(report) if report is not None else findings
        errors = [finding for finding in found if finding.severity == "error"]
        conflicts = [finding for finding in errors if finding.code in CONFLICT_CODES]
        if conflicts:
            self.outcome.findings = conflicts
            told = ngettext(
                "{n} value was changed differently by you and by someone else. Choose one of the "
                "two and share again; both are kept until then.",
                "{n} values were changed differently by you and by someone else. Choose each time "
                "one of the two and share again; both are kept until then.",
                len(conflicts),
            )
            self._end("conflicts", told.format(n=len(conflicts)))
            return False
        known = _known_errors(report, shared_place.newest_there(self.root, place))
        new = [finding for finding in errors if _mark(finding, self.root) not in known]
        if new:
            self.outcome.findings = new
            told = ngettext(
                "There is {n} error, so nothing was shared; your work is recorded here. Mend it "
                "and share again.",
                "There are {n} errors, so nothing was shared; your work is recorded here. Mend "
                "them and share again.",
                len(new),
            )
            self._end("errors", told.format(n=len(new)))
            return False
        return True

    def _put(self, place: shared_place.Place) -> bool:
        """Put it there; False where others were first."""
        if self.head is None:
            self._end("shared", _("There is nothing to share yet."))
            return True
        before = shared_place.newest_there(self.root, place)
        try:
            shared_place.push(self.root, place, self.head)
            shared_place.remember(self.root, place, self.branch)
        except GitError as error:
            if not self._look(place):
                return True
            moved = shared_place.newest_there(self.root, place) != before
            if moved or any(part in error.said for part in _RACES):
                return False
            told = _("The place to share refuses your work ({reason}). It is recorded here.")
            raise ShareError(told.format(reason=refusal(error))) from error
        same = before == self.head and not self.outcome.received
        self._end(
            "shared",
            _("Everything was shared already.") if same else _("Your work is shared."),
        )
        return True

    def _end(self, end: End, sentence: str) -> Outcome:
        self.outcome.end = end
        self.outcome.sentences.append(sentence)
        return self.outcome


def _known_errors(report: Report | None, commit: str | None) -> set[tuple[str, ...]]:
    """The errors that the report has there already: those are no reason to keep work here."""
    if report is None or commit is None:
        return set()
    there = report_at(report, commit)
    return {_mark(f, report.root) for f in check_report(there) if f.severity == "error"}


def _mark(finding: Finding, root: Path) -> tuple[str, ...]:
    file = finding.file
    inside = file.relative_to(root) if file is not None and file.is_relative_to(root) else file
    return (finding.code, str(inside or ""), *finding.path)
