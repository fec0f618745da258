"""Index → the files that the script in the page loads, a few at a time.

    <edition>.js        the manifest: what there is, and the words of the interface
    terms/<n>.js        a range of terms with their postings, and the cards of the documents that
                        they weigh most in, so that most answers need no further file
    documents/<n>.js    four documents: card, sections, texts for excerpts
    letters/<x>.js      the words that begin with a letter, and what sounds like it: loaded for a
                        word that nobody wrote
    facets/<edition>.js what answers can be narrowed by

All are scripts that call `pbSearch.put(name, value)`, because a page that was opened from a folder
may load scripts and nothing else. Numbers are written as in source maps: groups of five bits, the
least first, a letter each, the sixth bit saying that more follow.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.search import query, ranking, sounds, stops
from generator.search.facets import Facets
from generator.search.index import MAX_COMPLETIONS, SCALE, Index, Posting
from generator.search.records import Document
from generator.search.sounds import Sound

FOLDER = "search"
"""In the site's root."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

SHARD = 12_000
"""Characters of a shard of terms, half of that when compressed."""
CARDS = 80
"""The most cards that come with a shard of terms."""
BLOCK = 4
"""Documents of a block."""
COMMON = 64
"""Terms that most documents hold: they tell little, and their shards come last."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document's entry can be trusted, as a result says it."""

    tier: str
    floor: str = ""
    """The state below which no date can bring it, or the state where no date counts."""
    days: tuple[datetime.date, ...] = ()
    """When it is due soon, due, overdue and expired; empty if no date counts."""


Shard = Sequence[tuple[str, str, Sequence[Posting]]]
"""Terms in order: the term, its line, its postings."""


@dataclass(frozen=True)
class Published:
    """What all files are made of."""

    documents: Sequence[Document]
    index: Index
    standings: Mapping[str, Standing]
    """By the id of the entry."""
    facets: Mapping[str, Facets]
    """By the id of the entry."""
    states: Sequence[str]
    """All states, the most urgent first."""
    kinds: Sequence[str]
    tiers: Sequence[str]

    @cached_property
    def shards(self) -> Sequence[Shard]:
        """Ranges of all terms."""
        return tuple(_shards(self.index))

    @cached_property
    def words(self) -> Mapping[str, Sequence[str]]:
        """The lines of all Latin words by first letter."""
        return _words_by_letter(self.index)

    @property
    def spoken(self) -> Mapping[str, Sequence[Sound]]:
        """What may be typed by its sound, by first letter."""
        return self.index.hearing.sounds


def shared_files(published: Published) -> Iterator[tuple[str, str]]:
    """The files that all editions have in common: address and content."""
    cards = [_card(published, document) for document in published.documents]
    for number, shard in enumerate(published.shards):
        best = sorted(_best(shard))
        value = {"terms": _terms(shard), "cards": _numbered((n, cards[n]) for n in best)}
        yield _file(f"terms/{number}", value)
    for start in range(0, len(cards), BLOCK):
        documents = published.documents[start : start + BLOCK]
        block = {
            "cards": _numbered(enumerate(cards[start : start + BLOCK], start)),
            "sections": [[list(_section(s)) for s in d.sections] for d in documents],
        }
        yield _file(f"documents/{start // BLOCK}", block)
    words, spoken = published.words, published.spoken
    for letter in sorted(words.keys() | spoken.keys()):
        heard = (f"{' '.join(s.syllables)}\t{s.han}" for s in spoken.get(letter, ()))
        value = {"words": "\n".join(words.get(letter, ())), "sounds": "\n".join(heard)}
        yield _file(f"letters/{ord(letter):x}", value)


def edition_files(
    published: Published, edition: str, names: Mapping[str, Any], more: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The manifest and the facets of one edition. `names` has the words for the values of each
    facet, `more` what else the manifest carries, such as the words of the interface."""
    manifest = {
        "edition": edition,
        "count": len(published.documents),
        "languages": _languages(published.documents),
        "entries": _entries(published.documents),
        "shards": "\n".join(shard[0][0] for shard in published.shards),
        "letters": "".join(sorted(published.words.keys() | published.spoken.keys())),
        "concepts": [[" ".join(p) for p in group] for group in published.index.concepts.groups],
        "common": " ".join(_common(published.index)),
        "stops": " ".join(sorted(stops.STOPS)),
        "weak": " ".join(sorted(stops.WEAK)),
        "grammar": stops.GRAMMAR,
        "states": list(published.states),
        "kinds": list(published.kinds),
        "tiers": list(published.tiers),
        "block": BLOCK,
        **_TUNING,
        **more,
    }
    yield _file(edition, manifest)
    yield _file(f"facets/{edition}", _facets(published) | {"names": names})


_TUNING = {
    "scale": SCALE,
    "completions": MAX_COMPLETIONS,
    "heard": sounds.MAX_HEARD,
    "weakness": stops.WEAKNESS,
    "han": stops.HAN_FACTORS,
    "concept": query.CONCEPT,
    "completed": query.COMPLETED,
    "pair": ranking.PAIR,
    "noise": ranking.NOISE,
    "full": ranking.WHOLE,
    "partial": ranking.PARTIAL,
    "title": ranking.TITLE,
    "close": ranking.CLOSE,
}
"""What the ranking in the page must have in common with that of the command line."""


def version_of(files: Iterable[tuple[str, str]]) -> str:
    """A digest of what lies in files whose names stay."""
    digest = hashlib.sha256()
    for _, content in files:
        digest.update(content.encode("utf-8"))
    return digest.hexdigest()[:10]


def _common(index: Index) -> list[str]:
    ordered = sorted(index.postings, key=lambda term: (-len(index.postings[term]), term))
    return [term for term in ordered if " " not in term][:COMMON]


def _file(name: str, value: Any) -> tuple[str, str]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{FOLDER}/{name}.js", f"pbSearch.put({json.dumps(name)},{text})\n"


def _number(value: int) -> str:
    digits = ""
    while value > 31:
        digits += _DIGITS[32 | value & 31]
        value >>= 5
    return digits + _DIGITS[value]


# Terms.


def _shards(index: Index) -> Iterator[Shard]:
    """Ranges of terms, each about as long as the others."""
    shard: list[tuple[str, str, Sequence[Posting]]] = []
    length = 0
    for term in sorted(index.postings, key=lambda each: each.encode("utf-16-be")):
        postings = index.postings[term]
        line = "".join(_postings(postings))
        if shard and length + len(line) > SHARD:
            yield shard
            shard, length = [], 0
        shard.append((term, line, postings))
        length += len(line) + 2
    if shard:
        yield shard


def _postings(postings: Iterable[Posting]) -> Iterator[str]:
    former = -1
    for posting in postings:
        yield _number(posting.document - former - 1)
        yield _DIGITS[posting.weight]
        yield _DIGITS[posting.place]
        former = posting.document


def _terms(shard: Shard) -> str:
    lines = _front_coded((term, line) for term, line, _ in shard)
    return "\n".join(lines)


def _front_coded(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each key without what it shares with the one before, whose length stands in front. Scripts
    count the characters beyond U+FFFF twice, so none of them is shared."""
    former = ""
    for key, value in pairs:
        shared = 0
        for one, other in zip(key[:31], former, strict=False):
            if one != other or one > "\uffff":
                break
            shared += 1
        yield f"{_DIGITS[shared]}{key[shared:]}\t{value}"
        former = key


def _best(shard: Shard) -> list[int]:
    """The documents in which terms of the shard weigh most."""
    weights: dict[int, int] = {}
    for _, _, postings in shard:
        for posting in postings:
            if posting.weight > weights.get(posting.document, 0):
                weights[posting.document] = posting.weight
    return sorted(weights, key=lambda number: (-weights[number], number))[:CARDS]


# Documents.


def _card(published: Published, document: Document) -> str:
    entry, standing = document.entry, published.standings[document.entry.id]
    kind = _DIGITS[published.kinds.index(entry.kind)]
    tier = _DIGITS[published.tiers.index(standing.tier)] if standing.tier else ""
    title = " ".join(document.title.split())
    return "\t".join((kind, tier, entry.id, title, *_standing(published, standing)))


def _standing(published: Published, standing: Standing) -> tuple[str, str]:
    floor = _DIGITS[published.states.index(standing.floor)] if standing.floor else ""
    return floor, _days(standing)


_EPOCH = datetime.date(1970, 1, 1).toordinal()


def _days(standing: Standing) -> str:
    """The first day, counted from 1970, and the distances of the others."""
    if not standing.days:
        return ""
    first, *_ = days = [day.toordinal() - _EPOCH for day in standing.days]
    steps = (later - day for day, later in itertools.pairwise(days))
    return "".join(map(_number, (_signed(first), *steps)))


def _signed(value: int) -> int:
    return abs(value) << 1 | (value < 0)


def _numbered(cards: Iterable[tuple[int, str]]) -> str:
    lines = []
    former = -1
    for number, card in cards:
        lines.append(f"{_number(number - former - 1)}\t{card}")
        former = number
    return "\n".join(lines)


def _section(section: Any) -> tuple[str, str, str]:
    return section.anchor, section.heading, section.text


def _languages(documents: Sequence[Document]) -> list[list[Any]]:
    """Each language with the number of its first document; they stand together."""
    firsts: dict[str, int] = {}
    for number, document in enumerate(documents):
        firsts.setdefault(document.language, number)
    return [[language, first] for language, first in firsts.items()]


def _entries(documents: Sequence[Document]) -> str:
    """For each document how far its entry is from the one before, in the order of the source."""
    numbers: dict[str, int] = {}
    former = -1
    digits = []
    for document in documents:
        number = numbers.setdefault(document.entry.id, len(numbers))
        step = number - former
        digits.append(_number(_signed(step)))
        former = number
    return "".join(digits)


# Letters and facets.


def _words_by_letter(index: Index) -> Mapping[str, list[str]]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for word, count in index.written.items():
        root = index.stems[word]
        shared = 0
        while shared < min(len(word), len(root)) and word[shared] == root[shared]:
            shared += 1
        line = f"{_number(count)}{_number(len(word) - shared)}{root[shared:]}"
        pairs.setdefault(word[0], []).append((word, line))
    return {letter: list(_front_coded(found)) for letter, found in pairs.items()}


def _facets(published: Published) -> dict[str, Any]:
    sets: dict[Facets, int] = {}
    standings: dict[str, int] = {}
    digits = []
    for document in published.documents:
        facets = published.facets[document.entry.id]
        standing = published.standings[document.entry.id]
        key = "\t".join(_standing(published, standing))
        digits.append(_number(sets.setdefault(facets, len(sets))))
        digits.append(_number(standings.setdefault(key, len(standings))))
    listed = [[f.kind, f.tier, f.roles, f.steps, f.stages] for f in sets]
    return {"sets": listed, "standings": list(standings), "documents": "".join(digits)}
