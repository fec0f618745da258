"""A query and an index → the documents that answer it, the best first.

For each unit of the query a document gets what the best of the unit's alternatives gives it, which
is BM25F. Documents that hold more of the query, hold it in the title, or hold it in one place come
first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generator.search.index import MAX_PLACE, SCALE, TITLED, Index
from generator.search.query import Alternative, Query, Unit

PAIR = 0.8
"""What a phrase adds to its words."""
NOISE = 0.12
"""Documents below this share of the best score are no answers, unless they hold the whole query."""
WHOLE = 0.99
"""The share of a query that is all of it."""

PARTIAL = 0.15
"""What is left of the score of a document that holds next to nothing of the query."""
TITLE = 1.8
"""What a title adds that holds all of the query."""
CLOSE = 0.3
"""What a section adds that holds all of the query."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers."""

    document: int
    score: float
    section: int
    """The number of the section that holds most of the query; 0 is the top of the page."""
    whole: bool
    """Whether it holds all of the query."""


def rank(query: Query, index: Index) -> list[Hit]:
    """All answers, the best first; equals in the order of the documents."""
    scores: dict[int, _Score] = {}
    whole = 0.0
    for unit in query.units:
        whole += _count(unit, index, scores)
    for pair in query.pairs:
        _add_pair(pair, index, scores)
    hits = [score.hit(number, whole) for number, score in scores.items()]
    hits.sort(key=lambda hit: (-hit.score, hit.document))
    least = hits[0].score * NOISE if hits else 0.0
    return [hit for hit in hits if hit.score >= least or hit.whole]


def idf(count: int, df: int) -> float:
    """How much a term tells that `df` of `count` documents hold: Robertson's inverse document
    frequency, which is never negative."""
    return math.log(1 + (count - df + 0.5) / (df + 0.5))


class _Score:
    """What a document has got so far."""

    __slots__ = ("gained", "held", "places", "titled")

    def __init__(self) -> None:
        self.gained = 0.0
        self.held = 0.0
        self.titled = 0.0
        self.places: dict[int, float] = {}

    def hit(self, number: int, whole: float) -> Hit:
        coverage, titled = self.held / whole, self.titled / whole
        section, densest = 0, 0.0
        for place in sorted(self.places):
            if self.places[place] > densest:
                section, densest = place, self.places[place]
        score = (
            self.gained
            * (PARTIAL + (1 - PARTIAL) * coverage * coverage)
            * (1 + TITLE * titled * titled)
            * (1 + CLOSE * densest / whole)
        )
        return Hit(number, score, section, coverage > WHOLE)


class _Share:
    """What one alternative gives to one document."""

    __slots__ = ("gained", "held", "marks")

    def __init__(self) -> None:
        self.gained = 0.0
        self.held = 0.0
        self.marks: list[tuple[int, float]] = []


class _Gift:
    """What one alternative gives to all documents."""

    __slots__ = ("shares", "total")

    def __init__(self) -> None:
        self.total = 0.0
        self.shares: dict[int, _Share] = {}


def _count(unit: Unit, index: Index, scores: dict[int, _Score]) -> float:
    """Adds a unit to the scores. Gives its weight in the query: 0 if no document knows it."""
    found = [(alternative, _shares(alternative, index)) for alternative in unit.alternatives]
    known = [(alternative, gift) for alternative, gift in found if gift.total]
    if not known:
        return 0.0
    weight = known[0][1].total
    best: dict[int, _Share] = {}
    for alternative, gift in known:
        factor = alternative.factor * weight / gift.total  # whole, it stands for the whole unit
        for number, share in gift.shares.items():
            share.gained *= factor
            share.held *= factor
            share.marks = [(place, part * factor) for place, part in share.marks]
            if number not in best or share.gained > best[number].gained:
                best[number] = share
    for number, share in best.items():
        _add(scores.setdefault(number, _Score()), share)
    return weight


def _shares(alternative: Alternative, index: Index) -> _Gift:
    gift = _Gift()
    for term, counts in alternative.terms:
        postings = index.postings(term)
        if not counts or not (postings or alternative.phrase):
            continue
        value = counts * idf(index.count, len(postings))
        gift.total += value
        for posting in postings:
            share = gift.shares.setdefault(posting.document, _Share())
            share.gained += value * posting.weight / SCALE
            share.held += value
            share.marks.append((posting.place, value))
    return gift


def _add(score: _Score, share: _Share) -> None:
    score.gained += share.gained
    score.held += share.held
    for place, value in share.marks:
        if place & TITLED:
            score.titled += value
        at = place & MAX_PLACE
        score.places[at] = score.places.get(at, 0.0) + value


def _add_pair(pair: str, index: Index, scores: dict[int, _Score]) -> None:
    postings = index.postings(pair)
    for posting in postings:
        value = PAIR * idf(index.count, len(postings))
        scores[posting.document].gained += value * posting.weight / SCALE
