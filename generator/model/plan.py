"""A plan of days: periods, and in each the actions with who does them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.model.entry import Content
from generator.model.fields import AnyRef, Model, Prose, RoleRef, Slug, Words
from generator.problems import Fault
from generator.problems.sense import PERIODS, SPAN


class Days(Model):
    """From one day of the plan to another, both included, counted from 1."""

    from_: int = Field(alias="from", examples=[1])
    """The first day."""
    to: int = Field(examples=[30])
    """The last day."""


class Action(Model):
    """One thing to do."""

    id: Slug
    text: Prose
    """What to do."""
    role: RoleRef
    """Who sees to it."""
    links: tuple[AnyRef, ...] = ()
    """Ids of the entries that it needs."""


class Period(Model):
    """A stretch of days with one goal."""

    id: Slug
    title: Words
    """The name of the stretch."""
    days: Days
    goal: Prose
    """What is to be reached by its end."""
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    """What is done in it."""


class Plan(Content):
    """A plan of days."""

    days: int = Field(gt=0, le=3660, examples=[30])
    """The length of the plan."""
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]
    """The stretches that the plan is made of."""

    def anchors(self) -> Iterator[str]:
        return (f"period-{period.id}" for period in self.periods)

    def faults(self) -> Iterator[Fault]:
        last = 0
        for index, period in enumerate(self.periods):
            yield from self._period_faults(("periods", index, "days"), period, last)
            last = max(last, period.days.to)

    def _period_faults(
        self, at: tuple[str | int, ...], period: Period, last: int
    ) -> Iterator[Fault]:
        start, end = period.days.from_, period.days.to
        if end < start:
            yield SPAN.fault(
                (*at, "to"),
                f'"{period.id}" ends on day {end}, before it begins on day {start}',
                "`to` must not be less than `from`",
            )
        if 1 <= start <= last:
            yield PERIODS.fault(
                (*at, "from"),
                f'"{period.id}" begins on day {start}, but day {last} is already taken',
                f"periods follow each other: begin on day {last + 1} or later",
            )
        if start < 1 or end > self.days:
            yield PERIODS.fault(
                (*at, "from") if start < 1 else (*at, "to"),
                f'"{period.id}" covers days {start} to {end}, outside the plan of {self.days} days',
                f"stay inside days 1 to {self.days}",
            )
