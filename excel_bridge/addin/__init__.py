"""The Stavaza tab in Excel: what each of its buttons does.

Each function is what `RunPython` calls for one button. It takes the workbook from
`xlwings.Book.caller()`, finds the report and the link that belong to it, and answers in a sentence;
whatever happens, no error leaves it. The answer goes to the file that Excel named on the command
line (`--answer=`), else Excel is asked to show it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from excel_bridge.addin.answer import Answer

if TYPE_CHECKING:
    from excel_bridge.addin.press import Step


def voorstel() -> Answer:
    """What differs, on a sheet of its own where a person chooses."""
    from excel_bridge.addin import proposal

    return _pressed(proposal.propose)


def uitvoeren() -> Answer:
    """Do what was chosen on the proposal sheet."""
    from excel_bridge.addin import proposal

    return _pressed(proposal.carry_out_choices)


def voorstel_weg() -> Answer:
    """Take the proposal sheet out of the workbook."""
    from excel_bridge.addin import proposal

    return _pressed(proposal.remove)


def naar_excel() -> Answer:
    """The figures that only the report changed go to Excel, after a yes."""
    from excel_bridge.addin import moves

    return _pressed(moves.to_excel)


def uit_excel() -> Answer:
    """The figures that only Excel changed go into the report, after a yes."""
    from excel_bridge.addin import moves

    return _pressed(moves.from_excel)


def koppelen() -> Answer:
    """Link this workbook to the report, after a yes."""
    from excel_bridge.addin import linking

    return _pressed(linking.link)


def ongedaan_maken() -> Answer:
    """Take the last sync back, after a yes."""
    from excel_bridge.addin import moves

    return _pressed(moves.take_back)


def openen() -> Answer:
    """Open the report in the terminal app."""
    from excel_bridge.addin import opening

    return _pressed(opening.open_app)


def over() -> Answer:
    """Which Stavaza this is, and where its things are."""
    from excel_bridge.addin import opening

    return _pressed(opening.about)


def _pressed(step: Step) -> Answer:
    from excel_bridge.addin.press import press

    return press(step)
