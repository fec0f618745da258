"""Entries on their way from files to the library: checked alone, then laid out by language."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.markdown import Body, Link
from generator.model import Entry, Kind
from generator.model.entry import Reference
from generator.model.fields import Prose
from generator.model.shape import Leaf, leaves
from generator.problems import Fault, Problem
from generator.read import Source, revision_of
from generator.validate.fields import Places, check_fields
from generator.validate.names import Files
from generator.validate.overlay import RECORD, Overlay, lay_over
from generator.validate.translations import digest_of_texts, missing_translation, state_of


@dataclass(slots=True)
class Draft:
    """An entry on its way. Without a usable source, or rejected, it has no entry."""

    files: Files
    kind: Kind
    source: Source | None
    entry: Entry | None = None
    """In the source language."""
    leaves: tuple[Leaf, ...] = ()
    """The texts and references of that entry."""
    overlays: dict[str, Overlay] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.files.id


def check_drafts(drafts: list[Draft], kinds: tuple[Kind, ...], language: str) -> Iterator[Problem]:
    """Checks every entry alone, and then those of each kind together."""
    for draft in drafts:
        yield from _check_draft(draft, language)
    for kind in kinds:
        yield from _check_together([draft for draft in drafts if draft.kind is kind], kind)


def _check_draft(draft: Draft, language: str) -> Iterator[Problem]:
    source = draft.source
    if source is None:
        return
    data, problems = check_fields(draft.kind.model, source.data, source, language)
    yield from problems
    if data is None:
        return
    yield from located(data.faults(), source)
    draft.leaves = tuple(leaves(data))
    draft.entry = Entry(
        id=draft.id,
        kind=draft.kind.name,
        language=language,
        data=data,
        body=source.body,
        body_language=language,
        path=source.path,
        text_path=source.path,
        references=tuple(_references(draft.leaves)),
        links=_links(draft.leaves, source.body),
        digest=digest_of_texts(draft.leaves, source),
        revision=revision_of(source.data, source.body_text),
        markdown=source.body_text,
    )


def _check_together(drafts: list[Draft], kind: Kind) -> Iterator[Problem]:
    places = {draft.id: draft.source for draft in drafts if draft.source}
    entries = (draft.entry for draft in drafts if draft.entry)
    published = tuple(entry for entry in entries if entry.data.status == "published")
    for entry, fault in kind.model.faults_together(published):
        yield from located([fault], places[entry.id])


def located(faults: Iterable[Fault], places: Places) -> Iterator[Problem]:
    """Faults of a model as problems at the lines of its file."""
    for fault in faults:
        yield fault.rule.at(places.locate(fault.path, fault.key), fault.message, fault.hint)


def _references(found: Iterable[Leaf]) -> Iterator[Reference]:
    for leaf in found:
        if leaf.refers and not {"person", "tag"}.intersection(leaf.refers.kinds):
            yield Reference(leaf.path, leaf.value)


def _links(texts: Iterable[Leaf], body: Body | None) -> tuple[Link, ...]:
    in_fields = (leaf.value.body.links for leaf in texts if isinstance(leaf.value, Prose))
    return (*(body.links if body else ()), *itertools.chain.from_iterable(in_fields))


def by_language(
    drafts: list[Draft], sources: Mapping[str, Source], languages: tuple[str, ...]
) -> tuple[dict[str, dict[str, Entry]], list[Problem]]:
    """The entries by id, for each language."""
    editions: dict[str, dict[str, Entry]] = {code: {} for code in languages}
    problems: list[Problem] = []
    for draft in drafts:
        if draft.entry is None or draft.source is None:
            continue
        editions[languages[0]][draft.id] = draft.entry
        for code in languages[1:]:
            translation = sources.get(draft.files.translations.get(code, ""))
            if translation is None:
                problems += _untranslated(draft, draft.source, code)
                entry = replace(draft.entry, language=code, translated=False)
            else:
                overlay = lay_over(draft.kind.model, draft.source, translation, languages[0], code)
                entry, found = _translate(draft, draft.entry, overlay)
                problems += found
            editions[code][draft.id] = entry
    return editions, problems


def _untranslated(draft: Draft, source: Source, code: str) -> Iterator[Problem]:
    unreadable = code in draft.files.translations
    if draft.entry and draft.entry.data.status == "published" and not unreadable:
        yield missing_translation(code, source)


def _translate(draft: Draft, entry: Entry, overlay: Overlay) -> tuple[Entry, list[Problem]]:
    draft.overlays[overlay.language] = overlay
    data, problems = check_fields(draft.kind.model, overlay.data, overlay, entry.language)
    body = overlay.translation.body
    if body is None and entry.body is not None:
        overlay.missing.append("body")
    data = data or entry.data
    recorded = overlay.translation.data.get(RECORD)
    made = replace(
        entry,
        language=overlay.language,
        data=data,
        body=body or entry.body,
        body_language=overlay.language if overlay.translation.body_text else entry.language,
        text_path=overlay.translation.path,
        links=_links(leaves(data), body or entry.body),
        behind=bool(recorded) and recorded != entry.digest,
        incomplete=tuple(overlay.missing),
        markdown=overlay.translation.body_text or entry.markdown,
    )
    return made, [*overlay.problems, *problems, *state_of(overlay, entry.digest)]
