"""Which entries the paths, folders and ids on the command line name."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.cli import terminal
from generator.cli.recording import Desk
from generator.read import split_name
from generator.validate.nearest import did_you_mean


def named(desk: Desk, words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The ids of the entries that `words` name, each once, also of entries that have errors; and
    what is wrong with the words."""
    ids: list[str] = []
    faults: list[str] = []
    for word in words:
        found = _ids(desk, word)
        if isinstance(found, str):
            faults.append(f"{word}: {found}")
        else:
            ids += found
    return list(dict.fromkeys(ids)), faults


def _ids(desk: Desk, word: str) -> list[str] | str:
    """Names on disk first, as the shell completes them; then ids and paths below the content."""
    if os.path.exists(word):  # noqa: PTH110 - Path.exists raises for names that cannot be
        place = _inside(desk.folder, Path(word))
        if place is None:
            return f"it does not lie in {terminal.shown_path(desk.folder)}"
        return _at(desk, place, Path(word).is_dir())
    name = word.rstrip("/")
    if name in _paths(desk):
        return [name] if (status := _status(desk, name)) == "published" else _unpublished(status)
    if name and os.path.exists(desk.folder / name):  # noqa: PTH110
        return _at(desk, name, (desk.folder / name).is_dir())
    identity, code = split_name(f"{name}.md")
    if code and identity in _paths(desk):
        return _translation(desk, identity)
    known = [*_paths(desk), *_paths(desk).values(), *map(terminal.shown_path, _files(desk))]
    return f"there is no such file, folder or entry. {did_you_mean(word, known)}".strip(" ")


def _inside(folder: Path, path: Path) -> str | None:
    """The path below the content folder, as entries know it."""
    for of in (os.path.abspath, os.path.realpath):
        place = Path(os.path.relpath(of(path), of(folder))).as_posix()
        if place != ".." and not place.startswith("../"):
            return place
    return None


def _at(desk: Desk, place: str, is_folder: bool) -> list[str] | str:
    paths = _paths(desk)
    if is_folder:
        inside = "" if place == "." else f"{place}/"
        found = [identity for identity, path in paths.items() if path.startswith(inside)]
        published = [identity for identity in found if _status(desk, identity) == "published"]
        return sorted(published) or "there is no published entry in this folder"
    identity, code = split_name(place)
    if code and identity in paths:
        return _translation(desk, identity)
    if paths.get(identity) != place:
        return "this is no entry, so there is nothing to review"
    status = _status(desk, identity)
    return [identity] if status == "published" else _unpublished(status)


def _translation(desk: Desk, identity: str) -> str:
    source = f"{terminal.shown_path(desk.folder)}/{_paths(desk)[identity]}"
    return f"this is a translation; a review is of its source, {source}"


def _unpublished(status: str) -> str:
    article = "a draft" if status == "draft" else status
    return f"the entry is {article}; only published entries are reviewed"


def _status(desk: Desk, identity: str) -> str:
    """What cannot be understood counts as published: it must not pass unnoticed."""
    entry = desk.entries.get(identity)
    return entry.data.status if entry else "published"


def _paths(desk: Desk) -> Mapping[str, str]:
    """The paths below the content folder by id, of entries with errors too."""
    root = terminal.shown_path(desk.folder)
    rejected = desk.checked.rejected.items()
    return {
        **{identity: entry.path for identity, entry in desk.entries.items()},
        **{identity: bad.place.removeprefix(f"{root}/") for identity, bad in rejected},
    }


def _files(desk: Desk) -> list[Path]:
    return [desk.folder / path for path in _paths(desk).values()]
