"""Turns drafts into elements: reads each part's lines as the values of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stavaza import import_codes as codes
from stavaza.borders import BORDER
from stavaza.fields import InputError, parse_value, show_value
from stavaza.finding import KeyPath
from stavaza.page_import.amount_rows import read_amount_rows
from stavaza.page_import.draft import Account, Draft, Piece, Value
from stavaza.page_import.lines import Line, Page, normal
from stavaza.page_import.list_rows import read_list
from stavaza.page_import.moments import Moments
from stavaza.page_import.overview import Row
from stavaza.page_import.page_prose import prose_of
from stavaza.page_import.result import LineUse
from stavaza.page_import.rows_text import read_rows
from stavaza.page_import.statuses import Run, RunReader
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Field, Kind
from stavaza.tree import Element

_LONGEST_VALUE = 40


@dataclass
class PartRun:
    """The statuses at the beginning of a part, and the field that they belong to."""

    spec: Field
    run: Run
    rest: list[int]


@dataclass
class Filled:
    """An element that is being filled: texts by field, with their lines."""

    draft: Draft
    element: Element
    texts: dict[str, list[int]] = field(default_factory=dict)


class StatusScan:
    """Reads the statuses of all drafts before the moments are known."""

    def __init__(self, page: Page, words: Vocabulary, labels: Sequence[str], columns: int) -> None:
        self.page = page
        self.words = words
        self.labels = {normal(label): label for label in labels}
        self.columns = columns

    def runs(self, draft: Draft) -> dict[int, PartRun]:
        """The statuses by place in `draft.pieces`, where the part has a status field."""
        found: dict[int, PartRun] = {}
        kind = self.words.template.kinds[draft.kind]
        for at, piece in enumerate(draft.pieces):
            fields = piece.part.fields if piece.part is not None else ()
            spec = next(
                (kind.fields[key] for key in fields if kind.fields[key].type == "status"), None
            )
            if spec is None:
                continue
            reader = RunReader(
                self.page,
                self.words.status_keys(spec),
                self.labels,
                self.columns,
                {normal(spec.label)},
            )
            run = reader.read(piece.lines)
            for _index, label in run.labels:
                self.labels.setdefault(normal(label), label)
            used = set(run.used)
            found[at] = PartRun(spec, run, [index for index in piece.lines if index not in used])
        return found


class Filler:
    """Fills elements from drafts, and writes down what became of each line."""

    def __init__(self, page: Page, words: Vocabulary, moments: Moments, account: Account) -> None:
        self.page = page
        self.words = words
        self.moments = moments
        self.account = account

    def fill(
        self, draft: Draft, element: Element, runs: dict[int, PartRun], row: Row | None
    ) -> None:
        """Give an element the values that its draft holds."""
        filled = Filled(draft, element)
        kind = self.words.template.kinds[draft.kind]
        if draft.name_line is not None and not draft.own_row:
            self._account([draft.name_line], element, (kind.name_field,))
        for at, piece in enumerate(draft.pieces):
            if at in runs:
                self._statuses(filled, runs[at], row)
            self._piece(filled, kind, piece, runs[at].rest if at in runs else piece.lines)
        for value in draft.values:
            self._understood(filled, kind.fields[value.field], value)
        for border in draft.borders:
            spec = kind.fields[border.field]
            before = self.path(kind.fields[border.before]) if border.before else ()
            filled.element.set((BORDER, "/".join(self.path(spec))), "/".join(before))
        for key, indexes in filled.texts.items():
            path = self.path(kind.fields[key])
            element.set(path, prose_of(self._lines(draft, indexes)))
            self._account(indexes, element, path)

    def _understood(self, filled: Filled, spec: Field, value: Value) -> None:
        """A value that a reader of a block made; without one the lines are prose."""
        if value.value is None:
            filled.texts.setdefault(spec.key, []).extend(value.lines)
            return
        filled.element.set(self.path(spec), value.value)
        self._account(value.lines, filled.element, self.path(spec))

    def path(self, spec: Field) -> KeyPath:
        """Where a value of the page is kept: per moment that is the current one."""
        return ("moment", self.moments.current, spec.key) if spec.per_moment else (spec.key,)

    def _account(self, indexes: Sequence[int], element: Element, path: KeyPath) -> None:
        for index in indexes:
            number = self.page.lines[index].number
            self.account.use(index, LineUse(number, "field", element.id, path))

    def _lines(self, draft: Draft, indexes: Sequence[int]) -> list[Line]:
        """The lines of a text; the mark before the first of an element is no part of it."""
        lines = [self.page.lines[index] for index in indexes]
        if indexes and indexes[0] == draft.start and draft.block is not None:
            mark = f"{draft.block.mark} "
            text = lines[0].text
            if draft.block.mark and text.startswith(mark):
                text = text.removeprefix(mark).lstrip()
            lines[0] = replace(lines[0], text=text, bullet="")
        return lines

    def _piece(self, filled: Filled, kind: Kind, piece: Piece, indexes: list[int]) -> None:
        left = [index for index in indexes if self.page.lines[index].text]
        keys = piece.part.fields if piece.part is not None else ()
        table = len({self.page.lines[at].column for at in left if self.page.lines[at].row}) > 1
        if piece.part is not None and piece.part.rendering == "lijst" and not table:
            left = self._lists(filled, kind, keys, left)
        else:
            left = self._rows(filled, kind, piece, left)
        left = self._fields(filled, kind, keys, left)
        for later in piece.block.parts[piece.place + 1 :]:
            if not left or later.label:
                break
            left = self._fields(filled, kind, later.fields, left)
        held = bool(keys) and all(kind.fields[key].type == "tabel" for key in keys)
        for index in left:
            self.account.leave(index, codes.TABLE if held else codes.NO_FIELD)

    def _lists(self, filled: Filled, kind: Kind, keys: Sequence[str], left: list[int]) -> list[int]:
        """Rows of a table that stand in a list; hands back the lines that are none."""
        for key in keys:
            rows = read_list(self.page, kind.fields[key], left, len(filled.element.rows(key)))
            for row_key, row in rows.items():
                for column, value in row.values.items():
                    filled.element.set((key, row_key, column), value)
                self._account(row.lines, filled.element, (key, row_key))
            taken = {at for row in rows.values() for at in row.lines}
            left = [at for at in left if at not in taken]
        return left

    def _rows(self, filled: Filled, kind: Kind, piece: Piece, left: list[int]) -> list[int]:
        """Rows of a table of facts or of amounts; hands back the lines that are none."""
        parts = (piece.part,) if piece.part is not None else piece.block.parts
        keys = [key for part in parts for key in part.fields]
        for spec in (kind.fields[key] for key in keys if kind.fields[key].type == "tabel"):
            if any(column.type == "bedrag" for column in spec.columns):
                left = self._amounts(filled, spec, left)
                continue
            label = piece.part.label if piece.part is not None else ""
            names = [spec.label, label, piece.block.heading, filled.draft.name]
            found = read_rows(self.page, spec, left, [name for name in names if name])
            if not found.rows:
                continue
            for row_key, row in found.rows.items():
                for column, value in row.items():
                    filled.element.set((spec.key, row_key, column), value)
            for at, row_key, column in found.lines:
                path = (spec.key, row_key, column) if column else (spec.key, row_key)
                self._account([at], filled.element, path)
            for at in found.labels:
                self.account.label(at)
            left = found.left
        return left

    def _amounts(self, filled: Filled, spec: Field, left: list[int]) -> list[int]:
        """Rows of a budget table where all of it is certain; hands back the lines otherwise."""
        notation = self.words.template.notation(spec.notation)
        columns = spec.year_columns(self.moments.year)
        found = read_amount_rows(self.page, spec, notation, columns, left)
        if not found.sure or filled.element.rows(spec.key):
            return left
        for row_key, row in found.rows.items():
            filled.element.set((spec.key, row_key), row)
        for at, path in found.lines:
            self._account([at], filled.element, path)
        for at in found.labels:
            self.account.label(at)
        self.account.derived(*found.derived)
        return [at for at in left if at not in self.account.uses]

    def _fields(
        self, filled: Filled, kind: Kind, keys: Sequence[str], left: list[int]
    ) -> list[int]:
        """Give these fields their values; hands back the lines that none of them takes."""
        for key in keys:
            spec = kind.fields[key]
            if not left:
                return []
            if spec.type == "tekst":
                filled.texts.setdefault(key, []).extend(left)
                return []
            if spec.type in ("status", "tabel"):
                continue
            if spec.type == "lijst":
                values = [self.page.lines[index].text for index in left]
                known = filled.element.get(self.path(spec)) or []
                filled.element.set(self.path(spec), [*known, *values])
                self._account(left, filled.element, self.path(spec))
                return []
            left = self._short(filled, spec, left)
        return left

    def _short(self, filled: Filled, spec: Field, left: list[int]) -> list[int]:
        line = self.page.lines[left[0]]
        value = self._value(filled.draft, spec, line.text)
        if value is not None:
            if filled.element.get(self.path(spec)) is None:
                filled.element.set(self.path(spec), value)
                self._account(left[:1], filled.element, self.path(spec))
            else:
                self.account.leave(left[0], codes.NOT_A_VALUE)
            return left[1:]
        if len(line.text) <= _LONGEST_VALUE and self.page.alone(left[0]) and not line.bullet:
            self.account.leave(left[0], codes.NOT_A_VALUE)
            return left[1:]
        return left

    def _value(self, draft: Draft, spec: Field, text: str) -> object | None:
        if draft.block is not None:
            found = self.words.part_of(draft.block, text)
            text = found[1] if found is not None and found[1] else text
        if spec.type == "keuze":
            keys = {normal(label): key for key, label in spec.choices.items()}
            return keys.get(normal(text))
        if spec.type == "persoon" or (spec.type == "regel" and len(text) > 4 * _LONGEST_VALUE):
            return None
        try:
            return parse_value(spec, text)
        except InputError:
            return None

    # --- statuses

    def _statuses(self, filled: Filled, part: PartRun, row: Row | None) -> None:
        run = part.run
        for index in run.used:
            self.account.use(index, LineUse(self.page.lines[index].number, "label"))
        keys = self._moments_of(run, row)
        for at, token in run.placed.items():
            self._status(filled, part.spec, keys[at], token.index, token.key or "")
        if run.unplaced:
            self._unplaced(filled, part, row, keys)
        for index in run.unknown:
            self.account.uses.pop(index, None)
            self.account.leave(index, codes.UNKNOWN_STATUS)

    def _moments_of(self, run: Run, row: Row | None) -> list[str]:
        return self.moments.keys_for([label for _index, label in run.labels])

    def _unplaced(self, filled: Filled, part: PartRun, row: Row | None, keys: list[str]) -> None:
        """Statuses without a moment of their own: as many as moments, or as in the overview."""
        tokens = part.run.unplaced
        keys = keys or self.moments.columns
        if not keys:
            keys = [self.moments.current]
        if len(tokens) != len(keys) and row is not None and keys == self.moments.columns:
            seen = sorted(row.statuses.items())
            if [key for _at, key in seen] == [token.key for token in tokens]:
                keys = [keys[at] for at, _key in seen]
        if len(tokens) == len(keys):
            for token, key in zip(tokens, keys, strict=True):
                self._status(filled, part.spec, key, token.index, token.key or "")
            return
        name = filled.draft.code or filled.draft.name
        params = {"count": str(len(tokens)), "moments": str(len(keys)), "element": name}
        self.account.find("I009", tokens[0].index, **params)
        for token in tokens:
            self.account.uses.pop(token.index, None)
            self.account.leave(token.index, codes.UNCERTAIN_STATUS)

    def _status(self, filled: Filled, spec: Field, moment: str, index: int, key: str) -> None:
        path: KeyPath = ("moment", moment, spec.key) if spec.per_moment else (spec.key,)
        known = filled.element.get(path)
        number = self.page.lines[index].number
        statuses = self.words.template.statuses(spec)
        if known is None:
            filled.element.set(path, key)
        elif known != key:
            self.account.find(
                "I020",
                index,
                element=filled.draft.code or filled.draft.name,
                field=spec.label,
                text=show_value(spec, known, statuses),
                again=show_value(spec, key, statuses),
            )
        self.account.uses[index] = LineUse(number, "field", filled.element.id, path)
