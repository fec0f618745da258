"""Where a relative link leads, as a path below the content folder. Nothing is looked up here."""

from __future__ import annotations

import functools
import posixpath
import re
from dataclasses import dataclass
from typing import Literal

Problem = Literal["", "scheme", "outside"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a link names."""

    path: str
    """Relative to the content folder; "" for the page that the link stands on."""
    anchor: str = ""
    problem: Problem = ""
    """Why the link can lead nowhere, if it cannot."""


@functools.lru_cache(maxsize=65536)
def resolve(link: str, path: str) -> Target:
    """What `link`, written in the file `path`, names."""
    if re.match(r"\s*[a-z][a-z0-9+.-]*:|\s*[/\\]", link, re.IGNORECASE) or "\\" in link:
        return Target("", problem="scheme")
    file, _, anchor = link.partition("#")
    if not file:
        return Target("", anchor)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), file))
    if joined == ".." or joined.startswith("../"):
        return Target("", problem="outside")
    return Target(joined, anchor)
