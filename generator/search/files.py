"""Index → the files that the script in the page loads, a few at a time.

    <edition>.js        the manifest: what there is, and the words of the interface
    terms/<n>.js        a range of terms with their postings, and the cards of the documents that
                        they say most of, so that most answers need no further file
    tails/<n>.js        the other postings of its most common terms, for who wants all answers
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
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from generator.search import query, ranking, sounds, stops
from generator.search.excerpts import room_for
from generator.search.facets import Facets
from generator.search.index import CODES, MAX_COMPLETIONS, PLACES, SCALE, TITLED, Index
from generator.search.records import Document
from generator.search.sounds import Sound
from generator.search.variants import variants_of

FOLDER = "search"
"""In the site's root."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

SHARD = 9_000
"""Characters of a shard of terms, half of that when compressed."""
MOST = 384
"""Postings of a term that come at once: where it weighs most."""
CARDS = (56, 128)
"""Cards that come with a shard of terms: at least, and at most where there are many documents."""
CARD_EACH = 128
"""Documents to a card."""
SUMMARY = 70
"""Columns of a summary on a card; a Han character takes two."""
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


class Listed(NamedTuple):
    """A term as it stands in the files."""

    term: str
    line: str
    """Its postings, or where it weighs most, behind the number of them all."""
    tail: str
    """The other postings."""
    packed: Sequence[int]
    """Those of the line."""


Shard = Sequence[Listed]
"""Terms in order."""


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
        best = sorted(_best(shard, len(cards)))
        lines = _front_coded((each.term, each.line) for each in shard)
        value = {"terms": "\n".join(lines), "cards": _numbered((n, cards[n]) for n in best)}
        yield _file(f"terms/{number}", value)
        if any(each.tail for each in shard):
            tails = _front_coded((each.term, each.tail) for each in shard if each.tail)
            yield _file(f"tails/{number}", {"terms": "\n".join(tails)})
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
        "shards": "\n".join(shard[0].term for shard in published.shards),
        "variants": variants_of(published.index.packed),
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
    ordered = sorted(index.packed, key=lambda term: (-len(index.packed[term]), term))
    return [term for term in ordered if " " not in term][:COMMON]


def _file(name: str, value: Any) -> tuple[str, str]:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{FOLDER}/{name}.js", f"pbSearch.put({json.dumps(name)},{text})\n"


@lru_cache(maxsize=65536)
def _number(value: int) -> str:
    digits = ""
    while value > 31:
        digits += _DIGITS[32 | value & 31]
        value >>= 5
    return digits + _DIGITS[value]


# Terms.


def _shards(index: Index) -> Iterator[Shard]:
    """Ranges of terms, each about as long as the others; scripts order them by UTF-16."""
    shard: list[Listed] = []
    length = 0
    for term in sorted(index.packed, key=lambda each: each.encode("utf-16-be")):
        listed = _listed(term, index.packed[term])
        if shard and length + len(listed.line) > SHARD:
            yield shard
            shard, length = [], 0
        shard.append(listed)
        length += len(listed.line) + 2
    if shard:
        yield shard


def _listed(term: str, packed: Sequence[int]) -> Listed:
    if len(packed) <= MOST:
        return Listed(term, _postings(packed), "", packed)
    ordered = sorted(packed, key=_worth, reverse=True)
    best, others = sorted(ordered[:MOST]), sorted(ordered[MOST:])
    line = f"{CUT}{_number(len(packed))}{_postings(best)}"
    return Listed(term, line, _postings(others), best)


CUT = "~"
"""Begins the line of a term that has a tail."""


def _worth(packed: int) -> int:
    """How much of a document a term is; titles count threefold."""
    return packed % CODES // PLACES * (3 if packed & TITLED else 1)


_PAIRS = tuple(_DIGITS[code // PLACES] + _DIGITS[code % PLACES] for code in range(CODES))
"""Weight and place as two digits."""


def _postings(packed: Iterable[int]) -> str:
    former = -1
    digits = []
    for each in packed:
        document, code = divmod(each, CODES)
        digits.append(_number(document - former - 1) + _PAIRS[code])
        former = document
    return "".join(digits)


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


def _best(shard: Shard, count: int) -> list[int]:
    """The documents in which terms of the shard weigh most: they are likely answers. Rare terms
    count no more than others, because they are asked for no more often."""
    said: dict[int, int] = {}
    for each in shard:
        for packed in each.packed:
            document, worth = packed // CODES, _worth(packed)
            if worth > said.get(document, 0):
                said[document] = worth
    room = min(max(CARDS[0], count // CARD_EACH), CARDS[1])
    return sorted(said, key=lambda number: (-said[number], number))[:room]


# Documents.


def _card(published: Published, document: Document) -> str:
    entry, standing = document.entry, published.standings[document.entry.id]
    kind = _DIGITS[published.kinds.index(entry.kind)]
    tier = _DIGITS[published.tiers.index(standing.tier)] if standing.tier else ""
    title, summary = (" ".join(text.split()) for text in (document.title, document.summary))
    told = (kind, tier, entry.id, title, *_standing(published, standing), _begun(summary))
    return "\t".join(told)


def _begun(text: str) -> str:
    room = room_for(text, SUMMARY)
    return text if len(text) <= room else f"{text[:room].rstrip()}…"


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
