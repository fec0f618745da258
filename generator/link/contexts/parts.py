"""What pages show of entries, people and places in the site: the parts that contexts share."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.model.cadence import Cadence
from generator.model.fields import Prose, Words
from generator.staleness import State, Verdict

if TYPE_CHECKING:
    from generator.versions import Release


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

    def around(self, kind: str) -> tuple[tuple[Section, ...], Section | None, tuple[Section, ...]]:
        """The section of a kind, with those before and those after it; before none are all."""
        names = [section.kind for section in self.sections]
        if kind not in names:
            return self.sections, None, ()
        at = names.index(kind)
        return self.sections[:at], self.sections[at], self.sections[at + 1 :]


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
