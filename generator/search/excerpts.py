"""The line of a text that says most of a query."""

from __future__ import annotations

from collections.abc import Collection

from generator.search.tokens import fold, terms

LENGTH = 160
"""Columns of an excerpt; a Han character takes two."""


def excerpt(text: str, wanted: Collection[str]) -> str:
    """The line of `text` that holds most of the `wanted` terms, the first of equals, cut to what
    stands around the first of them."""
    best, most = "", -1
    for line in text.split("\n"):
        held = len(set(terms(line)).intersection(wanted))
        if held > most:
            best, most = line, held
    return _cut(best, wanted)


def _cut(line: str, wanted: Collection[str]) -> str:
    room = room_for(line, LENGTH)
    if len(line) <= room:
        return line
    folded = fold(line)
    found = [at for term in wanted if (at := folded.find(term)) >= 0]
    start = max(0, min(min(found, default=0) - room // 4, len(line) - room))
    cut = line[start : start + room].strip()
    return ("…" if start else "") + cut + ("…" if start + room < len(line) else "")


def room_for(text: str, columns: int) -> int:
    """How many characters of a text find room: Han characters take two columns."""
    return columns // 2 if any(character >= "\u3400" for character in text) else columns
