"""The Jinja2 environment of each language, and the static files."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from markupsafe import Markup, escape

from generator import packaged_templates
from generator.link import Page
from generator.link.contexts import NotFoundContext, SheetContext, TreeContext
from generator.model.fields import Duration, Quantity
from generator.render.compiled import Compiled
from generator.render.engine import HtmlEnvironment
from generator.render.kept import Kept
from generator.render.sheets import csv_of
from generator.render.strings import Strings
from generator.render.texts import Desk, plain

STYLES = "site.css"
_CHARTS = ("flowchart", "radar", "bars", "timeline", "trend")
_NAMING = re.compile(rb"\{%[-+]?\s*(?:extends|include|import|from)\b(.*?)[-+]?%\}", re.DOTALL)
_LITERAL = re.compile(
    rb"""\s*["']([^"']+)["']\s*(?:(?:as|import|ignore|with|without)\b.*)?""", re.DOTALL
)
SCRIPTS = {"search.js": "search", "search-page.js": "search-page"}
_SYNTAX = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": (Kept,),
}


class RenderError(Exception):
    """A template that cannot be rendered: where, and why."""

    def __init__(self, template: str, line: int, message: str) -> None:
        super().__init__(message)
        self.template, self.line, self.message = template, line, message

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.template, self.line, self.message))


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that pages load, under a name that changes with its content."""

    name: str
    url: str
    content: bytes


@dataclass(frozen=True)
class _Source:
    """A template as it stands in its file."""

    path: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def named(self) -> tuple[str, ...] | None:
        """The templates that it names; None where it works out a name, which can be any."""
        found = [_LITERAL.fullmatch(tag) for tag in _NAMING.findall(self.content)]
        if not all(found):
            return None
        return tuple(each[1].decode("utf-8", "replace") for each in found if each)


class Renderer:
    """Renders pages. `folders` are looked through in order, a company's own templates first."""

    def __init__(self, folders: Sequence[Path], strings: Mapping[str, Strings]) -> None:
        self.folders = tuple(folders)
        self.static_files = tuple(_static_files(self.folders))
        self._static_urls = {file.name: file.url for file in self.static_files}
        self._compiled = Compiled(packaged_templates(), _SYNTAX)
        self._sources: dict[str, _Source | None] = {}
        self._strings = strings
        self._rooms = {code: self._room(words) for code, words in strings.items()}

    def render(self, page: Page) -> bytes:
        """The bytes of `page`. Raises RenderError."""
        if isinstance(page.context, SheetContext):
            return csv_of(page.context.sheet)
        environment, desk = self._rooms[page.language]
        _sit_down(desk, page)
        values = {name: getattr(page.context, name) for name in _names_in(page.context.__class__)}
        try:
            return environment.get_template(page.template).render(values).encode("utf-8")
        except Exception as error:  # whatever a template trips over is the template's fault
            raise _render_error(page.template, error) from error

    def closure(self, template: str) -> tuple[tuple[str, str], ...]:
        """The digests of a template and of all that it includes, imports and extends, by name."""
        found: dict[str, str] = {}
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                source = self._source(name)
                found[name] = source.digest if source else ""
                named = source.named if source else ()
                waiting += self._all if named is None else named
        return tuple(sorted(found.items()))

    @functools.cached_property
    def _all(self) -> list[str]:
        """The names of all files that a template can include."""
        paths = ((folder, path) for folder in self.folders for path in folder.rglob("*"))
        return sorted({p.relative_to(f).as_posix() for f, p in paths if p.is_file()})

    def _source(self, name: str) -> _Source | None:
        """A template, read once: what is digested is what is rendered."""
        if name not in self._sources:
            path = next((f / name for f in self.folders if (f / name).is_file()), None)
            self._sources[name] = _Source(str(path), path.read_bytes()) if path else None
        return self._sources[name]

    def _load(self, name: str) -> tuple[str, str, None] | None:
        source = self._source(name)
        return (source.content.decode("utf-8"), source.path, None) if source else None

    def _room(self, strings: Strings) -> tuple[Environment, Desk]:
        desk = Desk()
        environment = HtmlEnvironment(
            lambda: (desk.folder, desk.root),
            loader=FunctionLoader(self._load),
            bytecode_cache=self._compiled,
            auto_reload=False,
            cache_size=-1,
            **_SYNTAX,
        )
        environment.globals.update(
            t=strings.say,
            t_in=lambda code, key: self._strings[code].say(key),
            href=desk.href,
            asset=lambda name: desk.href(self._static_urls[name]),
            **{name: partial(_chart, name) for name in _CHARTS},
        )
        environment.filters.update(
            words=desk.words,
            heading=desk.heading,
            phrase=desk.phrase,
            prose=desk.prose,
            body_html=desk.body_html,
            plain=plain,
            tag_of=pass_context(lambda _, code: desk.tags.get(code, code)),
            **_formats(strings),
        )
        return environment, desk


def _chart(name: str, *given: Any, **named: Any) -> Any:
    """The geometry of a chart. Most pages have none."""
    from generator import charts

    return getattr(charts, name)(*given, **named)


@functools.cache
def _names_in(context: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(context))


def _sit_down(desk: Desk, page: Page) -> None:
    """Puts the page on the desk that the functions of its environment look at."""
    desk.url, desk.language = page.url, page.language
    desk.folder = page.url.rpartition("/")[0]
    frame = getattr(page.context, "frame", None)
    desk.tags = frame.site.language_tags if frame else {}
    desk.fills = getattr(page.context, "fills", {})
    address = _served_anywhere(page)
    desk.root = urlsplit(address).path + "/" if address else None


def _served_anywhere(page: Page) -> str:
    """Where the site is published, for a page that is served at addresses it does not know."""
    match page.context:
        case NotFoundContext(frame=frame):
            return frame.site.address
        case TreeContext(missing=True, address=address):
            return address
    return ""


def _formats(strings: Strings) -> dict[str, object]:
    """Filters for figures and dates. What they make of a literal in a template is the language's,
    and `pass_context` keeps Jinja2 from working it out when it compiles, which is done once for
    all languages."""

    @functools.cache
    def date(day: datetime.date) -> Markup:
        words = escape(strings.date(day))
        return Markup(f'<time datetime="{day.isoformat()}">{words}</time>')

    def duration(value: Duration) -> str:
        return strings.amount(value.amount, value.unit)

    def quantity(value: Quantity, signed: bool = False) -> str:
        return strings.amount(value.amount, value.unit, signed)

    @pass_context
    def number(_: object, value: int | float | Decimal) -> str:
        return strings.number(value)

    def percent(value: int | None) -> str:
        return "–" if value is None else strings.amount(Decimal(value), "%")

    return {
        "date": date,
        "date_text": strings.date,
        "date_as": strings.date_as,
        "day": datetime.date.fromisoformat,
        "language": strings.language,
        "percent": percent,
        "duration": duration,
        "quantity": quantity,
        "number": number,
    }


def _render_error(template: str, error: Exception) -> RenderError:
    if isinstance(error, TemplateSyntaxError):
        return RenderError(error.filename or template, error.lineno, str(error.message))
    frames = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if f.filename.endswith((".html", ".xml"))
    ]
    where, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (template, 1)
    if isinstance(error, TemplateNotFound):
        return RenderError(where, line, f"there is no template {error.name}")
    if isinstance(error, RecursionError):
        return RenderError(where, line, "the template builds on itself")
    if isinstance(error, UnicodeDecodeError):
        return RenderError(where, line, "the text is not UTF-8")
    return RenderError(where, line, f"{type(error).__name__}: {error}")


def _static_files(folders: Sequence[Path]) -> Iterator[StaticFile]:
    styles = b"".join(path.read_bytes() for path in _found(folders, "static/css", "*.css"))
    yield _hashed(STYLES, styles)
    for name, folder in SCRIPTS.items():
        script = b"".join(path.read_bytes() for path in _found(folders, f"static/{folder}", "*.js"))
        yield _hashed(name, _packed(script))
    for path in _found(folders, "static", "*.*"):
        yield _hashed(path.name, path.read_bytes())


def _packed(script: bytes) -> bytes:
    """A script without indentation, empty lines and lines of comment: readers pay for each."""
    return re.sub(rb"(?m)^[ \t]*(?:(?://.*)?\n)?", b"", script)


def _found(folders: Sequence[Path], place: str, pattern: str) -> list[Path]:
    """Files by name, in the order of their names; of two with one name, the first folder's."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in (folder / place).glob(pattern):
            if path.is_file():
                found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def _hashed(name: str, content: bytes) -> StaticFile:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return StaticFile(name, f"static/{stem}.{digest}.{suffix}", content)
