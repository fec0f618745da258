"""The page on freshness: totals, what to review next, and a calendar of what falls due."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence

from generator.link import contexts as c
from generator.link.edition import Shelf
from generator.link.scores import Score, score
from generator.model.settings import Tiers
from generator.problems import Problem
from generator.problems.staleness import BULK_REVIEW, DATES_ONLY, OWN_REVIEW
from generator.staleness import Freshness, Item, Week

MAX_ROWS = 200
MAX_OWNERS = 60
MAX_OF_DAY = 12
MAX_FINDINGS = 40
WEEKS = 6
_DAY = datetime.timedelta(days=1)


def freshness_context(
    shelf: Shelf, frame: c.Frame, freshness: Freshness, trend: tuple[Week, ...]
) -> c.FreshnessContext:
    """What the page on freshness shows."""
    items = tuple(item for item in freshness.items if item.id in shelf.outlines)
    urgent = tuple(item.id for item in items if item.state.checked)[:MAX_ROWS]
    rows = tuple(shelf.cards[identity] for identity in urgent)
    owners = _owners(shelf, items)
    found = tuple(findings(freshness))
    return c.FreshnessContext(
        frame=frame,
        score=score(items, shelf.today),
        tiers=tuple(_tiers(shelf, items)),
        owners=owners[:MAX_OWNERS],
        more_owners=max(0, len(owners) - MAX_OWNERS),
        rows=rows,
        cards=_named(shelf, rows),
        calendar=_calendar(shelf, items),
        weeks=trend,
        history=freshness.history,
        findings=found[:MAX_FINDINGS],
        more_findings=max(0, len(found) - MAX_FINDINGS),
    )


def findings(freshness: Freshness) -> Iterator[Problem]:
    """What is pointed out about commits."""
    codes = {rule.code for rule in (BULK_REVIEW, DATES_ONLY, OWN_REVIEW)}
    return (problem for problem in freshness.problems if problem.rule.code in codes)


def _grouped(items: Sequence[Item], key: Callable[[Item], str]) -> dict[str, list[Item]]:
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def _tiers(shelf: Shelf, items: Sequence[Item]) -> Iterator[tuple[str, Score]]:
    """The score of each tier, those of entries that are not checked now included."""

    def tier(item: Item) -> str:
        return shelf.outlines[item.id].tier or defaults.get(item.kind) or ""

    defaults = shelf.edition.settings.default_tiers
    groups = _grouped(items, tier)
    for name in (*Tiers.model_fields, ""):
        if name in groups and (found := score(groups[name], shelf.today)).tally.entries:
            yield name, found


def _owners(shelf: Shelf, items: Sequence[Item]) -> tuple[tuple[c.Owner, Score], ...]:
    """The score of each owner, the lowest rate first."""
    groups = _grouped(items, lambda item: item.owner)
    pairs = [(shelf.owners[name], score(owned, shelf.today)) for name, owned in groups.items()]
    pairs = [pair for pair in pairs if pair[1].tally.entries]
    return tuple(sorted(pairs, key=_lowest_first))


def _lowest_first(pair: tuple[c.Owner, Score]) -> tuple[bool, float, int, str]:
    owner, found = pair
    rate = found.tally.rate
    return rate is None, rate or 0.0, -found.tally.checked, owner.id


def _named(shelf: Shelf, rows: Sequence[c.Card]) -> dict[str, c.Card]:
    """The cards of what changed under those rows that build on something."""
    names = (
        name for card in rows for name in card.verdict.cause.values.get("names", "").split(", ")
    )
    return {name: shelf.cards[name] for name in names if name in shelf.cards}


def _calendar(shelf: Shelf, items: Sequence[Item]) -> tuple[tuple[c.Day, ...], ...]:
    """What falls due in the weeks from today's on. What has to be reviewed anyway is not in it."""
    due: dict[datetime.date, list[str]] = {}
    for item in items:
        if item.state.complete and item.verdict.due:
            due.setdefault(item.verdict.due, []).append(item.id)
    monday = shelf.today - shelf.today.weekday() * _DAY
    days = [_day(shelf, monday + number * _DAY, due) for number in range(7 * WEEKS)]
    return tuple(tuple(days[start : start + 7]) for start in range(0, len(days), 7))


def _day(shelf: Shelf, date: datetime.date, due: dict[datetime.date, list[str]]) -> c.Day:
    holidays = shelf.library.holidays
    ids = due.get(date, [])
    return c.Day(
        date=date,
        cards=tuple(shelf.cards[identity] for identity in ids[:MAX_OF_DAY]),
        more=max(0, len(ids) - MAX_OF_DAY),
        worked=date in shelf.judge.workdays,
        name=holidays.workdays.get(date) or holidays.holidays.get(date) or "",
    )
