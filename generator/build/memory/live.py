"""What a build leaves for the next one of its process: everything, as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from generator.build.loading import Before, Loaded, Now, digests_of
from generator.build.memory.former import Former
from generator.build.memory.keeping import Analyses, Memory
from generator.build.memory.pieces import Pieces
from generator.build.reviews.judging import Told
from generator.build.reviews.past import History
from generator.cache import Known
from generator.search.catalogue import Catalogue

T = TypeVar("T")

MOST_KNOWN = 2_000_000
"""Digests that are held at most, before they are forgotten."""


@dataclass
class LiveMemory(Memory):
    """Everything of the last build, as it is."""

    _loaded: Loaded | None = None
    _told: Told | None = None
    _former: Former = field(default_factory=Former)
    _history: tuple[str, History] | None = None
    _known: Known = field(default_factory=dict)
    _lines: Mapping[str, bytes] = field(default_factory=dict)
    _analyses: tuple[str, Mapping[str, Analyses]] = ("", {})
    _catalogue: tuple[str, Catalogue] | None = None
    _looks: dict[str, tuple[tuple[int, ...], str]] = field(default_factory=dict)
    """Digests of files, by path, with what the system says of a file that is still the same."""

    @property
    def known(self) -> Known:
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        return self._known

    def history(self, state: str) -> History | None:
        return self._history[1] if self._history and self._history[0] == state else None

    def keep_history(self, state: str, history: History | None) -> None:
        self._history = (state, history) if history else None

    def before(self, now: Now | None = None) -> Before:
        if self._loaded is None:
            return Before(now=now)
        loaded = self._loaded
        examined = {name: each for name, each in loaded.examined.items() if each.digest}
        return Before(examined, loaded.kept, now=now, drafts=loaded.drafts)

    def former(self, output: Path) -> Former:
        return self._former

    def told(self) -> Told:
        return self._told or Told()

    def lines(self, output: Path) -> Pieces[bytes]:
        return Pieces(self._lines.get, self._lines)

    def analyses(self, common: str) -> Pieces[Analyses]:
        known = self._analyses[1] if self._analyses[0] == common else {}
        return Pieces(known.get, known)

    def catalogue(self, common: str) -> Catalogue | None:
        found = self._catalogue
        return found[1] if found and found[0] == common else None

    def keep_catalogue(self, common: str, catalogue: Catalogue) -> None:
        self._catalogue = common, catalogue

    def keep_pieces(
        self, lines: Pieces[bytes], analyses: Pieces[Analyses], common: str, wanted: Iterable[str]
    ) -> None:
        kept = list(wanted)
        self._lines = _still({**self._lines, **lines.new}, kept)
        former = self._analyses[1] if self._analyses[0] == common else {}
        if former or analyses.new:
            self._analyses = common, _still({**former, **analyses.new}, kept)

    def keep(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def keep_told(self, told: Told) -> None:
        self._told = told

    def keep_former(self, output: Path, former: Former) -> None:
        self._former = former

    def look(self, folder: Path, paths: Iterable[str]) -> dict[str, str]:
        """The digests of files. A file is read again when the system says that it was touched:
        the time of its last change of any kind cannot be set back."""
        found = {}
        for path in paths:
            place = f"{folder}/{path}"
            try:
                status = os.stat(place)  # noqa: PTH116  # a path object costs more than the question
            except (OSError, ValueError):
                found[path] = ""
                continue
            signs = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            known = self._looks.get(place)
            if known is None or known[0] != signs:
                known = signs, digests_of(folder, (path,))[path]
                self._looks[place] = known
            found[path] = known[1]
        return found


def _still(pieces: Mapping[str, T], wanted: Iterable[str]) -> Mapping[str, T]:
    return {digest: pieces[digest] for digest in wanted if digest in pieces}
