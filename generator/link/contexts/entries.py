"""The contexts of the pages that show entries: one, lists of them, and the home page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.link.contexts.news import NewsItem
from generator.link.contexts.parts import Card, Fill, Frame, Owner, Tag, Use
from generator.link.scores import Mark, Score
from generator.markdown import Heading, Link
from generator.model import Entry
from generator.model.settings import Need
from generator.staleness import Change


@dataclass(frozen=True, slots=True)
class EntryContext:
    """kinds/<kind>.html: the page of an entry."""

    frame: Frame
    entry: Entry
    card: Card
    cards: Mapping[str, Card]
    """Every entry that this one refers to, by id."""
    owner: Owner
    tags: tuple[Tag, ...]
    related: tuple[Card, ...]
    uses: tuple[Use, ...]
    """Who refers to this entry, at most `MAX_USES`."""
    more_uses: int
    """How many there are beyond those."""
    headings: tuple[Heading, ...]
    previous: Card | None
    following: Card | None
    fills: Mapping[Link, Fill]
    """What fills the slots of links in the entry's texts."""
    companions: tuple[Entry, ...]
    """Entries of the same kind that the page shows with this one: stages of the roadmap, roles
    of the team."""
    companion_cards: Mapping[str, Card]
    claim_marks: Mapping[str, Mark]
    """The state of each claim, by its id."""
    builds_on: tuple[Card, ...] = ()
    reviewer: Owner | None = None
    """Who made the last review, where that is somebody who is known."""
    changed: Change | None = None
    """The last change of the content, where the history knows it."""
    csv_url: str = ""
    """The sheet as a file, where there is a sheet."""


@dataclass(frozen=True, slots=True)
class HomeContext:
    """pages/home.html"""

    frame: Frame
    sop: Entry | None
    sop_card: Card | None
    cards: Mapping[str, Card]
    needs: tuple[tuple[Need, tuple[Card, ...]], ...]
    stages: tuple[tuple[Entry, Card], ...]
    tiers: tuple[TierSummary, ...]
    reviewed: tuple[Card, ...]
    """The entries reviewed last, newest first."""
    score: Score
    """Of the whole playbook."""
    changed: tuple[NewsItem, ...] = ()
    """What changed last, facts first, at most `MAX_NEWS`."""
    changed_since: str = ""
    """What the playbook is compared with."""


@dataclass(frozen=True, slots=True)
class TierSummary:
    """A tier of knowledge on the home page."""

    tier: str
    cards: tuple[Card, ...]
    """The items most in need of a review, worst first; at most six."""
    count: int
    worst: Mark
    """The worst state of review among all items of the tier."""


@dataclass(frozen=True, slots=True)
class ListContext:
    """pages/section.html, pages/tag.html, pages/person.html: a list of entries, in pages."""

    frame: Frame
    cards: tuple[Card, ...]
    total: int
    number: int
    """This page of the list, from 1."""
    pages: tuple[str, ...]
    """The addresses of all pages of the list."""
    tag: Tag | None = None
    owner: Owner | None = None
    members: tuple[Owner, ...] = ()
    """Members of a group, or the groups of a person."""
    score: Score | None = None
    """Of all that the owner owns."""
    entries: tuple[Entry, ...] = ()
    """The entries themselves, for sections that draw them together (the roadmap)."""
    shown: Mapping[str, Card] = field(default_factory=dict)
    """What those entries refer to, by id."""


@dataclass(frozen=True, slots=True)
class TagsContext:
    """pages/tags.html"""

    frame: Frame
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class PeopleContext:
    """pages/people.html"""

    frame: Frame
    people: tuple[tuple[Owner, int], ...]
    """Everybody, with the number of entries that they own."""
    groups: tuple[tuple[Owner, int], ...]


@dataclass(frozen=True, slots=True)
class FindContext:
    """pages/find.html: the search, and ways into the playbook for readers without script."""

    frame: Frame
    tags: tuple[Tag, ...]
    """The tags that most entries carry, at most `MAX_TAGS`."""
