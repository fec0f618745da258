"""One edition with its neighbours looked up: the cards, owners, tags and uses that pages show."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel import Locale

from generator.link.addresses import asset_url, entry_url, list_url, named_list_url, page_url
from generator.link.contexts import Alternate, Card, Fill, Owner, Part, Section, Site, Tag, Use
from generator.link.scores import Mark
from generator.markdown import Link
from generator.model import Edition, Entry, Library
from generator.model.fields import Model, Words
from generator.model.people import Person
from generator.model.target import resolve
from generator.staleness import Item, Judge, State, subject_of
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
    release: Release | None = None
    """Where the site stands among versions; None if it stands alone."""

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

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The entries that have a page."""
        return {i: e for i, e in self.edition.entries.items() if e.data.status != "draft"}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries with a page, by the name of their kind."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            groups.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in groups.items()}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The position of each entry in its section."""
        return {e.id: n for entries in self.by_kind.values() for n, e in enumerate(entries)}

    @cached_property
    def companies(self) -> Mapping[str, tuple[Entry, ...]]:
        """For each entry that is not drawn alone, those that may be drawn with it, itself
        included, at most `MAX_COMPANIONS`."""
        groups: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.data.company is not None:
                groups.setdefault((entry.kind, entry.data.company), []).append(entry)
        return {
            entry.id: _window(group, at, MAX_COMPANIONS)
            for group in groups.values()
            for at, entry in enumerate(group)
        }

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """Every entry, drafts included, as other pages show it."""
        return {entry.id: self._card(entry) for entry in self.edition.entries.values()}

    def _card(self, entry: Entry) -> Card:
        data = entry.data
        return Card(
            id=entry.id,
            kind=entry.kind,
            title=data.title,
            summary=data.summary,
            url=entry_url(self.code, entry.id) if data.status != "draft" else "",
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
    def owned(self) -> Mapping[str, tuple[Card, ...]]:
        """Cards by the id of their owner."""
        return self._grouped(lambda entry: (entry.data.owner,))

    @cached_property
    def tagged(self) -> Mapping[str, tuple[Card, ...]]:
        """Cards by tag."""
        return self._grouped(lambda entry: entry.data.tags)

    def _grouped(self, keys: Any) -> Mapping[str, tuple[Card, ...]]:
        groups: dict[str, list[Card]] = {}
        for entry in self.entries.values():
            for key in keys(entry):
                groups.setdefault(key, []).append(self.cards[entry.id])
        return {key: tuple(cards) for key, cards in groups.items()}

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """Tags that at least one entry carries, by id."""
        return {
            name: Tag(name, title, named_list_url(self.code, "tags", name), len(self.tagged[name]))
            for name, title in self.edition.settings.tags.items()
            if name in self.tagged
        }

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """For each entry, who refers to it."""
        found: dict[str, list[Use]] = {}
        for entry in self.entries.values():
            for target, parts in self._named_by(entry).items():
                use = Use(self.cards[entry.id], tuple(dict.fromkeys(parts)))
                found.setdefault(target, []).append(use)
        return {target: tuple(uses) for target, uses in found.items()}

    def _named_by(self, entry: Entry) -> Mapping[str, list[Part]]:
        """The entries that `entry` refers to, each with the parts that do."""
        named: dict[str, list[Part]] = {}
        for reference in entry.references:
            parts = named.setdefault(reference.target, [])
            if part := _part(entry, reference.path):
                parts.append(part)
        for link in entry.links:
            target = self.library.ids_by_path.get(resolve(link.target, entry.path).path)
            if target is not None:
                named.setdefault(target, [])
        named.pop(entry.id, None)
        return named

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
        return tuple(self.cards[e.id] for e in _window(section, at, MAX_NEIGHBOURS))

    def beside(self, entry: Entry, step: int) -> Card | None:
        """The card before (-1) or after (1) the entry in its section."""
        section, at = self.by_kind[entry.kind], self.positions[entry.id] + step
        return self.cards[section[at].id] if 0 <= at < len(section) else None


def _addresses(address: str, release: Release | None) -> tuple[str, str]:
    """Where the site is published, and the address under which search engines are to list it."""
    if release is None or not address:
        return address, ""
    listed = "" if release.preview else f"{address}/{release.alias or release.folder}"
    return f"{address}/{release.folder}", listed


def _window(entries: Sequence[Entry], at: int, size: int) -> tuple[Entry, ...]:
    """At most `size` of `entries` around position `at`."""
    start = max(0, min(at - size // 2, len(entries) - size))
    return tuple(entries[start : start + size])


def _part(entry: Entry, path: tuple[str | int, ...]) -> Part | None:
    """The titled item of the entry that holds the value at `path`."""
    if len(path) < 2 or not isinstance(path[1], int):
        return None
    items = getattr(entry.data, str(path[0]), ())
    item = items[path[1]] if path[1] < len(items) else None
    if not isinstance(item, Model) or not isinstance(title := getattr(item, "title", None), Words):
        return None
    anchors = (a for a in entry.data.anchors() if a.partition("-")[2] == getattr(item, "id", None))
    return Part(title, next(anchors, ""))


@functools.cache
def language_name(tag: str) -> str:
    """A language's name in itself, without its script or region where one name suffices."""
    name = Locale.parse(tag.split("-")[0]).get_display_name()
    return (name or tag).capitalize()


def alternates(library: Library, address: Any) -> tuple[Alternate, ...]:
    """The page in each language; `address` gives its address for a language code."""
    return tuple(
        Alternate(edition.code, edition.tag, language_name(edition.tag), address(edition.code))
        for edition in library.editions
    )
