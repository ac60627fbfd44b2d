"""`stavaza import`: published pages into a report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from stavaza.i18n import N_, _, ngettext
from stavaza.os_reasons import os_reason
from tui.commands.common import (
    COULD_NOT,
    FINDINGS,
    FINE,
    budget_year,
    emit,
    emit_findings,
    find_template_or_tell,
    named_folder,
)

if TYPE_CHECKING:
    from stavaza.page_import import ImportResult, Plan, Told
    from stavaza.template import Template

NAME = "import"
HELP = N_("take published pages (HTML or plain text) into a report")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument(
        "pages", nargs="+", type=Path, metavar=_("PAGE"), help=_("page saved as HTML or as text")
    )
    parser.add_argument(
        "--template", required=True, metavar=_("NAME"), help=_("name of the template")
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=_("FOLDER"),
        help=_("folder of the report; a new one is made where there is none"),
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help=_("take the pages' values over in elements that the report has already"),
    )
    parser.add_argument(
        "--year",
        type=budget_year,
        metavar=_("YEAR"),
        help=_("budget year, where a page does not print it"),
    )
    parser.add_argument(
        "--code",
        default="",
        metavar=_("CODE"),
        help=_("code of what the page is about, where it does not print it"),
    )
    parser.add_argument(
        "--organisation",
        default="",
        metavar=_("NAME"),
        help=_("name of the municipality, for a new report"),
    )


def run(args: argparse.Namespace) -> int:
    """Import all pages or none; 1 where something needs a look, 2 where nothing was written."""
    from stavaza.errors import StavazaError
    from stavaza.page_import import plan_import, write
    from stavaza.report_file import lent_template
    from stavaza.store import find_report

    root, around = named_folder(args.out), find_report(Path.cwd())
    lent = lent_template(root, args.template, around)
    template = find_template_or_tell(around if lent and around else root, args.template)
    if template is None:
        return COULD_NOT
    read = _read_all(args, template, root)
    if read is None:
        return COULD_NOT
    try:
        plan = plan_import(root, template, read, args.organisation, take_over=args.replace)
        if not plan.blocked:
            plan.files |= lent
            write(plan)
    except OSError as error:
        reason = os_reason(error)
        emit(_("Nothing was written in {folder}: {reason}.").format(folder=root, reason=reason))
        return COULD_NOT
    except StavazaError as error:
        emit(str(error))
        return COULD_NOT
    emit_findings(plan.findings, None)
    if plan.blocked:
        emit(_("Nothing was written."))
        return COULD_NOT
    _tell(plan, read)
    return FINDINGS if any(item.severity != "info" for item in plan.findings) else FINE


def _read_all(
    args: argparse.Namespace, template: Template, root: Path
) -> list[ImportResult] | None:
    """All pages as read; None where one of them cannot be."""
    paths = _paths(args.pages)
    if args.code and len(paths) > 1:
        emit(_("--code is about one page; import the others apart."))
        return None
    told = _told(root, args.year, args.code)
    if args.year is not None and told.year != args.year:
        emit(_("The report in {folder} is of {year}.").format(folder=root, year=told.year))
        return None
    results = [_read(path, template, told) for path in paths]
    read = [result for result in results if result is not None]
    other = [page for page in read if page.usable and args.year not in (None, page.year)]
    for page in other:
        sentence = _("{page} says itself that it is about {year}. Import it without --year.")
        emit(sentence.format(page=Path(page.page).name, year=page.year))
    return read if len(read) == len(results) and not other else None


def _paths(pages: list[Path]) -> list[Path]:
    """The pages as told; `*` is filled in here for consoles that leave it to the program."""
    paths: list[Path] = []
    for page in pages:
        found = sorted(page.parent.glob(page.name)) if "*" in page.name else []
        paths += found or [page]
    return paths


def _read(path: Path, template: Template, told: Told) -> ImportResult | None:
    from stavaza.page_import import LARGEST_PAGE_BYTES, import_page

    try:
        if path.is_file() and path.stat().st_size > LARGEST_PAGE_BYTES:
            with path.open("rb") as stream:
                data = stream.read(LARGEST_PAGE_BYTES + 1)
        else:
            data = path.read_bytes()
    except OSError as error:
        reason = os_reason(error)
        emit(_("{file} cannot be read: {reason}.").format(file=path, reason=reason))
        return None
    return import_page(data, str(path), template, told)


def _told(root: Path, year: int | None, code: str) -> Told:
    """What is known beside the pages: from the command line, and from the report in the folder."""
    from stavaza.page_import import Told, told_by
    from stavaza.report_file import FILE_NAME
    from stavaza.store import open_report

    report = open_report(root)[0] if (root / FILE_NAME).is_file() else None
    return Told(year, code) if report is None else told_by(report, code)


def _tell(plan: Plan, results: list[ImportResult]) -> None:
    report = plan.report
    if report is None:
        return
    for result in results:
        parts = []
        for kind in report.template.kinds.values():
            count = sum(element.kind == kind.key for element in result.elements)
            if count:
                parts.append(f"{count} {(kind.label if count == 1 else kind.plural).lower()}")
        emit(_("{page}: {parts}.").format(page=Path(result.page).name, parts=", ".join(parts)))
    rest = sum(len(result.rest) for result in results)
    if rest:
        message = ngettext(
            "{n} line could not be placed; it is in rest.toml.",
            "{n} lines could not be placed; they are in rest.toml.",
            rest,
        )
        emit(message.format(n=rest))
    message = ngettext("{n} file was added.", "{n} files were added.", plan.added)
    emit(message.format(n=plan.added))
    if plan.changed:
        message = ngettext("{n} file was changed.", "{n} files were changed.", plan.changed)
        emit(message.format(n=plan.changed))
    emit(
        _("See what is still missing with: stavaza check --report {folder}").format(
            folder=f'"{plan.root}"'
        )
    )
