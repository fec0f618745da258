"""A published tree in a folder: changed as a whole, or not at all.

Takes a Change, gives a folder. What stays is taken over by hard link, so that a release costs what
it adds. A reader, and a command that is killed at any moment, finds the former tree or the new one.
"""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.versions import Change, Difference, difference
from generator.write.exchange import Swapped, exchange, restore
from generator.write.output import ForeignFiles, open_output


@dataclass(frozen=True, slots=True)
class Tree(Swapped):
    """A folder that this command holds the lock of."""

    @property
    def scratch(self) -> Path:
        """A folder beside the tree, on the same disk, for what is going to be moved into it."""
        return self.folder.parent / f".{self.folder.name}.build"

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def names(self) -> Iterable[str]:
        """The addresses of all files."""
        if self.folder.exists() and not self.folder.is_dir():
            raise ForeignFiles((self.folder.name,))
        return walk(self.folder)

    def digests(self) -> Mapping[str, str]:
        """All files with their digests."""
        return digests_of(self.folder)

    def digest(self, content: bytes) -> str:
        """The digest that a file with this content has here."""
        return hashlib.sha256(content).hexdigest()

    def commit(self, plan: Callable[[Tree], Change]) -> Difference:
        """Makes the change that `plan` gives for what is there now. Raises OSError, and
        ForeignFiles where somebody's file is in the way."""
        change = plan(self)
        self._clear_new()
        self.new.mkdir(parents=True)
        for place, source in change.folders.items():
            _move(source, self.new / place)
        for name, content in change.files.items():
            _put(self.folder / name, self.new / name, content)
        for name in self.names():
            if change.takes(name) or name in change.files or name in change.linked:
                continue
            if os.path.lexists(self.new / name):
                raise ForeignFiles((name,))
            _take(self.folder / name, self.new / name)
        for name, origin in change.linked.items():
            _take(self.new / origin, self.new / name)
        known: dict[tuple[int, int], str] = {}
        made = difference(digests_of(self.folder, known), digests_of(self.new, known))
        if made:
            exchange(self.new, self.folder, self.aside)
        return made

    def clear(self) -> None:
        """Removes what this or a killed command left beside the tree."""
        restore(self.folder, self.aside)
        self._clear_new()
        for folder in (self.aside, self.scratch):
            if folder.exists():
                shutil.rmtree(folder)

    def _clear_new(self) -> None:
        if self.new.exists():
            shutil.rmtree(self.new)


@contextlib.contextmanager
def open_tree(folder: Path) -> Iterator[Tree]:
    """Holds the lock of `folder`. Raises OutputBusy at once if another command holds it, and
    OSError where nothing can be written."""
    with open_output(folder) as output:
        tree = Tree(output.folder)
        tree.clear()
        try:
            try:
                yield tree
            finally:
                tree.clear()
        finally:
            tree.clear()  # once more, where Ctrl-C cut the first time off


def digests_of(folder: Path, known: dict[tuple[int, int], str] | None = None) -> Mapping[str, str]:
    """The digests of all files, by name. One that is a link stands for where it leads to. `known`
    are digests by device and inode, so that what two folders share is read once."""
    found: dict[str, str] = {}
    known = {} if known is None else known
    for name in walk(folder) if folder.exists() else ():
        path = folder / name
        status = path.lstat()
        key = (status.st_dev, status.st_ino)
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
            continue
        if key not in known:
            known[key] = hashlib.sha256(path.read_bytes()).hexdigest()
        found[name] = known[key]
    return found


def walk(folder: Path) -> Iterator[str]:
    """All files below a folder, in order; links to folders are files."""
    for here, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(here, name).is_symlink()]
        for name in sorted((*files, *links)):
            yield Path(here, name).relative_to(folder).as_posix()


def _move(source: Path, target: Path) -> None:
    """Moves a folder that is on the same disk; into one that is there already, what is in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        source.rename(target)
        return
    for path in source.iterdir():
        path.rename(target / path.name)


def _put(former: Path, target: Path, content: bytes) -> None:
    """Writes a file; one that says the same as before is taken over as it is."""
    try:
        same = former.stat().st_size == len(content) and former.read_bytes() == content
    except OSError:
        same = False
    if same and not former.is_symlink():
        _take(former, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _take(former: Path, target: Path) -> None:
    """Takes a file over by a hard link, or as a copy where the file system has none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(former, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(former, target, follow_symlinks=False)


def copy_tree(source: Path, target: Path, former: Tree | None = None) -> None:
    """Copies all files. What `former` has with the same bytes is taken over from there by hard
    link, and never from `source`, whose owner may still change it."""
    for name in walk(source):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        there = former.folder / name if former else None
        if there and _same(source / name, there):
            _take(there, target / name)
        else:
            shutil.copy2(source / name, target / name, follow_symlinks=False)


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink() or not other.is_file():
        return False
    return filecmp.cmp(one, other, shallow=False)
