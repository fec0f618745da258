"""The joins of the search: what the interface calls things goes into its index, and verdicts into
its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.build.pieces import Pieces
from generator.build.workers import shared_out
from generator.model import TIERS, Edition, Library
from generator.render import Strings
from generator.search import Searcher
from generator.search.analysis import Analysed, analyse
from generator.search.cards import Item, Known, Standing
from generator.search.concepts import Concepts
from generator.search.facets import facets_of
from generator.search.files import Published, edition_files, shard_mark, shared_files, version_of
from generator.search.records import Labels, rendition_of
from generator.staleness import Freshness, State, Verdict

Shard = list[tuple[str, str]]
"""The files of a shard of the index: addresses and texts."""

Step = Callable[[int], None]
"""Told how many more pieces of work are done."""


def analyses_of(
    library: Library, labels: Labels, concepts: Concepts, identity: str
) -> Mapping[str, Analysed]:
    """What the search knows of one entry, by the language of its texts."""
    return {
        edition.code: analyse(rendition_of(edition, edition.entries[identity], labels), concepts)
        for edition in library.editions
        if edition.code in library.outlines[identity].translated
    }


def files_with(
    library: Library,
    freshness: Freshness,
    strings: Mapping[str, Strings],
    jobs: int,
    pieces: Pieces[Mapping[str, Analysed]],
    step: Step,
    drafts: bool,
    shards: Pieces[Shard],
) -> Sequence[tuple[str, bytes]]:
    """All files that the search in the page loads, addresses and contents, put together of pieces
    that were made of the entries (`Making`). `step` is called between pieces of work, and may raise
    to put an end to it. With `drafts` these are found as well, marked. `shards` has those that are
    known, and takes new ones."""
    concepts = Concepts.of(library.synonyms.groups)
    analysed = {
        (identity, code): (pieces.get(library.outlines[identity].digest) or {})[code]
        for identity, code in _shown(library, drafts)
    }
    source = library.source.code
    standings = {item.id: _standing(item.verdict) for item in freshness.items}
    known = Known(
        standings,
        facets_of(
            library,
            {identity: each.tier for identity, each in standings.items()},
            [step for (_, code), each in analysed.items() if code == source for step in each.steps],
        ),
        [str(state) for state in State],
        [kind.name for kind in library.kinds],
        TIERS,
    )
    items = [_item(library, name, each) for name, each in analysed.items()]
    files = _files(Published(items, concepts, known), library, strings, jobs, step, shards)
    return tuple((url, text.encode("utf-8")) for url, text in files)


def statuses_found(drafts: bool) -> tuple[str, ...]:
    """The statuses of entries that are found: not of those that are only kept for old links."""
    return ("published", "draft") if drafts else ("published",)


def _shown(library: Library, drafts: bool) -> Iterator[tuple[str, str]]:
    """The names of all renditions, in their order."""
    for edition in library.editions:
        for outline in library.outlines.values():
            if outline.status in statuses_found(drafts) and edition.code in outline.translated:
                yield outline.id, edition.code


def searcher_of(library: Library, strings: Mapping[str, Strings]) -> Searcher:
    """The library, to be asked."""
    return Searcher.of(library, labels_of(library, strings))


def labels_of(library: Library, strings: Mapping[str, Strings]) -> Labels:
    """What the pages call the fields of each kind: interface words under the name of the kind that
    are named like a field."""
    return {
        edition.code: {
            kind.name: _plain(strings[edition.code].words.get(kind.name, {}))
            for kind in library.kinds
        }
        for edition in library.editions
    }


def _plain(words: Mapping[str, Any]) -> Mapping[str, str]:
    """Those in which nothing is filled in."""
    return {name: said for name, said in words.items() if isinstance(said, str) and "{" not in said}


def _item(library: Library, name: tuple[str, str], analysed: Analysed) -> Item:
    identity, code = name
    outline = library.outlines[identity]
    others = [e.code for e in library.editions if e.code not in outline.translated]
    editions = frozenset((code, *(others if code == library.source.code else ())))
    return Item(identity, outline.kind, code, editions, analysed)


def _files(
    published: Published,
    library: Library,
    strings: Mapping[str, Strings],
    jobs: int,
    step: Step,
    shards: Pieces[Shard],
) -> Iterator[tuple[str, str]]:
    def share(work: Callable[[int], Shard], places: Sequence[int]) -> Iterator[Shard]:
        marks = {place: shard_mark(published, place) for place in places}
        missing = [place for place in places if shards.get(marks[place]) is None]
        for place, made in zip(missing, shared_out(work, missing, jobs, step), strict=True):
            shards.put(marks[place], made)
        return (shards.used[marks[place]] for place in places)

    shared = list(shared_files(published, share))
    yield from shared
    version = version_of(shared)
    for edition in library.editions:
        words = strings[edition.code]
        more = {
            "words": _flat(words.words["search"]["ui"]),
            "names": _names(library, words),
            "missing": _missing(edition),
        }
        names = _entry_names(library, edition.code, published.items)
        yield from edition_files(published, edition.code, version, names, more)


def _standing(verdict: Verdict) -> Standing:
    floor = verdict.floor or ("" if verdict.days else verdict.state)
    days = verdict.days
    dates = (days.soon, days.due, days.grace, days.expiry) if days else ()
    return Standing(verdict.tier or "", str(floor), dates)


def _names(library: Library, words: Strings) -> dict[str, list[list[str]]]:
    """What kinds, tiers and states are called, in the order in which they are offered."""
    return {
        "kind": [[kind.name, words.say(f"kind.{kind.name}.one")] for kind in library.kinds],
        "tier": [[tier, words.say(f"tier.{tier}")] for tier in TIERS],
        "state": [[str(state), words.say(f"state_short.{state}")] for state in State],
    }


def _entry_names(library: Library, code: str, items: Sequence[Item]) -> dict[str, list[list[str]]]:
    """What roles, steps and stages are called in an edition, in the order of the playbook."""
    shown = {each.entry: each for each in items if code in each.editions}
    listed = [shown[identity] for identity in library.outlines if identity in shown]

    def called(kind: str) -> list[list[str]]:
        return [[each.entry, each.analysed.title] for each in listed if each.kind == kind]

    steps = [[step.anchor, step.title] for each in listed for step in each.analysed.steps]
    return {"role": called("role"), "step": steps, "stage": called("stage")}


def _flat(words: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Words by dotted key; the forms of a plural stay together."""
    found: dict[str, Any] = {}
    for key, value in words.items():
        if isinstance(value, Mapping) and "other" not in value:
            found |= _flat(value, f"{before}{key}.")
        else:
            found[f"{before}{key}"] = value
    return found


def _missing(edition: Edition) -> str:
    """Where to say that something is missing: the forge's form for a new issue, or those who know
    where the sources are not on a known forge."""
    repository = edition.settings.repository
    url = str(repository.url).rstrip("/") if repository else ""
    if "github" in url:
        return f"{url}/issues/new?title={{title}}"
    if "gitlab" in url:
        return f"{url}/-/issues/new?issue[title]={{title}}"
    return f"{edition.code}/people/index.html"
