"""The order of Chinese terms in the files: those that are asked for together come in one.

A query of Chinese is a chain of pairs, each of which begins with the character that ends the one
before. In the order of the alphabet they would lie in as many files. So characters that often
follow each other, in what says much of a document, are put together as far as a file has room, and
all terms that begin with them stand there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.search.index import worth
from generator.search.stops import han_factor
from generator.search.tokens import is_han

LISTED = 300
"""Characters that are put in order, those that say most; the rest follow as the alphabet has it.
The manifest names them all."""

SAMPLE = 200
"""Postings of a term that are looked at."""


@dataclass(slots=True)
class _Group:
    """Characters whose terms stand in one file."""

    characters: list[str]
    length: int
    """Of all terms that begin with them."""


def neighbours(
    packed: Mapping[str, Sequence[int]], lengths: Mapping[str, int], room: int
) -> Iterator[str]:
    """The characters with which the terms of each file begin. `lengths` says how long a term is
    there, and `room` how long a file may be; a single character may have more."""
    pairs = _pairs(packed)
    said: Counter[str] = Counter()
    for pair, value in pairs.items():
        said[pair[0]] += value
        said[pair[1]] += value
    sizes: Counter[str] = Counter()
    for term, length in lengths.items():
        if is_han(term):
            sizes[term[0]] += length
    listed = sorted(sizes, key=lambda each: (-said[each], each))[:LISTED]
    groups = _joined(pairs, {each: _Group([each], sizes[each]) for each in listed}, room)
    return ("".join(file.characters) for file in _filled(groups, room))


def _pairs(packed: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """What each pair of different characters says, as far as queries ask for it."""
    return {
        term: round(factor * _said(postings))
        for term, postings in packed.items()
        if len(term) == 2 and is_han(term) and term[0] != term[1] and (factor := han_factor(term))
    }


def _said(postings: Sequence[int]) -> float:
    step = 1 + len(postings) // SAMPLE
    looked_at = postings[::step]
    return sum(map(worth, looked_at)) * len(postings) / len(looked_at)


def _joined(pairs: Mapping[str, int], group_of: dict[str, _Group], room: int) -> list[_Group]:
    """Groups that a file has room for, joined by the pairs that say most."""
    known = (pair for pair in pairs if pair[0] in group_of and pair[1] in group_of)
    for pair in sorted(known, key=lambda each: (-pairs[each], each)):
        one, other = group_of[pair[0]], group_of[pair[1]]
        if one is not other and one.length + other.length <= room:
            one.characters += other.characters
            one.length += other.length
            group_of.update(dict.fromkeys(other.characters, one))
    return list({id(group): group for group in group_of.values()}.values())


def _filled(groups: Sequence[_Group], room: int) -> Sequence[_Group]:
    """Files full of groups, small ones where large ones leave room."""
    files: list[_Group] = []
    for group in sorted(groups, key=lambda each: (-each.length, each.characters)):
        fitting = (file for file in files if file.length + group.length <= room)
        if file := next(fitting, None):
            file.characters += group.characters
            file.length += group.length
        else:
            files.append(group)
    return files
