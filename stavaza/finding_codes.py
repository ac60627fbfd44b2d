"""Every code of a finding with its title, sentence and what to do.

docs/aandachtspunten.md lists them.

Letters: T template, R report and its files, C content, F figures in texts. Other letters belong to
the module named beside them. Texts are gettext msgids; parameters stand in braces.
"""

from __future__ import annotations

from stavaza import (
    conflict_codes,
    content_codes,
    derived_codes,
    element_codes,
    figure_codes,
    import_codes,
    publish_codes,
    round_codes,
)
from stavaza.i18n import N_
from stavaza.rule import Rule

_TEMPLATE: dict[str, Rule] = {
    "T001": Rule(
        "error",
        N_("Template not found"),
        N_("There is no readable template.toml in {folder}."),
        N_("Check the name of the template, or put the file there."),
    ),
    "T002": Rule(
        "error",
        N_("Key is missing"),
        N_("{key} lacks the key “{missing}”."),
        N_("Add there: {line}"),
    ),
    "T003": Rule(
        "error",
        N_("Wrong kind of value"),
        N_("{key} should be {expected}, but is {found}."),
        N_("Change the value."),
    ),
    "T004": Rule(
        "error",
        N_("Unknown key"),
        N_("{key} is not a key that is known there."),
        N_("Use one of {allowed}, or take the line away."),
    ),
    "T005": Rule(
        "error",
        N_("Refers to something that is not there"),
        N_("{key} names “{value}”, which does not exist."),
        N_("Use one of: {allowed}."),
    ),
    "T006": Rule(
        "error",
        N_("Value not allowed"),
        N_("{key} is “{value}”, which is not allowed."),
        N_("Use one of: {allowed}."),
    ),
    "T007": Rule(
        "error",
        N_("Formula cannot be read"),
        N_("{key} is “{value}”, which cannot be read as a formula."),
        N_("Write column keys with + - * / and brackets, such as: baten - lasten."),
    ),
    "T008": Rule(
        "error",
        N_("Code shape says nothing"),
        N_("{key} is “{value}”, in which neither digits nor letters vary."),
        N_("Write 9 for digits and A for letters, such as 9.9.9."),
    ),
    "T009": Rule(
        "error",
        N_("Unknown placeholder"),
        N_("{key} is “{value}”, with a placeholder that is not known there."),
        N_("Use only {allowed}."),
    ),
    "T010": Rule(
        "error",
        N_("Reserved name"),
        N_("{key} uses the name “{value}”, which Stavaza keeps for itself."),
        N_("Choose another name for the field."),
    ),
    "T011": Rule(
        "error",
        N_("Name with forbidden characters"),
        N_("{key} has a name with other characters than small letters, digits and _."),
        N_("Rename it, such as stand_van_zaken; labels may be anything."),
    ),
    "T012": Rule(
        "error",
        N_("Said twice"),
        N_("{key} has the same “{value}” as {other}."),
        N_("Give each status a label and key of its own."),
    ),
    "T013": Rule(
        "error",
        N_("A table cannot be per moment"),
        N_("{key} is set on a table."),
        N_("Take it away; use one column per budget version instead."),
    ),
    "T014": Rule(
        "error",
        N_("Condition on a field per moment"),
        N_("{key} depends on “{value}”, which differs per moment; the field itself does not."),
        N_("Make the field per_moment too, or choose another condition."),
    ),
    "T015": Rule(
        "error",
        N_("Derivation of the wrong type of field"),
        N_("{key} is “{value}”, but a “{form}” needs a field of type {expected}."),
        N_("Name another field or another form."),
    ),
    "T023": Rule(
        "warning",
        N_("Sign that means something else in the app"),
        N_("{key} is “{value}”, which in the app says that something is missing or not saved."),
        N_("Choose another sign, such as ▲."),
    ),
    "T025": Rule(
        "error",
        N_("Year is no distance from the budget year"),
        N_("{key} has {value}, which is more than {most} years from the budget year."),
        N_("Count from the budget year: 0 is that year, 1 the one after it, -1 the one before."),
    ),
    "T026": Rule(
        "error",
        N_("Kind that can stand nowhere"),
        N_("{key}: a {value} may stand only below what stands below it, so there can be none."),
        N_("Name a kind that leads to the top, or leave the line out: then it stands at the top."),
    ),
    "T024": Rule(
        "error",
        N_("Template unknown"),
        N_("sjabloon is “{value}”, but there is no template of that name."),
        N_("Use one of: {allowed}; or put a template of your own in sjablonen/{value}."),
    ),
}

_REPORT: dict[str, Rule] = {
    "R001": Rule(
        "error",
        N_("Not a report"),
        N_("{folder} holds no report.toml."),
        N_("Choose the folder of a report, or make one with: stavaza new."),
    ),
    "R002": Rule(
        "error",
        N_("File is not valid TOML"),
        N_("This file cannot be read: {reason}."),
        N_("Mend the line; the file is left as it is until then."),
    ),
    "R003": Rule(
        "error",
        N_("File is not UTF-8"),
        N_("This line has bytes that are not UTF-8."),
        N_("Save the file again with the encoding UTF-8."),
    ),
    "R004": Rule(
        "error",
        N_("Wrong kind of value"),
        N_("“{field}” should be {expected}, but is {found}."),
        N_("Change the value; until then it is kept but not used."),
    ),
    "R005": Rule(
        "warning",
        N_("Unknown key"),
        N_("“{key}” is not a field of a {kind}."),
        N_("Check the spelling; the value is kept but shown nowhere."),
    ),
    "R006": Rule(
        "error",
        N_("Row key is split at its dots"),
        N_("[{table}.{key}] is read as a table inside a table."),
        N_('Put the row\'s key between quotes: [{table}."{key}"].'),
    ),
    "R007": Rule(
        "error",
        N_("Code used twice"),
        N_("“{id}” is also the name of {other}."),
        N_("Give one of the two a code that was never used before."),
    ),
    "R008": Rule(
        "error",
        N_("Kind unknown"),
        N_("soort is “{kind}”, which the template does not know."),
        N_("Use one of: {allowed}."),
    ),
    "R009": Rule(
        "error",
        N_("Parent not found"),
        N_("ouder is “{parent}”, but there is no such element."),
        N_("Name the code of the element above it."),
    ),
    "R010": Rule(
        "error",
        N_("Parent of another kind"),
        N_("A {kind} cannot stand below “{parent}”."),
        N_("Choose as parent one of the kinds: {allowed}."),
    ),
    "R011": Rule(
        "error",
        N_("Elements go round in a circle"),
        N_("“{id}” stands, step by step upward, below itself."),
        N_("Change ouder in one of these files."),
    ),
    "R012": Rule(
        "error",
        N_("Code and file name differ"),
        N_("The file is called {stem}.toml, but its code is “{code}”."),
        N_("Make the two alike; codes are never re-used."),
    ),
    "R013": Rule(
        "error",
        N_("File name not safe on Windows"),
        N_("“{stem}” cannot be a file name on every computer."),
        N_("Choose a code without special characters, not ending in a dot."),
    ),
    "R014": Rule(
        "error",
        N_("Moment unknown"),
        N_("moment “{moment}” is not in report.toml."),
        N_("Use one of: {allowed}."),
    ),
    "R015": Rule(
        "error",
        N_("Status unknown"),
        N_("“{value}” is not a status of “{field}”."),
        N_("Use one of: {allowed}."),
    ),
    "R016": Rule(
        "error",
        N_("Choice unknown"),
        N_("“{value}” is not a choice of “{field}”."),
        N_("Use one of: {allowed}."),
    ),
    "R017": Rule(
        "error",
        N_("Amount is not exact"),
        N_("“{field}” is {found}, which is no amount in euros and cents."),
        N_("Write whole euros without dots, such as 150000, or two decimals, such as 1234.50."),
    ),
    "R018": Rule(
        "warning",
        N_("Person unknown"),
        N_("“{value}” is not a person or team in report.toml."),
        N_("Add [persoon.{value}] there, or use one of: {allowed}."),
        N_("Add [persoon.{value}] there, or leave the line out."),
    ),
    "R019": Rule(
        "warning",
        N_("Code of another shape"),
        N_("The code “{code}” does not look like {shape}, the shape of a {kind}."),
        N_("Check the code; 9 stands for digits."),
    ),
    "R020": Rule(
        "error",
        N_("Value in the wrong place"),
        N_("“{field}” is kept per moment, so it belongs below [moment.{moment}]."),
        N_("Move the line there."),
    ),
    "R021": Rule(
        "error",
        N_("Value in the wrong place"),
        N_("“{field}” is the same at each moment, so it does not belong below [moment.{moment}]."),
        N_("Move the line to the top of the file."),
    ),
    "R022": Rule(
        "error",
        N_("Derived value is stored"),
        N_("“{field}” is computed, so it may not stand in the data."),
        N_("Take the line away; Stavaza computes it."),
    ),
    "R023": Rule(
        "error",
        N_("Year out of range"),
        N_("“{field}” is {found}, which is no year between 1900 and 2200."),
        N_("Write a year of four digits."),
    ),
    "R024": Rule(
        "error",
        N_("Element without a code"),
        N_("A {kind} needs a code."),
        N_('Add the line code = "{stem}".'),
    ),
    "R025": Rule(
        "error",
        N_("Element must stand below another"),
        N_("A {kind} needs an element above it."),
        N_("Add the line ouder = with a code of one of the kinds: {allowed}."),
    ),
    "R026": Rule(
        "error",
        N_("File cannot be read"),
        N_("This file cannot be opened: {reason}."),
        N_("Close it elsewhere, or ask for access."),
    ),
    "R027": Rule(
        "error",
        N_("Current moment unknown"),
        N_("huidig_moment is “{moment}”, which is not in report.toml."),
        N_("Use one of: {allowed}."),
    ),
    "R028": Rule(
        "error",
        N_("Conflict marks in the file"),
        N_("Here stand the marks of an unfinished merge."),
        N_("Choose what must stay and take the lines with <<<<<<<, ======= and >>>>>>> away."),
    ),
}

_CONTENT: dict[str, Rule] = {
    "C001": Rule(
        "warning",
        N_("Required field is empty"),
        N_("{element}: “{field}” is empty."),
        N_("Fill it in."),
    ),
    "C002": Rule(
        "warning",
        N_("Field that is required here is empty"),
        N_("{element}: “{field}” is empty, while “{because}” is “{value}”."),
        N_("Fill it in, or change “{because}”."),
    ),
    "C003": Rule(
        "warning",
        N_("Text refers to a figure that is not there"),
        N_("{element}: “{field}” refers to {reference}, which has no value."),
        N_("Correct the reference, or fill in the figure."),
    ),
    "C004": Rule(
        "warning",
        N_("Left over from an import"),
        N_("This line of {source} could not be placed: {text}"),
        N_("Move the text to its element and take it out of rest.toml."),
    ),
    "C005": Rule(
        "warning",
        N_("Retired, but still in use"),
        N_("{element} is retired, but {count} elements below it are not."),
        N_("Move or retire those too."),
    ),
    "C006": Rule(
        "info",
        N_("Printed figure differs by rounding"),
        N_(
            "{element}: “{field}” was printed as {printed}; computed it is {computed}, "
            "which rounding explains."
        ),
        N_("Nothing to do."),
    ),
    "C007": Rule(
        "warning",
        N_("Printed figure differs"),
        N_("{element}: “{field}” was printed as {printed}, but computed it is {computed}."),
        N_("Check the figures below it; rounding does not explain this."),
    ),
}

RULES: dict[str, Rule] = {
    **_TEMPLATE,
    **_REPORT,
    **_CONTENT,
    **element_codes.RULES,
    **derived_codes.RULES,
    **content_codes.RULES,
    **figure_codes.RULES,
    **round_codes.RULES,
    **publish_codes.RULES,
    **import_codes.RULES,
    **conflict_codes.RULES,
}
