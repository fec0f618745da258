"""When an entry is due for review: its tier's cadence, its last review, today.

A cadence is a calendar window: what is reviewed in one week (month, quarter, year) is due by the
last weekday of the next. Takes plain dates; the clock belongs to the caller.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from generator.model import Content, Settings

State = Literal["fresh", "soon", "overdue", "unknown", "unchecked"]
"""`unknown`: it has a tier but was never reviewed. `unchecked`: it has no tier."""

_NOTICE_DAYS = {"weekly": 2, "monthly": 7, "quarterly": 14, "yearly": 30}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


@dataclass(frozen=True, slots=True)
class Review:
    """How far an entry can be trusted on a day."""

    state: State
    tier: str | None
    cadence: str | None
    reviewed: datetime.date | None
    due: datetime.date | None
    notice: int
    """From how many days before `due` on the review is due soon."""


def review_of(data: Content, kind: str, settings: Settings, today: datetime.date) -> Review:
    """The review of an entry of `kind` as of `today`. A date in the future counts as unknown."""
    tier = data.tier or settings.default_tiers.get(kind)
    cadence = settings.cadence_of(tier)
    if cadence is None:
        return Review("unchecked", None, None, data.reviewed, None, 0)
    notice = _NOTICE_DAYS[cadence]
    if data.reviewed is None or data.reviewed > today:
        return Review("unknown", tier, cadence, None, None, notice)
    due = due_date(data.reviewed, cadence)
    return Review(_state(due, notice, today), tier, cadence, data.reviewed, due, notice)


def _state(due: datetime.date, notice: int, today: datetime.date) -> State:
    if today > due:
        return "overdue"
    return "soon" if (due - today).days < notice else "fresh"


def due_date(reviewed: datetime.date, cadence: str) -> datetime.date:
    """The last weekday of the calendar window after the one that holds `reviewed`."""
    if cadence == "weekly":
        return _last_weekday(reviewed + datetime.timedelta(days=13 - reviewed.weekday()))
    months = _MONTHS[cadence]
    window = (reviewed.year * 12 + reviewed.month - 1) // months
    year, month = divmod((window + 2) * months, 12)
    return _last_weekday(datetime.date(year, month + 1, 1) - datetime.timedelta(days=1))


def _last_weekday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=max(day.weekday() - 4, 0))
