"""What is made in one piece of the whole playbook: freshness.json, the search, playbook.json."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap
from pathlib import Path

from generator.build.loading import Content
from generator.build.memory.keeping import Memory
from generator.build.news.telling import Telling, plain_data
from generator.build.output.making import Making
from generator.build.output.marks import Ingredients
from generator.build.output.recipes import Fill, given
from generator.build.output.searching import Searching
from generator.build.reviews.freshness import portable
from generator.report import freshness_as_json
from generator.staleness import Freshness, Survey, Week, failing

FRESHNESS = "freshness.json"
"""The state of all entries for programs, at the root of the site."""


@dataclass(frozen=True)
class Parts:
    """The parts of a site."""

    of: Ingredients
    memory: Memory
    content: Content
    output: Path
    """Where the site is going to lie."""
    telling: Telling | None
    """What it tells of itself and of its changes, where it is compared with another playbook."""
    drafts: bool
    """Whether drafts are found."""

    @property
    def makers(self) -> Mapping[str, Callable[[Fill], object]]:
        """What puts the files of each part, by its name."""
        return {
            "freshness": lambda fill: fill([given(FRESHNESS, self._freshness())]),
            "search": self.search,
            "data": lambda fill: fill(starmap(given, self._data())),
        }

    @cached_property
    def making(self) -> Making:
        """Makes the pieces of entries that the last two are put together from."""
        of, memory = self.of, self.memory
        lines, analyses = memory.lines(self.output), memory.analyses(of.taken_by_search)
        return Making(of.library, of.strings, lines, analyses, self.drafts)

    def keep(self) -> None:
        """Keeps the pieces for the next build."""
        wanted = [outline.digest for outline in self.of.library.outlines.values()]
        pieces = self.making.lines, self.making.analyses
        self.memory.keep_pieces(*pieces, self.of.taken_by_search, wanted)

    def search(self, fill: Fill) -> None:
        """Puts the files of the search."""
        of, common = self.of, self.of.taken_by_search
        shared = f"{of.generator} {common}"
        found = Searching(of.library, of.freshness, of.strings, shared, of.seen, self.drafts)
        catalogue = self.making.catalogue(found.documents, self.memory.catalogue(common))
        self.memory.keep_catalogue(common, catalogue)
        found.fill(catalogue, lambda name: self.making.analysed(name).sections, fill)

    def _data(self) -> Iterable[tuple[str, bytes]]:
        if self.telling is not None:
            return self.telling.files
        return (plain_data(self.of.library, self.making.lines),)

    def _freshness(self) -> bytes:
        return _as_json(self.of.freshness, self.of.trend, self.content)


def _as_json(freshness: Freshness, trend: tuple[Week, ...], content: Content) -> bytes:
    """What `playbook stale --format json` says, with places that hold on every machine."""
    here = portable(freshness, content)
    survey = Survey(here, here.items, failing(here.items, "overdue"), "overdue", trend=trend)
    return freshness_as_json(survey).encode("utf-8")
