"""What came of the files of one entry, in short: enough to lay out the playbook without the entry.

It is small where the entry is large, so that a playbook of thousands can be known without opening
more than what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.cache import Digester
from generator.markdown import Link
from generator.model import Entry, Outline
from generator.model.target import resolve
from generator.problems import Location, Problem
from generator.read import Source
from generator.validate.drafts import Draft, examine
from generator.validate.names import Files


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
class Examined:
    """An entry's files, examined. Without an outline they gave no entry."""

    id: str
    kind: str
    digest: str
    """Of the files."""
    outline: Outline | None
    rejected: Rejected | None
    """Where there is a source file that gave no entry."""
    texts: str
    """The digest of the texts in the source language, which translations record."""
    problems: tuple[Problem, ...]
    """What is wrong as far as these files tell."""


def examine_files(
    files: Files,
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
    digest: str,
    root: str,
    problems: tuple[Problem, ...] = (),
) -> tuple[Draft, Examined]:
    """The entry of some files, and what is known of it in short. `digest` is that of the files, and
    `problems` are those of reading them."""
    draft, found = examine(files, sources, languages)
    entry = draft.entry
    outline = _outline(draft, entry, digest) if entry else None
    rejected = _rejected(files, draft.source, root) if files.path and not entry else None
    texts = entry.digest if entry else ""
    all_found = (*problems, *found)
    return draft, Examined(draft.id, draft.kind, digest, outline, rejected, texts, all_found)


def _rejected(files: Files, source: Source | None, root: str) -> Rejected:
    assert files.kind is not None
    data = source.data if source else {}
    title, owner = (
        value if isinstance(value := data.get(name), str) else "" for name in ("title", "owner")
    )
    return Rejected(files.kind.name, f"{root}/{files.path}", title or files.id, owner)


def _outline(draft: Draft, entry: Entry, digest: str) -> Outline:
    data, digester = entry.data, Digester()
    assert draft.source is not None
    reviewed_at = draft.source.line_of("reviewed")
    place = digester.of([_place(each) for each in draft.entries.values()])
    return Outline(
        id=entry.id,
        kind=entry.kind,
        path=entry.path,
        order=data.order,
        status=data.status,
        tier=data.tier,
        owner=data.owner,
        tags=data.tags,
        aliases=data.aliases,
        company=data.company,
        depends_on=data.depends_on,
        revision=entry.revision,
        reviewed_at=reviewed_at,
        sheet=entry.sheet is not None,
        translated=tuple(code for code, each in draft.entries.items() if each.translated),
        targets=tuple(dict.fromkeys(reference.target for reference in entry.references)),
        leads={code: _leads(each.links, entry.path) for code, each in draft.entries.items()},
        digest=digest,
        place=place,
        face=digester.of([place, *map(_face, draft.entries.values())]),
        ground=digester.of([_ground(draft, each) for each in draft.entries.values()]),
        review=digester.of(_review(entry, reviewed_at)),
    )


def _leads(links: tuple[Link, ...], path: str) -> tuple[str, ...]:
    found = (resolve(link.target, path).path for link in links)
    return tuple(dict.fromkeys(filter(None, found)))


def _place(entry: Entry) -> list[object]:
    """What it has to do with the others; which comes first, the order of all of them says."""
    data = entry.data
    targets = [each.target for each in entry.references]
    links = [resolve(link.target, entry.path).path for link in entry.links]
    grouped_by = [data.company, data.tier, data.status, data.owner, data.tags, data.group]
    told = [data.aliases, data.depends_on, entry.translated, entry.sheet is not None]
    return [entry.id, entry.kind, grouped_by, told, targets, links]


def _face(entry: Entry) -> list[object]:
    """What other pages show of it, wherever it stands."""
    parts = [entry.part_at(each.path) for each in entry.references]
    return [entry.data.title, entry.data.summary, entry.behind, parts]


def _ground(draft: Draft, entry: Entry) -> list[object]:
    """What references and links to it stand on."""
    return [draft.id, draft.kind, entry.data.status, entry.anchors]


def _review(entry: Entry, place: Location) -> list[object]:
    """What a verdict depends on, and what reports say of the entry."""
    data = entry.data
    claims = [(claim.id, claim.checked, claim.cadence) for claim in data.claims]
    given = [data.reviewed, data.cadence, data.evergreen, data.tier, claims, data.depends_on]
    return [entry.id, str(data.title), data.owner, data.tags, data.status, given, entry.revision,
            place]  # fmt: skip
