"""A library to be asked: the documents, their index, and answers in the order for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model import Library
from generator.search.concepts import Concepts
from generator.search.excerpts import excerpt
from generator.search.index import Index, Weighed, make_index, weigh
from generator.search.query import suggested, understand
from generator.search.ranking import Hit, rank
from generator.search.records import Document, Section, documents
from generator.search.sounds import Hearing

Share = Callable[[Callable[[Document], Weighed], Sequence[Document]], Sequence[Weighed]]
"""Does some work on each document, in their order."""


def in_turn(work: Callable[[Document], Weighed], pieces: Sequence[Document]) -> Sequence[Weighed]:
    """One document after the other."""
    return [work(piece) for piece in pieces]


@dataclass(frozen=True, slots=True)
class Result:
    """A document that answers, and the place in it."""

    document: Document
    section: Section
    score: float
    terms: frozenset[str]
    """Of the query."""

    @property
    def excerpt(self) -> str:
        """What the section says of the query, in a line."""
        return excerpt(self.section.text, self.terms)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, the best first, and how the query was understood."""

    results: tuple[Result, ...]
    spelled: str = ""
    """The word that was taken for one that nobody writes."""
    heard: str = ""
    """The Chinese that was understood by its sound."""
    suggested: str = ""
    """Where nothing was found: the query in words that are written."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """A library with its index."""

    documents: Sequence[Document]
    index: Index

    @classmethod
    def of(cls, library: Library, share: Share = in_turn) -> Searcher:
        """Indexes the whole library; `share` may weigh the documents side by side."""
        found = tuple(documents(library))
        hearing = Hearing(tuple(name for document in found for name in _names(document)))
        concepts = Concepts.of(library.synonyms.groups)
        weighed = share(partial(weigh, concepts=concepts), found)
        return cls(found, make_index(weighed, concepts, hearing))

    def ask(self, text: str, language: str) -> Answer:
        """The answers in `language` first, then those that only another language has. The last
        word of `text` may be unfinished, unless a space follows."""
        query = understand(text, self.index)
        hits = self._in_order(rank(query, self.index), language)
        terms = query.terms
        results = tuple(self._result(hit, terms) for hit in hits)
        instead = "" if results else suggested(text, self.index)
        return Answer(results, query.spelled, query.heard, instead)

    def _in_order(self, hits: Sequence[Hit], language: str) -> Iterator[Hit]:
        own = [hit for hit in hits if language in self.documents[hit.document].editions]
        yield from own
        shown = {self.documents[hit.document].entry.id for hit in own}
        for hit in hits:
            if self.documents[hit.document].entry.id not in shown:
                shown.add(self.documents[hit.document].entry.id)
                yield hit

    def _result(self, hit: Hit, terms: frozenset[str]) -> Result:
        document = self.documents[hit.document]
        section = document.sections[min(hit.section, len(document.sections) - 1)]
        return Result(document, section, hit.score, terms)


def _names(document: Document) -> Iterator[str]:
    """What readers may know by its sound."""
    yield document.title
    for section in document.sections:
        yield section.heading
        yield from section.names
