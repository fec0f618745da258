"""What answers can be narrowed by: kind, tier, role, step of an SOP, stage of the roadmap.

The state of freshness is a facet too, but it changes from day to day, so the page works it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Edition, Entry, Library
from generator.model.sop import Sop
from generator.model.target import resolve

Step = tuple[str, str]
"""The id of an SOP and the anchor of one of its steps."""


@dataclass(frozen=True, slots=True)
class Facets:
    """What one entry can be found by; the same in every language."""

    kind: str
    tier: str
    """Empty where no tier holds."""
    roles: tuple[str, ...]
    """Ids of the roles that it names, or that it is."""
    steps: tuple[str, ...]
    """`id#anchor` of the steps that it belongs to."""
    stages: tuple[str, ...]
    """Ids of the stages that it belongs to."""


def facets_of(library: Library, tiers: Mapping[str, str]) -> Mapping[str, Facets]:
    """The facets of every entry by its id; `tiers` holds the tier of each entry that has one."""
    entries = library.source.entries
    named = {identity: _named(library, entry) for identity, entry in entries.items()}
    steps = _users(_steps(entries))
    kits = {i: set(named[i]) | {i} for i, entry in entries.items() if entry.kind == "stage"}
    stages = _users(kits)
    return {
        identity: Facets(
            kind=entry.kind,
            tier=tiers.get(identity, ""),
            roles=tuple(_roles(entry, named[identity], entries)),
            steps=steps.get(identity, ()),
            stages=stages.get(identity, ()),
        )
        for identity, entry in entries.items()
    }


def step_names(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every step of every SOP with its title, in the order in which they are worked through."""
    for entry in edition.entries.values():
        if isinstance(entry.data, Sop) and entry.data.status == "published":
            for step in entry.data.steps:
                yield f"{entry.id}#step-{step.id}", str(step.title)


def _named(library: Library, entry: Entry) -> set[str]:
    """The entries that its fields and links name."""
    found = {reference.target for reference in entry.references}
    for link in entry.links:
        target = resolve(link.target, entry.path)
        found.add(library.ids_by_path.get(target.path, ""))
    return found - {""}


def _roles(entry: Entry, named: set[str], entries: Mapping[str, Entry]) -> Iterator[str]:
    for identity in sorted(named | {entry.id}):
        if identity in entries and entries[identity].kind == "role":
            yield identity


def _steps(entries: Mapping[str, Entry]) -> Mapping[str, set[str]]:
    """What each step uses."""
    used: dict[str, set[str]] = {}
    for entry in entries.values():
        if isinstance(entry.data, Sop):
            for step in entry.data.steps:
                name = f"{entry.id}#step-{step.id}"
                used[name] = {entry.id, step.role, *step.supporting, *step.tools}
    return used


def _users(used: Mapping[str, set[str]]) -> Mapping[str, tuple[str, ...]]:
    """Turned around: for each entry, who uses it."""
    found: dict[str, list[str]] = {}
    for user, entries in used.items():
        for identity in entries:
            found.setdefault(identity, []).append(user)
    return {identity: tuple(users) for identity, users in found.items()}
