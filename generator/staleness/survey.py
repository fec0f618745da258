"""What is asked of the verdicts: which entries, from which state on they fail, and the base."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.staleness.calendar import days_after
from generator.staleness.freshness import Freshness, Item
from generator.staleness.verdict import State

Threshold = str
"""From which state on entries fail: `due`, `overdue`, `expired` or `never` (nothing fails)."""

FAILING: Mapping[Threshold, frozenset[State]] = {
    "due": frozenset(state for state in State if state.rank <= State.DUE.rank),
    "overdue": frozenset((State.EXPIRED, State.NEVER, State.OVERDUE)),
    "expired": frozenset((State.EXPIRED, State.NEVER)),
    "never": frozenset(),
}
"""What was never reviewed is as bad as it gets: nobody knows whether it was ever true."""

AHEAD = datetime.timedelta(days=14)
"""How far a comparison looks ahead for what falls due."""


@dataclass(frozen=True, slots=True)
class Step:
    """An entry, and its state before a change."""

    item: Item
    before: State | None
    """None for an entry that the change adds."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change does to the freshness of a playbook, at the same day before and after."""

    base: Freshness
    head: Freshness
    name: str
    """Of the base, as the user gave it."""
    touched: frozenset[str]
    """Ids of the entries whose files the change touches."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every entry of the head with its state before."""
        before = {item.id: item.state for item in self.base.items}
        return tuple(Step(item, before.get(item.id)) for item in self.head.items)

    @property
    def worse(self) -> tuple[Step, ...]:
        """Entries that are more urgent than before; new ones if they are not complete."""
        return tuple(step for step in self.steps if _is_worse(step))

    @property
    def refreshed(self) -> tuple[Step, ...]:
        """Entries that are less urgent than before."""
        return tuple(step for step in self.steps if _is_refreshed(step))

    @property
    def left(self) -> tuple[Step, ...]:
        """Entries that are as much in need of a review as before."""
        return tuple(
            step
            for step in self.steps
            if step.before is step.item.state and step.before.checked and not step.before.complete
        )

    @property
    def due_next(self) -> tuple[Item, ...]:
        """Entries that fall due in the next 14 days, by owner and then by day."""
        last = days_after(self.head.today, AHEAD.days)
        found = (
            item
            for item in self.head.items
            if item.state.complete and item.verdict.due and item.verdict.due <= last
        )
        return tuple(sorted(found, key=lambda item: (item.owner, item.urgency[1], item.id)))


def _is_worse(step: Step) -> bool:
    state = step.item.state
    if not state.checked:
        return False
    if step.before is None or not step.before.checked:
        return not state.complete
    lost = state is State.NEVER and step.before is State.EXPIRED
    return lost or state.rank < step.before.rank


def _is_refreshed(step: Step) -> bool:
    """A review that is taken away, or that no longer counts, refreshes nothing."""
    state = step.item.state
    if step.before is None or not state.checked or state is State.NEVER:
        return False
    return state.rank > step.before.rank


@dataclass(frozen=True, slots=True)
class Week:
    """The completion of the playbook at the end of a week."""

    end: datetime.date
    """Its Sunday, or today for the week that is not over."""
    complete: int
    checked: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What a report shows."""

    freshness: Freshness
    """Of the whole playbook."""
    shown: tuple[Item, ...]
    """The entries that were asked for, the most urgent first."""
    failing: tuple[Item, ...]
    """Those that make the command fail."""
    threshold: Threshold
    comparison: Comparison | None = None
    trend: tuple[Week, ...] = ()
    """The completion at the end of each of the last weeks, the oldest first; empty where the
    history is not known or not asked for."""


def failing(items: Iterable[Item], threshold: Threshold) -> tuple[Item, ...]:
    """The items that fail: those in a bad state without a waiver."""
    return tuple(item for item in items if item.state in FAILING[threshold] and not item.waiver)
