"""Pieces of the site that depend on one entry alone, by the digest of its files.

What a former build made is taken, what is missing is made; both are there for the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Generic, TypeVar

T = TypeVar("T")


class Pieces(Generic[T]):
    """Pieces of one kind."""

    def __init__(
        self,
        fetch: Callable[[str], T | None] = lambda _: None,
        known: Container[str] = (),
    ) -> None:
        """`fetch` gives what is kept under a digest; `known` has all digests under which something
        is, sound or not."""
        self._fetch = fetch
        self._known = known
        self.new: dict[str, T] = {}
        """What was made in this build."""
        self._used: dict[str, T] = {}

    def has(self, digest: str) -> bool:
        """Whether there should be a piece, which spares fetching it."""
        return digest in self._used or digest in self._known

    def get(self, digest: str) -> T | None:
        """The piece with a digest, if it is kept."""
        found = self._used.get(digest)
        if found is None and digest:
            found = self._fetch(digest)
        if found is not None:
            self._used[digest] = found
        return found

    def put(self, digest: str, piece: T) -> None:
        """Adds a piece that was made. Without a digest nobody could tell whose it is."""
        if digest:
            self._used[digest] = self.new[digest] = piece

    def of(self, digest: str, make: Callable[[], T]) -> T:
        """The piece with a digest, made if need be."""
        found = self.get(digest)
        if found is None:
            found = make()
            self.put(digest, found)
        return found
