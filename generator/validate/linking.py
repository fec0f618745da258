"""The links and references of all entries, and of the settings.

Takes drafts and what can be linked to; an entry that is the same as before, and leads to what is
the same as before, is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.model import Entry, Library, Outline, Settings
from generator.model.shape import leaves
from generator.problems import Problem
from generator.read import Asset
from generator.validate.documents import Document
from generator.validate.drafts import Draft, flaws_of_texts
from generator.validate.drawer import Entries
from generator.validate.examined import Examined
from generator.validate.links import Known, LinkChecker, check_body, check_references, check_texts


@dataclass(frozen=True, slots=True)
class Led:
    """Where the references and links of an entry lead."""

    digest: str
    """Of the entry's files."""
    ends: str
    """The digest of what they lead to, as far as that matters to them."""
    problems: tuple[Problem, ...]
    """What is wrong with them."""
    used: frozenset[str]
    """The assets among it."""


def check_links(
    found: Mapping[str, Examined],
    drafts: Mapping[str, Draft],
    editions: Mapping[str, Entries],
    known: Known,
    kept: Mapping[str, Led],
    all_alike: bool,
) -> dict[str, Led]:
    """Where the references and links of each entry lead. What was `kept` of an entry holds again if
    it leads to the same; `all_alike` says that this is so of everything."""
    checked = {}
    for identity, each in found.items():
        if each.outline is None:
            if each.rejected and (mended := drafts[identity].mended):
                checked[identity] = _led(each, "", mended, editions, known)
            continue
        led = kept.get(identity)
        if led and led.digest == each.digest and all_alike:
            checked[identity] = led
            continue
        ends = _ends(each.outline, found, known)
        # What a problem suggests instead can be anything, so it is looked for again.
        if led is None or (led.digest, led.ends) != (each.digest, ends) or led.problems:
            led = _led(each, ends, drafts[identity], editions, known)
        checked[identity] = led
    return checked


def _led(
    each: Examined, ends: str, draft: Draft, editions: Mapping[str, Entries], known: Known
) -> Led:
    own = replace(known, used=set())
    problems = tuple(_draft_links(draft, editions, own))
    return Led(each.digest, ends, problems, frozenset(own.used))


def _ends(outline: Outline, found: Mapping[str, Examined], known: Known) -> str:
    """The digest of everything that an entry's references and links can lead to."""
    paths = dict.fromkeys(path for led in outline.leads.values() for path in led)
    ids = dict.fromkeys((*outline.targets, *(known.ids_by_path.get(path) for path in paths)))
    ends = [f"{path} {path in known.assets} {known.ids_by_path.get(path)}" for path in paths]
    for identity in filter(None, ids):
        other = found.get(identity)
        ground = other.outline.ground if other and other.outline else ""
        ends.append(f"{identity} {known.kind_of.get(identity)} {ground}")
    said = "\n".join(ends).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=16).hexdigest()


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
    found = [leaf for leaf in leaves(settings.data) if settings.said.is_written(leaf.path)]
    yield from check_references(found, "published", settings.source, entries, known)
    yield from flaws_of_texts(found, settings.source)
    checker = LinkChecker(None, entries, known, settings.source.path)
    yield from check_texts(found, settings.source, checker)
