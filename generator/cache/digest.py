"""Digests of values: equal values, and only these, have the same one.

Takes what contexts and entries are made of: plain values, dates, numbers, enumerations, and
dataclasses and models of these. Anything else is an error, so that nothing is left out silently.
Encodings begin with a letter and, where they can be of any length, a length: no two values share
one.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from decimal import Decimal
from typing import Any

SIZE = 16
Known = dict[int, tuple[object, bytes]]
"""Digests by identity; the value is held, so that no other can take its place."""


def _hashed(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=SIZE).digest()


class Digester:
    """Digests values, each shared one once. `stand_ins` gives, by type, what is digested in place
    of a value of that type."""

    def __init__(
        self,
        stand_ins: Mapping[type, Callable[[Any], bytes]] | None = None,
        known: Known | None = None,
        passing: Set[type] = frozenset(),
    ) -> None:
        """`known` are digests of shared values that another digester with the same stand-ins has
        found, and takes those that this one finds. Values of the types `passing` are not shared, so
        to hold them would be in vain."""
        self._stand_ins = stand_ins or {}
        self._known: Known = {} if known is None else known
        self._passing = passing

    def of(self, value: object) -> str:
        """The digest of `value`."""
        return _hashed(self._encoded(value)).hex()

    def fields_of(self, value: object) -> bytes:
        """The digests of the fields of a dataclass, one behind the other in their order, each of
        `SIZE` bytes."""
        kind: Any = type(value)
        return b"".join(_hashed(self._encoded(getattr(value, name))) for name in _names(kind))

    def _encoded(self, value: Any) -> bytes:
        kind: Any = type(value)
        if kind is str:
            return _text(value)
        if value is None:
            return b"n"
        if kind is tuple or kind is list:
            return b"l%d:%b" % (len(value), b"".join(map(self._encoded, value)))
        if kind in _PLAIN:
            return b"p%d:%b" % (_PLAIN[kind], _text(str(value)))
        if kind in self._passing:
            return b"h" + self._made(value, kind)
        if kind in self._stand_ins or _has_fields(kind):
            return self._shared(value, kind)
        return self._others(value, kind)

    def _shared(self, value: Any, kind: type) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = value, b"h" + self._made(value, kind)
            self._known[id(value)] = known
        return known[1]

    def _made(self, value: Any, kind: type) -> bytes:
        if stand_in := self._stand_ins.get(kind):
            return _hashed(stand_in(value))
        fields: Iterable[Any] = (getattr(value, name) for name in _names(kind))
        given = getattr(value, "model_fields_set", ())
        content = b"".join(map(self._encoded, (*fields, *sorted(given))))
        return _hashed(_text(kind.__qualname__) + content)

    def _others(self, value: Any, kind: type) -> bytes:
        if isinstance(value, Mapping):
            pairs = (self._encoded(part) for pair in value.items() for part in pair)
            return b"m%d:%b" % (len(value), b"".join(pairs))
        if isinstance(value, set | frozenset):
            return b"s%d:%b" % (len(value), b"".join(sorted(map(self._encoded, value))))
        if isinstance(value, enum.Enum):
            return b"e" + _text(kind.__qualname__) + self._encoded(value.value)
        if isinstance(value, str):  # one that knows its language
            return b"w" + _text(str(value)) + _text(getattr(value, "language", ""))
        raise TypeError(f"no digest for a value of {kind}")


_PLAIN = {
    kind: number
    for number, kind in enumerate((int, bool, float, Decimal, datetime.date, datetime.datetime))
}


def _text(text: str) -> bytes:
    content = text.encode("utf-8", "surrogatepass")
    return b"t%d:%b" % (len(content), content)


@functools.cache
def _has_fields(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) or hasattr(kind, "model_fields")


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return tuple(kind.model_fields)
