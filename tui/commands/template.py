"""`stavaza template check` and `schema`: what is wrong with a template, and what editors need."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _
from stavaza.os_reasons import os_reason
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    add_format_argument,
    count_findings,
    emit,
    emit_findings,
    emit_json,
)

if TYPE_CHECKING:
    from stavaza.template import Template

NAME = "template"
HELP = N_("check a report template, or make a schema of it for editors")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    actions = parser.add_subparsers(
        title=_("commands"), dest="action", required=True, metavar=_("COMMAND")
    )
    check = actions.add_parser("check", help=_("list all that is wrong with a template"))
    check.add_argument(
        "folder", type=Path, metavar=_("FOLDER"), help=_("folder with template.toml")
    )
    add_format_argument(check)
    schema = actions.add_parser(
        "schema", help=_("print a JSON Schema, with which editors complete and check the files")
    )
    schema.add_argument(
        "folder", type=Path, metavar=_("FOLDER"), help=_("folder with template.toml")
    )
    schema.add_argument(
        "--out",
        type=Path,
        metavar=_("FOLDER"),
        help=_("write it into a report, with settings for the editors Tombi and Taplo"),
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked for with the template; 2 where there is none."""
    from stavaza.template_reader import load_template

    folder: Path = args.folder.expanduser().absolute()
    template, findings = load_template(folder)
    if args.action == "schema":
        if template is not None:
            return _schema(template, args.out)
        for finding in findings:
            emit(finding.line_of_text(folder), error=True)
        return COULD_NOT
    if args.format == "json":
        emit_json([finding.as_json(folder) for finding in findings])
    else:
        emit_findings(findings, folder)
        emit(count_findings(findings) if findings else _("The template is in order."))
    if any(finding.code == "T001" for finding in findings):
        return COULD_NOT
    return FINDINGS if findings else FINE


def _schema(template: Template, out: Path | None) -> int:
    """Print the schema, or write it with the settings; a file of somebody else stays as it is."""
    import json

    from stavaza import schema
    from stavaza.files import write_safely

    if out is None:
        emit(json.dumps(schema.schema(template), ensure_ascii=True, indent=2))
        return FINE
    root = out.expanduser().absolute()
    code = FINE
    for name, text in schema.files(template).items():
        path = root.joinpath(*name.split("/"))
        try:
            if path.exists() and not schema.is_ours(path.read_bytes()):
                emit(_("{path} is not of Stavaza and stays as it is.").format(path=path))
                code = FINDINGS
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            write_safely(path, text.encode("utf-8"))
        except OSError as error:
            reason = os_reason(error)
            message = _("{path} cannot be written: {reason}")
            emit(message.format(path=path, reason=reason), error=True)
            return COULD_NOT
        emit(_("Written: {path}").format(path=path))
    return code
