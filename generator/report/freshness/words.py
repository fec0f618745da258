"""Verdicts and counts in the words that text and Markdown share. Gives strings without markup."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.report.characters import one_line
from generator.staleness import Item, State, Survey, Tally, tally
from generator.staleness.survey import AHEAD

TIERS: Mapping[str, str] = {"weapon": "▲", "tactical": "■", "strategic": "●"}
"""Tiers with their marks, in their order."""

STATES: Mapping[State, str] = {
    State.EXPIRED: "expired",
    State.NEVER: "never reviewed",
    State.OVERDUE: "overdue",
    State.CHANGED: "changed since review",
    State.DEPENDENCY: "dependency changed",
    State.DUE: "due",
    State.SOON: "due soon",
    State.FRESH: "fresh",
    State.EVERGREEN: "evergreen",
    State.UNCHECKED: "no cadence",
    State.RETIRED: "retired",
    State.DRAFT: "draft",
}

NEEDED = tuple(state for state in State if state.checked and not state.complete)
"""States in which a review is asked for now."""

_THRESHOLDS = {
    "due": "anything that needs a review",
    "overdue": "overdue, expired or never reviewed",
    "expired": "expired or never reviewed",
}


def counted(count: int, one: str, several: str) -> str:
    """Such as "1 entry" or "3 entries"."""
    return f"{count} {one if count == 1 else several}"


def entries(count: int) -> str:
    """How many entries."""
    return counted(count, "entry", "entries")


def days_away(day: datetime.date | None, today: datetime.date) -> str:
    """Such as "3 days ago", "today" or "in 2 days"; "" without a day."""
    if day is None:
        return ""
    count = (day - today).days
    if count == 0:
        return "today"
    words = counted(abs(count), "day", "days")
    return f"in {words}" if count > 0 else f"{words} ago"


def percent(part: int, whole: int) -> str:
    """A share, never rounded up: 100% means all."""
    if not whole:
        return "–"
    tenths = 1000 * part // whole
    return f"{tenths // 10}.{tenths % 10}%"


def completion(counts: Tally) -> str:
    """Such as "31/44 complete (70.4%), coverage 44/52 (84.6%)"."""
    complete, checked, every = counts.complete, counts.checked, counts.entries
    done = f"{complete}/{checked} complete ({percent(complete, checked)})"
    return f"{done}, coverage {checked}/{every} ({percent(checked, every)})"


def tier_of(item: Item) -> str:
    """The tier with its mark, "" without one."""
    tier = item.verdict.tier
    return f"{TIERS.get(tier, '·')} {tier}" if tier else ""


def owner_of(item: Item) -> str:
    """The owner's name on one line."""
    return one_line(item.owner_name or item.owner) or "nobody"


def title_of(item: Item) -> str:
    """The title on one line; the id where there is none."""
    return one_line(item.title) or one_line(item.id)


@dataclass(frozen=True, slots=True)
class Row:
    """Counts under a name."""

    key: str
    """The tier or the owner's id; "" for those without."""
    name: str
    counts: Tally


def by_tier(items: Iterable[Item]) -> tuple[Row, ...]:
    """The counts of each tier that there is, and of what has none."""
    groups = _grouped((item.verdict.tier or "", item) for item in items)
    order = {tier: place for place, tier in enumerate(TIERS)}
    found = sorted(groups, key=lambda tier: (order.get(tier, 3 if tier else 4), tier))
    return tuple(Row(tier, _tier_name(tier), tally(groups[tier])) for tier in found)


def _tier_name(tier: str) -> str:
    return f"{TIERS.get(tier, '·')} {tier}" if tier else "without a tier"


def by_owner(items: Iterable[Item]) -> tuple[Row, ...]:
    """The counts of each owner, by name."""
    groups = _grouped((item.owner, item) for item in items)
    rows = (Row(owner, owner_of(found[0]), tally(found)) for owner, found in groups.items())
    return tuple(sorted(rows, key=lambda row: (row.name, row.key)))


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups


def due_next(items: Iterable[Item], today: datetime.date) -> tuple[Item, ...]:
    """Complete entries that fall due in the next 14 days, by owner and then by day."""
    last = today + AHEAD
    found = (i for i in items if i.state.complete and i.verdict.due and i.verdict.due <= last)
    return tuple(sorted(found, key=lambda item: (owner_of(item), item.urgency[1], item.id)))


def failing(survey: Survey) -> str:
    """How many entries fail, and from which state on."""
    if survey.threshold == "never":
        return "No entry fails: --fail-on never."
    shown = {item.id for item in survey.shown}
    count = sum(item.id in shown for item in survey.failing)
    which = f"{_THRESHOLDS[survey.threshold]} (--fail-on {survey.threshold})"
    scope = " that this change touches" if survey.comparison else ""
    if not count:
        return f"No entry{scope} fails: none is {which}."
    verb = "fails" if count == 1 else "fail"
    return f"{entries(count)}{scope} {verb}: {which}."


def is_part(survey: Survey) -> bool:
    """Whether only a part of the entries was asked for."""
    return len(survey.shown) < len(survey.freshness.items)
