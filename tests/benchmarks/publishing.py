"""How long publishing takes, as a ratio to a bare Jinja2 render of the same text: run it by hand.

`python -m tests.benchmarks.publishing` lays out a report of 1,000 activities with a page each, of
some 16 kB of text and tables. Bare is a plain `jinja2.Environment` that renders the same templates
from views that are ready and writes the pages; publishing also derives, checks, and makes the
search index and the data beside each table. The goals: the whole in at most 2 times bare, and after
one changed activity a tenth of the whole. Times are processor times, so that other programs count
for less; `--pages` gives other sizes.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import jinja2
from markupsafe import Markup

from stavaza.places import templates_dir
from stavaza.publish import publish
from stavaza.publish.build import Site, build
from stavaza.tree import Report
from tests.tui.reports import opened, write_report

_NOW = datetime(2026, 10, 5, 14, 3, 9)
_PAGE = """\
[pagina]
per = "activiteit"
boven = ["programma", "thema"]
voet = "Deze pagina is gebouwd op {gebouwd} met de export van {export}"

[[pagina.blok]]
vorm = "velden"
deel = [
    { label = "Jaar realisatie", velden = ["jaar_realisatie"] },
    { velden = ["omschrijving"] },
    { label = "Stand van zaken", velden = ["status", "stand_van_zaken"] },
    { label = "Begroting", velden = ["begroting"] },
]
"""
_SENTENCE = "De bewoners van {code} denken mee over het plan, en de gemeente luistert naar hen.\n"


def make_report(root: Path, pages: int) -> Report:
    """A report with a page for each activity, opened."""
    write_report(root, 10, 10, max(1, pages // 100))
    own = root / "sjablonen" / "voortgangsrapportage"
    shutil.copytree(templates_dir() / "voortgangsrapportage", own)
    text = (own / "template.toml").read_text(encoding="utf-8")
    text = text[: text.index("[pagina]")] + _PAGE
    (own / "template.toml").write_text(text, encoding="utf-8")
    for path in root.glob("[0-9]*/*.toml"):
        text = path.read_text(encoding="utf-8")
        paragraphs = "\n".join([_SENTENCE.format(code=path.stem) * 6] * 12)
        for sentence in ("De bewoners denken mee.\n", "De uitvoering is bijna klaar.\n"):
            text = text.replace(sentence, paragraphs)
        path.write_text(text, encoding="utf-8")
    return opened(root)


class Bare:
    """A plain Jinja2 environment with the shared templates, filled from ready views."""

    def __init__(self, site: Site, style: str, script: str) -> None:
        self.site = site
        loader = jinja2.FileSystemLoader(templates_dir() / "_basis")
        environment = jinja2.Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self.index = environment.get_template("index.html")
        self.page = environment.get_template("pagina.html")
        self.shared = {
            "kader": site.frame,
            "stijl": Markup(style),  # noqa: S704 - our own style sheet
            "script": Markup(script),  # noqa: S704 - our own script
            **{"stijlsom": "", "scriptsom": "", "indexpagina": "index.html"},
            **{"anker_inhoud": "inhoud", "anker_hoofd": "hoofdinhoud"},
        }

    def write(self, out: Path) -> None:
        """Render all pages into a folder."""
        out.mkdir()
        text = self.index.render(self.shared, index=self.site.index)
        (out / "index.html").write_bytes(text.encode("utf-8"))
        for view in self.site.pages:
            text = self.page.render(self.shared, pagina=view)
            (out / view.file).write_bytes(text.encode("utf-8"))


def seconds(action: Callable[[], object]) -> float:
    """The processor time of an action."""
    started = time.process_time()
    action()
    return time.process_time() - started


def main(argv: list[str] | None = None) -> int:
    """Measure, print the medians and their ratios; exit code 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=1000)
    options = parser.parse_args(argv)
    times: dict[str, list[float]] = {"bare": [], "whole": [], "one": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = make_report(folder / "rapport", options.pages)
        activity = next(e for e in report.elements.values() if e.kind == "activiteit")
        site = build(report, report.current_moment, _NOW, _NOW)
        publish(report, folder / "eerst", now=_NOW, export_time=_NOW)
        page = (folder / "eerst" / site.pages[0].file).read_text(encoding="utf-8")
        style = page.partition("<style>")[2].partition("</style>")[0]
        script = page.partition("<script>")[2].partition("</script>")[0]
        bare = Bare(site, style, script)
        gc.collect()
        gc.freeze()  # the views for bare are not there when somebody publishes
        for turn in range(options.runs + 1):
            out, other = folder / f"uit-{turn}", folder / f"kaal-{turn}"

            def whole(out: Path = out) -> object:
                return publish(report, out, now=_NOW, export_time=_NOW)

            found = {
                "bare": seconds(lambda other=other: bare.write(other)),  # type: ignore[misc] # bound
                "whole": seconds(whole),
            }
            activity.set(("moment", "vgr2", "stand_van_zaken"), f"Nu anders: {turn}.\n")
            found["one"] = seconds(whole)
            shutil.rmtree(out)
            shutil.rmtree(other)
            if turn:  # the first turn warms up
                for key, value in found.items():
                    times[key].append(value)
    medians = {key: statistics.median(some) for key, some in times.items()}
    size = len(page.encode("utf-8")) / 1000
    print(f"{len(site.pages)} pages of {size:.0f} kB, bare: {medians['bare']:.2f} s")
    ratios = (("whole", "bare", 2.0), ("one", "whole", 0.1))
    for key, other_key, goal in ratios:
        ratio = medians[key] / medians[other_key]
        print(f"{key}: {medians[key]:.2f} s, {ratio:.2f} times {other_key} (goal {goal})")
    return int(any(medians[key] / medians[other] > goal for key, other, goal in ratios))


if __name__ == "__main__":
    sys.exit(main())
