"""What a build leaves for the next one, in `.cache/`: safe to delete, and to bring along.

What is in it goes by digests of contents, of templates, and of the generator's own code, so it may
come from another commit or another machine. What does not hold is made again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import os
import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.build.judging import Told
from generator.build.loading import Before, Loaded
from generator.build.past import History
from generator.build.pieces import Pieces
from generator.build.searching import Shard
from generator.cache import Digester, Known, Store, StoreDamaged, open_store, packed, unpacked
from generator.problems import Location, Problem
from generator.problems.output import CACHE
from generator.search.analysis import Analysed
from generator.validate import Examined, Kept

if TYPE_CHECKING:
    from generator.build.retouching import Scene

T = TypeVar("T")
Analyses = Mapping[str, Analysed]
"""Of one entry, by language."""

FILE = "playbook.sqlite"
_ENTRIES = "entries"
_REVIEWS = "reviews"
_LIBRARIES = (
    "babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "nh3", "pydantic",
    "pygments", "pypinyin", "pyyaml", "snowballstemmer",
)  # fmt: skip
"""What has a say in what comes out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page of the site was made of."""

    world: str
    """The digest of all that it can have been made of, which takes no context to know."""
    base: str
    """Of its template, the words of its language, and the addresses of styles and scripts."""
    fields: tuple[bytes, ...]
    """Of each field of its context."""
    content: str
    """Of its bytes."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A file of the site as it was written: if size and time are still these, so are the bytes."""

    content: str
    size: int
    time: int
    """Of its last change, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Former:
    """The site that an earlier build wrote."""

    whole: str = ""
    """The digest of everything that it was made of."""
    zone: str = ""
    """The playbook's time zone."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By the address of the page."""
    files: Mapping[str, Signed] = field(default_factory=dict)
    """All that was written, by address."""
    parts: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """For what is made in one piece, such as the search: the digest of what it was made of, and the
    addresses of its files."""
    problems: tuple[Problem, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    """Entries, pages and languages."""


@dataclass
class Memory:
    """The cache of one build. Without a store it is empty, and nothing is kept."""

    store: Store
    generator: str
    """The digest of the generator's own code."""
    problems: tuple[Problem, ...] = ()
    """Why the cache is not used, or begun anew."""
    _formers: dict[str, Former] = field(default_factory=dict)
    """Sites that were asked for already."""

    @classmethod
    def nothing(cls) -> Memory:
        """A memory that keeps nothing."""
        return cls(Store(None), "")

    @property
    def known(self) -> Known:
        """Digests of values that builds of this process share."""
        return {}

    def history(self, state: str) -> History | None:
        """The history in this state, if it is open."""
        return None

    def keep_history(self, state: str, history: History | None) -> None:
        """An open history cannot be kept beyond the process."""

    def before(self, digests: Mapping[str, str] | None = None) -> Before:
        """What is known of the entries. `digests` are those of all files, where somebody has looked
        at them already."""
        found = self._value(self._key(_ENTRIES), tuple)
        if not (found and len(found) == 2 and isinstance(found[1], Kept)):
            return Before(digests=digests)
        examined = {each.id: each for each in found[0] if isinstance(each, Examined)}
        return Before(examined, found[1], self._draft, digests)

    def _draft(self, digest: str) -> bytes | None:
        return self.store.get(f"draft:{digest}")

    def former(self, output: Path) -> Former:
        """What is known of the site in `output`."""
        if self.store.path is None:
            return Former()
        key = self._site(output)
        if key not in self._formers:
            self._formers[key] = self._value(key, Former) or Former()
        return self._formers[key]

    def keep_scene(self, scene: Scene) -> None:
        """What a build saw and made is of use to its own process alone."""

    def told(self) -> Told:
        """What was said of reviews."""
        return self._value(self._key(_REVIEWS), Told) or Told()

    def lines(self) -> Pieces[str]:
        """The lines of entries in playbook.json."""
        return Pieces(self._those("line", self.generator, str))

    def analyses(self, common: str) -> Pieces[Analyses]:
        """What the search knows of entries. `common` is the digest of what it takes from
        elsewhere than their files."""
        found = self._those("search", f"{common}:{self.generator}", dict)
        return Pieces(lambda digest: _analyses(found(digest)))

    def _those(self, name: str, key: str, kind: type[T]) -> Callable[[str], T | None]:
        """Gives values of one kind by digest. Who asks for one asks for most of them."""

        @functools.cache
        def all_of_them() -> Mapping[str, bytes]:
            return self.store.below(f"{name}:")

        return lambda digest: _value_of(all_of_them().get(f"{name}:{digest}:{key}"), kind)

    def shards(self) -> Pieces[Shard]:
        """Files of the search by the digest of what they are made of."""
        found = self._those("shard", self.generator, list)
        return Pieces(lambda digest: _shard(found(digest)))

    def keep_pieces(
        self, lines: Pieces[str], analyses: Pieces[Analyses], common: str, shards: Pieces[Shard]
    ) -> None:
        """Keeps the pieces that were made."""
        key = f"{common}:{self.generator}"
        self._keep_those("line", self.generator, lines)
        self._keep_those("search", key, analyses)
        self._keep_those("shard", self.generator, shards)

    def _keep_those(self, name: str, key: str, pieces: Pieces[T]) -> None:
        self._put({f"{name}:{d}:{key}": packed(piece) for d, piece in pieces.new.items()})
        if pieces.new and self.store.path is not None:
            with contextlib.suppress(OSError):
                self.store.keep_only({f"{name}:{d}:{key}" for d in pieces.used}, f"{name}:")

    def keep(self, loaded: Loaded) -> None:
        """Keeps the entries. What lies in the cache need not lie in memory as well."""
        if self.store.path is None:
            return
        entries = tuple(each for each in loaded.examined.values() if each.digest)
        drafts = loaded.drafts.packed(each.id for each in entries)
        values = {f"draft:{digest}": content for digest, content in drafts}
        values[self._key(_ENTRIES)] = packed((entries, loaded.kept))
        with contextlib.suppress(OSError):  # as in `_put`
            self.store.put(values)
            loaded.drafts.unpack()
            self.store.keep_only({f"draft:{each.digest}" for each in entries}, "draft:")

    def keep_told(self, told: Told) -> None:
        """Keeps what was said of reviews."""
        self._put({self._key(_REVIEWS): packed(told)})

    def keep_former(self, output: Path, former: Former) -> None:
        """Keeps what is known of the site in `output`."""
        if self.store.path is not None:
            self._put({self._site(output): packed(former)})

    def _put(self, values: Mapping[str, bytes]) -> None:
        """A cache that cannot be written is no reason to fail."""
        if self.store.path is not None:
            with contextlib.suppress(OSError):
                self.store.put(values)

    def _value(self, key: str, kind: type[T]) -> T | None:
        return _value_of(self.store.get(key), kind)

    def _key(self, name: str) -> str:
        return f"{name}:{self.generator}"

    def _site(self, output: Path) -> str:
        assert self.store.path is not None
        place = os.path.relpath(output, self.store.path.parent).replace(os.sep, "/")
        return f"site:{place}"


@contextlib.contextmanager
def opened(folder: Path | None, shown: str) -> Iterator[Memory]:
    """The memory in a folder, or an empty one."""
    if folder is None:
        yield Memory.nothing()
        return
    store, problems = _store(folder / FILE, shown)
    try:
        yield Memory(store, generator_digest(), problems)
    finally:
        store.close()


def _store(path: Path, shown: str) -> tuple[Store, tuple[Problem, ...]]:
    place = Location(f"{shown}/{FILE}")
    try:
        return open_store(path), ()
    except StoreDamaged:
        note = CACHE.at(place, "this is no cache of this tool, or it is damaged: made anew", "")
    except OSError as error:
        return Store(None), (CACHE.at(place, _why(error), "builds go on without it"),)
    try:
        path.unlink()
        return open_store(path), (note,)
    except (OSError, StoreDamaged) as error:
        return Store(None), (CACHE.at(place, f"cannot make it anew: {error}", ""),)


def _why(error: OSError) -> str:
    return f"it cannot be used: {error.strerror or error}"


def _value_of(content: bytes | None, kind: type[T]) -> T | None:
    """What was packed, if it is of its kind."""
    if content is None:
        return None
    try:
        found = unpacked(content)
    except pickle.UnpicklingError:
        return None
    return found if isinstance(found, kind) else None


def _analyses(found: object) -> Analyses | None:
    """Only what has the form that was kept."""
    if not isinstance(found, dict):
        return None
    whole = all(isinstance(k, str) and isinstance(v, Analysed) for k, v in found.items())
    return found if whole else None


def _shard(found: object) -> Shard | None:
    """Likewise."""
    if not isinstance(found, list):
        return None
    pairs = (isinstance(each, tuple) and list(map(type, each)) == [str, str] for each in found)
    return found if all(pairs) else None


@functools.cache
def generator_digest() -> str:
    """The digest of all code that has a say in what a site looks like."""
    package = Path(__file__).parent.parent
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(package.rglob("*.py")):
        found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    versions = [(name, importlib.metadata.version(name)) for name in _LIBRARIES]
    return Digester().of([found.hexdigest(), versions])
