"""What is checked joined with its history: all verdicts on a day, with places in files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.build.loading import Content
from generator.model import Entry, Library
from generator.problems import Location, Problem, Severity
from generator.staleness import (
    Cause,
    Change,
    Freshness,
    Item,
    Judge,
    Past,
    State,
    Verdict,
    faults_of,
    subject_of,
    verdicts_on,
)
from generator.validate import Checked, Rejected, located


def assess(
    checked: Checked,
    library: Library,
    today: datetime.date,
    pasts: Mapping[str, Past] | None = None,
    changes: Mapping[str, Change] | None = None,
    history: str = "",
) -> Freshness:
    """The freshness of `library` on `today`. `pasts` is None where the history is not known, which
    `history` then explains."""
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, today)
    entries = source.entries
    verdicts = verdicts_on(map(subject_of, entries.values()), judge, pasts)
    owners = {identity: str(owner.name) for identity, owner in source.owners.items()}
    items = [
        _item(checked, entry, verdicts[entry.id], owners, (changes or {}).get(entry.id))
        for entry in entries.values()
    ]
    items += _rejected(checked, owners)
    problems = (
        problem
        for entry in entries.values()
        for problem in located(
            faults_of(entry, verdicts[entry.id], judge), checked.sources[entry.id]
        )
    )
    return Freshness(
        today=today,
        time_zone=source.settings.time_zone,
        title=str(source.settings.title),
        items=tuple(sorted(items, key=lambda item: item.urgency)),
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        history=history,
    )


def portable(freshness: Freshness, content: Content) -> Freshness:
    """The same with paths from the content folder's parent, wherever that lies."""

    def place(location: Location) -> Location:
        inside = location.path.removeprefix(f"{content.shown}/")
        return replace(location, path=f"{content.folder.name}/{inside}")

    return replace(
        freshness,
        items=tuple(replace(item, location=place(item.location)) for item in freshness.items),
        problems=tuple(replace(p, location=place(p.location)) for p in freshness.problems),
    )


def _item(
    checked: Checked,
    entry: Entry,
    verdict: Verdict,
    owners: Mapping[str, str],
    changed: Change | None,
) -> Item:
    source = checked.sources[entry.id]
    return Item(
        id=entry.id,
        kind=entry.kind,
        title=str(entry.title),
        owner=entry.data.owner,
        owner_name=owners.get(entry.data.owner, entry.data.owner),
        tags=entry.data.tags,
        location=source.line_of("reviewed"),
        verdict=verdict,
        changed=changed,
    )


def _rejected(checked: Checked, owners: Mapping[str, str]) -> Iterator[Item]:
    """Entries that could not be understood: what their reviews say cannot count."""
    for identity, rejected in checked.rejected.items():
        yield Item(
            id=identity,
            kind=rejected.kind,
            title=rejected.title,
            owner=rejected.owner if rejected.owner in owners else "",
            owner_name=owners.get(rejected.owner, ""),
            tags=(),
            location=Location(rejected.place),
            verdict=Verdict(State.NEVER, Cause("invalid", {"codes": _codes(checked, rejected)})),
        )


def _codes(checked: Checked, rejected: Rejected) -> str:
    def at_fault(problem: Problem) -> bool:
        return problem.severity is Severity.ERROR and problem.location.path == rejected.place

    codes = (problem.rule.code for problem in checked.problems if at_fault(problem))
    return ", ".join(dict.fromkeys(codes))
