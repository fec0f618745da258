"""Analysed renditions → what the search knows of all of them together, which can be kept, and made
again with no more than what changed since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.search.analysis import Analysed, Face
from generator.search.facets import Step
from generator.search.inverted import Inverted, Packed, Weighed

Name = tuple[str, str]
"""Of a rendition: the id of its entry, and its language."""
Now = Callable[[Name], Analysed]
"""Gives what a rendition says."""
Then = Callable[[Name, str], Analysed | None]
"""Gives what a rendition said when its entry's files had this digest; None where nobody knows."""

FEW = 8
"""One in so many documents may be replaced: to join all of them anew takes no longer then."""
MOST = 64
"""So many documents may be replaced apart: to join them with all others takes no longer then."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that was replaced."""

    was: Weighed
    now: Weighed
    digest: str
    """Of the files of its entry now."""
    face: Face


Since = Mapping[int, Replaced]
"""Those that were replaced since something, by number."""


@dataclass(frozen=True, slots=True)
class KeptCatalogue:
    """A catalogue as it is kept: in columns, which pickles take and give many times as fast."""

    names: tuple[Name, ...]
    digests: tuple[str, ...]
    titles: tuple[str, ...]
    summaries: tuple[str, ...]
    steps: tuple[tuple[Step, ...], ...]
    inverted: Packed


@dataclass(frozen=True)
class Catalogue:
    """All documents of the search."""

    names: tuple[Name, ...]
    """In the order in which the documents are numbered."""
    digests: tuple[str, ...]
    """Of the files of the entry of each."""
    faces: tuple[Face, ...]
    base: Inverted
    since: Since = field(default_factory=dict)
    """What was replaced in the base since it was made."""
    kept: bool = False
    """Whether the base is the one that is kept."""

    @cached_property
    def inverted(self) -> Inverted:
        """Of all documents as they are."""
        replaced = {number: (each.was, each.now) for number, each in self.since.items()}
        return self.base.replaced(replaced) if replaced else self.base

    @classmethod
    def of(cls, documents: Mapping[Name, str], now: Now) -> Catalogue:
        """One of documents with these names and digests."""
        found = [now(name) for name in documents]
        inverted = Inverted.of(each.weighed for each in found)
        faces = tuple(each.face for each in found)
        return cls(tuple(documents), tuple(documents.values()), faces, inverted)

    def renewed(self, documents: Mapping[Name, str], now: Now, then: Then) -> Catalogue | None:
        """The same for these documents, if they are named as in this one and few of them say
        something else now; None if that would be no quicker than `of`, or something is missing."""
        if tuple(documents) != self.names:
            return None
        digests = tuple(documents.values())
        pairs = enumerate(zip(digests, self.digests, strict=True))
        changed = [number for number, (one, other) in pairs if one != other or not one]
        if len(changed) * FEW > len(digests):
            return None
        replaced = {}
        for number in changed:
            name = self.names[number]
            former, present = then(name, self.digests[number]), now(name)
            if former is None:
                return None
            told = digests[number], present.face
            replaced[number] = Replaced(former.weighed, present.weighed, *told)
        return self._with(replaced)

    def _with(self, replaced: Since) -> Catalogue:
        """The same with some documents as they are now."""
        digests, faces = list(self.digests), list(self.faces)
        for number, each in replaced.items():
            digests[number], faces[number] = each.digest, each.face
        told = self.names, tuple(digests), tuple(faces)
        made = Catalogue(*told, self.base, _joined(self.since, replaced), self.kept)
        return made if len(made.since) <= MOST else Catalogue(*told, made.inverted)

    @property
    def shown(self) -> str:
        """The digest of all names and faces."""
        named = "\n".join(f"{entry} {language}" for entry, language in self.names)
        shown = "\n".join(f"{f.title}\n{f.summary}\n{f.steps!r}" for f in self.faces)
        told = f"{named}\n\n{shown}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(told, digest_size=16).hexdigest()

    def packed(self) -> KeptCatalogue:
        """As it is kept."""
        columns = (
            tuple(face.title for face in self.faces),
            tuple(face.summary for face in self.faces),
            tuple(face.steps for face in self.faces),
        )
        return KeptCatalogue(self.names, self.digests, *columns, self.inverted.packed())

    @classmethod
    def read(cls, kept: KeptCatalogue, since: Since | None = None) -> Catalogue | None:
        """One that was kept, with what was replaced since then; None if it does not hold
        together."""
        try:
            rows = zip(
                kept.names, kept.digests, kept.titles, kept.summaries, kept.steps, strict=True
            )
            faces = tuple(Face(*row[2:]) for row in rows)
            base = Inverted.read(kept.inverted)
            if base.count != len(faces):
                return None
            return cls(kept.names, kept.digests, faces, base, {}, True)._with(since or {})
        except (AttributeError, IndexError, TypeError, ValueError):
            return None


def _joined(earlier: Since, later: Since) -> Since:
    """What was replaced at two times: as it was before the first, and is after the last."""
    first = {n: replace(it, was=earlier[n].was) for n, it in later.items() if n in earlier}
    return {**earlier, **later, **first}
