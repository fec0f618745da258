"""A repository as far as one folder of it goes: its log, its trees, its blobs.

Everything here may raise GitFailed, which `opening` and the callers turn into words.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.history.blobs import LARGEST, Blobs, open_blobs
from generator.history.git import Git
from generator.history.lines import Log
from generator.history.log import FORMAT, Commit, commits_of, edits_of

IGNORED_COMMITS = ".git-blame-ignore-revs"
_RENAMES = ("-M", "-l1000")
_RAW = (
    *("--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-relative"),
    *("--ignore-submodules=none", "-O/dev/null"),
)
_MOST_MOVES = 5


@dataclass(frozen=True)
class Repository:
    """A folder in a repository, which has at least one commit."""

    git: Git
    """Runs in the folder."""
    root: Path
    """The root of the work tree."""
    prefix: str
    """The folder's path from there, with a slash at its end; "" for the root itself."""
    head: str
    """The id of the commit that is checked out."""
    shallow: bool
    """Whether the clone lacks older commits."""

    @cached_property
    def log(self) -> Log:
        """All commits that touch the folder, wherever it lay before."""
        folders: tuple[str, ...] = (self.prefix,)
        commits = self._commits(folders)
        for _ in range(_MOST_MOVES):
            former = self._moved_from(commits, folders)
            if not former:
                break
            folders = (*folders, *former)
            commits = self._commits(folders)
        return Log(commits, self._ignored())

    def tree(self, commit: str) -> Mapping[str, str]:
        """The blobs of the folder's regular files at a commit, by their paths from the folder."""
        raw = self._at_root.run("ls-tree", "-r", "-z", commit, *self._paths())
        found: dict[str, str] = {}
        for line in raw.split(b"\0"):
            head, _, path = line.partition(b"\t")
            if head.startswith(b"100"):
                found[os.fsdecode(path)[len(self.prefix) :]] = head.split()[2].decode()
        return found

    def order_of(self, commit: str) -> int:
        """Behind which place in the log the past of a commit, of this or another branch, begins."""
        order = self.log.order_of(commit)
        if order is None:
            touching = self._at_root.line("rev-list", "-1", commit, *self._paths())
            order = self.log.order_of(touching)
        return -1 if order is None else order

    def blobs(self) -> AbstractContextManager[Blobs]:
        """Opens the contents of files."""
        return open_blobs(self.git)

    def commit(self, ref: str) -> str:
        """The id of the commit that somebody means by `ref`."""
        found = self.git.line(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}"
        )
        return found.split("\n")[-1]

    def merge_base(self, commit: str) -> str:
        """The newest commit that both `commit` and the one that is checked out come from."""
        return self.git.line("merge-base", self.head, commit).split("\n")[0]

    def mainline(self) -> Sequence[tuple[str, int]]:
        """The commits of the branch itself, without what merges brought in, the newest first, each
        with its time in seconds."""
        raw = self.git.run("log", "--first-parent", "-z", "--format=%H %ct", self.head)
        pairs = (line.split() for line in raw.decode("ascii").split("\0") if line.strip())
        return [(identity, int(seconds)) for identity, seconds in pairs]

    def _paths(self) -> tuple[str, ...]:
        return ("--", self.prefix) if self.prefix else ()

    def _commits(self, folders: Sequence[str]) -> list[Commit]:
        paths = ("--", *folders) if all(folders) else ()
        raw = self._at_root.run(
            "log",
            "--date-order",
            "--full-history",
            "--encoding=UTF-8",
            "--use-mailmap",
            "--diff-merges=combined",
            "--combined-all-paths",
            *_RENAMES,
            *_RAW,
            f"--format={FORMAT}",
            self.head,
            *paths,
        )
        return list(commits_of(raw))

    @property
    def _at_root(self) -> Git:
        return Git(self.root)

    def _moved_from(self, commits: Sequence[Commit], folders: Sequence[str]) -> tuple[str, ...]:
        """Folders that the oldest commit took the files from, if it is not where they began."""
        if not commits or not all(folders) or not commits[-1].parents:
            return ()
        oldest = commits[-1]
        raw = self._at_root.run(
            "diff-tree", "-r", "--no-commit-id", *_RENAMES, *_RAW, oldest.parents[0], oldest.id
        )
        here = [edit for edit in edits_of(raw) if edit.path.startswith(tuple(folders))]
        from_outside = [
            posixpath.dirname(version.path) + "/"
            for edit in here
            for version in edit.before
            if version.path != edit.path and not version.path.startswith(tuple(folders))
        ]
        if not from_outside:
            return ()
        return (posixpath.commonpath(from_outside).rstrip("/") + "/",)

    def _ignored(self) -> frozenset[str]:
        return frozenset(_hashes_in(self.root / IGNORED_COMMITS))


def _hashes_in(file: Path) -> Iterator[str]:
    if file.is_symlink() or not file.is_file():
        return
    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            text = lines.read(LARGEST)
    except OSError:
        return
    for line in text.splitlines():
        if identity := line.partition("#")[0].strip().lower():
            yield identity
