"""How far an entry can be trusted on a day, and why: the values that a verdict is made of."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.cadence import Cadence
from generator.model.review import CadenceOverride, Claim, Review


class State(enum.StrEnum):
    """The state of an entry, the most urgent first."""

    EXPIRED = "expired"
    """A whole further window was missed."""
    NEVER = "never-reviewed"
    """There is no review that counts."""
    OVERDUE = "overdue"
    """Past the due date and the days of grace."""
    CHANGED = "changed"
    """Its content changed after the review."""
    DEPENDENCY = "dependency-changed"
    """An entry that it depends on changed after the review."""
    DUE = "due"
    """Past the due date, within the days of grace."""
    SOON = "due-soon"
    """The due date is near."""
    FRESH = "fresh"
    EVERGREEN = "evergreen"
    """It never has to be reviewed, and says why."""
    UNCHECKED = "no-cadence"
    """Nothing says how often it has to be reviewed."""
    RETIRED = "retired"
    DRAFT = "draft"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return _RANKS[self]

    @property
    def checked(self) -> bool:
        """Whether it counts in the completion rate."""
        return self.rank <= State.FRESH.rank

    @property
    def complete(self) -> bool:
        """Whether its review is done in time and still holds."""
        return self in (State.SOON, State.FRESH)


_RANKS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verdict is about: what an entry says of its reviews, now or at some time past."""

    id: str
    kind: str
    owner: str
    status: str
    tier: str | None
    """Its own tier; without one the default tier of its kind holds."""
    review: Review | None
    cadence: CadenceOverride | None
    evergreen: str | None
    claims: tuple[Claim, ...]
    depends_on: tuple[str, ...]
    revision: str
    """The digest of its content."""
    needs_tier: bool = False
    """Whether its kind wants a tier of its own from each entry."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which the state of a review changes: none of them comes before the one above."""

    soon: datetime.date
    """From this day on it is due soon."""
    due: datetime.date
    """Until this day it holds."""
    grace: datetime.date
    """Until this day it is due and not yet overdue."""
    expiry: datetime.date
    """After this day it is expired."""

    def state(self, today: datetime.date) -> State:
        """The state on a day, as far as dates go."""
        if today > self.expiry:
            return State.EXPIRED
        if today > self.grace:
            return State.OVERDUE
        if today > self.due:
            return State.DUE
        return State.SOON if today >= self.soon else State.FRESH

    def or_sooner(self, other: Days) -> Days:
        """The earlier of each day."""
        return Days(
            min(self.soon, other.soon),
            min(self.due, other.due),
            min(self.grace, other.grace),
            min(self.expiry, other.expiry),
        )


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the verdict is what it is: the name of a rule and the values that belong to it.

    Names and their values:

    - by dates: `dates` (none; the verdict's own dates say it), `claim` (claim, checked, rule, due,
      grace, expiry: those of the claim that makes the entry what it is);
    - no review that counts: `never`, `bad-date` (text), `ahead` (date), both with `claim` where it
      is about a claim's check; `unknown-owner` (owner), `no-tier`, `unknown-reviewer` (person),
      `reviewer-left` (person, date), `retire`, `evidence` (lacking: words of `full note digest`;
      tier), `invalid` (codes);
    - changed since: `changed`, `dependency` (names);
    - not checked: `evergreen` (reason), `no-cadence`, `retired`, `draft`.
    """

    name: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of an entry on a day."""

    state: State
    cause: Cause
    tier: str | None = None
    cadence: Cadence | None = None
    reviewed: datetime.date | None = None
    """The day of the last review that can be read, whether it counts or not."""
    reviewer: str | None = None
    """The id of the person who made it."""
    days: Days | None = None
    """None where no date can make the entry fresh, and where it is not checked."""
    floor: State | None = None
    """The state below which no date can bring it, such as `changed`."""
    claim: str | None = None
    """The id of the claim that makes its entry as urgent as it is, if one does."""
    changes_known: bool = True
    """Whether it is known if the content, or what it depends on, changed after the review."""

    @property
    def due(self) -> datetime.date | None:
        """The last day on which the review holds."""
        return self.days.due if self.days else None


@dataclass(frozen=True, slots=True)
class Past:
    """What the history knows of an entry's review."""

    revision: str | None
    """The digest of the content in the commit that wrote the present review; None where the review
    is not committed yet."""
