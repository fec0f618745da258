"""All sources together: from files by name to editions by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.model import (
    KINDS,
    Asset,
    Edition,
    Entry,
    Holidays,
    Kind,
    Library,
    People,
    Settings,
)
from generator.model.shape import leaves
from generator.model.synonyms import Synonyms
from generator.problems import Location, Problem, Severity
from generator.problems.links import UNUSED_ASSET
from generator.read import Asset as AssetFile
from generator.read import Source, split_name
from generator.validate.addresses import check_addresses
from generator.validate.documents import Document, check_document
from generator.validate.drafts import Draft, by_language, check_drafts, located
from generator.validate.links import Known, LinkChecker, check_body, check_references, check_texts
from generator.validate.names import HOLIDAYS, PEOPLE, SETTINGS, SYNONYMS, Files, alike, group_files

Editions = Mapping[str, Mapping[str, Entry]]
"""Entries by id, by language code, the source language first."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry that could not be understood."""

    kind: str
    place: str
    """Its file, as problems show it."""
    title: str
    owner: str
    """What its file says, if it can be read; "" otherwise."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What validation gives: the library, unless the settings or people are unusable, and all
    problems in order. With an error among them the library lacks entries and may not be shown."""

    library: Library | None
    problems: tuple[Problem, ...]
    digests: Mapping[str, str]
    """For each source file, the digest of its texts, which translations record."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The source file of each entry, by id: it knows the places of fields."""
    rejected: Mapping[str, Rejected] = field(default_factory=dict)
    """Entries that are not in the library because of their faults, by id."""
    files: Mapping[str, Source] = field(default_factory=dict)
    """Every text file that could be read, translations included, by path."""

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def validate(
    sources: Mapping[str, Source],
    unreadable: Iterable[str],
    assets: Mapping[str, AssetFile | None],
    root: str,
    kinds: tuple[Kind, ...] = KINDS,
) -> Checked:
    """Checks the whole playbook below the folder `root`. `unreadable` are the paths of text files
    that gave no source; assets that were refused have the value None."""
    languages = _languages(sources)
    paths = sorted({*sources, *unreadable})
    groups, problems = group_files(paths, kinds, languages, root)
    problems += alike((*paths, *assets), root)

    settings, found = check_document(Settings, SETTINGS, groups, sources, languages, root)
    people, more = check_document(People, PEOPLE, groups, sources, languages, root)
    holidays, rest = check_document(
        Holidays, HOLIDAYS, groups, sources, languages[:1], root, required=False
    )
    problems += [*found, *more, *rest, *_document_faults(settings, people, holidays, kinds)]
    synonyms, found = _check_synonyms(groups, sources, languages, root)
    problems += found

    drafts = [Draft(f, f.kind, sources.get(f.path)) for f in groups.values() if f.kind]
    problems += check_drafts(drafts, kinds, languages[0])
    editions, found = by_language(drafts, sources, languages)
    problems += found

    known = _known(drafts, groups, assets, settings, people)
    problems += _check_links(drafts, editions, known)
    problems += _check_settings_links(settings, editions, known)
    problems += check_addresses(drafts)
    problems += _unused(assets, known.used, root)

    documents = [document for document in (settings, people) if document]
    digests = {draft.files.path: draft.entry.digest for draft in drafts if draft.entry}
    digests |= {document.source.path: document.digest for document in documents}
    ordered = tuple(sorted(set(problems), key=lambda problem: problem.order))
    library = _library(kinds, settings, people, editions, known)
    if library and holidays:
        library = replace(library, holidays=holidays.data)
    if library and synonyms:
        library = replace(library, synonyms=synonyms.data)
    places = {draft.id: draft.source for draft in drafts if draft.source}
    rejected = {
        draft.id: _rejected(draft, root)
        for draft in drafts
        if draft.entry is None and draft.files.path
    }
    return Checked(library, ordered, digests, places, rejected, sources)


def _rejected(draft: Draft, root: str) -> Rejected:
    data = draft.source.data if draft.source else {}
    title, owner = (value if isinstance(value := data.get(name), str) else "" for name in (
        "title", "owner"))  # fmt: skip
    return Rejected(draft.kind.name, f"{root}/{draft.files.path}", title or draft.id, owner)


def _languages(sources: Mapping[str, Source]) -> tuple[str, ...]:
    """The languages as far as playbook.yml can be understood. If not at all: English, and whatever
    file names say, so that a fault in the settings is not held against every translation."""
    settings = next((sources[p] for p in sources if p.rsplit(".", 1)[0] == SETTINGS), None)
    listed = settings.data.get("languages") if settings else None
    codes = [
        item["code"]
        for item in (listed if isinstance(listed, list) else [])
        if isinstance(item, dict) and isinstance(item.get("code"), str)
    ]
    named = sorted({code for path in sources if (code := split_name(path)[1])})
    return tuple(dict.fromkeys(codes or ["en", *named]))


def _document_faults(
    settings: Document[Settings] | None,
    people: Document[People] | None,
    holidays: Document[Holidays] | None,
    kinds: tuple[Kind, ...],
) -> Iterator[Problem]:
    if settings:
        names = tuple(kind.name for kind in kinds)
        yield from located(settings.data.faults(names), settings.source)
    if people:
        yield from located(people.data.faults(), people.source)
    if holidays:
        yield from located(holidays.data.faults(), holidays.source)


def _check_synonyms(
    groups: Mapping[str, Files],
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
    root: str,
) -> tuple[Document[Synonyms] | None, list[Problem]]:
    synonyms, problems = check_document(
        Synonyms, SYNONYMS, groups, sources, languages[:1], root, required=False
    )
    faults = located(synonyms.data.faults(languages), synonyms.source) if synonyms else ()
    return synonyms, [*problems, *faults]


def _known(
    drafts: list[Draft],
    groups: Mapping[str, Files],
    assets: Mapping[str, AssetFile | None],
    settings: Document[Settings] | None,
    people: Document[People] | None,
) -> Known:
    ids_by_path = {
        path: files.id
        for files in groups.values()
        if files.kind
        for path in (files.path, *files.translations.values())
        if path
    }
    return Known(
        ids_by_path=ids_by_path,
        kind_of={draft.id: draft.kind.name for draft in drafts if draft.files.path},
        assets=assets,
        owners=people.data.ids if people else None,
        tags=frozenset(settings.data.tags) if settings else None,
    )


def _check_links(drafts: list[Draft], editions: Editions, known: Known) -> Iterator[Problem]:
    entries = next(iter(editions.values()))
    for draft in drafts:
        if draft.entry is None or draft.source is None:
            continue
        status = draft.entry.data.status
        yield from check_references(draft.leaves, status, draft.source, entries, known)
        checker = LinkChecker(draft.entry, entries, known, draft.source.path)
        yield from check_texts(draft.leaves, draft.source, checker)
        yield from check_body(draft.source, checker)
        for code, overlay in draft.overlays.items():
            own = editions[code][draft.id]
            checker = LinkChecker(own, editions[code], known, overlay.translation.path)
            texts = [leaf for leaf in leaves(own.data) if leaf.path in overlay.places]
            yield from check_texts(texts, overlay, checker)
            yield from check_body(overlay.translation, checker)


def _check_settings_links(
    settings: Document[Settings] | None, editions: Editions, known: Known
) -> Iterator[Problem]:
    if settings is None:
        return
    entries = next(iter(editions.values()))
    found = list(leaves(settings.data))
    yield from check_references(found, "published", settings.source, entries, known)
    checker = LinkChecker(None, entries, known, settings.source.path)
    yield from check_texts(found, settings.source, checker)


def _unused(assets: Mapping[str, AssetFile | None], used: set[str], root: str) -> Iterator[Problem]:
    for path, asset in assets.items():
        if asset is not None and path not in used:
            yield UNUSED_ASSET.at(
                Location(f"{root}/{path}"), "no entry uses this file", "link to it, or delete it"
            )


def _library(
    kinds: tuple[Kind, ...],
    settings: Document[Settings] | None,
    people: Document[People] | None,
    editions: Editions,
    known: Known,
) -> Library | None:
    if settings is None or people is None:
        return None
    order = _order(editions, kinds)
    made = []
    for code, entries in editions.items():
        own = settings.by_language[code]
        tag = next((language.tag for language in own.languages if language.code == code), None)
        sorted_entries = {identity: entries[identity] for identity in order}
        made.append(Edition(code, tag or code, own, people.by_language[code], sorted_entries))
    used = {
        path: Asset(path, asset.width, asset.height)
        for path, asset in known.assets.items()
        if asset and path in known.used
    }
    return Library(kinds, tuple(made), used, known.ids_by_path)


def _order(editions: Editions, kinds: tuple[Kind, ...]) -> list[str]:
    """Ids by kind and in the order of the source edition, so that all editions agree."""
    rank = {kind.name: position for position, kind in enumerate(kinds)}
    entries = next(iter(editions.values())).values()
    return [e.id for e in sorted(entries, key=lambda e: (rank[e.kind], e.data.order, e.id))]
