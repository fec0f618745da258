"""Entries as a table for spreadsheets, by RFC 4180.

It begins with a byte order mark: without one Excel takes UTF-8 for the system's own encoding, and
Chinese titles turn to gibberish. A text that a spreadsheet would run as a formula gets an
apostrophe before it; numbers and dates, which are ours, do not.
"""

from __future__ import annotations

import csv
import io
import re

from generator.report.characters import well_formed
from generator.staleness import Item, Survey, reason

COLUMNS = (
    "state", "tier", "title", "owner_name", "due", "days_left", "reason", "failing", "reviewed",
    "reviewer", "cadence", "soon", "grace_until", "expires", "changed", "changed_by", "claim",
    "waived_until", "waiver_reason", "id", "kind", "owner", "path", "line",
)  # fmt: skip

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_FORMULA = re.compile(r"'*[\t\r\n]|['\s]*[=+\-@＝＋－＠]")
"""Also with spaces before it, which some programs drop, and full-width, which some take for the
plain signs. Apostrophes count, so that the one that is added can be told from the writer's own."""


def freshness_as_csv(survey: Survey) -> str:
    """A row for each entry that was asked for, the most urgent first."""
    failing = {item.id for item in survey.failing}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for item in survey.shown:
        row = _row(item, survey, item.id in failing)
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return BYTE_ORDER_MARK + well_formed(out.getvalue())


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _FORMULA.match(value):
        return "'" + value
    return str(value)


def _row(item: Item, survey: Survey, failing: bool) -> dict[str, object]:
    verdict, days, today = item.verdict, item.verdict.days, survey.freshness.today
    return {
        "state": item.state.value,
        "tier": verdict.tier,
        "title": item.title,
        "owner_name": item.owner_name,
        "due": verdict.due,
        "days_left": (verdict.due - today).days if verdict.due else None,
        "reason": reason(verdict, today),
        "failing": failing,
        "reviewed": verdict.reviewed,
        "reviewer": verdict.reviewer,
        "cadence": verdict.cadence.text if verdict.cadence else None,
        "soon": days.soon if days else None,
        "grace_until": days.grace if days else None,
        "expires": days.expiry if days else None,
        "changed": item.changed.day if item.changed else None,
        "changed_by": item.changed.author if item.changed else None,
        "claim": verdict.claim,
        "waived_until": item.waiver.until if item.waiver else None,
        "waiver_reason": item.waiver.reason if item.waiver else None,
        "id": item.id,
        "kind": item.kind,
        "owner": item.owner,
        "path": item.location.path,
        "line": item.location.line,
    }
