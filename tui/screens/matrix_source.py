"""What the status matrix shows: elements below their headings, a column per moment, counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from rich.cells import cell_len

from stavaza import derive
from stavaza.i18n import _
from stavaza.required import required_fields
from stavaza.template import COLORS, Field, Status
from stavaza.tree import Element, Moment, Report
from tui.session import Session
from tui.widgets.grid_source import Cell, Column, Look
from tui.widgets.looks import MISSING

_NARROWEST, _WIDEST = 12, 24
_LEFT_ON_A_NARROW_SCREEN = 24


def status_fields(report: Report) -> dict[str, str]:
    """The status fields per moment of all kinds: their keys and labels, in the template's order."""
    return {
        spec.key: spec.label
        for kind in report.template.kinds.values()
        for spec in kind.fields.values()
        if spec.type == "status" and spec.per_moment
    }


@dataclass(frozen=True)
class MatrixRow:
    """A line of the matrix: an element with its status field, or a heading above some."""

    element: Element
    field: Field | None = None


class MatrixSource:
    """The rows and cells of one status field over all moments; see `GridSource`."""

    def __init__(self, session: Session, field_key: str) -> None:
        self.session = session
        self.field_key = field_key
        self.rows: list[MatrixRow] = []
        self.moments: tuple[Moment, ...] = ()
        self.columns: list[Column] = []
        self._code_width = 0
        self.rebuild(80)

    @property
    def report(self) -> Report:
        """The report that is shown."""
        return self.session.report

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self.rows)

    @property
    def left_label(self) -> str:
        """The head of the column with names: empty, the names say enough."""
        return ""

    def rebuild(self, width: int) -> None:
        """Look the elements up again, and fit the columns in `width` terminal cells."""
        self.moments = self.report.meta.moments
        self.rows = []
        above: list[Element] = []
        shown: set[str] = set()
        for depth, element in self.report.walk():
            del above[depth:]
            spec = self._field(element)
            if spec is not None and not element.retired:
                headings = [heading for heading in above if heading.id not in shown]
                self.rows += [MatrixRow(heading) for heading in headings]
                shown |= {element.id, *(heading.id for heading in headings)}
                self.rows.append(MatrixRow(element, spec))
            above.append(element)
        codes = [self.report.shown_code(row.element) for row in self.rows if row.field]
        self._code_width = max((len(code) for code in codes), default=0)
        self.fit(width)

    def fit(self, width: int) -> None:
        """Make the columns as wide as their labels, and narrower where the screen asks for it."""
        labels = [f"{status.symbol} {status.label}" for status in self._statuses()]
        wanted = max((cell_len(label) for label in labels), default=_NARROWEST)
        count = max(1, len(self.moments))
        room = (width - _LEFT_ON_A_NARROW_SCREEN) // count - 2
        cells = max(_NARROWEST, min(wanted + 2, room, _WIDEST))
        self.columns = [Column(moment.label, cells) for moment in self.moments]

    def _statuses(self) -> list[Status]:
        specs = {row.field.status_list: row.field for row in self.rows if row.field}
        return [status for spec in specs.values() for status in self.report.statuses(spec).values()]

    def _field(self, element: Element) -> Field | None:
        spec = self.report.field(element, self.field_key)
        return spec if spec and spec.type == "status" and spec.per_moment else None

    def is_heading(self, row: int) -> bool:
        """Whether a line is a heading."""
        return self.rows[row].field is None

    def left(self, row: int) -> Cell:
        """The heading, or the code and name of an element."""
        found = self.rows[row]
        if found.field is None:
            return Cell(f" {self.report.heading(found.element)}", "group")
        code = self.report.shown_code(found.element).ljust(self._code_width)
        changed = "±" if found.element.changed else " "
        return Cell(f"{changed}{code}  {self.report.name(found.element)}")

    def cell(self, row: int, column: int) -> Cell:
        """The status of an element at a moment, with `!` where it asks for what is not there."""
        found = self.rows[row]
        moment = self.moments[column]
        raw = self.raw(row, column)
        if raw is None:
            return Cell("·", "muted")
        status = self.report.statuses(found.field).get(raw) if found.field else None
        if status is None:
            return Cell(f"? {raw}", "wrong")
        mark = MISSING if self.missing(found.element, moment) else ""
        look = cast("Look", status.color if status.color in COLORS else "")
        return Cell(f"{status.symbol} {status.label}", look, mark=mark)

    def raw(self, row: int, column: int) -> str | None:
        """The stored status, as text; None where there is none."""
        found = self.rows[row]
        if found.field is None:
            return None
        path = self.report.path_of(found.field, self.moments[column].key)
        value = found.element.get(path)
        return None if value is None or value == "" else str(value)

    def missing(self, element: Element, moment: Moment) -> list[str]:
        """The labels of the fields that the status asks for and that are empty.

        Of the moment being written only: earlier ones are published, and `check` lets them be.
        """
        if moment.key != self.session.current_moment.key:
            return []
        return [
            item.field.label
            for item in required_fields(self.report, element, moment.key)
            if item.because is not None and item.because.key == self.field_key and not item.filled
        ]

    def counts(self, column: int) -> list[tuple[Status | None, int]]:
        """How many elements have each status at a moment; None is for those without one."""
        found = [self.raw(number, column) for number, row in enumerate(self.rows) if row.field]
        statuses = {status.key: status for status in self._statuses()}
        return [(count.status, count.number) for count in derive.counted(found, statuses)]

    def next_empty(self, row: int, column: int) -> tuple[int, int] | None:
        """The next cell without a status: first further down this column, then the others."""
        rows = [number for number, found in enumerate(self.rows) if found.field]
        others = [at for at in range(len(self.columns)) if at != column]
        below = [(number, column) for number in rows if number > row]
        above = [(number, column) for number in rows if number <= row]
        rest = [(number, at) for at in others for number in rows]
        return next((place for place in (*below, *above, *rest) if self.raw(*place) is None), None)

    def row_of(self, element_id: str | None) -> int | None:
        """The line of an element."""
        places = (
            n for n, row in enumerate(self.rows) if row.field and row.element.id == element_id
        )
        return next(places, None)

    def describe(self, row: int, column: int) -> str:
        """The cell under the cursor in words."""
        if not self.rows:
            return _("There are no elements with a status.")
        found, moment = self.rows[row], self.moments[column]
        status = self.cell(row, column).text
        text = f"{self.report.heading(found.element)} · {moment.label} · "
        text += _("no status yet") if status == "·" else status
        missing = self.missing(found.element, moment)
        if missing:
            text += " · " + _("still needed: {fields}").format(fields=", ".join(missing))
        return text
