"""What a chart shows, ready for the Jinja templates: bars, labels and rules on a small canvas."""

from __future__ import annotations

from dataclasses import dataclass

from stavaza.publish.view import StatusView, TableView


@dataclass(frozen=True)
class BarView:
    """A bar: its corner and size on the canvas, its colour and pattern, and what it says."""

    x: str
    y: str
    width: str
    height: str
    color: str
    pattern: int
    title: str


@dataclass(frozen=True)
class LabelView:
    """A text on the canvas; `align` is start, middle or end."""

    x: str
    y: str
    text: str
    align: str = "start"
    look: str = ""


@dataclass(frozen=True)
class RuleView:
    """A straight line; the zero line is the strong one."""

    x1: str
    y1: str
    x2: str
    y2: str
    strong: bool = False


@dataclass(frozen=True)
class LegendView:
    """What a colour with its pattern stands for."""

    color: str
    pattern: int
    text: str
    status: StatusView | None = None


@dataclass(frozen=True)
class ChartView:
    """A drawing with what it says in words; `table` has its figures where no table beside it has.

    `name` begins the ids inside the drawing. `patterns` are those that it uses.
    """

    name: str
    title: str
    description: str
    width: int
    height: int
    bars: tuple[BarView, ...]
    labels: tuple[LabelView, ...] = ()
    rules: tuple[RuleView, ...] = ()
    legend: tuple[LegendView, ...] = ()
    unit: str = ""
    table: TableView | None = None

    @property
    def patterns(self) -> tuple[int, ...]:
        """The patterns that its bars and its legend use, the plain one left out."""
        used = {bar.pattern for bar in self.bars} | {each.pattern for each in self.legend}
        return tuple(sorted(used - {0}))
