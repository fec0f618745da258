"""The way of one file through its history: who wrote its review, who last changed its content.

Histories branch: at a merge that made a version of its own, the way goes on where the review, or
the content, was the same before. Commits that .git-blame-ignore-revs names wrote nothing. Versions
that cannot be understood are passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.build.reviews.readings import Reading, Readings, Walk
from generator.history import Log, Step, Version

Compare = Callable[[Version, Version], Walk[bool | None]]
"""Whether two versions are the same in some respect; None where one cannot be understood."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the review of a version was written."""

    trail: tuple[Version, ...]
    """The versions with this review, the newest first."""
    step: Step | None
    """What wrote it; None where the log does not say."""
    before: Version | None
    """What the file was before; None where it began with the review."""
    ignored: tuple[tuple[Version, Version], ...]
    """What commits that do not count made of what, the newest first."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A commit, or work that is not committed yet, that gave the review another date."""

    step: Step | None
    review: Reading
    alone: bool
    """Whether the content has not changed since, nor in the same commit."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What the history says of a file."""

    revision: str | None
    """The digest of the content with which the present review was committed; None where it is not
    committed yet."""
    change: Step | None
    """The commit that last changed the content."""
    stamps: tuple[Stamp, ...]


class Tracer:
    """Finds ways through a log."""

    def __init__(self, log: Log, readings: Readings) -> None:
        self._log = log
        self._readings = readings

    def trace(
        self, version: Version, present: Reading, digest: str, since: int, order: int = -1
    ) -> Walk[Trace]:
        """The way of a file whose last committed version is `version` and which now is `present`,
        with the SHA-256 `digest`. Stamps go back to `since`, in seconds, or to the last change."""
        yield frozenset({(version, False)})
        skim = self._readings.skim(version)
        committed = present
        if skim is None or skim.digest != digest:
            yield frozenset({(version, True)})
            committed = self._readings.reading(version)
        change = yield from self.last_change(version, order)
        stamps: list[Stamp] = []
        revision: str | None = None
        edited = committed.revision != present.revision
        if committed.review == present.review:
            revision = yield from self.reviewed_revision(version, present.revision, order)
        elif committed.review.get("on") != present.review.get("on"):
            stamps.append(Stamp(None, present, not edited))
        changed_at = change.order if change and not edited else -1
        stamps += yield from self._stamps(version, since, order, changed_at)
        return Trace(revision, change, tuple(stamps))

    def reviewed_revision(
        self, version: Version, present: str | None, order: int = -1
    ) -> Walk[str | None]:
        """The digest of the content with which the review of `version` was committed. Where only
        commits that do not count changed it since then, that is `present`, the digest of today."""
        origin = yield from self._counted(version, order)
        wanted = present
        for newer, older in origin.ignored:
            yield frozenset({(newer, True), (older, True)})
            if self._readings.reading(newer).revision == wanted:
                wanted = self._readings.reading(older).revision
        for held in reversed(origin.trail):
            yield frozenset({(held, True)})
            if (found := self._readings.reading(held).revision) is not None:
                return present if found == wanted else found
        return None

    def last_change(self, version: Version, order: int = -1) -> Walk[Step | None]:
        """The commit that last made another content."""
        node = held = version
        maker: Step | None = None
        while step := self._log.maker(node, order):
            maker = maker or step
            chosen, same = yield from self._through(held, step, self._same_content)
            if chosen is None:
                if step.commit.id not in self._log.ignored or not step.edit.before:
                    return maker
                chosen, same = step.edit.before[0], True
            if same:
                held, maker = chosen, None
            node, order = chosen, step.order
        return maker

    def _stamps(
        self, version: Version, since: int, order: int, changed_at: int
    ) -> Walk[list[Stamp]]:
        """The stamps that are committed, the newest first."""
        stamps: list[Stamp] = []
        origin = yield from self._origin(version, order)
        while origin.step and origin.before:
            step = origin.step
            alone = step.order < changed_at
            if not alone and step.commit.committed < since:
                break
            after, before = origin.trail[-1], origin.before
            yield frozenset({(after, True), (before, True)})
            reading, former = self._readings.reading(after), self._readings.reading(before)
            counts = step.commit.id not in self._log.ignored
            if counts and reading.review and reading.review.get("on") != former.review.get("on"):
                stamps.append(Stamp(step, reading, alone))
            origin = yield from self._origin(before, step.order)
        return stamps

    def _counted(self, version: Version, order: int) -> Walk[Origin]:
        """The origin of a review, without the commits that do not count."""
        origin = yield from self._origin(version, order)
        while origin.step and origin.before and origin.step.commit.id in self._log.ignored:
            yield frozenset({(origin.before, True)})
            if not self._readings.reading(origin.before).review:
                break
            older = yield from self._origin(origin.before, origin.step.order)
            made = (origin.trail[-1], origin.before)
            ignored = (*origin.ignored, made, *older.ignored)
            origin = Origin(older.trail, older.step, older.before, ignored)
        return origin

    def _origin(self, version: Version, order: int) -> Walk[Origin]:
        node = version
        trail = [version]
        ignored: list[tuple[Version, Version]] = []
        maker: Step | None = None
        while step := self._log.maker(node, order):
            maker = maker or step
            chosen, same = yield from self._through(trail[-1], step, self._same_review)
            if chosen is None:
                before = step.edit.before[0] if step.edit.before else None
                return Origin(tuple(trail), maker, before, tuple(ignored))
            if step.commit.id in self._log.ignored:
                ignored.append((node, chosen))
            if same:
                trail.append(chosen)
                maker = None
            node, order = chosen, step.order
        return Origin(tuple(trail), maker, None, tuple(ignored))

    def _through(
        self, held: Version, step: Step, same: Compare
    ) -> Walk[tuple[Version | None, bool]]:
        """The version before `step` that is the same as `held`, or else one that cannot be
        understood; and whether it is the same."""
        unclear: Version | None = None
        for before in step.edit.before:
            verdict = yield from same(held, before)
            if verdict:
                return before, True
            if verdict is None and unclear is None:
                unclear = before
        return unclear, False

    def _same_content(self, one: Version, other: Version) -> Walk[bool | None]:
        yield frozenset({(one, False), (other, False)})
        a, b = self._readings.skim(one), self._readings.skim(other)
        if a and b and (a.digest == b.digest or (a.rest and a.rest == b.rest)):
            return True
        yield frozenset({(one, True), (other, True)})
        left, right = self._readings.reading(one).revision, self._readings.reading(other).revision
        return None if left is None or right is None else left == right

    def _same_review(self, one: Version, other: Version) -> Walk[bool | None]:
        yield frozenset({(one, False), (other, False)})
        a, b = self._readings.skim(one), self._readings.skim(other)
        if a and b and a.review is not None and a.review == b.review:
            return True
        yield frozenset({(one, True), (other, True)})
        left, right = self._readings.reading(one), self._readings.reading(other)
        if left.revision is None or right.revision is None:
            return None
        return left.review == right.review
