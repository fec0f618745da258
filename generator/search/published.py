"""What all files of the search are made of, and how they are cut: what comes first, how much of it,
and what comes only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import takewhile
from typing import Any

from generator.search import sounds
from generator.search.cards import Item, Known, card, entries, facet_sets, numbered
from generator.search.concepts import Concepts, compact
from generator.search.digits import compressed, number
from generator.search.facets import Facets
from generator.search.index import Index, make_index
from generator.search.inverted import Inverted
from generator.search.shards import Shards, shards
from generator.search.sounds import Hearing, Sound

SMALL = 400
"""Documents whose cards all come with the manifest."""
LARGE = 1_250
"""Entries whose cards are too many for the manifest."""
FIRST = 33_500
"""Bytes of a first answer, compressed, beside the script and the words of the interface."""
SHARDS = 4
"""Those of a first answer."""
ROOMS = (2_500, 7_000)
"""Bytes of a shard, compressed: at least, and at most."""
ROOM = 14_000
"""Those of a shard of a large playbook, whose cards come on top."""


@dataclass(frozen=True)
class Published:
    """What all files are made of."""

    items: Sequence[Item]
    inverted: Inverted
    concepts: Concepts
    known: Known
    digests: Sequence[str]
    """Of all that each document says, in its language."""
    shown: str
    """The digest of all that cards and facets are made of, and of more."""
    sections: Callable[[int], str]
    """Gives those of a document, as JSON."""
    facets: Callable[[], Mapping[str, Facets]]
    """Works out those of all entries, by id."""

    @cached_property
    def index(self) -> Index:
        return make_index(self.inverted, self.concepts, Hearing(()))

    @cached_property
    def shards(self) -> Shards:
        """Ranges of all terms."""
        return shards(self.index, ROOM if self.large else self._room)

    @property
    def _room(self) -> int:
        """For a shard, beside what comes with the manifest."""
        editions = {edition for item in self.items for edition in item.editions}
        most = max((compressed(self.cards_for(edition)) for edition in editions), default=0)
        least, room = ROOMS
        return min(max(least, (FIRST - most - compressed(self.synonyms)) // SHARDS), room)

    @cached_property
    def synonyms(self) -> str:
        """As the manifest has them: a line each."""
        return "\n".join("\t".join(map(compact, group)) for group in self.concepts.groups)

    @cached_property
    def words(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """All Latin words with what is said of them, by first letter."""
        return _words_by_letter(self.index)

    @cached_property
    def spoken(self) -> Mapping[str, Sequence[Sound]]:
        """What may be typed by its sound, by first letter."""
        said = self.inverted.sounds.items()
        return sounds.by_letter({Sound.read(line): count for line, count in said})

    @cached_property
    def characters(self) -> frozenset[str]:
        """All that terms are written with."""
        return frozenset("".join(self.index.packed))

    @property
    def small(self) -> bool:
        return len(self.items) <= SMALL

    @cached_property
    def large(self) -> bool:
        return len({item.entry for item in self.items}) > LARGE

    @cached_property
    def facet_sets(self) -> Mapping[str, Any]:
        """What all documents can be narrowed by."""
        return facet_sets(self.known, self.facets(), self.items)

    @cached_property
    def entries(self) -> str:
        """The entries of all documents."""
        return entries(self.items)

    def cards_of(self, documents: Iterable[int]) -> str:
        """The cards of some documents."""
        return numbered((number, self._card(number)) for number in documents)

    @cached_property
    def _card(self) -> Callable[[int], str]:
        """Gives the card of a document: it comes in several files."""
        known, items, small = self.known, self.items, self.small
        return cache(lambda number: card(known, items[number], small))

    def cards_for(self, edition: str) -> str:
        """Those that come with the manifest of an edition."""
        if self.large:
            return ""
        return self.cards_of(range(len(self.items)) if self.small else self.shown_in(edition))

    def shown_in(self, edition: str, yes: bool = True) -> Iterator[int]:
        """The documents that an edition shows, or the others."""
        return (n for n, item in enumerate(self.items) if (edition in item.editions) is yes)

    def others(self, edition: str) -> Sequence[int]:
        """The documents whose cards the manifest of an edition could bring, and does not."""
        return () if self.small or self.large else (*self.shown_in(edition, False),)


def _words_by_letter(index: Index) -> Mapping[str, list[tuple[str, str]]]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for word, count in index.written.items():
        root = index.stems[word]
        shared = len(root) if word.startswith(root) else _shared(word, root)
        line = f"{number(count)}{number(len(word) - shared)}{root[shared:]}"
        pairs.setdefault(word[0], []).append((word, line))
    return pairs


def _shared(one: str, other: str) -> int:
    """How many characters two words begin with alike."""
    alike = (a == b for a, b in zip(one, other, strict=False))
    return sum(takewhile(bool, alike))
