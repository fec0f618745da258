"""The verdicts of a build: only entries about which something may have changed are judged again.

A verdict depends on the entry's own words about its reviews, on what it builds on, on the history,
on the settings, people and holidays, and on the day. What all entries have in common goes into one
digest; the rest is compared entry by entry.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.build.loading import Content, Loaded
from generator.build.reviews.freshness import Judged
from generator.build.reviews.past import History, PastOf, Traced, read_past
from generator.build.reviews.survey import judged
from generator.build.reviews.trend import read_trend
from generator.cache import Digester
from generator.model import Library
from generator.problems import Problem
from generator.staleness import Freshness, Week


@dataclass(frozen=True, slots=True)
class Told:
    """What a build said of reviews."""

    common: str = ""
    """The digest of what all verdicts depend on."""
    judged: Mapping[str, tuple[str, Judged]] = field(default_factory=dict)
    """By id, with the digest of what is the entry's own."""
    traced: Mapping[str, Traced] = field(default_factory=dict)
    weeks: tuple[Week, ...] = ()
    """The completion in past weeks, without the one that is not over."""

    marks: Mapping[str, str] = field(default_factory=dict)
    """The digest of each verdict, by id."""

    @property
    def mark(self) -> str:
        """The digest of all verdicts."""
        return Digester().of("\n".join(f"{name} {mark}" for name, mark in self.marks.items()))


@dataclass(frozen=True, slots=True)
class Judging:
    """All verdicts of a build, and what the next one may start from."""

    freshness: Freshness
    trend: tuple[Week, ...]
    told: Told
    opened: History | None = None
    """The history, opened: good for as long as its state is the same."""


def judge(
    content: Content,
    loaded: Loaded,
    library: Library,
    today: datetime.date,
    history: str | None,
    told: Told,
    jobs: int,
    opened: History | None = None,
) -> Judging:
    """`history` is the state that it is in; None if it is not asked for. `opened` is the history in
    this state, where somebody has opened it."""
    documents = sorted(loaded.documents.items())
    kinds = [(kind.name, kind.folder, kind.model.needs_tier) for kind in library.kinds]
    common = Digester().of([content.shown, documents, kinds, today, history])
    told = told if told.common == common else Told()
    past = PastOf(None, why_unknown="it was not asked for")
    if history is not None:
        past = read_past(content, loaded.checked, library, today, jobs, told.traced, opened)
    own = _own(library, past)
    known = {n: each for n, (was, each) in told.judged.items() if own.get(n) == was}
    freshness = judged(loaded.checked, library, today, past, known)
    trend = _trend(loaded, library, today, past, told, freshness)
    made = _by_entry(freshness, library, frozenset(past.problems))
    said = {n: (own[n], each) for n, each in made.items()}
    marks = _marks(freshness, told)
    return Judging(
        freshness, trend, Told(common, said, past.traced, trend[:-1], marks), past.history
    )


def _marks(freshness: Freshness, told: Told) -> Mapping[str, str]:
    """The digests of all verdicts. To digest thousands takes long, and most are known."""
    digester, former = Digester(), told.judged
    return {
        item.id: told.marks[item.id]
        if item.id in former and former[item.id][1].item is item
        else digester.of(item)
        for item in freshness.items
    }


def _own(library: Library, past: PastOf) -> dict[str, str]:
    """What is an entry's own, by id, as text that is the same for the same."""
    outlines, unknown = library.outlines, str(past.pasts is None)
    found = {}
    for name, outline in outlines.items():
        others = (outlines[it].revision if it in outlines else "" for it in outline.depends_on)
        traced = past.traced.get(name)
        told = repr((traced.past, traced.change)) if traced else ""
        found[name] = "\n".join((outline.review, *others, unknown, told))
    return found


def _trend(
    loaded: Loaded,
    library: Library,
    today: datetime.date,
    past: PastOf,
    told: Told,
    freshness: Freshness,
) -> tuple[Week, ...]:
    if not (told.weeks and past.traced):
        return read_trend(past, loaded.checked, library, today)
    total = freshness.total
    return (*told.weeks, Week(today, total.complete, total.checked))


def _by_entry(
    freshness: Freshness, library: Library, findings: frozenset[Problem]
) -> dict[str, Judged]:
    """Verdicts by id, with what is wrong with the reviews of each entry. The findings about
    commits, which take all entries together, are made anew."""
    by_path: dict[str, list[Problem]] = {}
    for problem in freshness.problems:
        if problem not in findings:
            by_path.setdefault(problem.location.path, []).append(problem)
    return {
        item.id: Judged(item, tuple(by_path.get(item.location.path, ())))
        for item in freshness.items
        if item.id in library.outlines
    }
