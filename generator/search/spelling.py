"""One slip of the finger: the written word that a typed one is most likely meant to be."""

from __future__ import annotations

from collections.abc import Mapping

MIN_LENGTH = 4
"""Shorter words have too many neighbours."""


def nearest(typed: str, written: Mapping[str, int]) -> str:
    """The most frequent of the `written` words, each with its frequency, that is one slip from
    `typed` and begins alike; empty if there is none."""
    if len(typed) < MIN_LENGTH:
        return ""
    close = [word for word in written if one_slip(typed, word)]
    return min(close, key=lambda word: (-written[word], word), default="")


def one_slip(typed: str, word: str) -> bool:
    """Whether the Damerau–Levenshtein distance is one and the first letters agree: a letter too
    many, one missing, one wrong, or two swapped."""
    longer, shorter = (typed, word) if len(typed) >= len(word) else (word, typed)
    if typed[:1] != word[:1] or typed == word or len(longer) - len(shorter) > 1:
        return False
    at = 0
    while at < len(shorter) and longer[at] == shorter[at]:
        at += 1
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    wrong = longer[at + 1 :] == shorter[at + 1 :]
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1]
    return wrong or (swapped and longer[at + 2 :] == shorter[at + 2 :])
