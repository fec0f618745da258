"""The context of the page that tells how much of the playbook can be trusted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from generator.link.contexts.parts import Card, Frame, Owner
from generator.link.scores import Score
from generator.problems import Problem
from generator.staleness import Week


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    date: datetime.date
    cards: tuple[Card, ...]
    """What is due on it, at most `MAX_OF_DAY`."""
    more: int
    """How many there are beyond those."""
    worked: bool
    name: str
    """Of the holiday or make-up day; "" for any other day."""


@dataclass(frozen=True, slots=True)
class FreshnessContext:
    """pages/freshness.html: how much of the playbook can be trusted, and what to review next."""

    frame: Frame
    score: Score
    tiers: tuple[tuple[str, Score], ...]
    """By tier; "" for entries that have none."""
    owners: tuple[tuple[Owner, Score], ...]
    more_owners: int
    rows: tuple[Card, ...]
    """The most urgent of all that is checked, worst first, at most `MAX_ROWS`."""
    cards: Mapping[str, Card]
    """What the reasons of these rows name, by id."""
    calendar: tuple[tuple[Day, ...], ...]
    """Weeks of seven days, from Monday."""
    weeks: tuple[Week, ...]
    """The completion in the weeks before, the oldest first."""
    history: str
    """Why the history is not known; "" where it is."""
    findings: tuple[Problem, ...]
    """What the commits say about how reviews were recorded."""
    more_findings: int
