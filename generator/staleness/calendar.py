"""Workdays, calendar windows, and when a review falls due.

Takes plain dates; the clock belongs to the caller. Weeks begin on Monday (ISO 8601). What would
come to lie outside the years 1 to 9999 is the first or the last day that there is: the dates are
what people wrote, so any day may come.
"""

from __future__ import annotations

import calendar
import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.model.cadence import Cadence, Leeway

_FIRST, _LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def days_after(day: datetime.date, count: int) -> datetime.date:
    """`count` days after `day`, or before it where `count` is negative."""
    return datetime.date.fromordinal(max(_FIRST, min(_LAST, day.toordinal() + count)))


@dataclass(frozen=True)
class Workdays:
    """Monday to Friday, minus holidays, plus make-up days.

    Days are counted and not walked, so that thousands of workdays cost no more than one.
    """

    holidays: frozenset[datetime.date] = frozenset()
    made_up: frozenset[datetime.date] = frozenset()

    @classmethod
    def of(cls, holidays: Iterable[datetime.date], made_up: Iterable[datetime.date]) -> Workdays:
        """From days off and make-up days."""
        return cls(frozenset(holidays), frozenset(made_up))

    def __contains__(self, day: datetime.date) -> bool:
        return day in self.made_up or (day.weekday() < 5 and day not in self.holidays)

    @cached_property
    def _off(self) -> list[int]:
        days = self.holidays - self.made_up
        return sorted(day.toordinal() for day in days if day.weekday() < 5)

    @cached_property
    def _on(self) -> list[int]:
        return sorted(day.toordinal() for day in self.made_up if day.weekday() >= 5)

    def _up_to(self, ordinal: int) -> int:
        """How many workdays there are until a day, itself included; day 1 is a Monday."""
        weeks, rest = divmod(ordinal, 7)
        weekdays = weeks * 5 + min(rest, 5)
        return weekdays + bisect_right(self._on, ordinal) - bisect_right(self._off, ordinal)

    def _nth(self, number: int) -> datetime.date:
        """The workday with so many workdays until it, itself included."""
        days = range(_FIRST, _LAST)
        found = days.start + bisect_left(days, max(number, 1), key=self._up_to)
        return datetime.date.fromordinal(found if number >= 1 else _FIRST)

    def last_until(self, day: datetime.date) -> datetime.date:
        """`day` itself if it is a workday, else the last one before it."""
        return self._nth(self._up_to(day.toordinal()))

    def step(self, day: datetime.date, count: int) -> datetime.date:
        """`count` workdays after `day`, or before it where `count` is negative."""
        if count == 0:
            return day
        before = self._up_to(day.toordinal() - (count < 0))
        return self._nth(before + count + (count < 0))


def window_end(day: datetime.date, cadence: Cadence) -> datetime.date:
    """The last day of the calendar window that holds `day`."""
    if cadence.text == "weekly":
        return days_after(day, 6 - day.weekday())
    months = _MONTHS[cadence.text]
    return _month_end(day.year, (day.month - 1) // months * months + months)


def _month_end(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def due_date(
    reviewed: datetime.date, cadence: Cadence, workdays: Workdays, missed: int = 0
) -> datetime.date:
    """The last day on which a review of `reviewed` still holds, or on which it would have held with
    so many whole windows more. A window without a workday, such as a week of holidays, is passed
    over: nobody could have worked in it."""
    if not cadence.window:
        return _rolled(reviewed, cadence, cadence.amount * (missed + 1), workdays)
    day = reviewed
    for _ in range(missed + 1):
        first = workdays.step(window_end(day, cadence), 1)
        day = max(first, workdays.last_until(window_end(first, cadence)))
    return day


def _rolled(day: datetime.date, cadence: Cadence, amount: int, workdays: Workdays) -> datetime.date:
    if cadence.unit == "workdays":
        return workdays.step(day, amount)
    if cadence.unit in ("days", "weeks"):
        return days_after(day, amount * (7 if cadence.unit == "weeks" else 1))
    months = amount * (12 if cadence.unit == "years" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    end = _month_end(year, month + 1)
    return end.replace(day=min(day.day, end.day))


def shifted(
    day: datetime.date, leeway: Leeway, workdays: Workdays, direction: int
) -> datetime.date:
    """`leeway` before (-1) or after (1) `day`."""
    if leeway.unit == "workdays":
        return workdays.step(day, direction * leeway.amount)
    days = leeway.amount * (7 if leeway.unit == "weeks" else 1)
    return days_after(day, direction * days)
