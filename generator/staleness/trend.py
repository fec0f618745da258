"""How complete the playbook was at the end of each of the last weeks.

Takes what entries said at each of these days and judges them as they would have been judged then,
but with the people, holidays and settings of today: what counts is how the rules that hold now
would have looked upon the past, and not how the rules changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from generator.staleness.freshness import verdicts_on
from generator.staleness.judge import Judge
from generator.staleness.survey import Week
from generator.staleness.verdict import Past, Subject

WEEKS = 26
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Point:
    """The entries at the end of a week."""

    end: datetime.date
    subjects: tuple[Subject, ...]
    pasts: Mapping[str, Past]
    unreadable: int = 0
    """Entries that cannot be understood, which count as never reviewed."""


def week_ends(today: datetime.date, weeks: int = WEEKS) -> tuple[datetime.date, ...]:
    """The last Sundays, the oldest first, and `today`."""
    sunday = today - datetime.timedelta(days=(today.weekday() - _SUNDAY) % 7 or 7)
    ends = [sunday - datetime.timedelta(weeks=n) for n in range(weeks - 1)]
    return (*reversed(ends), today)


def trend(points: Iterable[Point], judge: Judge) -> tuple[Week, ...]:
    """The completion at each point, judged by `judge` as of that day."""
    return tuple(_week(point, replace(judge, today=point.end)) for point in points)


def _week(point: Point, judge: Judge) -> Week:
    verdicts = verdicts_on(point.subjects, judge, point.pasts).values()
    return Week(
        end=point.end,
        complete=sum(verdict.state.complete for verdict in verdicts),
        checked=sum(verdict.state.checked for verdict in verdicts) + point.unreadable,
    )
