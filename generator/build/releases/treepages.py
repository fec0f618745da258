"""The root of a tree and its aliases: what they hold, worked out from the list of versions.

Takes what is published now, the list as it is to be, and sites that come or go; gives the Change.
All pages of the tree itself are made anew each time, so that they follow from the list alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.build.releases.treeroot import Root
from generator.build.strings import REFERENCE, words_for, words_in
from generator.link import Page
from generator.link.contexts import AliasContext, Alternate, SitemapContext
from generator.render import Renderer, Strings
from generator.versions import (
    CNAME,
    MANIFEST,
    RELEASE,
    SITE_MANIFEST,
    VERSIONS,
    VERSIONS_SCRIPT,
    Built,
    Change,
    Refused,
    Stand,
    Version,
    Versions,
    as_json,
    manifest_text,
    names_in,
    read_built,
)

_ASSETS = ("site.css", "icon.svg", "theme.js", "root.js", "onward.js")
"""The static files that the tree's own pages use."""
_INNER = ("search/", "static/", "release.", "sitemap.xml", ".")
"""Files that only a site's own pages ask for: an alias does without them."""
_NO_JEKYLL = ".nojekyll"
_SHARED = (CNAME, _NO_JEKYLL)
"""Files that people make as well, and that stay what they are."""


@dataclass(frozen=True)
class Next:
    """A tree as it is going to be."""

    now: Stand
    versions: Versions
    templates: tuple[Path, ...]
    comes: Mapping[str, Path] = field(default_factory=dict)
    """Sites that come, by their folder in the tree."""
    goes: frozenset[str] = frozenset()
    """Folders of sites that go, or make way for one that comes."""
    cname: str = ""
    """The host name for the tree; "" leaves what there is."""

    def read(self, folder: str, name: str) -> bytes | None:
        """A file of a site as it is going to be."""
        if source := self.comes.get(folder):
            return (source / name).read_bytes() if (source / name).is_file() else None
        return None if folder in self.goes else self.now.read(f"{folder}/{name}")

    @cached_property
    def former(self) -> Mapping[str, str]:
        """What the tree's manifest names now."""
        return names_in(self.now.read(MANIFEST)) or {}

    @cached_property
    def sites(self) -> Mapping[str, str]:
        """The manifests of all sites, with their digests."""
        end = f"/{SITE_MANIFEST}"
        kept = {
            name: digest
            for name, digest in self.former.items()
            if name.endswith(end) and name.removesuffix(end) not in self.goes
        }
        for folder in self.comes:
            kept[folder + end] = _digest(self.read(folder, SITE_MANIFEST) or b"")
        return kept

    def built(self, version: Version) -> Built:
        """What a version says about itself. Raises Refused."""
        found = read_built(self.read(version.name, RELEASE))
        if found is None:
            raise Refused(
                f"{version.name}/{RELEASE} is missing or cannot be read",
                f"take it from a backup, or release {version.name} again with --replace",
            )
        return found

    def change(self, message: str) -> Change:
        """All that has to be written. Raises Refused."""
        made = _Pages(self)
        files = dict(made.files())
        linked, digests = {}, {name: _digest(content) for name, content in files.items()}
        for name, origin, digest in made.linked():
            linked[name], digests[name] = origin, digest
        files[MANIFEST] = manifest_text({**digests, **self.sites})
        left = [n for n in self.former if n not in digests and not n.endswith(f"/{SITE_MANIFEST}")]
        change = Change(
            message,
            removed=(*(f"{folder}/" for folder in sorted(self.goes)), *left),
            folders=self.comes,
            files=files,
            linked=linked,
        )
        self._check_way(change)
        return change

    def _check_way(self, change: Change) -> None:
        """Raises Refused where somebody's own file or folder is in the way."""
        ours = {*self.former, MANIFEST, *_SHARED}
        coming = tuple(f"{folder}/" for folder in self.comes)
        for name in self.now.names():
            if change.takes(name):
                continue
            new = name in change.files or name in change.linked
            if (new and name not in ours) or name.startswith(coming):
                raise Refused(f"{name} is in the way, and we did not write it", "move it away")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class _Pages:
    """The files of the tree itself."""

    next: Next
    _manifests: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """What has been read, by version."""

    @cached_property
    def current(self) -> tuple[Version, Built] | None:
        """The default version."""
        version = self.next.versions.current
        return (version, self.next.built(version)) if version else None

    @cached_property
    def aliased(self) -> Sequence[tuple[Version, Built]]:
        """The versions that have aliases."""
        listed = self.next.versions.listed
        return [(version, self.next.built(version)) for version in listed if version.aliases]

    @cached_property
    def words(self) -> Mapping[str, Strings]:
        """Of all languages that are needed; of all that there are where nothing is released."""
        known = [built for _, built in (*self.aliased, *([self.current] if self.current else []))]
        tags = {each.code: each.tag for built in known for each in built.languages}
        every = {} if tags else {code: code for code in words_for("version", self.next.templates)}
        return words_in(tags or every, self.next.templates)

    @cached_property
    def renderer(self) -> Renderer:
        """For all languages that are needed."""
        return Renderer(self.next.templates, self.words)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Addresses and contents."""
        text = as_json(self.next.versions)
        yield VERSIONS, f"{text}\n".encode()
        yield VERSIONS_SCRIPT, f"pbVersions({text});\n".encode()
        yield _NO_JEKYLL, b""
        if host := f"{self.next.cname}\n".encode().strip() or self.next.now.read(CNAME):
            yield CNAME, host
        for file in self.renderer.static_files:
            if file.name in _ASSETS:
                yield file.url, file.content
        for page in (*self._root(), *self._aliases()):
            yield page.url, self.renderer.render(page)

    def linked(self) -> Iterator[tuple[str, str, str]]:
        """Data files below aliases, such as feeds: address, the one that has the same bytes, and
        their digest."""
        for version, _ in self.aliased:
            for name, digest in self._named(version).items():
                if not name.endswith(".html") and not name.startswith(_INNER):
                    for alias in version.aliases:
                        yield f"{alias}/{name}", f"{version.name}/{name}", digest

    def _named(self, version: Version) -> Mapping[str, str]:
        """The files of a version, with their digests. Raises Refused."""
        if version.name in self._manifests:
            return self._manifests[version.name]
        named = names_in(self.next.read(version.name, SITE_MANIFEST))
        if named is None:
            raise Refused(
                f"{version.name}/{SITE_MANIFEST} is missing or cannot be read",
                f"take it from a backup, or release {version.name} again with --replace",
            )
        self._manifests[version.name] = named
        return named

    def _root(self) -> Iterator[Page]:
        version, built = self.current or (None, None)
        root = Root(self.next.versions, built, self.words, self._has)
        first = built.languages[0].code if built else REFERENCE
        yield _page("index.html", "tree.html", first, root.page())
        if version and built and built.address:
            yield _page("404.html", "tree.html", first, root.page(missing=True))
            mapped = SitemapContext(built.address, tuple(_mapped(version, built)))
            yield _page("sitemap.xml", "sitemap.xml", first, mapped)

    def _has(self, version: Version, name: str) -> bool:
        return name in self._named(version)

    def _aliases(self) -> Iterator[Page]:
        """A page for every page of any version, so that no address below an alias is ever lost."""
        every = sorted({name for each in self.next.versions.listed for name in self._pages(each)})
        for version, built in self.aliased:
            known = frozenset(self._pages(version))
            languages = {language.code: language for language in built.languages}
            for name in every:
                language = languages.get(name.partition("/")[0], built.languages[0])
                target = f"{version.name}/{_nearest(name, known)}"
                for alias in version.aliases:
                    context = AliasContext(
                        language.tag, language.title, alias, version.title, target, built.address
                    )
                    yield _page(f"{alias}/{name}", "alias.html", language.code, context)

    def _pages(self, version: Version) -> list[str]:
        return [n for n in self._named(version) if n.endswith(".html") and n != "404.html"]


def _page(url: str, template: str, language: str, context: Any) -> Page:
    return Page(url, f"pages/{template}", language, lambda: context)


def _nearest(name: str, known: frozenset[str]) -> str:
    """The page, or where there is none, the nearest list above it."""
    while name not in known and name != "index.html":
        folders = name.split("/")[:-1]
        if name.endswith("/index.html"):
            folders.pop()
        name = "/".join([*folders, "index.html"])
    return name


def _mapped(version: Version, built: Built) -> Iterator[tuple[str, tuple[Alternate, ...]]]:
    """The pages of a version for search engines, each with its other languages."""
    moved = frozenset(built.moved)
    for page in built.pages:
        if page in moved:
            continue
        others = tuple(
            Alternate(each.code, each.tag, each.name, f"{version.name}/{each.code}/{page}.html")
            for each in built.languages
        )
        for other in others:
            yield other.url, others
