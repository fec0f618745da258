"""The contexts of what is new: the page and its feeds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.link.contexts.parts import Frame, Site
from generator.model.fields import Words

if TYPE_CHECKING:
    from generator.changes.news import Item


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An entry that changed, as pages show it."""

    item: Item
    url: str
    """"" for one that has no page any more."""
    day: datetime.date | None
    """When it was changed last, where the history knows."""
    title: Words
    """The title of the item, in the language in which this edition shows it."""


@dataclass(frozen=True, slots=True)
class NewsRound:
    """What one comparison found."""

    since: str
    until: str
    """"" for the site itself."""
    kinds: tuple[tuple[str, tuple[NewsItem, ...]], ...]
    count: int
    more: int
    """How many there are beyond those shown."""


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """pages/changes.html: what is new."""

    frame: Frame
    rounds: tuple[NewsRound, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A change in a feed."""

    id: str
    url: str
    item: Item
    since: str


@dataclass(frozen=True, slots=True)
class FeedContext:
    """pages/changes.xml: a feed of changes, with full addresses."""

    site: Site
    address: str
    url: str
    page: str
    kind: str
    """The kind whose changes are listed; "" for all."""
    updated: str
    entries: tuple[FeedEntry, ...]
