"""Where a new file goes: its id, its path, and what stands in its way.

Takes what a content folder holds, gives names. Nothing is written here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from generator.model import Entry, Kind
from generator.problems import Location, Problem
from generator.problems.read import BAD_ID
from generator.read import split_name
from generator.validate.names import group_files

SCHEMAS = "schemas"
"""The folder beside the content in which `playbook init` puts the schemas."""


def taken_ids(paths: Iterable[str], entries: Iterable[Entry]) -> frozenset[str]:
    """All ids and former addresses, in small letters. `paths` are the text files that there are."""
    ids = (split_name(path)[0] for path in paths)
    former = (alias.removesuffix(".html") for entry in entries for alias in entry.data.aliases)
    return frozenset(name.casefold() for name in (*ids, *former))


def path_of(kind: Kind, identity: str) -> str:
    """The file of a new entry, below the content folder."""
    return f"{identity}.{'md' if kind.markdown else 'yml'}"


def translated_path(path: str, code: str) -> str:
    """The file of the translation into `code` beside the file `path`."""
    stem, _, suffix = path.rpartition(".")
    return f"{stem}.{code}.{suffix}"


def schema_seen_from(path: str, name: str) -> str:
    """The way from the file `path` to the schema `name`."""
    return posixpath.relpath(f"../{SCHEMAS}/{name}.json", posixpath.dirname(path) or ".")


def name_problem(path: str, kinds: tuple[Kind, ...], languages: tuple[str, ...]) -> Problem | None:
    """Why the source file of an entry cannot be called `path`."""
    if split_name(path)[1] is not None:
        name = path.rpartition("/")[2].rpartition(".")[0]
        message = f'"{name}" cannot be part of an address'
        return BAD_ID.at(Location(path), message, "use lower-case letters a-z, digits and hyphens")
    _, problems = group_files([path], kinds, languages, "")
    return next(iter(problems), None)
