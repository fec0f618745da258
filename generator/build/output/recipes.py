"""Files of the site that are made only where they are not there already, as they would be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a file is made."""

    address: str
    mark: str
    """The digest of all that it is made of; "" where nobody can tell, so that it is always made."""
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Put:
    """A file of the site that lies where it should."""

    address: str
    digest: str
    """Of its content."""
    mark: str
    """That of its recipe."""


Fill = Callable[[Iterable[Recipe]], Mapping[str, str]]
"""Puts files into the site; gives the digest of each, by address, in their order."""


def given(address: str, content: bytes) -> Recipe:
    """A file that is made already."""
    return Recipe(address, "", lambda: content)
