"""The look of a page: contrast, its security policy, and templates of a report's own."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from pathlib import Path

import pytest

from stavaza.places import templates_dir
from stavaza.publish import PageTemplateError, render_report
from stavaza.publish.render import BASE_FOLDER, STYLE
from stavaza.report_file import find_template
from stavaza.template_reader import load_template
from stavaza.tree import Report
from tests.stavaza.making import make_report, opened
from tests.stavaza.publish.reading import BUILT, EXPORTED, page

LEAST_CONTRAST = 4.5
"""WCAG 2.1, criterion 1.4.3, level AA, for text of ordinary size."""

PAIRS = [
    ("tekst", "vlak"),
    ("tekst", "vlak-zacht"),
    ("tekst-zacht", "vlak"),
    ("tekst-zacht", "vlak-zacht"),
    ("link", "vlak"),
    ("link", "vlak-zacht"),
    ("kop", "vlak"),
    ("kop", "vlak-zacht"),
    ("negatief", "vlak"),
    ("band-tekst", "band"),
    ("band-zacht", "band"),
    ("let-op-tekst", "let-op"),
    *((f"{color}-tekst", color) for color in ("groen", "oranje", "rood", "blauw", "grijs")),
]
STYLE_TEXT = (templates_dir() / BASE_FOLDER / STYLE).read_text(encoding="utf-8")


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return opened(make_report(tmp_path / "verslag"))


def palettes() -> list[dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE_TEXT, re.DOTALL)
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]
    light = found[0]
    return [light | palette for palette in found]


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_text_stands_out_in_light_dark_and_print() -> None:
    schemes = palettes()
    assert len(schemes) == 3
    weak = [
        (place, text, ground)
        for place, colors in enumerate(schemes)
        for text, ground in PAIRS
        if contrast(colors[text], colors[ground]) < LEAST_CONTRAST
    ]
    assert weak == []


def test_the_policy_of_a_page_allows_its_own_style_sheet_and_script_and_nothing_else(
    report: Report,
) -> None:
    root = page(report)
    style, script = (
        base64.b64encode(hashlib.sha256("".join(map(str, tag.parts)).encode("utf-8")).digest())
        for tag in (root.one("style"), root.one("script"))
    )
    policy = next(
        tag.attributes["content"]
        for tag in root.all("meta")
        if tag.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style.decode()}'; "
        f"script-src 'sha256-{script.decode()}' 'strict-dynamic'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_shared_page_templates_are_no_template_of_a_report(tmp_path: Path) -> None:
    template, findings = find_template(tmp_path, BASE_FOLDER)
    assert template is None
    assert [finding.code for finding in findings] == ["T024"]


def own_template(report: Report, name: str, text: str) -> None:
    """Give the report a template folder of its own with one page template."""
    folder = report.root / "sjablonen" / report.template.key
    shutil.copytree(report.template.path, folder)
    (folder / name).write_text(text, encoding="utf-8")
    template, findings = load_template(folder)
    assert template is not None, findings
    report.template = template


def test_a_template_folder_may_replace_a_part_of_the_page(report: Report) -> None:
    own_template(
        report,
        "pagina.html",
        '{% extends "basis.html" %}{% block hoofd %}<main>Eigen: {{ pagina.heading }}</main>'
        "{% endblock %}",
    )
    assert page(report).one("main").text() == "Eigen: 6. Sociaal domein"


def test_an_own_page_uses_the_names_of_views_for_other_things_too(report: Report) -> None:
    own_template(
        report,
        "pagina.html",
        "{% set eigen = {'text': 'a<b', 'items': 1} %}{% for k, v in eigen.items() %}{{ k }};"
        "{% endfor %}<main>{{ eigen.text }} {{ '<'.title() }} {{ kader.year + 1 }}</main>",
    )
    made = page(report)
    assert made.one("main").text() == "a<b < 2027"
    assert made.text().startswith("text;items;")


@pytest.mark.parametrize(
    "text",
    [
        "{{ pagina.heading }}",
        "{{ pagina.heading|e }}",
        "{{ '<i></i>'|safe ~ pagina.heading }}",
        "{{ [pagina.heading]|join('<br>'|safe) }}",
        "{{ '%s'|safe|format(pagina.heading) }}",
        "<i {{ {'title': pagina.heading}|xmlattr }}></i>",
        '{{ "\\x01" }}',
        "{% macro m(een) %}{{ een|e }}{{ caller() }}{% endmacro %}"
        "{% call m(pagina.heading) %}{{ pagina.heading|e }}{% endcall %}",
    ],
)
def test_no_filter_of_an_own_page_lets_a_control_sign_through(report: Report, text: str) -> None:
    report.elements["6"].set(("naam",), "So\x01ci\x7faal")
    own_template(report, "pagina.html", f"<main>{text}</main>")
    made = render_report(report, now=BUILT, export_time=EXPORTED)[0]["programma-6.html"]
    assert not {*range(9), 11, 12, *range(14, 32), 127} & set(made)
    assert b"\\x01" in text.encode() or b"Sociaal" in made


@pytest.mark.parametrize("name", ["logo.svg", "stuk.html", "delen/stuk.txt"])
def test_a_part_that_changes_while_the_program_runs_is_seen(report: Report, name: str) -> None:
    own_template(report, "pagina.html", f"<main>{{% include '{name}' %}}</main>")
    part = report.template.path.joinpath(*name.split("/"))
    part.parent.mkdir(exist_ok=True)
    for text in ("een", "anders"):
        part.write_text(text, encoding="utf-8")
        assert page(report).one("main").text() == text


def test_the_link_of_an_editor_that_is_busy_does_not_stop_the_pages(report: Report) -> None:
    own_template(report, "pagina.html", "<main>Eigen</main>")
    link = report.template.path / ".#pagina.html"
    try:
        link.symlink_to("iemand@hier.1")
    except OSError:
        pytest.skip("this computer makes no links")
    assert page(report).one("main").text() == "Eigen"


def test_a_style_sheet_of_a_report_cannot_leave_its_element(report: Report) -> None:
    own_template(report, "stijl.css", "a{}</style><script>alert(1)</script>")
    assert "alert" not in "".join(map(str, page(report).one("script").parts))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{% if %}", "pagina.html:1"),
        ("regel\n{{ onbekend }}", "pagina.html:2"),
        ("{{ 1 / 0 }}", "pagina.html:1"),
        ("{{ pagina.heading.__class__.__mro__ }}", "pagina.html:1"),
        ("{% include '../../report.toml' %}", "report.toml"),
        ("{% set x = pagina.blocks.append(1) %}", "pagina.html:1"),
        ("{{ kader.caption }}", "pagina.html:1"),
        ("{{ ''.text.x }}", "pagina.html:1"),
        ("{{ kader.title.format.__globals__ }}", "pagina.html:1"),
    ],
)
def test_a_wrong_or_hostile_page_template_gives_a_sentence(
    report: Report, text: str, says: str
) -> None:
    own_template(report, "pagina.html", text)
    with pytest.raises(PageTemplateError, match=re.escape(says)):
        render_report(report, now=BUILT, export_time=EXPORTED)
