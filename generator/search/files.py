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
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from generator.search import query, ranking, sounds, stops
from generator.search.cards import languages
from generator.search.digits import front_coded
from generator.search.index import MAX_COMPLETIONS, SCALE, Index
from generator.search.published import Published
from generator.search.shards import (
    Shard,
    best_documents,
    has_tail,
    lines_of,
    listed,
    mark_of,
    tails_of,
)
from generator.search.variants import rare_variants_of, variants_of

FOLDER = "search"
"""In the site's root."""
CARDS = 500
"""Cards that come with a shard of a large playbook."""
BLOCK = 4
"""Documents of a block."""
COMMON = 64
"""Terms that most documents hold: they tell little, and their shards come last."""


class File(NamedTuple):
    """A file that need not be made where one with the same mark is there already."""

    address: str
    mark: str
    """The digest of all that it is made of, beside this code and the settings; "" where to work it
    out takes as long as to make the file."""
    make: Callable[[], str]


def shared_files(published: Published) -> Iterator[File]:
    """The files that all editions have in common."""
    documents = range(len(published.items))
    cards = _cards_mark(published, documents)
    for place, shard in enumerate(published.shards.all):
        mark = mark_of(published.index, shard)
        yield _file(f"terms/{place}", partial(_terms, published, shard), f"{mark} {cards}")
        if has_tail(published.index, shard):
            yield _file(f"tails/{place}", partial(_tails, published, shard), mark)
    for start in documents[::BLOCK]:
        block = documents[start : start + BLOCK]
        mark = " ".join((*published.digests[start : start + BLOCK], _cards_mark(published, block)))
        yield _scripted(f"documents/{start // BLOCK}", partial(_block, published, block), mark)
    words, spoken = published.words, published.spoken
    for letter in sorted(words.keys() | spoken.keys()):
        heard = [str(sound) for sound in spoken.get(letter, ())]
        make = partial(_letter, words.get(letter, ()), heard)
        said = "\n".join(map("\t".join, words.get(letter, ())))
        yield _file(f"letters/{ord(letter):x}", make, _digest("\n".join((said, "", *heard))))
    yield _file("variants", lambda: variants_of(published.characters))


def edition_files(published: Published, edition: str, names: Mapping[str, Any]) -> Iterator[File]:
    """What one edition can show beside its manifest, and what narrows it. `names` has the words for
    the values of each facet."""
    named = f"{published.shown} {_digest(_json(names))}"
    yield _file(f"facets/{edition}", lambda: {**published.facet_sets, "names": names}, named)
    if others := published.others(edition):
        cards = partial(published.cards_of, others)
        yield _file(f"titles/{edition}", lambda: {"cards": cards()}, published.shown)


def manifest(published: Published, edition: str, version: str, more: Mapping[str, Any]) -> File:
    """What the script loads first. `version` stands for the content of the files above, whose names
    stay, `more` is what else the manifest carries, such as the words of the interface."""
    found = {
        "edition": edition,
        "version": version,
        "cards": published.cards_for(edition),
        "others": bool(published.others(edition)),
        **_common_to_all(published),
        **_TUNING,
        **more,
    }
    return _file(edition, lambda: found)


def version_of(digests: Iterable[str]) -> str:
    """Stands for the content of files."""
    return _digest("\n".join(digests))


def _common_to_all(published: Published) -> dict[str, Any]:
    """What the manifests of all editions say."""
    return {
        "count": len(published.items),
        "languages": languages(published.items),
        "entries": published.entries,
        "shards": "\n".join(shard[0] for shard in published.shards.all),
        "order": published.shards.order,
        "variants": rare_variants_of(published.characters),
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


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _terms(published: Published, shard: Shard) -> Mapping[str, str]:
    found = listed(published.index, shard)
    if not published.large:
        return {"terms": lines_of(found)}
    return {"terms": lines_of(found), "cards": published.cards_of(best_documents(found, CARDS))}


def _tails(published: Published, shard: Shard) -> Mapping[str, str]:
    return {"terms": tails_of(listed(published.index, shard))}


def _cards_mark(published: Published, documents: Iterable[int]) -> str:
    """The digest of the cards that these documents bring along. Of the cards alone: a summary, a
    step or a day changes none of them, and most files have to stay then."""
    return _digest(published.cards_of(documents)) if published.large else ""


def _block(published: Published, documents: Sequence[int]) -> str:
    """Some documents. Their sections are JSON already."""
    cards = published.cards_of(documents) if published.large else ""
    sections = ",".join(map(published.sections, documents))
    return f'{{"cards":{_json(cards)},"sections":[{sections}]}}'


def _letter(words: Iterable[tuple[str, str]], heard: Iterable[str]) -> Mapping[str, str]:
    return {"words": "\n".join(front_coded(words)), "sounds": "\n".join(heard)}


def _common(index: Index) -> list[str]:
    alone = (term for term in index.packed if " " not in term)
    return heapq.nsmallest(COMMON, alone, key=lambda term: (-len(index.packed[term]), term))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _file(name: str, make: Callable[[], Any], mark: str = "") -> File:
    return _scripted(name, lambda: _json(make()), mark)


def _scripted(name: str, make: Callable[[], str], mark: str) -> File:
    """A file of the script that puts a value, given as JSON."""
    return File(f"{FOLDER}/{name}.js", mark, lambda: f"pbSearch.put({json.dumps(name)},{make()})\n")
