"""Puts argparse's own English into the user's language, through Stavaza's catalogue."""

from __future__ import annotations

import argparse

from stavaza.i18n import N_, _, ngettext

TEXTS = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("unrecognized arguments: %(args)s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("not allowed with argument %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("one of the arguments %s is required"),
)
"""The texts of argparse that a user can meet, spelled as argparse looks them up."""


def speak_dutch_in_argparse() -> None:
    """Let argparse look up its texts in Stavaza's catalogue instead of the system's."""
    # argparse offers no setting for this; both names are what it imports from gettext
    vars(argparse)["_"] = _
    vars(argparse)["ngettext"] = ngettext
