"""Imports a published page: bytes of text or HTML in, elements and an account of each line out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from stavaza import import_codes as codes
from stavaza.finding import Finding
from stavaza.page_import.blocks import Ground
from stavaza.page_import.body import BodyReader
from stavaza.page_import.candidates import Candidates
from stavaza.page_import.compare import Comparison
from stavaza.page_import.decode import PageError, decode, looks_like_html
from stavaza.page_import.draft import Account, Draft
from stavaza.page_import.fill import Filler, PartRun
from stavaza.page_import.fixed_sentence import drop_fixed
from stavaza.page_import.html_page import read_html
from stavaza.page_import.identity import Identities, Told
from stavaza.page_import.lines import Page, normal
from stavaza.page_import.markdown import unmarked
from stavaza.page_import.moments import Title, find_title, organisation_of
from stavaza.page_import.outline import OutlineReader
from stavaza.page_import.overview import Overview
from stavaza.page_import.page_moments import MomentReader
from stavaza.page_import.plain_text import read_text
from stavaza.page_import.prepared import prepared
from stavaza.page_import.readers import table_reader
from stavaza.page_import.recognise import is_such_page, no_heading
from stavaza.page_import.result import ImportResult, LineUse
from stavaza.page_import.signs import Outline
from stavaza.page_import.unknown_headings import unknown_headings
from stavaza.page_import.vocabulary import Vocabulary
from stavaza.template import Template
from stavaza.tree import Element


def import_page(
    data: bytes | str,
    name: str,
    template: Template,
    told: Told | int | None = None,
) -> ImportResult:
    """Read a published page along a template's labels and layout.

    `told` is what is known beside the page, or only its budget year. Ids of elements without a
    code follow from their texts, so that the same page gives the same ids again. All trouble comes
    back as findings, without a file; what is no such page has `usable` False.
    """
    result = ImportResult(name)
    try:
        page = read_page(data, name, _status_labels(template))
    except PageError as error:
        result.findings.append(Finding("I001", {"reason": str(error)}))
        return result
    if page.cleaned:
        params = {"count": str(len(page.cleaned))}
        result.findings.append(Finding("I012", params, None, page.cleaned[0]))
    known = told if isinstance(told, Told) else Told(told)
    found = _Import(page, Vocabulary(template), result, known).run()
    for layout in template.more_layouts if not found.usable else ():
        other = replace(template, layout=layout, more_layouts=())
        again = _Import(page, Vocabulary(other), ImportResult(name), known).run()
        if again.usable:
            return again
    return found


def _status_labels(template: Template) -> frozenset[str]:
    """The labels of all statuses, as compared: a page may print them as pictures."""
    lists = template.status_lists.values()
    return frozenset(normal(status.label) for found in lists for status in found.values())


def read_page(data: bytes | str, name: str, pictures: Collection[str] = ()) -> Page:
    """The numbered lines of a page; of pictures those with one of these texts. Raises PageError."""
    decoded = decode(data)
    if looks_like_html(decoded.text, name):
        return replace(read_html(decoded.text, name, pictures), cleaned=decoded.cleaned)
    return unmarked(Page(name, read_text(decoded.text), "", decoded.cleaned))


class _Import:
    """One import, step by step."""

    def __init__(self, page: Page, words: Vocabulary, result: ImportResult, told: Told) -> None:
        self.page, self.outside, self.furniture = prepared(page, words)
        self.words = words
        self.result = result
        self.told = told
        self.account = Account(self.page)
        self.runs: dict[int, dict[int, PartRun]] = {}

    def run(self) -> ImportResult:
        template = self.words.template
        outline = OutlineReader(Candidates(self.page, self.words, self.told.code)).read()
        if outline is None:
            self.result.findings.append(no_heading(self.page, self.words))
            return self.result
        body = BodyReader(self.page, self.words, outline, self.account)
        drafts = body.read()
        title = find_title(self.page, template, outline.header_end, outline.footers)
        if not is_such_page(self.page, self.words, outline, drafts, title):
            kinds = dict.fromkeys(block.kind for block in self.words.elements)
            plurals = [template.kinds[kind].plural for kind in kinds]
            return self._other_kind(" / ".join(plurals) or self.words.per.label)
        reader = MomentReader(self.page, self.words, self.account, outline, self.told)
        moments = reader.read(body, title)
        self.result.findings += reader.findings
        if moments is None:
            return self.result
        self.runs = reader.runs
        self.result.moments, self.result.year = moments, moments.year
        self.result.organisation = organisation_of(self.page, moments)
        self._header(outline, title)
        self._elements(outline, body)
        self._finish()
        return self.result

    def _other_kind(self, missing: str) -> ImportResult:
        params = {"template": self.words.template.name, "missing": missing}
        self.result.findings.append(Finding("I002", params))
        return self.result

    def _header(self, outline: Outline, title: Title | None) -> None:
        current = self.result.moments.by_key(self.result.moments.current)
        for at in range(outline.header_end):
            line = self.page.lines[at]
            if not line.text or at in outline.above:
                continue
            self.account.use(at, LineUse(line.number, "header", "", ("moment", current.key)))
            if at not in outline.footers and (title is None or at != title.index):
                current.header.append(line.text)
        for at, times in outline.footers.items():
            self.account.use(at, LineUse(self.page.lines[at].number, "footer"))
            current.printed.update(times)
            current.footer = " ".join(self.page.lines[at].text.split())

    def _elements(self, outline: Outline, body: BodyReader) -> None:
        moments = self.result.moments
        identities = Identities(
            self.page, self.words.template, self.account, moments.year, self.told, body.derived
        )
        filler = Filler(self.page, self.words, moments, self.account)
        rows = {
            (overview.derivation.kind, row.code): row
            for overview in self._overviews(outline)
            for row in overview.rows.values()
        }
        elements: dict[int, Element] = {}
        places: dict[tuple[str, str], int] = {}
        for draft in body.drafts:
            element = self._element(draft, elements, places, identities)
            if element is None:
                continue
            elements[id(draft)] = element
            self.result.elements.append(element)
            row = rows.get((draft.kind, draft.code))
            filler.fill(draft, element, self.runs[id(draft)], row)
            drop_fixed(element, self.words.template)
        for span, top in body.derived:
            derivation = self.words.template.derivations[span.block.derivation]
            ground = Ground(
                self.page,
                self.words,
                self.account,
                moments,
                elements[id(top)],
                self.result.elements,
                self.result.summaries,
            )
            table_reader(derivation)(ground, span, derivation)
        for overview in self._overviews(outline):
            self.result.elements += Comparison(
                self.page, self.words, moments, self.account, overview, self.result.elements
            ).run()

    @staticmethod
    def _overviews(outline: Outline) -> list[Overview]:
        return [section.overview for section in outline.sections if section.overview is not None]

    def _element(
        self,
        draft: Draft,
        elements: dict[int, Element],
        places: dict[tuple[str, str], int],
        identities: Identities,
    ) -> Element | None:
        """A new element for a draft, with its identity and name only."""
        kind = self.words.template.kinds[draft.kind]
        data: dict[str, object] = {"soort": draft.kind}
        group = draft.group
        while group is not None and id(group) not in elements:
            group = group.group  # an element without a text is none, and nothing stands below it
        parent = elements[id(group)].id if group is not None else ""
        empty = not any(self.page.lines[index].text for index in draft.lines)
        if not kind.code_shape and not draft.name and empty:
            self.account.uses.pop(draft.start, None)
            self.account.leave(draft.start, codes.EMPTY_ELEMENT)
            return None
        element_id, code = identities.of(draft, parent)
        if code:
            data["code"] = code
        if parent:
            data["ouder"] = parent
        if not kind.code_shape:
            place = places.get((draft.kind, parent), 0) + 1
            places[draft.kind, parent] = place
            data["volgorde"] = place
        if draft.name:
            data[kind.name_field] = draft.name
        return Element(element_id, data)

    def _finish(self) -> None:
        """Leave nothing out: what no step took up goes to the rest, in the page's order."""
        for at in range(len(self.page.lines)):
            self.account.leave(at, codes.NO_FIELD)
        self.account.derived(*self.furniture)
        self.account.outside(self.outside)
        order = sorted(self.account.uses.items())
        self.result.account = [use for _at, use in order]
        self.result.rest = sorted(self.account.rest, key=lambda line: line.number)
        self.result.findings += self.account.findings
        self.result.findings += unknown_headings(
            self.page, self.words, self.account, self.result.elements
        )
        self.result.findings += [
            Finding("I015", {"reason": line.reason, "text": line.text}, None, line.number)
            for line in self.result.rest
        ]
        self.result.usable = True
