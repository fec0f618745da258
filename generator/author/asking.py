"""What somebody asks to be moved, and where to: two words to a `Move`, or what is wrong with them.

Words are ids or paths below the content folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from generator.author.moving import Move
from generator.author.placing import name_problem
from generator.author.shelf import Shelf
from generator.read import split_name
from generator.read.tree import TEXT_SUFFIXES
from generator.validate.names import DOCUMENTS
from generator.validate.nearest import did_you_mean, nearest_path

_SUFFIX = re.compile(rf"({'|'.join(map(re.escape, TEXT_SUFFIXES))})$", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z0-9/-]+")


def move_of(
    shelf: Shelf, old: str, new: str, languages: tuple[str, ...], alias: bool
) -> Move | str:
    """The move from `old` to `new`; or why there can be none. A `new` that ends with a slash is a
    folder, in which the entry keeps its name."""
    path = _source_of(shelf, old)
    if path is None:
        return _unknown(shelf, old)
    identity, code = split_name(path)
    shown = f"{shelf.shown}/{path}"
    if identity in DOCUMENTS:
        return f"{shown}: its name is fixed"
    if code is not None:
        return f"{shown} is a translation; rename its source, and translations come along"
    wanted = f"{new}{identity.rpartition('/')[2]}" if new.endswith("/") else new
    suffix = posixpath.splitext(path)[1]
    given = _SUFFIX.search(wanted)
    if given and given.group().lower() != suffix.lower():
        return f"{shown} keeps its form: write {_SUFFIX.sub(suffix, wanted)}"
    target = _SUFFIX.sub("", wanted)
    if fault := name_problem(f"{target}{suffix}", shelf.kinds, languages):
        return f"{fault.message}; {fault.hint}".rstrip("; ")
    if target == identity:
        return f"{shown} is called so already"
    proper = name_problem(path, shelf.kinds, languages) is None
    paths = {it: f"{target}{it.removeprefix(identity)}" for it in _files_of(shelf, identity)}
    move = Move(identity, target, paths, shelf.kinds, alias and proper)
    return _taken(shelf, move) or move


def _source_of(shelf: Shelf, word: str) -> str | None:
    """The file that a word names: by its path or by its id."""
    word = posixpath.normpath(word)
    if word in shelf.paths:
        return word
    named = [path for path in shelf.paths if split_name(path) == (word, None)]
    return named[0] if named else None


def _files_of(shelf: Shelf, identity: str) -> list[str]:
    return [path for path in shelf.paths if split_name(path)[0] == identity]


def _unknown(shelf: Shelf, word: str) -> str:
    for entry in _formerly(shelf, _SUFFIX.sub("", word)):
        return f'there is no entry "{word}" any more; it is {entry} now'
    ids = sorted({split_name(path)[0] for path in shelf.paths})
    near = nearest_path(_SUFFIX.sub("", word), ids)
    hint = f'did you mean "{near}"?' if near else did_you_mean(word, ids)
    return f'there is no entry "{word}". ' + (
        hint or "an id is the path below the content folder without extension"
    )


def _taken(shelf: Shelf, move: Move) -> str:
    """What is at the new place already, letter case apart; "" where it is free."""
    for path in (*shelf.paths, *shelf.assets):
        same = split_name(path)[0].casefold() == move.new.casefold() and path in shelf.paths
        clash = path.casefold() in {target.casefold() for target in move.paths.values()}
        if path not in move.paths and (same or clash):
            return f"{shelf.shown}/{path} exists already; nothing is overwritten"
    for entry in _formerly(shelf, move.new):
        if entry != move.old:
            return f'"{move.new}" is a former address of {entry}; take it from its aliases first'
    return ""


def _formerly(shelf: Shelf, identity: str) -> Iterator[str]:
    """The ids of entries that had this one."""
    entries = shelf.checked.library.source.entries if shelf.checked.library else {}
    for entry in entries.values():
        former = (alias.removesuffix(".html").casefold() for alias in entry.data.aliases)
        if identity in former:
            yield entry.id
