"""Analysed renditions → the files that the script in the page loads, a few at a time.

    <edition>.js         the manifest: what there is, the words of the interface, and the cards of
                         the documents that the edition shows (titles and what else a result says)
    titles/<edition>.js  the cards of all other documents
    terms/<n>.js         a range of terms with their postings
    tails/<n>.js         the other postings of its most common terms, for who wants all answers
    documents/<n>.js     four documents: sections, texts for excerpts
    letters/<x>.js       the words that begin with a letter, and what sounds like it: loaded for a
                         word that nobody wrote
    variants.js          traditional characters: loaded for who writes them
    facets/<edition>.js  what answers can be narrowed by

In a small playbook the manifest has all cards, with the beginnings of summaries. In a very large
one it has none: then each file of terms brings the cards of those documents that its terms say most
of, and each file of documents their own.

All are scripts that call `pbSearch.put(name, value)`, because a page that was opened from a folder
may load scripts and nothing else.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from generator.search import query, ranking, sounds, stops
from generator.search.cards import Item, Known, card, entries, facet_sets, languages, numbered
from generator.search.concepts import Concepts, compact
from generator.search.digits import compressed, front_coded, number
from generator.search.index import MAX_COMPLETIONS, SCALE, Index, make_index
from generator.search.shards import (
    Shard,
    Shards,
    best_documents,
    lines_of,
    mark_of,
    shards,
    tails_of,
)
from generator.search.sounds import Hearing, Sound
from generator.search.variants import rare_variants_of, variants_of

FOLDER = "search"
"""In the site's root."""
Written = list[tuple[str, str]]
Share = Callable[[Callable[[int], Written], Sequence[int]], Iterable[Written]]
"""Does some work on each of several pieces, in their order."""


def in_turn(work: Callable[[int], Written], pieces: Sequence[int]) -> Iterable[Written]:
    """One piece after the other."""
    return map(work, pieces)


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
CARDS = 500
"""Cards that come with a shard of a large playbook."""
BLOCK = 4
"""Documents of a block."""
COMMON = 64
"""Terms that most documents hold: they tell little, and their shards come last."""


@dataclass(frozen=True)
class Published:
    """What all files are made of."""

    items: Sequence[Item]
    concepts: Concepts
    known: Known

    @cached_property
    def index(self) -> Index:
        weighed = [item.analysed.weighed for item in self.items]
        return make_index(weighed, self.concepts, Hearing(()))

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
    def words(self) -> Mapping[str, Sequence[str]]:
        """The lines of all Latin words by first letter."""
        return _words_by_letter(self.index)

    @cached_property
    def spoken(self) -> Mapping[str, Sequence[Sound]]:
        """What may be typed by its sound, by first letter."""
        counts: Counter[str] = Counter()
        for item in self.items:
            counts.update(filter(None, item.analysed.sounds.split("\n")))
        return sounds.by_letter({Sound.read(line): count for line, count in counts.items()})

    @property
    def small(self) -> bool:
        return len(self.items) <= SMALL

    @cached_property
    def large(self) -> bool:
        return len({item.entry for item in self.items}) > LARGE

    @cached_property
    def cards(self) -> Sequence[str]:
        """Of all documents."""
        small = self.small
        return [card(self.known, item, small) for item in self.items]

    @cached_property
    def cards_digest(self) -> bytes:
        """Of all cards."""
        found = hashlib.blake2b(digest_size=16)
        for each in self.cards:
            found.update(f"{len(each)} {each}".encode("utf-8", "surrogatepass"))
        return found.digest()

    @cached_property
    def facets(self) -> Mapping[str, Any]:
        """What all documents can be narrowed by."""
        return facet_sets(self.known, self.items)

    def cards_of(self, documents: Iterable[int]) -> str:
        """Those of some documents."""
        return numbered((document, self.cards[document]) for document in documents)

    def cards_for(self, edition: str) -> str:
        """Those that come with the manifest of an edition."""
        if self.large:
            return ""
        return self.cards_of(range(len(self.items)) if self.small else self.shown_in(edition))

    def shown_in(self, edition: str, yes: bool = True) -> Iterator[int]:
        """The documents that an edition shows, or the others."""
        return (n for n, item in enumerate(self.items) if (edition in item.editions) is yes)


def shared_files(published: Published, share: Share = in_turn) -> Iterator[tuple[str, str]]:
    """The files that all editions have in common: address and content. `share` may have the shards
    written by several processes."""
    places = range(len(published.shards.all))
    yield from itertools.chain.from_iterable(share(partial(_of_shard, published), places))
    for start in range(0, len(published.items), BLOCK):
        yield _block(published, start)
    words, spoken = published.words, published.spoken
    for letter in sorted(words.keys() | spoken.keys()):
        heard = map(str, spoken.get(letter, ()))
        value = {"words": "\n".join(words.get(letter, ())), "sounds": "\n".join(heard)}
        yield _file(f"letters/{ord(letter):x}", value)
    yield _file("variants", variants_of(published.index.packed))


def shard_mark(published: Published, place: int) -> str:
    """A digest of all that the files of a shard are made of."""
    cards = published.cards_digest if published.large else b""
    return f"{place} {(mark_of(published.shards.all[place]) + cards).hex()}"


def _of_shard(published: Published, place: int) -> list[tuple[str, str]]:
    shard = published.shards.all[place]
    found = [_file(f"terms/{place}", _terms(published, shard))]
    if tails := tails_of(shard):
        found.append(_file(f"tails/{place}", {"terms": tails}))
    return found


def edition_files(
    published: Published,
    edition: str,
    version: str,
    names: Mapping[str, Any],
    more: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    """The manifest of one edition, what else it can show, and what narrows it. `version` stands for
    the content of the shared files, `names` has the words for the values of each facet, `more` what
    else the manifest carries, such as the words of the interface."""
    facets = _file(f"facets/{edition}", {**published.facets, "names": names})
    others = [] if published.small or published.large else [*published.shown_in(edition, False)]
    titles = _file(f"titles/{edition}", {"cards": published.cards_of(others)})
    manifest = {
        "edition": edition,
        "version": version_of([("", version), facets, titles]),
        "cards": published.cards_for(edition),
        "others": bool(others),
        **_common_to_all(published),
        **_TUNING,
        **more,
    }
    yield _file(edition, manifest)
    yield facets
    if others:
        yield titles


def _common_to_all(published: Published) -> dict[str, Any]:
    """What the manifests of all editions say."""
    return {
        "count": len(published.items),
        "languages": languages(published.items),
        "entries": entries(published.items),
        "shards": "\n".join(shard[0].term for shard in published.shards.all),
        "order": published.shards.order,
        "variants": rare_variants_of(published.index.packed),
        "spoken": bool(published.spoken),
        "letters": "".join(sorted(published.words.keys() | published.spoken.keys())),
        "concepts": published.synonyms,
        "common": " ".join(_common(published.index)),
        "stops": " ".join(sorted(stops.STOPS)),
        "weak": " ".join(sorted(stops.WEAK)),
        "grammar": stops.GRAMMAR,
        "states": list(published.known.states),
        "kinds": list(published.known.kinds),
        "tiers": list(published.known.tiers),
        "block": BLOCK,
    }


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


def _terms(published: Published, shard: Shard) -> dict[str, str]:
    if not published.large:
        return {"terms": lines_of(shard)}
    return {"terms": lines_of(shard), "cards": published.cards_of(best_documents(shard, CARDS))}


def _block(published: Published, start: int) -> tuple[str, str]:
    """Some documents. Their sections are JSON already."""
    items = published.items[start : start + BLOCK]
    cards = published.cards_of(range(start, start + len(items))) if published.large else ""
    sections = ",".join(item.analysed.sections for item in items)
    name = f"documents/{start // BLOCK}"
    return _script(name, f'{{"cards":{_json(cards)},"sections":[{sections}]}}')


def _common(index: Index) -> list[str]:
    ordered = sorted(index.packed, key=lambda term: (-len(index.packed[term]), term))
    return [term for term in ordered if " " not in term][:COMMON]


def _words_by_letter(index: Index) -> Mapping[str, list[str]]:
    pairs: dict[str, list[tuple[str, str]]] = {}
    for word, count in index.written.items():
        root = index.stems[word]
        shared = 0
        while shared < min(len(word), len(root)) and word[shared] == root[shared]:
            shared += 1
        line = f"{number(count)}{number(len(word) - shared)}{root[shared:]}"
        pairs.setdefault(word[0], []).append((word, line))
    return {letter: list(front_coded(found)) for letter, found in pairs.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _file(name: str, value: Any) -> tuple[str, str]:
    return _script(name, _json(value))


def _script(name: str, value: str) -> tuple[str, str]:
    return f"{FOLDER}/{name}.js", f"pbSearch.put({json.dumps(name)},{value})\n"
