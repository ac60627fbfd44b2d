"""The pages on a phone, a tablet, a laptop and a wide screen: nothing breaks, hides or overlaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from stavaza.publish import publish
from tests.stavaza.examples import example
from tests.stavaza.publish.reading import BUILT, EXPORTED, pages
from tests.stavaza.publish.test_axe import REPORTS
from tests.tui.reports import opened

PHONE, TABLET, LAPTOP, WIDE = 375, 768, 1200, 1600
SMALLEST_LETTERS = 11
"""Pixels, for the words in a drawing on a phone."""

LOOK = """
(smallest) => {
  const found = [], wide = innerWidth, phone = wide < 700;
  const box = tag => tag.getBoundingClientRect();
  const seen = tag => box(tag).width > 1 && box(tag).height > 1;
  const lines = tag => {
    const range = document.createRange();
    range.selectNodeContents(tag);
    return new Set([...range.getClientRects()].map(rect => Math.round(rect.bottom))).size;
  };
  const all = choice => [...document.querySelectorAll(choice)].filter(seen);
  if (document.documentElement.scrollWidth > wide) found.push('the page scrolls sideways');
  for (const tag of all('td.getal')) if (lines(tag) > 1) found.push('a broken figure: ' + tag.innerText);
  if (!phone) for (const tag of all('.status')) if (lines(tag) > 1) found.push('a broken status: ' + tag.innerText);
  for (const tag of all('.schuif'))
    if (tag.scrollWidth > tag.clientWidth) found.push('a table that does not fit: ' + tag.ariaLabel);
  for (const tag of all('.grafiek text')) {
    const svg = tag.ownerSVGElement;
    const size = parseFloat(getComputedStyle(tag).fontSize) * box(svg).width / svg.viewBox.baseVal.width;
    if (size < smallest) found.push('small letters: ' + tag.textContent + ' ' + size.toFixed(1));
    if (box(tag).left < -1 || box(tag).right > wide + 1) found.push('letters outside: ' + tag.textContent);
  }
  const contents = document.querySelector('.inhoud'), main = box(document.querySelector('main'));
  if (contents) {
    const rect = box(contents);
    if (rect.right > main.left && rect.bottom > main.top) found.push('the contents lie over the text');
  }
  return [...new Set(found)];
}
"""  # noqa: E501 - reads better as it is


@pytest.mark.parametrize("name", REPORTS)
def test_nothing_breaks_hides_or_overlaps_on_any_screen(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    files = publish(opened(REPORTS[name]), tmp_path, now=BUILT, export_time=EXPORTED).files
    tab = browser.new_page()
    found = {}
    for file in (files[0], files[1], files[-1]):
        tab.goto(file.as_uri())
        for width in (PHONE, TABLET, LAPTOP, WIDE):
            tab.set_viewport_size({"width": width, "height": 800})
            found[file.name, width] = tab.evaluate(LOOK, SMALLEST_LETTERS)
    tab.close()
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_contents_of_one_line_say_nothing_and_are_left_out() -> None:
    made = pages(example("programmabegroting"))
    assert made["paragraaf-heffingen.html"].by_class("inhoud") == []
    assert made["programma-6.html"].by_class("inhoud") != []


FOCUS = """
() => {
  const at = document.activeElement, style = getComputedStyle(at);
  return [at.className, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}
"""


def test_the_keyboard_reaches_the_text_first_and_shows_where_it_is(
    browser: Browser, tmp_path: Path
) -> None:
    files = publish(example("begroting_doelen"), tmp_path, now=BUILT, export_time=EXPORTED).files
    tab = browser.new_page()
    tab.goto(files[1].as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate(FOCUS) == ["overslaan", True]
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('main') !== null")
    stops = 0
    while tab.evaluate("document.activeElement !== document.body"):
        assert tab.evaluate(FOCUS)[1], tab.evaluate("document.activeElement.outerHTML")
        tab.keyboard.press("Tab")
        stops += 1
    assert stops >= 5
    tab.close()


def test_nothing_slides_for_who_wants_no_motion(browser: Browser, tmp_path: Path) -> None:
    files = publish(example("begroting_doelen"), tmp_path, now=BUILT, export_time=EXPORTED).files
    tab = browser.new_page(reduced_motion="reduce")
    tab.goto(files[1].as_uri())
    moving = """
    () => [...document.querySelectorAll('*')].map(tag => getComputedStyle(tag)).filter(style =>
      style.scrollBehavior === 'smooth' || style.animationName !== 'none'
      || parseFloat(style.transitionDuration) > 0).length
    """
    assert tab.evaluate(moving) == 0
    tab.emulate_media(reduced_motion="no-preference")
    assert tab.evaluate(moving) > 0
    tab.close()
