"""Freshness for programs, and as `freshness.json` for the site.

The form is stable and described by docs/freshness.schema.json: fields are added, never changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from generator.report.characters import as_json
from generator.report.freshness.words import by_owner, by_tier
from generator.report.json import problem_object
from generator.staleness import Comparison, Item, Step, Survey, Tally, Verdict, reason, tally

VERSION = 1


def freshness_as_json(survey: Survey) -> str:
    """The whole survey: `items` are those that were asked for, totals are of all entries."""
    freshness = survey.freshness
    failing = {item.id for item in survey.failing}
    return as_json(
        {
            "version": VERSION,
            "title": freshness.title,
            "today": freshness.today.isoformat(),
            "time_zone": freshness.time_zone,
            "threshold": survey.threshold,
            "failing": len(failing),
            "history": {"known": not freshness.history, "reason": freshness.history or None},
            "totals": _tally(freshness.total),
            "shown": _tally(tally(survey.shown)),
            "by_tier": [
                {"tier": row.key or None, **_tally(row.counts)} for row in by_tier(freshness.items)
            ],
            "by_owner": [
                {"owner": row.key or None, "owner_name": row.name, **_tally(row.counts)}
                for row in by_owner(freshness.items)
            ],
            "trend": [
                {
                    "end": week.end.isoformat(),
                    "complete": week.complete,
                    "checked": week.checked,
                    "rate": week.complete / week.checked if week.checked else None,
                }
                for week in survey.trend
            ],
            "items": [_item(i, freshness.today, i.id in failing) for i in survey.shown],
            "findings": [problem_object(problem) for problem in freshness.problems],
            "comparison": _comparison(survey.comparison) if survey.comparison else None,
        }
    )


def _tally(counts: Tally) -> dict[str, object]:
    return {
        "entries": counts.entries,
        "checked": counts.checked,
        "complete": counts.complete,
        "rate": counts.rate,
        "coverage": counts.coverage,
    }


def _item(item: Item, today: datetime.date, failing: bool) -> dict[str, object]:
    verdict, waiver, changed = item.verdict, item.waiver, item.changed
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "owner": item.owner or None,
        "owner_name": item.owner_name or None,
        "tags": list(item.tags),
        "tier": verdict.tier,
        "cadence": verdict.cadence.text if verdict.cadence else None,
        "state": item.state.value,
        "floor": verdict.floor.value if verdict.floor else None,
        "reason": reason(verdict, today),
        "failing": failing,
        "reviewed": _day(verdict.reviewed),
        "reviewer": verdict.reviewer,
        **_days(verdict, today),
        "claim": verdict.claim,
        "changes_known": verdict.changes_known,
        "changed": changed
        and {"commit": changed.commit, "day": _day(changed.day), "author": changed.author},
        "waiver": waiver and {"until": _day(waiver.until), "reason": waiver.reason},
        "path": item.location.path,
        "line": item.location.line,
    }


def _days(verdict: Verdict, today: datetime.date) -> dict[str, object]:
    days = verdict.days
    return {
        "soon": _day(days.soon) if days else None,
        "due": _day(days.due) if days else None,
        "grace_until": _day(days.grace) if days else None,
        "expires": _day(days.expiry) if days else None,
        "days_left": (days.due - today).days if days else None,
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _comparison(comparison: Comparison) -> dict[str, object]:
    return {
        "base": comparison.name,
        "before": _tally(comparison.base.total),
        "after": _tally(comparison.head.total),
        "touched": sorted(comparison.touched),
        "worse": _steps(comparison.worse),
        "refreshed": _steps(comparison.refreshed),
        "left": _steps(comparison.left),
        "due_next": [
            {"id": item.id, "owner": item.owner or None, "due": _day(item.verdict.due)}
            for item in comparison.due_next
        ],
    }


def _steps(steps: Iterable[Step]) -> list[dict[str, object]]:
    return [
        {
            "id": step.item.id,
            "before": step.before.value if step.before else None,
            "after": step.item.state.value,
        }
        for step in steps
    ]
