"""Names of versions: per moment, numbered, shared, and understood by the difference."""

from __future__ import annotations

from pathlib import Path

import pytest

from stavaza.git_run import GitError
from stavaza.review import parse_range
from stavaza.versions import VersionError, find_version, name_version, named_versions
from tests.stavaza.sharing import STATUS, Colleague, two_colleagues
from tests.stavaza.test_history import git

Both = tuple[Colleague, Colleague]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return two_colleagues(tmp_path)


def head(colleague: Colleague) -> str:
    return git(colleague.root, "rev-parse", "HEAD").strip()


def test_a_range_of_names_means_the_newest_of_each_at_this_moment(both: Both) -> None:
    jan = both[0]
    commits = []
    for name, status in (("college", "niet_gestart"), ("college", "volgens_plan"), ("raad", "")):
        jan.change("1.1.1", STATUS, status or "niet_volgens_plan")
        jan.must_share()
        assert name_version(jan.root, "vgr2", name).name == name
        commits.append(head(jan))
    assert [each.tag for each in named_versions(jan.root)] == [
        "vgr2/college",
        "vgr2/college-2",
        "vgr2/raad",
    ]
    assert parse_range(jan.root, "college..council", "vgr2") == (commits[1], commits[2])
    assert find_version(jan.root, "vgr2/college", "vgr2") == commits[0]
    with pytest.raises(GitError, match="Git kent geen versie"):
        find_version(jan.root, "college", "vgr1")


def test_a_version_is_named_when_all_is_recorded(both: Both) -> None:
    both[0].change("1.1.1", STATUS, "niet_gestart")
    with pytest.raises(VersionError, match="niet zijn vastgelegd"):
        name_version(both[0].root, "vgr2", "college")
    with pytest.raises(VersionError, match="kort woord"):
        name_version(both[1].root, "vgr2", "--force")


def test_names_are_shared_and_two_that_clash_both_stay(both: Both) -> None:
    jan, els = both
    name_version(jan.root, "vgr2", "college")
    jan.must_share()
    els.change("1.1.1", STATUS, "niet_gestart")
    git(els.root, "commit", "-q", "-am", "anders")
    own = head(els)
    name_version(els.root, "vgr2", "college")
    outcome = els.must_share()
    assert any("vgr2/college-2" in sentence for sentence in outcome.sentences)
    jan.must_share()
    for colleague in both:
        found = {each.tag: each.commit for each in named_versions(colleague.root)}
        assert found["vgr2/college-2"] == own
        assert found["vgr2/college"] != own
