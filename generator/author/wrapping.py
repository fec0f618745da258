"""Comments of a width: Chinese has no spaces to break at, and its signs are two columns wide."""

from __future__ import annotations

import re
import unicodedata

_PIECE = re.compile(r"\s*(?:[^\s，；、。：]+[，；、。：]*|[，；、。：]+)")
"""What is not broken: words, and in Chinese what stands between two marks."""


def width_of(text: str) -> int:
    """The columns that `text` takes up in an editor."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int, first: str, others: str) -> list[str]:
    """Lines of `text` of no more than `width` columns where it can be broken, the first after
    `first`, the others after `others`."""
    lines = [first]
    fresh = True
    for piece in _PIECE.findall(text):
        if not fresh and width_of(lines[-1] + piece) > width:
            lines.append(others)
            fresh = True
        lines[-1] += piece.lstrip() if fresh and len(lines) > 1 else piece
        fresh = False
    return lines
