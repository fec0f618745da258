"""Entries on their way from files to the library: each examined alone, in all its languages.

What comes of one entry's files depends on nothing else, so it can be worked out by any process, and
kept for as long as these files stay as they are.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.markdown import Body, Link
from generator.model import Content, Entry, Kind
from generator.model.entry import Reference
from generator.model.fields import Prose
from generator.model.shape import Leaf, leaves
from generator.problems import Problem
from generator.read import Source, revision_of
from generator.validate.fields import Places, check_fields
from generator.validate.mending import mend
from generator.validate.names import Files
from generator.validate.overlay import RECORD, Overlay, lay_over
from generator.validate.translations import digest_of_texts, missing_translation, state_of
from generator.validate.understood import Understood


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry on its way. Without a usable source, or rejected, it has no entries."""

    id: str
    kind: str
    source: Source | None
    """Without what its texts were parsed to, which the entries hold."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By language, the source language first."""
    leaves: Mapping[str, tuple[Leaf, ...]] = field(default_factory=dict)
    """References and texts with links, by the language of the file that they stand in."""
    overlays: Mapping[str, Overlay] = field(default_factory=dict)
    mended: Draft | None = None
    """What a rejected one might have been, for looking at what it leads to."""
    sure: bool = True
    """Whether the entries can be held against others of their kind."""

    @property
    def entry(self) -> Entry | None:
        """In the source language."""
        return next(iter(self.entries.values()), None)


def examine(
    files: Files, sources: Mapping[str, Source], languages: tuple[str, ...]
) -> tuple[Draft, list[Problem]]:
    """The entry that `files` hold, in each of `languages`, and all that is wrong with it as far as
    these files tell."""
    assert files.kind is not None
    draft = Draft(files.id, files.kind.name, None)
    source = sources.get(files.path)
    if source is None:
        return draft, []
    draft = replace(draft, source=_lean(source))
    data, problems = check_fields(files.kind.model, source.data, source, languages[0])
    if data is None:
        said = mend(files.kind.model, source, languages[0])
    else:
        said = Understood(data, source)
    if said is None:
        return draft, problems
    made, more = _understood(files, draft, said, sources, languages)
    problems += more
    return made if said.sound else replace(draft, mended=made), problems


def _understood(
    files: Files,
    draft: Draft,
    said: Understood[Content],
    sources: Mapping[str, Source],
    languages: tuple[str, ...],
) -> tuple[Draft, list[Problem]]:
    """The entry of what its source says, in each of `languages`, and what is wrong with it."""
    assert files.kind is not None
    source = said.source
    found = tuple(leaf for leaf in leaves(said.model) if said.is_written(leaf.path))
    entry = _entry(files.kind, draft, said.model, found, source, languages[0])
    problems = [*said.judged(said.model.faults()), *_flaws(found, source.body, source, source)]
    entries = {languages[0]: entry}
    led = {languages[0]: tuple(filter(_leads, found))}
    overlays: dict[str, Overlay] = {}
    for code in languages[1:]:
        translation = sources.get(files.translations.get(code, ""))
        if translation is None:
            problems += _untranslated(files, entry, source, code)
            entries[code] = replace(entry, language=code, translated=False)
        else:
            overlay = lay_over(files.kind.model, source, translation, languages[0], code)
            entries[code], supplied, more = _translate(files.kind, entry, overlay, said.sound)
            problems += more
            led[code] = tuple(filter(_leads, supplied))
            overlays[code] = _lean_overlay(overlay)
    made = replace(
        draft, source=_lean(source), entries=entries, leaves=led, overlays=overlays, sure=said.sure
    )
    return made, problems


def _entry(
    kind: Kind, draft: Draft, data: Content, found: tuple[Leaf, ...], source: Source, language: str
) -> Entry:
    return Entry(
        id=draft.id,
        kind=kind.name,
        language=language,
        data=data,
        body=source.body,
        body_language=language,
        path=source.path,
        text_path=source.path,
        references=tuple(_references(found)),
        links=_links(found, source.body),
        digest=digest_of_texts(found, source),
        revision=revision_of(source.data, source.body_text),
        body_text=source.body_text,
    )


def _lean(source: Source) -> Source:
    return replace(source, body=None, prose={})


def _lean_overlay(overlay: Overlay) -> Overlay:
    """What finding places takes."""
    return replace(
        overlay,
        source=_lean(overlay.source),
        translation=_lean(overlay.translation),
        data={},
        problems=[],
    )


def _leads(leaf: Leaf) -> bool:
    """Whether it names an entry, or holds links."""
    held = leaf.value.body.links if isinstance(leaf.value, Prose) else ()
    return leaf.refers is not None or bool(held)


def _references(found: Iterable[Leaf]) -> Iterator[Reference]:
    for leaf in found:
        if leaf.refers and not {"person", "tag"}.intersection(leaf.refers.kinds):
            yield Reference(leaf.path, leaf.value)


def _links(texts: Iterable[Leaf], body: Body | None) -> tuple[Link, ...]:
    in_fields = (leaf.value.body.links for leaf in texts if isinstance(leaf.value, Prose))
    return (*(body.links if body else ()), *itertools.chain.from_iterable(in_fields))


def flaws_of_texts(texts: Iterable[Leaf], places: Places) -> Iterator[Problem]:
    """What is wrong with the Markdown of fields."""
    for leaf in texts:
        for flaw in leaf.value.body.flaws if isinstance(leaf.value, Prose) else ():
            place = places.locate_in_text(leaf.path, flaw.line, flaw.column)
            yield flaw.rule.at(place, flaw.message, flaw.hint)


def _flaws(
    texts: Iterable[Leaf], body: Body | None, places: Places, file: Source
) -> Iterator[Problem]:
    yield from flaws_of_texts(texts, places)
    for flaw in body.flaws if body else ():
        yield flaw.rule.at(file.locate_in_body(flaw.line, flaw.column), flaw.message, flaw.hint)


def _untranslated(files: Files, entry: Entry, source: Source, code: str) -> Iterator[Problem]:
    unreadable = code in files.translations
    if entry.data.status == "published" and not unreadable:
        yield missing_translation(code, source)


def _translate(
    kind: Kind, entry: Entry, overlay: Overlay, sound: bool
) -> tuple[Entry, tuple[Leaf, ...], list[Problem]]:
    """The entry in the language of `overlay`; the texts that it supplies; what is wrong, as far as
    that can be said over a source that is `sound` or not."""
    found, problems = check_fields(kind.model, overlay.data, overlay, entry.language)
    body = overlay.translation.body
    if body is None and entry.body is not None:
        overlay.missing.append("body")
    data = found or entry.data
    texts = tuple(leaves(data))
    recorded = overlay.translation.data.get(RECORD)
    made = replace(
        entry,
        language=overlay.language,
        data=data,
        body=body or entry.body,
        body_language=overlay.language if overlay.translation.body_text else entry.language,
        text_path=overlay.translation.path,
        links=_links(texts, body or entry.body),
        behind=bool(recorded) and recorded != entry.digest,
        incomplete=tuple(overlay.missing),
        body_text=overlay.translation.body_text or entry.body_text,
    )
    supplied = tuple(leaf for leaf in texts if leaf.path in overlay.places)
    problems = [*overlay.certain(sound), *problems]
    problems += state_of(overlay, entry.digest) if sound else ()
    problems += _flaws(supplied, body, overlay, overlay.translation)
    return made, supplied, problems
