"""The Dutch catalogues: complete, in step with the code, and harmless when they are not there."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from stavaza import i18n
from tests.tools import catalogue
from tests.tools.catalogue import forms

EVERY_DOMAIN = pytest.mark.parametrize("domain", i18n.DOMAINS)
PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}|%\((\w+)\)")


def placeholders(text: str) -> set[str]:
    return {brace or percent for brace, percent in PLACEHOLDER.findall(text)}


def wrong_placeholders(message: Message) -> bool:
    """Say whether a translation names a placeholder that the message lacks, or the other way round.

    A singular may leave the number out ("one file"), so there only the plural must have all. The
    name of a type of Python, in messages of argparse, says nothing to people and may go.
    """
    english, dutch = forms(message.id), forms(message.string)
    every = set.union(*(placeholders(text) for text in english))
    gone = placeholders(english[-1]) - placeholders(dutch[-1])
    return not gone <= {"type"} or any(not placeholders(text) <= every for text in dutch)


@EVERY_DOMAIN
def test_every_message_in_the_code_has_a_dutch_translation(domain: str) -> None:
    known = {
        catalogue.as_id(message.id)
        for message in catalogue.messages(catalogue.read_catalogue(domain))
        if catalogue.translated(message)
    }
    assert catalogue.message_ids(domain) - known == set()


@EVERY_DOMAIN
def test_a_translation_has_the_placeholders_of_its_message(domain: str) -> None:
    wrong = [
        message.id
        for message in catalogue.messages(catalogue.read_catalogue(domain))
        if catalogue.translated(message) and wrong_placeholders(message)
    ]
    assert wrong == []


@EVERY_DOMAIN
def test_no_translation_is_fuzzy(domain: str) -> None:
    assert [m.id for m in catalogue.messages(catalogue.read_catalogue(domain)) if m.fuzzy] == []


@EVERY_DOMAIN
def test_the_compiled_catalogue_is_that_of_the_po_file(domain: str) -> None:
    wanted = catalogue.compiled(catalogue.read_catalogue(domain))
    assert catalogue.mo_path(domain).read_bytes() == wanted, "run python -m tests.tools.catalogue"


def test_packages_that_share_a_message_share_its_translation() -> None:
    """The catalogues are one chain: a second translation of a message would never be seen."""
    seen: dict[str, tuple[str, list[str]]] = {}
    differing = []
    for domain in i18n.DOMAINS:
        for message in catalogue.messages(catalogue.read_catalogue(domain)):
            singular = forms(message.id)[0]
            first = seen.setdefault(singular, (domain, forms(message.string)))
            if first[1] != forms(message.string):
                differing.append((singular, first[0], domain))
    assert differing == []


@EVERY_DOMAIN
def test_messages_are_literals_that_can_be_found(domain: str) -> None:
    unfindable = []
    for path in sorted((catalogue.ROOT / domain).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in catalogue.KEYWORDS and node.args and not _findable(node):
                unfindable.append(f"{path.name}:{node.lineno}")
    assert unfindable == []


def _findable(call: ast.Call) -> bool:
    """Say whether the catalogue can hold this message: a literal, or a value marked elsewhere."""
    allowed: tuple[type[ast.expr], ...] = (ast.Constant,)
    if isinstance(call.func, ast.Name) and call.func.id == "_":
        allowed = (ast.Constant, ast.Name, ast.Attribute, ast.Subscript)
    count = 2 if isinstance(call.func, ast.Name) and call.func.id == "ngettext" else 1
    return all(isinstance(argument, allowed) for argument in call.args[:count])


def test_placeholders_that_differ_are_noticed() -> None:
    assert wrong_placeholders(Message("{n} of {m}", "{n} van {k}"))
    assert wrong_placeholders(Message("%(n)s files", "bestanden"))
    assert not wrong_placeholders(
        Message(("{n} file", "{n} files"), ("één bestand", "{n} bestanden"))
    )


class TestCatalogueTool:
    """What `python -m tests.tools.catalogue` does with the translations that it finds."""

    def test_a_known_translation_is_kept_and_a_new_message_is_left_empty(self) -> None:
        old = Catalog(locale="nl")
        old.add("Save", "Opslaan")
        new = catalogue.merged({"Save", "Open"}, old)
        assert {m.id: m.string for m in catalogue.messages(new)} == {
            "Save": "Opslaan",
            "Open": None,
        }

    def test_a_message_that_vanished_keeps_its_dutch_until_it_comes_back(self) -> None:
        old = Catalog(locale="nl")
        old.add("Save", "Opslaan")
        without = catalogue.merged(set(), old)
        assert list(catalogue.messages(without)) == []
        assert "#~" in catalogue.po_text("tui", without)
        assert "#~" not in catalogue.po_text("tui", without, prune=True)
        back = catalogue.merged({"Save"}, without)
        assert [m.string for m in catalogue.messages(back)] == ["Opslaan"]

    def test_a_message_that_another_package_translated_is_taken_over(self) -> None:
        other = Catalog(locale="nl")
        other.add("Cancel", "Annuleren")
        new = catalogue.merged({"Cancel"}, Catalog(locale="nl"), [other])
        assert [m.string for m in catalogue.messages(new)] == ["Annuleren"]

    def test_the_files_are_the_same_whatever_the_order_of_messages(self) -> None:
        one, two = Catalog(locale="nl"), Catalog(locale="nl")
        pairs = [("b", "B"), ("a", "A"), ("c", "C")]
        for english, dutch in pairs:
            one.add(english, dutch)
        for english, dutch in reversed(pairs):
            two.add(english, dutch)
        assert catalogue.po_text("tui", one) == catalogue.po_text("tui", two)
        assert catalogue.compiled(one) == catalogue.compiled(two)


class TestLanguage:
    """Which language a person reads."""

    @pytest.fixture(autouse=True)
    def _small_catalogue(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        folder = tmp_path / "nl" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        first, second = Catalog(locale="nl"), Catalog(locale="nl")
        first.add("Save", "Opslaan")
        second.add(("{n} change", "{n} changes"), ("{n} wijziging", "{n} wijzigingen"))
        (folder / "stavaza.mo").write_bytes(catalogue.compiled(first))
        (folder / "tui.mo").write_bytes(catalogue.compiled(second))
        monkeypatch.setattr(i18n, "LOCALE_DIR", tmp_path)
        monkeypatch.delenv("STAVAZA_LANG", raising=False)
        i18n._catalogues.cache_clear()
        yield
        i18n.use_language(None)
        i18n._catalogues.cache_clear()

    def test_dutch_is_the_default(self) -> None:
        assert i18n.language() == "nl"
        assert i18n._("Save") == "Opslaan"

    @pytest.mark.parametrize("value", ["en", "EN", "en_GB.UTF-8", " en "])
    def test_the_environment_asks_for_english(
        self, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("STAVAZA_LANG", value)
        assert i18n.language() == "en"
        assert i18n._("Save") == "Save"

    @pytest.mark.parametrize("value", ["", "nl", "nl_NL", "fr", "klingon"])
    def test_any_other_language_gives_dutch(
        self, value: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("STAVAZA_LANG", value)
        assert i18n._("Save") == "Opslaan"

    def test_the_language_can_change_while_the_program_runs(self) -> None:
        i18n.use_language("en")
        assert i18n._("Save") == "Save"
        i18n.use_language("nl")
        assert i18n._("Save") == "Opslaan"

    def test_a_language_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(ValueError, match="fr"):
            i18n.use_language("fr")

    def test_a_later_catalogue_in_the_chain_is_found_and_its_number_chooses_the_form(self) -> None:
        said = [i18n.ngettext("{n} change", "{n} changes", n) for n in (0, 1, 2)]
        assert said == ["{n} wijzigingen", "{n} wijziging", "{n} wijzigingen"]

    def test_a_message_that_no_catalogue_has_is_shown_as_it_is(self) -> None:
        assert i18n._("Unheard of") == "Unheard of"
        assert i18n._("") == ""

    @pytest.mark.parametrize(
        "content", [None, b"", b"no catalogue", catalogue.compiled(Catalog())[:30]]
    )
    def test_a_catalogue_that_is_absent_or_damaged_leaves_the_english(
        self, content: bytes | None, tmp_path: Path
    ) -> None:
        file = tmp_path / "nl" / "LC_MESSAGES" / "stavaza.mo"
        file.unlink()
        if content is not None:
            file.write_bytes(content)
        i18n._catalogues.cache_clear()
        assert i18n._("Save") == "Save"
        assert i18n.ngettext("{n} change", "{n} changes", 1) == "{n} wijziging"


def test_importing_the_messages_reads_no_catalogue() -> None:
    code = "import sys, stavaza.i18n; print('gettext' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(catalogue.ROOT)},
    )
    assert run.stdout.strip() == "False"
