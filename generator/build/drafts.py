"""The drafts of a playbook: as objects, packed, or lying in the cache until they are needed."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.cache import packed, unpacked
from generator.validate import Draft


class Parcel:
    """A draft that is packed. Where it was made it is there as it is, too; to another process goes
    only the packed one."""

    def __init__(self, content: bytes, draft: Draft | None = None) -> None:
        self.content = content
        self.draft = draft

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.content,)


class Drafts(Mapping[str, Draft]):
    """Drafts by id. What was opened stays open."""

    def __init__(
        self,
        made: Mapping[str, Draft | Parcel] | None = None,
        digests: Mapping[str, str] | None = None,
        fetch: Callable[[str], bytes | None] = lambda _: None,
        again: Callable[[str], Draft] | None = None,
        former: Drafts | None = None,
    ) -> None:
        """`made` are those of this run; `digests` are those of all. `fetch` gives the packed draft
        with a digest, and `again` makes one anew from its files. What an earlier run of this
        process had, `former`, is carried over where it is the same."""
        self._new = frozenset(made or ())
        self._open_now: dict[str, Draft] = {}
        self._packed: dict[str, bytes] = {}
        self._digests = digests or {}
        self._fetch = fetch
        self._again = again
        for identity, each in (made or {}).items():
            self._take(identity, each)
        if former is not None:
            self._carry(former)

    def _take(self, identity: str, made: Draft | Parcel) -> None:
        draft = made.draft if isinstance(made, Parcel) else made
        if isinstance(made, Parcel):
            self._packed[identity] = made.content
        if draft is not None:
            self._open_now[identity] = draft

    def __getitem__(self, identity: str) -> Draft:
        draft = self._open_now.get(identity)
        if draft is None:
            draft = self._open_now[identity] = self._open(identity)
        return draft

    def _carry(self, former: Drafts) -> None:
        same = {
            identity
            for identity, digest in self._digests.items()
            if digest and former._digests.get(identity) == digest
        }
        there: dict[str, Draft | bytes] = {**former._packed, **former._open_now}
        for identity in same & there.keys():
            draft = there[identity]
            if isinstance(draft, bytes):
                self._packed[identity] = draft
            else:
                self._open_now[identity] = draft

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)

    def _open(self, identity: str) -> Draft:
        content = self._packed.get(identity) or self._fetch(self._digests[identity])
        if content is not None:
            try:
                draft = unpacked(content)
            except pickle.UnpicklingError:
                draft = None
            if isinstance(draft, Draft) and draft.id == identity:
                return draft
        assert self._again is not None
        return self._again(identity)

    def unpack(self) -> None:
        """Lets go of packed drafts: they can be fetched by now."""
        self._packed = {}

    def packed(self, identities: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Digests and packed drafts, for those of this run that can be kept."""
        for identity in identities:
            digest = self._digests[identity]
            if identity in self._new and digest:
                yield digest, self._packed.get(identity) or packed(self._open_now[identity])
