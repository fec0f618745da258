"""What is published at a moment, and what is to become of it, wherever it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol


class Stand(Protocol):
    """What is published at a moment, in a folder or on a branch."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None if there is none."""

    def names(self) -> Iterable[str]:
        """The addresses of all files."""

    def digests(self) -> Mapping[str, str]:
        """All files, each with something that tells its content from another."""

    def digest(self, content: bytes) -> str:
        """What `digests` would say of a file with this content."""


@dataclass(frozen=True)
class Change:
    """What goes and what comes. All of it becomes visible at once, or nothing does."""

    message: str
    """What is done, for a history."""
    removed: tuple[str, ...] = ()
    """Files, and folders with a slash at the end, that go before anything comes."""
    folders: Mapping[str, Path] = field(default_factory=dict)
    """Folders that come, by their place: "" stands for the root. What lies in them is moved."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    """Files with the bytes of others that are there when all the rest has come."""

    def takes(self, name: str) -> bool:
        """Whether a file that is there now goes."""
        return name in self._going or name.startswith(self._folders)

    @cached_property
    def _going(self) -> frozenset[str]:
        return frozenset(self.removed)

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        return tuple(name for name in self.removed if name.endswith("/"))


@dataclass(frozen=True, slots=True)
class Difference:
    """Files by what becomes of them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


NOTHING = Difference((), (), ())


def difference(before: Mapping[str, str], after: Mapping[str, str]) -> Difference:
    """What has to be written so that files with the digests `before` become those of `after`."""
    return Difference(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(n for n in after.keys() & before.keys() if after[n] != before[n])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )
