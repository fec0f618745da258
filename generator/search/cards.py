"""What results show of an entry before any of its text is loaded, what they are narrowed by, and
how far they can be trusted: the part of the files that changes from day to day."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.search.analysis import Face
from generator.search.digits import DIGITS, number, signed
from generator.search.facets import Facets


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a document's entry can be trusted, as a result says it."""

    tier: str
    floor: str = ""
    """The state below which no date can bring it, or the state where no date counts."""
    days: tuple[datetime.date, ...] = ()
    """When it is due soon, due, overdue and expired; empty if no date counts."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document as the files list it."""

    entry: str
    """The id of its entry."""
    kind: str
    language: str
    editions: frozenset[str]
    """Those whose pages show it."""
    face: Face


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of entries beside their texts."""

    standings: Mapping[str, Standing]
    """By the id of the entry."""
    states: Sequence[str]
    """All states, the most urgent first."""
    kinds: Sequence[str]
    tiers: Sequence[str]


def card(known: Known, item: Item, summary: bool) -> str:
    """Kind, tier, id, title and standing, with the beginning of the summary or without it."""
    standing = known.standings[item.entry]
    kind = DIGITS[known.kinds.index(item.kind)]
    tier = DIGITS[known.tiers.index(standing.tier)] if standing.tier else ""
    told = (kind, tier, item.entry, item.face.title, *_standing(known, standing))
    return "\t".join((*told, item.face.summary) if summary else told).rstrip("\t")


def _standing(known: Known, standing: Standing) -> tuple[str, str]:
    floor = DIGITS[known.states.index(standing.floor)] if standing.floor else ""
    return floor, _days(standing)


_EPOCH = datetime.date(1970, 1, 1).toordinal()


def _days(standing: Standing) -> str:
    """The first day, counted from 1970, and the distances of the others."""
    if not standing.days:
        return ""
    first, *_ = days = [day.toordinal() - _EPOCH for day in standing.days]
    return signed(first) + "".join(number(later - day) for day, later in itertools.pairwise(days))


def numbered(cards: Iterable[tuple[int, str]]) -> str:
    """Cards by the numbers of their documents, each as its distance from the one before."""
    lines = []
    former = -1
    for document, told in cards:
        lines.append(f"{number(document - former - 1)}\t{told}")
        former = document
    return "\n".join(lines)


def languages(items: Sequence[Item]) -> list[list[Any]]:
    """Each language with the number of its first document; they stand together."""
    firsts: dict[str, int] = {}
    for document, item in enumerate(items):
        firsts.setdefault(item.language, document)
    return [[language, first] for language, first in firsts.items()]


def entries(items: Sequence[Item]) -> str:
    """For each document how far its entry is from the one before, in the order of the source."""
    numbers: dict[str, int] = {}
    former = -1
    digits = []
    for item in items:
        entry = numbers.setdefault(item.entry, len(numbers))
        digits.append(signed(entry - former))
        former = entry
    return "".join(digits)


def facet_sets(known: Known, facets: Mapping[str, Facets], items: Sequence[Item]) -> dict[str, Any]:
    """All sets of facets and all standings that occur, and for each document which of them
    holds."""
    sets: dict[Facets, int] = {}
    standings: dict[str, int] = {}
    digits = []
    for item in items:
        key = "\t".join(_standing(known, known.standings[item.entry]))
        digits.append(number(sets.setdefault(facets[item.entry], len(sets))))
        digits.append(number(standings.setdefault(key, len(standings))))
    listed = [[f.kind, f.tier, f.roles, f.steps, f.stages] for f in sets]
    return {"sets": listed, "standings": list(standings), "documents": "".join(digits)}
