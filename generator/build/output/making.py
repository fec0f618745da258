"""What is made of each entry for the files that are made of all of them: its line in playbook.json,
and what the search knows of it. It depends on the entry, so several processes can make it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.build.memory.keeping import Analyses
from generator.build.memory.pieces import Pieces
from generator.build.news.telling import line_of
from generator.build.output.searching import analyses_of, labels_of, statuses_found
from generator.model import Library, Outline
from generator.render import Strings
from generator.search.analysis import Analysed
from generator.search.catalogue import Catalogue, Name
from generator.search.concepts import Concepts
from generator.search.records import Labels

Made = tuple[bytes | None, Analyses | None]
"""The line of an entry, and what the search knows of it; None for what was not asked for."""


@dataclass(frozen=True)
class Making:
    """The pieces that files are put together from."""

    library: Library
    strings: Mapping[str, Strings]
    lines: Pieces[bytes]
    analyses: Pieces[Analyses]
    drafts: bool = False
    """Whether drafts are found."""

    def missing(self, parts: Iterable[str]) -> list[str]:
        """Ids of entries of which a piece has to be made for one of the `parts` of the site."""
        asked = frozenset(parts)
        return [
            identity
            for identity, outline in self.library.outlines.items()
            if ("data" in asked and self._lacks_line(outline))
            or ("search" in asked and self._lacks_analyses(outline))
        ]

    def make(self, identity: str) -> Made:
        """The pieces of an entry that are missing."""
        outline, library = self.library.outlines[identity], self.library
        line = line_of(library, identity) if self._lacks_line(outline) else None
        analyses = None
        if self._lacks_analyses(outline):
            analyses = self._analyses(identity)
        return line, analyses

    def take(self, identity: str, made: Made) -> None:
        """Pieces that were made, perhaps in another process."""
        line, analyses = made
        digest = self.library.outlines[identity].digest
        if line is not None:
            self.lines.put(digest, line)
        if analyses is not None:
            self.analyses.put(digest, analyses)

    def _lacks_line(self, outline: Outline) -> bool:
        return outline.status != "draft" and not self.lines.has(outline.digest)

    def _lacks_analyses(self, outline: Outline) -> bool:
        if outline.status not in statuses_found(self.drafts):
            return False
        return not self.analyses.has(outline.digest)

    def analysed(self, name: Name) -> Analysed:
        """What the search knows of a rendition."""
        identity, code = name
        digest = self.library.outlines[identity].digest
        found = self.analyses.get(digest)
        if found is None or code not in found:  # the cache has lost it
            found = self._analyses(identity)
            self.analyses.put(digest, found)
        return found[code]

    def catalogue(self, documents: Mapping[Name, str], former: Catalogue | None) -> Catalogue:
        """What the search knows of all documents, from what it knew of them."""

        def then(name: Name, digest: str) -> Analysed | None:
            return (self.analyses.get(digest) or {}).get(name[1])

        found = former.renewed(documents, self.analysed, then) if former else None
        return found or Catalogue.of(documents, self.analysed)

    def _analyses(self, identity: str) -> Analyses:
        return analyses_of(self.library, self._labels, self._concepts, identity)

    @cached_property
    def _labels(self) -> Labels:
        return labels_of(self.library, self.strings)

    @cached_property
    def _concepts(self) -> Concepts:
        return Concepts.of(self.library.synonyms.groups)
