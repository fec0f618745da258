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
        yield Memory(store, generator_digest(), problems, (damaged,))
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
        return Store(None), (CACHE.at(place, _why(error), "builds go on without it"),)
    try:
        path.unlink()
        return open_store(path), (damaged,)
    except (OSError, StoreDamaged) as error:
        return Store(None), (CACHE.at(place, f"cannot make it anew: {error}", ""),)


def _why(error: OSError) -> str:
    return f"it cannot be used: {error.strerror or error}"


@functools.cache
def generator_digest() -> str:
    """The digest of all code that has a say in what a site looks like."""
    package = Path(generator.__file__).parent
    code = digests_of(package, (each for each in files_below(package) if each.endswith(".py")))
    versions = [(name, importlib.metadata.version(name)) for name in _LIBRARIES]
    return Digester().of([sys.version, code, versions])
