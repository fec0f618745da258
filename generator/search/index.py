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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.search.concepts import MARK, Concepts
from generator.search.records import Document, Field
from generator.search.sounds import Hearing
from generator.search.stops import STOPS
from generator.search.tokens import words

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
}
_EXPECTED = {
    Field.TITLE: 6,
    Field.HEADING: 30,
    Field.SUMMARY: 30,
    Field.LABEL: 12,
    Field.DATA: 300,
    Field.BODY: 400,
    Field.FIGURE: 20,
}
"""Lengths in terms."""

_PAIRED = {Field.TITLE, Field.HEADING, Field.LABEL}
"""Fields whose neighbouring words are terms of their own, so that a phrase counts."""


class Posting(NamedTuple):
    """A document that holds a term."""

    document: int
    """Its number."""
    weight: int
    """How much of the document the term is, from 1 to `SCALE`."""
    place: int
    """The section where it stands most, plus `TITLED` if it stands in the title."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The terms of one document."""

    weights: Mapping[str, tuple[int, int]]
    """Weight and place by term."""
    stems: Mapping[str, str]
    """The stem of each Latin word in it."""


MAX_COMPLETIONS = 12
"""Words that an unfinished word may become, the most frequent ones."""


@dataclass(frozen=True)
class Index:
    """All that the ranking looks at."""

    count: int
    """The number of documents."""
    postings: Mapping[str, tuple[Posting, ...]]
    """By term, in the order of the documents."""
    stems: Mapping[str, str]
    """The stem of each Latin word that is written."""
    concepts: Concepts
    hearing: Hearing
    """What may be typed by its sound."""

    @functools.cached_property
    def written(self) -> Mapping[str, int]:
        """All Latin words in order, each with the number of documents that hold its stem."""
        return {word: len(self.postings[self.stems[word]]) for word in sorted(self.stems)}

    def completions(self, beginning: str) -> tuple[str, ...]:
        """The stems of words that begin so, the most frequent first."""
        found = {self.stems[word] for word in _starting(self._words, beginning)}
        ordered = sorted(found, key=lambda root: (-len(self.postings[root]), root))
        return tuple(ordered[:MAX_COMPLETIONS])

    def beginning(self, character: str) -> tuple[str, ...]:
        """All pairs of Han characters of which this is the first."""
        return tuple(term for term in _starting(self._terms, character) if len(term) > 1)

    @functools.cached_property
    def _words(self) -> Sequence[str]:
        return tuple(self.written)

    @functools.cached_property
    def _terms(self) -> Sequence[str]:
        return tuple(self.postings)


def _starting(ordered: Sequence[str], beginning: str) -> Iterator[str]:
    start = bisect.bisect_left(ordered, beginning)
    return itertools.takewhile(
        lambda each: each.startswith(beginning), itertools.islice(ordered, start, None)
    )


def make_index(weighed: Sequence[Weighed], concepts: Concepts, hearing: Hearing) -> Index:
    """Joins the terms of all documents, which are numbered as they come."""
    postings: dict[str, list[Posting]] = {}
    stems: dict[str, str] = {}
    for number, document in enumerate(weighed):
        for term, (weight, place) in document.weights.items():
            postings.setdefault(term, []).append(Posting(number, weight, place))
        stems |= document.stems
    return Index(
        len(weighed),
        {term: tuple(found) for term, found in sorted(postings.items())},
        stems,
        concepts,
        hearing,
    )


def weigh(document: Document, concepts: Concepts) -> Weighed:
    """The terms of one document with their weights."""
    tally = _Tally(concepts)
    tally.add(Field.TITLE, document.title, 0)
    for number, section in enumerate(document.sections):
        place = min(number, MAX_PLACE)
        tally.add(Field.HEADING, section.heading, place)
        for field, text in section.texts:
            tally.add(field, text, place)
    return Weighed(tally.weights(), tally.stems)


class _Tally:
    """Counts the terms of a document by field and by place."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts
        self._counts: dict[tuple[Field, int], dict[str, int]] = {}
        self._lengths = dict.fromkeys(Field, 0)
        self.stems: dict[str, str] = {}

    def add(self, field: Field, text: str, place: int) -> None:
        found: list[str] = []
        for word in words(text):
            inner = word.terms
            if word.han:
                found += inner
            elif inner[0] not in STOPS:
                found += inner
                self.stems[word.text] = inner[0]
        self._lengths[field] += len(found)
        phrases = pairs(found) if field in _PAIRED else _coded_pairs(found)
        found += [*self._concepts.named_in(found), *phrases]
        counts = self._counts.setdefault((field, place), {})
        for term in found:
            counts[term] = counts.get(term, 0) + 1

    def weights(self) -> Mapping[str, tuple[int, int]]:
        factors = {field: _factor(field, length) for field, length in self._lengths.items()}
        totals: dict[str, float] = {}
        most: dict[str, float] = {}
        places: dict[str, int] = {}
        titled: dict[str, int] = self._counts.get((Field.TITLE, 0), {})
        for (field, place), counts in self._counts.items():
            factor, weight = factors[field], _WEIGHTS[field]
            for term, count in counts.items():
                totals[term] = totals.get(term, 0.0) + count * factor
                here = count * weight
                if here > most.get(term, 0.0):
                    most[term], places[term] = here, place
        return {
            term: (
                max(1, round(SCALE * total / (_SATURATION + total))),
                places[term] | (TITLED if term in titled else 0),
            )
            for term, total in totals.items()
        }


def _factor(field: Field, length: int) -> float:
    return _WEIGHTS[field] / (1 - _DAMPING + _DAMPING * length / _EXPECTED[field])


def pairs(found: Sequence[str]) -> Iterator[str]:
    """Neighbouring words as terms of their own; Han terms are pairs already. A figure or a code
    also goes with the character behind it."""
    for one, other in itertools.pairwise(found):
        if one.isascii() and (other.isascii() or coded(one)) and not other.startswith(MARK):
            yield f"{one} {other if other.isascii() else other[0]}"


@functools.lru_cache(maxsize=262144)
def coded(term: str) -> bool:
    """Whether it says little alone, such as 48 and S."""
    return term.isascii() and (len(term) <= 2 or any(c.isdigit() for c in term))


def _coded_pairs(found: Sequence[str]) -> Iterator[str]:
    here = [coded(term) for term in found]
    if True in here:
        for at, (one, other) in enumerate(itertools.pairwise(found)):
            if here[at] or here[at + 1]:
                yield from pairs((one, other))
