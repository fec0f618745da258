"""The joins of the search: what the interface calls things goes into its index, and verdicts into
its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from generator.build.output.recipes import Fill, Recipe
from generator.cache import Digester
from generator.model import TIERS, Edition, Library
from generator.render import Strings
from generator.search.analysis import Analysed, analyse
from generator.search.cards import Item, Known, Standing
from generator.search.catalogue import Catalogue, Name
from generator.search.concepts import Concepts
from generator.search.facets import Facets, facets_of
from generator.search.files import (
    File,
    edition_files,
    manifest,
    shared_files,
    version_of,
)
from generator.search.published import Published
from generator.search.records import Labels, rendition_of
from generator.staleness import Freshness, State, Verdict

if TYPE_CHECKING:
    from generator.search import Searcher


def analyses_of(
    library: Library, labels: Labels, concepts: Concepts, identity: str
) -> Mapping[str, Analysed]:
    """What the search knows of one entry, by the language of its texts."""
    return {
        edition.code: analyse(rendition_of(edition, edition.entries[identity], labels), concepts)
        for edition in library.editions
        if edition.code in library.outlines[identity].translated
    }


@dataclass(frozen=True)
class Searching:
    """What the search in the page is made of."""

    library: Library
    freshness: Freshness
    strings: Mapping[str, Strings]
    common: str
    """The digest of all that its files are made of, beside the documents and what is `seen`."""
    seen: str
    """The digest of all verdicts, and of what pages show of entries."""
    drafts: bool = False
    """Whether drafts are found, marked."""

    def fill(self, catalogue: Catalogue, sections: Callable[[Name], str], fill: Fill) -> None:
        """Puts all files that the search in the page loads. `sections` gives those of a document,
        as JSON."""
        published = self._published(catalogue, sections)
        shared = fill(map(self._recipe, shared_files(published)))
        for edition in self.library.editions:
            words = self.strings[edition.code]
            names = _entry_names(self.library, edition.code, published.items)
            own = fill(map(self._recipe, edition_files(published, edition.code, names)))
            version = version_of((*shared.values(), *own.values()))
            more = {
                "words": _flat(words.words["search"]["ui"]),
                "names": _names(self.library, words),
                "missing": _missing(edition),
            }
            fill([self._recipe(manifest(published, edition.code, version, more))])

    @property
    def documents(self) -> Mapping[Name, str]:
        """The digests of the files of all documents, by name, in the order of these."""
        outlines = self.library.outlines.values()
        statuses = statuses_found(self.drafts)
        return {
            (outline.id, edition.code): outline.digest
            for edition in self.library.editions
            for outline in outlines
            if outline.status in statuses and edition.code in outline.translated
        }

    def _published(self, catalogue: Catalogue, sections: Callable[[Name], str]) -> Published:
        kinds = [kind.name for kind in self.library.kinds]
        names = catalogue.names
        return Published(
            items=self._items(catalogue),
            inverted=catalogue.inverted,
            concepts=Concepts.of(self.library.synonyms.groups),
            known=Known(self._standings, [str(state) for state in State], kinds, TIERS),
            digests=[f"{d} {code}" for d, (_, code) in zip(catalogue.digests, names, strict=True)],
            shown=Digester().of([self.seen, catalogue.shown]),
            sections=lambda number: sections(names[number]),
            facets=partial(self._facets, catalogue),
        )

    @cached_property
    def _standings(self) -> Mapping[str, Standing]:
        return {item.id: _standing(item.verdict) for item in self.freshness.items}

    def _facets(self, catalogue: Catalogue) -> Mapping[str, Facets]:
        source = self.library.source.code
        listed = zip(catalogue.names, catalogue.faces, strict=True)
        steps = [step for (_, code), face in listed if code == source for step in face.steps]
        tiers = {identity: each.tier for identity, each in self._standings.items()}
        return facets_of(self.library, tiers, steps)

    def _items(self, catalogue: Catalogue) -> Sequence[Item]:
        library = self.library
        codes = [edition.code for edition in library.editions]
        found = []
        for (identity, code), face in zip(catalogue.names, catalogue.faces, strict=True):
            outline = library.outlines[identity]
            # Where a translation is missing the source stands for it.
            others = set(codes).difference(outline.translated) if code == codes[0] else ()
            found.append(Item(identity, outline.kind, code, frozenset((code, *others)), face))
        return found

    def _recipe(self, file: File) -> Recipe:
        mark = f"{self.common} {file.mark}" if file.mark else ""
        return Recipe(file.address, mark, lambda: file.make().encode("utf-8"))


def statuses_found(drafts: bool) -> tuple[str, ...]:
    """The statuses of entries that are found: not of those that are only kept for old links."""
    return ("published", "draft") if drafts else ("published",)


def searcher_of(library: Library, strings: Mapping[str, Strings]) -> Searcher:
    """The library, to be asked."""
    from generator.search import Searcher  # which no build needs

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
        return [[each.entry, each.face.title] for each in listed if each.kind == kind]

    steps = [[step.anchor, step.title] for each in listed for step in each.face.steps]
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
