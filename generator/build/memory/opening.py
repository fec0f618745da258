"""The cache, opened: whose it is, and what is said where it cannot be used."""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

import generator
from generator.build.loading import digests_of
from generator.build.memory.keeping import Memory
from generator.build.memory.whole import files_below
from generator.cache import Digester, Store, StoreDamaged, open_store
from generator.problems import Location, Problem
from generator.problems.output import CACHE

FILE = "playbook.sqlite"
_LIBRARIES = (
    "babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "nh3", "pydantic",
    "pygments", "pypinyin", "pyyaml", "snowballstemmer",
)  # fmt: skip
"""What has a say in what comes out."""


@contextlib.contextmanager
def opened(folder: Path | None, shown: str) -> Iterator[Memory]:
    """The memory in a folder, or an empty one."""
    if folder is None:
        yield Memory.nothing()
        return
    place, said = Location(f"{shown}/{FILE}"), "this is no cache of this tool, or it is damaged"
    damaged = CACHE.at(place, f"{said}: made anew", "")
    store, problems = _store(folder / FILE, damaged)
    try:
        refused = functools.partial(_refused, place)
        yield Memory(store, generator_digest(), problems, (damaged,), refused)
    finally:
        store.close()


def _store(path: Path, damaged: Problem) -> tuple[Store, tuple[Problem, ...]]:
    """The store in a file; `damaged` is what is said of one that is."""
    place = damaged.location
    try:
        return open_store(path), ()
    except StoreDamaged:
        pass
    except OSError as error:
        return Store(None), (_refused(place, error.strerror or str(error), path.parent),)
    try:
        path.unlink()
        return open_store(path), (damaged,)
    except (OSError, StoreDamaged) as error:
        return Store(None), (CACHE.at(place, f"cannot make it anew: {error}", _ADVICE),)


_ADVICE = "see that the folder can be written to, or leave it alone with --no-cache"
_REASONS = {
    "full": ("the disk is full", "make room on it; nothing else has to be done"),
    "locked": ("another program holds it", "wait for that to end; nothing else has to be done"),
    "readonly": ("it is write-protected", _ADVICE),
}
"""Why a cache cannot be used and what to do, by a part of what SQLite says."""


def _refused(place: Location, reason: str, folder: Path | None = None) -> Problem:
    """That the cache cannot be used for a `reason`. Its `folder` may be what is wrong."""
    if folder and folder.exists() and not folder.is_dir():
        folder_place = Location(str(folder))
        what = "this is a file, and the cache needs a folder of this name"
        return CACHE.at(folder_place, f"{what}: builds take longer", "move or delete the file")
    said = next((said for part, said in _REASONS.items() if part in reason), (reason, _ADVICE))
    return CACHE.at(place, f"it cannot be used: {said[0]}: builds take longer", said[1])


@functools.cache
def generator_digest() -> str:
    """The digest of all code that has a say in what a site looks like."""
    package = Path(generator.__file__).parent
    code = digests_of(package, (each for each in files_below(package) if each.endswith(".py")))
    versions = [(name, importlib.metadata.version(name)) for name in _LIBRARIES]
    return Digester().of([sys.version, code, versions])
