"""The validated playbook: everything that later stages may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator.model.entry import Entry
from generator.model.holidays import Holidays
from generator.model.kinds import Kind
from generator.model.outline import Outline
from generator.model.people import Group, People, Person
from generator.model.settings import Settings
from generator.model.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages show or offer for download."""

    path: str
    """Relative to the content folder."""
    width: int = 0
    height: int = 0
    """Size in pixels; 0 where it is unknown or no image."""


@dataclass(frozen=True)
class Edition:
    """The playbook in one language."""

    code: str
    tag: str
    """The language tag that pages carry."""
    settings: Settings
    people: People
    entries: Mapping[str, Entry]
    """By id, sorted by kind and then in the order of the kind. They may be opened only when they
    are looked up: what outlines tell is better asked of these."""

    @cached_property
    def owners(self) -> Mapping[str, Person | Group]:
        """People and groups by id."""
        people: dict[str, Person | Group] = {person.id: person for person in self.people.people}
        return people | {group.id: group for group in self.people.groups}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by the name of their kind."""
        return grouped(self.entries.values(), lambda entry: entry.kind)


def grouped(
    entries: Iterable[Entry], key: Callable[[Entry], str]
) -> Mapping[str, tuple[Entry, ...]]:
    """Entries by what `key` says of them, in their order."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return {name: tuple(found) for name, found in groups.items()}


@dataclass(frozen=True)
class Library:
    """The whole playbook. The first edition is in the source language."""

    kinds: tuple[Kind, ...]
    editions: tuple[Edition, ...]
    assets: Mapping[str, Asset]
    """Used images and attachments by path."""
    ids_by_path: Mapping[str, str]
    """The entry that each source file, translations included, belongs to."""
    outlines: Mapping[str, Outline] = field(default_factory=dict)
    """What is known of each entry without opening it, by id, in the order of the entries."""
    holidays: Holidays = field(default_factory=Holidays)
    synonyms: Synonyms = field(default_factory=Synonyms)

    @property
    def source(self) -> Edition:
        return self.editions[0]
