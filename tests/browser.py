"""A Chromium of the machine without a screen, for tests that look at a page as a reader does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
_WINDOWS = ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
_RUN_AXE = """
async (rules) => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
  return found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', '));
}
"""  # noqa: E501 - reads better on one line


def chromium() -> Path | None:
    """The browser to use: Chromium, Chrome or Edge; None where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return Path(found)
    roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")]
    candidates = [Path(root) / name for root in roots if root for name in _WINDOWS]
    return next((path for path in candidates if path.is_file()), None)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """A browser without a screen; skips the test where the machine has none."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium, Chrome or Edge on this machine")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox"] if root else [], chromium_sandbox=not root
        )
        try:
            yield browser
        finally:
            browser.close()


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA on the page as it stands: rule and places."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_RUN_AXE, list(_RULES))
    return found
