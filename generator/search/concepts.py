"""Synonyms as terms of the index.

A group of synonyms is one concept, and a text that holds any word of the group holds the concept's
term. So a query finds what is written in other words, or in another language, by one more term.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.search.stops import STOPS
from generator.search.tokens import Word, is_han, words

MARK = "§"
"""Begins the term of a concept; no word does."""

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Concepts:
    """The groups of synonyms, each as the phrases that stand for it."""

    groups: tuple[tuple[Phrase, ...], ...]

    @classmethod
    def of(cls, groups: Iterable[Iterable[str]]) -> Concepts:
        """From the words of each group; a phrase of nothing but stop words names nothing."""
        return cls(tuple(tuple(dict.fromkeys(filter(None, map(phrase, g)))) for g in groups))

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[Phrase, str]]]:
        found: dict[str, list[tuple[Phrase, str]]] = {}
        for number, group in enumerate(self.groups):
            for each in group:
                found.setdefault(each[0], []).append((each, f"{MARK}{number}"))
        for phrases in found.values():
            phrases.sort(key=lambda pair: -len(pair[0]))
        return found

    @cached_property
    def terms(self) -> frozenset[str]:
        """All terms of all phrases."""
        return frozenset(term for group in self.groups for each in group for term in each)

    @cached_property
    def digest(self) -> str:
        """Tells apart groups that make other terms."""
        return hashlib.sha256(repr(self.groups).encode("utf-8")).hexdigest()

    def spans(self, found: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Where among `found` a concept is named, the longest phrase at a place: from, to, term."""
        firsts, end = self._by_first, 0
        for at, first in enumerate(found):
            if first not in firsts or at < end:
                continue
            for each, term in firsts[first]:
                if tuple(found[at : at + len(each)]) == each:
                    end = at + len(each)
                    yield at, end, term
                    break

    def named_in(self, found: Sequence[str]) -> list[str]:
        """The terms of the concepts that `found`, the terms of a text, name."""
        if self._by_first.keys().isdisjoint(found):
            return []
        return [term for _, _, term in self.spans(found)]


def phrase(text: str) -> Phrase:
    """The terms of a phrase as they stand inside a longer text: without its last character if that
    is Han, which is a term only where the run ends."""
    found: list[str] = []
    *former, last = words(text) or [Word("", False, ())]
    for word in former:
        found += word.terms
    found += last.terms[:-1] if last.han and len(last.text) > 1 else last.terms
    return tuple(term for term in found if term not in STOPS)


def compact(found: Phrase) -> str:
    """A phrase as the manifest has it: Chinese pairs that overlap are written as one run."""
    runs: list[str] = []
    for term in found:
        former = runs[-1] if runs else ""
        if len(former) > 1 < len(term) and is_han(term) and former[-1] == term[0]:
            runs[-1] += term[1]
        else:
            runs.append(term)
    return " ".join(runs)
