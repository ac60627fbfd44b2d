"""The codes of findings about links and workbooks (letter X).

The package enters them in the list of all codes as it is imported. Where a finding is about a
workbook, `file` is the workbook and `line` the row.
"""

from __future__ import annotations

from typing import Final

from excel_bridge.linking_rules import LINKING_RULES
from stavaza.i18n import N_
from stavaza.rule import Rule

_LINK_FILES: Final[dict[str, Rule]] = {
    "X001": Rule(
        "error",
        N_("Workbook's place cannot be used"),
        N_("{key} is “{value}”: {reason}."),
        N_("Write it as folder:path/workbook.xlsx, such as rapport:begroting.xlsx."),
    ),
    "X002": Rule(
        "error",
        N_("Unknown folder for workbooks"),
        N_("{key} uses the folder “{root}”, which this computer does not know."),
        N_('Add under [mappen] in {config} the line: {root} = "...".'),
    ),
    "X003": Rule(
        "error",
        N_("Give exactly one of these"),
        N_("{key} must have exactly one of: {allowed}."),
        N_("Keep one and take the others away."),
    ),
    "X004": Rule(
        "error",
        N_("Derived column cannot be linked"),
        N_("{key} is a column that Stavaza derives itself."),
        N_("Take it out, or name it [afgeleid.{column}] to have it compared only."),
    ),
    "X005": Rule(
        "error",
        N_("Value of a link not allowed"),
        N_("{key} is {value}; it must be {wanted}."),
        N_("Change the value."),
    ),
    "X006": Rule(
        "error",
        N_("Column linked twice"),
        N_("{key} points at the same column of the workbook as {other}."),
        N_("Give each its own column."),
    ),
    "X007": Rule(
        "error",
        N_("Last agreement cannot be read"),
        N_("{key} is not an agreement that can be read."),
        N_("Take the line away; equal figures are agreed on again, differing ones are asked."),
    ),
}

_WORKBOOKS: Final[dict[str, Rule]] = {
    "X011": Rule(
        "error",
        N_("Workbook not found"),
        N_("The workbook {workbook} of link {link} is not there."),
        N_("Put it back, or change werkmap in {file}."),
    ),
    "X012": Rule(
        "error",
        N_("Workbook cannot be read"),
        N_("The workbook {workbook} cannot be read: {reason}"),
        N_("Solve that; until then nothing in it is compared."),
    ),
    "X013": Rule(
        "error",
        N_("Sheet, table or name not found"),
        N_("{workbook} has no {what} “{value}”, which link {link} uses."),
        N_("Look in Excel what it is called now, and change it in {file}."),
    ),
    "X014": Rule(
        "error",
        N_("Header row not found"),
        N_("Sheet {sheet} of {workbook} has no row with the header “{header}”."),
        N_("Look in Excel how the column is headed now, and change it in {file}."),
    ),
    "X015": Rule(
        "error",
        N_("Header row stands there twice"),
        N_("Sheet {sheet} of {workbook} has this header in row {first} and in row {second}."),
        N_("Point the link at one of them with a table or a defined name."),
    ),
    "X016": Rule(
        "error",
        N_("Column not found"),
        N_("Sheet {sheet} of {workbook} has no column headed “{header}”; {column} is left out."),
        N_("Look in Excel how the column is headed now, and change it in {file}."),
    ),
    "X017": Rule(
        "error",
        N_("Column found more than once"),
        N_("On sheet {sheet} of {workbook} “{header}” heads the columns {columns}."),
        N_("Name the line above as well, such as {example}, or give the column's letter."),
    ),
    "X018": Rule(
        "info",
        N_("Workbook is in use"),
        N_("{owner} has {workbook} open; what was saved last is shown."),
        N_("Figures go to Excel once it is closed; from Excel they can be taken now."),
    ),
}

_LINES: Final[dict[str, Rule]] = {
    "X020": Rule(
        "warning",
        N_("Line of the workbook is unknown here"),
        N_("{cell}: the key “{value}” is not in the report."),
        N_("Add the row in Stavaza, or list the key under [overslaan] in the link."),
    ),
    "X021": Rule(
        "warning",
        N_("Key stands there more than once"),
        N_("{cell}: the key “{value}” is on more than one line ({rows}); none of them is used."),
        N_("Give each line its own key in the workbook."),
    ),
    "X022": Rule(
        "warning",
        N_("Key became a number"),
        N_("{cell}: Excel holds the number {value}, which could be {candidates}."),
        N_("Format the cell as text in Excel and type the code again."),
    ),
    "X023": Rule(
        "warning",
        N_("Key made by a formula"),
        N_("{cell}: the key comes from the formula {value}, so it can point elsewhere tomorrow."),
        N_("Use a column with typed keys."),
    ),
    "X024": Rule(
        "warning",
        N_("Line without a key"),
        N_("{cell}: the line has figures but no key."),
        N_("Type the key, or add the line's text under [overslaan] in the link."),
    ),
    "X025": Rule(
        "warning",
        N_("Key is no code"),
        N_("{cell}: “{value}” cannot be a key."),
        N_("Format the cell as text in Excel and type the code again."),
    ),
    "X026": Rule(
        "warning",
        N_("Row is not in the workbook"),
        N_("{element}: row {value} is not in the workbook."),
        N_("Add a line with this key {where}, or take the row out of the report."),
    ),
    "X027": Rule(
        "warning",
        N_("Row of the workbook vanished"),
        N_("{element}: row {value} was in the workbook before, and is no longer."),
        N_("Put the line back in the workbook, or take the row out of the report."),
    ),
    "X028": Rule(
        "warning",
        N_("Key exists at more than one element"),
        N_("{cell}: the key “{value}” is a row of {candidates}."),
        N_("Add the column with the element's code to the link (onderdeel under [sleutel])."),
    ),
    "X029": Rule(
        "warning",
        N_("Line belongs to another element here"),
        N_("{cell}: row “{value}” is at {found_at} in the workbook, and at {known_at} here."),
        N_("Correct one of the two."),
    ),
    "X030": Rule(
        "warning",
        N_("Column looks a factor 1,000 off"),
        N_("{column}: every differing figure is {factor} times the one in the report."),
        N_("Check eenheid in the link; nothing is taken over by itself."),
    ),
    "X031": Rule(
        "warning",
        N_("Column looks mirrored"),
        N_("{column}: every differing figure has the opposite sign."),
        N_("Check teken in the link; nothing is taken over by itself."),
    ),
    "X032": Rule(
        "warning",
        N_("Old copy of the workbook?"),
        N_("{count} cells of {workbook} show the figure that was agreed on before the last one."),
        N_("Check whether this is the newest workbook before anything is taken over."),
    ),
    "X033": Rule(
        "error",
        N_("Value in the report is no amount"),
        N_("{element}: {column} of row {value} is not an amount, so it is not compared."),
        N_("Correct the value in the report."),
    ),
    "X034": Rule(
        "info",
        N_("Waits for Excel to recalculate"),
        N_("{count} formulas of {workbook} have not been recalculated since a figure changed."),
        N_("Open the workbook in Excel and save it; then their figures can be read."),
    ),
    "X035": Rule(
        "error",
        N_("Nothing to link in the workbook"),
        N_("No sheet of {workbook} has a column with row keys and figures of this report."),
        N_("Give the sheet with --sheet, or add the rows to the report first."),
    ),
    "X036": Rule(
        "error",
        N_("Workbook is in no known folder"),
        N_("{workbook} is not in the report's folder, nor in a folder from your settings."),
        N_("Add to {config}: [mappen] and below it a name and folder, such as {example}."),
    ),
    "X037": Rule(
        "error",
        N_("Link exists already"),
        N_("There is a link {link} already."),
        N_("Give the new one another name with --name."),
    ),
    "X038": Rule(
        "warning",
        N_("Many lines with the same trouble"),
        N_("{workbook}: {count} more lines with “{title}” ({trouble})."),
        N_("Check whether the link points at the right region and key column."),
    ),
    "X039": Rule(
        "warning",
        N_("Line without a block"),
        N_("{cell} is empty; it must say one of: {allowed}."),
        N_("Fill the cell in the workbook."),
    ),
    "X040": Rule(
        "warning",
        N_("Sheet of no element"),
        N_("The name of sheet {sheet} in {workbook} is not the code of an element here."),
        N_("Rename the sheet, or narrow the pattern in blad."),
    ),
    "X041": Rule(
        "warning",
        N_("Error values in the workbook"),
        N_("{count} cells of {workbook} show an error such as #REF! in place of a figure."),
        N_("Repair the formulas in Excel; the other figures go on."),
    ),
    "X042": Rule(
        "warning",
        N_("Total differs from the report"),
        N_("{cell}: the total is {total}, the figures of the report add up to {derived}."),
        N_(
            "Let Excel calculate the workbook (F9) and save it. If it stays: look for a line "
            "outside the sum, or for figures that are not synchronised yet."
        ),
    ),
    "X043": Rule(
        "warning",
        N_("Workbook moved or renamed?"),
        N_("{workbook} is not there; {candidate} has its columns, {count} known keys."),
        N_("If it is the same workbook: stavaza excel link --refind {link}."),
    ),
    "X044": Rule(
        "warning",
        N_("Sheet renamed?"),
        N_(
            "{workbook} has no sheet “{sheet}”; {candidate} has its columns and {count} known keys."
        ),
        N_("If it is the same sheet: stavaza excel link --refind {link}."),
    ),
    "X045": Rule(
        "warning",
        N_("This copy is behind"),
        N_("{upstream} has work that is not in this copy yet, so figures may be old."),
        N_("Fetch the newest version first (in the app: share), then look again."),
    ),
    "X046": Rule(
        "warning",
        N_("Figure is stored as text"),
        N_("{cell}: “{value}” is text to Excel, so neither its sums nor Stavaza count it."),
        N_("Give the cell a number format and type the figure again, or use Convert to Number."),
    ),
    "X047": Rule(
        "warning",
        N_("Code is written otherwise"),
        N_("{cell}: the key “{value}” is not in the report; {candidates} is."),
        N_("Format the cell as text in Excel and type the code as the report has it."),
    ),
    "X048": Rule(
        "warning",
        N_("Line says another choice"),
        N_("{cell}: “{value}” means {choice}, and the report says {held}."),
        N_("Choose Excel to take its choice over with the figure, or correct the workbook."),
    ),
    "X049": Rule(
        "warning",
        N_("Row is not in the table"),
        N_("{element}: row {value} is not in the table of the workbook."),
        N_(
            "Open the workbook in Excel and look again: then Stavaza can add the line. Or add it "
            "yourself {where}."
        ),
    ),
    "X050": Rule(
        "warning",
        N_("Row of the report vanished"),
        N_("{element}: row {value} was in the report before, and is no longer."),
        N_("Take its line out of {workbook} as well, or take the line over again as a new row."),
    ),
    "X060": Rule(
        "warning",
        N_("Derived figure differs in the workbook"),
        N_("{cell}: “{column}” is {total}, but from the figures of the line follows {derived}."),
        N_("Look at the formula in Excel, or at the figures of that line."),
    ),
    "X061": Rule(
        "warning",
        N_("Derived table differs in the workbook"),
        N_(
            "{cell}: “{label}” of {element} is {excel}, but {derived} follows from the report. "
            "Rounding explains {tolerance} at most."
        ),
        N_(
            "Look at the formula in Excel, at figures that are not synchronised yet, or at the "
            "unit."
        ),
    ),
    "X062": Rule(
        "warning",
        N_("Line is not in the derived table"),
        N_("{cell}: “{value}” is no line of “{table}” of {element} in the report."),
        N_(
            "Look at the limit, at the amount and at the name. A line that does not matter goes "
            "under overslaan in the link."
        ),
    ),
    "X063": Rule(
        "warning",
        N_("Line of the derived table is missing"),
        N_("{workbook} ▸ {sheet} lacks “{value}” of “{table}” of {element}."),
        N_("Add the line in Excel, or say under regel in the link how it is called there."),
    ),
    "X064": Rule(
        "warning",
        N_("Mark is missing in the workbook"),
        N_("{cell}: “{value}” has no mark, but “{table}” in the report marks it."),
        N_("Mark the line in Excel, or correct the element in the report."),
    ),
    "X065": Rule(
        "warning",
        N_("Mark too many in the workbook"),
        N_("{cell}: “{value}” has a mark, but “{table}” in the report does not mark it."),
        N_("Take the mark away in Excel, or correct the element in the report."),
    ),
    "X066": Rule(
        "warning",
        N_("Fixed sentence differs in the workbook"),
        N_(
            "{cell}: below € {limit} the report has a fixed sentence for “{value}”; the workbook "
            "says something else."
        ),
        N_("Put the fixed sentence there or leave the cell blank, or correct the amount."),
    ),
    "X067": Rule(
        "warning",
        N_("Fixed sentence too many in the workbook"),
        N_(
            "{cell}: the workbook has the sentence for below € {limit}, but “{value}” is not below "
            "it."
        ),
        N_("Write an explanation in Excel, or correct the amount."),
    ),
    "X051": Rule(
        "warning",
        N_("Result does not fit its formula"),
        N_("{cell}: {formula} gives {result} with what stands there now; {value} is stored."),
        N_("Let Excel calculate the workbook (F9) and save it; some programs save without that."),
    ),
}

EXCEL_RULES: Final[dict[str, Rule]] = {**_LINK_FILES, **_WORKBOOKS, **_LINES, **LINKING_RULES}
