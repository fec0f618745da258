"""Documents found on disk, and new files put into the content folder.

Reading stays inside the folder that was named and follows no symbolic link out of it; writing makes
new files alone, and takes back what it made where it cannot make all of them.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.edit import create_file
from generator.importing import READERS
from generator.read.assets import MAX_BYTES

MOST_DOCUMENTS = 2_000
_OLD = {".doc", ".wps", ".rtf", ".odt", ".pages"}
"""Documents that are named to the user, though they cannot be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents of an import."""

    root: Path
    """The folder that their names are relative to."""
    names: tuple[str, ...]
    links: tuple[str, ...] = ()
    """Symbolic links, which were left alone."""

    def read(self, name: str) -> bytes:
        """The bytes of a document. Raises OSError."""
        return (self.root / name).read_bytes()

    def neighbour(self, name: str) -> bytes | None:
        """The bytes of a file in the same folder or below it; None where there is none."""
        for form in ("NFC", "NFD"):
            path = self.root / unicodedata.normalize(form, name)
            if _is_inside(self.root, path) and path.is_file() and path.stat().st_size <= MAX_BYTES:
                return path.read_bytes()
        return None


def find_documents(path: Path) -> Found:
    """The document at `path`, or those in the folder, in the order of their names."""
    if not path.is_dir():
        return Found(path.parent, (path.name,))
    links: list[str] = []
    names = sorted(_walk(path, "", links))
    return Found(path, tuple(names), tuple(sorted(links)))


def _walk(root: Path, folder: str, links: list[str]) -> Iterator[str]:
    for entry in os.scandir(root / folder):
        name = f"{folder}/{entry.name}" if folder else entry.name
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_symlink():
            links.append(name)
        elif entry.is_dir():
            yield from _walk(root, name, links)
        elif PurePosixPath(name).suffix.lower() in READERS.keys() | _OLD:
            yield name


def _is_inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def create_all(content: Path, files: Mapping[str, bytes]) -> None:
    """Writes new files below the content folder: all of them, or none. A file that is there already
    with the same bytes is left. Raises OSError."""
    made: list[Callable[[], None]] = []
    try:
        for name, raw in files.items():
            path = content / name
            _make_folders(path.parent, made)
            if not _is_inside(content, path.parent):
                raise OSError(0, f"{name} would lie outside of the content folder")
            if not _is_same(path, raw):
                create_file(path, raw)
                made.append(path.unlink)
    except BaseException:
        for undo in reversed(made):
            undo()
        raise


def _make_folders(folder: Path, made: list[Callable[[], None]]) -> None:
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    for each in reversed(missing):
        each.mkdir()
        made.append(each.rmdir)


def _is_same(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw
