"""What somebody means by a former playbook: a version of a published tree, a playbook.json, a
folder, or a git ref. Each is read to a snapshot; nothing is written and no work tree touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from generator.build.loading import Content, load
from generator.build.reviews.mergebase import MOST_BYTES, is_text
from generator.history import GitFailed, Repository, Unknown, open_repository
from generator.read import Source, source_of
from generator.snapshot import NAME, Snapshot, Unusable, read_snapshot, snapshot_of
from generator.validate import Checked, validate

SETTINGS = ("playbook.yml", "playbook.yaml")


@dataclass(frozen=True, slots=True)
class Side:
    """A playbook to be compared."""

    snapshot: Snapshot
    name: str
    """What the reader knows it by."""
    left_out: int = 0
    """Entries that could not be understood, and so are not in it."""
    folder: Path | None = None
    """The built site that it came from."""


def side_of(
    wanted: str, content: Content, tree: Path | None = None, jobs: int = 1
) -> Side | Unusable:
    """The playbook that `wanted` names: first a version below `tree`, then a file or folder, then
    a commit of the repository around the content."""
    version = tree / wanted if tree else None
    if version and _is_version(wanted) and (version / NAME).is_file():
        return _from_file(version / NAME, wanted)
    path = Path(wanted)
    if path.is_file():
        return _from_file(path, path.parent.name if path.name == NAME else path.name)
    if (path / NAME).is_file():
        return _from_file(path / NAME, path.resolve().name)
    for folder in (path, path / "content"):
        if any((folder / name).is_file() for name in SETTINGS):
            return work_tree(Content(folder, folder.as_posix(), content.kinds), wanted, jobs)
    return _from_git(wanted, content, tree)


def work_tree(content: Content, name: str = "", jobs: int = 1) -> Side | Unusable:
    """The playbook as it lies in a content folder."""
    return of_checked(load(content, jobs), name or content.shown)


def of_checked(checked: Checked, name: str) -> Side | Unusable:
    """The playbook that was checked."""
    if checked.library is None:
        fix = "see what `playbook check` says of it"
        return Unusable(f"playbook.yml and people.yml of {name} cannot be used", fix)
    return Side(snapshot_of(checked.library), name, len(checked.rejected))


def _is_version(wanted: str) -> bool:
    return not re.search(r"(^|[/\\])\.\.?([/\\]|$)|^[/\\]", wanted)


def _from_file(path: Path, name: str) -> Side | Unusable:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return Unusable(f"cannot read {path.as_posix()}: {error.strerror}", "name another file")
    snapshot = read_snapshot(raw)
    if isinstance(snapshot, Unusable):
        return Unusable(f"{path.as_posix()}: {snapshot.reason}", snapshot.fix)
    return Side(snapshot, name, folder=path.parent)


def _from_git(ref: str, content: Content, tree: Path | None) -> Side | Unusable:
    shown = "".join(char if char.isprintable() else "?" for char in ref)
    places = f"a version in {tree.as_posix()}, a file, " if tree else "a file, "
    nothing = f'"{shown}" is neither {places}a folder with a playbook, nor a commit'
    repository = open_repository(content.folder)
    if isinstance(repository, Unknown):
        return Unusable(nothing, "name a playbook.json, or a folder that holds one")
    try:
        commit = repository.commit(ref)
    except GitFailed:
        fix = "name a playbook.json, or fetch the commit: `git fetch origin BRANCH`"
        return Unusable(nothing, fix)
    try:
        checked = _checked_at(repository, commit, content)
    except GitFailed as error:
        return Unusable(f"git failed: {error.message}", "mend the repository, or clone it again")
    if checked is None:
        return Unusable(f"the playbook at {shown} is too large", "compare with another commit")
    return of_checked(checked, shown)


def _checked_at(repository: Repository, commit: str, content: Content) -> Checked | None:
    """The whole playbook as it was at a commit; None where it is too large. Raises GitFailed."""
    texts = {path: blob for path, blob in repository.tree(commit).items() if is_text(path)}
    sources: dict[str, Source] = {}
    unreadable: list[str] = []
    total = 0
    with repository.blobs() as blobs:
        for path, (_, raw) in zip(texts, blobs.read(texts.values()), strict=True):
            total += len(raw or b"")
            if total > MOST_BYTES:
                return None
            source = source_of(content.shown, path, raw, body=False)[0] if raw else None
            if source:
                sources[path] = source
            else:
                unreadable.append(path)
    return validate(sources, unreadable, {}, content.shown, content.kinds)
