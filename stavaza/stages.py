"""How far each element is at a moment: empty, draft, ready ... council; and what opened it again.

Each step stands in `stadia/<element>.toml`, with who took it, when, and the fingerprints of what
the element said then:

    [stap.20261231-140509-bcdfgh]
    moment = "vgr2"
    stadium = "gereed"
    door = "Jan de Wit"
    op = 2026-12-31T14:05:09Z
    tekst = "..."
    cijfers = "..."

The last step counts, as long as both fingerprints are what they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from stavaza import side_files
from stavaza.corrections import Correction, add_correction, corrections
from stavaza.display import in_sentence
from stavaza.fingerprints import Fingerprint, Fingerprints
from stavaza.i18n import _
from stavaza.required import is_complete, is_filled
from stavaza.side_files import Person, Table
from stavaza.stage_config import Stage, StageError, Stages, read_stages
from stavaza.store import STAGES_FOLDER
from stavaza.tree import Element, Moment, Report

KEY = "stap"
Reopened = Literal["", "text", "figures"]


@dataclass(frozen=True)
class Standing:
    """How far an element is.

    `stage` is where it stands now, `taken` the last stage that was set and still or no longer
    holds (None for none), `reopened` by what it was opened again; who and when are of the last
    step.
    """

    element: Element
    stage: Stage
    taken: Stage | None = None
    reopened: Reopened = ""
    who: str = ""
    when: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """Plain data for machines: never translated."""
        return {
            "element": self.element.id,
            "stage": self.stage.key,
            "taken": self.taken.key if self.taken else None,
            "reopened": self.reopened or None,
            "who": self.who or None,
            "when": self.when.isoformat() if self.when else None,
        }


class Progress:
    """The stages of a report's elements at one moment, and the steps that can be taken."""

    def __init__(self, report: Report, moment: Moment | None = None) -> None:
        self.report = report
        self.moment = moment or report.current_moment
        self.stages: Stages = read_stages(report)
        self.fingerprints = Fingerprints(report, self.moment)

    def standings(self) -> list[Standing]:
        """All elements that go through stages, in reading order."""
        return [self.standing(element) for element in self.elements()]

    def elements(self) -> Iterator[Element]:
        """The elements that say something at a moment, or have a page; retired ones do not."""
        for _depth, element in self.report.walk():
            kind = self.report.kind(element)
            if kind is None or element.retired:
                continue
            page = self.report.template.layout_of(element.kind) is not None
            if page or any(f.per_moment or f.type == "tabel" for f in kind.fields.values()):
                yield element

    def standing(self, element: Element) -> Standing:
        """How far one element is."""
        step = self.last_step(element)
        start = self._start(element)
        taken = self.stages.find(str(step.get("stadium", ""))) if step else None
        if step is None or taken is None or taken.place <= self.stages.draft.place:
            return Standing(element, start)
        now = self.fingerprints.of(element)
        reopened: Reopened = ""
        if step.get("tekst") != now.text:
            reopened = "text"
        elif step.get("cijfers") != now.figures:
            reopened = "figures"
        stage = start if reopened else taken
        who, when = str(step.get("door", "")), side_files.time_of(step)
        return Standing(element, stage, taken, reopened, who, when)

    def _start(self, element: Element) -> Stage:
        """Empty or draft: whatever was filled in."""
        kind = self.report.kind(element)
        fields = tuple(kind.fields.values()) if kind else ()
        held = [spec for spec in fields if spec.per_moment] or fields
        paths = (self.report.path_of(spec, self.moment.key) for spec in held)
        filled = any(is_filled(element.get(path)) for path in paths)
        return self.stages.draft if filled else self.stages.empty

    def last_step(self, element: Element) -> Table | None:
        """The last step of an element at this moment."""
        own = self.steps(element)
        return own[-1] if own else None

    def steps(self, element: Element) -> list[Table]:
        """The steps of an element at this moment, oldest first."""
        every = side_files.entries(side_files.read(self._file(element)), KEY)
        return [entry for _key, entry in every if entry.get("moment") == self.moment.key]

    def _file(self, element: Element) -> Path:
        return self.report.root / STAGES_FOLDER / f"{element.id}.toml"

    def behind(self, stage: Stage) -> list[Standing]:
        """The elements that have not reached a stage."""
        return [each for each in self.standings() if each.stage.place < stage.place]

    # --- taking steps

    def take(self, element: Element, stage: Stage, person: Person) -> Standing:
        """Set an element's stage, or send it back to a lower one. Raises StageError, OSError."""
        self._must_be_saved(element)
        now = self.standing(element)
        if stage.place <= self.stages.empty.place:
            sentence = _("“{stage}” follows from what is filled in and cannot be set.")
            raise StageError(sentence.format(stage=stage.label))
        if stage.place > now.stage.place:
            self._check(element, now, stage, person)
        elif now.taken is not None and now.taken.final and not self._may(person, now.taken):
            raise StageError(self._forbidden(now.taken))
        self._write(element, stage, person, self.fingerprints.of(element))
        return self.standing(element)

    def _must_be_saved(self, element: Element) -> None:
        if element.changed:
            sentence = _("{element} holds changes that are not saved; save them first.")
            raise StageError(sentence.format(element=self._named(element)))

    def _check(self, element: Element, now: Standing, stage: Stage, person: Person) -> None:
        heading = self._named(element)
        if stage.start and now.stage.key not in stage.start:
            names = [self.stages.find(key) for key in stage.start]
            labels = ", ".join(each.label for each in names if each is not None)
            sentence = _("{element} is “{now}”; “{stage}” comes after {start}.")
            words = {"now": now.stage.label, "stage": stage.label, "start": labels}
            raise StageError(sentence.format(element=heading, **words))
        if not self._may(person, stage):
            raise StageError(self._forbidden(stage))
        if stage.complete and not is_complete(self.report, element, self.moment.key):
            sentence = _("{element} is not complete yet; see: stavaza todo")
            raise StageError(sentence.format(element=heading))
        if stage.final and self.figures_changed(element):
            raise StageError(self._needs_correction(element))

    def _needs_correction(self, element: Element) -> str:
        sentence = _(
            "A figure of {element} changed after “{stage}”; that needs a numbered correction: "
            "stavaza stages correct {id} --reason TEXT"
        )
        final = self.stages.stages[-1].label
        heading = self._named(element)
        return sentence.format(element=heading, stage=final, id=element.id)

    def _named(self, element: Element) -> str:
        return in_sentence(self.report.heading(element))

    def _may(self, person: Person, stage: Stage) -> bool:
        return self.stages.may(person, stage.role)

    def _forbidden(self, stage: Stage) -> str:
        sentence = _("“{stage}” is set by {role}: {members}.")
        label = self.stages.labels.get(stage.role, stage.role)
        members = ", ".join(self.stages.roles.get(stage.role, ()))
        return sentence.format(stage=stage.label, role=label, members=members)

    def confirm(self, person: Person, only: Collection[str] = ()) -> list[Standing]:
        """Confirm again what only changed figures opened, as it was; all of it, or some elements.

        What was final needs a correction instead and is left, and so is what the person may not
        set. Raises OSError.
        """
        done = []
        for now in self.standings():
            taken = now.taken
            if now.reopened != "figures" or taken is None or now.element.changed:
                continue
            if (only and now.element.id not in only) or not self._may(person, taken):
                continue
            if self.figures_changed(now.element):
                continue
            self._write(now.element, taken, person, self.fingerprints.of(now.element))
            done.append(self.standing(now.element))
        return done

    def figures_changed(self, element: Element) -> dict[str, tuple[str, str]]:
        """The element's own figures, from and to, that changed after its final stage.

        What a correction tells of is not counted; nothing where the stage was never final.
        """
        final = {stage.key for stage in self.stages.stages if stage.final}
        steps = [step for step in self.steps(element) if step.get("stadium") in final]
        kept = steps[-1].get("bedragen") if steps else None
        if not isinstance(kept, dict):
            return {}
        old = {key: str(value) for key, value in kept.items()}
        since = side_files.time_of(steps[-1])
        for correction in corrections(self.report.root, self.moment.key):
            if correction.element == element.id and correction.when >= since:
                old |= {key: new for key, (_old, new) in correction.figures.items()}
        new = self.fingerprints.own_figures(element)
        return {
            key: (old.get(key, ""), new.get(key, ""))
            for key in sorted({*old, *new})
            if old.get(key, "") != new.get(key, "")
        }

    def _write(self, element: Element, stage: Stage, person: Person, print_: Fingerprint) -> None:
        when = side_files.now()
        before = self.last_step(element)
        if before is not None:  # two steps in one second, or a clock that was set back
            when = max(when, side_files.time_of(before) + timedelta(seconds=1))
        step: Table = {
            "moment": self.moment.key,
            "stadium": stage.key,
            "door": person.name,
            "op": when,
            "tekst": print_.text,
            "cijfers": print_.figures,
        }
        if stage.final:
            step["bedragen"] = dict(sorted(self.fingerprints.own_figures(element).items()))
        side_files.update(
            self.report.root,
            self._file(element),
            lambda table: table.setdefault(KEY, {}).update({side_files.mint(when): step}),
        )

    def correct(self, element: Element, reason: str, person: Person) -> int:
        """Record a numbered correction of figures after the final stage; its number.

        A text that changed too still goes through the stages again. Raises StageError where there
        is nothing to correct, OSError.
        """
        self._must_be_saved(element)
        now = self.standing(element)
        changed = self.figures_changed(element)
        last = self.stages.stages[-1]
        if not changed:
            sentence = _("No figure of {element} changed after “{stage}”.")
            heading = self._named(element)
            raise StageError(sentence.format(element=heading, stage=last.label))
        if not reason.strip():
            raise StageError(_("A correction needs a reason."))
        if not self._may(person, last):
            raise StageError(self._forbidden(last))
        when = max(side_files.now(), side_files.time_of(self.last_step(element) or {}))
        made = Correction(0, element.id, reason.strip(), person.name, when, changed)
        number = add_correction(self.report.root, self.moment.key, made)
        if now.reopened == "figures" and now.taken is not None:
            self._write(element, now.taken, person, self.fingerprints.of(element))
        return number
