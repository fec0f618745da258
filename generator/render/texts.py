"""Words, prose and bodies to HTML, in the language of the page that shows them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.link.contexts import Fill
from generator.markdown import Link
from generator.model import Entry
from generator.model.fields import Prose, Words
from generator.render.engine import escaped, markup

_COLON = re.compile(r"(?<=：)|(?<=: )")


def _whole(text: str) -> str:
    """The HTML of `text`; its words with hyphens are phrases, so that they stay together."""
    if "-" not in text:
        return escaped(text)
    return " ".join(
        _phrase(escaped(word)) if "-" in word[1:-1] and word.isascii() else escaped(word)
        for word in text.split(" ")
    )


def _phrase(html: str) -> str:
    return f'<span class="phrase">{html}</span>'


@dataclass(slots=True)
class Desk:
    """The page that is being rendered: what links are relative to, and what language it is in."""

    url: str = ""
    folder: str = ""
    language: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[Link, Fill] = field(default_factory=dict)
    root: str | None = None
    """Where links begin on a page that is served at any address; None: they are relative."""

    def href(self, url: str) -> str:
        """A link from this page to `url`, which is relative to the root of the site."""
        path, mark, anchor = url.partition("#")
        if self.root is not None:
            return self.root + quote(path) + mark + anchor
        if mark and path == self.url:
            return mark + anchor
        return _relative(self.folder, path) + mark + anchor

    def words(self, words: str) -> Markup:
        """One line of text; marked where it is in another language than the page."""
        return self._marked(escaped(str(words)), getattr(words, "language", ""), "span")

    def heading(self, words: str) -> Markup:
        """The same for a heading: it breaks after a colon first, and at no hyphen if it can."""
        text, language = str(words), getattr(words, "language", "")
        first, *rest = _COLON.split(text, maxsplit=1)
        phrases = "".join(_phrase(_whole(part)) for part in rest if part)
        return self._marked(markup(f"{_whole(first)}{phrases}"), language, "span")

    def phrase(self, prose: Prose) -> Markup:
        """Prose for places that may hold phrases or blocks, such as list items."""
        html = self._html(prose)
        return self._marked(html, prose.language, "span" if prose.body.inline else "div")

    def prose(self, prose: Prose) -> Markup:
        """Prose as blocks."""
        html = self._html(prose)
        return self._marked(f"<p>{html}</p>" if prose.body.inline else html, prose.language, "div")

    def body_html(self, entry: Entry) -> Markup:
        """The Markdown body of an entry."""
        if entry.body is None:
            return Markup()
        return self._marked(entry.body.html(self._fill), entry.body_language, "div")

    def _html(self, prose: Prose) -> str:
        return prose.body.html(self._fill)

    def _marked(self, html: str, language: str, element: str) -> Markup:
        if not language or language == self.language:
            return markup(html)
        tag = escape(self.tags.get(language, language))
        return Markup(f'<{element} lang="{tag}">{html}</{element}>')

    def _fill(self, link: Link) -> str:
        fill = self.fills.get(link)
        if fill is None or not fill.url:
            return ""
        if not link.image:
            return f' href="{escape(self.href(fill.url))}"'
        size = (
            "" if link.sized or not fill.width else f' width="{fill.width}" height="{fill.height}"'
        )
        return f' src="{escape(self.href(fill.url))}"{size} loading="lazy" decoding="async"'


@functools.lru_cache(maxsize=65536)
def _relative(folder: str, path: str) -> str:
    """Kept, because the pages of a folder link to the same places over and over."""
    here, (*there, name) = folder.split("/") if folder else [], path.split("/")
    both = zip(here, there, strict=False)
    shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], both))
    return quote("/".join([*[".."] * (len(here) - shared), *there[shared:], name]))


def plain(text: Words | Prose | str) -> str:
    """A text without markup, for attributes."""
    return text.body.plain if isinstance(text, Prose) else str(text)
