"""The files of the search, for the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.build.workers import shared_out
from generator.model import TIERS, Edition, Library
from generator.model.stage import Stage
from generator.render import Strings
from generator.search import Searcher
from generator.search.facets import facets_of, step_names
from generator.search.files import Published, Standing, edition_files, shared_files, version_of
from generator.staleness import Freshness, State, Verdict


def search_files(
    library: Library, freshness: Freshness, strings: Mapping[str, Strings], jobs: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Addresses and contents of all files that the search in the page loads."""
    searcher = Searcher.of(
        library, lambda work, pieces: shared_out(work, pieces, jobs, lambda _: None)
    )
    standings = {item.id: _standing(item.verdict) for item in freshness.items}
    published = Published(
        searcher.documents,
        searcher.index,
        standings,
        facets_of(library, {identity: each.tier for identity, each in standings.items()}),
        [str(state) for state in State],
        [kind.name for kind in library.kinds],
        TIERS,
    )
    shared = list(shared_files(published))
    version = version_of(shared)
    for edition in library.editions:
        words = strings[edition.code]
        more = {
            "version": version,
            "words": _flat(words.words["search"]["ui"]),
            "names": _names(library, words),
            "missing": _missing(edition),
        }
        shared += edition_files(published, edition.code, _entry_names(edition), more)
    for url, text in shared:
        yield url, text.encode("utf-8")


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
