"""An entry as far as the rest of the playbook has to know it, without its texts.

Lists, orders and addresses are made of outlines alone. Four digests stand for what is left out, so
that nothing has to be opened to know that it is still the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.problems import Location


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an entry without opening it."""

    id: str
    kind: str
    path: str
    """The file that holds its structure, below the content folder."""
    order: tuple[Any, ...]
    """Sorts the entries of the kind."""
    status: str
    tier: str | None
    """Its own, as `Content.tier`."""
    owner: str
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    company: str | None
    depends_on: tuple[str, ...]
    revision: str
    """The digest of its whole content but for what it says of reviews."""
    reviewed_at: Location
    """Of the `reviewed` field, or of the top of the file where there is none."""
    sheet: bool
    """Whether it has a sheet, which is offered as a file."""
    translated: tuple[str, ...]
    """The languages in which it has texts of its own, the source language first."""
    targets: tuple[str, ...]
    """Ids of the entries that its fields name."""
    leads: Mapping[str, tuple[str, ...]]
    """Paths below the content folder that the links in its texts lead to, by language."""
    digest: str
    """Of all files that it is made of."""
    place: str
    """The digest of what lists and relations are made of, but for the order."""
    face: str
    """The digest of what pages of others show of it, its place included."""
    ground: str
    """The digest of what links and references to it stand on."""
    review: str
    """The digest of what verdicts depend on."""


def companies(outlines: Mapping[str, Outline]) -> Iterator[tuple[str, ...]]:
    """The ids of entries that are drawn together: in the order in which the entry that they belong
    to names them, as a team its roles, then as they come."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in outlines.values():
        if each.company is not None:
            groups.setdefault((each.kind, each.company), []).append(each.id)
    for (_, company), ids in groups.items():
        named = outlines[company].targets if company in outlines else ()
        places = {identity: at for at, identity in enumerate(named)}
        yield tuple(sorted(ids, key=lambda each: places.get(each, len(places))))
