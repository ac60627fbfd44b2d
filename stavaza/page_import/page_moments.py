"""Decides of which year and moment a page is, and reads the statuses that its elements print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from stavaza import import_codes as codes
from stavaza.finding import Finding
from stavaza.page_import.body import BodyReader
from stavaza.page_import.draft import Account, Draft
from stavaza.page_import.fill import PartRun, StatusScan
from stavaza.page_import.identity import Told
from stavaza.page_import.lines import Page
from stavaza.page_import.moments import (
    Moments,
    Title,
    column_lead,
    keep_used,
    settle_current,
    template_moments,
    with_columns,
    without_lead,
    year_from_labels,
)
from stavaza.page_import.overview import drop_columns
from stavaza.page_import.readers import year_of
from stavaza.page_import.signs import Outline
from stavaza.page_import.vocabulary import Vocabulary

_YEARS_AFTER = {"begroting": 1, "voortgang": 0, "jaarstukken": -1}
"""A budget is published in the year before, accounts in the year after."""
_SECOND_HALF = 7
_YEAR = re.compile(r"(?<![0-9.,€])(20[0-9]{2})(?![0-9.,]*[0-9])")


class MomentReader:
    """The moments of one page; `runs` are the printed statuses by draft, `findings` the trouble."""

    def __init__(
        self, page: Page, words: Vocabulary, account: Account, outline: Outline, told: Told
    ) -> None:
        self.page = page
        self.words = words
        self.account = account
        self.outline = outline
        self.told = told
        self.runs: dict[int, dict[int, PartRun]] = {}
        self.findings: list[Finding] = []

    def read(self, body: BodyReader, title: Title | None) -> Moments | None:
        """The moments; None where nothing tells the budget year."""
        template = self.words.template
        drafts = body.drafts
        overview = next((s.overview for s in self.outline.sections if s.overview), None)
        columns = [label for _at, label in overview.columns] if overview else []
        labels = [text for moment in template.moments for text in (moment.label, moment.overview)]
        told = title.year if title is not None else None
        told = told or year_from_labels(template, columns)
        told = told or self._year_of_tables(body) or self.told.year
        filled = template_moments(template, told) if told else []
        known = [text for moment in filled for text in (moment.label, moment.overview)]
        short = [without_lead(template, column) for column in columns]
        scan = StatusScan(
            self.page, self.words, [*(known or labels), *columns, *short], len(columns)
        )
        self._scan(scan, drafts)
        printed = self._printed_labels()
        if overview is not None and 0 < len(printed) < len(columns):
            all_labels = [*(known or labels), *printed]
            columns = drop_columns(self.page, overview, all_labels, column_lead(template))
            for index in overview.stray:
                self.account.uses.pop(index, None)
                self.account.leave(index, codes.IN_OVERVIEW)
            scan.columns = len(columns)
            self._scan(scan, drafts)
        told = told or year_from_labels(template, printed)
        told = told or self._year_of_footer() or self._year_of_text()
        if told is None:
            example = template.moments[-1].title if template.moments else template.name
            self.findings.append(Finding("I003", {"example": example.replace("{jaar}", "2026")}))
            return None
        moments = Moments(told, template_moments(template, told))
        with_columns(moments, template, columns, printed)
        used = [
            *moments.columns,
            *(
                key
                for runs in self.runs.values()
                for part in runs.values()
                for key in moments.keys_for([label for _at, label in part.run.labels])
            ),
        ]
        if not moments.all:
            moments.add(title.text if title is not None else self.words.per.label)
        settle_current(moments, title, list(dict.fromkeys(used)))
        keep_used(moments, used)
        for moment in moments.all:
            if not moment.known:
                params = {"label": moment.label, "moment": moment.key}
                self.findings.append(Finding("I016", params))
        return moments

    def _year_of_footer(self) -> int | None:
        """The budget year that follows from when the page was made, and from what it is.

        A proposal, so that it is reported; a budget that was made in spring may be of two years.
        """
        kinds = {moment.document for moment in self.words.template.moments}
        times = [
            (at, found.get("export") or found["gebouwd"])
            for at, found in self.outline.footers.items()
            if found
        ]
        after = _YEARS_AFTER.get(next(iter(kinds))) if len(kinds) == 1 else None
        if not times or after is None:
            return None
        at, made = times[-1]
        if after == 1 and made.month < _SECOND_HALF:
            return None
        year = made.year + after
        params = {"year": str(year), "time": f"{made.day}-{made.month}-{made.year}"}
        self.findings.append(Finding("I026", params, None, self.page.lines[at].number))
        return year

    def _year_of_text(self) -> int | None:
        """The year that the texts name most, the latest of several; a proposal, so reported."""
        named = Counter(
            int(year)
            for at, line in enumerate(self.page.lines)
            if at not in self.outline.footers
            for year in _YEAR.findall(line.text)
        )
        if not named:
            return None
        most = max(named.values())
        year = max(year for year, count in named.items() if count == most)
        self.findings.append(Finding("I041", {"year": str(year), "count": str(most)}))
        return year

    def _year_of_tables(self, body: BodyReader) -> int | None:
        """The budget year that a derived table tells; None where they tell none, or several."""
        derivations = self.words.template.derivations
        found = {
            year
            for span, _top in body.derived
            if (year := year_of(self.page, span, derivations[span.block.derivation], self.words))
        }
        return found.pop() if len(found) == 1 else None

    def _scan(self, scan: StatusScan, drafts: Sequence[Draft]) -> None:
        for draft in drafts:  # the first time to learn all labels
            scan.runs(draft)
        self.runs = {id(draft): scan.runs(draft) for draft in drafts}

    def _printed_labels(self) -> list[str]:
        """The moments as the texts name them: the longest row of labels on the page."""
        rows = [
            [label for _at, label in part.run.labels]
            for runs in self.runs.values()
            for part in runs.values()
        ]
        return max(rows, key=len, default=[])
