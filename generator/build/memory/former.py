"""What is known of a site that an earlier build wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.cache import Table
from generator.problems import Problem


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page of the site was made of."""

    base: str
    """Of its template, the words of its language, and the addresses of styles and scripts."""
    fields: bytes
    """Of each field of its context, one behind the other."""
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
    common: str = ""
    """The digest of what all its pages see of the playbook, whatever entries look like."""
    faces: Mapping[str, str] = field(default_factory=dict)
    """The digests of what entries look like on the pages of others, by id."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """The digests of the files of all entries, by id."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """By the address of the page."""
    files: Mapping[str, Signed] = field(default_factory=dict)
    """All that was written, by address."""
    parts: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """For what is made in one piece, such as the search: the digest of what it was made of, and the
    addresses of its files."""
    recipes: Mapping[str, str] = field(default_factory=dict)
    """The marks of files that are made by a recipe, by address."""
    lines: tuple[str, ...] = ()
    """The digests of the entries that playbook.json has lines of, in their order."""
    problems: tuple[Problem, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
    """Entries, pages and languages."""

    def packed(self) -> KeptFormer:
        """As it is kept."""
        marks, files = Table.of(self.marks), Table.of(self.files)
        return KeptFormer(marks, files, replace(self, marks={}, files={}))

    @classmethod
    def read(cls, kept: KeptFormer) -> Former:
        """One that was kept. Raises ValueError or TypeError if that does not hold together."""
        return replace(kept.rest, marks=kept.marks.read(Mark), files=kept.files.read(Signed))


@dataclass(frozen=True, slots=True)
class KeptFormer:
    """What is known of a site, as it is kept: most of it in columns."""

    marks: Table
    files: Table
    rest: Former
