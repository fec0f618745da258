"""A move worked out for a whole playbook: which files change, and whether it stays as sound.

Takes what the files say, gives the changes or why there are none. Reads files once more, to have
their bytes; writes nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.author.models import is_outside
from generator.author.moving import Move, Rewritten, rewritten
from generator.author.records import digests_of, outdated, recorded
from generator.author.shelf import Shelf
from generator.edit import Change, NotEditable
from generator.problems import Problem
from generator.problems.core import Path
from generator.read import Source, digest_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move comes to, or what is in the way."""

    files: Mapping[str, Rewritten] = field(default_factory=dict)
    """By the paths at which they stand now."""
    faults: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Problems that the playbook would have afterwards, and does not have now."""
    unrecorded: tuple[str, ...] = ()
    """Changed files with a review that records no digest: the history would tell of an edit."""


class _InTheWay(Exception):
    """Says why a file cannot be changed."""


def plan(shelf: Shelf, move: Move) -> Plan:
    """All changes for `move`."""
    try:
        changed = _rewritten(shelf, move)
        files = _with_records(shelf, move, changed)
    except _InTheWay as fault:
        return Plan(faults=(str(fault),))
    moved = {move.moved(path): source for path, source in shelf.sources.items()}
    after = replace(
        shelf,
        sources=dict(sorted((moved | _inside(files)).items())),
        unreadable=[move.moved(path) for path in shelf.unreadable],
    )
    if added := _added(shelf, after):
        return Plan(problems=added)
    unrecorded = tuple(made.path for made in files.values() if _unrecorded(made.source))
    return Plan(dict(sorted(files.items())), unrecorded=unrecorded)


def _inside(files: Mapping[str, Rewritten]) -> dict[str, Source]:
    """What the changed files say that lie in the content folder, by path."""
    return {made.path: made.source for made in files.values() if not is_outside(made.path)}


def changes(shelf: Shelf, made: Plan) -> list[Change]:
    """The changes of a plan, as they are done on disk."""
    folder = shelf.folder
    return [
        Change(folder / path, file.raw, folder / file.path) for path, file in made.files.items()
    ]


def _unrecorded(source: Source) -> bool:
    """Whether a source has a review that does not say which text was reviewed."""
    review = source.data.get("reviewed")
    return bool(review) and not (isinstance(review, dict) and review.get("digest"))


def _rewritten(shelf: Shelf, move: Move) -> dict[str, Rewritten]:
    """The files with other addresses, by their former paths."""
    found: dict[str, Rewritten] = {}
    for path in move.paths:
        if path not in shelf.sources:
            raise _InTheWay(f"{shelf.shown}/{path}: it cannot be read; mend it first")
        if (shelf.folder / path).is_symlink():
            raise _InTheWay(f"{shelf.shown}/{path}: it is a symbolic link; move what it leads to")
    for path, source in shelf.with_ids.items():
        try:
            made = rewritten(source, lambda path=path: _raw(shelf, path), move)  # type: ignore[misc]
        except NotEditable as fault:
            raise _InTheWay(f"{source.place}: {fault}") from None
        if made is not None:
            found[path] = made
    return found


def _raw(shelf: Shelf, path: str) -> bytes:
    """The bytes of a file, still as they were read."""
    source = shelf.with_ids[path]
    try:
        raw = (shelf.folder / path).read_bytes()
    except OSError as error:
        raise _InTheWay(f"{source.place}: cannot read the file: {error.strerror}") from None
    if digest_of(raw) != source.digest:
        raise _InTheWay(f"{source.place}: the file changed in the meantime; run the command again")
    if not os.access(shelf.folder / path, os.W_OK):
        raise _InTheWay(f"{source.place}: the file is write-protected")
    return raw


def _with_records(
    shelf: Shelf, move: Move, changed: Mapping[str, Rewritten]
) -> dict[str, Rewritten]:
    """The files with other addresses, and with digests, by their former paths."""
    within = [path for path in changed if not is_outside(path)]
    before = digests_of({path: shelf.sources[path] for path in within}, move)
    after = digests_of(_inside(changed), move)
    files = dict(changed)
    for path, source in shelf.sources.items():
        own = changed.get(path)
        if stale := outdated(own.source if own else source, before, after, move):
            files[path] = _recorded(shelf, path, own, stale)
    return files


def _recorded(
    shelf: Shelf, path: str, own: Rewritten | None, stale: Mapping[Path, str]
) -> Rewritten:
    file = own or Rewritten(path, _raw(shelf, path), shelf.sources[path])
    try:
        raw, source = recorded(file.source, file.raw, stale)
    except NotEditable as fault:
        raise _InTheWay(f"{file.source.place}: {fault}") from None
    return replace(file, raw=raw, source=source, digests=len(stale))


def _added(before: Shelf, after: Shelf) -> tuple[Problem, ...]:
    """The problems of `after` of which `before` has fewer of the kind."""
    counts = Counter(problem.rule.code for problem in before.checked.problems)
    more = Counter(problem.rule.code for problem in after.checked.problems) - counts
    known = {(p.rule.code, p.message) for p in before.checked.problems}
    return tuple(
        problem
        for problem in after.checked.problems
        if problem.rule.code in more and (problem.rule.code, problem.message) not in known
    )
