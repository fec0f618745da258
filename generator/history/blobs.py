"""Contents of files at any time, from one process of git for all of them; and into git likewise."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from generator.history.git import Git, GitFailed

if TYPE_CHECKING:
    from generator.history.writing import Writer

LARGEST = 1024 * 1024
"""Bytes; what is larger is passed over, as sources of a playbook are."""
_ASKED_AT_ONCE = 64
"""Few enough that the questions fit into a pipe while the answers are still unread."""


class Blobs:
    """A running `git cat-file --batch`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._questions: IO[bytes] = process.stdin
        self._answers: IO[bytes] = process.stdout

    def read(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each id with the bytes of the blob, one after the other; None where there is no such blob
        or where it is larger than LARGEST. Raises GitFailed."""
        rest = iter(ids)
        while asked := list(islice(rest, _ASKED_AT_ONCE)):
            try:
                self._questions.write("".join(f"{identity}\n" for identity in asked).encode())
                self._questions.flush()
            except OSError as error:
                raise GitFailed(f"git ended early: {error}") from None
            for identity in asked:
                yield identity, self._answer()

    def _answer(self) -> bytes | None:
        head = self._answers.readline().split()
        if not head:
            raise GitFailed("git ended early")
        if len(head) != 3:  # "<id> missing"
            return None
        size = int(head[2])
        kept = self._answers.read(min(size, LARGEST + 1))
        left = size + 1 - len(kept)
        while left and (passed := self._answers.read(min(left, LARGEST))):
            left -= len(passed)
        return kept if size <= LARGEST and head[1] == b"blob" else None


@contextmanager
def open_blobs(git: Git) -> Iterator[Blobs]:
    """Starts the process, and ends it. Raises GitFailed."""
    try:
        process = subprocess.Popen(  # noqa: S603 — fixed arguments, no shell
            git.command("cat-file", "--batch"),
            cwd=git.folder,
            env=git.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise GitFailed(f"git cannot be run: {error}") from None
    try:
        yield Blobs(process)
    finally:
        process.kill()
        process.communicate()


def stored(writer: Writer, contents: Sequence[Path | bytes]) -> list[str]:
    """Puts contents, of files or as they are, into the repository as blobs; gives their ids."""
    stream, marks = writer.index.with_name("stream"), writer.index.with_name("marks")
    with stream.open("wb") as out:
        for number, content in enumerate(contents, 1):
            raw = content if isinstance(content, bytes) else _bytes_of(content)
            out.write(b"blob\nmark :%d\ndata %d\n" % (number, len(raw)) + raw + b"\n")
        out.write(b"done\n")
    marks.write_bytes(b"")
    writer.run("fast-import", "--quiet", "--done", f"--export-marks={marks}", given=stream)
    stream.unlink()
    found = dict(line.split() for line in marks.read_text(encoding="ascii").splitlines())
    return [found[f":{number}"] for number in range(1, len(contents) + 1)]


def _bytes_of(path: Path) -> bytes:
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
