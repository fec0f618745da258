"""Where a new file goes: its id, its path, and what stands in its way.

Takes what a content folder holds, gives names. Nothing is written here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable

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


def id_in(kind: Kind, name: str) -> str:
    """The id that is meant by `name`, with or without the folder of `kind` before it."""
    return name if name.startswith(f"{kind.folder}/") else f"{kind.folder}/{name}"


def in_the_way(
    identity: str, paths: Iterable[str], entries: Iterable[Entry], shown: Callable[[str], str]
) -> str:
    """Why a new entry cannot have the id `identity`, which is not free. `shown` gives the path of a
    file as the user knows it."""
    for path in paths:
        if split_name(path)[0].casefold() == identity.casefold():
            return f"{shown(path)} exists already"
    for entry in entries:
        former = (alias.removesuffix(".html").casefold() for alias in entry.data.aliases)
        if identity.casefold() in former:
            return f'"{identity}" is a former address of {entry.id}'
    return f'"{identity}" cannot be the address of an entry'


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


def schema_line(schema: str) -> str:
    """The comment that tells editors where the JSON Schema of a file lies."""
    return f"# yaml-language-server: $schema={schema}"


def name_problem(path: str, kinds: tuple[Kind, ...], languages: tuple[str, ...]) -> Problem | None:
    """Why the source file of an entry cannot be called `path`."""
    if split_name(path)[1] is not None:
        name = path.rpartition("/")[2].rpartition(".")[0]
        message = f'"{name}" cannot be part of an address'
        return BAD_ID.at(Location(path), message, "use lower-case letters a-z, digits and hyphens")
    _, problems = group_files([path], kinds, languages, "")
    return next(iter(problems), None)
