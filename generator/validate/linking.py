"""The links and references of all entries, and of the settings.

Takes drafts and what can be linked to; an entry whose files are the same as before is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.model import Entry, Library, Settings
from generator.model.shape import leaves
from generator.problems import Problem
from generator.read import Asset
from generator.validate.documents import Document
from generator.validate.drafts import Draft, flaws_of_texts
from generator.validate.drawer import Entries
from generator.validate.examined import Examined
from generator.validate.links import Known, LinkChecker, check_body, check_references, check_texts


def check_links(
    found: Mapping[str, Examined],
    drafts: Mapping[str, Draft],
    editions: Mapping[str, Entries],
    known: Known,
    kept: Mapping[str, tuple[str, tuple[Problem, ...], frozenset[str]]],
) -> dict[str, tuple[str, tuple[Problem, ...], frozenset[str]]]:
    """What is wrong with the references and links of each entry, and the assets that it uses. What
    was `kept` for the digest of an entry's files holds again."""
    checked = {}
    for identity, each in found.items():
        if each.outline is None:
            continue
        former = kept.get(identity)
        if former is None or former[0] != each.digest:
            own = replace(known, used=set())
            problems = tuple(_draft_links(drafts[identity], editions, own))
            former = each.digest, problems, frozenset(own.used)
        checked[identity] = former
    return checked


def _draft_links(
    draft: Draft, editions: Mapping[str, Mapping[str, Entry]], known: Known
) -> Iterator[Problem]:
    assert draft.source is not None
    first = next(iter(editions))
    for code, texts in draft.leaves.items():
        entry, file = draft.entries[code], draft.source
        if code == first:
            status = entry.data.status
            yield from check_references(texts, status, draft.source, editions[code], known)
            checker = LinkChecker(entry, editions[code], known, file.path)
            yield from check_texts(texts, draft.source, checker)
        else:
            overlay = draft.overlays[code]
            file = overlay.translation
            checker = LinkChecker(entry, editions[code], known, file.path)
            yield from check_texts(texts, overlay, checker)
        yield from check_body(entry.body if entry.body_language == code else None, file, checker)


def links_of(
    draft: Draft, library: Library, assets: Mapping[str, Asset | None]
) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """What is wrong with the references and links of one entry of a sound playbook, and the
    `assets` that it uses."""
    source = library.source
    known = Known(
        ids_by_path=library.ids_by_path,
        kind_of={identity: each.kind for identity, each in library.outlines.items()},
        assets=assets,
        owners=source.people.ids,
        tags=frozenset(source.settings.tags),
    )
    editions = {edition.code: edition.entries for edition in library.editions}
    return tuple(_draft_links(draft, editions, known)), frozenset(known.used)


def check_settings_links(
    settings: Document[Settings] | None, entries: Entries, known: Known
) -> Iterator[Problem]:
    """What is wrong with the references and links of the settings."""
    if settings is None:
        return
    found = list(leaves(settings.data))
    yield from check_references(found, "published", settings.source, entries, known)
    yield from flaws_of_texts(found, settings.source)
    checker = LinkChecker(None, entries, known, settings.source.path)
    yield from check_texts(found, settings.source, checker)
