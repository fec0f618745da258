"""What a group of entries adds up to: how much is in time and for how long, and its worst state.

Takes items with their verdicts and today, gives what pages show and what their script works out
again on the day of reading. Knows neither entries nor pages.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from generator.staleness import Days, Item, State, Tally, Verdict, tally


@dataclass(frozen=True, slots=True)
class Mark:
    """A state of review, and what it is worked out from again on other days."""

    state: State
    days: Days | None = None
    floor: State | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How many of some entries are reviewed in time, and for how long that holds."""

    tally: Tally
    until: tuple[tuple[int, int], ...]
    """Days from today, the fewest first, each with how many entries stay complete until then."""

    @property
    def percent(self) -> int | None:
        """The completion rate, rounded down: 100 means all."""
        return _percent(self.tally.complete, self.tally.checked)

    @property
    def coverage(self) -> int | None:
        """How many percent of the entries are checked, rounded down."""
        return _percent(self.tally.checked, self.tally.entries)


def score(items: Iterable[Item], today: datetime.date) -> Score:
    """What `items` add up to."""
    listed = tuple(items)
    left = Counter(
        (item.verdict.due - today).days
        for item in listed
        if item.state.complete
        if item.verdict.due
    )
    return Score(tally(listed), tuple(sorted(left.items())))


def worst(verdicts: Iterable[Verdict]) -> Mark:
    """The worst state among some verdicts. Where the days of one come first, it is the worst on
    these days, so the earliest days of all tell the worst state of any day."""
    listed = tuple(verdicts)
    days = [verdict.days for verdict in listed if verdict.days]
    floors = [v.floor or v.state for v in listed if v.floor or not v.days]
    return Mark(
        min((verdict.state for verdict in listed), key=_rank, default=State.UNCHECKED),
        reduce(Days.or_sooner, days) if days else None,
        min(floors, key=_rank, default=None),
    )


def _rank(state: State) -> int:
    return state.rank


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None
