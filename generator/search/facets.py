"""What answers can be narrowed by: kind, tier, role, step of an SOP, stage of the roadmap.

The state of freshness is a facet too, but it changes from day to day, so the page works it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model import Entry, Library, Outline
from generator.model.sop import Sop


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an SOP."""

    anchor: str
    """`id#anchor`."""
    title: str
    uses: tuple[str, ...]
    """Ids of the SOP itself, of those who act, and of tools."""


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


def facets_of(
    library: Library, tiers: Mapping[str, str], steps: Iterable[Step]
) -> Mapping[str, Facets]:
    """The facets of every entry by its id; `tiers` holds the tier of each entry that has one, and
    `steps` are those of all SOPs."""
    outlines = library.outlines
    named = {identity: _named(library, outline) for identity, outline in outlines.items()}
    used = _users({step.anchor: step.uses for step in steps})
    kits = {i: set(named[i]) | {i} for i, outline in outlines.items() if outline.kind == "stage"}
    stages = _users(kits)
    return {
        identity: Facets(
            kind=outline.kind,
            tier=tiers.get(identity, ""),
            roles=tuple(_roles(identity, named[identity], outlines)),
            steps=used.get(identity, ()),
            stages=stages.get(identity, ()),
        )
        for identity, outline in outlines.items()
    }


def steps_of(entry: Entry) -> Iterator[Step]:
    """The steps of an entry, in the order in which they are worked through."""
    if isinstance(entry.data, Sop):
        for step in entry.data.steps:
            uses = dict.fromkeys((entry.id, step.role, *step.supporting, *step.tools))
            yield Step(f"{entry.id}#step-{step.id}", str(step.title), tuple(uses))


def _named(library: Library, outline: Outline) -> set[str]:
    """The entries that its fields, and links in the source language, name."""
    led = outline.leads.get(library.source.code, ())
    found = {library.ids_by_path.get(path, "") for path in led}
    return (found | set(outline.targets)) - {""}


def _roles(own: str, named: set[str], outlines: Mapping[str, Outline]) -> Iterator[str]:
    for identity in sorted(named | {own}):
        if identity in outlines and outlines[identity].kind == "role":
            yield identity


def _users(used: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """Turned around: for each entry, who uses it."""
    found: dict[str, list[str]] = {}
    for user, entries in used.items():
        for identity in entries:
            found.setdefault(identity, []).append(user)
    return {identity: tuple(users) for identity, users in found.items()}
