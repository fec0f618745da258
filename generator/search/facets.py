"""What answers can be narrowed by: kind, tier, role, step of an SOP, stage of the roadmap.

The state of freshness is a facet too, but it changes from day to day, so the page works it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Edition, Entry, Library, Outline
from generator.model.sop import Sop

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
    outlines = library.outlines
    named = {identity: _named(library, outline) for identity, outline in outlines.items()}
    steps = _users(_steps(library))
    kits = {i: set(named[i]) | {i} for i, outline in outlines.items() if outline.kind == "stage"}
    stages = _users(kits)
    return {
        identity: Facets(
            kind=outline.kind,
            tier=tiers.get(identity, ""),
            roles=tuple(_roles(identity, named[identity], outlines)),
            steps=steps.get(identity, ()),
            stages=stages.get(identity, ()),
        )
        for identity, outline in outlines.items()
    }


def step_names(library: Library, edition: Edition) -> Iterator[tuple[str, str]]:
    """Every step of every SOP with its title, in the order in which they are worked through."""
    for entry in entries_of(library, edition, "sop"):
        if isinstance(entry.data, Sop) and entry.data.status == "published":
            for step in entry.data.steps:
                yield f"{entry.id}#step-{step.id}", str(step.title)


def _named(library: Library, outline: Outline) -> set[str]:
    """The entries that its fields, and links in the source language, name."""
    led = outline.leads.get(library.source.code, ())
    found = {library.ids_by_path.get(path, "") for path in led}
    return (found | set(outline.targets)) - {""}


def _roles(own: str, named: set[str], outlines: Mapping[str, Outline]) -> Iterator[str]:
    for identity in sorted(named | {own}):
        if identity in outlines and outlines[identity].kind == "role":
            yield identity


def entries_of(library: Library, edition: Edition, kind: str) -> Iterator[Entry]:
    """The entries of a kind in one edition; no others are opened."""
    for identity, outline in library.outlines.items():
        if outline.kind == kind:
            yield edition.entries[identity]


def _steps(library: Library) -> Mapping[str, set[str]]:
    """What each step uses."""
    used: dict[str, set[str]] = {}
    for entry in entries_of(library, library.source, "sop"):
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
