"""Whether a build would give what is there already, told without reading what files mean."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.build.loading import Content, Now, digests_of
from generator.build.memory.former import Signed
from generator.cache import Digester
from generator.history import state_of
from generator.read import read_tree
from generator.read.tree import Tree
from generator.write import digest_of as digest_of_bytes


@dataclass(frozen=True)
class Taken:
    """What a site is made of, as it is before the build. What changes while it goes on is found by
    the next one."""

    files: Mapping[str, str]
    """The digest of each file of the content, by path."""
    history: str = ""
    """The state of the history; "" where it is not asked for, or there is none."""
    ground: str = ""
    """The digest of everything but what the files say, and the day; "" where something cannot be
    read."""
    tree: Tree | None = None
    """Which files there are."""

    @property
    def now(self) -> Now | None:
        """The content folder, for who reads it."""
        return Now(self.tree, self.files) if self.tree else None

    def on(self, today: datetime.date) -> str:
        """The digest of everything."""
        return Digester().of([self.ground, self._said, today]) if self.ground else ""

    @cached_property
    def _said(self) -> str:
        """The digest of what the files say."""
        return Digester().of("\0".join(part for file in self.files.items() for part in file))


Look = Callable[[Path, Iterable[str]], dict[str, str]]
"""Gives the digests of files in a folder, by path."""


def taken(
    content: Content,
    templates: Iterable[Path],
    history: bool,
    shown_as: tuple[str, ...],
    generator: str,
    look: Look = digests_of,
) -> Taken:
    """Looks at all files and, with `history`, at the state of the history. `shown_as` says how the
    site differs from the one that is published, `generator` whose work it is."""
    if not content.folder.is_dir():
        return Taken({})
    tree = read_tree(content.folder, content.shown)
    files = look(content.folder, (*tree.texts, *tree.assets))
    faults = [(problem.rule.code, problem.location, problem.message) for problem in tree.problems]
    state = state_of(content.folder) if history else ""
    told = [history, state]
    kinds = [(kind.name, kind.folder) for kind in content.kinds]
    shown = [content.shown, content.folder.name, shown_as]
    if not all(files.values()):
        return Taken(files, state, tree=tree)
    folders = [_folder(folder, look) for folder in templates]
    ground = Digester().of([generator, shown, kinds, faults, folders, told])
    return Taken(files, state, ground, tree)


def _folder(folder: Path, look: Look) -> Mapping[str, str]:
    """The digests of all files in a folder of templates."""
    return look(folder, files_below(folder))


def files_below(folder: Path) -> list[str]:
    """All files, in order, by their paths below the folder."""
    found = []
    for here, _, names in os.walk(folder):
        inside = os.path.relpath(here, folder).replace(os.sep, "/")
        before = "" if inside == "." else f"{inside}/"
        found += [before + name for name in names if os.path.isfile(f"{here}/{name}")]  # noqa: PTH113
    return sorted(found)


def signed(
    output: Path, files: Mapping[str, str], there: Mapping[str, Signed]
) -> dict[str, Signed]:
    """Files of the output with size and time, by address; `there` are those that were intact, and
    are as they were unless their content is another one."""
    found = {}
    for name, content in files.items():
        known = there.get(name)
        if known is None or known.content != content:
            status = os.stat(f"{output}/{name}")  # noqa: PTH116
            known = Signed(content, status.st_size, status.st_mtime_ns)
        found[name] = known
    return found


def intact(output: Path, files: Mapping[str, Signed]) -> dict[str, Signed]:
    """Those files that are still as they were written. Where only the time is another one, the
    bytes decide."""
    found = {}
    for name, written in files.items():
        path = f"{output}/{name}"  # a path object for each costs more than the question
        try:
            status = os.stat(path, follow_symlinks=False)  # noqa: PTH116
        except (OSError, ValueError):
            continue
        if status.st_size != written.size:
            continue
        if status.st_mtime_ns == written.time:
            found[name] = written
        elif _holds(Path(path), written.content):
            found[name] = replace(written, time=status.st_mtime_ns)
    return found


def is_intact(output: Path, files: Mapping[str, Signed]) -> bool:
    """Whether all of them are."""
    return len(intact(output, files)) == len(files)


def _holds(path: Path, content: str) -> bool:
    try:
        return digest_of_bytes(path.read_bytes()) == content
    except OSError:
        return False
