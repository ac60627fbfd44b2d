"""The codes of findings about making a link, and about the folders in which workbooks are."""

from __future__ import annotations

from typing import Final

from stavaza.i18n import N_
from stavaza.rule import Rule

LINKING_RULES: Final[dict[str, Rule]] = {
    "X052": Rule(
        "error",
        N_("Amounts are texts"),
        N_(
            "Beside keys of the report amounts stand as text, such as “{value}” in {cell} "
            "(cells: {count})."
        ),
        N_(
            "Select each column in Excel and press Finish under Data, Text to Columns; then they "
            "are numbers. Link the workbook after that."
        ),
    ),
    "X053": Rule(
        "error",
        N_("Link would compare nothing"),
        N_("No link to {workbook} was made: the best one, to {sheet}, would compare no figures."),
        N_("Mend what is named with it, or give another sheet with --sheet."),
    ),
    "X054": Rule(
        "error",
        N_("Folder of the workbook is out of reach"),
        N_("The folder {folder}, in which {workbook} of link {link} is, cannot be reached."),
        N_("Connect the drive or the network. If the folder moved, change it under [mappen]."),
    ),
    "X055": Rule(
        "error",
        N_("Path of the workbook is too long"),
        N_("{workbook} of link {link} is not there, or its path of {count} signs is too long."),
        N_("Windows opens 259 signs and Excel 218. Move the workbook to a folder less deep."),
    ),
    "X056": Rule(
        "error",
        N_("Folder of workbooks is not a whole path"),
        N_("{key} is “{value}”, which begins at no drive and no share."),
        N_(
            "Write the whole path between single quotes: 'H:\\Finance' or "
            "'\\\\server\\share\\Finance'."
        ),
    ),
    "X057": Rule(
        "error",
        N_("Sheet is linked already"),
        N_("Sheet {sheet} of {workbook} is in link {link} already; no second link was made."),
        N_(
            "See what differs with: stavaza excel plan. Give another sheet with --sheet, or take "
            "koppelingen/{link}.toml away first to link this one anew."
        ),
    ),
    "X058": Rule(
        "error",
        N_("Rows and columns are swapped"),
        N_(
            "On sheet {sheet} of {workbook} {count} row keys of this report stand beside each "
            "other in row {row}; Stavaza reads them below each other, one line for each."
        ),
        N_(
            "Turn the sheet in Excel: copy it, and paste it on a new sheet with Paste Special, "
            "Transpose. Link that sheet."
        ),
    ),
    "X059": Rule(
        "error",
        N_("No derived table in the workbook"),
        N_("No sheet of {workbook} surely shows a table that Stavaza derives, such as: {tables}."),
        N_(
            "Let Excel calculate the workbook and save it, look whether its figures are those of "
            "the report, or give the sheet with --sheet. Without --derived Stavaza looks for "
            "entered figures."
        ),
    ),
}
