"""The app shows and edits every kind of report from its template alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from stavaza import derive
from tests.stavaza.examples import NAMES, example, folder
from tests.tui.running import calm, run_app, screen_text
from tui.app import StavazaApp
from tui.screens.form import FormScreen
from tui.session import Session
from tui.widgets.reading import page_of


def copied(name: str, to: Path) -> Path:
    return Path(shutil.copytree(folder(name), to / name))


def reading(name: str, element: str, width: int = 80) -> list[str]:
    session = Session(example(name))
    return [line.plain for line in page_of(session, session.report.elements[element], width).lines]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [48, 64, 100])
def test_every_element_can_be_read_at_any_width(name: str, width: int) -> None:
    session = Session(example(name))
    for element in session.report.elements.values():
        lines = page_of(session, element, width).lines
        assert any(line.plain.strip() for line in lines)
        assert max(line.cell_length for line in lines) <= width, element.id


@pytest.mark.parametrize("name", NAMES)
def test_the_form_of_every_kind_opens(name: str, tmp_path: Path) -> None:
    folder = copied(name, tmp_path)
    kinds = {e.kind: e.id for e in example(name).elements.values()}

    async def steps(app: StavazaApp, pilot: Pilot[int]) -> None:
        for element in kinds.values():
            app.push_screen(FormScreen(app.session, element))
            await calm(app, pilot)
            assert isinstance(app.screen, FormScreen)
            app.pop_screen()
            await calm(app, pilot)

    run_app(folder, steps)


def test_the_first_screen_of_each_example_names_its_elements(tmp_path: Path) -> None:
    shown = screen_text(copied("voortgang_taakvelden", tmp_path), "down", "down")
    assert "Mutaties reserves" in shown


def test_shares_stand_beside_the_amounts_that_the_page_shows() -> None:
    lines = reading("programmabegroting", "6")
    (share,) = [line for line in lines if line.startswith("Lasten") and "%" in line]
    assert share.split() == ["Lasten", "19.527.250", "67,6%"]


def test_the_effect_on_the_balance_is_the_one_on_the_page() -> None:
    lines = reading("voortgang_taakvelden", "6.1")
    assert lines[-1].split("taakveld 6.1")[1].strip() == "-183.919"
    assert any("Overige onderwerpen" in line and "-44.849" in line for line in lines)


def test_below_the_limit_the_fixed_sentence_is_what_one_reads() -> None:
    report = example("voortgang_taakvelden")
    element = report.elements["mutatie-lonenp"]
    assert derive.is_below(element, report.template.kinds["mutatie"].fields["toelichting"])
    assert "rapportagegrens" in " ".join(reading("voortgang_taakvelden", "mutatie-lonenp"))
    assert "rapportagegrens" not in " ".join(reading("voortgang_taakvelden", "mutatie-energi"))


def test_a_table_without_amounts_shows_what_its_rows_say() -> None:
    lines = reading("begroting_doelen", "3")
    start = "• 102 · Sociaal domein · Vrijwilligers · 1.250 · inwoners · Eigen telling"
    assert any(line.startswith(start) for line in lines)


def test_a_row_says_the_number_that_people_know_it_by() -> None:
    lines = " ".join(reading("begroting_doelen", "3"))
    assert "• 20 · Sport, cultuur en recreatie" in lines
    assert "• GGD Rivierenland" in lines


def test_the_code_of_a_paragraph_is_no_part_of_its_name_on_screen(tmp_path: Path) -> None:
    assert reading("programmabegroting", "heffingen")[0] == "Lokale heffingen"
    shown = screen_text(copied("programmabegroting", tmp_path))
    assert "• Lokale heffingen" in shown
    assert "15/15 ingevuld" in shown


def test_the_plan_stands_above_the_progress_that_is_written(tmp_path: Path) -> None:
    shown = screen_text(copied("jaarverslag_speerpunten", tmp_path), "down", "enter")
    lines = [line.strip() for line in shown.splitlines()]
    at = next(n for n, line in enumerate(lines) if line.startswith("Planning: voortgang"))
    assert lines[at + 1] == "Plan: Beide steunpunten openen voor de zomer."


def test_the_help_of_a_short_field_shows_while_it_is_filled_in(tmp_path: Path) -> None:
    keys = ("down", "down", "down", "down", "down", "down", "enter")
    root = copied("voortgang_taakvelden", tmp_path)
    helped = "Alleen als het overzicht een andere naam toont dan de kop."
    assert helped not in screen_text(root, *keys)
    assert helped in screen_text(root, *keys, "tab")
