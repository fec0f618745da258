"""read → validate: the content folder to the checked playbook.

Files that are the same as in an earlier run are neither parsed nor checked again.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.build.drafts import Drafts, Parcel
from generator.build.workers import shared_out, shares
from generator.cache import packed
from generator.model import KINDS, Kind
from generator.problems import Location, Problem
from generator.problems.read import UNREADABLE
from generator.read import Source, digest_of, read_asset, read_source, read_tree
from generator.read.assets import Asset
from generator.read.tree import Tree
from generator.validate import (
    Checked,
    Draft,
    Examined,
    Files,
    Kept,
    Layout,
    examine_files,
    join,
    lay_out,
)
from generator.validate.names import DOCUMENTS

Progress = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder, and how problems name it."""

    folder: Path
    shown: str
    kinds: tuple[Kind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class Now:
    """The content folder as it is."""

    tree: Tree
    digests: Mapping[str, str]
    """Of all files, by path."""


@dataclass(frozen=True)
class Before:
    """What is known from an earlier run. Entries that are in it can be opened by `fetch`."""

    examined: Mapping[str, Examined] = field(default_factory=dict)
    """By id."""
    kept: Kept = field(default_factory=Kept)
    fetch: Callable[[str], bytes | None] = lambda _: None
    """The packed draft with a digest, if it is still there."""
    now: Now | None = None
    """The folder as it is now, where somebody has looked at it already."""
    drafts: Drafts | None = None
    """Those of an earlier run of this process."""


@dataclass(frozen=True)
class Loaded:
    """A playbook that was read and checked, and what a later run can start from."""

    checked: Checked
    examined: Mapping[str, Examined] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    drafts: Drafts = field(default_factory=Drafts)
    documents: Mapping[str, str] = field(default_factory=dict)
    """Digests of playbook.yml and its like, by path."""
    assets: Mapping[str, Asset | None] = field(default_factory=dict)
    layout: Layout | None = None
    """What the names of all files say."""


def load(content: Content, jobs: int = 1, progress: Progress = lambda *_: None) -> Checked:
    """Reads and validates everything; writes nothing."""
    return load_since(content, Before(), jobs, progress).checked


def load_since(
    content: Content, before: Before, jobs: int = 1, progress: Progress = lambda *_: None
) -> Loaded:
    """The same, with what an earlier run knew."""
    if not content.folder.is_dir():
        place = Location(content.shown)
        hint = "name the content folder with --content, or make one with `playbook init`"
        problem = UNREADABLE.at(place, "there is no such folder", hint)
        return Loaded(Checked(None, (problem,), {}))
    tree = before.now.tree if before.now else read_tree(content.folder, content.shown)
    return _Reading(content, before, jobs, progress).load(tree)


def digests_of(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """The digests of files; "" for what cannot be read."""
    found = {}
    for path in paths:
        try:
            with open(f"{folder}/{path}", "rb", 0) as file:  # noqa: PTH123  # a path costs as much
                found[path] = digest_of(file.read())
        except OSError:
            found[path] = ""
    return found


@dataclass(frozen=True)
class _Reading:
    content: Content
    before: Before
    jobs: int
    progress: Progress

    def load(self, tree: Tree) -> Loaded:
        """Everything in `tree`, read and joined."""
        content = self.content
        problems = list(tree.problems)
        documents, faults = self._read(path for path in tree.texts if _is_document(path))
        problems += faults
        layout = lay_out(tree.texts, documents, tree.assets, content.shown, content.kinds)
        problems += self._strays(tree, layout, documents)
        assets = {}
        for path in tree.assets:
            assets[path], faults = read_asset(content.folder, content.shown, path)
            problems += faults
        now = self.before.now
        digests = now.digests if now else digests_of(content.folder, tree.texts)
        found, drafts = self._examined(layout, digests)
        checked, kept = join(layout, found, drafts, documents, assets, self.before.kept)
        if problems:
            found_all = sorted({*problems, *checked.problems}, key=lambda problem: problem.order)
            checked = replace(checked, problems=tuple(found_all))
        return Loaded(
            checked=checked,
            examined=found,
            kept=kept,
            drafts=drafts,
            documents={path: source.digest for path, source in documents.items()},
            assets=assets,
            layout=layout,
        )

    def _read(self, paths: Iterable[str]) -> tuple[dict[str, Source], list[Problem]]:
        sources: dict[str, Source] = {}
        problems: list[Problem] = []
        for path in paths:
            source, faults = read_source(self.content.folder, self.content.shown, path)
            problems += faults
            if source is not None:
                sources[path] = source
        return sources, problems

    def _strays(self, tree: Tree, layout: Layout, documents: Mapping[str, Source]) -> list[Problem]:
        """What is wrong inside files that belong to no entry: their name is their first fault."""
        placed = {path for files in layout.entries for path in _paths(files)}
        strays = [p for p in tree.texts if p not in placed and not _is_document(p)]
        return self._read(strays)[1]

    def _examined(
        self, layout: Layout, digests: Mapping[str, str]
    ) -> tuple[dict[str, Examined], Drafts]:
        known = self.before.examined
        key = functools.partial(_digest, layout, self.content.shown)
        todo = [
            files
            for files in layout.entries
            if not (was := known.get(files.id)) or was.digest != key(files, digests)
        ]
        share = shares(len(todo), self.jobs) > 1
        work = functools.partial(_examine, self.content, layout, share)
        report = counted("Reading", len(todo), self.progress)
        made = dict(shared_out(work, todo, self.jobs, report))
        found = {
            files.id: made[files.id][0] if files.id in made else known[files.id]
            for files in layout.entries
        }
        groups = {files.id: files for files in layout.entries}

        def again(identity: str) -> Draft:
            return opened(self.content, layout, groups[identity])[0]

        drafts = Drafts(
            {identity: draft for identity, (_, draft) in made.items()},
            {identity: each.digest for identity, each in found.items()},
            self.before.fetch,
            again,
            self.before.drafts,
        )
        return found, drafts


def _is_document(path: str) -> bool:
    return "/" not in path and path.partition(".")[0] in DOCUMENTS


def _paths(files: Files) -> list[str]:
    return [path for path in (files.path, *files.translations.values()) if path]


def _digest(layout: Layout, shown: str, files: Files, digests: Mapping[str, str]) -> str:
    """The digest of all that examining `files` depends on; "" if one of them has none."""
    listed = [(path, digests.get(path, "")) for path in _paths(files)]
    if not all(digest for _, digest in listed):
        return ""
    assert files.kind is not None
    named = (part for pair in listed for part in pair)
    made = "\0".join((shown, files.kind.name, *layout.languages, files.id, *named))
    return hashlib.sha256(made.encode("utf-8", "surrogatepass")).hexdigest()


def opened(content: Content, layout: Layout, files: Files) -> tuple[Draft, Examined]:
    """The files of an entry, read and examined."""
    sources: dict[str, Source] = {}
    problems: list[Problem] = []
    for path in _paths(files):
        source, faults = read_source(content.folder, content.shown, path)
        problems += faults
        if source is not None:
            sources[path] = source
    digests = {path: source.digest for path, source in sources.items()}
    digest = _digest(layout, content.shown, files, digests)
    return examine_files(files, sources, layout.languages, digest, content.shown, tuple(problems))


def _examine(
    content: Content, layout: Layout, pack: bool, files: Files
) -> tuple[str, tuple[Examined, Draft | Parcel]]:
    """Where drafts travel between processes they go packed, and are opened when needed."""
    draft, examined = opened(content, layout, files)
    return files.id, (examined, Parcel(packed(draft), draft) if pack else draft)


def counted(stage: str, total: int, progress: Progress) -> Callable[[int], None]:
    """What a stage calls with how much more of it is done."""
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        progress(stage, done, total)

    return report
