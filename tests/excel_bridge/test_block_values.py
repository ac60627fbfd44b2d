"""A block of values has Excel's errors as texts on every system, in one read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from excel_bridge.block_values import block_values


@dataclass
class MacText:
    """What AppleScript calls the text of cells."""

    shown: Any

    def get(self) -> Any:
        return self.shown


@dataclass
class MacCells:
    """A range as xlwings 0.37.8 serves it on macOS: errors as text not for a block."""

    values: list[list[object]]
    shown: Any
    wanted: dict[str, Any] = field(default_factory=dict)
    fails: bool = True

    @property
    def api(self) -> Any:
        return type("Cells", (), {"string_value": MacText(self.shown)})()

    def options(self, **wanted: Any) -> MacCells:
        return MacCells(self.values, self.shown, wanted, self.fails)

    @property
    def value(self) -> list[list[object]]:
        if self.fails and self.wanted.get("err_to_str"):
            raise TypeError("'NoneType' object is not iterable")
        return self.values


def test_on_macos_errors_of_more_than_one_line_are_texts_too() -> None:
    cells = MacCells([[1.0, None], [None, "PM"]], [["1", "#N/B"], ["#VERW!", "PM"]])
    assert block_values(cells) == [[1.0, "#N/B"], ["#VERW!", "PM"]]


@pytest.mark.parametrize("shown", [["#WAARDE!", "x"], [["#WAARDE!", "x"]]])
def test_the_texts_of_one_line_may_come_without_its_list(shown: Any) -> None:
    assert block_values(MacCells([[None, "x"]], shown)) == [["#WAARDE!", "x"]]


def test_the_text_of_one_cell_may_come_alone() -> None:
    assert block_values(MacCells([[None]], "#N/A")) == [["#N/A"]]


def test_where_xlwings_itself_does_it_nothing_more_is_read() -> None:
    assert block_values(MacCells([[1.0]], None, fails=False)) == [[1.0]]


def test_another_mistake_is_not_hidden() -> None:
    class Broken:
        api = object()

        def options(self, **_wanted: Any) -> Any:
            raise TypeError("something else")

    with pytest.raises(TypeError, match="something else"):
        block_values(Broken())
