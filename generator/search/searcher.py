"""A library to be asked: the documents, their index, and answers in the order for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Library
from generator.search.concepts import Concepts
from generator.search.excerpts import excerpt
from generator.search.index import Index, make_index, weigh
from generator.search.inverted import Inverted
from generator.search.query import suggested, understand
from generator.search.ranking import Hit, rank
from generator.search.records import (
    Document,
    Labels,
    Section,
    document,
    names_in,
    renditions,
    shown_in,
)
from generator.search.sounds import Hearing


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
    shown: Mapping[tuple[str, str], frozenset[str]]
    """The editions whose pages show a text, by the name of its rendition."""
    index: Index

    @classmethod
    def of(cls, library: Library, labels: Labels) -> Searcher:
        """Indexes the whole library."""
        named = tuple(renditions(library, labels))
        found = tuple(map(document, named))
        concepts = Concepts.of(library.synonyms.groups)
        hearing = Hearing(tuple(name for each in found for name in names_in(each)))
        inverted = Inverted.of(weigh(each, concepts) for each in found)
        shown = {each.name: shown_in(library, each.entry) for each in named}
        return cls(found, shown, make_index(inverted, concepts, hearing))

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
        own = [hit for hit in hits if language in self._editions(hit)]
        yield from own
        shown = {self.documents[hit.document].entry.id for hit in own}
        for hit in hits:
            if self.documents[hit.document].entry.id not in shown:
                shown.add(self.documents[hit.document].entry.id)
                yield hit

    def _editions(self, hit: Hit) -> frozenset[str]:
        document = self.documents[hit.document]
        return self.shown[document.entry.id, document.language]

    def _result(self, hit: Hit, terms: frozenset[str]) -> Result:
        document = self.documents[hit.document]
        section = document.sections[min(hit.section, len(document.sections) - 1)]
        return Result(document, section, hit.score, terms)
