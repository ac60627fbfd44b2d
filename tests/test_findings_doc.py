"""The page about findings lists every code that Stavaza can report, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from stavaza.i18n import DOMAINS
from tests.tools import findings_doc

ROOT = Path(__file__).parents[1]
A_CODE = re.compile(r'["\']([A-Z]\d{3})["\']')


@pytest.fixture(scope="module")
def page() -> str:
    return findings_doc.TARGET.read_text(encoding="utf-8")


def test_the_page_is_current(page: str) -> None:
    assert page == findings_doc.page(), "run: python -m tests.tools.findings_doc"


def test_every_code_in_the_code_of_the_three_packages_is_on_the_page(page: str) -> None:
    used = {
        code
        for domain in DOMAINS
        for path in (ROOT / domain).rglob("*.py")
        for code in A_CODE.findall(path.read_text(encoding="utf-8"))
    }
    listed = set(re.findall(r"^### ([A-Z]\d{3}) ", page, re.MULTILINE))
    assert len(used) > 60
    assert used == listed


def test_every_code_says_how_bad_it_is_and_what_to_do(page: str) -> None:
    for entry in page.split("\n### ")[1:]:
        body = entry.split("\n## ")[0]
        assert re.search(r"\*(Fout|Waarschuwing|Ter informatie)\.\* \S+", body), entry[:60]
        assert re.search(r"Wat u doet: \S.+", body), entry[:60]
