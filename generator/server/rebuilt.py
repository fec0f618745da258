"""What a build hands to the server: the one thing that both sides know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Pages(Protocol):
    """A finished site. It may be asked from several threads, and never shows half of a build."""

    def read(self, url: str) -> bytes | None:
        """The bytes at an address relative to the root of the site, such as
        `en/sops/visit.html`; None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The site as it stands after a build."""

    pages: Pages
    """Of this build, or of the last one that worked."""
    problems: Sequence[Mapping[str, Any]] = ()
    """Everything that the build found, as data for the script in the page."""
    failed: bool = False
    """Whether `pages` are older than the sources."""
    rest: Callable[[Callable[[], bool]], Rebuilt] | None = None
    """Makes what was put off so that pages come sooner; None where nothing was. It is given a
    function that says when to stop, because there is something new."""
