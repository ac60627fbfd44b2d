"""Views -> HTML, with the Jinja templates of `templates/_basis` and those of the report's template.

A file in the report's own template folder stands in for the one of the same name. Templates run
in Jinja's sandbox with autoescape and see views only.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
)
from markupsafe import Markup

from stavaza.errors import StavazaError
from stavaza.i18n import _
from stavaza.places import EXAMPLE_FOLDER, templates_dir
from stavaza.publish.build import CONTENTS_ANCHOR, INDEX_FILE, MAIN_ANCHOR, Site
from stavaza.publish.content import Content
from stavaza.publish.controls import bytes_without_controls, without_controls
from stavaza.publish.index_view import IndexView
from stavaza.publish.sandbox import Sandbox
from stavaza.publish.view import FrameView, PageView

BASE_FOLDER = "_basis"
PAGE_TEMPLATE = "pagina.html"
INDEX_TEMPLATE = "index.html"
STYLE = "stijl.css"
SCRIPT = "zoeken.js"

_TEMPLATE_TROUBLE = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a Jinja template can raise: its own errors, and those of the expressions in it."""

_STYLE_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCRIPT_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


class PageTemplateError(StavazaError):
    """A Jinja template of the report cannot be used; the text says which and why."""


class Renderer:
    """Makes the pages of one report from their views. Raises PageTemplateError, also later."""

    def __init__(self, frame: FrameView, template_folder: Path) -> None:
        try:
            environment = _environment(template_folder, templates_dir() / BASE_FOLDER)
            self._index = environment.get_template(INDEX_TEMPLATE)
            self._page = environment.get_template(PAGE_TEMPLATE)
            style, script = _style(environment), _script(environment)
        except _TEMPLATE_TROUBLE as error:
            raise _unusable(error) from error
        # Longer than the rest of a page and the same on each: kept once for all pages.
        self._parts = [(_mark(), _bytes(part)) for part in (style, script)]
        self._cleaned = any(template_folder.rglob("*.html"))  # page templates of somebody else
        marks = (Markup(mark.decode("ascii")) for mark, _part in self._parts)  # noqa: S704 - ours
        self._shared = {
            **dict(zip(("stijl", "script"), marks, strict=True)),
            **{"kader": frame, "stijlsom": _digest(style), "scriptsom": _digest(script)},
            **{"indexpagina": INDEX_FILE},
            **{"anker_inhoud": CONTENTS_ANCHOR, "anker_hoofd": MAIN_ANCHOR},
        }

    def index(self, view: IndexView) -> Content:
        """The index page."""
        return self._made(self._index, index=view)

    def page(self, view: PageView) -> Content:
        """The page of one element."""
        return self._made(self._page, pagina=view)

    def _made(self, template: Template, **variables: object) -> Content:
        try:
            text = template.render(self._shared, **variables)
        except _TEMPLATE_TROUBLE as error:
            raise _unusable(error) from error
        # A page template of somebody else may have filters that let any sign of a value through.
        made = _bytes(text)
        if self._cleaned:
            made = bytes_without_controls(made)
        return tuple(_filled(made, self._parts))


def render(site: Site, template_folder: Path) -> dict[str, bytes]:
    """All pages of a site by name. Raises PageTemplateError where a template is wrong."""
    renderer = Renderer(site.frame, template_folder)
    made = {INDEX_FILE: renderer.index(site.index)}
    made |= {view.file: renderer.page(view) for view in site.pages}
    return {name: b"".join(pieces) for name, pieces in made.items()}


def _filled(page: bytes, parts: Sequence[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """The pieces of a page with each part in the place of its mark."""
    if not parts:
        yield page
        return
    (mark, part), *others = parts
    for number, piece in enumerate(page.split(mark)):
        if number:
            yield part
        yield from _filled(piece, others)


def render_alone(
    name: str, style: str, variables: Mapping[str, object], template_folder: Path
) -> bytes:
    """One page by itself, with the shared style sheet and one of its own. Raises as `render`."""
    try:
        environment = _environment(template_folder, templates_dir() / BASE_FOLDER)
        sheet = _style(environment) + _style(environment, style)
        shared = {
            "stijl": Markup(sheet),  # noqa: S704 - the template's own style sheets, made harmless
            "stijlsom": _digest(sheet),
            "anker_inhoud": CONTENTS_ANCHOR,
            "anker_hoofd": MAIN_ANCHOR,
        }
        text = environment.get_template(name).render(shared, **variables)
    except _TEMPLATE_TROUBLE as error:
        raise _unusable(error) from error
    return _bytes(text)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


class _Loader(FileSystemLoader):
    """Reads templates without signs that HTML does not allow."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_current = super().get_source(environment, template)
        return without_controls(source), name, is_current


def _unusable(error: BaseException) -> PageTemplateError:
    sentence = _("The page template {file} cannot be used: {reason}")
    reason = getattr(error, "message", None) or str(error) or type(error).__name__
    return PageTemplateError(sentence.format(file=_place(error), reason=reason))


def _mark() -> bytes:
    """A place in a page that no text of a report can name."""
    return f"stavaza-{secrets.token_hex(16)}".encode("ascii")


def _environment(template_folder: Path, base: Path) -> Environment:
    """The templates of one folder over the shared ones, compiled once as long as none changes."""
    return _compiled(template_folder, base, (*_looks(template_folder), *_looks(base)))


def _looks(folder: Path) -> list[tuple[str, int, int]]:
    """What the files in a template folder look like: names, sizes and times of change.

    A page may include any of them. The example report of a template is none of its pages.
    """
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != EXAMPLE_FOLDER]
        for name in names:
            path = Path(place, name)
            with suppress(OSError):  # gone by now, or the link with which an editor says it is busy
                look = path.stat()
                found.append((str(path), look.st_size, look.st_mtime_ns))
    return sorted(found)


@lru_cache(maxsize=8)
def _compiled(
    template_folder: Path, base: Path, _looks: tuple[tuple[str, int, int], ...]
) -> Environment:
    return Sandbox(
        loader=ChoiceLoader([_Loader(template_folder), _Loader(base)]),
        autoescape=True,
        auto_reload=False,  # else it looks at the files for every page
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )


def _style(environment: Environment, name: str = STYLE) -> str:
    """The style sheet as it stands inside the page: it cannot close its own element."""
    plain = _STYLE_COMMENT.sub("", _source(environment, name))
    return _without_margins(plain).replace("</", "<\\/")


def _script(environment: Environment) -> str:
    """The script as it stands inside the page: it cannot close its own element either."""
    plain = _without_margins(_SCRIPT_COMMENT.sub("", _source(environment, SCRIPT)))
    return plain.replace("</", "<\\/").replace("<!--", "<\\!--")


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        return ""
    source, _name, _current = environment.loader.get_source(environment, name)
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _without_margins(text: str) -> str:
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


def _digest(style: str) -> str:
    """What the page's security policy knows the style sheet by."""
    return base64.b64encode(hashlib.sha256(style.encode("utf-8", "replace")).digest()).decode()


def _place(error: BaseException) -> str:
    """The file and line of a template that an error comes from, as far as known."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    if isinstance(name, str):
        return f"{name}:{line}" if line else name
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith((".html", ".css")):
            return f"{Path(frame.filename).name}:{frame.lineno}"
    return PAGE_TEMPLATE
