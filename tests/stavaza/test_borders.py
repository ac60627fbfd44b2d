"""The border between two texts moves by whole pieces, and nothing of the texts is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stavaza.borders import border_at, meeting, next_proposed, proposed, settled
from stavaza.check import check_report
from stavaza.prose import canonical, parse
from stavaza.prose_units import joined, units
from stavaza.tree import Element, Report
from tests.stavaza.examples import example

PLAN, PROGRESS = ("wat_plan",), ("moment", "jaarverslag", "wat_voortgang")
_LINE = st.text(alphabet="ab .-1*_[]\\#", min_size=1, max_size=12)
_TEXT = st.lists(st.one_of(_LINE, st.just(""), st.just("- punt"), st.just("2. twee")), max_size=8)


def focus(plan: str, progress: str) -> tuple[Report, Element]:
    report = example("jaarverslag_speerpunten")
    element = report.elements["speerpunt-jongrn"]
    element.set(PLAN, plan)
    element.set(PROGRESS, progress)
    element.set(("grens",), {"/".join(PROGRESS): "wat_plan"})
    return report, element


@given(_TEXT.map("\n".join))
def test_the_pieces_of_a_text_together_are_the_text(text: str) -> None:
    assert parse(joined(units(canonical(text)))) == parse(text)


@given(_TEXT.map("\n".join), _TEXT.map("\n".join), st.lists(st.sampled_from([-1, 1]), max_size=6))
def test_a_border_that_moves_and_comes_back_leaves_both_texts_as_they_were(
    first: str, second: str, steps: list[int]
) -> None:
    plan, progress = canonical(first), canonical(second)
    report, element = focus(plan, progress)
    found = meeting(report, element, PLAN, "jaarverslag")
    assert found is not None
    border = border_at(report, found)
    start = border.place
    for step in steps:
        border.move(step)
    while border.place != start:
        border.move(1 if border.place < start else -1)
    assert tuple(map(parse, border.texts)) == (parse(plan), parse(progress))


def test_a_paragraph_or_an_item_goes_over_and_the_mark_goes_when_it_is_confirmed() -> None:
    report, element = focus("Een.\n\n- a\n- b\n", "- c\n\nTwee.\n")
    assert [finding.code for finding in check_report(report) if finding.code == "C041"] == ["C041"]
    found = meeting(report, element, PROGRESS, "jaarverslag")
    assert found is not None
    assert found.marked
    assert found.words == ("Wat gaan we ervoor doen: plan", "Wat gaan we ervoor doen: voortgang")
    border = border_at(report, found)
    assert border.move(-1)
    assert border.texts == ("Een.\n\n- a\n", "- b\n- c\n\nTwee.\n")
    for element_id, path, value in settled(report, found, border):
        report.elements[element_id].set(path, value)
    assert "grens" not in element.data
    assert [finding for finding in check_report(report) if finding.code == "C041"] == []


def test_the_border_stops_at_the_ends() -> None:
    report, element = focus("Een.\n", "Twee.\n")
    found = meeting(report, element, PLAN, "jaarverslag")
    assert found is not None
    border = border_at(report, found)
    assert border.move(1)
    assert not border.move(1)
    assert border.texts == ("Een.\n\nTwee.\n", "")
    changes = {(path): value for _id, path, value in settled(report, found, border)}
    assert changes[PROGRESS] is None
    assert ("vervallen",) not in changes


def test_texts_side_by_side_meet_without_a_mark_too() -> None:
    report, element = focus("Een.\n", "Twee.\n")
    element.set(("grens",), None)
    found = meeting(report, element, ("planning_plan",), "jaarverslag")
    assert found is not None
    assert not found.marked
    assert meeting(report, element, ("speerpunt",), "jaarverslag") is None


def developments() -> tuple[Report, Element, Element]:
    report = example("programmabegroting")
    first, second = (report.elements[f"ontwikkeling-{stem}"] for stem in ("jeugdb", "wachtl"))
    for place, element in enumerate((first, second), start=1):
        element.set(("volgorde",), place)
    del report.elements["ontwikkeling-naamlz"]
    second.set(("titel",), None)
    second.set(("grens",), {"tekst": ""})
    return report, first, second


def test_a_development_without_a_title_can_go_to_the_one_before_it() -> None:
    report, first, second = developments()
    whole = first.get(("tekst",)) + "\n" + second.get(("tekst",))
    found = meeting(report, second, ("tekst",), "begroting")
    assert found is not None
    assert not found.inside
    border = border_at(report, found)
    while border.move(1):
        pass
    for element_id, path, value in settled(report, found, border):
        report.elements[element_id].set(path, value)
    assert first.get(("tekst",)) == whole
    assert second.retired
    assert proposed(second) == {}


def test_a_first_line_becomes_the_title_and_back() -> None:
    report, _first, second = developments()
    text = second.get(("tekst",))
    second.set(("tekst",), f"Wachten\n\n{text}")
    found = meeting(report, second, ("tekst",), "begroting")
    assert found is not None
    border = border_at(report, found)
    assert border.turn_title()
    assert border.title == "Wachten"
    assert border.texts[1] == text
    assert border.turn_title()
    assert (border.title, border.texts[1]) == ("", f"Wachten\n\n{text}")
    assert next_proposed(second) == ("tekst",)


def test_marks_that_a_person_garbled_do_no_harm() -> None:
    report, element = focus("Een.\n", "Twee.\n")
    for wrong in ("ja", {"": "x"}, {"wat_plan": 3}, {"weg/is": "wat_plan"}, {"wat_plan": "weg"}):
        element.data["grens"] = wrong
        check_report(report)
        found = meeting(report, element, PLAN, "jaarverslag")
        if found is not None:
            assert settled(report, found, border_at(report, found))
