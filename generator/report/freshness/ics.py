"""Due dates as a calendar, by RFC 5545, of everybody or of one owner.

Takes a survey, gives text with the line ends of the format. An event belongs to an entry: its UID
holds no date, so that it moves in the calendars of those who subscribed when the entry is reviewed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from generator.report.characters import one_line
from generator.report.freshness.words import STATES, owner_of, tier_of, title_of
from generator.staleness import Item, Survey, reason

_DAY = datetime.timedelta(days=1)
_FIRST = datetime.date(2000, 1, 1)


def freshness_as_ics(survey: Survey, owner: str = "") -> str:
    """An all-day event for each checked entry that was asked for; with `owner`, only theirs."""
    from icalendar import Calendar, Event  # it takes long to load, and few runs make a calendar

    today = survey.freshness.today
    shown = [item for item in survey.shown if item.state.checked and owner in ("", item.owner)]
    whose = f": {owner_of(shown[0])}" if owner and shown else ""
    name = f"{one_line(survey.freshness.title)}, reviews{whose}"
    calendar = Calendar()
    calendar.add("prodid", "-//playbook//stale//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _DAY, parameters={"VALUE": "DURATION"})
    for item in sorted(shown, key=lambda item: (_day(item, today), item.id)):
        event = Event()
        for field, value in _event(item, today):
            event.add(field, value)
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _day(item: Item, today: datetime.date) -> datetime.date:
    """The due date; today for what has none because no review of it counts."""
    return item.verdict.due or today


def _event(item: Item, today: datetime.date) -> Iterator[tuple[str, object]]:
    """The fields of its event."""
    day = _day(item, today)
    made = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    yield "uid", f"{one_line(item.id)}@playbook"
    yield "dtstamp", made
    yield "last-modified", made
    # A later calendar must not have a lower number, and only the day is known to rise.
    yield "sequence", max(0, (today - _FIRST).days)
    yield "dtstart", day
    yield "dtend", day + _DAY
    yield "summary", f"{title_of(item)} ({STATES[item.state]})"
    yield "description", _description(item, today)
    yield "transp", "TRANSPARENT"
    if item.verdict.tier:
        yield "categories", [item.verdict.tier]


def _description(item: Item, today: datetime.date) -> str:
    lines = [
        one_line(reason(item.verdict, today)),
        f"Owner: {owner_of(item)}",
        f"Tier: {tier_of(item)}" if item.verdict.tier else "",
        f"File: {one_line(item.location.path)}",
        f"Waived until {item.waiver.until}: {one_line(item.waiver.reason)}" if item.waiver else "",
    ]
    return "\n".join(filter(None, lines))
