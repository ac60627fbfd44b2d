"""Which stages an element goes through, who may set which, and from where: read from TOML.

The stages are those of `[stadium.*]` in report.toml, else of `stadia.toml` in the template's
folder, else of the one that comes along. Roles are `[rol.*]` in report.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stavaza import side_files
from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.places import templates_dir
from stavaza.side_files import Person
from stavaza.tree import Report

FILE_NAME = "stadia.toml"
_BASE_FOLDER = "_basis"
_FEWEST = 3


class StageError(StavazaError):
    """A stage cannot be set; the text says why and what to do."""


@dataclass(frozen=True)
class Stage:
    """One stage. `start` are the stages from which it is reached; `role` '' is everyone.

    `complete` asks that nothing required is missing; after `final` a figure changes only with a
    numbered correction.
    """

    key: str
    label: str
    place: int
    start: tuple[str, ...] = ()
    role: str = ""
    complete: bool = False
    final: bool = False


@dataclass(frozen=True)
class Stages:
    """All stages from low to high, and who has which role: names or mail addresses."""

    stages: tuple[Stage, ...]
    roles: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]

    @property
    def empty(self) -> Stage:
        """What an element is where nothing was filled in."""
        return self.stages[0]

    @property
    def draft(self) -> Stage:
        """What an element is while it is being written, and again after a change."""
        return self.stages[1]

    def find(self, key: str) -> Stage | None:
        """The stage with that key."""
        return next((stage for stage in self.stages if stage.key == key), None)

    def named(self, asked: str) -> Stage:
        """The stage that a person means by key or label. Raises StageError."""
        for stage in self.stages:
            if asked.casefold() in (stage.key.casefold(), stage.label.casefold()):
                return stage
        known = ", ".join(stage.key for stage in self.stages)
        sentence = _("There is no stage “{stage}”; choose from: {known}.")
        raise StageError(sentence.format(stage=asked, known=known))

    def may(self, person: Person, role: str) -> bool:
        """Whether a person has a role; a role that nobody was given is everyone's."""
        members = {member.casefold() for member in self.roles.get(role, ())}
        if not role or not members:
            return True
        return bool(members & {person.name.casefold(), person.address.casefold()})


def read_stages(report: Report) -> Stages:
    """The stages of a report. Raises StageError where fewer than three can be read."""
    data = report.meta.data
    tables = [data, *(side_files.read(path) for path in _files(report))]
    found = (each["stadium"] for each in tables if _is_table(each.get("stadium")))
    table: dict[str, Any] = next(found, {})
    stages = tuple(
        _stage(key, entry, place)
        for place, (key, entry) in enumerate(
            (key, entry) for key, entry in table.items() if isinstance(entry, dict)
        )
    )
    if len(stages) < _FEWEST:
        raise StageError(_("The report needs at least three stages; see stadia.toml."))
    raw = data.get("rol")
    roles = {k: v for k, v in raw.items() if isinstance(v, dict)} if isinstance(raw, dict) else {}
    return Stages(
        stages,
        {key: _texts(role.get("leden")) for key, role in roles.items()},
        {key: str(role.get("label", key)) for key, role in roles.items()},
    )


def _files(report: Report) -> tuple[Path, Path]:
    return report.template.path / FILE_NAME, templates_dir() / _BASE_FOLDER / FILE_NAME


def _is_table(value: object) -> bool:
    return isinstance(value, dict) and bool(value)


def _stage(key: str, entry: dict[str, Any], place: int) -> Stage:
    role = entry.get("rol")
    return Stage(
        key,
        str(entry.get("label", key)),
        place,
        _texts(entry.get("van")),
        role if isinstance(role, str) else "",
        entry.get("compleet") is True,
        entry.get("slot") is True,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()
