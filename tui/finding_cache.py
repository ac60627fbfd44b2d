"""The findings of a report as far as they are known, per element; a change forgets its own."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from stavaza.finding import Finding
from stavaza.tree import Report

_SLICE_SECONDS = 0.02
"""How long keys may have to wait while findings are worked out."""


class FindingCache:
    """The findings per element; what changed is forgotten and worked out when asked for."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.known: dict[str, list[Finding]] = {}
        self._rest: list[Finding] | None = None

    def forget(self, element_id: str | None) -> None:
        """Forget the findings of an element; of all with None."""
        if element_id is None:
            self.known.clear()
            self._rest = None
        else:
            self.known.pop(element_id, None)

    def of(self, element_id: str) -> list[Finding]:
        """The findings of one element."""
        from stavaza.check import check_element

        element = self.report.elements.get(element_id)
        if element is None:
            return []
        if element_id not in self.known:
            self.known[element_id] = check_element(self.report, element)
        return self.known[element_id]

    def rest(self) -> list[Finding]:
        """The findings of no element: files that cannot be read, text without a place."""
        from stavaza.check import check_rest

        if self._rest is None:
            self._rest = check_rest(self.report)
        return [*self.report.findings, *self._rest]

    def all(self) -> list[Finding]:
        """All findings, the worst first."""
        from stavaza.check import by_severity

        found = self.rest()
        for element_id in list(self.report.elements):
            found += self.of(element_id)
        return by_severity(found)

    def count(self) -> int:
        """How many findings are known that ask for an action."""
        listed = [*self.rest(), *(finding for some in self.known.values() for finding in some)]
        return sum(finding.severity != "info" for finding in listed)

    async def find(self, give_way: Callable[[], Awaitable[None]]) -> None:
        """Work out all that is not known, calling `give_way` every few hundredths of a second."""
        started = time.monotonic()
        for element_id in list(self.report.elements):
            self.of(element_id)
            if time.monotonic() - started > _SLICE_SECONDS:
                await give_way()
                started = time.monotonic()
