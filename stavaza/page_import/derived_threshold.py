"""Takes over a threshold table: it is a witness of its elements, and the only source of some."""

from __future__ import annotations

from stavaza import derived_tables
from stavaza import import_codes as codes
from stavaza.amounts import Amount, AmountError, format_dutch, size
from stavaza.naming import mint_id
from stavaza.notation import Notation
from stavaza.page_import.blocks import Ground
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.result import LineUse
from stavaza.page_import.row_match import Match, RowToMatch, match_rows
from stavaza.page_import.row_order import order_with
from stavaza.page_import.signs import Span
from stavaza.page_import.threshold_text import ThresholdLine, ThresholdReader
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.page_import.witness import report_of, with_unit
from stavaza.template import Condition, Derivation
from stavaza.tree import Element


def year_of_threshold(
    page: Page, span: Span, derivation: Derivation, words: Vocabulary
) -> int | None:
    """The year above its amounts, or the one that a total row names."""
    notation = words.template.notation(derivation.notation)
    return ThresholdReader(derivation, notation).read(page, span.lines).year


def read_threshold(ground: Ground, span: Span, derivation: Derivation) -> None:
    """Compare the rows with the elements, make those that stand only here, keep what differs."""
    _Reader(ground, span, derivation).read()


class _Reader:
    def __init__(self, ground: Ground, span: Span, derivation: Derivation) -> None:
        self.ground = ground
        self.account = ground.account
        self.span = span
        self.derivation = derivation
        self.template = ground.words.template
        self.kind = self.template.kinds[derivation.kind]
        self.spec = self.kind.fields[derivation.field]
        self.elements = [element for element in ground.elements if self._is_mine(element)]

    def _is_mine(self, element: Element) -> bool:
        return element.kind == self.derivation.kind and element.parent == self.ground.top.id

    def read(self) -> None:
        key = self.derivation.notation or self.spec.notation
        notation = self.template.notation(key)
        reader = ThresholdReader(self.derivation, notation)
        table = reader.read(self.ground.page, self.span.lines)
        for at in table.labels:
            self.account.label(at)
        for refused in table.refused:
            self.account.leave(refused.index, refused.reason)
        notation = with_unit(notation, table.unit)
        read = [(line, self._amount(line, notation)) for line in table.rows]
        for line, amount in read:
            if amount is None:
                self.account.leave_all((line.index, line.amount_index), codes.UNCLEAR_AMOUNT)
        known = [(line, amount) for line, amount in read if amount is not None]
        self._elements([(line, amount) for line, amount in known if not line.key])
        self._compare([(line, amount) for line, amount in known if line.key])
        self.account.leave_all(self.span.lines, codes.IN_DERIVED)

    @staticmethod
    def _amount(line: ThresholdLine, notation: Notation) -> Amount | None:
        if line.text in ("-", "–"):
            return 0
        try:
            return notation.read(line.text)
        except AmountError:
            return None

    # --- rows that list an element

    def _elements(self, rows: list[tuple[ThresholdLine, Amount]]) -> None:
        wanted = [RowToMatch(line.label, amount, line.marked) for line, amount in rows]
        own = [self._as_row(element) for element in self.elements]
        matches = match_rows(wanted, own)
        matched = {match.place for match in matches if match is not None}
        for place, item in enumerate(own):
            large = item.amount is not None and size(item.amount) >= self.derivation.limit
            if place not in matched and (large or item.marked):
                self.account.find("I008", self.span.head, element=item.name)
        listed: list[Element] = []
        for (line, amount), match in zip(rows, matches, strict=True):
            if match is None:
                element = self._made(line, amount)
            else:
                element = self.elements[match.place]
                self._known(element, line, amount, match)
            listed.append(element)
        self._in_order(listed)

    def _as_row(self, element: Element) -> RowToMatch:
        amount = derived_tables.signed(element, self.derivation)
        marked = derived_tables.holds(element, self.derivation.marked)
        return RowToMatch(self._name(element), amount, marked)

    def _name(self, element: Element) -> str:
        return " ".join(str(element.get((self.kind.name_field,)) or "").split())

    def _known(self, element: Element, line: ThresholdLine, amount: Amount, match: Match) -> None:
        """A row of an element that the page has a heading of."""
        short = self.derivation.short_name
        if short and line.label != self._name(element):
            element.set((short,), line.label)
            number = self.ground.page.lines[line.index].number
            self.account.use(line.index, LineUse(number, "field", element.id, (short,)))
            if not match.sure:
                name = self._name(element)
                self.account.find("I033", line.index, row=line.label, element=name)
        self.account.derived(line.index, line.amount_index)
        own = derived_tables.signed(element, self.derivation)
        if own != amount:
            shown = "-" if own is None else format_dutch(own)
            params = {"table": format_dutch(amount), "heading": shown}
            self.account.find("I035", line.amount_index, element=self._name(element), **params)
        elif not line.marked and size(amount) < self.derivation.limit:
            self.account.find("I034", line.index, row=line.label)

    def _made(self, line: ThresholdLine, amount: Amount) -> Element:
        """An element that stands in the table only, with what the table says about it."""
        top = self.ground.top.id
        taken = {element.id for element in self.ground.elements}
        made = mint_id(self.kind.key, taken, f"{top}\0{normal(line.label)}\0{self.derivation.key}")
        element = Element(made, {"soort": self.kind.key, "ouder": top})
        element.set((self.kind.name_field,), line.label)
        element.set((self.derivation.field,), self._stored(amount))
        self._say(element, self.derivation.marked, line.marked)
        self._say(element, self.derivation.negative, amount < 0)
        self._say(element, self._hidden(), True)
        self.ground.elements.append(element)
        page = self.ground.page
        for at, path in (
            (line.index, (self.kind.name_field,)),
            (line.amount_index, (self.derivation.field,)),
        ):
            self.account.use(at, LineUse(page.lines[at].number, "field", element.id, path))
        self.account.find("I036", line.index, row=line.label)
        if not line.marked and size(amount) < self.derivation.limit:
            self.account.find("I034", line.index, row=line.label)
        return element

    def _stored(self, amount: Amount) -> Amount:
        """The amount as the field holds it: without a sign where another field has it."""
        return amount if self.derivation.negative is None else size(amount)

    def _hidden(self) -> Condition | None:
        """What says that an element is not shown by itself."""
        blocks = self.template.layout.blocks
        return next((b.without for b in blocks if b.kind == self.kind.key and b.without), None)

    def _say(self, element: Element, condition: Condition | None, holds: bool) -> None:
        """Fill in the field of a condition, where one value makes it hold, or not hold."""
        if condition is None:
            return
        choices = self.kind.fields[condition.field].choices
        fit = [key for key in choices if (key in condition.values) == holds]
        if len(fit) == 1:
            element.set((condition.field,), fit[0])

    def _in_order(self, listed: list[Element]) -> None:
        """Number all elements anew, so that those of the table stand where it has them."""
        everything = [e.id for e in self.elements]
        for large in (True, False):  # the table has the large ones first, apart from the others
            everything = order_with(everything, [e.id for e in listed if self._large(e) == large])
        by_id = {element.id: element for element in (*self.elements, *listed)}
        for place, key in enumerate(everything, start=1):
            by_id[key].set(("volgorde",), place)

    def _large(self, element: Element) -> bool:
        amount = derived_tables.signed(element, self.derivation)
        return amount is not None and size(amount) >= self.derivation.limit

    # --- derived rows

    def _compare(self, rows: list[tuple[ThresholdLine, Amount]]) -> None:
        """A derived row is not stored; where it differs from its elements it is kept apart."""
        report = report_of(self.ground)
        table = derived_tables.threshold_table(report, self.derivation, self.ground.top)
        computed = {row.path[1]: row for row in table.rows if row.path}
        for line, amount in rows:
            row = computed.get(line.key)
            if row is None and amount:
                self.account.leave_all((line.index, line.amount_index), codes.IN_DERIVED)
                continue
            self.account.derived(line.index, line.amount_index)
            if row is None or row.computed == amount:
                continue
            kept: dict[str, object] = {"bedrag": amount}
            kept |= {} if row.computed is None else {"berekend": row.computed}
            self.ground.top.set(("gedrukt", "/".join(row.path)), kept)
            shown = "-" if row.computed is None else format_dutch(row.computed)
            params = {"printed": format_dutch(amount), "computed": shown}
            self.account.find("I031", line.amount_index, field=line.label, **params)
