"""Index → ranges of terms with their postings, about equally long. Chinese terms stand in an order
of their own, in which those that are asked for together are neighbours.

A document whose entry did not change says the same in every build, so a shard of the same terms in
the same documents is the same, byte for byte.
"""

from __future__ import annotations

import functools
import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from operator import sub
from typing import NamedTuple

from generator.search.digits import DIGITS, front_coded, number
from generator.search.index import TITLED, Index, worth
from generator.search.inverted import CODES, PLACES
from generator.search.neighbours import neighbours

MOST = 8_000
"""Postings of a term that come at once: where it weighs most."""
CUT = "~"
"""Begins the line of a term that has a tail."""


class Listed(NamedTuple):
    """A term as it stands in the files."""

    term: str
    best: Sequence[int]
    """Its postings, or those where it weighs most."""
    others: Sequence[int]
    frequency: int

    @property
    def line(self) -> str:
        head = f"{CUT}{number(self.frequency)}" if self.others else ""
        return head + _postings(self.best)


Shard = Sequence[str]
"""Terms in order."""


@dataclass(frozen=True, slots=True)
class Shards:
    """All terms in their order, cut into ranges."""

    order: str
    """The first characters of those that come last, which have an order of their own."""
    all: Sequence[Shard]


def shards(index: Index, room: int) -> Shards:
    """Ranges of all terms, none of more than `room` bytes, compressed, unless a single term has."""
    length = functools.cache(functools.partial(_length, count=index.count))
    lengths = {term: length(len(each)) for term, each in index.packed.items()}
    begun = tuple(neighbours(index.packed, lengths, room))
    order = "".join(begun)
    firsts = frozenset(file[0] for file in begun)
    return Shards(order, tuple(_cut(_ordered(index.packed, order), lengths, room, firsts)))


def _length(frequency: int, count: int) -> int:
    """About how many bytes a term takes, compressed: the longer a list, the shorter its steps."""
    listed = min(frequency, MOST)
    return 3 + 2 * min(listed, 10) + max(listed - 10, 0) * (3 if 4 * listed < count else 2) // 2


def _ordered(terms: Iterable[str], order: str) -> Iterable[str]:
    """Terms as they stand in the files: those that begin with a character of `order` come last."""
    groups: dict[str, list[str]] = {character: [] for character in order}
    others: list[str] = []
    for term in terms:
        groups.get(term[0], others).append(term)
    return chain.from_iterable(_as_scripts_order(group) for group in (others, *groups.values()))


def _as_scripts_order(terms: list[str]) -> list[str]:
    """Terms in order, as scripts have it: by UTF-16, which differs where one goes beyond U+FFFF."""
    if max(map(max, terms), default="") <= "\uffff":
        return terms
    return sorted(terms, key=lambda term: term.encode("utf-16-be"))


def _cut(
    ordered: Iterable[str], lengths: Mapping[str, int], room: int, firsts: Set[str]
) -> Iterator[Shard]:
    """A range ends where there is no more room, and before the first term that begins with one of
    `firsts`."""
    shard: list[str] = []
    length = 0
    for term in ordered:
        ends = term[0] in firsts and shard and shard[-1][0] != term[0]
        if shard and (ends or length + lengths[term] > room):
            yield shard
            shard, length = [], 0
        shard.append(term)
        length += lengths[term]
    if shard:
        yield shard


def listed(index: Index, shard: Shard) -> Sequence[Listed]:
    """The terms of a shard with what the files say of them."""
    return [_listed(term, index.packed[term]) for term in shard]


def mark_of(index: Index, shard: Shard) -> str:
    """A digest of all that a shard says."""
    lists = [index.packed[term] for term in shard]
    terms = "\n".join(shard).encode("utf-8", "surrogatepass")
    found = hashlib.blake2b(b"%d %b" % (len(terms), terms), digest_size=16)
    found.update(array("I", map(len, lists)))
    for postings in lists:
        found.update(postings)
    return found.hexdigest()


def has_tail(index: Index, shard: Shard) -> bool:
    """Whether one of its terms is so common that some of its postings are put elsewhere."""
    return any(len(index.packed[term]) > MOST for term in shard)


def lines_of(shard: Sequence[Listed]) -> str:
    """Its terms with their postings; of common ones those where they weigh most."""
    return "\n".join(front_coded((each.term, each.line) for each in shard))


def tails_of(shard: Sequence[Listed]) -> str:
    """The other postings of its common terms; empty if it has none."""
    cut = (each for each in shard if each.others)
    return "\n".join(front_coded((each.term, _postings(each.others)) for each in cut))


def _listed(term: str, packed: Sequence[int]) -> Listed:
    if len(packed) <= MOST:
        return Listed(term, packed, (), len(packed))
    ordered = sorted(packed, key=worth, reverse=True)
    return Listed(term, sorted(ordered[:MOST]), sorted(ordered[MOST:]), len(packed))


class _Written(dict[int, str]):
    """Postings as they are written, by the distance from the one before, times `CODES`, and the
    code. Those with small distances are kept: most are among them."""

    def __missing__(self, key: int) -> str:
        code = key % CODES
        text = number(key // CODES) + DIGITS[code // PLACES] + DIGITS[code % PLACES]
        if key < 1 << 17:
            self[key] = text
        return text


_WRITTEN = _Written()


def _postings(packed: Sequence[int]) -> str:
    """How far each document is from the one before, less one; then weight and place."""
    ends = [(each | CODES - 1) + 1 for each in packed]
    return "".join(map(_WRITTEN.__getitem__, map(sub, packed, chain((0,), ends))))


_FIRST = 1 << 40
"""More than there are documents."""


def best_documents(shard: Iterable[Listed], most: int) -> list[int]:
    """The documents in which terms of the shard weigh most: they are likely answers. Rare terms
    count no more than others, because they are asked for no more often."""
    best = [each.best for each in shard]
    # Those that have one in their title come first, and are mostly enough.
    found = _heaviest(packed for postings in best for packed in postings if packed & TITLED)
    if len(found) < most:
        found = _heaviest(chain.from_iterable(best))
    return sorted(found[:most])


def _heaviest(postings: Iterable[int]) -> list[int]:
    """The documents of some postings, the weightiest first; equals in their order."""
    ordered = sorted([packed // CODES - _WORTH[packed % CODES] * _FIRST for packed in postings])
    return list(dict.fromkeys([each % _FIRST for each in ordered]))


_WORTH = tuple(map(worth, range(CODES)))
