"""Terms of each document → for each term the documents that hold it, and what all names sound like.
A document can be replaced in it, which touches no more than the terms of that document.

There are millions of postings. So each is one whole number, and all are kept from build to build as
a few long strings and arrays, which take no time to read.
"""

from __future__ import annotations

import functools
import itertools
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

PLACES = 64
CODES = 2048
"""A posting is (document × 32 + weight) × 64 + place, where the last two are the code."""

_WHOLE = "I"
"""What arrays of postings hold."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The terms of one document, written so that they can be kept and sent at little cost."""

    terms: str
    """A line each."""
    codes: array[int]
    """Weight and place of each, packed."""
    words: str
    """Its Latin words, a line each: the word, a tab, its stem."""
    sounds: str
    """What its names sound like, a line each; empty where nobody asked."""

    @property
    def by_term(self) -> Mapping[str, int]:
        """The codes by term."""
        return dict(zip(_lines(self.terms), self.codes, strict=True))


@dataclass(frozen=True, slots=True)
class Packed:
    """An inverted index as it is kept."""

    count: int
    terms: str
    """A line each."""
    lengths: array[int]
    """Of their lists of postings."""
    postings: array[int]
    """All lists, one behind the other."""
    words: str
    words_said: array[int]
    sounds: str
    sounds_said: array[int]


@dataclass(frozen=True)
class Inverted:
    """All terms of some documents, which are numbered as they come."""

    count: int
    """The number of documents."""
    postings: Mapping[str, array[int]]
    """By term, in the order of the terms and of the documents."""
    words: Mapping[str, int]
    """How many documents have a word, by the line that `Weighed.words` has for it."""
    sounds: Mapping[str, int]
    """Likewise for what sounds."""

    @classmethod
    def of(cls, documents: Iterable[Weighed]) -> Inverted:
        """Joins the terms of all documents."""
        postings: dict[str, array[int]] = defaultdict(functools.partial(array, _WHOLE))
        words: Counter[str] = Counter()
        sounds: Counter[str] = Counter()
        count = 0
        for document in documents:
            # Millions of times, so without a step of Python for each.
            lists = map(postings.__getitem__, _lines(document.terms))
            codes = map((count * CODES).__add__, document.codes)
            deque(map(array.append, lists, codes), maxlen=0)
            words.update(_lines(document.words))
            sounds.update(_lines(document.sounds))
            count += 1
        return cls(count, dict(sorted(postings.items())), words, sounds)

    def replaced(self, documents: Mapping[int, tuple[Weighed, Weighed]]) -> Inverted:
        """The same with some documents, by number, as they are now instead of as they were."""
        postings = dict(self.postings)
        words, sounds = Counter(self.words), Counter(self.sounds)
        changed: set[str] = set()
        for number, (was, now) in documents.items():
            for term, code in _differences(was.by_term, now.by_term):
                if term not in changed:
                    postings[term] = array(_WHOLE, postings.get(term, ()))
                    changed.add(term)
                _set(postings[term], number, code)
            for counter, old, new in (
                (words, was.words, now.words),
                (sounds, was.sounds, now.sounds),
            ):
                counter.subtract(_lines(old))
                counter.update(_lines(new))
        for term in changed:
            if not postings[term]:
                del postings[term]
        return Inverted(self.count, dict(sorted(postings.items())), +words, +sounds)

    def packed(self) -> Packed:
        """As it is kept."""
        return Packed(
            self.count,
            "\n".join(self.postings),
            array(_WHOLE, map(len, self.postings.values())),
            array(_WHOLE, b"".join(self.postings.values())),
            "\n".join(self.words),
            array(_WHOLE, self.words.values()),
            "\n".join(self.sounds),
            array(_WHOLE, self.sounds.values()),
        )

    @classmethod
    def read(cls, kept: Packed) -> Inverted:
        """One that was kept."""
        ends = [0, *itertools.accumulate(kept.lengths)]
        lists = (kept.postings[start:end] for start, end in itertools.pairwise(ends))
        return cls(
            kept.count,
            dict(zip(_lines(kept.terms), lists, strict=True)),
            dict(zip(_lines(kept.words), kept.words_said, strict=True)),
            dict(zip(_lines(kept.sounds), kept.sounds_said, strict=True)),
        )


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _differences(
    was: Mapping[str, int], now: Mapping[str, int]
) -> Iterator[tuple[str, int | None]]:
    """The terms that have another code now; None for those that are gone."""
    for term in dict.fromkeys((*was, *now)):
        if was.get(term) != now.get(term):
            yield term, now.get(term)


def _set(postings: array[int], number: int, code: int | None) -> None:
    """Sets the posting of a document, or takes it out."""
    place = bisect_left(postings, number * CODES)
    if place < len(postings) and postings[place] // CODES == number:
        del postings[place]
    if code is not None:
        postings.insert(place, number * CODES + code)
