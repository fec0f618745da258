"""The nearest name, path or id, for hints."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`did you mean "…"?`, or "" where nothing is near."""
    near = nearest(name, known)
    return f'did you mean "{near}"?' if near else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of the `known` names that is nearest to `name`, or ""."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def as_slug(text: str) -> str:
    """An id that is nearly `text`, or ""."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def nearest_path(path: str, known: Iterable[str]) -> str:
    """The path whose name is nearest to that of `path`, folders and extensions apart, or ""; of
    several the one that shares the folder, then the one that shares the extension."""
    by_name: dict[str, list[str]] = {}
    for other in known:
        by_name.setdefault(_split(other)[1], []).append(other)
    folder, name, extension = _split(path)
    near = difflib.get_close_matches(name, by_name, n=1, cutoff=0.7)
    if not near:
        return ""

    def distance(other: str) -> tuple[bool, bool, str]:
        own_folder, _, own_extension = _split(other)
        return own_folder != folder, own_extension != extension, other

    return min(by_name[near[0]], key=distance)


def _split(path: str) -> tuple[str, str, str]:
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.partition(".")
    return folder, stem, extension
