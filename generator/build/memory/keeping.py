"""What a build leaves for the next one, in `.cache/`: safe to delete, and to bring along.

What is in it goes by digests of contents, of templates, and of the generator's own code, so it may
come from another commit or another machine. What does not hold is made again.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.build.loading import Before, Loaded, Now
from generator.build.memory import whole
from generator.build.memory.former import Former, KeptFormer
from generator.cache import Known, Layers, Store, Table, packed, unpacked
from generator.model import Outline
from generator.problems import Problem
from generator.validate import Examined, Kept, Led

if TYPE_CHECKING:
    from generator.build.memory.pieces import Pieces
    from generator.build.reviews.judging import Told
    from generator.build.reviews.past import History
    from generator.search.analysis import Analysed
    from generator.search.catalogue import Catalogue

T = TypeVar("T")
Analyses = Mapping[str, "Analysed"]
"""Of one entry, by language."""

_CATALOGUE = "catalogue"
_ENTRIES = "entries"
_REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Entries:
    """What is known of all entries."""

    examined: Mapping[str, Examined]
    links: Mapping[str, Led]
    kept: Kept
    """Without links."""

    def packed(self) -> KeptEntries:
        """As it is kept."""
        outlines = {name: each.outline for name, each in self.examined.items() if each.outline}
        examined = {name: replace(each, outline=None) for name, each in self.examined.items()}
        tables = Table.of(examined), Table.of(outlines), Table.of(self.links)
        return KeptEntries(*tables, self.kept)

    @classmethod
    def read(cls, kept: KeptEntries) -> Entries:
        """What was kept. Raises ValueError or TypeError if it does not hold together."""
        outlines = kept.outlines.read(Outline)
        examined = kept.examined.read(Examined, outline=outlines.get)
        return cls(examined, kept.links.read(Led), kept.kept)


@dataclass(frozen=True, slots=True)
class KeptEntries:
    """The same in columns."""

    examined: Table
    """Without outlines."""
    outlines: Table
    links: Table
    kept: Kept


@dataclass
class Memory:
    """The cache of one build. Without a store it is empty, and nothing is kept."""

    store: Store
    generator: str
    """The digest of the generator's own code."""
    problems: tuple[Problem, ...] = ()
    """Why the cache is not used, or begun anew."""
    if_anew: tuple[Problem, ...] = ()
    """What is said if it has to be begun anew while it is used."""
    if_refused: Callable[[str], Problem] | None = None
    """What is said if it turns out that it cannot be used, given the reason."""
    _formers: dict[str, Former] = field(default_factory=dict)
    """Sites that were asked for already."""

    @classmethod
    def nothing(cls) -> Memory:
        """A memory that keeps nothing."""
        return cls(Store(None), "")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is to be said of the cache."""
        if self.if_refused and self.store.refused:
            return (*self.problems, self.if_refused(self.store.refused))
        return self.problems or (self.if_anew if self.store.anew else ())

    @cached_property
    def _layers(self) -> Layers:
        return Layers(self.store)

    @property
    def known(self) -> Known:
        """Digests of values that builds of this process share."""
        return {}

    def history(self, state: str) -> History | None:
        """The history in this state, if it is open."""
        return None

    def keep_history(self, state: str, history: History | None) -> None:
        """An open history cannot be kept beyond the process."""

    def before(self, now: Now | None = None) -> Before:
        """What is known of the entries, and of the folder as it is `now`."""
        found = self._layers.get(_ENTRIES, self.generator, KeptEntries, Entries.read)
        if found is None:
            return Before(now=now)
        kept = replace(found.kept, links=found.links)
        return Before(found.examined, kept, self._draft, now)

    def _draft(self, digest: str) -> bytes | None:
        return self.store.get(f"draft:{digest}")

    def former(self, output: Path) -> Former:
        """What is known of the site in `output`."""
        if self.store.path is None:
            return Former()
        key = self._site(output)
        if key not in self._formers:
            # Another generator's fields mean other things.
            found = self._layers.get(key, self.generator, KeptFormer, Former.read)
            self._formers[key] = found or Former()
        return self._formers[key]

    def told(self) -> Told:
        """What was said of reviews."""
        from generator.build.reviews.judging import Told

        return self._layers.get(_REVIEWS, self.generator, Told) or Told()

    def lines(self, output: Path) -> Pieces[bytes]:
        """The lines of entries in playbook.json: mostly they stand in the one that lies there."""
        from generator.build.memory.pieces import Pieces  # only who builds asks for them

        key, kept = self.generator, self._kept_under("line", self.generator)
        written = functools.cache(lambda: _lines_of(output, self.former(output)))

        def fetch(digest: str) -> bytes | None:
            return written().get(digest) or self._value(f"line:{digest}:{key}", bytes)

        return Pieces(fetch, kept)

    def analyses(self, common: str) -> Pieces[Analyses]:
        """What the search knows of entries. `common` is the digest of what it takes from
        elsewhere than their files."""
        from generator.build.memory.pieces import Pieces

        key = self._searched(common)
        kept = self._kept_under("search", key)
        return Pieces(lambda d: _analyses(self._value(f"search:{d}:{key}", dict)), kept)

    def _kept_under(self, name: str, key: str) -> set[str]:
        """The digests of all pieces of a kind."""
        named = (each.split(":", 2) for each in self.store.names(f"{name}:"))
        return {digest for _, digest, rest in named if rest == key}

    def catalogue(self, common: str) -> Catalogue | None:
        """What the search knows of all documents together."""
        from generator.search.catalogue import Catalogue, KeptCatalogue

        kept, since = self._layers.parts(_CATALOGUE, self._searched(common))
        return Catalogue.read(kept, since) if isinstance(kept, KeptCatalogue) else None

    def keep_catalogue(self, common: str, catalogue: Catalogue) -> None:
        """Keeps what the search knows of all documents together."""
        since, mark = catalogue.since if catalogue.kept else None, self._searched(common)
        with self._writing():
            self._layers.put_parts(_CATALOGUE, mark, catalogue.packed, since)

    def _searched(self, common: str) -> str:
        return f"{common}:{self.generator}"

    def keep_pieces(
        self, lines: Pieces[bytes], analyses: Pieces[Analyses], common: str, wanted: Iterable[str]
    ) -> None:
        """Keeps the pieces that were made, and of all others at least those `wanted`, by digest."""
        self._keep_those("line", self.generator, lines, wanted)
        self._keep_those("search", self._searched(common), analyses, wanted)

    def _keep_those(self, name: str, key: str, pieces: Pieces[T], wanted: Iterable[str]) -> None:
        if pieces.new:
            with self._writing():
                new = pieces.new.items()
                self.store.put({f"{name}:{d}:{key}": packed(piece) for d, piece in new})
                self.store.keep_only({f"{name}:{d}:{key}" for d in wanted}, f"{name}:")

    def keep(self, loaded: Loaded) -> None:
        """Keeps the entries. What lies in the cache need not lie in memory as well."""
        if self.store.path is None:
            return
        entries = tuple(each for each in loaded.examined.values() if each.digest)
        drafts = loaded.drafts.packed(each.id for each in entries)
        values = {f"draft:{digest}": content for digest, content in drafts}
        known = Entries(
            {each.id: each for each in entries}, loaded.kept.links, replace(loaded.kept, links={})
        )
        with self._writing():
            self.store.put(values)
            loaded.drafts.unpack()
            self.store.keep_only({f"draft:{each.digest}" for each in entries}, "draft:")
            self._layers.put(_ENTRIES, self.generator, known, Entries.packed)

    def keep_told(self, told: Told) -> None:
        """Keeps what was said of reviews."""
        with self._writing():
            self._layers.put(_REVIEWS, self.generator, told)

    def keep_former(self, output: Path, former: Former) -> None:
        """Keeps what is known of the site in `output`."""
        if self.store.path is not None:
            with self._writing():
                self._layers.put(self._site(output), self.generator, former, Former.packed)

    def _writing(self) -> contextlib.AbstractContextManager[None]:
        """A cache that cannot be written is no reason to fail; `notes` tell of it."""
        return contextlib.suppress(OSError)

    def _value(self, key: str, kind: type[T]) -> T | None:
        return _value_of(self.store.get(key), kind)

    def _site(self, output: Path) -> str:
        assert self.store.path is not None
        place = os.path.relpath(output, self.store.path.parent).replace(os.sep, "/")
        return f"site:{place}"


def _value_of(content: bytes | None, kind: type[T]) -> T | None:
    """What was packed, if it is of its kind."""
    if content is None:
        return None
    try:
        found = unpacked(content)
    except pickle.UnpicklingError:
        return None
    return found if isinstance(found, kind) else None


def _lines_of(output: Path, former: Former) -> Mapping[str, bytes]:
    """The lines of the playbook.json that an earlier build wrote, by the digests of the entries."""
    from generator.snapshot import NAME, lines_in

    known = former.files.get(NAME)
    if known is None or not whole.is_intact(output, {NAME: known}):
        return {}
    lines = lines_in((output / NAME).read_bytes())
    return dict(zip(former.lines, lines, strict=True)) if len(lines) == len(former.lines) else {}


def _analyses(found: object) -> Analyses | None:
    """Only what has the form that was kept."""
    from generator.search.analysis import Analysed

    if not isinstance(found, dict):
        return None
    whole = all(isinstance(k, str) and isinstance(v, Analysed) for k, v in found.items())
    return found if whole else None
