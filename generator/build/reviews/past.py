"""What git knows of the entries: what each said when it was reviewed, and who changed it last.

Takes a content folder and what was read from it, gives plain data for `assess`. Where the history
is not known it says why, and guesses nothing.
"""

from __future__ import annotations

import datetime
import os
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.build.loading import Content
from generator.build.reviews.readings import Reading, Readings, reading_of
from generator.build.reviews.trace import Trace, Tracer
from generator.history import (
    Commit,
    GitFailed,
    Repository,
    Unknown,
    Version,
    history_of,
    open_repository,
)
from generator.model import Library, Outline
from generator.problems import Location, Problem
from generator.problems.staleness import HISTORY_UNKNOWN
from generator.staleness import Change, Past
from generator.staleness.stamping import RECENT, Redating, Reviewed, findings
from generator.validate import Checked


@dataclass(frozen=True)
class History:
    """The history of a content folder, opened."""

    repository: Repository
    readings: Readings
    zone: zoneinfo.ZoneInfo
    """The playbook's time zone."""

    def day_of(self, seconds: int) -> datetime.date:
        """The day in the playbook's time zone."""
        return datetime.datetime.fromtimestamp(seconds, self.zone).date()


@dataclass(frozen=True, slots=True)
class Traced:
    """What the history says of one entry. It holds for as long as history, day and files do."""

    digest: str
    """Of the entry's files."""
    past: Past
    change: Change | None
    redatings: tuple[Redating, ...]


@dataclass(frozen=True)
class PastOf:
    """What the history says of a library."""

    pasts: Mapping[str, Past] | None
    """By id; None where the history is not known. An entry that is not in here is not committed."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """The last change of each entry's content, by id."""
    why_unknown: str = ""
    """Why the history is not known and what to do; "" where it is."""
    problems: tuple[Problem, ...] = ()
    """Findings about how reviews were recorded, or a note that the history is not known."""
    history: History | None = None
    traced: Mapping[str, Traced] = field(default_factory=dict)
    """What was found of each committed entry, by id."""


def read_past(
    content: Content,
    checked: Checked,
    library: Library,
    today: datetime.date,
    jobs: int = 1,
    known: Mapping[str, Traced] | None = None,
    opened: History | None = None,
) -> PastOf:
    """What git knows of the entries as they lie in the work tree. `known` is what an earlier run
    found in the same history on the same day, and `opened` that history, if it is at hand."""
    zone = zoneinfo.ZoneInfo(library.source.settings.time_zone)
    if opened is not None:
        return _read(replace(opened, zone=zone), content, checked, library, today, known)
    repository = open_repository(content.folder)
    unknown = repository if isinstance(repository, Unknown) else history_of(repository)
    if isinstance(unknown, Unknown) or isinstance(repository, Unknown):
        assert isinstance(unknown, Unknown)
        return _unknown(unknown, content)
    present = _present(checked, library, _held(library, known or {}))
    readings = Readings(
        repository, jobs, {checked.sources[name].digest: each for name, each in present.items()}
    )
    return _read(History(repository, readings, zone), content, checked, library, today, known)


def _read(
    history: History,
    content: Content,
    checked: Checked,
    library: Library,
    today: datetime.date,
    known: Mapping[str, Traced] | None,
) -> PastOf:
    held = _held(library, known or {})
    try:
        return _known(history, checked, library, today, history.repository.head, held)
    except GitFailed as error:
        return _unknown(Unknown(f"git failed: {error.message}"), content)


def past_at(
    history: History, checked: Checked, library: Library, today: datetime.date, commit: str
) -> PastOf:
    """The same for a library that was read from a commit. Raises GitFailed."""
    return _known(history, checked, library, today, commit)


def _held(library: Library, known: Mapping[str, Traced]) -> dict[str, Traced]:
    """What still holds of what is known."""
    return {
        name: known[name]
        for name, outline in library.outlines.items()
        if name in known and known[name].digest == outline.digest
    }


def _present(checked: Checked, library: Library, held: Mapping[str, Traced]) -> dict[str, Reading]:
    """What the entries say now that are not `held`, by id."""
    return {
        name: reading_of(checked.sources[name], outline.revision)
        for name, outline in library.outlines.items()
        if name not in held
    }


def _unknown(unknown: Unknown, content: Content) -> PastOf:
    reason = "".join(char if char.isprintable() else " " for char in unknown.reason)
    problems = (
        (HISTORY_UNKNOWN.at(Location(content.shown), reason, unknown.fix),)
        if unknown.in_git
        else ()
    )
    why = f"{reason}; {unknown.fix}" if unknown.fix else reason
    return PastOf(None, why_unknown=why, problems=problems)


def _known(
    history: History,
    checked: Checked,
    library: Library,
    today: datetime.date,
    commit: str,
    held: Mapping[str, Traced] | None = None,
) -> PastOf:
    held = held or {}
    versions = _versions(history.repository, library.outlines.values(), commit)
    present = _present(checked, library, held)
    digests = {name: checked.sources[name].digest for name in present}
    wanted = {name: version for name, version in versions.items() if name in present}
    traces = _traces(history, present, digests, wanted, today, commit)
    found = {name: each for name, each in held.items() if name in versions}
    found |= {
        name: _traced(history, library.outlines[name], trace, today)
        for name, trace in traces.items()
    }
    reviewed = {name: _reviewed(each, library) for name, each in library.outlines.items()}
    limits = library.source.settings.stamping
    redatings = [each for name in versions for each in found[name].redatings]
    return PastOf(
        pasts={name: each.past for name, each in found.items()},
        changes={name: each.change for name, each in found.items() if each.change},
        problems=tuple(findings(redatings, reviewed, limits, today)),
        history=history,
        traced=found,
    )


def _traced(history: History, outline: Outline, trace: Trace, today: datetime.date) -> Traced:
    return Traced(
        outline.digest,
        Past(trace.revision),
        _change(history, trace.change.commit) if trace.change else None,
        tuple(_redatings(history, outline.id, trace, today)),
    )


def _versions(
    repository: Repository, entries: Iterable[Outline], commit: str
) -> dict[str, Version]:
    """The committed version of each entry's file, by id. A link is as old as what it leads to."""
    tree = repository.tree(commit)
    found: dict[str, Version] = {}
    for entry in entries:
        path = entry.path
        if path not in tree:
            real = os.path.realpath(repository.git.folder / path)
            path = os.path.relpath(real, os.path.realpath(repository.git.folder))
            path = path.replace(os.sep, "/")
        if path in tree:
            found[entry.id] = Version(repository.prefix + path, tree[path])
    return found


def _traces(
    history: History,
    present: Mapping[str, Reading],
    digests: Mapping[str, str],
    versions: Mapping[str, Version],
    today: datetime.date,
    commit: str,
) -> dict[str, Trace]:
    since = datetime.datetime.combine(today - RECENT, datetime.time(), history.zone)
    earliest = int(since.timestamp())
    order = history.repository.order_of(commit)
    tracer = Tracer(history.repository.log, history.readings)
    walks = [
        tracer.trace(version, present[name], digests[name], earliest, order)
        for name, version in versions.items()
    ]
    return dict(zip(versions, history.readings.run(walks), strict=True))


def _change(history: History, commit: Commit) -> Change:
    return Change(commit.id, history.day_of(commit.committed), commit.author)


def _redatings(
    history: History, name: str, trace: Trace, today: datetime.date
) -> Iterator[Redating]:
    for stamp in trace.stamps:
        commit = stamp.step.commit if stamp.step else None
        review = stamp.review.review
        reviewer = review.get("by")
        yield Redating(
            entry=name,
            commit=commit.id if commit else None,
            day=history.day_of(commit.written) if commit else today,
            author=commit.author if commit else "",
            email=commit.email if commit else "",
            reviewer=reviewer if isinstance(reviewer, str) else None,
            confirmed=review.get("outcome") == "confirmed",
            alone=stamp.alone,
        )


def _reviewed(outline: Outline, library: Library) -> Reviewed:
    tier = outline.tier or library.source.settings.default_tiers.get(outline.kind)
    return Reviewed(outline.owner, tier == "weapon", outline.reviewed_at)
