"""Two snapshots to all that changed: entries matched by id, by alias, and by what they say."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.changes.bodies import compare_bodies
from generator.changes.change import Act, Change, Comparison, EntryChange, Nature, Place
from generator.changes.comparing import Comparer
from generator.changes.side import Side
from generator.changes.tokens import unmarked
from generator.model import KINDS, Kind, People, Settings
from generator.model.entry import Content
from generator.snapshot import Record, Snapshot

ALIKE = 0.6
"""The share of words that two entries have in common from which on one may be the other, moved."""
MOST_CANDIDATES = 400
"""Pairs of a gone and a new entry of one kind; with more, only aliases tell what moved."""


def compare(
    old: Snapshot, new: Snapshot, language: str, kinds: tuple[Kind, ...] = KINDS
) -> Comparison:
    """All that changed from `old` to `new`, as readers of `language` see it. Costs no more than
    looking at each entry once, and at those that differ in full."""
    models = {kind.name: kind.model for kind in kinds}
    comparer = Comparer(Side(old, language), Side(new, language))
    former = _moved(old, new, comparer)
    comparer = replace(comparer, old=replace(comparer.old, moved={b: a for a, b in former.items()}))
    changed = [*_present(old, new, former, models, comparer), *_gone(old, new, former, comparer)]
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys([*new.kinds, *old.kinds]))}
    return Comparison(
        language=language,
        entries=tuple(sorted(changed, key=lambda each: ranks.get(each.kind, len(ranks)))),
        settings=_ordered(comparer.model(Settings, old.settings, new.settings)),
        people=_ordered(comparer.model(People, old.people, new.people)),
        names=_names(comparer.old) | _names(comparer.new),
    )


def _present(
    old: Snapshot,
    new: Snapshot,
    former: Mapping[str, str],
    models: Mapping[str, type[Content]],
    comparer: Comparer,
) -> Iterator[EntryChange]:
    for identity, record in new.entries.items():
        before = old.entries.get(former.get(identity, identity))
        title = comparer.new.text(record.data["title"])
        if before is None:
            yield EntryChange(identity, record.kind, title, Act.ADDED)
            continue
        model = models.get(record.kind, Content)
        if before == record:
            continue
        here = Comparer(
            replace(comparer.old, path=before.path), replace(comparer.new, path=record.path)
        )
        changes = _ordered(_changes(before, record, model, here))
        if changes:
            moved = before.id if before.id != identity else ""
            items = dict(comparer.old.items(before.data)) | dict(comparer.new.items(record.data))
            yield EntryChange(identity, record.kind, title, Act.CHANGED, changes, moved, items)


def _gone(
    old: Snapshot, new: Snapshot, former: Mapping[str, str], comparer: Comparer
) -> Iterator[EntryChange]:
    moved = set(former.values())
    for identity, record in old.entries.items():
        if identity not in new.entries and identity not in moved:
            title = comparer.old.text(record.data["title"])
            yield EntryChange(identity, record.kind, title, Act.REMOVED)


def _ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The gravest first; otherwise in the order of the fields."""
    return tuple(sorted(changes, key=lambda change: change.nature.rank))


def _changes(
    before: Record, after: Record, model: type[Content], comparer: Comparer
) -> Iterator[Change]:
    if before.id != after.id:
        place = (Place("", "id"),)
        yield Change(Act.MOVED, Nature.FACT, place, before.id, after.id)
    for change in comparer.model(model, before.data, after.data):
        if change.path == "status":
            act = Act.RETIRED if change.after == "retired" else Act.RESTORED
            yield Change(act, Nature.FACT, change.place, change.before, change.after)
        elif not (change.path == "aliases" and before.id in (change.before, change.after)):
            yield change
    if _is_translated(after, comparer) and not _is_translated(before, comparer):
        yield Change(Act.TRANSLATED, Nature.WORDING, (Place("", "title"),))
    old, new = comparer.texts(before.body, after.body)
    if old != new:
        yield from compare_bodies(old, new)


def _is_translated(record: Record, comparer: Comparer) -> bool:
    return comparer.new.language in record.data["title"]


def _moved(old: Snapshot, new: Snapshot, comparer: Comparer) -> dict[str, str]:
    """New ids with the ids that the same entries had before."""
    gone = {i: record for i, record in old.entries.items() if i not in new.entries}
    come = {i: record for i, record in new.entries.items() if i not in old.entries}
    found: dict[str, str] = {}
    for identity, record in new.entries.items():
        for alias in record.data.get("aliases", ()):
            if (name := alias.removesuffix(".html")) in gone:
                if identity in come:
                    found[identity] = name
                    del gone[name], come[identity]
                break
    return found | _alike(gone, come, comparer)


def _alike(gone: dict[str, Record], come: dict[str, Record], comparer: Comparer) -> dict[str, str]:
    """The same by what entries say, the most alike first."""
    pairs = [(a, b) for a in gone for b in come if gone[a].kind == come[b].kind]
    if len(pairs) > MOST_CANDIDATES:
        return {}
    old = {identity: _words(gone[identity], comparer.old) for identity, _ in pairs}
    new = {identity: _words(come[identity], comparer.new) for _, identity in pairs}
    scored = sorted(((-_likeness(old[a], new[b]), a, b) for a, b in pairs))
    found: dict[str, str] = {}
    for score, a, b in scored:
        if -score >= ALIKE and a not in found.values() and b not in found:
            found[b] = a
    return found


def _words(record: Record, side: Side) -> frozenset[str]:
    """The words of an entry, pairs of them, so that common ones alone make nothing alike."""
    texts = [side.text(record.body), *_texts(record.data, side)]
    tokens = unmarked("\n".join(texts))
    return frozenset(f"{a} {b}" for a, b in itertools.pairwise(tokens))


def _texts(value: object, side: Side) -> Iterator[str]:
    if isinstance(value, dict):
        if value and side.snapshot.languages[0] in value:
            yield side.text(value)
        else:
            for inner in value.values():
                yield from _texts(inner, side)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, side)


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    return len(old & new) / max(1, len(old | new))


def _names(side: Side) -> dict[str, str]:
    """What references lead to."""
    snapshot = side.snapshot
    names = {
        f"entry:{identity}": side.text(record.data["title"])
        for identity, record in snapshot.entries.items()
    }
    for group in ("people", "groups"):
        for each in snapshot.people.get(group, ()):
            names[f"owner:{each.get('id', '')}"] = side.text(each.get("name"))
    for tag, name in snapshot.settings.get("tags", {}).items():
        names[f"tag:{tag}"] = side.text(name)
    return names
