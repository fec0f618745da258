"""What is checked joined with its history: all verdicts on a day, with places in files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.build.loading import Content
from generator.model import Entry, Library, Outline
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
from generator.validate import Checked, located


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry with its verdict, and what is wrong with its reviews."""

    item: Item
    problems: tuple[Problem, ...]


def assess(
    checked: Checked,
    library: Library,
    today: datetime.date,
    pasts: Mapping[str, Past] | None = None,
    changes: Mapping[str, Change] | None = None,
    history: str = "",
    known: Mapping[str, Judged] | None = None,
) -> Freshness:
    """The freshness of `library` on `today`. `pasts` is None where the history is not known, which
    `history` then explains. Entries that are `known` are not judged again."""
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, today)
    errors = _errors_by_file(checked.problems)
    known = known or {}
    entries = [source.entries[name] for name in library.outlines if name not in known]
    revisions = {name: outline.revision for name, outline in library.outlines.items()}
    verdicts = {
        name: _unless_misread(verdict, errors.get(library.outlines[name].reviewed_at.path))
        for name, verdict in verdicts_on(map(subject_of, entries), judge, pasts, revisions).items()
    }
    owners = {identity: str(owner.name) for identity, owner in source.owners.items()}
    items = [each.item for name, each in known.items() if name in library.outlines]
    items += [
        _item(library.outlines[entry.id], entry, verdicts[entry.id], owners,
              (changes or {}).get(entry.id))
        for entry in entries
    ]  # fmt: skip
    items += _rejected(checked, owners, errors)
    problems = [problem for each in known.values() for problem in each.problems]
    for entry in entries:
        problems += located(faults_of(entry, verdicts[entry.id], judge), checked.sources[entry.id])
    return Freshness(
        today=today,
        time_zone=source.settings.time_zone,
        title=str(source.settings.title),
        items=tuple(sorted(items, key=lambda item: item.urgency)),
        problems=tuple(sorted(problems, key=lambda problem: problem.order)),
        history=history,
    )


def _errors_by_file(problems: Iterable[Problem]) -> Mapping[str, str]:
    """The codes of errors in reading a file or its fields, by the path that problems name."""
    codes: dict[str, dict[str, None]] = {}
    for problem in problems:
        misread = problem.rule.code.startswith(("PB0", "PB1"))
        if misread and problem.severity is Severity.ERROR:
            codes.setdefault(problem.location.path, {})[problem.rule.code] = None
    return {path: ", ".join(found) for path, found in codes.items()}


def _unless_misread(verdict: Verdict, codes: str | None) -> Verdict:
    """A file with such errors, a field given twice for one, may say otherwise than it seems to."""
    if codes is None or not verdict.state.checked:
        return verdict
    return Verdict(State.NEVER, Cause("invalid", {"codes": codes}), verdict.tier, verdict.cadence)


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
    outline: Outline,
    entry: Entry,
    verdict: Verdict,
    owners: Mapping[str, str],
    changed: Change | None,
) -> Item:
    return Item(
        id=entry.id,
        kind=entry.kind,
        title=str(entry.title),
        owner=entry.data.owner,
        owner_name=owners.get(entry.data.owner, entry.data.owner),
        tags=entry.data.tags,
        location=outline.reviewed_at,
        verdict=verdict,
        changed=changed,
    )


def _rejected(
    checked: Checked, owners: Mapping[str, str], errors: Mapping[str, str]
) -> Iterator[Item]:
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
            verdict=Verdict(
                State.NEVER, Cause("invalid", {"codes": errors.get(rejected.place, "")})
            ),
        )
