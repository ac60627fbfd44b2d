"""The words of the tab and of its VBA, put into the reader's language when the add-in is built.

VBA holds text in code page 1252, which has all letters of Dutch.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from stavaza.i18n import N_, _

CODE_PAGE: Final = "cp1252"
_LONGEST_LITERAL: Final = 200
"""A line of VBA holds 1,023 characters; longer texts are put together."""


class Words(NamedTuple):
    """What a button or group of the tab is called, and what its tooltip says (msgids)."""

    label: str
    tip: str = ""
    more: str = ""


RIBBON: Final[dict[str, Words]] = {
    "differences": Words(N_("Differences")),
    "figures": Words(N_("Figures")),
    "report": Words(N_("Report")),
    "voorstel": Words(
        N_("Proposal"),
        N_("What differs between this workbook and the report"),
        N_("Puts each difference on a sheet of its own, with both figures and a choice."),
    ),
    "uitvoeren": Words(
        N_("Carry out"),
        N_("Do what was chosen on the proposal sheet"),
        N_("If a figure changed meanwhile, nothing is done and a new proposal is made."),
    ),
    "voorstel_weg": Words(
        N_("Remove proposal"),
        N_("Take the proposal sheet out of this workbook"),
        N_("Nothing else in the workbook changes."),
    ),
    "naar_excel": Words(
        N_("To Excel"),
        N_("Figures from the report into this workbook"),
        N_("Only what changed in the report alone; it is shown and asked first."),
    ),
    "uit_excel": Words(
        N_("From Excel"),
        N_("Figures from this workbook into the report"),
        N_("Only what changed in the workbook alone; it is shown and asked first."),
    ),
    "ongedaan_maken": Words(
        N_("Undo"),
        N_("Take the last sync back"),
        N_("On both sides, in Excel and in the report; it is asked first."),
    ),
    "koppelen": Words(
        N_("Link workbook"),
        N_("Link this workbook to the report"),
        N_("Shows sheet, key and columns that fit best; a link is written after a yes."),
    ),
    "openen": Words(
        N_("Open in Stavaza"),
        N_("Open the report in Stavaza"),
        N_("Starts Stavaza in a window of its own."),
    ),
    "over": Words(
        N_("About"),
        N_("Versions and places of this Stavaza"),
        N_("What a colleague of IT asks for when something is wrong."),
    ),
}

MESSAGES: Final[dict[str, str]] = {
    "BUSY": N_("Stavaza is busy…"),
    "NO_WORKBOOK": N_("Open the workbook first that Stavaza should look at."),
    "NO_SETTINGS": N_(
        "Stavaza is not set up for this computer yet: {file} is not there. Run in a terminal: "
        "stavaza excel addin install"
    ),
    "NO_PYTHON": N_(
        "The program that Stavaza runs on is not there (any more): {file}. Run in a terminal: "
        "stavaza excel addin install"
    ),
    "BLOCKED": N_(
        "Excel may not start Stavaza on this computer ({error}). Use stavaza excel watch in a "
        "terminal: it does all that this tab does. stavaza excel addin doctor says what to ask of "
        "IT. Log: {log}"
    ),
    "NO_SCRIPT": N_(
        "macOS does not let Excel start Stavaza. Run in a terminal: stavaza excel addin install. "
        "Log: {log}"
    ),
    "NO_ANSWER": N_(
        "Stavaza gave no answer. stavaza excel addin doctor in a terminal says why. Log: {log}"
    ),
    "SAVE": N_(
        "The proposal of Stavaza is still in this workbook. Yes takes it out and saves, No saves "
        "it along, Cancel does not save."
    ),
}
"""What VBA itself has to say, where no Python runs; the keys are the ends of VBA's constants."""


def messages_module(sheet: str, heads: int) -> str:
    """The VBA module with all constants.

    `sheet` is the name of the proposal sheet, `heads` how many rows of heads it has.
    """
    constants = {"STAVAZA_NAME": "Stavaza", "STAVAZA_SHEET": sheet}
    constants |= {f"STAVAZA_T_{key}": _(text) for key, text in MESSAGES.items()}
    lines = ["Option Explicit", "", f"Public Const STAVAZA_HEADS As Long = {heads}"]
    lines += [f"Public Const {key} As String = {literal(text)}" for key, text in constants.items()]
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """A text as VBA writes it, over several lines where it is long.

    Raises UnicodeEncodeError for a sign that VBA cannot hold.
    """
    text.encode(CODE_PAGE)
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)]
    quoted = ['"' + piece.replace('"', '""') + '"' for piece in pieces or [""]]
    return " & _\n    ".join(quoted)
