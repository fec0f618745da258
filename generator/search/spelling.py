"""Slips of the finger: the written word that a typed one is most likely meant to be."""

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


def suggestion(typed: str, written: Mapping[str, int]) -> str:
    """The nearest of the `written` words that begins like `typed` and differs by two slips, or by
    one if it is short: too far to be taken for it, near enough to be offered. Empty if there is
    none."""
    most = min(2, len(typed) // 3)
    near = (
        word
        for word in written
        if word[:1] == typed[:1] and word != typed and abs(len(word) - len(typed)) <= most
    )
    found = [(distance(typed, word), -written[word], word) for word in near]
    return min((each for each in found if each[0] <= most), default=(0, 0, ""))[2]


def distance(one: str, other: str) -> int:
    """How many slips lead from one word to the other, where no letter is touched twice (optimal
    string alignment: Damerau–Levenshtein without edits inside of swapped letters)."""
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            wrong = 0 if letter == wanted else 1
            cost: int = min(before[j] + 1, row[-1] + 1, before[j - 1] + wrong)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


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
