"""What makes one value of another, so that only that has to be kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

_FEW = 16
"""One in so many may be other ones: to keep all of them takes hardly longer then."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two values of one dataclass, some of whose fields are mappings."""

    put: Mapping[str, Mapping[str, Any]]
    """What is new or other in each mapping, by field."""
    gone: Mapping[str, tuple[str, ...]]
    others: Mapping[str, Any]
    """Fields that are no mappings and are other ones now."""

    @classmethod
    def between(cls, was: Any, now: Any) -> Difference:
        """What makes `now` of `was`."""
        put, gone = {}, {}
        others: dict[str, Any] = {}
        for name in (field.name for field in dataclasses.fields(now)):
            old, new = getattr(was, name), getattr(now, name)
            if not isinstance(new, Mapping):
                others |= {} if old == new else {name: new}
                continue
            get = old.get
            put[name] = {key: value for key, value in new.items() if _other(get(key), value)}
            gone[name] = tuple(old.keys() - new.keys())
        return cls(put, gone, others)

    def made_of(self, was: T) -> T:
        """What it makes of `was`."""
        made: dict[str, Any] = dict(self.others)
        for name, put in self.put.items():
            kept = {**getattr(was, name), **put}
            for key in self.gone[name]:
                del kept[key]
            made[name] = kept
        return dataclasses.replace(was, **made)  # type: ignore[type-var]

    def is_small(self, now: Any) -> bool:
        """Whether it takes much less than all of `now`."""
        other = sum(map(len, (*self.put.values(), *self.gone.values())))
        return other * _FEW <= sum(len(getattr(now, name)) for name in self.put)


def _other(old: object, new: object) -> bool:
    return old is not new and old != new
