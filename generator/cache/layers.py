"""Large values that change a little: what they were once, and apart from that what is other since
then, which takes little to write.

What is other is kept with the digest of what it was found against, so that the two never mix, even
where two commands use one store at the same time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, TypeVar

from generator.cache.difference import Difference
from generator.cache.pickles import packed, unpacked
from generator.cache.store import Store

T = TypeVar("T")


def _itself(value: Any) -> Any:
    return value


class Layers:
    """The layered values of a store. Each was kept with a mark, and is given to nobody who asks
    with another one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signs: dict[str, bytes] = {}
        """The digests of values as they lie in the store whole, by key."""
        self._bases: dict[str, Any] = {}
        """These values."""

    def get(self, key: str, mark: str, kind: type, read: Callable[[Any], T] = _itself) -> T | None:
        """A value of a dataclass, which was kept as one of this `kind` and is made by `read`; None
        where there is none. `read` raises TypeError or ValueError for what does not hold
        together."""
        whole, other = self.parts(key, mark)
        if not isinstance(whole, kind):
            return None
        try:
            base = read(whole)
            found = other.made_of(base) if isinstance(other, Difference) else base
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        self._bases[key] = base
        return found

    def put(self, key: str, mark: str, value: T, written: Callable[[T], object] = _itself) -> None:
        """Keeps a value: what makes it of the one that `get` gave, if that is little, or all of it
        as it is `written`. Raises OSError where that is not possible."""
        base = self._bases.pop(key, None)
        other = None if base is None else Difference.between(base, value)
        little = other if other and other.is_small(value) else None
        self.put_parts(key, mark, lambda: written(value), little)

    def parts(self, key: str, mark: str) -> tuple[Any, Any]:
        """The value as it was once, and what is other; None for what is not there."""
        self._signs.pop(key, None)
        sign, content = self._store.signed(key)
        value = _marked(content, mark)
        if value is None:
            return None, None
        self._signs[key] = sign
        return value, _marked(self._store.get(_above(key)), sign)

    def put_parts(self, key: str, mark: str, whole: Callable[[], object], other: object) -> None:
        """Keeps what is `other` than the value that `parts` gave; None for that, or where it gave
        none, keeps the `whole` value. Raises OSError where that is not possible."""
        sign = self._signs.get(key)
        if sign is not None and other is not None:
            self._store.put({_above(key): packed((sign, other))})
            if not self._store.anew:  # otherwise what it was found against is gone
                return
        self._signs.pop(key, None)
        self._store.put({key: packed((mark, whole())), _above(key): b""})


def _above(key: str) -> str:
    return f"{key}+"


def _marked(content: bytes | None, mark: object) -> Any:
    """The value that was packed with this mark."""
    try:
        found = unpacked(content) if content else None
    except pickle.UnpicklingError:
        return None
    if isinstance(found, tuple) and len(found) == 2 and found[0] == mark:
        return found[1]
    return None
