"""The contexts of pages that lead elsewhere, and of files beside the pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.link.contexts.parts import Alternate, Frame, Site
from generator.model.fields import Prose, Words
from generator.model.sheet import Sheet

if TYPE_CHECKING:
    from generator.versions import Language


@dataclass(frozen=True, slots=True)
class NotFoundContext:
    """pages/not-found.html: served for addresses that do not exist, to readers of any language."""

    frame: Frame
    others: tuple[Site, ...]
    """The site in each language but that of the frame."""


@dataclass(frozen=True, slots=True)
class RedirectContext:
    """pages/redirect.html: a former address."""

    frame: Frame
    target: str
    title: Words


@dataclass(frozen=True, slots=True)
class RootContext:
    """pages/root.html: sends readers to the edition in their language."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class SheetContext:
    """A sheet as CSV."""

    sheet: Sheet


@dataclass(frozen=True, slots=True)
class SitemapContext:
    """pages/sitemap.xml: full addresses of all pages, with their languages."""

    address: str
    pages: tuple[tuple[str, tuple[Alternate, ...]], ...]


@dataclass(frozen=True, slots=True)
class TreeVersion:
    """A version in the list at the root of a tree, in the words of one language."""

    url: str
    """Where it begins, in this language if it has it."""
    title: str
    day: str
    """Of the release, such as 2026-11-23; "" if unknown."""
    date: str
    """The same as people write it."""
    state: str
    """What is to be known of it, such as that it is retired; "" for nothing."""
    current: bool
    notes: Prose | None


@dataclass(frozen=True, slots=True)
class TreePart:
    """What the root of a tree, or its error page, says in one language."""

    code: str
    tag: str
    heading: str
    lead: str
    """What follows the heading; "" for nothing."""
    listed: str
    """The heading of the list of versions."""
    versions: tuple[TreeVersion, ...]
    """All versions, the newest first."""


@dataclass(frozen=True, slots=True)
class TreeContext:
    """pages/tree.html: the root of a tree of versions, and its error page, in every language."""

    tag: str
    """The language of the page."""
    title: str
    parts: tuple[TreePart, ...]
    """The page's own language first."""
    headings: tuple[tuple[str, str], ...]
    """The different headings of the parts, each with the tag of its language."""
    languages: tuple[Language, ...]
    """Those of the default version; none where nothing is released."""
    home: str
    """The folder of the default version."""
    address: str
    """Where the tree is published; "" if unknown."""
    missing: bool = False
    """Whether this is the page for addresses that do not exist."""


@dataclass(frozen=True, slots=True)
class AliasContext:
    """pages/alias.html: an address below an alias, which leads to the version's page."""

    tag: str
    title: str
    alias: str
    version: str
    target: str
    address: str
    """Where the tree is published; "" if unknown."""
