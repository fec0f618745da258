"""What entries said at the end of each of the last weeks, read from the branch's own line.

Sources of the past are read leniently: only fields that a verdict depends on have to be sound,
because kinds and rules were others then. An entry whose fields cannot be understood counts as never
reviewed. Weeks in which nothing was committed yet are left out.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.build.reviews.past import History, PastOf
from generator.build.reviews.readings import Reading, Walk
from generator.build.reviews.trace import Tracer
from generator.history import GitFailed, Version
from generator.model import TIERS, Kind, Library
from generator.model.fields import SLUG
from generator.model.review import CadenceOverride, Claim, Review
from generator.read import split_name
from generator.read.tree import TEXT_SUFFIXES
from generator.staleness import Past, Subject, Week, subject_of
from generator.staleness.judge import Judge
from generator.staleness.trend import Point, trend, week_ends
from generator.validate import Checked

_STATUSES = ("draft", "published", "retired")


@dataclass(frozen=True, slots=True)
class _Tree:
    """The entries' files at a commit."""

    end: datetime.date
    commit: str
    versions: Mapping[str, Version]
    """By id."""


def read_trend(
    past: PastOf, checked: Checked, library: Library, today: datetime.date
) -> tuple[Week, ...]:
    """The completion at the end of each of the last 26 weeks, the oldest first; the last is that of
    the work tree today. Empty where the history is not known."""
    history = past.history
    if history is None or past.pasts is None:
        return ()
    source = library.source
    judge = Judge(source.settings, source.people, library.holidays, today)
    now = Point(
        today,
        tuple(subject_of(entry) for entry in source.entries.values()),
        past.pasts,
        len(checked.rejected),
    )
    try:
        points = _points(history, library.kinds, week_ends(today)[:-1])
    except GitFailed:
        return ()
    return trend((*points, now), judge)


def _points(history: History, kinds: Sequence[Kind], ends: Sequence[datetime.date]) -> list[Point]:
    trees = [tree for tree in _trees(history, kinds, ends) if tree.versions]
    newest: dict[Version, str] = {}
    for tree in trees:  # the oldest first, so that the newest commit with a version stays
        newest |= dict.fromkeys(tree.versions.values(), tree.commit)
    orders = {commit: history.repository.order_of(commit) for commit in set(newest.values())}
    tracer = Tracer(history.repository.log, history.readings)
    walks = [_said(tracer, history, version, orders[at]) for version, at in newest.items()]
    said = dict(zip(newest, history.readings.run(walks), strict=True))
    kind_of = {kind.folder: kind for kind in kinds}
    made: dict[tuple[str, Version], Subject | None] = {}
    return [_point(tree, said, kind_of, made) for tree in trees]


def _trees(
    history: History, kinds: Sequence[Kind], ends: Sequence[datetime.date]
) -> Iterator[_Tree]:
    """The trees of the branch's own line at the ends of the weeks, the oldest first."""
    mainline = history.repository.mainline()
    folders = frozenset(kind.folder for kind in kinds)
    former: tuple[str, Mapping[str, Version]] | None = None
    for end in ends:
        midnight = datetime.datetime.combine(
            end + datetime.timedelta(days=1), datetime.time(), history.zone
        )
        until = midnight.timestamp()
        commit = next((identity for identity, at in mainline if at < until), None)
        if commit is None:
            continue
        if former is None or former[0] != commit:
            former = commit, _versions(history, commit, folders)
        yield _Tree(end, *former)


def _versions(history: History, commit: str, folders: frozenset[str]) -> dict[str, Version]:
    prefix = history.repository.prefix
    found: dict[str, Version] = {}
    for path, blob in history.repository.tree(commit).items():
        identity, code = split_name(path)
        folder, *rest = identity.split("/")
        named_well = rest and all(re.fullmatch(SLUG, part) for part in rest)
        if code is None and folder in folders and named_well and path.endswith(TEXT_SUFFIXES):
            found.setdefault(identity, Version(prefix + path, blob))
    return found


def _said(
    tracer: Tracer, history: History, version: Version, order: int
) -> Walk[tuple[Reading, Past]]:
    """What a version says, and what the content was when its review was written."""
    yield frozenset({(version, True)})
    reading = history.readings.reading(version)
    if reading.revision is None or not reading.review or reading.review.get("digest"):
        return reading, Past(reading.revision)
    revision = yield from tracer.reviewed_revision(version, reading.revision, order)
    return reading, Past(revision)


def _point(
    tree: _Tree,
    said: Mapping[Version, tuple[Reading, Past]],
    kind_of: Mapping[str, Kind],
    made: dict[tuple[str, Version], Subject | None],
) -> Point:
    subjects: list[Subject] = []
    pasts: dict[str, Past] = {}
    for identity, version in tree.versions.items():
        reading, pasts[identity] = said[version]
        if (identity, version) not in made:
            kind = kind_of[identity.partition("/")[0]]
            made[identity, version] = _subject(identity, kind, reading)
        if subject := made[identity, version]:
            subjects.append(subject)
    return Point(tree.end, tuple(subjects), pasts, len(tree.versions) - len(subjects))


def _subject(identity: str, kind: Kind, reading: Reading) -> Subject | None:
    """What a verdict then was about; None where a field cannot be understood."""
    if reading.revision is None:
        return None
    facts = {name: value for name, value in reading.facts.items() if value not in ("", [], {})}
    status, tier = facts.get("status", "published"), facts.get("tier")
    if status not in _STATUSES or tier not in (None, *TIERS):
        return None
    try:
        return Subject(
            id=identity,
            kind=kind.name,
            owner=str(facts.get("owner", "")),
            status=status,
            tier=tier,
            review=Review.model_validate(facts["reviewed"]) if "reviewed" in facts else None,
            cadence=CadenceOverride.model_validate(facts["cadence"])
            if "cadence" in facts
            else None,
            evergreen=str(facts["evergreen"]) if "evergreen" in facts else None,
            claims=tuple(_claim(claim) for claim in facts.get("claims", ())),
            depends_on=tuple(str(name) for name in facts.get("depends_on", ())),
            revision=reading.revision,
            needs_tier=kind.model.needs_tier,
        )
    except (TypeError, ValueError):  # pydantic's errors are ValueErrors
        return None


def _claim(claim: dict[str, Any]) -> Claim:
    """A claim without its statement, which no verdict depends on and which is slow to parse."""
    return Claim.model_validate({**claim, "statement": "…"})
