"""Findings about how reviews were recorded: dates that were set without looking, perhaps.

Takes plain data about new dates and gives notes. They name commits, days, authors and numbers, and
accuse nobody: a busy review day looks the same as a script.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.settings import Stamping
from generator.problems import Location, Problem
from generator.problems.staleness import BULK_REVIEW, DATES_ONLY, OWN_REVIEW

RECENT = datetime.timedelta(days=90)
"""For so long a finding is shown: what happened cannot be mended, only done otherwise."""
OWN_REVIEWS = 3
"""Fewer confirmations than this say nothing about whom somebody reviews."""
_SHOWN = 3
_SHORT = 8
"""Digits of the id of a commit that people are shown."""


@dataclass(frozen=True, slots=True)
class Redating:
    """A review that got another date."""

    entry: str
    commit: str | None
    """In full; None for work that is not committed yet."""
    day: datetime.date
    """On which the author wrote the commit, in the playbook's time zone."""
    author: str
    email: str
    reviewer: str | None
    """The person whom the review names."""
    confirmed: bool
    """Whether it says that the entry is still true as it stands."""
    alone: bool
    """Whether the content has not changed since, nor in the same commit."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry, as far as findings go."""

    owner: str
    weapon: bool
    location: Location
    """Of its field `reviewed`."""


def findings(
    redatings: Iterable[Redating],
    entries: Mapping[str, Reviewed],
    limits: Stamping,
    today: datetime.date,
) -> Iterator[Problem]:
    """What the last 90 days show; `redatings` are those of `entries`, the newest of each first."""
    listed = [each for each in redatings if each.entry in entries]
    recent = [each for each in listed if today - each.day <= RECENT]
    yield from _in_bulk(recent, entries, limits.entries)
    yield from _dates_only(listed, entries, limits.dates_only, today)
    yield from _own_only(recent, entries)


def _in_bulk(
    recent: Sequence[Redating], entries: Mapping[str, Reviewed], limit: int
) -> Iterator[Problem]:
    """A script may spread its work over many commits, so those of a person and a day count as one;
    and a commit counts as one although its author's clock, or a rebase, gives it another day."""
    for group in _grouped(
        recent, lambda each: (each.day, each.email, each.commit is None)
    ).values():
        names = sorted({each.entry for each in group})
        if len(names) < limit:
            continue
        yield BULK_REVIEW.at(
            entries[names[0]].location,
            f"{len(names)} reviews were dated {_by(group)}: {_some(names)}",
            "say in each note what was looked at; a date alone is no review",
        )


def _by(group: Sequence[Redating]) -> str:
    commits = sorted({each.commit[:_SHORT] for each in group if each.commit})
    if not commits:
        return "in work that is not committed yet"
    first = group[0]
    if len(commits) == 1:
        return f"by one commit, {commits[0]}, of {first.author} on {first.day}"
    return f"by {first.author} on {first.day} in {len(commits)} commits ({_some(commits)})"


def _dates_only(
    listed: Sequence[Redating],
    entries: Mapping[str, Reviewed],
    limit: int,
    today: datetime.date,
) -> Iterator[Problem]:
    alone = [each for each in listed if each.alone]
    for name, group in _grouped(alone, lambda each: each.entry).items():
        if len(group) < limit or today - group[0].day > RECENT:
            continue
        yield DATES_ONLY.at(
            entries[name].location,
            f"the last {len(group)} reviews changed the date alone, since {group[-1].day}",
            "let somebody else look, or give it a longer cadence with a reason",
        )


def _own_only(recent: Sequence[Redating], entries: Mapping[str, Reviewed]) -> Iterator[Problem]:
    confirmed = [
        each for each in recent if each.confirmed and each.reviewer and entries[each.entry].weapon
    ]
    for reviewer, group in _grouped(confirmed, lambda each: each.reviewer or "").items():
        if len(group) < OWN_REVIEWS or any(entries[e.entry].owner != reviewer for e in group):
            continue
        names = sorted({each.entry for each in group})
        yield OWN_REVIEW.at(
            entries[names[0]].location,
            f'"{reviewer}" confirmed weapons {len(group)} times in {RECENT.days} days, '
            f"all of them their own: {_some(names)}",
            "let colleagues review each other's weapons now and then",
        )


def _grouped(
    listed: Iterable[Redating], key: Callable[[Redating], object]
) -> Mapping[str, list[Redating]]:
    groups: dict[object, list[Redating]] = {}
    for each in listed:
        groups.setdefault(key(each), []).append(each)
    return {str(name): groups[name] for name in sorted(groups, key=str)}


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
