"""The joins of the search: what the interface calls things goes into its index, and verdicts into
its files."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.build.workers import shared_out
from generator.model import TIERS, Edition, Library
from generator.model.stage import Stage
from generator.render import Strings
from generator.search import Searcher
from generator.search.analysis import Analysed, analyse, basis_of
from generator.search.cards import Item, Known, Standing
from generator.search.concepts import Concepts
from generator.search.facets import facets_of, step_names
from generator.search.files import Published, edition_files, shared_files, version_of
from generator.search.records import Labels, Rendition, renditions, shown_in
from generator.staleness import Freshness, State, Verdict

Kept = Mapping[tuple[str, str], Analysed]
"""What a former build knew of each entry (its id) in each language."""


@dataclass(frozen=True, slots=True)
class Searched:
    """The files of the search, and what a later build can use again."""

    files: Sequence[tuple[str, bytes]]
    """Addresses and contents."""
    analysed: Kept


def search_files(
    library: Library,
    freshness: Freshness,
    strings: Mapping[str, Strings],
    jobs: int = 1,
    kept: Kept | None = None,
) -> Searched:
    """All files that the search in the page loads. `kept` may hold what `Searched.analysed` was
    before, of those entries whose sources did not change since; whether the words that they take
    from elsewhere (synonyms, tags, owners, the interface) changed is looked at here."""
    concepts = Concepts.of(library.synonyms.groups)
    named = tuple(renditions(library, labels_of(library, strings)))
    analysed = _analysed(named, concepts, kept or {}, jobs)
    standings = {item.id: _standing(item.verdict) for item in freshness.items}
    known = Known(
        standings,
        facets_of(library, {identity: each.tier for identity, each in standings.items()}),
        [str(state) for state in State],
        [kind.name for kind in library.kinds],
        TIERS,
    )
    items = [_item(library, rendition, analysed[rendition.name]) for rendition in named]
    files = _files(Published(items, concepts, known), library, strings)
    return Searched(tuple((url, text.encode("utf-8")) for url, text in files), analysed)


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


def _analysed(
    named: Sequence[Rendition], concepts: Concepts, kept: Kept, jobs: int
) -> dict[tuple[str, str], Analysed]:
    """Of each rendition what was kept of it, if it still holds, or a new analysis."""
    found = {
        each.name: kept[each.name]
        for each in named
        if each.name in kept and kept[each.name].basis == basis_of(each, concepts)
    }
    missing = [each for each in named if each.name not in found]
    work = functools.partial(analyse, concepts=concepts)
    made = shared_out(work, missing, jobs, lambda _: None)
    return found | {each.name: one for each, one in zip(missing, made, strict=True)}


def _item(library: Library, rendition: Rendition, analysed: Analysed) -> Item:
    entry = rendition.entry
    editions = shown_in(library, entry)
    return Item(entry.id, entry.kind, rendition.language, editions, analysed)


def _files(
    published: Published, library: Library, strings: Mapping[str, Strings]
) -> Iterator[tuple[str, str]]:
    shared = list(shared_files(published))
    yield from shared
    version = version_of(shared)
    for edition in library.editions:
        words = strings[edition.code]
        more = {
            "words": _flat(words.words["search"]["ui"]),
            "names": _names(library, words),
            "missing": _missing(edition),
        }
        yield from edition_files(published, edition.code, version, _entry_names(edition), more)


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


def _entry_names(edition: Edition) -> dict[str, list[list[str]]]:
    published = [e for e in edition.entries.values() if e.data.status == "published"]
    stages = [entry for entry in published if isinstance(entry.data, Stage)]
    return {
        "role": [[entry.id, str(entry.title)] for entry in published if entry.kind == "role"],
        "step": [[name, title] for name, title in step_names(edition)],
        "stage": [[entry.id, str(entry.title)] for entry in stages],
    }


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
