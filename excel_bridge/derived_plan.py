"""Compares a derived table in a workbook with what the report derives; nothing is ever moved."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from excel_bridge.cells import EUROS, Measure, is_error_value, is_number_text, read_cell
from excel_bridge.compare import SheetLines
from excel_bridge.derived_lines import DerivedFinder, DerivedTables, SheetLine
from excel_bridge.derived_links import MARK
from excel_bridge.desk import Desk
from excel_bridge.lines import FoundLines
from excel_bridge.link_types import ColumnLink, DerivedPart, Link
from excel_bridge.locate import locate
from excel_bridge.plan import DerivedCellPlan, LinkPlan, column_letters
from excel_bridge.read_sheets import rechecked, shortened, views_of
from excel_bridge.refind import refind_findings
from stavaza.amounts import Amount, format_dutch, normalise, rounding_tolerance
from stavaza.derived_rows import REST_ROW, DerivedCell, DerivedRows
from stavaza.derived_tables import same_share
from stavaza.finding import Finding
from stavaza.notation import show_number
from stavaza.tree import Report


def derived_plan(report: Report, link: Link, part: DerivedPart, desk: Desk) -> LinkPlan:
    """The plan of a link that only compares; what keeps it from being read is a finding.

    `report` is the one that the derived figures are of: as it is, or as a plan leaves it.
    """
    findings: list[Finding] = []
    tables = DerivedTables(DerivedRows(report, report.template.derivations[part.key]), link.under)
    found: list[DerivedCellPlan] = []
    names: list[str] = []
    old = 0
    for view in views_of(link, desk, findings):
        located, wrong = locate(link, view, link.path)
        findings += wrong
        if located is None:
            continue
        sheet = SheetLines(view, located, FoundLines([], [], frozenset()))
        comparer = DerivedComparer(link, part, tables, sheet)
        found += comparer.run()
        findings += comparer.findings
        names.append(view.sheet)
        old += comparer.stale
    if any(finding.code in ("X011", "X013") for finding in findings):
        findings += refind_findings(report, link, desk)
    if old:
        params = {"count": str(old), "workbook": link.path.name}
        findings.append(Finding("X034", params, link.path))
    shown = ", ".join(names) or link.sheet
    wrong_ones = tuple(shortened(findings, link))
    return LinkPlan(link.name, link.path, shown, findings=wrong_ones, derived=tuple(found))


class DerivedComparer:
    """The figures of one sheet that shows a derived table, with the findings on the way."""

    def __init__(
        self, link: Link, part: DerivedPart, tables: DerivedTables, sheet: SheetLines
    ) -> None:
        self.link = link
        self.part = part
        self.tables = tables
        self.sheet = sheet
        self.view = sheet.view
        self.located = sheet.located
        self.columns = {column.key: column for column in link.columns}
        self.findings: list[Finding] = []
        self.stale = 0
        """How many results are older than the figures they depend on."""

    def run(self) -> list[DerivedCellPlan]:
        """The figures that both sides have."""
        finder = DerivedFinder(self.link, self.part, self.tables, self.view, self.located)
        lines = finder.lines()
        self.findings += finder.findings
        rows = [line.row for line in lines]
        self.view = rechecked(self.link, self.sheet, self.findings, rows).view
        cells = [
            cell
            for line in lines
            for key, number in self.located.columns.items()
            if (cell := self._cell(line, self.columns[key], number)) is not None
        ]
        if self.tables.rows.derivation.form == "drempel" and self.part.by_label:
            self._marks(lines)
            self._missing(lines)
        return cells

    def _cell(self, line: SheetLine, column: ColumnLink, number: int) -> DerivedCellPlan | None:
        derived = self._derived(line, column)
        grid = self.view.grid
        if derived is None or derived.shown is None:
            return None
        if (line.row, number) in grid.stale:
            self.stale += 1
            return None
        seen = self._seen(line, column, number, derived)
        if seen is None:
            return None
        found = DerivedCellPlan(
            (line.line.element or line.element).id,
            derived.path,
            self._label(line, column),
            seen,
            derived.shown,
            agrees(derived, seen, column.measure),
            self.view.sheet,
            line.row,
            number,
            grid.formula(line.row, number),
            column.key,
            (_shown(seen, derived), _shown(derived.shown, derived)),
        )
        if not found.agrees:
            self._differs(line, found, derived, column.measure)
        return found

    def _label(self, line: SheetLine, column: ColumnLink) -> str:
        """What a figure is called: its line, and its column where there are more of those."""
        rows = self.tables.rows
        named, _slash, key = column.key.rpartition("/")
        first = rows.amount_label if named else next(iter(line.line.labels), "")
        label = rows.columns.get(key, key) if len(rows.columns) > 1 else ""
        return " · ".join(dict.fromkeys(part for part in (first, label) if part))

    def _derived(self, line: SheetLine, column: ColumnLink) -> DerivedCell | None:
        """The derived figure that a cell shows: of the line, or of the line its column names."""
        named, _slash, key = column.key.rpartition("/")
        if not named:
            return line.line.cells.get(key)
        lines = self.tables.lines(line.element)
        return next((other.cells.get(key) for other in lines if other.key == named), None)

    def _seen(
        self, line: SheetLine, column: ColumnLink, number: int, derived: DerivedCell
    ) -> Decimal | None:
        """What a cell says, in euros, per cent or as a number; None where that is no figure."""
        value, measure = self.view.grid.value(line.row, number), column.measure
        if column.direction is not None:
            told = self.view.grid.text(line.row, self.located.directions[column.key])
            said = column.direction.says(told)
            if not said:
                return None
            measure = measure.mirrored if said == "mirrored" else measure
        if line.mirrored:
            measure = measure.mirrored
        seen = seen_value(value, measure, derived)
        if seen is None:
            self._unread(line.row, number, value)
        return seen

    def _unread(self, row: int, number: int, value: object) -> None:
        text = self.view.grid.text(row, number)
        if is_number_text(text.removesuffix("%")) and isinstance(value, str):
            params = {"cell": self._name(row, number), "value": text}
            self.findings.append(Finding("X046", params, self.link.path, row))
        elif is_error_value(text):
            params = {"count": "1", "workbook": self.link.path.name}
            finding = Finding("X041", params, self.link.path)
            if finding not in self.findings:
                self.findings.append(finding)

    def _differs(
        self, line: SheetLine, cell: DerivedCellPlan, derived: DerivedCell, measure: Measure
    ) -> None:
        params = {
            "cell": cell.cell,
            "element": self.tables.rows.report.heading(line.element),
            "label": cell.label,
            "excel": cell.texts[0],
            "derived": cell.texts[1],
            "tolerance": _tolerance_text(derived, measure),
        }
        self.findings.append(Finding("X061", params, self.link.path, cell.row))

    def _marks(self, lines: list[SheetLine]) -> None:
        """A line that one side marks and the other does not, where the workbook marks at all."""
        listed = [line for line in lines if line.line.element is not None]
        told = {line.row: self._marked(line.row) for line in listed}
        if self.part.mark is None and not any(told.values()):
            return
        for line in listed:
            if told[line.row] != line.line.marked:
                number = self.located.texts.get(MARK, self.located.row_key)
                params = {"cell": self._name(line.row, number), "value": line.line.labels[0]}
                params["table"] = self.tables.rows.derivation.label
                code = "X064" if line.line.marked else "X065"
                self.findings.append(Finding(code, params, self.link.path, line.row))

    def _marked(self, row: int) -> bool:
        grid = self.view.grid
        if self.part.mark is not None:
            number = self.located.texts.get(MARK)
            return number is not None and self.part.marks(grid.text(row, number))
        mark = self.tables.rows.mark
        return bool(mark) and grid.text(row, self.located.row_key).endswith(mark)

    def _missing(self, lines: list[SheetLine]) -> None:
        """The lines of a threshold table that the workbook has not, where it has the table.

        It may leave out subtotals and the total, and what the link skips.
        """
        seen = {(line.element.id, line.line.key) for line in lines}
        doubtful = any(finding.code == "X021" for finding in self.findings)
        for element in {line.element.id: line.element for line in lines}.values():
            for line in self.tables.lines(element):
                left_out = line.element is None and line.key != REST_ROW
                skipped = any(self.link.skip.text_matches(label) for label in line.labels)
                if (element.id, line.key) in seen or doubtful or left_out or skipped:
                    continue
                params = {
                    "sheet": self.view.sheet,
                    "workbook": self.link.path.name,
                    "value": line.labels[0],
                    "table": self.tables.rows.derivation.label,
                    "element": self.tables.rows.report.heading(element),
                }
                self.findings.append(Finding("X063", params, self.link.path))

    def _name(self, row: int, number: int) -> str:
        return f"{self.view.sheet}!{column_letters(number)}{row}"


def seen_value(value: object, measure: Measure, derived: DerivedCell) -> Decimal | None:
    """What a cell says, in the unit of the derived figure; None where that is no figure."""
    if derived.unit == "bedrag":
        amount = read_cell(value, measure).amount
        return None if amount is None else Decimal(amount)
    stored = read_cell(value, EUROS).stored
    unit = measure.unit if derived.unit == "percentage" else 1
    turned = -1 if measure.sign == "omgekeerd" else 1
    return None if stored is None else stored * unit * turned


def agrees(derived: DerivedCell, seen: Decimal, measure: Measure) -> bool:
    """Whether a cell says what is derived or what the page prints, rounding included."""
    figures = [figure for figure in (derived.computed, derived.shown) if figure is not None]
    if derived.unit == "percentage":
        decimals = min(derived.decimals, measure.precision)
        return any(same_share(figure, seen, decimals) for figure in figures)
    if derived.unit == "aantal":
        return seen in figures
    gap = rounding_tolerance(derived.addends) * step(measure) if derived.addends else 0
    return any(
        measure.same(figure, normalise(seen)) or abs(Fraction(figure) - Fraction(seen)) <= gap
        for figure in figures
    )


def step(measure: Measure) -> Fraction:
    """The smallest difference that a column of amounts shows, in euros."""
    return Fraction(measure.unit, 10**measure.precision)


def _tolerance_text(derived: DerivedCell, measure: Measure) -> str:
    """By how much rounding may part the two, as it is written beside them."""
    if derived.unit == "percentage":
        decimals = min(derived.decimals, measure.precision)
        return f"{show_number(Decimal(1).scaleb(-decimals))}%"
    if derived.unit == "aantal":
        return "0"
    most = rounding_tolerance(derived.addends) * step(measure) or step(measure) / 2
    return f"€ {show_number(Decimal(most.numerator) / Decimal(most.denominator))}"


def _shown(value: Decimal | Amount, derived: DerivedCell) -> str:
    if derived.unit == "bedrag":
        return format_dutch(normalise(value))
    decimals = derived.decimals + 2 if derived.unit == "percentage" else 2
    rounded = round(Decimal(value), decimals).normalize()
    plain = format(rounded, "f")
    sign = "%" if derived.unit == "percentage" else ""
    return f"{show_number(Decimal(plain))}{sign}"
