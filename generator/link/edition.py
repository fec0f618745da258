"""One edition with its neighbours looked up: the cards, owners, tags and uses that pages show."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from generator.link.addresses import (
    asset_url,
    entry_url,
    feed_url,
    list_url,
    named_list_url,
    news_url,
    page_url,
)
from generator.link.authoring import PUBLISHED, Authoring
from generator.link.contexts import Card, Fill, Owner, Part, Section, Site, Tag, Use
from generator.link.scores import Mark
from generator.markdown import Link
from generator.model import Edition, Entry, Library, Outline
from generator.model.outline import companies
from generator.model.people import Person
from generator.model.target import resolve
from generator.staleness import Item, Judge, State, subject_of

if TYPE_CHECKING:
    from generator.changes.news import News
    from generator.versions import Release

MAX_USES = 40
MAX_NEIGHBOURS = 15
MAX_COMPANIONS = 9


@dataclass(frozen=True)
class Shelf:
    """An edition, ready to be linked."""

    library: Library
    edition: Edition
    judge: Judge
    items: Mapping[str, Item]
    """Every entry with its verdict, by id."""
    news: News | None = None
    """What changed since a former playbook, where there is one to compare with."""
    authoring: Authoring = PUBLISHED
    release: Release | None = None
    """Where the site stands among versions; None if it stands alone."""

    def again(self, library: Library, authoring: Authoring) -> Shelf:
        """The same shelf of a playbook in which only texts are other ones that no list, card or
        address is made of: what was looked up holds again."""
        edition = next(each for each in library.editions if each.code == self.code)
        made = replace(self, library=library, edition=edition, authoring=authoring)
        _ = self.users  # takes longest: looked up here, it is here the next time, too
        fields = vars(made).keys()
        vars(made).update({name: it for name, it in vars(self).items() if name not in fields})
        return made

    @property
    def code(self) -> str:
        return self.edition.code

    @property
    def today(self) -> datetime.date:
        return self.judge.today

    @cached_property
    def site(self) -> Site:
        """What all pages of the edition share."""
        settings = self.edition.settings
        address, canonical = _addresses(settings.address or "", self.release)
        return Site(
            code=self.code,
            tag=self.edition.tag,
            title=settings.title,
            description=settings.description,
            time_zone=settings.time_zone,
            today=self.today,
            address=address,
            home=page_url(self.code, "index"),
            find=page_url(self.code, "find"),
            tags=list_url(self.code, "tags"),
            people=list_url(self.code, "people"),
            freshness=page_url(self.code, "freshness"),
            changes=page_url(self.code, "changes") if self.news else "",
            news=news_url(self.code) if self.news else "",
            known_as=str(self.library.source.settings.title),
            feeds=self._feeds,
            repository=settings.repository.url if settings.repository else "",
            language_tags={edition.code: edition.tag for edition in self.library.editions},
            sections=tuple(
                Section(kind.name, list_url(self.code, kind.folder), len(shown))
                for kind in self.library.kinds
                if (shown := self.by_kind.get(kind.name, ()))
            ),
            cadences={name: tier.cadence for name, tier in settings.tiers},
            release=self.release,
            canonical=canonical,
        )

    @property
    def _feeds(self) -> Mapping[str, str]:
        """Feeds need full addresses, and moments that the history vouches for."""
        if not (self.news and self.news.moment and self.edition.settings.address):
            return {}
        names = ("", *(kind.name for kind in self.library.kinds if kind.name in self.by_kind))
        return {name: feed_url(self.code, name) for name in names}

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """The entries that have a page, in short."""
        shows = self.authoring.shows
        return {i: each for i, each in self.library.outlines.items() if shows(each.status)}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """All entries, drafts included."""
        return self.edition.entries

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of entries with a page, by the name of their kind."""
        return self._grouped(lambda each: (each.kind,))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each entry in its section."""
        return {i: n for section in self.by_kind.values() for n, i in enumerate(section)}

    @cached_property
    def companies(self) -> Mapping[str, tuple[str, ...]]:
        """For each entry that is not drawn alone, those that may be drawn with it, itself
        included, at most `MAX_COMPANIONS`."""
        return {
            identity: _window(group, at, MAX_COMPANIONS)
            for group in companies(self.outlines)
            for at, identity in enumerate(group)
        }

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every entry, drafts included, as other pages show it."""
        return _Cards(self)

    def card_of(self, entry: Entry) -> Card:
        """The card of an entry, made anew."""
        data = entry.data
        return Card(
            id=entry.id,
            kind=entry.kind,
            title=data.title,
            summary=data.summary,
            url=entry_url(self.code, entry.id) if self.authoring.shows(data.status) else "",
            status=data.status,
            verdict=self.items[entry.id].verdict,
            behind=entry.behind,
            owner=self.owners[data.owner],
            group=data.group,
        )

    def claim_marks(self, entry: Entry) -> Mapping[str, Mark]:
        """The state of each claim of an entry; one without a date that can count has no days."""
        known = {claim.id: days for claim, days in self.judge.claim_days(subject_of(entry))}
        return {
            claim.id: Mark(days.state(self.today), days)
            if (days := known.get(claim.id)) and (claim.checked.day or self.today) <= self.today
            else Mark(State.NEVER)
            for claim in entry.data.claims
        }

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """People and groups by id."""
        return {
            owner.id: Owner(
                id=owner.id,
                name=owner.name,
                title=owner.title if isinstance(owner, Person) else None,
                url=named_list_url(self.code, "people", owner.id),
                email=owner.email if isinstance(owner, Person) else None,
                group=not isinstance(owner, Person),
            )
            for owner in self.edition.owners.values()
        }

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of entries by the id of their owner."""
        return self._grouped(lambda each: (each.owner,))

    @cached_property
    def tagged(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of entries by tag."""
        return self._grouped(lambda each: each.tags)

    def _grouped(self, keys: Callable[[Outline], Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, list[str]] = {}
        for each in self.outlines.values():
            for key in keys(each):
                groups.setdefault(key, []).append(each.id)
        return {key: tuple(ids) for key, ids in groups.items()}

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """Tags that at least one entry carries, by id."""
        return {
            name: Tag(name, title, named_list_url(self.code, "tags", name), len(self.tagged[name]))
            for name, title in self.edition.settings.tags.items()
            if name in self.tagged
        }

    @cached_property
    def users(self) -> Mapping[str, Sequence[str]]:
        """For each entry, the ids of those that refer to it."""
        found: dict[str, list[str]] = {}
        lead, code = self.library.ids_by_path.get, self.code
        for each in self.outlines.values():
            for target in {*each.targets, *map(lead, each.leads.get(code, ()))}:
                if target and target != each.id:
                    found.setdefault(target, []).append(each.id)
        return found

    def uses_of(self, identity: str) -> tuple[Use, ...]:
        """Who refers to an entry, and with which parts; at most `MAX_USES`."""
        return tuple(self._use(user, identity) for user in self.users.get(identity, ())[:MAX_USES])

    def _use(self, user: str, target: str) -> Use:
        entry = self.entries[user]
        named = (each for each in entry.references if each.target == target)
        parts = (Part(*part) for each in named if (part := entry.part_at(each.path)))
        return Use(self.cards[user], tuple(dict.fromkeys(parts)))

    def fills_of(self, entry: Entry) -> Mapping[Link, Fill]:
        """What fills the slots of the entry's links."""
        return {link: self._fill(link, entry) for link in entry.links}

    def _fill(self, link: Link, entry: Entry) -> Fill:
        target = resolve(link.target, entry.path)
        if target.problem:
            return Fill("")
        if asset := self.library.assets.get(target.path):
            return Fill(asset_url(asset.path), asset.width, asset.height)
        identity = self.library.ids_by_path.get(target.path) if target.path else entry.id
        url = self.cards[identity].url if identity else ""
        return Fill(f"{url}#{target.anchor}" if url and target.anchor else url)

    def neighbours_of(self, entry: Entry) -> tuple[Card, ...]:
        """A window on the entry's section, so that a page does not grow with the section."""
        section, at = self.by_kind[entry.kind], self.positions[entry.id]
        return tuple(self.cards[i] for i in _window(section, at, MAX_NEIGHBOURS))

    def beside(self, entry: Entry, step: int) -> Card | None:
        """The card before (-1) or after (1) the entry in its section."""
        section, at = self.by_kind[entry.kind], self.positions[entry.id] + step
        return self.cards[section[at]] if 0 <= at < len(section) else None


def _addresses(address: str, release: Release | None) -> tuple[str, str]:
    """Where the site is published, and the address under which search engines are to list it."""
    if release is None or not address:
        return address, ""
    listed = "" if release.preview else f"{address}/{release.alias or release.folder}"
    return f"{address}/{release.folder}", listed


class _Cards(Mapping[str, Card]):
    """Cards by id, each made when it is first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._made: dict[str, Card] = {}

    def __getitem__(self, identity: str) -> Card:
        card = self._made.get(identity)
        if card is None:
            card = self._made[identity] = self._shelf.card_of(self._shelf.entries[identity])
        return card

    def __contains__(self, identity: object) -> bool:
        return identity in self._shelf.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.entries)

    def __len__(self) -> int:
        return len(self._shelf.entries)


def _window(ids: Sequence[str], at: int, size: int) -> tuple[str, ...]:
    """At most `size` of `ids` around position `at`."""
    start = max(0, min(at - size // 2, len(ids) - size))
    return tuple(ids[start : start + size])
