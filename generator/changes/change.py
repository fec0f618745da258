"""Changes as values, in one language."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.shape import Form

Piece = tuple[str, str]
"""A part of a text, and what became of it: "" it stayed, "-" it went, "+" it came."""


class Nature(enum.StrEnum):
    """What a change touches, the gravest first."""

    FACT = "fact"
    """Numbers, dates, references, owners, thresholds, structure; words that turn a sentence."""
    ORDER = "order"
    """The same things in another order."""
    WORDING = "wording"
    """A text says it otherwise."""
    FORMAT = "format"
    """The same words with other markup."""
    REVIEW = "review"
    """Somebody looked at it again."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Nature).index(self)

    @property
    def quiet(self) -> bool:
        """Whether lists of changes may fold it away."""
        return self.rank >= Nature.WORDING.rank


class Act(enum.StrEnum):
    """What was done."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    TEXT = "text"
    """A text; its pieces say what went and what came."""
    REORDERED = "reordered"
    MOVED = "moved"
    """The entry has another address."""
    RENAMED = "renamed"
    RETIRED = "retired"
    RESTORED = "restored"
    TRANSLATED = "translated"
    """There is a translation now, which says what the source said before."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field on the way to what changed, and which of its items."""

    model: str
    """The model that has the field, in small letters; "" for what no model has."""
    field: str
    key: str = ""
    """The id of an item, or the key of a text; "" for the field as a whole."""
    number: int = 0
    """The item's position from 1, where it counts."""
    title: str = ""
    """What people call the item."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change inside an entry."""

    act: Act
    nature: Nature
    place: tuple[Place, ...]
    before: Any = None
    """A text, or plain data as playbook.json has it; None where there was nothing."""
    after: Any = None
    form: Form = Form.PLAIN
    pieces: tuple[Piece, ...] = ()

    @property
    def path(self) -> str:
        """Where it is, with dots, items by their ids."""
        steps = (part for each in self.place for part in (each.field, each.key))
        return ".".join(filter(None, steps))


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What happened to one entry."""

    id: str
    kind: str
    title: str
    act: Act
    """added, removed or changed."""
    changes: tuple[Change, ...] = ()
    """The gravest first."""
    former: str = ""
    """Its id before, where it moved."""
    items: Mapping[str, str] = field(default_factory=dict)
    """What its items are called, by id."""

    @property
    def nature(self) -> Nature:
        """The gravest of its changes."""
        if self.act is not Act.CHANGED:
            return Nature.FACT
        return min((each.nature for each in self.changes), key=lambda nature: nature.rank)


@dataclass(frozen=True)
class Comparison:
    """All that changed from one snapshot to another, as readers of one language see it."""

    language: str
    entries: tuple[EntryChange, ...]
    """In the order of the site; what is gone stands behind the others of its kind."""
    settings: tuple[Change, ...] = ()
    people: tuple[Change, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What entries, people, groups and tags are called, by `entry:`, `owner:` or `tag:` and id."""

    @property
    def empty(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.entries or self.settings or self.people)
