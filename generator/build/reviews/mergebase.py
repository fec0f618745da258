"""The playbook as it was where a branch began: read from git, without touching the work tree.

Takes a content folder and a ref, gives the playbook at the merge base and which entries differ from
the work tree. Nothing is written anywhere. Entries whose files are the same now are taken over as
they are, the others are validated alone: whether an entry can be understood depends on its own file
in the source language, and no verdict depends on anything else.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.loading import Content
from generator.build.reviews.past import PastOf, past_at
from generator.history import FETCH_ALL, GitFailed, Repository, Unknown, open_repository
from generator.model import Library
from generator.read import Source, digest_of, read_tree, source_of, split_name
from generator.read.source import MAX_BYTES
from generator.read.tree import TEXT_SUFFIXES
from generator.validate import Checked, validate

MOST_BYTES = 1024 * 1024 * 1024
"""A playbook larger than this is not compared with."""


@dataclass(frozen=True)
class Base:
    """The playbook that a change is compared with."""

    commit: str
    """The id of the merge base."""
    checked: Checked
    library: Library
    touched: frozenset[str]
    """Ids of the entries whose files, translations too, differ between base and work tree."""
    past: PastOf


@dataclass(frozen=True, slots=True)
class _Texts:
    """The text files of the base."""

    sources: Mapping[str, Source]
    """By path, in the source language: the settings, and what is not the same now."""
    unreadable: tuple[str, ...]
    same: frozenset[str]
    """Ids of entries whose source file is the same now."""
    touched: frozenset[str]


class _TooLarge(Exception):
    pass


def load_base(
    content: Content, ref: str, checked: Checked, past: PastOf, today: datetime.date
) -> Base | Unknown:
    """The base of the work tree against `ref`, or why there is none. `checked` is the work tree,
    and `past` what `read_past` gave for it."""
    repository = past.history.repository if past.history else open_repository(content.folder)
    if isinstance(repository, Unknown):
        return repository
    commit = _merge_base(repository, ref)
    if isinstance(commit, Unknown):
        return commit
    try:
        tree = repository.tree(commit)
        texts = _read(repository, tree, content, checked)
    except GitFailed as error:
        return Unknown(f"git failed: {error.message}")
    except _TooLarge:
        return Unknown("the base is too large to be compared with")
    made = validate(texts.sources, texts.unreadable, {}, content.shown, content.kinds)
    made = _joined(made, checked, texts.same)
    if made.library is None:
        return Unknown(
            f"playbook.yml and people.yml at the base {commit[:8]} cannot be used",
            "compare with a ref where `playbook check` accepts them",
        )
    before = _past(past, made, made.library, today, commit)
    return Base(commit, made, made.library, texts.touched, before)


def _merge_base(repository: Repository, ref: str) -> str | Unknown:
    shown = "".join(char if char.isprintable() else "?" for char in ref)
    try:
        commit = repository.commit(ref)
    except GitFailed:
        return Unknown(f'git knows no commit "{shown}"', "fetch it: `git fetch origin BRANCH`")
    try:
        return repository.merge_base(commit)
    except GitFailed:
        what = f'this branch and "{shown}" have no commit in common'
        return Unknown(what, FETCH_ALL if repository.shallow else "name the branch it began on")


def _past(
    past: PastOf, checked: Checked, library: Library, today: datetime.date, commit: str
) -> PastOf:
    if past.history is None:
        return PastOf(None, why_unknown=past.why_unknown)
    try:
        return past_at(past.history, checked, library, today, commit)
    except GitFailed as error:
        return PastOf(None, why_unknown=f"git failed: {error.message}")


def _joined(made: Checked, now: Checked, same: frozenset[str]) -> Checked:
    """What was validated, with the entries of today that are the `same`."""
    if made.library is None or now.library is None:
        return made
    taken = {name: entry for name, entry in now.library.source.entries.items() if name in same}
    edition = replace(made.library.source, entries=taken | dict(made.library.source.entries))
    outlines = {name: now.library.outlines[name] for name in taken} | dict(made.library.outlines)
    rejected = {name: each for name, each in now.rejected.items() if name in same}
    places = {each.place for each in rejected.values()}
    problems = (each for each in now.problems if each.location.path in places)
    sources = {name: source for name, source in now.sources.items() if name in same}
    return Checked(
        library=replace(made.library, editions=(edition,), outlines=outlines),
        problems=(*made.problems, *problems),
        digests=made.digests,
        sources=sources | dict(made.sources),
        rejected=rejected | dict(made.rejected),
    )


def _read(
    repository: Repository, tree: Mapping[str, str], content: Content, checked: Checked
) -> _Texts:
    """The texts of the base."""
    texts = {path: blob for path, blob in tree.items() if is_text(path)}
    present = {source.path: source for source in checked.sources.values()}
    touched = set(_added(content, texts))
    sources: dict[str, Source] = {}
    unreadable: list[str] = []
    same: set[str] = set()
    total = 0
    with repository.blobs() as blobs:
        for path, (_, raw) in zip(texts, blobs.read(texts.values()), strict=True):
            identity, code = split_name(path)
            total += len(raw or b"")
            if total > MOST_BYTES:
                raise _TooLarge
            if not _is_same(raw, content.folder / path):
                touched.add(identity)
            if code is not None:
                continue
            if path in present and raw and present[path].digest == digest_of(raw):
                same.add(identity)
            elif raw and (source := source_of(content.shown, path, raw, body=False)[0]):
                sources[path] = source
            else:
                unreadable.append(path)
    entries = frozenset(name for name in touched if "/" in name)
    return _Texts(sources, tuple(unreadable), frozenset(same), entries)


def is_text(path: str) -> bool:
    """Whether a path of a tree is that of a text file that a playbook reads."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and path.lower().endswith(TEXT_SUFFIXES)


def _added(content: Content, texts: Mapping[str, str]) -> Iterator[str]:
    """Ids of entries with files that the base lacks. What is reached through a link lies, and is
    compared, elsewhere."""
    root = Path(os.path.realpath(content.folder))
    for path in read_tree(content.folder, content.shown).texts:
        if path not in texts and Path(os.path.realpath(root / path)) == root / path:
            yield split_name(path)[0]


def _is_same(raw: bytes | None, file: Path) -> bool:
    """Whether a file has these bytes, apart from its line ends, which git may change."""
    try:
        with file.open("rb") as opened:
            present = opened.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        return False
    if raw is None:
        return len(present) > MAX_BYTES
    return present == raw or present.replace(b"\r\n", b"\n") == raw.replace(b"\r\n", b"\n")
