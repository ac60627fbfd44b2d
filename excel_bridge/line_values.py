"""What a line says about its row besides figures: its own texts, and choices such as `V` or `N`."""

from __future__ import annotations

from collections.abc import Iterator

from excel_bridge.cell_keys import CellKeys
from excel_bridge.grid import SheetView
from excel_bridge.link_types import Link, Trait
from excel_bridge.locate import Located
from excel_bridge.plan import column_letters
from excel_bridge.targets import Values
from stavaza.finding import Finding


class LineValues:
    """Reads the columns of `[tekst]` and `[kenmerk]` of one sheet."""

    def __init__(self, link: Link, view: SheetView, located: Located, keys: CellKeys) -> None:
        self.link = link
        self.sheet = view.sheet
        self.grid = view.grid
        self.located = located
        self.keys = keys

    def of_new(self, row: int) -> tuple[tuple[str, str], ...]:
        """What a new row takes from its line; a code that is not sure is left out."""
        return (*self._texts(row), *((trait.key, said) for trait, said in self._choices(row)))

    def _texts(self, row: int) -> Iterator[tuple[str, str]]:
        for key, _place in self.link.texts:
            column = self.located.texts.get(key)
            sure = self.keys.texts(row, column) if column else []
            if len(sure) == 1:
                yield key, sure[0]

    def _choices(self, row: int) -> Iterator[tuple[Trait, str]]:
        for trait in self.link.traits:
            column = self.located.texts.get(trait.key)
            said = trait.choice(self.grid.text(row, column)) if column else ""
            if said:
                yield trait, said

    def differing(self, row: int, held: Values) -> list[Finding]:
        """What to tell of the choices in which a line and its row say something else."""
        found = []
        for trait, said, known in self._other(row, held):
            column = self.located.texts[trait.key]
            params = {
                "cell": f"{self.sheet}!{column_letters(column)}{row}",
                "value": self.grid.text(row, column),
                "choice": said,
                "held": known,
            }
            found.append(Finding("X048", params, self.link.path, row))
        return found

    def other_choices(self, row: int, held: Values) -> tuple[tuple[str, str], ...]:
        """The choices of a line that are other ones than those of its row, by field."""
        return tuple((trait.key, said) for trait, said, _known in self._other(row, held))

    def _other(self, row: int, held: Values) -> Iterator[tuple[Trait, str, str]]:
        for trait, said in self._choices(row):
            known = held.get(trait.key)
            if isinstance(known, str) and known and known != said:
                yield trait, said, known
