"""The codes of findings about imported pages, and the reasons why a line could not be placed."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "I001": Rule(
        "error",
        N_("File is no page"),
        N_("This file cannot be read as a page: {reason}."),
        N_("Save the page as HTML or as plain text, and import that."),
    ),
    "I002": Rule(
        "error",
        N_("Page of another kind"),
        N_(
            "This is no page of the template “{template}”: {missing} was not found. "
            "Nothing was imported."
        ),
        N_("Choose another page, or another template."),
    ),
    "I003": Rule(
        "error",
        N_("Year not found"),
        N_("Neither the title nor a label of this page tells its budget year."),
        N_(
            "Import with --year, or put the document's title with its year, such as “{example}”, "
            "at the top of the page."
        ),
    ),
    "I004": Rule(
        "error",
        N_("Exists already"),
        N_("The report holds {codes} already, so nothing was imported."),
        N_("Import with --replace to take the page's values over; all else stays."),
    ),
    "I005": Rule(
        "error",
        N_("Other year"),
        N_("The page is about {year}, but the report about {report}. Nothing was imported."),
        N_("Import the page into a report of {year}."),
    ),
    "I006": Rule(
        "warning",
        N_("Overview and text differ"),
        N_("{element}: the overview has “{overview}” for “{field}”, the text “{text}”."),
        N_("The text was taken over; check which of the two is right."),
    ),
    "I007": Rule(
        "warning",
        N_("Only in the overview"),
        N_("{element} is in the overview, but the page has no text about it."),
        N_("What the overview says was taken over; fill in the rest."),
    ),
    "I008": Rule(
        "warning",
        N_("Not in the overview"),
        N_("{element} has a text, but is not in the overview of the page."),
        N_("Nothing was lost; check whether the page is complete."),
    ),
    "I009": Rule(
        "warning",
        N_("Moment of a status not certain"),
        N_("{element}: {count} statuses stand for {moments} moments."),
        N_("Set them by hand; they are in rest.toml."),
    ),
    "I010": Rule(
        "warning",
        N_("Code used twice on the page"),
        N_("{element} begins here again; what follows could not be placed."),
        N_("Give one of the two another code, or move its texts by hand."),
    ),
    "I011": Rule(
        "warning",
        N_("Heading of the group is missing"),
        N_("{element} stands below no heading of a group, so {group} was made for it."),
        N_("Fill in the name of {group}."),
    ),
    "I012": Rule(
        "info",
        N_("Unseen characters taken out"),
        N_("Control characters were taken out of {count} lines, here first."),
        N_("Nothing to do, unless a text looks wrong."),
    ),
    "I013": Rule(
        "warning",
        N_("Beginning of an element not certain"),
        N_("The page does not mark where each “{kind}” begins; here it was guessed."),
        N_("Check the texts around this line."),
    ),
    "I014": Rule(
        "warning",
        N_("Label stands twice"),
        N_("{element}: the label “{label}” stands here again."),
        N_("The text below it was added to the first; check it."),
    ),
    "I015": Rule(
        "warning",
        N_("Line could not be placed"),
        N_("{reason}: {text}"),
        N_("The line is in rest.toml; move its text to the right element."),
    ),
    "I016": Rule(
        "info",
        N_("Moment unknown to the template"),
        N_("The page has a moment “{label}”, which the template does not know."),
        N_("It was added to report.toml as {moment}; change its key there if you like."),
    ),
    "I017": Rule(
        "error",
        N_("Folder cannot be used"),
        N_("{folder} cannot take the report: {reason}."),
        N_("Choose another folder."),
    ),
    "I018": Rule(
        "error",
        N_("Report of another template"),
        N_("The report was made with the template “{report}”, not with “{template}”."),
        N_("Choose that template, or another folder."),
    ),
    "I019": Rule(
        "info",
        N_("Organisation unknown"),
        N_("A page does not say reliably whose it is, so the organisation was left empty."),
        N_("Fill in organisatie in report.toml, or import with --organisation."),
    ),
    "I020": Rule(
        "warning",
        N_("Status twice"),
        N_("{element}: “{field}” is printed as “{text}”, and again as “{again}”."),
        N_("The first was taken over; check it."),
    ),
    "I021": Rule(
        "info",
        N_("Code found by its name"),
        N_("The page does not print the code of “{name}”; the official list has {found} for it."),
        N_("Nothing to do, unless the code is wrong; then import with --code."),
    ),
    "I022": Rule(
        "warning",
        N_("Code not on the page"),
        N_("{kind} “{name}” has a code that this page does not print."),
        N_("Import with --code to tell it."),
    ),
    "I026": Rule(
        "warning",
        N_("Year not printed"),
        N_(
            "The page does not print its budget year; {year} was proposed, for it was made on "
            "{time}."
        ),
        N_("If that is wrong, take the folder away and import with --year."),
    ),
    "I027": Rule(
        "warning",
        N_("Printed sum differs from the rows"),
        N_("{element}: “{field}” is printed as {printed}, but the rows give {computed}."),
        N_("The rows were kept; check which of the two is right."),
    ),
    "I028": Rule(
        "info",
        N_("Whole of the shares is elsewhere"),
        N_("Not all elements of the kind {kind} are in the report, so shares stay as printed."),
        N_("Import the other pages too; then the shares are computed."),
    ),
    "I029": Rule(
        "info",
        N_("Shares can be computed now"),
        N_("With these pages all elements of the kind {kind} are there, for all shares agree."),
        N_("Nothing to do; {kind} was taken out of onvolledig in report.toml."),
    ),
    "I030": Rule(
        "warning",
        N_("Phrase taken for an amount"),
        N_("“{text}” stands below a text as a line of its own and was taken for the {field}."),
        N_("Check it; where it is text, move it there."),
    ),
    "I031": Rule(
        "info",
        N_("Printed figure differs from what is computed"),
        N_("“{field}” is printed as {printed}, but what the page says gives {computed}."),
        N_("The printed figure was kept in gedrukt; check tells whether rounding explains it."),
    ),
    "I032": Rule(
        "warning",
        N_("Amount in a heading not clear"),
        N_("“{text}” in this heading is no clear amount, so the whole line became the name."),
        N_("Fill in the amount, and take it out of the name."),
    ),
    "I033": Rule(
        "warning",
        N_("Row matched by its amount"),
        N_("The table lists “{row}”; by amount and kind that is taken to be “{element}”."),
        N_("Check it; the table's name is kept with the element."),
    ),
    "I034": Rule(
        "warning",
        N_("Row that the table does not call for"),
        N_("The table lists “{row}” by itself, but its amount belongs in a collected row."),
        N_("Check its amount, and whether it is structural."),
    ),
    "I035": Rule(
        "warning",
        N_("Amount in table and heading differ"),
        N_("{element}: the table has {table}, the heading {heading}."),
        N_("The heading was taken over; check which of the two is right."),
    ),
    "I036": Rule(
        "info",
        N_("Only in the table"),
        N_("“{row}” is in the table only, so the page says no more about it than its amount."),
        N_("Nothing was lost; give it a text if it should have one."),
    ),
    "I023": Rule(
        "warning",
        N_("Beginning proposed"),
        N_("The page does not show whether a new “{kind}” begins here."),
        N_("Open it in the app, and move the border or confirm it with F5."),
    ),
    "I024": Rule(
        "warning",
        N_("Status not printed"),
        N_("{element}: the page names “{field}”, but no status stands there."),
        N_("Choose the status; on the page it may be a picture."),
    ),
    "I025": Rule(
        "warning",
        N_("Border proposed"),
        N_(
            "{element}: the page does not show where “{before}” ends and “{after}” begins below "
            "“{label}”."
        ),
        N_("Open it in the app, and move the border or confirm it with F5."),
    ),
    "I043": Rule(
        "warning",
        N_("Paragraph added to the element above"),
        N_(
            "“{element}”: the page does not show whether this paragraph belongs to it or begins a "
            "new “{kind}”; it was added to it."
        ),
        N_("If a new one begins here, add it below this one, and move the border with F5."),
    ),
    "I044": Rule(
        "warning",
        N_("Text worded differently"),
        N_("{kind} “{new}” was taken for “{known}” in other words, and keeps its id {id}."),
        N_("Check it; if it is another one, take it back to “{known}” and add the new one."),
    ),
    "I045": Rule(
        "warning",
        N_("Perhaps the same in other words"),
        N_(
            "{kind} “{new}” is new, but resembles “{known}”, which the page no longer has; both "
            "are in the report."
        ),
        N_("If they are the same, move the text to “{known}” and take the other out."),
    ),
    "I040": Rule(
        "info",
        N_("Document is not whole yet"),
        N_("Of “{part}”, all of which a whole document must have, these pages lack: {missing}."),
        N_("Import the other pages too, or take {kind} out of onvolledig in report.toml."),
    ),
    "I041": Rule(
        "warning",
        N_("Year taken from the texts"),
        N_("The page does not print its budget year; {year} was proposed, for its texts name it."),
        N_("If that is wrong, take the folder away and import with --year."),
    ),
    "I046": Rule(
        "warning",
        N_("Heading unknown to the template"),
        N_(
            "“{heading}” is a heading on the page, but no label of the template. It went with the "
            "text below it into “{field}” of {element} (times on the page: {count})."
        ),
        N_(
            "Give it on the saved page the label of the template ({labels}), or give that label "
            "in the template these words, and import again. A head that belongs to the text may "
            "stay."
        ),
    ),
    "I047": Rule(
        "warning",
        N_("Perhaps a heading unknown to the template"),
        N_(
            "“{heading}” stands like a heading, and the page lacks {labels}. It went with the text "
            "below it into “{field}” of {element} (times on the page: {count})."
        ),
        N_(
            "If it is that heading, give it on the saved page that label, or give the label in "
            "the template these words, and import again. A head that belongs to the text may stay."
        ),
    ),
    "I042": Rule(
        "error",
        N_("Heading of the page not found"),
        N_(
            "This looks like a page of the template “{template}”, but it has no heading like "
            "“{shape}”; “{text}” comes closest. Nothing was imported."
        ),
        N_(
            "Give that line this form in the saved page, or import with --code if the page does "
            "not print the code."
        ),
    ),
}

BEFORE_GROUP = N_("It stands before the first element")
IN_GROUP = N_("It stands between a heading and the first element below it")
IN_OVERVIEW = N_("It stands in the overview, but is no row or value of it")
IN_DERIVED = N_("It stands in a table that is computed, so it is not read")
OUTSIDE = N_("It stands around the page, in the foot of the site or its navigation")
AFTER_FOOTER = N_("It stands after the end of the page")
NO_FIELD = N_("No field of the element can hold it")
TABLE = N_("It stands in a table of amounts, which is not read from a page")
NOT_A_VALUE = N_("It is no value of the field whose label stands above it")
UNCERTAIN_STATUS = N_("It is not certain to which moment this status belongs")
UNKNOWN_STATUS = N_("It is no status of the template")
TABLE_AGAIN = N_("The table stands on the page twice")
CODE_AGAIN = N_("The code above it stands on the page twice")
UNCERTAIN_FIGURE = N_("It is not certain which figure this is")
EMPTY_ELEMENT = N_("It marks an element without a text")
UNKNOWN_ROW = N_("The template knows no such row in this table")
NO_YEAR = N_("It is not certain to which year this figure belongs")
NOT_SPLIT = N_("The figures run into each other and can be split in several ways, or in none")
NO_AMOUNT = N_("No amount that can be read for certain stands beside it")
UNCLEAR_AMOUNT = N_("It looks like an amount, but cannot be read for certain")
OTHER_VIEW = N_("Another view on the page shows this with another text")
NO_ROLE = N_("The page does not show to what this item belongs")
