"""Merging by meaning: what merges, what is asked, and that nothing gets lost or made up."""

from __future__ import annotations

import copy
import subprocess
import tomllib
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stavaza.conflicts import KEY, conflicts_in, kept
from stavaza.merge import PLAIN, merge
from stavaza.merge_driver import clean_lines
from stavaza.merge_file import Broken, Form, Outcome, form_for, merge_bytes
from stavaza.merge_prose import merge_prose
from stavaza.prose import canonical
from stavaza.source import Data
from tests.stavaza import merging
from tests.stavaza.making import ACTIVITY, activity_file, make_report

PAIRS = 1500


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    return form_for(activity_file(make_report(tmp_path_factory.mktemp("rapport"))))


def parsed(raw: bytes) -> Data:
    return tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)


def merged(base: bytes, ours: bytes, theirs: bytes, form: Form) -> Outcome:
    done = merge_bytes(base, ours, theirs, form)
    assert isinstance(done, Outcome)
    return done


# --- random edits


def versions(random: Random) -> tuple[Data, Data, Data]:
    base = merging.element(random)
    ours, theirs = (
        merging.edited(base, random, random.randint(1, 3), merging.USUAL) for _ in range(2)
    )
    return base, ours, theirs


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, input=stdin, capture_output=True, check=False
    )


def branches(rows: list[tuple[bytes, bytes, bytes]]) -> bytes:
    """What git fast-import reads: the base, and a branch of each side with all its files."""
    parts: list[bytes] = []
    for mark, branch in enumerate((b"main", b"onze", b"hunne"), start=1):
        who = b"committer Test <test@example.org> 1750000000 +0000\ndata 0\n"
        parts.append(b"commit refs/heads/%s\nmark :%d\n%s" % (branch, mark, who))
        parts.append(b"from :1\n" if mark > 1 else b"")
        for number, row in enumerate(rows):
            raw = row[mark - 1]
            parts.append(b"M 644 inline %04d.toml\ndata %d\n%s\n" % (number, len(raw), raw))
    return b"".join(parts)


def conflicts_of_a_line_merge(folder: Path, rows: list[tuple[bytes, bytes, bytes]]) -> list[int]:
    """How many conflicts git's merge by line leaves in each file, all of them in one merge."""
    git(folder, "init", "-q")
    git(folder, "fast-import", "--quiet", stdin=branches(rows))
    git(folder, "checkout", "-q", "onze")
    git(folder, "merge", "-q", "hunne")
    paths = [folder / f"{number:04}.toml" for number in range(len(rows))]
    return [path.read_bytes().count(b"<<<<<<< ") for path in paths]


def test_random_edits_meet_half_as_often_as_lines_do_and_none_is_lost(
    form: Form, tmp_path: Path
) -> None:
    random = Random(20261)  # noqa: S311 - the same pairs each time, nothing secret
    rows: list[tuple[bytes, bytes, bytes]] = []
    asked: list[int] = []
    for _ in range(PAIRS):
        base, ours, theirs = versions(random)
        row = form.write(base), form.write(ours), form.write(theirs)
        done = merged(*row, form)
        result = parsed(done.raw)
        assert form.write(result) == done.raw
        merging.assert_every_change_is_kept(base, ours, theirs, result)
        assert len(conflicts_in(result)) == len(done.conflicts)
        rows.append(row)
        asked.append(len(done.conflicts))
    by_line = conflicts_of_a_line_merge(tmp_path, rows)
    assert sum(by_line) > 200
    assert sum(asked) * 2 <= sum(by_line)
    assert sum(map(bool, asked)) * 2 <= sum(map(bool, by_line))


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 6), st.integers(1, 6))
def test_no_change_is_dropped_or_made_up(random: Random, here: int, there: int) -> None:
    base = merging.element(random)
    ours, theirs = merging.edited(base, random, here), merging.edited(base, random, there)
    before = copy.deepcopy((base, ours, theirs))
    done = merge(base, ours, theirs)
    merging.assert_every_change_is_kept(base, ours, theirs, kept(done.data, done.conflicts))
    assert (base, ours, theirs) == before


@settings(max_examples=100)
@given(st.randoms(use_true_random=False))
def test_both_sides_see_the_same_conflicts_mirrored(random: Random) -> None:
    base, ours, theirs = versions(random)
    here, there = merge(base, ours, theirs), merge(base, theirs, ours)
    assert {(c.path, c.ours is None) for c in here.conflicts} == {
        (c.path, c.theirs is None) for c in there.conflicts
    }


def test_two_hundred_files_in_which_both_add_a_row_have_no_conflict(form: Form) -> None:
    random = Random(7)  # noqa: S311 - the same rows each time, nothing secret
    for _ in range(200):
        base = merging.element(random)
        ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
        ours["begroting"]["670001"] = merging.row(random)
        theirs["begroting"]["670002"] = merging.row(random)
        done = merged(form.write(base), form.write(ours), form.write(theirs), form)
        assert done.conflicts == ()
        rows = base["begroting"] | ours["begroting"] | theirs["begroting"]
        assert parsed(done.raw)["begroting"] == dict(sorted(rows.items()))


# --- values

BASE: Data = parsed(ACTIVITY.encode("utf-8"))


def changed(*changes: tuple[tuple[str, ...], Any]) -> Data:
    data = copy.deepcopy(BASE)
    for path, value in changes:
        node = data
        for key in path[:-1]:
            node = node.setdefault(key, {})
        if value is None:
            del node[path[-1]]
        else:
            node[path[-1]] = value
    return data


AMOUNT = ("begroting", "663884", "lasten_wijziging_2026")
STATUS = ("moment", "vgr2", "status")


def test_different_fields_and_cells_merge() -> None:
    ours = changed((STATUS, "niet_gestart"), (AMOUNT, 190000))
    theirs = changed((("begroting", "663884", "baten_primitief_2026"), 5), (("naam",), "Anders"))
    done = merge(BASE, ours, theirs)
    assert done.conflicts == ()
    assert done.data == changed(
        (STATUS, "niet_gestart"),
        (AMOUNT, 190000),
        (("begroting", "663884", "baten_primitief_2026"), 5),
        (("naam",), "Anders"),
    )


def test_an_amount_changed_differently_is_asked_and_ours_stays() -> None:
    done = merge(BASE, changed((AMOUNT, 190000)), changed((AMOUNT, 200000)))
    assert [(c.path, c.ours, c.theirs, c.base) for c in done.conflicts] == [
        (AMOUNT, 190000, 200000, 185000)
    ]
    assert done.data == changed((AMOUNT, 190000))


def test_what_both_changed_alike_is_no_conflict() -> None:
    same = changed((AMOUNT, 190000), (STATUS, "niet_gestart"))
    assert merge(BASE, same, copy.deepcopy(same)).conflicts == ()


def test_the_same_amount_spelled_differently_is_no_conflict() -> None:
    ours, theirs = changed((AMOUNT, Decimal("7077.50"))), changed((AMOUNT, Decimal("7077.5")))
    assert merge(BASE, ours, theirs).conflicts == ()


@pytest.mark.parametrize("swapped", [False, True])
def test_a_row_taken_away_by_one_and_changed_by_the_other_is_asked(swapped: bool) -> None:
    row = ("begroting", "663884")
    ours, theirs = changed((row, None)), changed((AMOUNT, 1))
    if swapped:
        ours, theirs = theirs, ours
    (conflict,) = merge(BASE, ours, theirs).conflicts
    assert conflict.path == row
    assert [conflict.ours is None, conflict.theirs is None] == [not swapped, swapped]


def test_the_last_row_taken_away_and_another_added_is_no_conflict() -> None:
    ours = changed((("begroting",), None))
    theirs = changed((("begroting", "663999"), {"taakveld": "6.1"}))
    done = merge(BASE, ours, theirs)
    assert done.conflicts == ()
    assert done.data["begroting"] == {"663999": {"taakveld": "6.1"}}


def test_a_moment_emptied_by_one_and_filled_by_the_other_is_asked_per_field() -> None:
    ours, theirs = changed((("moment", "vgr1"), None)), changed((("moment", "vgr1", "x"), "y"))
    done = merge(BASE, ours, theirs)
    assert done.conflicts == ()
    assert done.data["moment"]["vgr1"] == {"x": "y"}


def test_a_code_of_a_task_field_stays_text() -> None:
    done = merge(
        BASE, changed((("begroting", "663885", "taakveld"), "6.60")), changed((STATUS, "x"))
    )
    assert done.data["begroting"]["663885"]["taakveld"] == "6.60"


def test_true_and_one_are_two_values() -> None:
    done = merge({"x": 0}, {"x": 1}, {"x": True})
    assert len(done.conflicts) == 1


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        (["a", "b", "c", "x"], ["a", "b", "c", "y"], ["a", "b", "c", "x", "y"]),
        (["b", "c"], ["a", "b", "c", "y"], ["b", "c", "y"]),
        (["a", "B", "c"], ["a", "b", "C"], ["a", "B", "C"]),
        (["a", "b", "c", "x"], ["a", "b", "c", "x", "y"], ["a", "b", "c", "x", "y"]),
        (["a", "B", "c"], ["a", "bb", "c"], None),
        (["a", "c"], ["a", "bb", "c"], None),
    ],
)
def test_lists_of_texts_merge_by_item(
    ours: list[str], theirs: list[str], result: list[str] | None
) -> None:
    done = merge({"thema": ["a", "b", "c"]}, {"thema": ours}, {"thema": theirs})
    assert bool(done.conflicts) == (result is None)
    assert done.data["thema"] == (ours if result is None else result)


def test_a_person_in_report_toml_is_one_thing() -> None:
    base = {"persoon": {"x": {"naam": "Een", "mail": "a"}}}
    done = merge(base, {}, {"persoon": {"x": {"naam": "Twee", "mail": "a"}}}, PLAIN)
    assert [c.path for c in done.conflicts] == [("persoon", "x")]


# --- prose

TEXT = "Een.\nTwee.\nDrie.\n\nVier.\nVijf.\n\n1. eerst\n2. dan\n"


@pytest.mark.parametrize(
    ("ours", "theirs", "result"),
    [
        # two neighbours in one paragraph
        (
            TEXT.replace("Twee", "Twee nieuw"),
            TEXT.replace("Drie", "Drie nieuw"),
            TEXT.replace("Twee", "Twee nieuw").replace("Drie", "Drie nieuw"),
        ),
        # a sentence before one that changes
        (
            TEXT.replace("Vier.", "Al.\nVier."),
            TEXT.replace("Vier.", "Vier nieuw."),
            TEXT.replace("Vier.", "Al.\nVier nieuw."),
        ),
        # a sentence at the end of a paragraph, and a paragraph behind it
        (
            TEXT.replace("Drie.", "Drie.\nErbij."),
            TEXT.replace("Drie.", "Drie.\n\nNieuwe alinea."),
            TEXT.replace("Drie.", "Drie.\nErbij.\n\nNieuwe alinea."),
        ),
        # paragraphs joined, a sentence changed beside the seam
        (
            TEXT.replace("Drie.\n\nVier.", "Drie.\nVier."),
            TEXT.replace("Vier.", "Vier nieuw."),
            TEXT.replace("Drie.\n\nVier.", "Drie.\nVier nieuw."),
        ),
        # numbers of a list go on counting
        (
            TEXT.replace("1. eerst\n2. dan", "1. eerst\n2. tussen\n3. dan"),
            TEXT + "3. laatst\n",
            TEXT.replace("1. eerst\n2. dan", "1. eerst\n2. tussen\n3. dan\n4. laatst"),
        ),
        # the first sentence of a paragraph taken away, the next one changed
        (
            TEXT.replace("Een.\n", ""),
            TEXT.replace("Twee", "Twee nieuw"),
            TEXT.replace("Een.\nTwee.", "Twee nieuw."),
        ),
        # both sentences of a paragraph taken away, one by each
        (
            TEXT.replace("Vier.\n", ""),
            TEXT.replace("Vijf.\n", ""),
            TEXT.replace("Vier.\nVijf.\n\n", ""),
        ),
        # only the layout differs on one side
        (
            TEXT.replace("Een.\nTwee.", "Een. Twee."),
            TEXT.replace("Vier", "Vier nieuw"),
            TEXT.replace("Een.\nTwee.", "Een. Twee.").replace("Vier", "Vier nieuw"),
        ),
    ],
)
def test_different_sentences_merge(ours: str, theirs: str, result: str) -> None:
    done = merge_prose(TEXT, ours, theirs)
    assert done.clean
    assert done.ours == done.theirs == done.both == result


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (TEXT.replace("Twee", "Twee hier"), TEXT.replace("Twee", "Twee daar")),
        (TEXT.replace("Twee.\n", ""), TEXT.replace("Twee", "Twee daar")),
        (TEXT.replace("Drie.", "Drie.\nHier."), TEXT.replace("Drie.", "Drie.\nDaar.")),
        (TEXT.replace("Vier.\nVijf.\n\n", ""), TEXT.replace("Vijf.", "Vijf.\nZes.")),
        (TEXT.replace("eerst", "hier"), "Heel iets anders.\n"),
    ],
)
def test_the_same_sentence_is_asked_with_all_else_merged(ours: str, theirs: str) -> None:
    done = merge_prose(TEXT, ours, theirs.replace("Een.", "Een, van de ander."))
    assert not done.clean
    assert done.ours != done.theirs
    if "Een." in theirs:
        assert "Een, van de ander." in done.ours


def test_both_texts_can_be_kept_one_after_the_other() -> None:
    ours, theirs = TEXT.replace("Twee", "Twee hier"), TEXT.replace("Twee", "Twee daar")
    assert merge_prose(TEXT, ours, theirs).both == TEXT.replace("Twee.", "Twee hier.\nTwee daar.")


PIECES = st.sampled_from(
    [
        "Een zin.",
        "Twee zin.",
        "Drie.",
        "- punt",
        "1. een",
        "2. twee",
        "### Kop",
        "",
        "  diep",
        "a\\",
    ]
)
PROSE = st.lists(PIECES, max_size=8).map(lambda lines: canonical("\n".join(lines)))


@settings(max_examples=300)
@given(PROSE, PROSE, PROSE)
def test_any_texts_merge_into_texts_that_stay_what_they_are(b: str, o: str, t: str) -> None:
    done = merge_prose(b, o, t)
    for text in (done.ours, done.theirs):
        assert canonical(text, text) == text
    assert done.clean <= (done.ours == done.theirs)
    if done.clean:
        words = set(b.split()) | set(o.split()) | set(t.split())
        marks = {f"{number}." for number in range(1, 20)}
        assert set(done.ours.split()) <= words | marks


@settings(max_examples=200)
@given(PROSE, PROSE)
def test_a_change_of_one_side_alone_is_taken_whole(base: str, side: str) -> None:
    for done in (merge_prose(base, side, base), merge_prose(base, base, side)):
        assert done.clean
        assert canonical(done.ours) == canonical(side)
    assert merge_prose(base, side, side).clean


# --- files


def test_a_file_laid_out_by_hand_keeps_its_comments(form: Form) -> None:
    base = (
        b'# vooraf\nsoort = "activiteit"   # let op\ncode = "6.1.3"\nnaam = "Een"\nouder = "6.1"\n'
    )
    ours = base.replace(b'"Een"', b'"Twee"')
    theirs = base.replace(b'"6.1"', b'"6.2"')
    assert merged(base, ours, theirs, form).raw == ours.replace(b'"6.1"', b'"6.2"')


def test_comments_of_both_sides_are_kept_where_lines_merge(form: Form) -> None:
    lines = b'# vooraf\nsoort = "activiteit"\ncode = "6.1.3"\n\n\nouder = "6.1"\nnaam = "Een"\n'
    ours = lines.replace(b"# vooraf", b"# hier")
    theirs = lines.replace(b'"Een"', b'"Een" # daar')
    done = merge_bytes(lines, ours, theirs, form, clean_lines)
    assert isinstance(done, Outcome)
    assert done.raw == ours.replace(b'"Een"', b'"Een" # daar')
    assert done.lost_notes == ()


def test_a_comment_that_finds_no_place_is_told(form: Form) -> None:
    base = b'# vooraf\nsoort = "activiteit"\nnaam = "Een"\n'
    ours, theirs = base.replace(b"Een", b"Twee"), base.replace(b"naam", b"# van de ander\nnaam")
    assert merged(base, ours, theirs, form).lost_notes == ("# van de ander",)


def test_line_ends_and_byte_order_mark_stay_ours(form: Form) -> None:
    base = ACTIVITY.encode("utf-8")
    ours = b"\xef\xbb\xbf" + base.replace(b"185000", b"190000").replace(b"\n", b"\r\n")
    theirs = base.replace(b"150000", b"160000")
    done = merged(base, ours, theirs, form)
    assert done.raw == ours.replace(b"150000", b"160000")


def test_a_file_that_both_added_merges_from_nothing(form: Form) -> None:
    raw = ACTIVITY.encode("utf-8")
    done = merged(b"", raw, raw.replace(b"150000", b"160000"), form)
    assert [c.path[-1] for c in done.conflicts] == ["lasten_primitief_2026"]


@pytest.mark.parametrize("bad", [b"naam = \n", b"\xff\xfe", b"x = " + b"[" * 5000])
def test_a_version_that_is_no_toml_is_named(bad: bytes, form: Form) -> None:
    raw = ACTIVITY.encode("utf-8")
    assert merge_bytes(raw, bad, raw + b"\n", form) == Broken(("ours",))


def test_an_open_conflict_that_meets_a_third_value_keeps_all_three(form: Form) -> None:
    one = form.write(BASE)
    first = merged(one, form.write(changed((AMOUNT, 1))), form.write(changed((AMOUNT, 2))), form)
    second = merged(one, first.raw, form.write(changed((AMOUNT, 3))), form)
    found = conflicts_in(parsed(second.raw))
    assert [(c.path, c.ours, c.theirs) for c in found] == [(AMOUNT, 1, 2), (AMOUNT, 1, 3)]


def test_a_conflict_that_one_side_decided_is_decided(form: Form) -> None:
    one = form.write(BASE)
    asked = merged(one, form.write(changed((AMOUNT, 1))), form.write(changed((AMOUNT, 2))), form)
    decided = form.write(changed((AMOUNT, 2)))
    other = form.write(parsed(asked.raw) | {"naam": "Anders"})
    done = merged(asked.raw, decided, other, form)
    assert KEY not in parsed(done.raw)
    assert parsed(done.raw) == changed((AMOUNT, 2), (("naam",), "Anders"))


def test_two_people_who_each_revise_a_text_of_last_year_do_not_clash() -> None:
    base = {"soort": "activiteit", "a": "A.\n", "b": "B.\n", "te_herzien": {"a": "1", "b": "2"}}
    ours = {**base, "a": "Anders.\n", "te_herzien": {"b": "2"}}
    theirs = {**base, "te_herzien": {"a": "1"}}
    done = merge(base, ours, theirs)
    assert done.conflicts == ()
    assert done.data == {"soort": "activiteit", "a": "Anders.\n", "b": "B.\n"}


def test_a_reference_to_a_figure_merges_as_the_words_that_it_is(form: Form) -> None:
    text = "Een.\nDat kost [[begroting/663884/lasten_wijziging_2026]] euro.\nDrie.\n"
    base = ACTIVITY.replace("De inkoop is begonnen.\n", text)
    ours = base.replace("Een.\n", "Eerst.\n")
    theirs = base.replace("lasten_wijziging_2026]]", "lasten_primitief_2026|€]]")
    done = merged(base.encode(), ours.encode(), theirs.encode(), form)
    assert done.conflicts == ()
    said = parsed(done.raw)["moment"]["vgr2"]["stand_van_zaken"]
    assert said == "Eerst.\nDat kost [[begroting/663884/lasten_primitief_2026|€]] euro.\nDrie.\n"
