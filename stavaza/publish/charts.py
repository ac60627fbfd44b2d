"""Draws charts: stacked bars, columns by year and bars to both sides of zero.

A canvas is as wide as a phone, so that its letters stay readable there. Colour never stands alone:
each series has a pattern of its own too, and what is drawn is in a table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from textwrap import wrap

from stavaza.amounts import Amount
from stavaza.notation import show_number
from stavaza.publish.chart_view import BarView, ChartView, LabelView, LegendView, RuleView
from stavaza.publish.view import StatusView

WIDTH = 400
PATTERNS = 5
_SERIES = ("blauw", "oranje", "paars", "groen", "grijs")
_NO_STATUS = "Geen status"
_LONGEST_LABEL = 46
_MOST_LINES = 3
_LETTER = Decimal("7.5")
_LINE, _BAR, _GAP = 17, 22, 14
_Row = tuple[str, Sequence[int]]
_Box = tuple[Decimal | int, Decimal | int, Decimal | int, Decimal | int]
"""Left, top, width and height on the canvas."""


@dataclass(frozen=True)
class Series:
    """Figures of one name, one per place along the axis; None where there is none."""

    label: str
    values: tuple[Amount | None, ...]


def stacked(
    name: str, title: str, rows: Sequence[_Row], statuses: Sequence[StatusView | None]
) -> ChartView | None:
    """Counts per status as one bar per row, all bars equally long; None where nothing counts."""
    shown = [(label, counts) for label, counts in rows if sum(counts)]
    if not shown:
        return None
    bars: list[BarView] = []
    labels: list[LabelView] = []
    told: list[str] = []
    y = 0
    for label, counts in shown:
        labels.append(LabelView("0", str(y + 12), _short(label)))
        y += _LINE
        place, total = Decimal(0), sum(counts)
        for number, (count, status) in enumerate(zip(counts, statuses, strict=True)):
            if not count:
                continue
            width = Decimal(WIDTH * count) / total
            text = f"{label}, {_status(status)}: {count}"
            bars.append(_bar((place, y, width, _BAR), _color(status), number % PATTERNS, text))
            if width >= 9 * len(str(count)) + 8:
                middle = _at(place + width / 2)
                labels.append(LabelView(middle, str(y + 16), str(count), "middle", "op"))
            place += width
        told.append(f"{label}: {_listing(counts, statuses)}.")
        y += _BAR + _GAP
    legend = tuple(
        LegendView(_color(status), number % PATTERNS, _status(status), status)
        for number, status in enumerate(statuses)
        if any(counts[number] for _label, counts in shown)
    )
    return ChartView(
        name, title, " ".join(told), WIDTH, y - _GAP + 2, tuple(bars), tuple(labels), (), legend
    )


def _status(status: StatusView | None) -> str:
    return status.label if status else _NO_STATUS


def _color(status: StatusView | None) -> str:
    return status.color if status and status.color else "grijs"


def _listing(counts: Sequence[int], statuses: Sequence[StatusView | None]) -> str:
    pairs = zip(counts, statuses, strict=True)
    return ", ".join(f"{count} {_status(status).lower()}" for count, status in pairs if count)


def columns(
    name: str, title: str, places: Sequence[str], series: Sequence[Series]
) -> ChartView | None:
    """Amounts in euros as columns side by side for each place; None where there are none."""
    used = [one for one in series if any(value is not None for value in one.values)]
    values = [value for one in used for value in one.values if value is not None]
    if not values:
        return None
    left, top, height = 46, 10, 190
    scale = _Scale.of(values)

    def y_of(value: Decimal) -> Decimal:
        return top + (scale.highest - value) * height / (scale.highest - scale.lowest)

    rules, labels = [], []
    for tick in scale.ticks:
        y = y_of(tick)
        rules.append(RuleView(str(left), _at(y), str(WIDTH), _at(y), strong=tick == 0))
        labels.append(LabelView(str(left - 6), _at(y + 4), scale.text(tick), "end", "as"))
    room = Decimal(WIDTH - left) / len(places)
    longest = int(room / _LETTER)
    wide = min(room * Decimal("0.8") / len(used), Decimal(34))
    bars = []
    for place, label in enumerate(places):
        middle = left + room * (place + Decimal("0.5"))
        under = str(top + height + 18)
        labels.append(LabelView(_at(middle), under, _short(label, longest), "middle"))
        start = middle - wide * len(used) / 2
        for number, one in enumerate(used):
            value = one.values[place]
            if value is None:
                continue
            high, low = y_of(max(Decimal(value), Decimal(0))), y_of(min(Decimal(value), Decimal(0)))
            text = f"{one.label}, {label}: {show_number(value)} euro"
            x = start + wide * number
            size = max(low - high, Decimal(1))
            bars.append(
                _bar((x, high, wide - 2, size), _SERIES[number % 5], number % PATTERNS, text)
            )
    legend = tuple(
        LegendView(_SERIES[number % 5], number % PATTERNS, one.label)
        for number, one in enumerate(used)
    )
    told = " ".join(_told(one, places) for one in used)
    return ChartView(
        name, title, told, WIDTH, top + height + 26, tuple(bars), tuple(labels), tuple(rules),
        legend, scale.unit_text,
    )  # fmt: skip


def _told(series: Series, places: Sequence[str]) -> str:
    pairs = zip(places, series.values, strict=True)
    found = [f"{place} {show_number(value)}" for place, value in pairs if value is not None]
    return f"{series.label}, in euro: {'; '.join(found)}."


def bars(
    name: str,
    title: str,
    rows: Sequence[tuple[str, Amount | None]],
    *,
    texts: Sequence[str] = (),
    whole: int = 0,
    signed: bool = False,
) -> ChartView | None:
    """Amounts as bars below each other, from zero to the right, negative ones to the left.

    `texts` are the figures as the table writes them; a `whole` is the end of the scale. `signed`
    gives what is negative a colour and pattern of its own.
    """
    shown = [(label, value) for label, value in rows if value is not None]
    figures = [text for text, (_label, value) in zip(texts, rows, strict=True) if value is not None]
    if not shown:
        return None
    highest = max([Decimal(value) for _label, value in shown] + [Decimal(whole)])
    lowest = min([Decimal(value) for _label, value in shown] + [Decimal(0)])
    span = (max(highest, Decimal(0)) - lowest) or Decimal(1)
    zero = -lowest * WIDTH / span
    made, labels = [], []
    y = 0
    for (label, value), figure in zip(shown, figures, strict=True):
        labels.append(LabelView(str(WIDTH), str(y + 12), figure, "end", "vet"))
        for line in _lines(label, _LONGEST_LABEL - len(figure)):
            labels.append(LabelView("0", str(y + 12), line))
            y += _LINE
        size = max(abs(Decimal(value)) * WIDTH / span, Decimal(1))
        bad = signed and value < 0
        color = ("rood" if bad else "groen") if signed else "blauw"
        if whole:
            made.append(_bar((0, y, WIDTH, _BAR - 8), "spoor", 0, ""))
        x = max(zero - size, Decimal(0)) if value < 0 else min(zero, WIDTH - size)
        made.append(_bar((x, y, size, _BAR - 8), color, 1 if bad else 0, f"{label}: {figure}"))
        y += _BAR - 8 + _GAP
    bottom = y - _GAP + 2
    rules = [RuleView(_at(zero), "0", _at(zero), str(bottom), strong=True)] if lowest < 0 else []
    told = "; ".join(
        f"{label} {figure}" for (label, _v), figure in zip(shown, figures, strict=True)
    )
    used = {bar.color for bar in made}
    both = (LegendView("groen", 0, "Voordeel"), LegendView("rood", 1, "Nadeel"))
    legend = tuple(each for each in both if each.color in used) if signed else ()
    return ChartView(
        name, title, f"{told}.", WIDTH, bottom, tuple(made), tuple(labels), tuple(rules), legend
    )


@dataclass(frozen=True)
class _Scale:
    """The axis of amounts: from where to where, its marks, and the unit that keeps them short."""

    lowest: Decimal
    highest: Decimal
    ticks: tuple[Decimal, ...]
    unit: int
    unit_text: str

    @classmethod
    def of(cls, values: Sequence[Amount]) -> _Scale:
        """A scale with round marks that holds all values and zero."""
        top = max(Decimal(max(values)), Decimal(0))
        bottom = min(Decimal(min(values)), Decimal(0))
        step = _round_step((top - bottom) / 5 or Decimal(1))
        first = int((bottom / step).to_integral_value(ROUND_FLOOR))
        last = -int((-top / step).to_integral_value(ROUND_FLOOR))
        last += first == last
        ticks = tuple(step * number for number in range(first, last + 1))
        reach = max(top, -bottom)
        if reach >= 5_000_000:
            unit, text = 1_000_000, "x € 1 miljoen"
        elif reach >= 5_000:
            unit, text = 1_000, "x € 1.000"
        else:
            unit, text = 1, "in euro"
        return cls(ticks[0], ticks[-1], ticks, unit, text)

    def text(self, tick: Decimal) -> str:
        """A mark in the unit of the axis."""
        scaled = (tick / self.unit).normalize()
        return show_number(int(scaled) if scaled == int(scaled) else scaled)


def _round_step(raw: Decimal) -> Decimal:
    """The next of 1, 2 and 5 times a power of ten."""
    base = Decimal(1).scaleb(raw.adjusted())
    return next(base * factor for factor in (1, 2, 5, 10) if base * factor >= raw)


def _bar(box: _Box, color: str, pattern: int, title: str) -> BarView:
    x, y, width, height = map(_at, box)
    return BarView(x, y, width, height, color, pattern, title)


def _at(value: Decimal | int) -> str:
    """A place on the canvas, to a tenth."""
    shown = f"{Decimal(value):.1f}"
    return shown.removesuffix(".0")


def _lines(text: str, longest: int) -> list[str]:
    """A label in lines of that many signs; what does not fit on the last one is cut off."""
    found = wrap(text, max(longest, 10)) or [""]
    if len(found) > _MOST_LINES:
        found[_MOST_LINES - 1 :] = [_short(" ".join(found[_MOST_LINES - 1 :]), longest)]
    return found


def _short(text: str, longest: int = _LONGEST_LABEL) -> str:
    return text if len(text) <= longest else text[: max(longest - 1, 1)].rstrip() + "…"
