"""Documents → index: terms, and for each the documents that hold it.

A posting says how much of a document a term is, and in which of its sections it stands. The
weight is BM25F's (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009): occurrences
are weighted by field, damped by the field's length, added up, and saturate. Lengths are measured
against fixed expectations and not against the playbook's averages, so that the weights of an entry
depend on that entry alone, and an edit changes no other.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from generator.search.concepts import MARK, Concepts
from generator.search.inverted import CODES, PLACES, Inverted, Weighed
from generator.search.records import Document, Field
from generator.search.sounds import Hearing
from generator.search.stops import STOPS
from generator.search.tokens import runs, word_of

SCALE = 31
"""Weights are whole numbers from 1 to this."""

TITLED = 32
MAX_PLACE = 31
"""Sections from here on count as one place."""

_SATURATION = 1.8
_DAMPING = 0.3
_WEIGHTS = {
    Field.TITLE: 11.0,
    Field.HEADING: 3.0,
    Field.SUMMARY: 2.0,
    Field.LABEL: 2.5,
    Field.DATA: 0.5,
    Field.BODY: 1.0,
    Field.FIGURE: 1.0,
    Field.PART: 1.0,
}
_EXPECTED = {
    Field.TITLE: 6,
    Field.HEADING: 30,
    Field.SUMMARY: 30,
    Field.LABEL: 12,
    Field.DATA: 300,
    Field.BODY: 400,
    Field.FIGURE: 20,
    Field.PART: 12,
}
"""Lengths in terms."""

_PAIRED = {Field.TITLE, Field.HEADING, Field.LABEL, Field.PART}
"""Fields whose neighbouring words are terms of their own, so that a phrase counts."""


class Posting(NamedTuple):
    """A document that holds a term."""

    document: int
    """Its number."""
    weight: int
    """How much of the document the term is, from 1 to `SCALE`."""
    place: int
    """The section where it stands most, plus `TITLED` if it stands in the title."""


MAX_COMPLETIONS = 12
"""Words that an unfinished word may become, the most frequent ones."""


@dataclass(frozen=True)
class Index:
    """All that the ranking looks at."""

    count: int
    """The number of documents."""
    packed: Mapping[str, array[int]]
    """The postings by term, in the order of the terms and of the documents."""
    stems: Mapping[str, str]
    """The stem of each Latin word that is written."""
    concepts: Concepts
    hearing: Hearing
    """What may be typed by its sound."""

    def postings(self, term: str) -> list[Posting]:
        """The documents that hold a term, in their order."""
        return [*map(unpacked, self.packed.get(term, ()))]

    @functools.cached_property
    def written(self) -> Mapping[str, int]:
        """All Latin words in order, each with the number of documents that hold its stem."""
        return {word: len(self.packed[self.stems[word]]) for word in sorted(self.stems)}

    def completions(self, beginning: str) -> tuple[str, ...]:
        """The stems of words that begin so, the most frequent first."""
        found = {self.stems[word] for word in _starting(self._words, beginning)}
        ordered = sorted(found, key=lambda root: (-len(self.packed[root]), root))
        return tuple(ordered[:MAX_COMPLETIONS])

    def beginning(self, character: str) -> tuple[str, ...]:
        """All pairs of Han characters of which this is the first."""
        return tuple(term for term in _starting(self._terms, character) if len(term) > 1)

    @functools.cached_property
    def _words(self) -> Sequence[str]:
        return tuple(self.written)

    @functools.cached_property
    def _terms(self) -> Sequence[str]:
        return tuple(self.packed)


def unpacked(packed: int) -> Posting:
    """A posting as it is read."""
    code = packed % CODES
    return Posting(packed // CODES, code // PLACES, code % PLACES)


def worth(packed: int) -> int:
    """How much of a document a term is; titles count threefold."""
    return packed % CODES // PLACES * (3 if packed & TITLED else 1)


def _starting(ordered: Sequence[str], beginning: str) -> Iterator[str]:
    start = bisect.bisect_left(ordered, beginning)
    return itertools.takewhile(
        lambda each: each.startswith(beginning), itertools.islice(ordered, start, None)
    )


def make_index(inverted: Inverted, concepts: Concepts, hearing: Hearing) -> Index:
    """What the ranking asks of the terms of all documents."""
    stems = dict(line.split("\t") for line in inverted.words)
    return Index(inverted.count, inverted.postings, stems, concepts, hearing)


def weigh(document: Document, concepts: Concepts, sounds: str = "") -> Weighed:
    """The terms of one document with their weights, and with its `sounds`, where they are known."""
    tally = _Tally(concepts)
    tally.add(Field.TITLE, document.title, 0)
    for number, section in enumerate(document.sections):
        place = min(number, MAX_PLACE)
        if section.heading:
            tally.add(Field.HEADING, section.heading, place)
        for field, text in section.texts:
            tally.add(field, text, place)
    codes = tally.codes()
    return Weighed("\n".join(codes), array("H", codes.values()), "\n".join(tally.words), sounds)


@functools.lru_cache(maxsize=262144)
def _said(run: str) -> tuple[str, ...]:
    """The terms of a run: none if it is a stop word."""
    word = word_of(run)
    return () if not word.han and word.terms[0] in STOPS else word.terms


class _Tally:
    """Gathers the terms of a document by field and by place, and counts them."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts
        self._found: dict[tuple[Field, int], list[str]] = defaultdict(list)
        self._lengths = dict.fromkeys(Field, 0)
        self._runs: set[str] = set()

    def add(self, field: Field, text: str, place: int) -> None:
        said = runs(text)
        self._runs.update(said)
        found = [*chain.from_iterable(map(_said, said))]
        self._lengths[field] += len(found)
        all_found = self._found[field, place]
        all_found += found
        all_found += self._concepts.named_in(found)
        all_found += pairs(found) if field in _PAIRED else _coded_pairs(found)

    @property
    def words(self) -> Iterator[str]:
        """The Latin words that count, each with its stem."""
        for word in map(word_of, filter(_said, sorted(self._runs))):
            if not word.han:
                yield f"{word.text}\t{word.terms[0]}"

    def codes(self) -> Mapping[str, int]:
        """Weight and place by term, packed."""
        factors = {field: _factor(field, length) for field, length in self._lengths.items()}
        totals: dict[str, float] = {}
        most: dict[str, tuple[float, int]] = {}  # how much is said in a place, and which it is
        for (field, place), found in self._found.items():
            factor, weight = factors[field], _WEIGHTS[field]
            for term, count in Counter(found).items():
                if term not in totals:
                    totals[term] = count * factor
                    most[term] = count * weight, place
                    continue
                totals[term] += count * factor
                if count * weight > most[term][0]:
                    most[term] = count * weight, place
        titled = dict.fromkeys(self._found[Field.TITLE, 0], TITLED)
        scaled = {total: _scaled(total) for total in set(totals.values())}
        return {
            term: scaled[total] + (most[term][1] | titled.get(term, 0))
            for term, total in totals.items()
        }


def _scaled(total: float) -> int:
    """A weight at its place in a code."""
    return max(1, round(SCALE * total / (_SATURATION + total))) * PLACES


def _factor(field: Field, length: int) -> float:
    return _WEIGHTS[field] / (1 - _DAMPING + _DAMPING * length / _EXPECTED[field])


def pairs(found: Sequence[str]) -> Iterator[str]:
    """Neighbouring words as terms of their own; Han terms are pairs already. A figure or a code
    also goes with the character behind it."""
    for one, other in itertools.pairwise(found):
        if pair := _pair(one, other):
            yield pair


@functools.lru_cache(maxsize=262144)
def _pair(one: str, other: str) -> str:
    if one.isascii() and (other.isascii() or coded(one)) and not other.startswith(MARK):
        return f"{one} {other if other.isascii() else other[0]}"
    return ""


@functools.lru_cache(maxsize=262144)
def coded(term: str) -> bool:
    """Whether it says little alone, such as 48 and S."""
    return term.isascii() and (len(term) <= 2 or any(c.isdigit() for c in term))


def _coded_pairs(found: Sequence[str]) -> Iterator[str]:
    """Those pairs in which a figure or a code stands."""
    places = [*itertools.compress(itertools.count(), map(coded, found))]
    last = len(found) - 1
    for at in sorted({at for place in places for at in (place - 1, place) if 0 <= at < last}):
        if pair := _pair(found[at], found[at + 1]):
            yield pair
