"""All verdicts of a playbook on a day, and what they add up to."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.model import Content, Entry
from generator.problems import Location, Problem
from generator.staleness.judge import Judge
from generator.staleness.verdict import Past, State, Subject, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that changed the content of an entry."""

    commit: str
    """The id of the commit, in full."""
    day: datetime.date
    """In the playbook's time zone."""
    author: str
    """The author's name."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An entry that may stay as it is until a day."""

    entry: str
    until: datetime.date
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its verdict, as reports show it."""

    id: str
    kind: str
    title: str
    """In the source language."""
    owner: str
    """The id of a person or group; "" where a rejected entry names nobody who is known."""
    owner_name: str
    tags: tuple[str, ...]
    location: Location
    """Of the `reviewed` field, or of the top of the file where there is none."""
    verdict: Verdict
    changed: Change | None = None
    """The last change of the content; None where the history does not know."""
    waiver: Waiver | None = None
    """A waiver that holds."""

    @property
    def state(self) -> State:
        return self.verdict.state

    @property
    def urgency(self) -> tuple[int, datetime.date, str]:
        """Sorts the most urgent first."""
        return (self.state.rank, self.verdict.due or datetime.date.min, self.id)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries there are, are checked, and are complete."""

    entries: int
    """Published entries: not drafts, not retired."""
    checked: int
    """Those whose reviews are asked for: neither evergreen nor without a cadence."""
    complete: int
    """Those of the checked that are reviewed in time, and whose review still holds."""

    @property
    def rate(self) -> float | None:
        """The completion rate, from 0 to 1; None where nothing is checked."""
        return self.complete / self.checked if self.checked else None

    @property
    def coverage(self) -> float | None:
        """The share of the entries that is checked, from 0 to 1; None without entries."""
        return self.checked / self.entries if self.entries else None


def tally(items: Iterable[Item]) -> Tally:
    """Counts `items`."""
    states = [item.state for item in items]
    return Tally(
        entries=sum(state not in (State.DRAFT, State.RETIRED) for state in states),
        checked=sum(state.checked for state in states),
        complete=sum(state.complete for state in states),
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """The verdicts on all entries, drafts and retired ones included."""

    today: datetime.date
    time_zone: str
    title: str
    """Of the playbook."""
    items: tuple[Item, ...]
    """The most urgent first."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with reviews, and findings about how they were recorded."""
    history: str = ""
    """Why the history is not known; "" where it is."""

    @property
    def total(self) -> Tally:
        return tally(self.items)

    def by(self, key: Callable[[Item], str]) -> Mapping[str, tuple[Item, ...]]:
        """Items by the value of `key`, in the order of these values."""
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(key(item), []).append(item)
        return {value: tuple(groups[value]) for value in sorted(groups)}


def subject_of(entry: Entry) -> Subject:
    """What a verdict on an entry is about."""
    return subject_from(entry.id, entry.kind, entry.data, entry.revision)


def subject_from(identity: str, kind: str, data: Content, revision: str) -> Subject:
    """The same from its parts."""
    return Subject(
        id=identity,
        kind=kind,
        owner=data.owner,
        status=data.status,
        tier=data.tier,
        review=data.reviewed,
        cadence=data.cadence,
        evergreen=str(data.evergreen) if data.evergreen else None,
        claims=data.claims,
        depends_on=data.depends_on,
        revision=revision,
        needs_tier=data.needs_tier,
    )


def verdicts_on(
    subjects: Iterable[Subject],
    judge: Judge,
    pasts: Mapping[str, Past] | None,
    revisions: Mapping[str, str] | None = None,
) -> dict[str, Verdict]:
    """Verdicts by id. `pasts` is None where the history is not known; an entry that it lacks is not
    committed yet. `revisions` are those of all entries, where `subjects` are but some."""
    listed = tuple(subjects)
    if revisions is None:
        revisions = {subject.id: subject.revision for subject in listed}
    unwritten = None if pasts is None else Past(None)
    return {
        subject.id: judge.verdict(
            subject, revisions, pasts.get(subject.id, unwritten) if pasts is not None else None
        )
        for subject in listed
    }
