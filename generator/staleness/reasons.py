"""A verdict in one sentence, with its dates and its rule, in English."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from generator.model.cadence import Cadence
from generator.problems.core import quoted
from generator.staleness.verdict import State, Verdict

LACKING = {"full": "the reviewer and the outcome", "note": "a note", "digest": "a digest"}
"""What a review can lack, by the names of evidence."""
_LONGEST_LIST = 5
"""So many dependencies are named; of more, how many there are."""


def reason(verdict: Verdict, today: datetime.date) -> str:
    """Why the verdict is what it is on `today`."""
    if verdict.cause.name in ("dates", "claim"):
        return _by_dates(verdict, today)
    return _SENTENCES[verdict.cause.name](verdict.cause.values, verdict)


def rule_of(cadence: str) -> str:
    """A cadence as a rule: `weekly`, `every 10 days`, `every month`."""
    if Cadence.parse(cadence).window:
        return cadence
    return "every " + cadence.removeprefix("1 ")


def and_then(parts: list[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _by_dates(verdict: Verdict, today: datetime.date) -> str:
    """The sentence about the review, or about the claim that is more urgent than it."""
    assert verdict.days is not None
    days, values = verdict.days, verdict.cause.values
    due, grace, expiry = days.due, days.grace, days.expiry
    if verdict.cause.name == "claim":
        due, grace, expiry = (_day(values[name]) for name in ("due", "grace", "expiry"))
        start = f"Its claim {values['claim']} was checked on {values['checked']}"
        start += f"; {rule_of(values['rule'])}: due by {due}"
    else:
        assert verdict.cadence is not None
        start = f"Reviewed {verdict.reviewed}; {rule_of(verdict.cadence.text)}: due by {due}"
    if verdict.state is State.EXPIRED:
        return f"{start}, {_days((today - due).days)} ago, and by {expiry} missed again."
    if verdict.state is State.OVERDUE:
        return f"{start}, {_days((today - due).days)} ago."
    if verdict.state is State.DUE:
        return f"{start}, {_days((today - due).days)} ago, with grace until {grace}."
    left = (due - today).days
    return f"{start}, in {_days(left)}." if left else f"{start}, which is today."


def _never(_: Mapping[str, str], verdict: Verdict) -> str:
    rule = f"; its rule is {rule_of(verdict.cadence.text)}" if verdict.cadence else ""
    return f"Never reviewed{rule}."


def _bad_date(values: Mapping[str, str], _: Verdict) -> str:
    what = _what(values)
    if not values["text"]:
        return f"{what} has no date, so it does not count."
    return f"{what} is dated {quoted(values['text'])}, which is no day, so it does not count."


def _ahead(values: Mapping[str, str], _: Verdict) -> str:
    return f"{_what(values)} is dated {values['date']}, which is yet to come, so it does not count."


def _what(values: Mapping[str, str]) -> str:
    claim = values.get("claim")
    return f"The check of its claim {claim}" if claim else "The review"


def _evidence(values: Mapping[str, str], verdict: Verdict) -> str:
    lacking = and_then([LACKING[word] for word in values["lacking"].split()])
    tier = values["tier"]
    return f"The review of {verdict.reviewed} lacks {lacking}, which the tier {tier} asks for."


def _retire(_: Mapping[str, str], verdict: Verdict) -> str:
    return f"The review of {verdict.reviewed} says to retire it, and it is still published."


def _changed(_: Mapping[str, str], verdict: Verdict) -> str:
    return f"Its content changed after the review of {verdict.reviewed}."


def _dependency(values: Mapping[str, str], verdict: Verdict) -> str:
    names = values["names"].split(", ")
    more = len(names) - _LONGEST_LIST
    shown = [*names[:_LONGEST_LIST], f"{more} more"] if more > 0 else names
    which = and_then(shown)
    return f"It depends on {which}, which changed after the review of {verdict.reviewed}."


def _reviewer(why: str) -> Callable[[Mapping[str, str], Verdict], str]:
    def say(values: Mapping[str, str], verdict: Verdict) -> str:
        who = f"The reviewer {quoted(values['person'])}"
        what = f"so the review of {verdict.reviewed} does not count"
        return f"{who} {why.format(date=values.get('date'))}, {what}."

    return say


def _invalid(values: Mapping[str, str], _: Verdict) -> str:
    codes = f" ({values['codes']})" if values["codes"] else ""
    return f"The file has errors{codes}, so its review does not count."


_SENTENCES: Mapping[str, Callable[[Mapping[str, str], Verdict], str]] = {
    "never": _never,
    "bad-date": _bad_date,
    "ahead": _ahead,
    "unknown-owner": lambda values, _: (
        f"The owner {quoted(values['owner'])} is not in people.yml, so nobody answers for it."
    ),
    "no-tier": lambda _values, _: "It has no tier, and its kind needs one.",
    "unknown-reviewer": _reviewer("is not in people.yml"),
    "reviewer-left": _reviewer("left on {date}"),
    "retire": _retire,
    "evidence": _evidence,
    "invalid": _invalid,
    "changed": _changed,
    "dependency": _dependency,
    "evergreen": lambda values, _: f"Evergreen: {values['reason']}",
    "no-cadence": lambda _values, _: "Nothing says how often it is reviewed.",
    "retired": lambda _values, _: "It is retired.",
    "draft": lambda _values, _: "It is a draft.",
}


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
