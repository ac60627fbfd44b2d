"""Opens the next moment of a report: what is unfinished, what changes in report.toml, doing it.

Nothing but report.toml changes. Texts that are held once stay; what is held per moment is empty at
the new one, and the statuses of the moments before it stand beside it. Stages belong to a moment,
so they begin anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stavaza.check import check_report
from stavaza.deadlines import KEY as DUE
from stavaza.errors import ChangedOnDiskError, StavazaError
from stavaza.files import locked, write_safely
from stavaza.finding import Finding
from stavaza.handmade import edit_text
from stavaza.i18n import _
from stavaza.naming import is_safe_stem
from stavaza.new_report import moments_for
from stavaza.required import is_filled
from stavaza.source import Data
from stavaza.stage_config import StageError
from stavaza.stages import Progress, Standing
from stavaza.store import STAGES_FOLDER
from stavaza.template_checks import is_key
from stavaza.todo import Task, tasks
from stavaza.tree import Moment, Report

_BOM = b"\xef\xbb\xbf"


class RoundError(StavazaError):
    """The next moment cannot be opened; the text says why and what to do."""


@dataclass(frozen=True)
class Unfinished:
    """What is left at the moment being written: tasks, errors, elements that are not through."""

    tasks: tuple[Task, ...] = ()
    errors: tuple[Finding, ...] = ()
    behind: tuple[Standing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tasks or self.errors or self.behind)


@dataclass(frozen=True)
class NextRound:
    """The moment to open: its key and label, and what report.toml gets when it is not there yet.

    `filled` is how many elements say something at it already, `due` its deadline.
    """

    key: str
    label: str
    new: Data | None = None
    filled: int = 0
    due: date | None = None
    data: Data = field(default_factory=dict)


def unfinished(report: Report) -> Unfinished:
    """What is left at the current moment. Stages count only where somebody set one."""
    errors = tuple(f for f in check_report(report) if f.severity == "error")
    return Unfinished(tuple(tasks(report)), errors, tuple(_behind(report)))


def _behind(report: Report) -> Iterator[Standing]:
    if not (report.root / STAGES_FOLDER).is_dir():
        return
    try:
        progress = Progress(report)
    except StageError:  # check tells of it
        return
    if any(progress.last_step(element) for element in progress.elements()):
        yield from progress.behind(progress.stages.stages[-1])


def next_round(
    report: Report, key: str = "", label: str = "", due: date | None = None
) -> NextRound:
    """The moment that comes next: as asked, else the next of report.toml, else of the template.

    With `due` it gets that deadline; without one it keeps what report.toml says. Raises RoundError
    where there is none, where it is unknown and has no label, or is past.
    """
    known = [moment.key for moment in report.meta.moments]
    if not key:
        key = _following(report) or ""
    if not key:
        sentence = _(
            "Neither report.toml nor the template knows a moment after “{moment}”. Give the new "
            "one a key and a label: stavaza round new KEY --label TEXT"
        )
        raise RoundError(sentence.format(moment=report.current_moment.label))
    if key in known:
        return _existing(report, key, due)
    offered = moments_for(report.template, report.meta.year)
    if not is_key(key) or not is_safe_stem(key):
        sentence = _("“{key}” cannot be a key; use small letters, digits and _, such as {example}.")
        example = key.lower() if is_key(key.lower()) and is_safe_stem(key.lower()) else "vgr3"
        raise RoundError(sentence.format(key=key, example=example))
    if key not in offered and not label:
        sentence = _("“{key}” is no moment of this report or its template; give --label TEXT.")
        raise RoundError(sentence.format(key=key))
    table: Data = {"label": label or key, **offered.get(key, {})}
    if label:
        table["label"] = label
    table["volgorde"] = _last_place(report) + 1
    return _made(report, key, str(table["label"]), table, due)


def _following(report: Report) -> str | None:
    """The moment behind the current one, in report.toml, else in the template."""
    known = [moment.key for moment in report.meta.moments]
    at = known.index(report.current_moment.key)
    if known[at + 1 :]:
        return known[at + 1]
    offered = list(moments_for(report.template, report.meta.year))
    current = report.current_moment.key
    later = offered[offered.index(current) + 1 :] if current in offered else offered
    return next((key for key in later if key not in known), None)


def _existing(report: Report, key: str, due: date | None) -> NextRound:
    known = [moment.key for moment in report.meta.moments]
    at, now = known.index(key), known.index(report.current_moment.key)
    moment = report.meta.moments[at]
    if at == now:
        raise RoundError(_("“{label}” is being written already.").format(label=moment.label))
    if at < now:
        sentence = _("“{label}” is past; to write it again, change huidig_moment in report.toml.")
        raise RoundError(sentence.format(label=moment.label))
    return _made(report, key, moment.label, None, due)


def _made(report: Report, key: str, label: str, new: Data | None, due: date | None) -> NextRound:
    filled = sum(
        any(is_filled(value) for value in _at(element.data, key).values())
        for element in report.elements.values()
    )
    data: Data = dict(report.meta.data)
    data["huidig_moment"] = key
    if due is not None:
        new = {**new, DUE: due} if new is not None else None
    moments: Data = report.meta.data.get("moment", {})
    if new is not None:
        data["moment"] = {**moments, key: new}
    elif due is not None:
        data["moment"] = {**moments, key: {**moments[key], DUE: due}}
    known = report.moment(key)
    return NextRound(key, label, new, filled, due or (known.due if known else None), data)


def _at(data: Data, key: str) -> dict[str, Any]:
    moments = data.get("moment")
    found = moments.get(key) if isinstance(moments, dict) else None
    return found if isinstance(found, dict) else {}


def _last_place(report: Report) -> int:
    raw = report.meta.data.get("moment", {})
    tables = raw.values() if isinstance(raw, dict) else ()
    places = [t.get("volgorde") for t in tables if isinstance(t, dict)]
    return max((p for p in places if isinstance(p, int)), default=len(report.meta.moments))


def open_round(report: Report, planned: NextRound) -> Moment | None:
    """Write report.toml with the new current moment; comments and layout stay as they are.

    Raises ChangedOnDiskError where the file is not what was read, SaveRefusedError, OSError.
    """
    source = report.meta_source
    if source is None:
        raise RoundError(_("This report has no report.toml of its own."))
    with locked(report.root, "report"):
        if source.path.read_bytes() != source.raw:
            message = _("{file} was changed by another program meanwhile; try again.")
            raise ChangedOnDiskError(source.path, message.format(file=source.path.name))
        write_safely(source.path, _edited(source.raw, source.data, planned.data))
    return report.moment(planned.key)


def _edited(raw: bytes, old: Data, new: Data) -> bytes:
    plain = raw.removeprefix(_BOM).replace(b"\r\n", b"\n")
    fresh = edit_text(plain.decode("utf-8"), old, new).encode("utf-8")
    if b"\r\n" in raw:
        fresh = fresh.replace(b"\n", b"\r\n")
    return _BOM + fresh if raw.startswith(_BOM) else fresh
