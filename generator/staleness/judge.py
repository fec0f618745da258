"""Verdicts, worked out from dates and digests alone.

They fail closed: whatever cannot be read or does not count leaves an entry not reviewed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

from generator.model import Holidays, People, Settings
from generator.model.cadence import Cadence, Leeway
from generator.model.review import CadenceOverride, Claim, Review, ReviewDate
from generator.model.settings import Tier
from generator.staleness.calendar import Workdays, due_date, shifted
from generator.staleness.verdict import Cause, Days, Past, State, Subject, Verdict

_OF_THE_ENTRY = ("no-tier", "unknown-owner")
"""Refusals that hold for an entry whose reviews nobody asks for, too."""


@dataclass(frozen=True, slots=True)
class _Part:
    """The review of an entry or the check of one of its claims, and the days that follow."""

    on: datetime.date
    cadence: Cadence
    days: Days
    claim: Claim | None = None

    @property
    def cause(self) -> Cause:
        """Why the entry is what it is, if this part makes it so."""
        if self.claim is None:
            return Cause("dates")
        days = {name: getattr(self.days, name).isoformat() for name in ("due", "grace", "expiry")}
        rule = {"checked": self.on.isoformat(), "rule": self.cadence.text}
        return Cause("claim", {"claim": self.claim.id, **rule, **days})


@dataclass(frozen=True)
class Judge:
    """Gives verdicts for one playbook on one day."""

    settings: Settings
    people: People
    holidays: Holidays
    today: datetime.date
    _kept: dict[tuple[datetime.date, Cadence, Tier | None], Days] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Days that were worked out: many entries share the day of their review and their cadence."""

    @cached_property
    def workdays(self) -> Workdays:
        """The working calendar of the playbook."""
        return Workdays.of(self.holidays.holidays, self.holidays.workdays)

    @cached_property
    def left(self) -> Mapping[str, datetime.date | None]:
        """People by id, with the day on which they left."""
        return {person.id: person.left for person in self.people.people}

    @cached_property
    def owners(self) -> frozenset[str]:
        """Who may own an entry: people and groups."""
        return self.people.ids

    def tier_of(self, subject: Subject) -> str | None:
        """The name of the tier that holds for the subject."""
        return subject.tier or self.settings.default_tiers.get(subject.kind)

    def verdict(
        self, subject: Subject, revisions: Mapping[str, str], past: Past | None = None
    ) -> Verdict:
        """The verdict on `subject`. `revisions` are the present digests of all entries; `past` is
        None where the history is not known."""
        if subject.status != "published":
            return _set_aside(subject)
        if subject.evergreen:
            return self._by_claims(subject, State.EVERGREEN, {"reason": subject.evergreen})
        name = self.tier_of(subject)
        tier = self.settings.tier_of(name)
        cadence = self._cadence(subject.cadence, tier)
        bare = Verdict(State.NEVER, Cause("never"), name, cadence, *_dates_of(subject.review))
        refusal = next(self._refusals(subject, tier, name), None)
        if refusal and (cadence or refusal.name in _OF_THE_ENTRY):
            return replace(bare, cause=refusal)
        if cadence is None:
            return self._by_claims(subject, State.UNCHECKED, {})
        return self._by_dates(subject, bare, cadence, revisions, past)

    def claim_days(self, subject: Subject) -> Iterator[tuple[Claim, Days]]:
        """The days of each claim whose check counts, by the cadence that holds for it."""
        for part in self._claim_parts(subject):
            assert part.claim is not None
            yield part.claim, part.days

    def _by_dates(
        self,
        subject: Subject,
        bare: Verdict,
        cadence: Cadence,
        revisions: Mapping[str, str],
        past: Past | None,
    ) -> Verdict:
        assert bare.reviewed is not None
        tier = self.settings.tier_of(bare.tier)
        own = _Part(bare.reviewed, cadence, self._days(bare.reviewed, cadence, tier))
        found = self._worst(bare, [own, *self._claim_parts(subject)])
        known, floor, cause = _since_review(subject, revisions, past)
        found = replace(found, floor=floor, changes_known=known)
        if floor and floor.rank < found.state.rank:
            return replace(found, state=floor, cause=cause)
        return found

    def _by_claims(self, subject: Subject, state: State, values: Mapping[str, str]) -> Verdict:
        """The verdict on an entry that has no cadence itself: its claims may have theirs."""
        reviewed, reviewer = _dates_of(subject.review)
        cause = Cause(state.value, values)
        bare = Verdict(state, cause, reviewed=reviewed, reviewer=reviewer)
        timed = [claim for claim in subject.claims if self._claim_cadence(claim, subject)]
        if refusal := next(self._claim_refusals(timed), None):
            return replace(bare, state=State.NEVER, cause=refusal)
        parts = list(self._claim_parts(subject))
        return self._worst(bare, parts) if parts else bare

    def _worst(self, bare: Verdict, parts: list[_Part]) -> Verdict:
        """The verdict by dates: an entry is as urgent as the most urgent of its parts."""
        part = min(parts, key=lambda part: (part.days.state(self.today).rank, part.days.due))
        days = reduce(Days.or_sooner, (part.days for part in parts))
        claim = part.claim.id if part.claim else None
        state = days.state(self.today)
        return replace(bare, state=state, cause=part.cause, days=days, claim=claim)

    def _cadence(self, override: CadenceOverride | None, tier: Tier | None) -> Cadence | None:
        """The cadence that holds; a longer one than the tier's without a reason does not."""
        if override is None or (
            tier and override.every.days > tier.cadence.days and not override.reason
        ):
            return tier.cadence if tier else None
        return override.every

    def _days(self, reviewed: datetime.date, cadence: Cadence, tier: Tier | None) -> Days:
        key = (reviewed, cadence, tier)
        if key not in self._kept:
            due = due_date(reviewed, cadence, self.workdays)
            expiry = due_date(reviewed, cadence, self.workdays, missed=1)
            notice, grace = _leeways(cadence, tier)
            soon = shifted(due, notice, self.workdays, -1)
            late = shifted(due, grace, self.workdays, 1)
            self._kept[key] = Days(soon, due, min(late, expiry), expiry)
        return self._kept[key]

    def _claim_cadence(self, claim: Claim, subject: Subject) -> Cadence | None:
        tier = self.settings.tier_of(self.tier_of(subject))
        return self._cadence(claim.cadence or subject.cadence, tier)

    def _claim_parts(self, subject: Subject) -> Iterator[_Part]:
        tier = self.settings.tier_of(self.tier_of(subject))
        for claim in subject.claims:
            cadence, day = self._claim_cadence(claim, subject), claim.checked.day
            if cadence and day and day <= self.today:
                yield _Part(day, cadence, self._days(day, cadence, tier), claim)

    def _refusals(self, subject: Subject, tier: Tier | None, name: str | None) -> Iterator[Cause]:
        """Why the review does not count, the first reason first."""
        if subject.needs_tier and subject.tier is None:
            yield Cause("no-tier")
        if subject.owner not in self.owners:
            yield Cause("unknown-owner", {"owner": subject.owner})
        review = subject.review
        if review is None:
            yield Cause("never")
            return
        yield from self._bad_date(review.on)
        if review.by is not None and review.by not in self.left:
            yield Cause("unknown-reviewer", {"person": review.by})
        elif review.by is not None and (left := self.left[review.by]) and left <= self.today:
            yield Cause("reviewer-left", {"person": review.by, "date": left.isoformat()})
        if review.outcome == "retire":
            yield Cause("retire")
        lacking = [what for what in (tier.evidence if tier else ()) if not _shows(review, what)]
        if lacking:
            yield Cause("evidence", {"lacking": " ".join(lacking), "tier": name or ""})
        yield from self._claim_refusals(subject.claims)

    def _claim_refusals(self, claims: Iterable[Claim]) -> Iterator[Cause]:
        for claim in claims:
            for cause in self._bad_date(claim.checked):
                yield replace(cause, values={**cause.values, "claim": claim.id})

    def _bad_date(self, date: ReviewDate) -> Iterator[Cause]:
        if date.day is None:
            yield Cause("bad-date", {"text": date.text})
        elif date.day > self.today:
            yield Cause("ahead", {"date": date.text})


def _set_aside(subject: Subject) -> Verdict:
    """The verdict on a draft, and on what is retired."""
    state = State.RETIRED if subject.status == "retired" else State.DRAFT
    reviewed, reviewer = _dates_of(subject.review)
    return Verdict(state, Cause(state.value), reviewed=reviewed, reviewer=reviewer)


def _dates_of(review: Review | None) -> tuple[datetime.date | None, str | None]:
    return (review.on.day, review.by) if review else (None, None)


def _shows(review: Review, evidence: str) -> bool:
    if evidence == "full":
        return review.full
    return bool(review.note if evidence == "note" else review.digest)


def _leeways(cadence: Cadence, tier: Tier | None) -> tuple[Leeway, Leeway]:
    """Notice and grace: the tier's, and no longer ones than fit a cadence shorter than its own."""
    fitting = cadence.leeway
    if tier is None:
        return fitting, fitting
    if cadence.days >= tier.cadence.days:
        return tier.notice, tier.grace
    return _shorter(tier.notice, fitting), _shorter(tier.grace, fitting)


def _shorter(one: Leeway, other: Leeway) -> Leeway:
    return one if one.days <= other.days else other


def _since_review(
    subject: Subject, revisions: Mapping[str, str], past: Past | None
) -> tuple[bool, State | None, Cause]:
    """Whether it is known what changed since the review; the state that this forces; its cause.

    A dependency that is gone has changed; one whose digest was not recorded may have.
    """
    review = subject.review
    assert review is not None
    then = review.digest or (past.revision or subject.revision if past else None)
    if then is not None and then != subject.revision:
        return True, State.CHANGED, Cause("changed")
    others = [name for name in subject.depends_on if name != subject.id]
    recorded = review.dependencies
    changed = [
        name
        for name in others
        if name not in revisions or recorded.get(name, revisions[name]) != revisions[name]
    ]
    if changed:
        return True, State.DEPENDENCY, Cause("dependency", {"names": ", ".join(changed)})
    known = then is not None and all(name in recorded for name in others)
    return known, None, Cause("dates")
