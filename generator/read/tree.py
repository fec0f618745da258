"""The content folder: which files there are, and which of them may not be there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Location, Problem
from generator.problems.read import SYMLINK, UNREADABLE

TEXT_SUFFIXES = (".md", ".yml", ".yaml")


@dataclass(slots=True)
class Tree:
    """Paths below the content folder, sorted."""

    texts: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_tree(root: Path, shown_root: str) -> Tree:
    """Lists `root`, without hidden files, editors' backups and folders that lead in circles."""
    tree = Tree()
    _walk(root.resolve(), shown_root, "", tree, frozenset())
    tree.texts.sort()
    tree.assets.sort()
    return tree


def split_name(path: str) -> tuple[str, str | None]:
    """The id and the language code of a path: `sops/visit.zh.md` is `sops/visit` in `zh`."""
    folder, _, name = path.rpartition("/")
    stem, *codes = name.rsplit(".", 1)[0].split(".")
    identity = f"{folder}/{stem}" if folder else stem
    return identity, ".".join(codes) or None


def _is_there(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or a folder, or leads to one."""
    try:
        return entry.is_file() or entry.is_dir()
    except OSError:  # a link to itself
        return False


def _walk(root: Path, shown: str, folder: str, tree: Tree, above: frozenset[Path]) -> None:
    here = (root / folder).resolve()
    if here in above:
        return
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        place = Location(f"{shown}/{folder}".rstrip("/"))
        tree.problems.append(UNREADABLE.at(place, f"cannot read the folder: {error.strerror}"))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        path = f"{folder}/{entry.name}" if folder else entry.name
        if not _is_there(entry):
            place = Location(f"{shown}/{path}")
            tree.problems.append(UNREADABLE.at(place, *_nothing_to_read(entry)))
        elif entry.is_symlink() and not _inside(root, root / path):
            tree.problems.append(_outside(Location(f"{shown}/{path}")))
        elif entry.is_dir():
            _walk(root, shown, path, tree, above | {here})
        elif path.lower().endswith(TEXT_SUFFIXES):
            tree.texts.append(path)
        else:
            tree.assets.append(path)


def _inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # dangling, or a link to itself
        return False


def _nothing_to_read(entry: os.DirEntry[str]) -> tuple[str, str]:
    if entry.is_symlink():
        return "the symbolic link leads nowhere", "mend the link, or delete it"
    return "this is neither a file nor a folder", "move it out of the content folder"


def _outside(place: Location) -> Problem:
    return SYMLINK.at(
        place,
        "the symbolic link leads out of the content folder",
        "copy what it points to into the folder",
    )
