"""A whole playbook as its files say it, read and not yet laid out: what moves among them is worked
out here, and checked, before anything is written."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.model import KINDS, Kind
from generator.problems import Problem
from generator.read import Asset, Source, read_asset, read_source, read_tree
from generator.validate import Checked, validate

Share = Callable[[Callable[[str], Any], Sequence[str]], Sequence[Any]]
"""Does a piece of work for each path, possibly by several processes."""


@dataclass(frozen=True)
class Shelf:
    """The files of a playbook."""

    folder: Path
    shown: str
    """The folder as problems name it."""
    sources: Mapping[str, Source]
    """By path below the folder; without those that cannot be read."""
    unreadable: Sequence[str]
    assets: Mapping[str, Asset | None]
    problems: Sequence[Problem]
    """What reading found."""
    kinds: tuple[Kind, ...] = KINDS
    waivers: Mapping[str, Source] = field(default_factory=dict)
    """Files of waivers, by path as seen from the folder; without those that cannot be read."""

    @property
    def with_ids(self) -> Mapping[str, Source]:
        """All files that may name entries, by path as seen from the folder."""
        return {**self.sources, **self.waivers}

    @property
    def paths(self) -> tuple[str, ...]:
        """All text files, below the folder."""
        return (*self.sources, *self.unreadable)

    @functools.cached_property
    def checked(self) -> Checked:
        """What validation makes of it, with the problems of reading."""
        made = validate(self.sources, self.unreadable, self.assets, self.shown, self.kinds)
        return replace(made, problems=(*self.problems, *made.problems))


def read_shelf(
    folder: Path,
    shown: str,
    share: Share = lambda work, paths: [*map(work, paths)],
    waivers: Sequence[str] = (),
) -> Shelf:
    """Reads all files of the folder, and those of `waivers`, given by their paths as seen from
    it."""
    tree = read_tree(folder, shown)
    found = share(functools.partial(read_source, folder, shown), tree.texts)
    problems = [*tree.problems, *(problem for _, faults in found for problem in faults)]
    read = {path: source for path, (source, _) in zip(tree.texts, found, strict=True) if source}
    assets: dict[str, Asset | None] = {}
    for path in tree.assets:
        assets[path], faults = read_asset(folder, shown, path)
        problems += faults
    unreadable = [path for path in tree.texts if path not in read]
    outside = {path: read_source(folder, shown, path)[0] for path in waivers}
    known = {path: source for path, source in outside.items() if source}
    return Shelf(folder, shown, read, unreadable, assets, problems, waivers=known)
