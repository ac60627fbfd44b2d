"""The command line: `stavaza` opens the app, `stavaza COMMAND` does one thing and stops."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from stavaza.i18n import _
from tui.argparse_texts import speak_dutch_in_argparse
from tui.commands import COMMANDS
from tui.commands.common import COULD_NOT, FOR_PROGRAMS, add_report_argument, emit


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks the user's language and exits with 2."""

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; what is too much is said here, by the command that it stood behind."""
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(_("unrecognized arguments: %(args)s") % {"args": " ".join(rest)})
        return found, rest

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """As argparse does it, with the choices as they are typed and only those for people."""
        if action.choices is None or value in action.choices:
            return
        sentence = _("“{value}” is not known; choose one of: {choices}")
        shown = ", ".join(str(choice) for choice in _for_people(action.choices))
        raise argparse.ArgumentError(action, sentence.format(value=value, choices=shown))

    def error(self, message: str) -> NoReturn:
        emit(_("{message}\nSee: {prog} --help").format(message=message, prog=self.prog), error=True)
        raise SystemExit(COULD_NOT)


def _for_people(choices: Iterable[object]) -> list[object]:
    """The choices of an argument, without the commands that are for programs."""
    if not isinstance(choices, Mapping):
        return list(choices)
    return [name for name, parser in choices.items() if not parser.get_default(FOR_PROGRAMS)]


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = _Parser(
        prog="stavaza",
        description=_("The planning-and-control workplace of a municipality."),
        epilog=_("Without a command the app opens; without a terminal a summary is printed."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=_version(),
        help=_("show program's version number and exit"),  # argparse itself says it in English
    )
    add_report_argument(parser)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), dest="command")
    for name in COMMANDS:
        module = importlib.import_module(f"tui.commands.{name}")
        sub = commands.add_parser(
            module.NAME,
            help=_(module.HELP),
            description=_(module.HELP),
            prog=f"stavaza {module.NAME}",
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return parser


def _version() -> str:
    from importlib.metadata import version

    return f"stavaza {version('stavaza')}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code: 0 fine, 1 findings or differences, 2 could not run."""
    from stavaza.errors import StavazaError

    speak_dutch_in_argparse()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _only_a_report(arguments) or make_parser().parse_args(arguments)
        command: Any = getattr(args, "run", _open_app)
        return int(command(args))
    except StavazaError as error:
        emit(str(error), error=True)
        return COULD_NOT
    except KeyboardInterrupt:
        emit(_("Stopped."), error=True)
        return COULD_NOT
    except BrokenPipeError:
        return COULD_NOT
    except OSError as error:
        from stavaza.os_reasons import os_sentence

        emit(os_sentence(error), error=True)
        return COULD_NOT


def _only_a_report(arguments: list[str]) -> argparse.Namespace | None:
    """The arguments of the app itself, read without loading all commands: it opens sooner."""
    match arguments:
        case []:
            return argparse.Namespace()
        case ["--report", folder] if not folder.startswith("-"):
            return argparse.Namespace(report=Path(folder))
        case _:
            return None


def _open_app(args: argparse.Namespace) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from tui.summary import print_summary

        return print_summary(args)
    from tui.commands.common import report_folder
    from tui.start import run_app

    return run_app(report_folder(args, tell=False))


def run() -> NoReturn:
    """The console command `stavaza`."""
    sys.excepthook = tell_of_crash
    raise SystemExit(main())


def tell_of_crash(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """Say in one sentence that the program is broken, and keep the details in a file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="stavaza-", suffix=".log", delete=False
    ) as log:
        log.writelines(traceback.format_exception(kind, error, trace))
    message = _(
        "Something is wrong in Stavaza itself: {error}. Files that were saved are safe. "
        "The details are in {file}; send that file with your question."
    )
    emit(message.format(error=f"{kind.__name__} {error}".strip(), file=log.name), error=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(COULD_NOT)  # Python itself would end with 1, which here means: there is work to do
