"""A branch that holds a published tree: read, and changed by one commit at a time.

Takes a Change, gives a commit. Neither the work tree nor the index is touched, and nobody's commit
is ever overwritten: where the branch has moved meanwhile, the change is worked out and committed
anew on top of that. Knows nothing of versions.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.history.blobs import stored
from generator.history.git import Git, GitFailed
from generator.history.writing import Writer
from generator.versions import Change, Difference, difference

TRIES = 10
"""So many times may others be quicker."""
_FILE, _LINK = "100644", "120000"

Entry = tuple[str, str]
"""The mode and the id of a blob."""


class Diverged(GitFailed):
    """The branch here and the one on the remote have both moved on."""


@dataclass(frozen=True)
class Snapshot:
    """The branch as one commit left it."""

    writer: Writer
    commit: str
    """"" where there is no branch yet."""

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Mode and blob of every file."""
        found: dict[str, Entry] = {}
        if not self.commit:
            return found
        raw = self.writer.run("ls-tree", "-r", "-z", "--full-tree", self.commit)
        for line in raw.split(b"\0")[:-1]:
            head, _, name = line.partition(b"\t")
            mode, _, blob = head.decode("ascii").split()
            found[os.fsdecode(name)] = (mode, blob)
        return found

    def names(self) -> Iterator[str]:
        """The addresses of all files."""
        yield from self.entries

    def digests(self) -> Mapping[str, str]:
        """All files with the ids of their contents."""
        return {name: blob for name, (_, blob) in self.entries.items()}

    def digest(self, content: bytes) -> str:
        """The id that git gives to a content."""
        raw = b"blob %d\0" % len(content) + content
        method = hashlib.new(self._method, usedforsecurity=False)
        method.update(raw)
        return method.hexdigest()

    @cached_property
    def _method(self) -> str:
        return self.writer.line("rev-parse", "--show-object-format")

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""
        found = self.entries.get(name)
        return self.writer.run("cat-file", "blob", found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the repository around a folder."""

    folder: Path
    name: str
    remote: str = ""
    """Where each commit is pushed to; "" leaves it in this repository."""

    def commit(self, plan: Callable[[Snapshot], Change]) -> Difference:
        """Commits the change that `plan` gives for what the branch holds. Raises GitFailed, and
        what `plan` raises; the branch is then as it was, here and on the remote."""
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            writer = self._writer(Path(scratch))
            for _ in range(TRIES):
                base = Snapshot(writer, self._tip(writer))
                change = plan(base)
                entries = _changed(writer, base, change)
                made = difference(_ids(base.entries), _ids(entries))
                if not made:
                    return made
                commit = _committed(writer, base, entries, change.message)
                if self._put(writer, base.commit, commit):
                    return made
        raise GitFailed(f"{self.name} has moved {TRIES} times meanwhile; try again later")

    @contextlib.contextmanager
    def seen(self) -> Iterator[Snapshot]:
        """What the branch holds now. Raises GitFailed."""
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            writer = self._writer(Path(scratch))
            yield Snapshot(writer, self._tip(writer))

    def unpack(self, target: Path) -> None:
        """Writes all files into a new folder. Raises GitFailed and OSError."""
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            writer = self._writer(Path(scratch))
            tip = self._tip(writer)
            if not tip:
                raise GitFailed(f"there is no branch {self.name}")
            writer.run("read-tree", tip)
            writer.run("checkout-index", "--all", f"--prefix={os.path.abspath(target)}{os.sep}")

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.name}"

    def _writer(self, scratch: Path) -> Writer:
        root = Git(self.folder).line("rev-parse", "--show-toplevel")
        writer = Writer(Path(root), scratch / "index")
        if writer.ended("check-ref-format", self._ref).returncode:
            raise GitFailed(f'"{self.name}" cannot name a branch')
        worktrees = writer.run("worktree", "list", "--porcelain").decode("utf-8", "replace")
        if f"branch {self._ref}" in worktrees.splitlines():
            raise GitFailed(f"{self.name} is checked out, and would change under somebody's hands")
        return writer

    def _tip(self, writer: Writer) -> str:
        """The commit to build on: the newer one of the branch here and on the remote."""
        here = _commit_of(writer, self._ref)
        there = self._fetched(writer) if self.remote else ""
        if not (here and there) or here == there:
            return here or there
        if _is_ancestor(writer, here, there):
            return there
        if _is_ancestor(writer, there, here):
            return here
        raise Diverged(f"{self.name} here and on {self.remote} have both moved on")

    def _fetched(self, writer: Writer) -> str:
        told = writer.run("ls-remote", "--heads", "--", self.remote, self._ref).split()
        if not told:
            return ""
        writer.run(
            "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules",
            "--", self.remote, self._ref,
        )  # fmt: skip
        return told[0].decode("ascii")

    def _put(self, writer: Writer, base: str, commit: str) -> bool:
        """Moves the branch from `base` to `commit`; False where it stands elsewhere by now."""
        here = _commit_of(writer, self._ref)
        if not self.remote:
            return _moved(writer, self._ref, base, commit)
        done = writer.ended(
            "push", "--porcelain", "--no-verify", "--", self.remote, f"{commit}:{self._ref}"
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            if "[rejected]" in said or "cannot lock ref" in said or "failed to update" in said:
                return False
            raise GitFailed(_why(said))
        if not here or _is_ancestor(writer, here, commit):
            _moved(writer, self._ref, here, commit)  # if somebody was quicker, theirs stays
        return True


def _why(said: str) -> str:
    lines = [line.removeprefix("remote: ").strip() for line in said.splitlines()]
    grave = [line for line in lines if line.startswith(("fatal: ", "error: ", "!"))]
    return next(iter(grave or filter(None, lines)), "git push failed")[:300]


def _commit_of(writer: Writer, ref: str) -> str:
    done = writer.ended("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
    return done.stdout.decode("ascii").strip()


def _is_ancestor(writer: Writer, older: str, newer: str) -> bool:
    return writer.ended("merge-base", "--is-ancestor", older, newer).returncode == 0


def _moved(writer: Writer, ref: str, former: str, commit: str) -> bool:
    return writer.ended("update-ref", ref, commit, former).returncode == 0


def _ids(entries: Mapping[str, Entry]) -> Mapping[str, str]:
    return {name: " ".join(entry) for name, entry in entries.items()}


def _changed(writer: Writer, base: Snapshot, change: Change) -> Mapping[str, Entry]:
    """The files as they are after the change; their bytes are in the repository then."""
    kept = {name: entry for name, entry in base.entries.items() if not change.takes(name)}
    coming = dict(_coming(change))
    blobs = stored(writer, list(coming.values()))
    kept |= {
        name: (_LINK if isinstance(source, Path) and source.is_symlink() else _FILE, blob)
        for (name, source), blob in zip(coming.items(), blobs, strict=True)
    }
    return kept | {name: kept[origin] for name, origin in change.linked.items()}


def _coming(change: Change) -> Iterator[tuple[str, Path | bytes]]:
    for place, folder in change.folders.items():
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or path.is_file():
                name = path.relative_to(folder).as_posix()
                yield (f"{place}/{name}" if place else name), path
    yield from change.files.items()


def _committed(writer: Writer, base: Snapshot, entries: Mapping[str, Entry], message: str) -> str:
    """The id of a new commit on top of `base` that holds `entries`."""
    writer.run("read-tree", "--empty")
    writer.run("update-index", "-z", "--index-info", given=_index_lines(entries))
    tree = writer.line("write-tree")
    parents: Sequence[str] = ("-p", base.commit) if base.commit else ()
    return writer.line("commit-tree", tree, *parents, given=f"{message}\n".encode())


def _index_lines(entries: Mapping[str, Entry]) -> bytes:
    lines = (
        f"{mode} {blob}\t".encode() + os.fsencode(name) for name, (mode, blob) in entries.items()
    )
    return b"".join(line + b"\0" for line in lines)
