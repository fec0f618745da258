"""Contents of files at any time, from one process of git for all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO

from generator.history.git import Git, GitFailed

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
