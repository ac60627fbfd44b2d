"""One press of a button: the boundary that no error passes, and the way of the answer to Excel."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from excel_bridge.addin.answer import Answer, decode
from excel_bridge.addin.caller import Call, calling_book
from excel_bridge.addin.log import write_log
from excel_bridge.addin.places import start_log
from excel_bridge.errors import BridgeError
from excel_bridge.live import engine_errors, excel_says
from excel_bridge.patience import is_busy
from stavaza.display import harmless_lines
from stavaza.errors import StavazaError
from stavaza.files import write_safely
from stavaza.i18n import _
from stavaza.os_reasons import os_sentence

Step = Callable[[Call], Answer]

ANSWER: Final = "--answer="
PROOF: Final = "--proof="
WHEN_DONE: Final = "'stavaza.xlam'!StavazaDone"
"""The macro that shows the answer on macOS, where Excel does not wait for Python."""


class Boundary:
    """Runs a step; whatever goes wrong in it becomes an answer that names its log file."""

    def __init__(self) -> None:
        self.answer = Answer("wrong", "")

    def __enter__(self) -> Boundary:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        log = write_log("".join(traceback.format_exception(kind, error, trace)))
        text = _sentence(error) + "\n\n" + _("Log: {file}").format(file=log)
        self.answer = Answer("wrong", text)
        return True


def _sentence(error: Exception) -> str:
    if isinstance(error, StavazaError):
        return str(error)
    if is_busy(error):
        return _(
            "Excel is busy or a cell is being edited. Leave the cell with Enter and try again."
        )
    if isinstance(error, engine_errors()):
        return _("Excel refused something: {reason}").format(reason=excel_says(error))
    if isinstance(error, OSError):
        return os_sentence(error)
    text = _("Something is wrong in Stavaza itself: {error}. Files that were saved are safe.")
    return text.format(error=f"{type(error).__name__} {error}".strip())


def press(step: Step) -> Answer:
    """Do what a button is for, tell Excel, and return what it was told; raises nothing."""
    with contextlib.suppress(OSError):  # what VBA noted of earlier starts is over: this is one
        start_log().unlink(missing_ok=True)
    book, answer = _done(step, argument(PROOF))
    with Boundary():
        if _tell(book, answer):
            book, answer = _done(step, answer.proof)
            _tell(book, answer)
    return answer


def _done(step: Step, proof: str) -> tuple[Any, Answer]:
    """The book that called, None where there is none, and the answer of a step."""
    boundary = Boundary()
    book: Any = None
    with boundary:
        book = calling_book()
        boundary.answer = step(Call(book, proof))
    answer = boundary.answer
    return book, replace(answer, text=harmless_lines(answer.text))


def argument(name: str) -> str:
    """What Excel gave under a name on the command line; '' for nothing."""
    return next((decode(word[len(name) :]) for word in sys.argv if word.startswith(name)), "")


def _tell(book: Any, answer: Answer) -> bool:
    """Bring the answer to Excel: in its file, else in a box of xlwings where the engine has one.

    Whether a person said yes to a question in such a box; VBA asks the others itself.
    """
    target = argument(ANSWER)
    if target:
        write_safely(Path(target), answer.lines().encode("ascii"))
        if sys.platform == "darwin" and book is not None:
            book.app.macro(WHEN_DONE)()
        return False
    if book is None or answer.kind == "shown":
        return False
    buttons = "yes_no" if answer.kind == "ask" else "ok"
    with contextlib.suppress(BridgeError, NotImplementedError):  # files have no screen
        return bool(book.app.alert(answer.text, "Stavaza", buttons) == "yes")
    return False
