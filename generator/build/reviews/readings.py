"""What versions of a source file said: of their reviews, and the digest of their content.

Takes versions of files, reads their blobs, each once, in batches, and keeps what they say in short.
A blob is skimmed first, which tells equal ones apart from others; only what has to be understood is
parsed. What cannot be read any more has no content, and breaks nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from generator.build.workers import shared_out
from generator.history import Blobs, Repository, Version
from generator.read import Source, digest_of, revision_of, source_of

T = TypeVar("T")

FIELDS = (
    "owner", "status", "tier", "reviewed", "cadence", "evergreen", "claims", "depends_on",
)  # fmt: skip
"""The fields that a verdict depends on."""
_BATCH = 32 * 1024 * 1024
"""Bytes that are held at once for parsing."""
_FRONT_MATTER = re.compile(rb"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_REVIEW = re.compile(rb"^reviewed[ \t]*:.*(?:\n|\Z)(?:[ \t].*(?:\n|\Z)|\n)*", re.MULTILINE)
_ODD_KEY = re.compile(rb"^[\"'?{]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Skim:
    """A blob, looked at without parsing it."""

    digest: str
    """SHA-256 of its bytes."""
    review: bytes | None
    """The lines of its field `reviewed`; None where only parsing tells which they are."""
    rest: str
    """The digest of all other lines."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a version says."""

    facts: Mapping[str, Any]
    """Those of FIELDS that it has, as plain data."""
    revision: str | None
    """The digest of its content; None where the file could not be understood."""

    @property
    def review(self) -> Mapping[str, Any]:
        """Its field `reviewed` in the full form; empty where it has none."""
        value = self.facts.get("reviewed") or {}
        return value if isinstance(value, dict) else {"on": str(value).strip()}


UNREADABLE = Reading({}, None)

Need = tuple[Version, bool]
"""A version that has to be skimmed, or parsed (True)."""
Walk = Generator[frozenset[Need], None, T]
"""A way through versions, which gives what it needs to know next, and waits until it is read."""
_Key = tuple[str, bool]


def reading_of(source: Source, revision: str | None = None) -> Reading:
    """What a source says; `revision` spares working out its digest where it is known."""
    facts = {name: source.data[name] for name in FIELDS if name in source.data}
    return Reading(facts, revision or revision_of(source.data, source.body_text))


class Readings:
    """All versions that were read so far."""

    def __init__(self, repository: Repository, jobs: int, known: Mapping[str, Reading]) -> None:
        """`known` are files that need not be parsed again where the history has the same, by the
        SHA-256 of their bytes."""
        self._repository = repository
        self._jobs = jobs
        self._known = known
        self._skims: dict[_Key, Skim | None] = {}
        self._parsed: dict[_Key, Reading] = {}

    def skim(self, version: Version) -> Skim | None:
        """A version that was needed; None where there is no such blob."""
        return self._skims[_key(version)]

    def reading(self, version: Version) -> Reading:
        """A version that was needed parsed."""
        return self._parsed[_key(version)]

    def run(self, walks: Sequence[Walk[T]]) -> list[T]:
        """Goes all walks to their ends, reading for all of them together. Raises GitFailed."""
        results: dict[int, T] = {}
        waiting = dict(enumerate(walks))
        with self._repository.blobs() as blobs:
            while waiting:
                needs: dict[Need, None] = {}
                for number in list(waiting):
                    try:
                        needs |= dict.fromkeys(self._next(waiting[number]))
                    except StopIteration as end:
                        results[number] = end.value
                        del waiting[number]
                self._read(needs, blobs)
        return [results[number] for number in range(len(walks))]

    def _next(self, walk: Walk[T]) -> list[Need]:
        """What a walk needs that was not read yet."""
        while True:
            missing = [need for need in next(walk) if not self._has(need)]
            if missing:
                return missing

    def _has(self, need: Need) -> bool:
        version, parsed = need
        return _key(version) in (self._parsed if parsed else self._skims)

    def _read(self, needs: Iterable[Need], blobs: Blobs) -> None:
        skims: dict[_Key, None] = {}
        parses: dict[_Key, None] = {}
        for version, parsed in needs:
            key = _key(version)
            (parses if parsed and not self._from_known(key) else skims)[key] = None
        self._skim([key for key in skims if key not in self._skims], blobs)
        self._parse([key for key in parses if key not in self._parsed], blobs)

    def _from_known(self, key: _Key) -> bool:
        """Whether the version is a source that is known; it is noted as read then."""
        skim = self._skims.get(key)
        reading = self._known.get(skim.digest) if skim else None
        if reading is not None:
            self._parsed[key] = reading
        return reading is not None

    def _skim(self, keys: Sequence[_Key], blobs: Blobs) -> None:
        for key, (_, raw) in zip(keys, blobs.read(blob for blob, _ in keys), strict=True):
            self._skims[key] = None if raw is None else _skimmed(raw, key[1])

    def _parse(self, keys: Sequence[_Key], blobs: Blobs) -> None:
        for batch in _batches(keys, blobs):
            made = shared_out(_parsed, batch, self._jobs, lambda _: None)
            self._parsed |= {key: reading for (key, _), reading in zip(batch, made, strict=True)}


def _key(version: Version) -> _Key:
    """The same bytes say something else in Markdown and in plain YAML."""
    return version.blob, version.path.endswith(".md")


def _batches(keys: Sequence[_Key], blobs: Blobs) -> Iterator[list[tuple[_Key, bytes | None]]]:
    batch: list[tuple[_Key, bytes | None]] = []
    size = 0
    for key, (_, raw) in zip(keys, blobs.read(blob for blob, _ in keys), strict=True):
        batch.append((key, raw))
        size += len(raw or b"")
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parsed(piece: tuple[_Key, bytes | None]) -> Reading:
    (_, markdown), raw = piece
    if raw is None:
        return UNREADABLE
    source, _ = source_of("", "file.md" if markdown else "file.yml", raw, body=False)
    return UNREADABLE if source is None else reading_of(source)


def _skimmed(raw: bytes, markdown: bool) -> Skim:
    text = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    front = _FRONT_MATTER.match(text) if markdown else None
    head = front.group(1) if front else text
    found = list(_REVIEW.finditer(head))
    if (markdown and not front) or len(found) > 1 or _ODD_KEY.search(head):
        return Skim(digest_of(raw), None, "")
    review = found[0].group() if found else b""
    start = found[0].start() if found else 0
    rest = head[:start] + head[start + len(review) :] + b"\0" + text[front.end() if front else 0 :]
    return Skim(digest_of(raw), b" ".join(review.split()), hashlib.sha256(rest).hexdigest())
