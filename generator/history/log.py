"""The commits of a repository and what each did to which files, from git's raw log.

The history need not be a line: a merge is listed with the files that differ from all its parents,
because everything else it took over unchanged from one of them.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

FORMAT = "%H %at %ct %P%x00%aN%x00%aE"
"""Of a commit: id, seconds when it was written and committed, parents, author by .mailmap."""
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it once was."""

    path: str
    """From the root of the repository."""
    blob: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What a commit did to a file."""

    path: str
    blob: str | None
    """None where it deleted the file."""
    before: tuple[Version, ...]
    """The file in each parent that has it; renamed files have another path there."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and its edits."""

    id: str
    parents: tuple[str, ...]
    author: str
    """On one line, without control characters."""
    email: str
    written: int
    """When its author made it, in seconds since 1970."""
    committed: int
    """When it was committed, which a rebase sets anew."""
    edits: tuple[Edit, ...]


def commits_of(raw: bytes) -> Iterator[Commit]:
    """The commits that `git log --raw -z` lists, in the same order."""
    tokens = iter(raw.split(b"\0"))
    token = next(tokens, b"")
    while token := _next_filled(token, tokens):
        hashes = token.decode("ascii").split()
        author, email = _shown(next(tokens, b"")), _shown(next(tokens, b""))
        edits: list[Edit] = []
        while (token := _next_filled(next(tokens, b""), tokens)).startswith(b":"):
            edits.append(_edit(token, tokens))
        yield Commit(
            id=hashes[0],
            parents=tuple(hashes[3:]),
            author=author or email,
            email=email,
            written=int(hashes[1]),
            committed=int(hashes[2]),
            edits=tuple(edits),
        )


def edits_of(raw: bytes) -> Iterator[Edit]:
    """The edits that `git diff-tree --raw -z` lists."""
    tokens = iter(raw.split(b"\0"))
    while (token := _next_filled(next(tokens, b""), tokens)).startswith(b":"):
        yield _edit(token, tokens)


def _next_filled(token: bytes, tokens: Iterator[bytes]) -> bytes:
    """The token, or the next one that is not empty; git puts line ends between its parts."""
    while not (token := token.lstrip(b"\n")):
        following = next(tokens, None)
        if following is None:
            return b""
        token = following
    return token


def _edit(head: bytes, tokens: Iterator[bytes]) -> Edit:
    parents = len(head) - len(head.lstrip(b":"))
    fields = head.decode("ascii").split()
    blobs = fields[parents + 1 : 2 * parents + 2]
    status = fields[-1]
    two_paths = parents > 1 or status[0] in "RC"
    count = parents + 1 if parents > 1 else 1 + two_paths
    paths = [os.fsdecode(next(tokens, b"")) for _ in range(count)]
    before = zip(paths[:parents], blobs[:-1], strict=True)
    return Edit(
        path=paths[-1],
        blob=_blob(blobs[-1]),
        before=tuple(Version(path, blob) for path, blob in before if _blob(blob)),
    )


def _blob(identity: str) -> str | None:
    return identity if identity.strip("0") else None


def _shown(raw: bytes) -> str:
    """A name as it can be shown: anybody may be called anything."""
    text = raw.decode("utf-8", "replace")
    spaced = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    return " ".join(spaced.split())[:_LONGEST_NAME]
