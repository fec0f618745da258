"""What each page is made of, in digests: which pages have to be rendered, and why.

A page is a function of its context, of the templates that it goes through, of the words of its
language and of the addresses of styles and scripts. Mostly it takes no context to tell that it is
the same: what all pages see of the playbook is, and so are the entries that this one shows whole.
Otherwise the context is made, and its *fields* are digested one by one.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from generator.build.memory.former import Former, Mark
from generator.cache import SIZE, Digester, Known
from generator.link import Page
from generator.link.contexts import Alternate, Fill, Frame, Use
from generator.markdown import Heading
from generator.markdown import Link as MarkdownLink
from generator.model import Entry, Library
from generator.render import Renderer, Strings
from generator.staleness import Freshness, Week

if TYPE_CHECKING:
    from generator.changes.news import News


_PASSING = frozenset({Alternate, Fill, Frame, Heading, MarkdownLink, Use})
"""What each page has its own of."""


@dataclass(frozen=True)
class Ingredients:
    """All that pages are made of."""

    library: Library
    showing: Callable[[Set[str]], Set[str]]
    """Gives the ids of the entries whose pages may show what some entries look like."""
    freshness: Freshness
    judged: str
    """The digest of all verdicts."""
    trend: tuple[Week, ...]
    news: News | None
    """What changed since a former playbook."""
    shown_as: tuple[str, ...]
    """How the site differs from the one that is published."""
    renderer: Renderer
    strings: Mapping[str, Strings]
    documents: Mapping[str, str]
    """Digests of playbook.yml and its like, by path."""
    generator: str
    """The digest of the generator's code."""
    known: Known = field(default_factory=dict)
    """Digests of values that an earlier build of this process had, too."""

    @cached_property
    def seen(self) -> str:
        """The digest of what pages see of the playbook."""
        faces = "\n".join(each.face for each in self.library.outlines.values())
        return self.digester.of([self.common, faces])

    @cached_property
    def common(self) -> str:
        """The same, whatever entries look like."""
        library, freshness = self.library, self.freshness
        # In their order, which a title may change.
        places = "\n".join(f"{each.id} {each.place}" for each in library.outlines.values())
        paths = "\n".join(f"{path} {name}" for path, name in library.ids_by_path.items())
        editions = [(edition.code, edition.tag) for edition in library.editions]
        kinds = [(kind.name, kind.folder) for kind in library.kinds]
        told = [
            freshness.today,
            self.judged,
            freshness.history,
            self.trend,
            self.news,
            self.shown_as,
        ]
        found = [(p.rule.code, p.location, p.message, p.hint) for p in freshness.problems]
        files = [library.assets, paths, self.documents]
        return self.digester.of([places, editions, kinds, told, self.shown_as, found, files])

    @cached_property
    def digester(self) -> Digester:
        """Takes an entry for the digest of its files and its language."""
        return Digester({Entry: self._entry}, self.known, _PASSING)

    def _entry(self, entry: Entry) -> bytes:
        return f"{self.library.outlines[entry.id].digest} {entry.language}".encode()

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The digest of the interface words of each language."""
        return {
            code: self.digester.of([str(words.locale), words.words])
            for code, words in self.strings.items()
        }

    @property
    def taken_by_search(self) -> str:
        """The digest of what the search takes from elsewhere than entries."""
        words = [self.words[edition.code] for edition in self.library.editions]
        return self.digester.of([self.documents, words])

    @cached_property
    def _statics(self) -> list[str]:
        return [file.url for file in self.renderer.static_files]

    @cached_property
    def _bases(self) -> dict[tuple[str, str, tuple[str, ...]], str]:
        return {}

    def base(self, page: Page) -> str:
        """The digest of what a page is made of besides its context."""
        key = page.template, page.language, page.also_in
        if key not in self._bases:
            template = self.renderer.closure(page.template) if page.template else ()
            words = [self.words[code] for code in (page.language, *page.also_in)]
            made = [self.generator, template, words, self._statics]
            self._bases[key] = self.digester.of(made)
        return self._bases[key]

    def same_since(self, former: Former) -> Callable[[Page], bool]:
        """Tells of a page whether it certainly shows the same as in a former site."""
        if former.common != self.common:
            return lambda page: False
        outlines = self.library.outlines.values()
        others = {each.id for each in outlines if former.entries.get(each.id) != each.digest}
        faces = {each.id for each in outlines if former.faces.get(each.id) != each.face}
        if not faces:
            return lambda page: others.isdisjoint(page.shows)
        near = self.showing(faces)

        def is_same(page: Page) -> bool:
            if page.entry:
                far = page.entry not in near
            else:
                far = page.lists is not None and faces.isdisjoint(page.lists)
            return far and others.isdisjoint(page.shows)

        return is_same

    def fields(self, page: Page) -> bytes:
        """The digests of the fields of its context."""
        return self.digester.fields_of(page.context)


def reason(page: Page, mark: Mark | None, fields: bytes, of: Ingredients) -> str:
    """Why a page is rendered, for people."""
    if mark is None:
        return "new"
    if mark.base != of.base(page):
        return "templates, interface words or the generator changed"
    changed = [
        name
        for name, at in zip(_names(page.context), itertools.count(0, SIZE), strict=False)
        if fields[at : at + SIZE] != mark.fields[at : at + SIZE]
    ]
    if not changed:
        return "its file in the output is missing or was changed"
    return "changed: " + ", ".join(changed)


def _names(context: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(context)]
