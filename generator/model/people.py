"""people.yml: who owns things."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.fields import Date, Model, Slug, Words
from generator.problems import Fault
from generator.problems.house import EMPTY_GROUP, UNKNOWN_MEMBER
from generator.problems.shape import REPEATED_ITEM


class Person(Model):
    """Somebody who owns or reviews content."""

    id: Slug
    name: Words
    title: Words | None = None
    """Their position."""
    email: str | None = None
    left: Date | None = None
    """The first day on which they are no longer there."""


class Group(Model):
    """Several people who own content together."""

    id: Slug
    name: Words
    members: tuple[Slug, ...]
    """Ids of people."""


class People(Model):
    """people.yml."""

    people: tuple[Person, ...]
    groups: tuple[Group, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Of all people and groups."""
        return frozenset([p.id for p in self.people] + [g.id for g in self.groups])

    def faults(self) -> Iterator[Fault]:
        known = {person.id for person in self.people}
        for index, group in enumerate(self.groups):
            if group.id in known:
                yield REPEATED_ITEM.fault(
                    ("groups", index, "id"),
                    f'the id "{group.id}" is taken by a person',
                    "give it an id of its own",
                )
            if not group.members:
                yield EMPTY_GROUP.fault(
                    ("groups", index, "members"),
                    f'group "{group.id}" has no members',
                    "name at least one person, or remove the group",
                )
            for position, member in enumerate(group.members):
                if member not in known:
                    yield UNKNOWN_MEMBER.fault(
                        ("groups", index, "members", position),
                        f'group "{group.id}" names an unknown person "{member}"',
                        "add the person under `people`",
                    )
