"""Waivers: read from their file, laid over verdicts, written for a playbook that starts late."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.waivers import WaiverLine, Waivers
from generator.problems import Location, Problem, Severity
from generator.problems.read import UNREADABLE
from generator.problems.staleness import WAIVER_EXPIRED, WAIVER_UNUSED
from generator.read import Source, source_of
from generator.staleness import Freshness, Item, Waiver
from generator.validate import check_fields, located


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """The waivers of a file, with its places."""

    lines: tuple[WaiverLine, ...]
    source: Source


def read_waivers(path: Path, shown: str) -> tuple[WaiverFile | None, tuple[Problem, ...]]:
    """The waivers in the file `path`, which problems call `shown`; None where they are unusable."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = f"cannot read the file: {error.strerror}"
        return None, (UNREADABLE.at(Location(shown), reason),)
    source, problems = source_of("", shown, raw)
    if source is None:
        return None, tuple(problems)
    data, faults = check_fields(Waivers, source.data, source, "")
    problems += faults
    if data is None:
        return None, tuple(problems)
    problems += located(data.faults(), source)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if failed else WaiverFile(data.waivers, source)), tuple(problems)


def excused(freshness: Freshness, waivers: WaiverFile) -> Freshness:
    """`freshness` with the waivers that hold, and problems for those that do not."""
    today = freshness.today
    holding = {
        line.entry: Waiver(line.entry, line.until, str(line.reason))
        for line in waivers.lines
        if line.until >= today
    }
    items = tuple(_with_waiver(item, holding) for item in freshness.items)
    needed = {item.id for item in freshness.items if item.state.checked and not item.state.complete}
    problems = _problems(waivers, needed, today)
    return replace(freshness, items=items, problems=(*freshness.problems, *problems))


def _with_waiver(item: Item, holding: Mapping[str, Waiver]) -> Item:
    pending = item.state.checked and not item.state.complete
    return replace(item, waiver=holding.get(item.id)) if pending else item


def _problems(waivers: WaiverFile, needed: set[str], today: datetime.date) -> Iterator[Problem]:
    for index, line in enumerate(waivers.lines):
        if line.entry not in needed:
            place = waivers.source.locate(("waivers", index, "entry"))
            yield WAIVER_UNUSED.at(place, f'"{line.entry}" needs no waiver', "remove it")
        elif line.until < today:
            place = waivers.source.locate(("waivers", index, "until"))
            yield WAIVER_EXPIRED.at(
                place,
                f'the waiver for "{line.entry}" ran out on {line.until}',
                "review the entry and remove the waiver, or give it a new date and a reason",
            )


def baseline(items: Iterable[Item], until: datetime.date, reason: str) -> str:
    """A file of waivers for `items`, all until the same day."""
    lines = [
        "# Entries that may stay as they are for now. Remove a line once its entry is reviewed."
    ]
    rows = sorted(items, key=lambda item: item.id)
    lines.append("waivers:" if rows else "waivers: []")
    for item in rows:
        lines += [
            f"  - entry: {item.id}",
            f"    until: {until}",
            f"    reason: {json.dumps(reason, ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"
