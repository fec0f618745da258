"""Entries and sources by id, opened when they are looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.model import Entry
from generator.read import Source
from generator.validate.drafts import Draft


@dataclass(frozen=True)
class Entries(Mapping[str, Entry]):
    """The entries of one edition."""

    drafts: Mapping[str, Draft]
    order: Sequence[str]
    """Ids of all that were understood."""
    code: str
    _there: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_there", frozenset(self.order))

    def __getitem__(self, identity: str) -> Entry:
        if identity not in self._there:
            raise KeyError(identity)
        return self.drafts[identity].entries[self.code]

    def __contains__(self, identity: object) -> bool:
        return identity in self._there

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True)
class Sources(Mapping[str, Source]):
    """The source file of each entry."""

    drafts: Mapping[str, Draft]
    ids: Sequence[str]

    def __getitem__(self, identity: str) -> Source:
        source = self.drafts[identity].source
        if source is None:
            raise KeyError(identity)
        return source

    def __iter__(self) -> Iterator[str]:
        return (identity for identity in self.ids if self.drafts[identity].source)

    def __len__(self) -> int:
        return sum(1 for _ in self)
