"""One language of the playbook with what its exported pages look up: verdicts, uses, owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.export.layout import Layout
from generator.model import Edition, Entry, Kind, Library
from generator.model.library import grouped
from generator.model.target import resolve
from generator.render import Strings
from generator.staleness import Item, Judge, State, subject_of


@dataclass(frozen=True)
class Volume:
    """An edition, ready to be written."""

    library: Library
    edition: Edition
    judge: Judge
    items: Mapping[str, Item]
    """Every entry with its verdict, by id."""
    strings: Strings
    layout: Layout

    @property
    def code(self) -> str:
        return self.edition.code

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The entries that have a page: all but drafts."""
        return {i: e for i, e in self.edition.entries.items() if e.data.status != "draft"}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries with a page, by the name of their kind."""
        return grouped(self.entries.values(), lambda entry: entry.kind)

    @cached_property
    def owned(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries with a page, by the id of their owner."""
        return grouped(self.entries.values(), lambda entry: entry.data.owner)

    @cached_property
    def uses(self) -> Mapping[str, tuple[str, ...]]:
        """For each entry, the ids of those that refer to it."""
        found: dict[str, list[str]] = {}
        for entry in self.entries.values():
            named = {reference.target: None for reference in entry.references}
            named |= {self.named_by(link.target, entry): None for link in entry.links}
            for target in named:
                if target and target != entry.id:
                    found.setdefault(target, []).append(entry.id)
        return {target: tuple(names) for target, names in found.items()}

    def named_by(self, link: str, entry: Entry) -> str:
        """The id of the entry that a link in `entry` leads to; "" for none."""
        return self.library.ids_by_path.get(resolve(link, entry.path).path, "")

    def claim_states(self, entry: Entry) -> Mapping[str, State]:
        """The state of each claim of an entry, by its id."""
        today = self.judge.today
        known = {claim.id: days for claim, days in self.judge.claim_days(subject_of(entry))}
        return {
            claim.id: days.state(today)
            if (days := known.get(claim.id)) and (claim.checked.day or today) <= today
            else State.NEVER
            for claim in entry.data.claims
        }

    def plural(self, kind: Kind) -> str:
        """What the entries of a kind are called."""
        return self.strings.say(f"kind.{kind.name}.many")

    def language_name(self, code: str) -> str:
        """What the language is called in the one of this volume."""
        tags = {edition.code: edition.tag for edition in self.library.editions}
        return self.strings.language(tags.get(code, code))

    @property
    def others(self) -> tuple[Edition, ...]:
        """The other languages that are exported as well."""
        folders = self.layout.folders
        return tuple(
            edition
            for edition in self.library.editions
            if edition.code in folders and edition is not self.edition
        )
