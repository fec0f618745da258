"""What templates get: one typed context for each, built from the page's declared inputs alone.

Addresses in here are relative to the root of the site, such as `en/sops/six-step.html`; the
renderer makes them relative to the page. Interface words are not in here: they are the
templates' own.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from generator.link.scores import Mark, Score
from generator.markdown import Heading, Link
from generator.model import Entry
from generator.model.cadence import Cadence
from generator.model.fields import Prose, Words
from generator.model.settings import Need
from generator.model.sheet import Sheet
from generator.problems import Problem
from generator.staleness import Change, State, Verdict, Week

if TYPE_CHECKING:
    from generator.changes.news import Item
    from generator.versions import Language, Release, Version


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as other pages show it."""

    id: str
    kind: str
    title: Words
    summary: Prose
    url: str
    """"" for a draft, which has no page unless drafts are shown."""
    status: str
    verdict: Verdict
    owner: Owner
    behind: bool = False
    """Whether its text in this language is older than its source."""
    group: str = ""
    """What the entry is grouped under in lists: a tool's system, a knowledge item's tier."""

    @property
    def state(self) -> State:
        return self.verdict.state


@dataclass(frozen=True, slots=True)
class Owner:
    """A person or group as pages show them."""

    id: str
    name: Words
    title: Words | None
    url: str
    email: str | None = None
    group: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as pages show it."""

    id: str
    name: Words
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of content in the navigation."""

    kind: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one of the languages, the page's own included."""

    code: str
    tag: str
    name: str
    """The language's name in itself."""
    url: str


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of one language share."""

    code: str
    tag: str
    title: Words
    description: Prose
    time_zone: str
    today: datetime.date
    address: str
    """Where the site is published, without a slash at the end; "" if unknown."""
    home: str
    find: str
    tags: str
    people: str
    freshness: str
    changes: str
    """The page of what is new; "" where there is nothing to compare with."""
    news: str
    """What the script that marks changes loads; "" likewise."""
    known_as: str
    """The playbook's title in the source language, by which browsers remember a visit."""
    feeds: Mapping[str, str]
    """Feeds of changes by kind, and of all kinds under ""; none where they cannot be made."""
    repository: str
    language_tags: Mapping[str, str]
    """The tag of every language by its code, for texts in another language than the page."""
    sections: tuple[Section, ...]
    cadences: Mapping[str, Cadence]
    """The cadence of each tier."""
    release: Release | None = None
    """Where the site stands among versions; None if it stands alone."""
    canonical: str = ""
    """The address under which search engines are to list a release; "" if none is known."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page stands."""

    site: Site
    url: str
    alternates: tuple[Alternate, ...]
    kind: str = ""
    """The section that the page belongs to; "" outside the sections."""
    neighbours: tuple[Card, ...] = ()
    """Entries around this one in its section, itself included, for the navigation."""
    edit_url: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """Where a link or image in a text leads."""

    url: str
    """"" where there is nothing to lead to, such as a draft."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A step, action or rule of an entry, and where it stands on the entry's page."""

    title: Words
    anchor: str


@dataclass(frozen=True, slots=True)
class Use:
    """An entry that refers to another, with those of its parts that do."""

    card: Card
    parts: tuple[Part, ...] = ()


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
class Day:
    """A day of the calendar."""

    date: datetime.date
    cards: tuple[Card, ...]
    """What is due on it, at most `MAX_OF_DAY`."""
    more: int
    """How many there are beyond those."""
    worked: bool
    name: str
    """Of the holiday or make-up day; "" for any other day."""


@dataclass(frozen=True, slots=True)
class FreshnessContext:
    """pages/freshness.html: how much of the playbook can be trusted, and what to review next."""

    frame: Frame
    score: Score
    tiers: tuple[tuple[str, Score], ...]
    """By tier; "" for entries that have none."""
    owners: tuple[tuple[Owner, Score], ...]
    more_owners: int
    rows: tuple[Card, ...]
    """The most urgent of all that is checked, worst first, at most `MAX_ROWS`."""
    cards: Mapping[str, Card]
    """What the reasons of these rows name, by id."""
    calendar: tuple[tuple[Day, ...], ...]
    """Weeks of seven days, from Monday."""
    weeks: tuple[Week, ...]
    """The completion in the weeks before, the oldest first."""
    history: str
    """Why the history is not known; "" where it is."""
    findings: tuple[Problem, ...]
    """What the commits say about how reviews were recorded."""
    more_findings: int


@dataclass(frozen=True, slots=True)
class FindContext:
    """pages/find.html: the search, and ways into the playbook for readers without script."""

    frame: Frame
    tags: tuple[Tag, ...]
    """The tags that most entries carry, at most `MAX_TAGS`."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """An entry that changed, as pages show it."""

    item: Item
    url: str
    """"" for one that has no page any more."""
    day: datetime.date | None
    """When it was changed last, where the history knows."""


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


@dataclass(frozen=True, slots=True)
class NotFoundContext:
    """pages/not-found.html: served for addresses that do not exist."""

    frame: Frame


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
class TreeContext:
    """pages/tree.html: the root of a tree of versions, and its error page."""

    tag: str
    """The language of the page."""
    title: str
    languages: tuple[Language, ...]
    """Those of the default version, the page's own first; none where nothing is released."""
    home: str
    """The folder of the default version."""
    versions: tuple[tuple[Version, Prose | None], ...]
    """All versions, the newest first, each with its notes."""
    default: str
    """The name of the default version."""
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
