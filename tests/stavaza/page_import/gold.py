"""Where each line of a real page belongs: line numbers only, no sentence of the page itself."""

from __future__ import annotations

from dataclasses import dataclass

HEADER = (1, 2)
PROGRAMME = 4
OVERVIEW_LABEL = 6
OVERVIEW = range(8, 81)
FOOTER = 658
MOMENTS = ("rek", "vgr1", "vgr2")


@dataclass(frozen=True)
class Activity:
    """An activity by line: heading, description, first label of a moment, and texts below."""

    heading: int
    description: tuple[int, int]
    first_label: int
    state: tuple[int, int]
    statuses: str
    proposal: int | None = None


@dataclass(frozen=True)
class Goal:
    """A goal by line: its mark, and the last line of its state of affairs."""

    mark: int
    last: int


THEMES = {"6.1": (82, 530), "6.2": (215, 574), "6.3": (319, 638)}
GROUP_LABELS = (532, 576, 640)

# Statuses: v on plan, n off plan, g not started; one per moment.
ACTIVITIES = {
    "6.1.1": Activity(84, (90, 91), 95, (107, 107), "vvv"),
    "6.1.2": Activity(109, (115, 115), 119, (131, 133), "vvv"),
    "6.1.3": Activity(135, (141, 141), 145, (157, 157), "vnn", 161),
    "6.1.4": Activity(163, (169, 169), 173, (185, 185), "nvv", 189),
    "6.1.5": Activity(191, (197, 197), 201, (213, 213), "vvv"),
    "6.2.1": Activity(217, (223, 223), 227, (239, 245), "vvv"),
    "6.2.3": Activity(247, (253, 253), 257, (269, 269), "vnv"),
    "6.2.4": Activity(271, (277, 277), 281, (293, 293), "vvv"),
    "6.2.5": Activity(295, (301, 301), 305, (317, 317), "vvv"),
    "6.3.1": Activity(321, (327, 327), 331, (343, 376), "vvv"),
    "6.3.2": Activity(378, (384, 385), 389, (401, 401), "vvv"),
    "6.3.3": Activity(403, (409, 409), 413, (425, 427), "vvn", 431),
    "6.3.6": Activity(433, (439, 440), 444, (456, 456), "gvv"),
    "6.3.7": Activity(458, (464, 464), 468, (480, 480), "gnv"),
    "6.3.8": Activity(482, (488, 488), 492, (504, 504), "gvv"),
    "6.3.9": Activity(506, (512, 512), 516, (528, 528), "gvv"),
}
YEARS = {
    "6.1.1": 2022,
    "6.1.2": 2022,
    "6.1.3": 2022,
    "6.1.4": 2022,
    "6.1.5": 2022,
    "6.2.1": 2022,
    "6.2.3": 2020,
    "6.2.4": 2021,
    "6.2.5": 2022,
    "6.3.1": 2020,
    "6.3.2": 2020,
    "6.3.3": 2022,
    "6.3.6": 2023,
    "6.3.7": 2023,
    "6.3.8": 2023,
    "6.3.9": 2023,
}
GOALS = {
    "6.1": (Goal(534, 540), Goal(542, 548), Goal(550, 556), Goal(558, 564), Goal(566, 572)),
    "6.2": (
        Goal(578, 584),
        Goal(586, 592),
        Goal(594, 603),
        Goal(605, 611),
        Goal(613, 619),
        Goal(621, 628),
        Goal(630, 636),
    ),
    "6.3": (Goal(642, 648), Goal(650, 656)),
}

Place = tuple[str, tuple[str, ...]]
"""An element (a code, or theme and place of a goal as `6.1#2`) and the address of a value."""


def field_lines() -> dict[Place, list[range]]:
    """The lines of each field, as ranges of line numbers that may hold empty lines."""
    now = ("moment", "vgr2")
    found: dict[Place, list[range]] = {("6", ("naam",)): [range(PROGRAMME, PROGRAMME + 1)]}
    for code, headings in THEMES.items():
        found[code, ("naam",)] = [range(line, line + 1) for line in headings]
    for code, item in ACTIVITIES.items():
        head, label = item.heading, item.first_label
        found[code, ("naam",)] = [range(head, head + 1)]
        found[code, ("jaar_realisatie",)] = [range(head + 4, head + 5)]
        found[code, ("omschrijving",)] = [_range(*item.description)]
        for place, moment in enumerate(MOMENTS):
            at = label + 6 + 2 * place
            found[code, ("moment", moment, "status")] = [range(at, at + 1)]
        found[code, (*now, "stand_van_zaken")] = [_range(*item.state)]
        if item.proposal:
            found[code, (*now, "voorstel_raad")] = [_range(item.proposal, item.proposal)]
    for theme, goals in GOALS.items():
        for place, goal in enumerate(goals, start=1):
            name = f"{theme}#{place}"
            found[name, ("doelstelling",)] = [range(goal.mark + 2, goal.mark + 3)]
            found[name, (*now, "stand_van_zaken")] = [_range(goal.mark + 6, goal.last)]
    return found


def label_lines() -> set[int]:
    """The lines that only name what stands below them."""
    labels = set(GROUP_LABELS)
    for item in ACTIVITIES.values():
        first = item.first_label
        labels |= {item.heading + 2, first - 2, first, first + 2, first + 4}
        labels |= {item.proposal - 2} if item.proposal else set()
    for goals in GOALS.values():
        labels |= {line for goal in goals for line in (goal.mark, goal.mark + 4)}
    return labels


def _range(first: int, last: int) -> range:
    return range(first, last + 1)
