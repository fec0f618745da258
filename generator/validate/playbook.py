"""All sources together: from files by name to editions by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.cache import Digester
from generator.model import KINDS, Asset, Content, Edition, Kind, Library, Outline
from generator.problems import Location, Problem, Severity
from generator.problems.links import UNUSED_ASSET
from generator.read import Asset as AssetFile
from generator.read import Source
from generator.validate.addresses import check_addresses
from generator.validate.documents import Document
from generator.validate.drafts import Draft
from generator.validate.drawer import Entries, SourceFiles, Sources
from generator.validate.examined import Examined, Rejected, examine_files
from generator.validate.fields import M
from generator.validate.grouping import Layout, lay_out
from generator.validate.house import House, check_house
from generator.validate.linking import Led, check_links, check_settings_links
from generator.validate.links import Known
from generator.validate.names import Files
from generator.validate.understood import located


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
    entries: int = 0
    """How many entries there are, with those that were rejected."""

    @property
    def failed(self) -> bool:
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Kept:
    """What of an earlier run may hold again."""

    house: str = ""
    """The digest of what all entries can refer to beside entries and files."""
    ground: str = ""
    """The digest of all that links and references can lead to."""
    links: Mapping[str, Led] = field(default_factory=dict)
    """By the id of an entry."""
    together: Mapping[str, tuple[str, tuple[Problem, ...]]] = field(default_factory=dict)
    """By kind: the digest of its published entries, and what was wrong between them."""


def validate(
    sources: Mapping[str, Source],
    unreadable: Iterable[str],
    assets: Mapping[str, AssetFile | None],
    root: str,
    kinds: tuple[Kind, ...] = KINDS,
) -> Checked:
    """Checks the whole playbook below the folder `root`. `unreadable` are the paths of text files
    that gave no source; assets that were refused have the value None."""
    layout = lay_out({*sources, *unreadable}, sources, assets, root, kinds)
    found: dict[str, Examined] = {}
    drafts: dict[str, Draft] = {}
    for files in layout.entries:
        digest = _digest_of(files, sources)
        drafts[files.id], found[files.id] = examine_files(
            files, sources, layout.languages, digest, root
        )
    return join(layout, found, drafts, sources, assets)[0]


def _digest_of(files: Files, sources: Mapping[str, Source]) -> str:
    paths = (files.path, *files.translations.values())
    return Digester().of([(path, s.digest) for path in paths if (s := sources.get(path))])


def join(
    layout: Layout,
    found: Mapping[str, Examined],
    drafts: Mapping[str, Draft],
    documents: Mapping[str, Source],
    assets: Mapping[str, AssetFile | None],
    kept: Kept = Kept(),  # it is frozen
) -> tuple[Checked, Kept]:
    """The playbook of entries that were examined one by one: `found` in short, `drafts` whole,
    which are opened only where that is needed. `documents` are the sources of playbook.yml and its
    like. Gives what a later run may keep, too."""
    kinds, languages, groups = layout.kinds, layout.languages, layout.groups
    house, faults = check_house(layout, documents)
    problems = [*layout.problems, *faults]
    order = _order(found, kinds)
    editions = {code: Entries(drafts, order, code) for code in languages}
    problems += [problem for each in found.values() for problem in each.problems]
    together = {kind.name: _check_together(kind, found, drafts, kept) for kind in kinds}
    known = _known(found, groups, assets, house)
    common, ground = _common(known, languages), _ground(found, known)
    alike = kept.links if kept.house == common else {}
    links = check_links(found, drafts, editions, known, alike, kept.ground == ground)
    problems += [problem for _, faults in together.values() for problem in faults]
    problems += [problem for led in links.values() for problem in led.problems]
    problems += check_settings_links(house.settings, editions[languages[0]], known)
    problems += check_addresses(found, drafts, known.tags or (), known.owners or ())
    used = frozenset(known.used).union(*(led.used for led in links.values()))
    if all(each.outline for each in found.values()):  # others may use anything
        problems += _unused(assets, used, layout.root)
    outlines = {outline.id: outline for outline in _outlines(found)}
    library = _library(
        kinds, house, editions, known, used, {identity: outlines[identity] for identity in order}
    )
    digests = {groups[each.id].path: each.texts for each in found.values() if each.texts}
    digests |= {each.source.path: each.digest for each in (house.settings, house.people)
                if each and each.said.sound}  # fmt: skip
    checked = Checked(
        library,
        tuple(sorted(set(problems), key=lambda problem: problem.order)),
        digests,
        Sources(drafts, [each.id for each in found.values() if each.outline or each.rejected]),
        {each.id: each.rejected for each in found.values() if each.rejected},
        SourceFiles(drafts, known.ids_by_path, documents),
        sum(1 for each in found.values() if each.outline or each.rejected),
    )
    return checked, Kept(common, ground, links, together)


def is_checked_together(kind: Kind) -> bool:
    """Whether what one entry of the kind says can be wrong because of what another says."""
    return kind.model.faults_together.__func__ is not Content.faults_together.__func__  # type: ignore[attr-defined]


def _check_together(
    kind: Kind, found: Mapping[str, Examined], drafts: Mapping[str, Draft], kept: Kept
) -> tuple[str, tuple[Problem, ...]]:
    """What is wrong between the published entries of a kind."""
    if not is_checked_together(kind):
        return "", ()
    outlines = _outlines(found, kind.name)
    published = [outline for outline in outlines if outline.status == "published"]
    digest = Digester().of([(outline.id, outline.digest) for outline in published])
    former = kept.together.get(kind.name)
    rejected = [drafts[each.id].mended for each in found.values()
                if each.kind == kind.name and each.rejected]  # fmt: skip
    if not rejected and former and former[0] == digest:
        return former
    mended = [draft for draft in rejected if draft and draft.sure]
    if len(mended) < len(rejected):  # what they say is unknown, and may be what the others lack
        return "", ()
    whole = [*(drafts[each.id] for each in published), *mended]
    return "" if rejected else digest, tuple(_faults_together(kind, whole))


def _faults_together(kind: Kind, drafts: Sequence[Draft]) -> Iterator[Problem]:
    sources = {draft.id: draft.source for draft in drafts}
    entries = (draft.entry for draft in drafts)
    published = tuple(entry for entry in entries if entry and entry.data.status == "published")
    for entry, fault in kind.model.faults_together(published):
        if source := sources[entry.id]:
            yield from located([fault], source)


def _outlines(found: Mapping[str, Examined], kind: str = "") -> Iterator[Outline]:
    for each in found.values():
        if each.outline and kind in ("", each.kind):
            yield each.outline


def _common(known: Known, languages: tuple[str, ...]) -> str:
    """The digest of what all entries can refer to beside entries and files."""
    return Digester().of([known.owners, known.tags, languages])


def _ground(found: Mapping[str, Examined], known: Known) -> str:
    """The digest of all entries and files that links and references can lead to."""
    grounds = {each.id: each.outline.ground if each.outline else "" for each in found.values()}
    assets = {path: asset is not None for path, asset in known.assets.items()}
    return Digester().of([grounds, known.ids_by_path, known.kind_of, assets])


def _known(
    found: Mapping[str, Examined],
    groups: Mapping[str, Files],
    assets: Mapping[str, AssetFile | None],
    house: House,
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
        kind_of={each.id: each.kind for each in found.values() if groups[each.id].path},
        assets=assets,
        owners=house.owners,
        tags=house.tags,
    )


def _unused(
    assets: Mapping[str, AssetFile | None], used: frozenset[str], root: str
) -> Iterator[Problem]:
    for path, asset in assets.items():
        if asset is not None and path not in used:
            yield UNUSED_ASSET.at(
                Location(f"{root}/{path}"), "no entry uses this file", "link to it, or delete it"
            )


def _library(
    kinds: tuple[Kind, ...],
    house: House,
    editions: Mapping[str, Entries],
    known: Known,
    used: frozenset[str],
    outlines: Mapping[str, Outline],
) -> Library | None:
    settings, people = house.settings, house.people
    if not (settings and people and settings.said.sound and people.said.sound):
        return None
    made = []
    for code, entries in editions.items():
        own = settings.by_language[code]
        tag = next((language.tag for language in own.languages if language.code == code), None)
        made.append(Edition(code, tag or code, own, people.by_language[code], entries))
    assets = {
        path: Asset(path, asset.width, asset.height)
        for path, asset in known.assets.items()
        if asset and path in used
    }
    library = Library(kinds, tuple(made), assets, known.ids_by_path)
    return replace(
        library,
        outlines=outlines,
        holidays=_sound(house.holidays) or library.holidays,
        synonyms=_sound(house.synonyms) or library.synonyms,
    )


def _sound(document: Document[M] | None) -> M | None:
    return document.data if document and document.said.sound else None


def _order(found: Mapping[str, Examined], kinds: tuple[Kind, ...]) -> list[str]:
    """Ids by kind and in the order of the source edition, so that all editions agree."""
    rank = {kind.name: position for position, kind in enumerate(kinds)}
    outlines = sorted(_outlines(found), key=lambda it: (rank[it.kind], it.order, it.id))
    return [outline.id for outline in outlines]
