"""read → validate: the content folder to the checked playbook."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.build.workers import shared_out
from generator.model import KINDS, Kind
from generator.problems import Location
from generator.problems.read import UNREADABLE
from generator.read import Source, read_asset, read_source, read_tree
from generator.validate import Checked, validate

Progress = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Content:
    """A content folder, and how problems name it."""

    folder: Path
    shown: str
    kinds: tuple[Kind, ...] = KINDS


def load(content: Content, jobs: int = 1, progress: Progress = lambda *_: None) -> Checked:
    """Reads and validates everything; writes nothing."""
    if not content.folder.is_dir():
        place = Location(content.shown)
        hint = "name the content folder with --content, or make one with `playbook init`"
        return Checked(None, (UNREADABLE.at(place, "there is no such folder", hint),), {})
    tree = read_tree(content.folder, content.shown)
    report = counted("Reading", len(tree.texts), progress)
    reading = functools.partial(read_source, content.folder, content.shown)
    found = shared_out(reading, tree.texts, jobs, report)
    sources: dict[str, Source] = {}
    problems = list(tree.problems)
    for path, (source, faults) in zip(tree.texts, found, strict=True):
        problems += faults
        if source is not None:
            sources[path] = source
    assets = {}
    for path in tree.assets:
        assets[path], faults = read_asset(content.folder, content.shown, path)
        problems += faults
    unreadable = [path for path in tree.texts if path not in sources]
    checked = validate(sources, unreadable, assets, content.shown, content.kinds)
    ordered = tuple(sorted({*problems, *checked.problems}, key=lambda problem: problem.order))
    return replace(checked, problems=ordered)


def counted(stage: str, total: int, progress: Progress) -> Callable[[int], None]:
    """What a stage calls with how much more of it is done."""
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        progress(stage, done, total)

    return report
