"""What is wrong with the reviews of entries, as faults at their fields."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Entry
from generator.model.review import CadenceOverride, ReviewDate
from generator.model.settings import Tier
from generator.problems import Fault
from generator.problems.core import Path, quoted
from generator.problems.staleness import (
    CLAIM_CADENCE,
    DEPENDS_ON_ITSELF,
    EVIDENCE,
    LONGER_CADENCE,
    NO_CADENCE,
    OWNER_LEFT,
    RETIRE,
    REVIEW_AHEAD,
    REVIEW_DATE,
    REVIEWER_LEFT,
    UNKNOWN_REVIEWER,
)
from generator.staleness.judge import Judge
from generator.staleness.reasons import LACKING, and_then
from generator.staleness.verdict import State, Verdict


def faults_of(entry: Entry, verdict: Verdict, judge: Judge) -> Iterator[Fault]:
    """The faults of one entry. Entries that are not published have those of their dates alone."""
    yield from _date_faults(entry, judge)
    if entry.data.status != "published":
        return
    yield from _people_faults(entry, judge)
    yield from _cadence_faults(entry, judge)
    yield from _review_faults(entry, verdict)


def _date_faults(entry: Entry, judge: Judge) -> Iterator[Fault]:
    if entry.data.reviewed:
        review = entry.data.reviewed
        short = review.model_fields_set == {"on"}
        path: Path = ("reviewed",) if short else ("reviewed", "on")
        yield from _date_fault(review.on, path, judge)
    for index, claim in enumerate(entry.data.claims):
        yield from _date_fault(claim.checked, ("claims", index, "checked"), judge)


def _date_fault(date: ReviewDate, path: Path, judge: Judge) -> Iterator[Fault]:
    if date.day is None:
        what = f"{quoted(date.text)} is no date" if date.text else "the date is missing"
        yield REVIEW_DATE.fault(
            path, what, "write it like 2026-11-23; until then it counts as never"
        )
    elif date.day > judge.today:
        yield REVIEW_AHEAD.fault(
            path,
            f"{date.text} lies in the future: today is {judge.today}",
            "write the day on which somebody looked; until then it counts as never",
        )


def _people_faults(entry: Entry, judge: Judge) -> Iterator[Fault]:
    owner, review = entry.data.owner, entry.data.reviewed
    if (left := judge.left.get(owner)) and left <= judge.today:
        yield OWNER_LEFT.fault(
            ("owner",), f'the owner "{owner}" left on {left}', "name an owner who is there"
        )
    if review is None or review.by is None:
        return
    if review.by not in judge.left:
        yield UNKNOWN_REVIEWER.fault(
            ("reviewed", "by"),
            f"{quoted(review.by)} is no person in people.yml",
            "a review is made by a person, not by a group; write the person's id",
        )
    elif (gone := judge.left[review.by]) and gone <= judge.today:
        yield REVIEWER_LEFT.fault(
            ("reviewed", "by"),
            f'the reviewer "{review.by}" left on {gone}',
            "let somebody who is there review it",
        )


def _cadence_faults(entry: Entry, judge: Judge) -> Iterator[Fault]:
    data = entry.data
    name = data.tier or judge.settings.default_tiers.get(entry.kind)
    tier = judge.settings.tier_of(name)
    if data.cadence:
        yield from _longer(data.cadence, tier, name, ("cadence",))
    for index, claim in enumerate(data.claims):
        path: Path = ("claims", index)
        if claim.cadence:
            yield from _longer(claim.cadence, tier, name, (*path, "cadence"))
        elif not (tier or data.cadence):
            yield CLAIM_CADENCE.fault(
                path,
                f'nothing says how often the claim "{claim.id}" is checked',
                "give it a `cadence`, or the entry a tier",
            )
    if not (tier or data.cadence or data.evergreen):
        yield NO_CADENCE.fault(
            (),
            "nothing says how often this is reviewed",
            "set `tier`, or say why it is `evergreen`",
        )
    if entry.id in data.depends_on:
        index = data.depends_on.index(entry.id)
        yield DEPENDS_ON_ITSELF.fault(
            ("depends_on", index), "the entry depends on itself", "take it out"
        )


def _longer(
    override: CadenceOverride, tier: Tier | None, name: str | None, path: Path
) -> Iterator[Fault]:
    if tier and override.every.days > tier.cadence.days and not override.reason:
        yield LONGER_CADENCE.fault(
            path,
            f"{override.every.text} is longer than {tier.cadence.text}, the cadence of {name}",
            f"give it a reason; until then {tier.cadence.text} holds",
        )


def _review_faults(entry: Entry, verdict: Verdict) -> Iterator[Fault]:
    if verdict.state is State.NEVER and verdict.cause.name == "evidence":
        words = [LACKING[word] for word in verdict.cause.values["lacking"].split()]
        yield EVIDENCE.fault(
            ("reviewed",),
            f"the tier {verdict.tier} asks for {and_then(words)}",
            "run `playbook review`; until then it counts as never reviewed",
        )
    if entry.data.reviewed and entry.data.reviewed.outcome == "retire":
        yield RETIRE.fault(
            ("reviewed", "outcome"),
            "the review says to retire it, and it is still published",
            "set `status: retired`, or review it again",
        )
