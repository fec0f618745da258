"""The history of a folder, asked file by file: which commit made this version, and from which ones.

Takes commits, children before parents. Needs no git.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.history.log import Commit, Edit, Version


@dataclass(frozen=True, slots=True)
class Step:
    """A commit that made a version of a file."""

    order: int
    """Its place in the log, 0 for the newest commit."""
    commit: Commit
    edit: Edit


@dataclass(frozen=True)
class Log:
    """All commits that touch a folder, the newest first, children before parents."""

    commits: Sequence[Commit]
    ignored: frozenset[str] = field(default_factory=frozenset)
    """Ids of commits that .git-blame-ignore-revs names."""

    @cached_property
    def _makers(self) -> dict[str, list[tuple[int, Edit]]]:
        """Edits by the path that they leave, with the place of their commit."""
        found: dict[str, list[tuple[int, Edit]]] = {}
        for order, commit in enumerate(self.commits):
            for edit in commit.edits:
                if edit.blob:
                    found.setdefault(edit.path, []).append((order, edit))
        return found

    def maker(self, version: Version, order: int = -1) -> Step | None:
        """The newest commit after `order` in the log that made `version`: on whatever branch, it
        is the one that the version came from, or made the same of the same file."""
        edits = self._makers.get(version.path, [])
        start = bisect.bisect_right(edits, order, key=lambda item: item[0])
        for place, edit in edits[start:]:
            if edit.blob == version.blob:
                return Step(place, self.commits[place], edit)
        return None

    def order_of(self, commit: str) -> int | None:
        """Behind which place in the log a commit's past begins; None where the log lacks it."""
        place = self._places.get(commit)
        return None if place is None else place - 1

    @cached_property
    def _places(self) -> dict[str, int]:
        return {commit.id: place for place, commit in enumerate(self.commits)}
