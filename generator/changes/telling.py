"""A comparison in words: entries by kind, each with its lines."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from generator.changes.change import Act, Comparison, EntryChange
from generator.changes.lines import Line, Say, lines_of, named


class Spoken:
    """Something that changed, told in lines."""

    __slots__ = ()
    lines: tuple[Line, ...]

    @property
    def loud(self) -> tuple[Line, ...]:
        """What readers have to know."""
        return tuple(line for line in self.lines if not line.nature.quiet)

    @property
    def quiet(self) -> tuple[Line, ...]:
        """What may be folded away."""
        return tuple(line for line in self.lines if line.nature.quiet)


@dataclass(frozen=True, slots=True)
class ToldEntry(Spoken):
    """An entry that changed, in words."""

    change: EntryChange
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ToldKind:
    """The changed entries of a kind: those with facts first."""

    kind: str
    name: str
    entries: tuple[ToldEntry, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison in the words of a language."""

    language: str
    old: str
    """What the two sides are known by."""
    new: str
    kinds: tuple[ToldKind, ...]
    settings: tuple[Line, ...]
    people: tuple[Line, ...]

    @property
    def entries(self) -> tuple[ToldEntry, ...]:
        """All of them."""
        return tuple(itertools.chain.from_iterable(kind.entries for kind in self.kinds))

    def without(self, ids: Collection[str]) -> Told:
        """The entries apart from some, and nothing else."""
        kept = (
            replace(kind, entries=tuple(e for e in kind.entries if e.change.id not in ids))
            for kind in self.kinds
        )
        return replace(self, kinds=tuple(k for k in kept if k.entries), settings=(), people=())

    @property
    def counts(self) -> Mapping[str, int]:
        """How many entries were added, changed and removed."""
        counted = Counter(str(entry.change.act) for entry in self.entries)
        return {str(act): counted[act] for act in (Act.ADDED, Act.CHANGED, Act.REMOVED)}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.kinds or self.settings or self.people)


def told(comparison: Comparison, words: Say, old: str, new: str) -> Told:
    """A comparison of the sides called `old` and `new`."""
    entries = [ToldEntry(e, lines_of(e, comparison.names, words)) for e in comparison.entries]
    by_kind = itertools.groupby(entries, key=lambda entry: entry.change.kind)
    return Told(
        language=comparison.language,
        old=old,
        new=new,
        kinds=tuple(
            ToldKind(kind, _name(kind, words), tuple(sorted(group, key=_rank)))
            for kind, group in by_kind
        ),
        settings=named(comparison.settings, comparison.names, words),
        people=named(comparison.people, comparison.names, words),
    )


def _rank(entry: ToldEntry) -> int:
    return entry.change.nature.rank


def _name(kind: str, words: Say) -> str:
    try:
        return words.say(f"kind.{kind}.many")
    except LookupError:
        return kind
