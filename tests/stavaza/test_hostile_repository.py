"""A repository of somebody else runs nothing on this computer and garbles no screen.

Every setting and file through which a repository can name a program names one here that leaves a
trace; then all that Stavaza does with git is done.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stavaza import history, recording, review, shared_place, versions
from stavaza.change_report import change_report, version
from stavaza.element_history import element_history
from stavaza.git_setup import problems
from stavaza.history import resolve
from stavaza.publish import publish
from stavaza.sharing import share
from tests.stavaza.sharing import AMOUNT, STATUS, Colleague, two_colleagues
from tests.stavaza.test_history import git
from tui.cli import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traces are left by shell scripts")

HOOKS = (
    "applypatch-msg",
    "commit-msg",
    "fsmonitor-watchman",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "post-merge",
    "post-receive",
    "post-rewrite",
    "post-update",
    "pre-auto-gc",
    "pre-commit",
    "pre-merge-commit",
    "pre-push",
    "pre-receive",
    "prepare-commit-msg",
    "proc-receive",
    "push-to-checkout",
    "reference-transaction",
    "update",
)
PROGRAMS = (
    "core.fsmonitor",
    "core.sshCommand",
    "core.askPass",
    "core.editor",
    "core.pager",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "sequence.editor",
    "credential.helper",
    "gpg.program",
    "gpg.ssh.program",
    "diff.external",
    "diff.kwaad.command",
    "diff.kwaad.textconv",
    "merge.kwaad.driver",
    "merge.stavaza.driver",
    "filter.kwaad.clean",
    "filter.kwaad.smudge",
    "filter.kwaad.process",
    "interactive.diffFilter",
    "uploadpack.packObjectsHook",
    "remote.origin.uploadpack",
    "remote.origin.receivepack",
    "trailer.kwaad.command",
    "alias.status",
    "alias.commit-tree",
)
FLAGS = {
    "commit.gpgSign": "true",
    "tag.gpgSign": "true",
    "push.gpgSign": "if-asked",
    "log.showSignature": "true",
    "merge.verifySignatures": "true",
    "filter.kwaad.required": "true",
    "protocol.ext.allow": "always",
    "submodule.recurse": "true",
    "core.untrackedCache": "true",
    "fetch.recurseSubmodules": "true",
}


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    """A program that leaves a trace of its name and arguments; the file it writes to."""
    program = tmp_path / "kwaad.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> "{tmp_path}/spoor"\nexit 0\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path / "spoor"


def poison(repository: Path, git_folder: Path, trace: Path) -> None:
    """Let a repository name the program wherever it can."""
    program = str(trace.with_name("kwaad.sh"))
    own = trace.with_name("hooks")
    for folder in (git_folder / "hooks", own):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            hook = folder / name
            hook.write_text(f'#!/bin/sh\nexec "{program}" {name}\n', encoding="utf-8")
            hook.chmod(0o755)
    lines = [f"[core]\n\thooksPath = {own}\n"]
    for key, value in (*((key, program) for key in PROGRAMS), *FLAGS.items()):
        section, _dot, rest = key.partition(".")
        sub, _dot, name = rest.rpartition(".")
        head = f'[{section} "{sub}"]' if sub else f"[{section}]"
        lines.append(f"{head}\n\t{name} = {value}\n")
    extra = git_folder / "extra"
    extra.write_text("".join(lines), encoding="utf-8")
    with (git_folder / "config").open("a", encoding="utf-8") as stream:
        stream.write(f"[include]\n\tpath = {extra}\n")
    if git_folder != repository:
        with (repository / ".gitattributes").open("a", encoding="utf-8") as stream:
            stream.write("* filter=kwaad diff=kwaad merge=kwaad\n*.toml merge=kwaad\n")
        alternates = git_folder / "objects" / "info" / "alternates"
        alternates.write_text(f"{repository.parent / 'plek.git' / 'objects'}\n", encoding="utf-8")


def test_the_traps_of_this_test_work(tmp_path: Path, trace: Path) -> None:
    jan, _els = two_colleagues(tmp_path)
    poison(jan.root, jan.root / ".git", trace)
    jan.change("1.1.1", STATUS, "niet_gestart")
    for command in (["status"], ["add", "-A"], ["commit", "-q", "-m", "x"], ["diff"], ["push"]):
        subprocess.run(["git", *command], cwd=jan.root, capture_output=True, check=False)
    said = trace.read_text(encoding="utf-8")
    assert "fsmonitor" in said or "kwaad.sh 2" in said
    assert len(said.splitlines()) > 3


def test_all_that_is_asked_of_git_starts_nothing(tmp_path: Path, trace: Path) -> None:
    jan, els = two_colleagues(tmp_path)
    els.change("1.1.1", AMOUNT, 190000)
    els.must_share()
    for colleague in (jan, els):
        poison(colleague.root, colleague.root / ".git", trace)
    place = tmp_path / "plek.git"
    poison(place, place, trace)
    jan.change("1.1.1", STATUS, "niet_gestart")
    root = jan.root
    assert history.git_state(root) is not None
    assert history.changed_files(root)
    assert review.uncommitted(jan.report)
    assert share(root).end == "shared"
    assert jan.value("1.1.1", AMOUNT) == 190000
    versions.name_version(root, "vgr2", "college")
    jan.change("1.1.1", STATUS, "volgens_plan")
    assert share(root).end == "shared"
    assert share(els.root).end == "shared"
    assert els.value("1.1.1", STATUS) == "volgens_plan"
    old = versions.find_version(root, "college", "vgr2")
    report = change_report(jan.report, version(root, "college", old), version(root, None, None))
    assert report.count
    assert element_history(jan.report, "1.1.1")
    jan.change("1.1.1", STATUS, "niet_gestart")
    assert recording.difference(root)
    recording.record_all(root, "los")
    publish(jan.report, tmp_path / "publicatie")
    shared_place.get_report(str(place), tmp_path / "piet")
    problems(root)
    assert not trace.exists(), trace.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["diff", "HEAD~1", "--format", "html"],
        ["diff"],
        ["history", "1.1.1"],
        ["stages"],
        ["version", "college"],
        ["git", "status"],
        ["doctor"],
        ["check"],
        ["share"],
    ],
    ids=" ".join,
)
def test_no_command_starts_anything(
    tmp_path: Path, trace: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    jan, els = two_colleagues(tmp_path)
    els.change("1.1.1", AMOUNT, 190000)
    els.must_share()
    poison(jan.root, jan.root / ".git", trace)
    jan.must_share()
    jan.change("1.1.1", STATUS, "niet_gestart")
    main([*command, "--report", str(jan.root)])
    told = capsys.readouterr()
    assert told.out + told.err
    assert not trace.exists(), trace.read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["ext::sh -c 'touch {spoor}'", "kwaad::x"])
def test_an_address_that_is_a_command_is_no_address(
    tmp_path: Path, trace: Path, address: str
) -> None:
    jan, _els = two_colleagues(tmp_path)
    git(jan.root, "config", "remote.origin.url", address.format(spoor=trace))
    git(jan.root, "config", "protocol.ext.allow", "always")
    assert jan.share().end == "offline"
    assert not trace.exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="the file system refuses such names")
def test_names_that_steer_a_terminal_are_shared_and_shown_without_harm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jan, els = two_colleagues(tmp_path)
    names = (
        "1/rood\x1b[31m.toml",
        "1/regel\nverder.toml",
        "1/\u202eom.txt",
        "-weg.toml",
        ":(glob)x",
    )
    for name in names:
        (jan.root / name).write_text('soort = "thema"\ncode = "\x1b"\n', encoding="utf-8")
    for command in (["diff"], ["check"], ["share"], ["history", "1.1.1"], ["stages"]):
        main([*command, "--report", str(jan.root)])
        told = capsys.readouterr()
        assert "\x1b" not in told.out + told.err
        assert "\u202e" not in told.out + told.err
    git(jan.root, "push", "-q", "origin", "main")
    els.share()
    assert all((els.root / name).exists() for name in names)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    jan, els = two_colleagues(tmp_path)
    secret = tmp_path / "geheim.toml"
    secret.write_text('soort = "thema"\n', encoding="utf-8")
    (jan.root / "1" / "geheim.toml").symlink_to(secret)
    recording.record_all(jan.root, "verwijzing")
    assert history.show_all(jan.root, resolve(jan.root, "HEAD"), ["1/geheim.toml"]) == {}
    assert Colleague.share(els).end == "shared"
