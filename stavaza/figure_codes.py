"""The findings about figures in texts, letter F."""

from __future__ import annotations

from stavaza.i18n import N_
from stavaza.rule import Rule

RULES: dict[str, Rule] = {
    "F001": Rule(
        "warning",
        N_("Text refers to a figure of a retired element"),
        N_("{element}: “{field}” refers to {reference}, which is no longer reported on."),
        N_("Refer to another figure, or restore that element."),
    ),
    "F002": Rule(
        "info",
        N_("Amount in a text is a figure"),
        N_("{element}: “{field}” says {text}, which is {figure}."),
        N_(
            "Write [[{reference}]] instead, and the text follows the figure. In the app z leaves "
            "the amount as it is."
        ),
    ),
    "F003": Rule(
        "warning",
        N_("Amount in a text is almost a figure"),
        N_("{element}: “{field}” says {text}, while {figure} is {value}."),
        N_(
            "Correct the amount, or write [[{reference}]] instead. Is it meant so, then z in the "
            "list of findings leaves it."
        ),
    ),
    "F005": Rule(
        "warning",
        N_("Name refers to a figure"),
        N_("{element}: “{field}” is its name, in which [[{reference}]] stays as it is written."),
        N_("Write the figure itself there, or refer to it in another text."),
    ),
    "F004": Rule(
        "warning",
        N_("Reference to a figure cannot be read"),
        N_("{element}: “{field}” has [[{reference}]], in which no figure can be read."),
        N_("Write it without spaces, such as [[begroting/663884/lasten_2026]]."),
    ),
}
