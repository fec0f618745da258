"""The output folder: its lock, its list of files, and the tree that will take its place."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.write.exchange import Swapped, exchange, restore

MANIFEST = ".playbook-manifest.json"
FORMAT = 1


class OutputBusy(Exception):
    """Another build holds the lock of the output folder."""


class ForeignFiles(Exception):
    """Files in the way that no build wrote. `names` are relative to the output folder."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Staging:
    """The tree that a build fills. May be used from several processes, each with its own files."""

    folder: Path
    current: Path
    made: set[str] = field(default_factory=set)
    """Folders that are there already, so that nobody asks the system for every file."""

    def put(self, name: str, content: bytes, digest: str = "") -> tuple[str, str]:
        """Adds a file; gives its name and digest for the manifest, which may be known. A file whose
        bytes are the same as before is taken over as it is, with its modification time."""
        target, former = self._place(name), f"{self.current}/{name}"
        if not (_same(former, content) and _linked(former, target)):
            Path(target).write_bytes(content)
        return name, digest or digest_of(content)

    def keep(self, name: str) -> None:
        """Takes a file of the output over as it is. Raises OSError where there is none."""
        target, former = self._place(name), f"{self.current}/{name}"
        if not _linked(former, target):
            shutil.copy2(former, target, follow_symlinks=False)

    def _place(self, name: str) -> str:
        """Where a file goes. As text: a path object for each costs more than writing it."""
        parent, *_ = name.rpartition("/")
        if not name or {"", ".", ".."}.intersection(name.split("/")):
            raise ValueError(f"not a path inside the output: {name}")
        if parent not in self.made:
            (self.folder / parent).mkdir(parents=True, exist_ok=True)
            self.made.add(parent)
        return f"{self.folder}/{name}"


@dataclass(frozen=True, slots=True)
class Output(Swapped):
    """An output folder that this build holds the lock of."""

    def stage(self) -> Staging:
        """An empty tree beside the output. Raises ForeignFiles for a folder it does not know."""
        self.clear()
        if self.folder.exists() and self._files() is None:
            raise ForeignFiles(tuple(_visible(self.folder)))
        self.new.mkdir(parents=True)
        return Staging(self.new, self.folder)

    def commit(self, digests: Mapping[str, str]) -> None:
        """Swaps the staged tree in. `digests` are what `Staging.put` gave, by name. Files that
        no build wrote move along; raises ForeignFiles where one is in the way of a new file. The
        former tree stays aside until `clear`."""
        foreign = self._foreign()
        if clash := tuple(name for name in foreign if (self.new / name).exists()):
            raise ForeignFiles(clash)
        for name in foreign:
            (self.new / name).parent.mkdir(parents=True, exist_ok=True)
            if not _linked(self.folder / name, self.new / name):
                shutil.copy2(self.folder / name, self.new / name, follow_symlinks=False)
        (self.new / MANIFEST).write_text(_manifest(digests), encoding="utf-8")
        exchange(self.new, self.folder, self.aside)

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of each file that the last build wrote, by name."""
        try:
            manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            return dict(manifest["files"])
        except (ValueError, KeyError, TypeError, OSError):
            return {}

    def clear(self) -> None:
        """Removes all but the output: what was staged, or stood there before."""
        restore(self.folder, self.aside)
        for folder in (self.new, self.aside):
            if folder.exists():
                shutil.rmtree(folder)

    def _files(self) -> set[str] | None:
        """The files that the last build wrote; None for a folder that is not ours."""
        try:
            manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            return set(manifest["files"])
        except FileNotFoundError:
            return None if _visible(self.folder) else set()
        except (ValueError, KeyError, TypeError, OSError):
            return None

    def _foreign(self) -> list[str]:
        if not self.folder.exists():
            return []
        ours = (self._files() or set()) | {MANIFEST}
        return [name for name in _walk(self.folder) if name not in ours]


def is_tidy(folder: Path) -> bool:
    """Whether nothing lies beside an output that a killed build left there."""
    output = Output(Path(os.path.abspath(folder)))
    return not (output.new.exists() or output.aside.exists())


@contextlib.contextmanager
def open_output(folder: Path) -> Iterator[Output]:
    """Holds the lock of `folder`. Nothing is left beside it at the end.

    Raises OutputBusy at once if another build holds it, and OSError where nothing can be written.
    """
    folder = Path(os.path.abspath(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    from filelock import FileLock, Timeout  # nobody else needs it, and it takes long

    lock = FileLock(folder.parent / f".{folder.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputBusy from None
    output = Output(folder)
    try:
        try:
            yield output
        finally:
            output.clear()
    finally:
        output.clear()  # once more, where Ctrl-C cut the first time off
        lock.release()


def _manifest(digests: Mapping[str, str]) -> str:
    """What lies in the output, a line a file, so that it can be compared. (What `json` indents it
    writes in Python, which takes many times as long.)"""
    lines = (
        f"{json.dumps(it, ensure_ascii=False)}: {json.dumps(digests[it])}" for it in sorted(digests)
    )
    return f'{{\n"format": {FORMAT},\n"files": {{\n' + ",\n".join(lines) + "\n}\n}\n"


def _visible(folder: Path) -> list[str]:
    """What a folder holds, apart from hidden files such as .gitignore."""
    if not folder.is_dir():
        return [folder.name]
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def _walk(folder: Path) -> Iterator[str]:
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if Path(here, name).is_symlink()]
        inside = Path(here).relative_to(folder).as_posix()
        for name in (*files, *links):
            yield name if inside == "." else f"{inside}/{name}"


def digest_of(content: bytes) -> str:
    """The digest of a file, as manifests hold it."""
    return hashlib.sha256(content).hexdigest()


def _same(file: str, content: bytes) -> bool:
    try:
        size = os.stat(file).st_size  # noqa: PTH116  # see `_place`
        return size == len(content) and Path(file).read_bytes() == content
    except OSError:
        return False


def _linked(former: str | Path, target: str | Path) -> bool:
    """Takes the file over by a hard link, where the file system has them."""
    try:
        os.link(former, target, follow_symlinks=False)
    except OSError:
        return False
    return True
