"""Large values that change a little: what they were once, and apart from that what is other since
then, which takes little to write.

What is other is kept with the digest of what it was found against, so that the two never mix, even
where two commands use one store at the same time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

from generator.cache.pickles import packed, unpacked
from generator.cache.store import Store


class Layers:
    """The layered values of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signs: dict[str, bytes] = {}
        """The digests of the values that were asked for, as they lie in the store."""

    def get(self, key: str, mark: str) -> tuple[Any, Any]:
        """The value as it was once, and what is other; None for what is not there, or was not kept
        with this mark."""
        self._signs.pop(key, None)
        sign, content = self._store.signed(key)
        value = _marked(content, mark)
        if value is None:
            return None, None
        self._signs[key] = sign
        return value, _marked(self._store.get(_above(key)), sign)

    def put(self, key: str, mark: str, whole: Callable[[], object], other: object) -> None:
        """Keeps what is `other` than the value that `get` gave; None for that, or where it gave
        none, keeps the `whole` value with a mark. Raises OSError where that is not possible."""
        sign = self._signs.get(key)
        if sign is not None and other is not None:
            self._store.put({_above(key): packed((sign, other))})
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
